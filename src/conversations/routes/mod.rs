//! HTTP in, one verb of the feature, an answer out.

mod asked;
mod assignment;
mod bulk;
mod closure;
mod deletion;
mod drafts;
mod export;
mod files;
mod filter;
mod images;
mod index;
mod keeping;
mod messages;
mod parts;
mod reading;
mod show;
mod signature;
mod snooze;
mod spam;
mod tags;

use rocket::{Route, routes};

use crate::auth::{Guard, Right};
use crate::web::Guards;

pub use keeping::KeepingForm;

const MAY: Guard = Guard::May(Right::Conversations);

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
    ("accept_sender", MAY),
    ("show_headers", MAY),
    ("show_image", MAY),
    ("show_images", MAY),
    ("hide_images", MAY),
    ("assign_conversation", MAY),
    ("close_conversation", MAY),
    ("reopen_conversation", MAY),
    ("show_signature", MAY),
    ("save_signature", MAY),
    ("mark_spam", MAY),
    ("clear_spam", MAY),
    ("block_sender", MAY),
    ("list_blocked", MAY),
    ("unblock_sender", MAY),
    ("show_deletion", MAY),
    ("delete_conversation", MAY),
    ("show_snooze", MAY),
    ("snooze_conversation", MAY),
    ("wake_conversation", MAY),
    ("show_tags", MAY),
    ("tag_conversation", MAY),
    ("untag_conversation", MAY),
    ("prioritize_conversation", MAY),
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
    [own(), finding()].concat()
}

/// Filters, and changing many at once.
fn finding() -> Vec<Route> {
    routes![
        filter::show_filter,
        filter::refetch_filters,
        filter::list_filters,
        filter::save_filter,
        filter::change_filter,
        filter::remove_filter,
        filter::move_filter,
        bulk::show_picking,
        bulk::begin_bulk,
        bulk::show_bulk,
        bulk::cancel_bulk,
        bulk::undo_bulk,
    ]
}

fn own() -> Vec<Route> {
    routes![
        index::list_conversations,
        index::refetch_list,
        index::refetch_sections,
        index::show_signals,
        show::show_conversation,
        show::show_details,
        show::refetch_head,
        show::refetch_side,
        show::refetch_strip,
        messages::refetch_messages,
        messages::write_message,
        messages::retry_message,
        messages::refetch_composer,
        messages::refetch_audience,
        messages::accept_sender,
        files::show_headers,
        images::show_image,
        images::show_images,
        images::hide_images,
        assignment::assign_conversation,
        closure::close_conversation,
        closure::reopen_conversation,
        signature::show_signature,
        signature::save_signature,
        spam::mark_spam,
        spam::clear_spam,
        spam::block_sender,
        spam::list_blocked,
        spam::unblock_sender,
        deletion::show_deletion,
        deletion::delete_conversation,
        snooze::show_snooze,
        snooze::snooze_conversation,
        snooze::wake_conversation,
        tags::show_tags,
        tags::tag_conversation,
        tags::untag_conversation,
        tags::prioritize_conversation,
        reading::mark_conversation_read,
        reading::mark_conversation_unread,
        files::show_body,
        files::show_quoted,
        files::download_attachment,
        files::download_original,
        files::show_text,
        keeping::show_keeping,
        keeping::save_keeping,
        export::print_conversation,
        export::export_conversation,
    ]
}
