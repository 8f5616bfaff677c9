//! Conversations in the database. Whatever a person asks for takes the viewer and filters by `inbox_reader` in SQL: what
//! they may not see is not found.

pub mod acknowledging;
pub mod assignment;
pub mod audience;
pub mod automatic;
pub mod beginning;
pub mod blocking;
pub mod choices;
pub mod closure;
pub mod counters;
pub mod deletion;
pub mod delivery;
pub mod drafts;
pub mod export;
pub mod files;
pub mod images;
pub mod inbound;
pub mod keeping;
pub mod list;
pub mod original;
pub mod participants;
pub mod reading;
pub mod search;
pub mod sending;
pub mod show;
pub mod signatures;
pub mod snooze;
pub mod spam;
pub mod tags;
pub mod timeline;
pub mod waiting;
pub mod writing;
