//! Mail is fetched from mailboxes: everything arrives, once, and the mailbox stays as it is.

mod dovecot;
