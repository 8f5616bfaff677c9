//! Moving a conversation to another inbox, merging two, splitting messages off. What a conversation holds follows its
//! messages; what led to it before still leads there.

mod carrying;
mod lines;
mod marks;
pub mod merging;
pub mod moving;
pub mod parting;
pub mod signposts;
pub mod splitting;
pub(super) mod threading;
pub(super) mod told;
