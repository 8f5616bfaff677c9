//! The ways customers write: each channel turns what comes in into a message of ours, and ours into what its other side
//! takes.

pub mod email;
