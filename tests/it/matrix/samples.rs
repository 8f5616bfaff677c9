//! How each route is called: what its address names and what its form holds. A new route is one line here.

/// What the dynamic part of an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Nothing: the address is whole.
    Nothing,
    /// Something that is no object of a person.
    Fixed(&'static str),
    /// A file of the product itself.
    Asset,
    Conversation,
    /// A mail that came in.
    Mail,
    /// An answer that left.
    Answer,
    Attachment,
    Inbox,
    Photo,
    Logo,
    Holiday,
    /// Somebody whom an admin may change.
    Person,
    Team,
    Invitation,
    /// A device of the person who asks.
    Session,
}

/// What is sent along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sends {
    Nothing,
    Fields(&'static [(&'static str, &'static str)]),
    /// A form that may bring files.
    Parts(&'static [(&'static str, &'static str)]),
}

use Names::{
    Answer, Asset, Attachment, Conversation, Fixed, Holiday, Inbox, Invitation, Logo, Mail, Person, Photo, Session,
    Team,
};
use Sends::{Fields, Parts};

/// By the handler's name.
pub const SAMPLES: &[(&str, Names, Sends)] = &[
    ("asset", Asset, Sends::Nothing),
    ("refused", Names::Nothing, Sends::Nothing),
    ("misdirected", Names::Nothing, Sends::Nothing),
    ("health", Names::Nothing, Sends::Nothing),
    ("stream", Names::Nothing, Sends::Nothing),
    ("home", Names::Nothing, Sends::Nothing),
    ("settings", Names::Nothing, Sends::Nothing),
    ("show_setup", Names::Nothing, Sends::Nothing),
    ("set_up", Names::Nothing, Fields(&[("code", "x")])),
    ("show_sign_in", Names::Nothing, Sends::Nothing),
    ("sign_in", Names::Nothing, Fields(&[("email", "nobody@vereda.example"), ("password", "x")])),
    ("sign_out", Names::Nothing, Fields(&[])),
    ("show_reset_request", Names::Nothing, Sends::Nothing),
    ("request_reset", Names::Nothing, Fields(&[("email", "nobody@vereda.example")])),
    ("show_reset", Fixed("unknown"), Sends::Nothing),
    ("reset_password", Fixed("unknown"), Fields(&[("password", "x")])),
    ("show_account", Names::Nothing, Sends::Nothing),
    ("save_profile", Names::Nothing, Fields(&[("name", ""), ("language", ""), ("zone", "x"), ("theme", "auto")])),
    ("change_password", Names::Nothing, Fields(&[("current", "x"), ("password", "x")])),
    ("show_availability", Names::Nothing, Sends::Nothing),
    ("set_availability", Names::Nothing, Fields(&[("availability", "available")])),
    ("save_photo", Names::Nothing, Parts(&[("photo", "")])),
    ("remove_photo", Names::Nothing, Fields(&[])),
    ("show_photo", Photo, Sends::Nothing),
    ("show_code", Names::Nothing, Sends::Nothing),
    ("check_code", Names::Nothing, Fields(&[("code", "123456")])),
    ("show_second_factor", Names::Nothing, Sends::Nothing),
    ("begin_second_factor", Names::Nothing, Fields(&[("password", "x")])),
    ("change_second_factor", Names::Nothing, Fields(&[("what", "off"), ("password", "x"), ("code", "")])),
    ("confirm_second_factor", Names::Nothing, Fields(&[("code", "123456")])),
    ("give_up_second_factor", Names::Nothing, Fields(&[])),
    ("show_enrolment", Names::Nothing, Sends::Nothing),
    ("begin_enrolment", Names::Nothing, Fields(&[("next", "/")])),
    ("confirm_enrolment", Names::Nothing, Fields(&[("code", "123456"), ("next", "/")])),
    ("show_factor_rule", Names::Nothing, Sends::Nothing),
    ("save_factor_rule", Names::Nothing, Fields(&[])),
    ("show_factor_reset", Fixed("1"), Sends::Nothing),
    ("reset_second_factor", Fixed("1"), Fields(&[("password", "x")])),
    ("change_email", Names::Nothing, Fields(&[("email", ""), ("password", "x")])),
    ("show_email_change", Fixed("unknown"), Sends::Nothing),
    ("confirm_email_change", Fixed("unknown"), Fields(&[])),
    ("end_session", Session, Fields(&[])),
    ("end_other_sessions", Names::Nothing, Fields(&[])),
    ("show_workspace", Names::Nothing, Sends::Nothing),
    (
        "save_workspace",
        Names::Nothing,
        Fields(&[("name", ""), ("language", "x"), ("zone", "x"), ("activity_days", "1")]),
    ),
    ("save_logo", Names::Nothing, Parts(&[("logo", "")])),
    ("remove_logo", Names::Nothing, Fields(&[])),
    ("show_logo", Logo, Sends::Nothing),
    ("show_hours", Names::Nothing, Sends::Nothing),
    ("save_hours", Names::Nothing, Fields(&[("mode", "week")])),
    ("add_holiday", Names::Nothing, Fields(&[("holiday", "")])),
    ("add_brazil", Names::Nothing, Fields(&[])),
    ("remove_holiday", Holiday, Fields(&[])),
    ("show_activity", Names::Nothing, Sends::Nothing),
    ("export_activity", Names::Nothing, Fields(&[("format", "csv")])),
    ("list_people", Names::Nothing, Sends::Nothing),
    ("show_person", Person, Sends::Nothing),
    ("change_person", Person, Fields(&[("name", ""), ("role", "agent")])),
    ("disable_person", Person, Fields(&[])),
    ("enable_person", Person, Fields(&[])),
    ("sign_person_out", Person, Fields(&[])),
    ("send_person_reset", Person, Fields(&[])),
    ("new_invitation", Names::Nothing, Sends::Nothing),
    ("invite", Names::Nothing, Fields(&[("email", ""), ("role", "agent"), ("language", "en")])),
    ("invite_again", Invitation, Fields(&[])),
    ("revoke_invitation", Invitation, Fields(&[])),
    ("show_invitation", Fixed("unknown"), Sends::Nothing),
    ("accept_invitation", Fixed("unknown"), Fields(&[("name", "x")])),
    ("list_teams", Names::Nothing, Sends::Nothing),
    ("new_team", Names::Nothing, Sends::Nothing),
    ("create_team", Names::Nothing, Fields(&[("name", "")])),
    ("show_team", Team, Sends::Nothing),
    ("change_team", Team, Fields(&[("name", "")])),
    ("delete_team", Team, Fields(&[])),
    ("show_ownership", Names::Nothing, Sends::Nothing),
    ("transfer_ownership", Names::Nothing, Fields(&[("current", "x")])),
    ("show_readers", Person, Sends::Nothing),
    ("change_readers", Person, Fields(&[])),
    ("list_inboxes", Names::Nothing, Sends::Nothing),
    ("new_inbox", Names::Nothing, Sends::Nothing),
    ("connect_inbox", Names::Nothing, Fields(&[("name", "")])),
    ("show_inbox", Inbox, Sends::Nothing),
    ("change_inbox", Inbox, Fields(&[("name", "")])),
    ("show_answering", Inbox, Sends::Nothing),
    ("save_answering", Inbox, Fields(&[("days", "x")])),
    ("show_assigning", Inbox, Sends::Nothing),
    ("save_assigning", Inbox, Fields(&[("way", "off")])),
    ("try_new_server", Names::Nothing, Fields(&[("way", "house")])),
    ("try_server", Inbox, Fields(&[("way", "house")])),
    ("find_servers", Names::Nothing, Fields(&[("address", "contato@")])),
    ("check_now", Inbox, Fields(&[])),
    ("show_health", Inbox, Sends::Nothing),
    ("send_test", Inbox, Fields(&[])),
    ("disconnect_inbox", Inbox, Fields(&[])),
    ("show_consent", Inbox, Sends::Nothing),
    ("receive_consent", Names::Nothing, Sends::Nothing),
    ("list_conversations", Names::Nothing, Sends::Nothing),
    ("refetch_list", Names::Nothing, Sends::Nothing),
    ("refetch_sections", Names::Nothing, Sends::Nothing),
    ("show_signals", Names::Nothing, Sends::Nothing),
    ("show_conversation", Conversation, Sends::Nothing),
    ("show_details", Conversation, Sends::Nothing),
    ("refetch_head", Conversation, Sends::Nothing),
    ("refetch_side", Conversation, Sends::Nothing),
    ("refetch_strip", Conversation, Sends::Nothing),
    ("refetch_messages", Conversation, Sends::Nothing),
    ("write_message", Conversation, Parts(&[("kind", "note"), ("text", "Só entre nós")])),
    ("refetch_composer", Conversation, Sends::Nothing),
    ("refetch_audience", Conversation, Sends::Nothing),
    ("accept_sender", Mail, Fields(&[])),
    ("show_headers", Mail, Sends::Nothing),
    ("show_images", Mail, Fields(&[("scope", "message")])),
    ("show_image", Answer, Sends::Nothing),
    ("hide_images", Mail, Fields(&[])),
    ("retry_message", Answer, Fields(&[])),
    ("assign_conversation", Conversation, Fields(&[("assignee", "")])),
    ("close_conversation", Conversation, Fields(&[])),
    ("reopen_conversation", Conversation, Fields(&[])),
    ("show_signature", Names::Nothing, Sends::Nothing),
    ("save_signature", Names::Nothing, Fields(&[("signature", "Ana")])),
    ("mark_spam", Conversation, Fields(&[])),
    ("clear_spam", Conversation, Fields(&[])),
    ("block_sender", Conversation, Fields(&[("what", "address")])),
    ("list_blocked", Names::Nothing, Sends::Nothing),
    ("unblock_sender", Fixed("999999"), Fields(&[])),
    ("show_deletion", Conversation, Sends::Nothing),
    ("delete_conversation", Conversation, Fields(&[])),
    ("show_snooze", Conversation, Sends::Nothing),
    ("snooze_conversation", Conversation, Fields(&[("until", "at"), ("at", "ontem")])),
    ("wake_conversation", Conversation, Fields(&[])),
    ("show_tags", Conversation, Sends::Nothing),
    ("tag_conversation", Conversation, Fields(&[("name", "Obra")])),
    ("untag_conversation", Conversation, Fields(&[("tag", "1")])),
    ("prioritize_conversation", Conversation, Fields(&[("priority", "high")])),
    ("mark_conversation_read", Conversation, Fields(&[("message", "1")])),
    ("mark_conversation_unread", Conversation, Fields(&[])),
    ("show_body", Mail, Sends::Nothing),
    ("show_quoted", Mail, Sends::Nothing),
    ("download_attachment", Attachment, Sends::Nothing),
    ("download_original", Mail, Sends::Nothing),
    ("show_text", Mail, Sends::Nothing),
    ("show_keeping", Inbox, Sends::Nothing),
    ("save_keeping", Inbox, Fields(&[("days", "1")])),
    ("print_conversation", Conversation, Sends::Nothing),
    ("export_conversation", Conversation, Fields(&[("format", "?")])),
];

/// How a route is called.
///
/// # Panics
/// When it has no line above.
pub fn sample(handler: &str) -> (Names, Sends) {
    let found = SAMPLES.iter().find(|(name, ..)| *name == handler);
    let (_, names, sends) = found.unwrap_or_else(|| {
        panic!(
            "`{handler}` is mounted but nobody said how to call it: add a line to SAMPLES in tests/it/matrix/samples.rs"
        )
    });
    (*names, *sends)
}
