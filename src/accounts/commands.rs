//! What whoever runs the machine may do from the command line, also beside a running server.

pub use super::model::{Access, Member};
use super::model::{NewUser, Workspace, check_name, clean_email, clean_name};
use super::store::{arrivals, people, rights, second_factor, users, workspace};
use crate::auth::{Role, passwords};
use crate::db::Db;
use crate::error::{Error, Problems, Result};

/// Who will own the server.
pub struct NewOwner<'a> {
    /// Name of the workspace, used if there is none yet.
    pub workspace: &'a str,
    pub name: &'a str,
    pub email: &'a str,
    pub password: &'a str,
    pub language: &'a str,
    pub zone: &'a str,
}

/// Creates the owner, and the workspace if there is none.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong per field, [`Error::Conflict`] when there is an owner.
pub fn create_owner(db: &Db, owner: &NewOwner<'_>) -> Result<i64> {
    let mut problems = Problems::default();
    let (name, space) = (clean_name(owner.name), clean_name(owner.workspace));
    check_name(&mut problems, "workspace", &space);
    check_name(&mut problems, "name", &name);
    let email = clean_email(owner.email);
    if email.is_none() {
        problems.add("email", "email-wrong");
    }
    check_password(&mut problems, owner.password, &[&name, owner.email, &space]);
    problems.into_result()?;
    let password_hash = Some(passwords::hash_blocking(owner.password)?);
    let language = Some(owner.language.to_owned());
    let email = email.unwrap_or_default();
    let new = NewUser { name, email, role: Role::Owner, password_hash, language, zone: owner.zone.to_owned() };
    let space = Workspace { name: space, language: owner.language.to_owned(), zone: owner.zone.to_owned() };
    db.write_blocking(move |tx| {
        if workspace::find(tx)?.is_none() {
            workspace::create(tx, &space)?;
        }
        users::create_user(tx, None, &new)
    })
}

/// Gives the user with this address a new password; all their sessions end.
///
/// # Errors
/// [`Error::NotFound`] when nobody active has the address, [`Error::Invalid`] for a weak password.
pub fn reset_password(db: &Db, email: &str, password: &str) -> Result<()> {
    let mut problems = Problems::default();
    check_password(&mut problems, password, &[email]);
    problems.into_result()?;
    let (email, hash) = (email.to_owned(), passwords::hash_blocking(password)?);
    db.write_blocking(move |tx| {
        let user = users::find_by_email(tx, &email)?.ok_or(Error::NotFound)?;
        arrivals::forget_devices(tx, user.id, None)?;
        users::set_password(tx, None, user.id, &hash, None)
    })
}

/// Every user, those with access first, each by name.
///
/// # Errors
/// Database errors.
pub fn list(db: &Db) -> Result<Vec<Member>> {
    db.read_blocking(|connection| {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let listed = people::members(connection, "", after)?;
            all.extend(listed.members);
            if !listed.more {
                return Ok(all);
            }
            after = all.last().map(|member| member.id);
        }
    })
}

/// What whoever runs the machine changes about a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Access(Access),
    /// An admin or an agent, with the usual rights.
    Role(Role),
}

/// Changes the user with this address; nobody changes the owner.
///
/// # Errors
/// [`Error::NotFound`] when nobody has the address, [`Error::Conflict`] for the owner.
pub fn change(db: &Db, email: &str, change: Change) -> Result<()> {
    let email = email.to_owned();
    db.write_blocking(move |tx| {
        let id = users::id_of(tx, &email)?;
        let before = people::member(tx, id)?;
        if before.role == Role::Owner {
            return Err(Error::Conflict("owner-stays"));
        }
        match change {
            Change::Access(access) => rights::write_access(tx, None, &before, access),
            Change::Role(Role::Owner) => Err(Error::Conflict("owner-exists")),
            Change::Role(role) if role == before.role => Ok(()),
            Change::Role(role) => {
                rights::write_role(tx, None, &before, role)?;
                rights::write_rights(tx, None, &before, role.usual_rights())
            }
        }
    })
}

/// Takes the second factor of the user with this address away; all their sessions end, and they are told by mail.
///
/// # Errors
/// [`Error::NotFound`] when nobody active has the address, [`Error::Conflict`] when they have none.
pub fn reset_second_factor(db: &Db, email: &str) -> Result<()> {
    let email = email.to_owned();
    db.write_blocking(move |tx| {
        let user = users::find_by_email(tx, &email)?.ok_or(Error::NotFound)?;
        second_factor::reset(tx, None, user.id)
    })
}

fn check_password(problems: &mut Problems, password: &str, about: &[&str]) {
    if let Some(weakness) = passwords::weakness(password, about) {
        problems.add("password", weakness);
    }
}
