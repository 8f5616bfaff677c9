//! The pages of prepared texts.

use askama::Template;

use super::super::model::reply::{FIELDS, ReplyFile, SavedReply, Sharing};
use super::super::store::replies::SHARING;
use crate::error::Problems;
use crate::web::Cx;

/// All that somebody can use.
#[derive(Template)]
#[template(path = "conversations/replies.html")]
pub struct RepliesPage {
    pub cx: Cx,
    pub own: Vec<SavedReply>,
    pub shared: Vec<SavedReply>,
    /// Whether the shared ones are theirs to change.
    pub may_share: bool,
}

impl RepliesPage {
    pub fn new(cx: Cx, all: Vec<SavedReply>) -> Self {
        let may_share = cx.may(SHARING);
        let (own, shared) = all.into_iter().partition(|reply| reply.sharing == Sharing::Own);
        Self { cx, own, shared, may_share }
    }

    /// How many files go along.
    pub fn files(&self, reply: &SavedReply) -> String {
        self.cx.count("reply-files-count", i64::try_from(reply.files.len()).unwrap_or(i64::MAX))
    }
}

/// A prepared text as it is typed.
#[derive(Debug, Clone, Default)]
pub struct TypedReply {
    pub code: String,
    pub title: String,
    pub text: String,
    pub is_shared: bool,
}

/// The form of one.
#[derive(Template)]
#[template(path = "conversations/reply.html")]
pub struct ReplyPage {
    pub cx: Cx,
    /// None: it is new.
    pub id: Option<i64>,
    pub typed: TypedReply,
    pub files: Vec<ReplyFile>,
    pub may_share: bool,
    pub problems: Problems,
}

impl ReplyPage {
    /// Where the form goes.
    pub fn action(&self) -> String {
        self.id.map_or_else(|| "/settings/replies".to_owned(), |id| format!("/settings/replies/{id}"))
    }

    /// The fields as they are typed, with what each stands for.
    pub fn fields(&self) -> Vec<(String, String)> {
        let said = |field: &str| {
            self.cx.t(match field {
                "contact.name" => "reply-field-contact-name",
                "contact.first_name" => "reply-field-first-name",
                "agent.name" => "reply-field-agent",
                "inbox.name" => "reply-field-inbox",
                "conversation.number" => "reply-field-conversation",
                _ => "reply-field-workspace",
            })
        };
        FIELDS.iter().map(|field| (["{{", field, "}}"].concat(), said(field))).collect()
    }
}
