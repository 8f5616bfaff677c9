//! The people who sign in.

mod availability;
mod disabling;
mod doors;
mod first_run;
mod headers;
mod invitations;
mod ownership;
mod password_reset;
mod people;
mod photos;
mod profile;
mod rights;
mod sessions;
mod sign_in;
mod system_mail;
mod teams;
