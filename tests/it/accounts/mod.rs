//! The people who sign in.

mod availability;
mod disabling;
mod doors;
mod email_change;
mod enrolment;
mod first_run;
mod guessing;
mod headers;
mod invitations;
mod log_contents;
mod notices;
mod ownership;
mod password_reset;
mod people;
mod photos;
mod profile;
mod rights;
mod second_factor;
mod sessions;
mod sign_in;
mod system_mail;
mod teams;
