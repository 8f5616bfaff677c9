//! What the company sets for everybody: its name, language and logo, when it is open, its holidays.

mod general;
mod holidays;
mod hours;
mod logo;
