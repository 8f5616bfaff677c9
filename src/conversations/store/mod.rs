//! Conversations in the database. Whatever a person asks for takes the viewer and filters by `inbox_reader` in SQL: what
//! they may not see is not found.

pub mod acknowledging;
pub mod assignment;
pub mod audience;
pub mod automatic;
pub mod blocking;
pub mod closure;
pub mod counters;
pub mod deletion;
pub mod delivery;
pub mod export;
pub mod files;
pub mod images;
pub mod inbound;
pub mod keeping;
pub mod list;
pub mod macros;
pub mod mentions;
pub mod original;
pub mod participants;
pub mod reading;
pub mod replies;
pub mod runs;
pub mod search;
pub mod show;
pub mod signatures;
pub mod snooze;
pub mod spam;
pub mod tag_order;
pub mod tags;
pub mod timeline;
pub mod writing;
