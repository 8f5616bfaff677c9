//! The team, its inboxes and the contacts.

use recado::accounts::{NewUser, create_user};
use recado::auth::Role;
use recado::db::{Db, Tx};
use recado::inboxes::{self, Access, Capabilities, MailSettings, NewInbox};
use recado::keys::Keys;
use rusqlite::params;

use crate::Result;
use crate::words::{Dice, name};

/// Users in all.
const USERS: usize = 50;
/// Contacts in one transaction.
const BATCH: usize = 2_000;

/// Who there is. Ids of contacts are 1 to `contacts`.
#[derive(Clone)]
pub struct People {
    /// The owner first.
    pub users: Vec<i64>,
    /// Those that everybody reads first.
    pub inboxes: Vec<i64>,
    pub contacts: usize,
}

pub async fn furnish(db: &Db, keys: &Keys, contacts: usize) -> Result<People> {
    let keys = keys.clone();
    let (users, inboxes) = db
        .write(move |tx| {
            let users = (0..USERS).map(|number| user(tx, number)).collect::<recado::error::Result<Vec<_>>>()?;
            let inboxes =
                (0..6).map(|number| inbox(tx, number, &users, &keys)).collect::<recado::error::Result<_>>()?;
            Ok((users, inboxes))
        })
        .await?;
    for from in (1..=contacts).step_by(BATCH) {
        db.write(move |tx| write_contacts(tx, from, contacts.min(from + BATCH - 1))).await?;
    }
    Ok(People { users, inboxes, contacts })
}

fn user(tx: &Tx<'_>, number: usize) -> recado::error::Result<i64> {
    let mut dice = Dice::new(number as u64);
    let role = match number {
        0 => Role::Owner,
        1 | 2 => Role::Admin,
        _ => Role::Agent,
    };
    let new = NewUser {
        name: name(&mut dice),
        email: format!("pessoa{number}@vereda.example"),
        role,
        password_hash: None,
        language: Some("pt-BR".to_owned()),
        zone: "America/Sao_Paulo".to_owned(),
    };
    create_user(tx, None, &new)
}

/// Four that everybody reads, one for half the team, one of a person alone.
fn inbox(tx: &Tx<'_>, number: usize, users: &[i64], keys: &Keys) -> recado::error::Result<i64> {
    let access = match number {
        0..4 => Access::All,
        4 => Access::Selected,
        _ => Access::Owner,
    };
    let new = NewInbox {
        channel: "email",
        name: format!("Caixa {number}"),
        address: format!("caixa{number}@vereda.example"),
        access,
        members: if access == Access::Selected { users[..USERS / 2].to_vec() } else { Vec::new() },
        capabilities: Capabilities::email(),
        mail: MailSettings::default(),
        password: None,
    };
    inboxes::store::create(tx, Some(users[if access == Access::Owner { 9 } else { 0 }]), &new, keys)
}

/// The address of a contact.
pub fn address(contact: usize) -> String {
    format!("pessoa.{contact}@cliente{}.example", contact % 97)
}

/// The name of a contact.
pub fn contact_name(contact: usize) -> String {
    name(&mut Dice::new(1_000_000 + contact as u64))
}

fn write_contacts(tx: &Tx<'_>, from: usize, to: usize) -> recado::error::Result<()> {
    let mut contact = tx.prepare_cached(
        "INSERT INTO contact (id, number, kind, name, created_at, updated_at) VALUES (?1, ?1 + 1000, 'person', ?2, ?3, ?3)",
    )?;
    let mut point = tx.prepare_cached(
        "INSERT INTO contact_point (contact_id, kind, value, normalized, match_key, is_primary, created_at)
         VALUES (?1, 'email', ?2, ?2, ?2, 1, ?3)",
    )?;
    let mut identity = tx.prepare_cached(
        "INSERT INTO identity (channel, external_id, contact_id, created_at) VALUES ('email', ?2, ?1, ?3)",
    )?;
    for id in from..=to {
        let address = address(id);
        contact.execute(params![id, contact_name(id), tx.now()])?;
        point.execute(params![id, address, tx.now()])?;
        identity.execute(params![id, address, tx.now()])?;
    }
    tx.prepare_cached("UPDATE contact_number SET last = ?1 + 1000")?.execute([to])?;
    Ok(())
}
