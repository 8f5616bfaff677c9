//! Folders, and which of them holds sent mail.

/// A folder of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// As people read it.
    pub name: String,
    /// As the server wrote it.
    pub raw: String,
    /// What separates the names of folders inside folders.
    pub delimiter: Option<char>,
    pub special: Option<Special>,
    /// False for a name that only holds others.
    pub selectable: bool,
}

/// What a folder is for (RFC 6154).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Special {
    Inbox,
    Sent,
    Drafts,
    Junk,
    Trash,
    Archive,
    All,
    Flagged,
}

impl Special {
    /// By an attribute of LIST.
    #[must_use]
    pub fn of_attribute(attribute: &str) -> Option<Self> {
        Some(match attribute.to_ascii_lowercase().as_str() {
            "\\inbox" => Self::Inbox,
            "\\sent" => Self::Sent,
            "\\drafts" => Self::Drafts,
            "\\junk" | "\\spam" => Self::Junk,
            "\\trash" => Self::Trash,
            "\\archive" => Self::Archive,
            "\\all" | "\\allmail" => Self::All,
            "\\flagged" | "\\starred" => Self::Flagged,
            _ => return None,
        })
    }
}

/// What providers and mail programs call the folder of sent mail, in the languages of our users' customers; in lower case,
/// best first.
const SENT: &[&str] = &[
    "sent",
    "sent items",
    "sent mail",
    "sent messages",
    "itens enviados",
    "e-mails enviados",
    "e-mail enviado",
    "emails enviados",
    "mensagens enviadas",
    "enviados",
    "enviadas",
    "enviado",
    "correo enviado",
    "correos enviados",
    "elementos enviados",
    "mensajes enviados",
    "gesendet",
    "gesendete elemente",
    "gesendete objekte",
    "gesendete nachrichten",
    "éléments envoyés",
    "messages envoyés",
    "envoyés",
    "posta inviata",
    "messaggi inviati",
    "inviata",
    "inviati",
    "verzonden items",
    "verzonden",
    "отправленные",
    "已发送",
    "已发送邮件",
    "送信済み",
    "送信済みメール",
];

/// The folder of sent mail: the one marked so, else the one with a usual name.
#[must_use]
pub fn sent(folders: &[Folder]) -> Option<&Folder> {
    let mut usable = folders.iter().filter(|folder| folder.selectable);
    let marked = usable.clone().find(|folder| folder.special == Some(Special::Sent));
    marked.or_else(|| {
        let rank = |folder: &&Folder| SENT.iter().position(|name| *name == last_part(folder));
        usable.by_ref().filter(|folder| rank(folder).is_some()).min_by_key(|folder| (rank(folder), folder.name.len()))
    })
}

fn last_part(folder: &Folder) -> String {
    let last = match folder.delimiter {
        Some(delimiter) => folder.name.rsplit(delimiter).next().unwrap_or_default(),
        None => &folder.name,
    };
    last.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{Folder, Special, sent};

    fn folder(name: &str, special: Option<Special>) -> Folder {
        Folder { name: name.to_owned(), raw: name.to_owned(), delimiter: Some('/'), special, selectable: true }
    }

    #[test]
    fn sent_mail_is_found_at_every_provider() {
        let find = |folders: &[Folder]| sent(folders).map(|folder| folder.name.clone());
        for name in [
            "Sent",
            "Sent Items",
            "Itens Enviados",
            "[Gmail]/E-mail enviado",
            "[Gmail]/E-mails enviados",
            "INBOX/Enviados",
            "Éléments envoyés",
        ] {
            assert_eq!(
                find(&[folder("INBOX", None), folder("Presentes", None), folder(name, None)]).as_deref(),
                Some(name)
            );
        }
        let marked = [folder("Sent", None), folder("Saída", Some(Special::Sent))];
        assert_eq!(find(&marked).as_deref(), Some("Saída"), "what the server says counts more than a name");
        assert_eq!(find(&[folder("INBOX", None), folder("Presented", None)]), None);
    }
}
