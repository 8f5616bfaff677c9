//! Writing and sending: limits and windows, new conversations, drafts, taking back, sending later, who else is there.

mod beginning;
mod desk;
mod drafts;
mod limits;
mod presence;
mod talk;
mod undo;
mod waiting;
