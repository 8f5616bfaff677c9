//! Recado: one shared place for a small team's customer communication.
//!
//! ARCHITECTURE.md is the map. A module names only modules before it in this list.

pub mod clock;
pub mod error;
pub mod events;
pub mod keys;

pub mod config;

pub mod blobs;
pub mod db;
pub mod followers;
pub mod http;
pub mod imap;
pub mod jobs;
pub mod mailer;

pub mod auth;

pub mod web;

pub mod accounts;

pub mod contacts;

pub mod inboxes;

pub mod conversations;

pub mod channels;

pub mod notifications;

pub mod search;

pub mod audit;

mod server;

pub mod demo;

pub mod commands;

pub use server::{App, FOLLOWERS, GUARDS, Running, rocket};
