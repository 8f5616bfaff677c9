//! HTTP in, one verb of the feature, an answer out.

mod asked;
mod assignment;
mod beginning;
mod bulk;
mod closure;
mod deletion;
mod drafts;
mod export;
mod files;
mod filter;
mod images;
mod index;
mod joining;
mod keeping;
mod macros;
mod mentions;
mod merging;
mod messages;
mod parts;
mod reading;
mod replies;
mod room;
mod runs;
mod show;
mod signature;
mod snooze;
mod spam;
mod splitting;
mod tag_order;
mod tags;
mod waiting;
mod watching;
mod writing;

use rocket::{Route, routes};

use crate::auth::{Guard, Right};
use crate::web::Guards;

pub use keeping::KeepingForm;

const MAY: Guard = Guard::May(Right::Conversations);
/// Tags are everybody's.
const ORDERS: Guard = Guard::May(Right::Settings);

/// What each handler asks of its caller.
pub const GUARDS: Guards = &[
    ("list_conversations", MAY),
    ("refetch_list", MAY),
    ("refetch_sections", MAY),
    ("show_signals", MAY),
    ("show_filter", MAY),
    ("refetch_filters", MAY),
    ("list_filters", MAY),
    ("save_filter", MAY),
    ("change_filter", MAY),
    ("remove_filter", MAY),
    ("move_filter", MAY),
    ("show_picking", MAY),
    ("begin_bulk", MAY),
    ("show_bulk", MAY),
    ("cancel_bulk", MAY),
    ("undo_bulk", MAY),
    ("continue_bulk", MAY),
    ("show_conversation", MAY),
    ("show_details", MAY),
    ("refetch_head", MAY),
    ("refetch_side", MAY),
    ("refetch_strip", MAY),
    ("refetch_messages", MAY),
    ("write_message", MAY),
    ("retry_message", MAY),
    ("refetch_composer", MAY),
    ("refetch_audience", MAY),
    ("save_draft", MAY),
    ("refetch_passed", MAY),
    ("look_at_passed", MAY),
    ("refetch_presence", MAY),
    ("leave_conversation", MAY),
    ("take_back", MAY),
    ("cancel_departure", MAY),
    ("depart_now", MAY),
    ("new_conversation", MAY),
    ("begin_conversation", MAY),
    ("save_undo", MAY),
    ("accept_sender", MAY),
    ("show_headers", MAY),
    ("show_image", MAY),
    ("show_images", MAY),
    ("hide_images", MAY),
    ("assign_conversation", MAY),
    ("show_inboxes", MAY),
    ("move_conversation", MAY),
    ("choose_merger", MAY),
    ("merge_conversations", MAY),
    ("undo_merger", MAY),
    ("show_split", MAY),
    ("split_message", MAY),
    ("close_conversation", MAY),
    ("reopen_conversation", MAY),
    ("show_signature", MAY),
    ("save_signature", MAY),
    ("mark_spam", MAY),
    ("clear_spam", MAY),
    ("block_sender", MAY),
    ("list_blocked", MAY),
    ("unblock_sender", MAY),
    ("download_refused", MAY),
    ("show_deletion", MAY),
    ("delete_conversation", MAY),
    ("show_snooze", MAY),
    ("snooze_conversation", MAY),
    ("wake_conversation", MAY),
    ("suggest_people", MAY),
    ("suggest_replies", MAY),
    ("list_replies", MAY),
    ("new_reply", MAY),
    ("create_reply", MAY),
    ("show_reply", MAY),
    ("change_reply", MAY),
    ("delete_reply", MAY),
    ("download_reply_file", MAY),
    ("choose_macro", MAY),
    ("run_macro", MAY),
    ("list_macros", MAY),
    ("new_macro", MAY),
    ("create_macro", MAY),
    ("show_macro", MAY),
    ("change_macro", MAY),
    ("delete_macro", MAY),
    ("add_step", MAY),
    ("change_step", MAY),
    ("move_step", MAY),
    ("remove_step", MAY),
    ("list_tags", ORDERS),
    ("change_tag", ORDERS),
    ("merge_tag", ORDERS),
    ("delete_tag", ORDERS),
    ("show_tags", MAY),
    ("tag_conversation", MAY),
    ("untag_conversation", MAY),
    ("prioritize_conversation", MAY),
    ("set_watch", MAY),
    ("add_watcher", MAY),
    ("mark_conversation_read", MAY),
    ("mark_conversation_unread", MAY),
    ("show_body", MAY),
    ("show_quoted", MAY),
    ("download_attachment", MAY),
    ("download_original", MAY),
    ("show_text", MAY),
    ("show_keeping", Guard::May(Right::InboxesManage)),
    ("save_keeping", Guard::May(Right::InboxesManage)),
    ("print_conversation", MAY),
    ("export_conversation", MAY),
];

pub(super) fn all() -> Vec<Route> {
    [pages(), words(), handling(), tools()].concat()
}

/// Looking: the list, one conversation, its files.
fn pages() -> Vec<Route> {
    routes![
        index::list_conversations,
        index::refetch_list,
        index::refetch_sections,
        index::show_signals,
        filter::show_filter,
        filter::refetch_filters,
        filter::list_filters,
        filter::save_filter,
        filter::change_filter,
        filter::remove_filter,
        filter::move_filter,
        show::show_conversation,
        show::show_details,
        show::refetch_head,
        show::refetch_side,
        show::refetch_strip,
        files::show_headers,
        images::show_image,
        images::show_images,
        images::hide_images,
        reading::mark_conversation_read,
        reading::mark_conversation_unread,
        files::show_body,
        files::show_quoted,
        files::download_attachment,
        files::download_original,
        files::show_text,
        export::print_conversation,
        export::export_conversation,
    ]
}

/// Writing: answers, notes, drafts and what waits to leave.
fn words() -> Vec<Route> {
    routes![
        messages::refetch_messages,
        messages::write_message,
        messages::retry_message,
        messages::refetch_composer,
        messages::refetch_audience,
        writing::save_draft,
        writing::refetch_passed,
        writing::look_at_passed,
        writing::refetch_presence,
        writing::leave_conversation,
        waiting::take_back,
        waiting::cancel_departure,
        waiting::depart_now,
        beginning::new_conversation,
        beginning::begin_conversation,
        signature::save_undo,
        messages::accept_sender,
        signature::show_signature,
        signature::save_signature,
        mentions::suggest_people,
        replies::suggest_replies,
        replies::list_replies,
        replies::new_reply,
        replies::create_reply,
        replies::show_reply,
        replies::change_reply,
        replies::delete_reply,
        replies::download_reply_file,
    ]
}

/// Handling: whose, until when, marked how.
fn handling() -> Vec<Route> {
    routes![
        bulk::show_picking,
        bulk::begin_bulk,
        bulk::show_bulk,
        bulk::cancel_bulk,
        bulk::undo_bulk,
        bulk::continue_bulk,
        assignment::assign_conversation,
        joining::show_inboxes,
        joining::move_conversation,
        merging::choose_merger,
        merging::merge_conversations,
        merging::undo_merger,
        splitting::show_split,
        splitting::split_message,
        closure::close_conversation,
        closure::reopen_conversation,
        spam::mark_spam,
        spam::clear_spam,
        spam::block_sender,
        spam::list_blocked,
        spam::unblock_sender,
        spam::download_refused,
        deletion::show_deletion,
        deletion::delete_conversation,
        snooze::show_snooze,
        snooze::snooze_conversation,
        snooze::wake_conversation,
        runs::choose_macro,
        runs::run_macro,
        tags::show_tags,
        tags::tag_conversation,
        tags::untag_conversation,
        tags::prioritize_conversation,
        watching::set_watch,
        watching::add_watcher,
    ]
}

/// What is prepared and kept in the settings.
fn tools() -> Vec<Route> {
    routes![
        macros::list_macros,
        macros::new_macro,
        macros::create_macro,
        macros::show_macro,
        macros::change_macro,
        macros::delete_macro,
        macros::add_step,
        macros::change_step,
        macros::move_step,
        macros::remove_step,
        tag_order::list_tags,
        tag_order::change_tag,
        tag_order::merge_tag,
        tag_order::delete_tag,
        keeping::show_keeping,
        keeping::save_keeping,
    ]
}
