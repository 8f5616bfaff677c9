//! The question before a conversation is deleted, and what stands in its place afterwards.

use askama::Template;

use super::super::model::{Conversation, may_delete};
use super::head::contact_name;
use super::joining::Gone;
use crate::auth::Viewer;
use crate::web::Cx;

/// The question in words.
pub struct Deletion {
    pub id: i64,
    pub may: bool,
    pub title: String,
    /// What goes, what stays and where, what happens afterwards; or who may do it.
    pub lines: Vec<String>,
}

impl Deletion {
    pub fn new(cx: &Cx, conversation: &Conversation, viewer: &Viewer) -> Self {
        let may = may_delete(conversation.inbox_owner, viewer);
        let stays = if conversation.channel == "email" {
            cx.t1("delete-stays-mailbox", "address", &conversation.inbox_address)
        } else {
            cx.t1("delete-stays", "inbox", &conversation.inbox_name)
        };
        Self {
            id: conversation.id,
            may,
            title: cx.t1("delete-title", "name", contact_name(cx, conversation)),
            lines: if may {
                vec![cx.t("delete-goes"), stays, cx.t("delete-afterwards")]
            } else {
                vec![cx.t("delete-forbidden")]
            },
        }
    }
}

/// The question as a page, where no script opens a dialog.
#[derive(Template)]
#[template(path = "conversations/deletion.html")]
pub struct DeletionPage {
    pub cx: Cx,
    pub deletion: Deletion,
}

/// In place of an open conversation.
#[derive(Template)]
#[template(path = "conversations/gone.html")]
pub struct GoneBlock {
    pub cx: Cx,
    pub id: i64,
    pub gone: Gone,
}

/// The same as a page.
#[derive(Template)]
#[template(path = "conversations/gone_page.html")]
pub struct GonePage {
    pub cx: Cx,
    pub gone: Gone,
}
