//! The people who sign in.

mod availability;
mod doors;
mod email_change;
mod enrolment;
mod first_run;
mod guessing;
mod headers;
mod log_contents;
mod notices;
mod password_reset;
mod photos;
mod profile;
mod rights;
mod second_factor;
mod sessions;
mod sign_in;
mod system_mail;
