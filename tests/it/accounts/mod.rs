//! The people who sign in.

mod availability;
mod doors;
mod first_run;
mod headers;
mod password_reset;
mod photos;
mod profile;
mod rights;
mod sessions;
mod sign_in;
mod system_mail;
