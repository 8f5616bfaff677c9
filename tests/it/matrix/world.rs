//! A workspace with somebody of every kind, an inbox that all read, and one that only Zoe reads.

use recado::auth::{FormToken, Right, Rights, Role, Viewer, sessions};
use recado::channels::email::Intake;
use recado::clock::DAY;
use recado::conversations::model::{MessageKind, Written};
use recado::conversations::store::writing;
use recado::db::Connection;
use recado::inboxes::{self, Access, Capabilities, MailSettings, NewInbox};
use recado::web::assets;
use recado::{accounts, blobs};

use super::samples::Names;
use super::tools;
use crate::support::app::App;

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub enum Caller {
    SignedOut,
    SignedIn { user: i64, role: Role, rights: Rights },
}

/// Whose object an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One that everybody with the right may see.
    Own,
    /// One that is there and belongs to others.
    Foreign,
    /// One that was never there.
    Gone,
}

/// What stands in one inbox.
#[derive(Clone, Debug)]
struct Shelf {
    inbox: i64,
    conversation: i64,
    mail: i64,
    answer: i64,
    attachment: String,
    /// A piece of the journal whose sender is blocked.
    refused: i64,
}

pub struct World {
    pub app: App,
    pub callers: Vec<Caller>,
    open: Shelf,
    closed: Shelf,
    photo: String,
    zoe: i64,
    person: i64,
}

/// A mail with HTML, an older mail quoted in it, and a file.
fn mail(to: &str) -> Vec<u8> {
    format!(
        "Message-ID: <1@{to}.example>\r\nDate: Fri, 20 Nov 2026 10:00:00 -0300\r\nFrom: Helena <helena@example.com>\r\n\
         To: {to}@vereda.example\r\nSubject: Granito\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
         <p>Oi, segue a planta.</p><div class=\"gmail_quote\"><div class=\"gmail_attr\">Em 19 de nov. de 2026, Ana \
         &lt;ana@vereda.example&gt; escreveu:</div><blockquote><p>Pode mandar?</p></blockquote></div>\r\n\
         --b\r\nContent-Type: text/plain; name=planta.txt\r\nContent-Disposition: attachment; filename=planta.txt\r\n\r\n\
         planta\r\n--b--\r\n"
    )
    .into_bytes()
}

impl World {
    pub async fn build() -> Self {
        let app = App::start().await;
        let zoe = app.user("zoe", Role::Agent).await;
        let bia = app.user("bia", Role::Admin).await;
        let owner = viewer(&app, 1).await;
        let mut callers = vec![Caller::SignedOut];
        let none = std::iter::once(None);
        for (number, right) in none.chain(Right::ALL.into_iter().map(Some)).enumerate() {
            let rights: Rights = right.into_iter().collect();
            let (user, by) = (app.user(&format!("agente{number}"), Role::Agent).await, owner.clone());
            app.recado.db.write(move |tx| accounts::set_rights(tx, &by, user, rights)).await.expect("the owner may");
            callers.push(Caller::SignedIn { user, role: Role::Agent, rights });
        }
        for (user, role) in [(bia, Role::Admin), (1, Role::Owner)] {
            callers.push(Caller::SignedIn { user, role, rights: role.usual_rights() });
        }
        let open = shelf(&app, 1, "contato", Access::All).await;
        let closed = shelf(&app, zoe, "zoe", Access::Owner).await;
        tools::shared_macro(&app).await;
        let photo = photo(&app, zoe).await;
        let person = app.user("rita", Role::Agent).await;
        Self { app, callers, open, closed, photo, zoe, person }
    }

    /// What stands in an address for an object, or `None` if this kind of object has nobody else's.
    pub async fn id(&self, names: Names, whose: Whose, caller: Caller) -> Option<String> {
        if names == Names::Tag && whose == Whose::Foreign {
            return None;
        }
        if let Some(tool) = tools::Tool::of(names) {
            return tools::id(&self.app, tool, self.owner(whose, caller)).await;
        }
        let place = if whose == Whose::Foreign { &self.closed } else { &self.open };
        let number = match (names, whose) {
            // Settings belong to whoever has the right; photos are seen by the whole team, the logo by everybody.
            (
                Names::Nothing
                | Names::Fixed(_)
                | Names::SavedReply
                | Names::ReplyFile
                | Names::Macro
                | Names::MacroStep
                | Names::Tag,
                _,
            )
            | (
                Names::Asset
                | Names::Inbox
                | Names::Photo
                | Names::Logo
                | Names::Holiday
                | Names::Person
                | Names::Team
                | Names::Invitation,
                Whose::Foreign,
            ) => return None,
            (Names::Asset, Whose::Own) => {
                return assets::address("app.css").strip_prefix("/static/").map(str::to_owned);
            }
            (Names::Asset, Whose::Gone) => return Some("app-0.css".to_owned()),
            (Names::Attachment, Whose::Gone) => return Some("unknown".to_owned()),
            (Names::Photo | Names::Logo, Whose::Gone) => return Some("unknown.jpg".to_owned()),
            (_, Whose::Gone) => 999_999,
            (Names::Attachment, _) => return Some(place.attachment.clone()),
            (Names::Photo, _) => return Some(self.photo.clone()),
            (Names::Logo, _) => return Some(self.logo().await),
            (Names::Holiday, _) => self.holiday().await,
            (Names::Inbox, _) => place.inbox,
            (Names::Person, _) => self.person().await,
            (Names::Team, _) => self.team().await,
            (Names::Invitation, _) => self.invitation().await,
            (Names::Conversation, _) => place.conversation,
            (Names::Mail, _) => place.mail,
            (Names::Answer, _) => place.answer,
            (Names::Refused, _) => place.refused,
            (Names::Filter | Names::Bulk, _) => self.own_row(names, whose, caller).await,
            (Names::Session, Whose::Foreign) => viewer(&self.app, self.zoe).await.session,
            (Names::Session, Whose::Own) => match caller {
                Caller::SignedIn { user, .. } => viewer(&self.app, user).await.session,
                Caller::SignedOut => 1,
            },
        };
        Some(number.to_string())
    }

    /// Whose a prepared thing is.
    fn owner(&self, whose: Whose, caller: Caller) -> Option<i64> {
        match (whose, caller) {
            (Whose::Own, Caller::SignedIn { user, .. }) => Some(user),
            (Whose::Own, Caller::SignedOut) => Some(1),
            (Whose::Foreign, _) => Some(self.zoe),
            (Whose::Gone, _) => None,
        }
    }

    /// A saved filter or a change of many: of who asks, or of Zoe alone.
    async fn own_row(&self, names: Names, whose: Whose, caller: Caller) -> i64 {
        let user = match (whose, caller) {
            (Whose::Foreign, _) => self.zoe,
            (_, Caller::SignedIn { user, .. }) => user,
            (_, Caller::SignedOut) => 1,
        };
        let sql = if names == Names::Filter {
            "INSERT INTO saved_filter (owner_id, name, query, shared, place, created_at, updated_at)
             VALUES (?1, 'Meu', 'section=mine', 0, 1, 1, 1) RETURNING id"
        } else {
            "INSERT INTO bulk (user_id, action, query, state, created_at, ended_at)
             VALUES (?1, 'close', 'section=mine', 'done', 1, 1) RETURNING id"
        };
        let insert = self.app.recado.db.write(move |tx| Ok(tx.query_row(sql, [user], |row| row.get(0))?));
        insert.await.expect("a row")
    }

    /// The logo, put up again if a caller took it away.
    async fn logo(&self) -> String {
        let owner = viewer(&self.app, 1).await;
        if let Some(logo) = owner.house_logo {
            return logo;
        }
        let sent = self.app.browser_of(1).await.upload("/settings/workspace/logo", "logo", "a.png", picture()).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        viewer(&self.app, 1).await.house_logo.expect("a logo")
    }

    /// A holiday, put up again if a caller took it away.
    async fn holiday(&self) -> i64 {
        let add = self.app.recado.db.write(|tx| {
            tx.execute(
                "INSERT INTO holiday (name, repeats, date, created_at) VALUES ('Festa', 'once', '2030-01-02', 1)
                 ON CONFLICT DO NOTHING",
                [],
            )?;
            Ok(tx.query_row("SELECT id FROM holiday WHERE date = '2030-01-02'", [], |row| row.get(0))?)
        });
        add.await.expect("a holiday")
    }

    /// Somebody whom whoever runs the team may change: with access, whatever was done before.
    async fn person(&self) -> i64 {
        let person = self.person;
        let enable = self.app.recado.db.write(move |tx| {
            tx.execute("UPDATE user SET state = 'active' WHERE id = ?1", [person])?;
            Ok(person)
        });
        enable.await.expect("a database")
    }

    /// A new team.
    async fn team(&self) -> i64 {
        let create = |tx: &recado::db::Tx<'_>| {
            let name = recado::keys::random_text::<8>()?;
            accounts::create_team(tx, None, &name, "")
        };
        self.app.recado.db.write(create).await.expect("a team")
    }

    /// A new invitation.
    async fn invitation(&self) -> i64 {
        let by = viewer(&self.app, 1).await;
        let create = move |tx: &recado::db::Tx<'_>| {
            let secret = recado::keys::random_text::<8>()?;
            let new = accounts::NewInvitation {
                email: format!("{secret}@x.example"),
                role: Role::Agent,
                rights: Rights::default(),
                teams: Vec::new(),
                language: "en".to_owned(),
            };
            Ok(accounts::invite(tx, &by, &new, &secret)?.id)
        };
        self.app.recado.db.write(create).await.expect("an invitation")
    }

    /// A cookie of its own for one request, so that no request can sign the next one out, and the token that fits it.
    pub async fn cookie(&self, caller: Caller) -> (String, String) {
        let (name, value) = match caller {
            Caller::SignedOut => ("g", "a guest".to_owned()),
            Caller::SignedIn { user, .. } => {
                let opened = self.app.recado.db.write(move |tx| sessions::open(tx, user, "Firefox", "192.0.2.7"));
                ("s", opened.await.expect("a session"))
            }
        };
        let token = FormToken::for_cookie(&self.app.recado.keys, &value).masked().expect("randomness");
        (format!("{name}={value}"), token)
    }

    /// Makes a second factor a duty; nobody here has one.
    pub async fn require_second_factors(&self) {
        let owner = viewer(&self.app, 1).await;
        let rule = accounts::Requirement::Required;
        let write = self.app.recado.db.write(move |tx| accounts::require_second_factor(tx, &owner, rule));
        write.await.expect("the owner may");
    }

    /// Everything that somebody could change about the conversation that only Zoe reads.
    pub async fn secret_state(&self) -> String {
        let conversation = self.closed.conversation;
        let read = self.app.recado.db.read(move |connection| {
            let sql = "SELECT state || ' ' || coalesce(assignee_id, '-') || ' ' ||
                              (SELECT count(*) FROM message WHERE conversation_id = c.id) || ' ' ||
                              (SELECT count(*) FROM read_mark WHERE conversation_id = c.id) || ' ' ||
                              (SELECT group_concat(delivery) FROM message WHERE conversation_id = c.id)
                         FROM conversation c WHERE id = ?1";
            Ok(connection.query_row(sql, [conversation], |row| row.get(0))?)
        });
        read.await.expect("a database")
    }
}

pub async fn viewer(app: &App, user: i64) -> Viewer {
    let found = app.recado.db.write(move |tx| {
        let secret = sessions::open(tx, user, "", "")?;
        Ok(sessions::find(tx, &secret, tx.now(), DAY)?.map(|(viewer, _)| viewer))
    });
    found.await.expect("a database").expect("a session")
}

async fn shelf(app: &App, owner: i64, name: &str, access: Access) -> Shelf {
    let new = NewInbox {
        channel: "email",
        name: name.to_owned(),
        address: format!("{name}@vereda.example"),
        access,
        members: Vec::new(),
        capabilities: Capabilities::email(),
        mail: MailSettings::default(),
        password: None,
    };
    let keys = app.recado.keys.clone();
    let create = app.recado.db.write(move |tx| {
        let id = inboxes::store::create(tx, Some(owner), &new, &keys)?;
        inboxes::store::get(tx, id)
    });
    let inbox = create.await.expect("an inbox");
    let max_bytes = app.recado.config.max_mail_bytes;
    let intake = Intake { db: app.recado.db.clone(), keys: app.recado.keys.clone(), max_bytes };
    let (receipt, _) = intake.receive(&inbox, mail(name)).await.expect("every mail is taken");
    let (conversation, mail, by) = (receipt.conversation, receipt.message, viewer(app, owner).await);
    let written =
        Written { kind: MessageKind::Outgoing, text: "Recebi.".to_owned(), client_id: None, files: Vec::new() };
    let answer = app.recado.db.write(move |tx| writing::write(tx, &by, conversation, &written)).await.expect("kept");
    let pixels = blobs::store(&app.recado.db, &picture()).await.expect("a blob").id;
    let fetched = app.recado.db.write(move |tx| {
        let picture =
            "INSERT INTO remote_image (message_id, number, url, blob_id, mime) VALUES (?1, 0, '', ?2, 'image/png')";
        tx.execute(picture, [answer, pixels])?;
        tx.execute("INSERT INTO image_consent (message_id, given_by, given_at) VALUES (?1, ?2, 0)", [answer, owner])?;
        Ok(())
    });
    fetched.await.expect("a picture of its own");
    let key = move |connection: &Connection| {
        Ok(connection.query_row("SELECT key FROM attachment WHERE message_id = ?1", [mail], |row| row.get(0))?)
    };
    let attachment = app.recado.db.read(key).await.expect("a file");
    let refuse = app.recado.db.write(move |tx| {
        let refuse = "INSERT INTO inbound (inbox_id, key, raw_id, state, outcome, received_at)
                      SELECT inbox_id, 'refused', raw_id, 'done', 'blocked', ?2 FROM message WHERE id = ?1";
        Ok(tx.prepare(refuse)?.insert([mail, tx.now()])?)
    });
    let refused = refuse.await.expect("a refused mail");
    Shelf { inbox: inbox.id, conversation, mail, answer, attachment, refused }
}

/// The photo that a user sends.
async fn photo(app: &App, user: i64) -> String {
    let browser = app.browser_of(user).await;
    let sent = browser.upload("/account/photo", "photo", "a.png", picture()).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    viewer(app, user).await.photo.expect("a photo")
}

/// A small picture.
fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(8, 8).write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}
