//! The providers most mailboxes are at, and the servers they name in their help pages.

use super::model::{SentCopy, SignIn};
use crate::config::Security::{self, Starttls, Tls};

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub host: String,
    pub port: u16,
    pub security: Security,
}

/// A provider of mailboxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provider {
    pub key: &'static str,
    /// As it calls itself.
    pub name: &'static str,
    /// Of addresses that are surely there; customers' own domains are not listed anywhere.
    domains: &'static [&'static str],
    imap: (&'static str, u16, Security),
    smtp: (&'static str, u16, Security),
    /// Message key of what to know before one signs in there.
    pub hint: Option<&'static str>,
    /// Whether it puts what it sends into the folder of sent mail.
    pub sent: SentCopy,
    /// How one signs in there without a password.
    pub sign_in: SignIn,
}

impl Provider {
    /// Where mail is fetched.
    #[must_use]
    pub fn imap(&self) -> Place {
        place(self.imap)
    }

    /// Where mail is sent.
    #[must_use]
    pub fn smtp(&self) -> Place {
        place(self.smtp)
    }
}

fn place((host, port, security): (&'static str, u16, Security)) -> Place {
    Place { host: host.to_owned(), port, security }
}

const fn plain(
    key: &'static str,
    name: &'static str,
    domains: &'static [&'static str],
    imap: &'static str,
    smtp: &'static str,
) -> Provider {
    Provider {
        key,
        name,
        domains,
        imap: (imap, 993, Tls),
        smtp: (smtp, 465, Tls),
        hint: None,
        sent: SentCopy::Append,
        sign_in: SignIn::Password,
    }
}

/// In the order people see them.
pub const ALL: &[Provider] = &[
    Provider {
        hint: Some("provider-hint-google"),
        sent: SentCopy::Provider,
        sign_in: SignIn::Google,
        ..plain(
            "google",
            "Gmail, Google Workspace",
            &["gmail.com", "googlemail.com"],
            "imap.gmail.com",
            "smtp.gmail.com",
        )
    },
    Provider {
        smtp: ("smtp.office365.com", 587, Starttls),
        hint: Some("provider-hint-microsoft"),
        sign_in: SignIn::Microsoft,
        ..plain(
            "microsoft",
            "Outlook, Microsoft 365",
            &["outlook.com", "outlook.com.br", "outlook.pt", "hotmail.com", "hotmail.com.br", "live.com", "msn.com"],
            "outlook.office365.com",
            "smtp.office365.com",
        )
    },
    Provider {
        hint: Some("provider-hint-app-password"),
        ..plain(
            "yahoo",
            "Yahoo",
            &["yahoo.com", "yahoo.com.br", "ymail.com", "rocketmail.com"],
            "imap.mail.yahoo.com",
            "smtp.mail.yahoo.com",
        )
    },
    Provider {
        smtp: ("smtp.mail.me.com", 587, Starttls),
        hint: Some("provider-hint-app-password"),
        ..plain("icloud", "iCloud", &["icloud.com", "me.com", "mac.com"], "imap.mail.me.com", "smtp.mail.me.com")
    },
    Provider {
        hint: Some("provider-hint-switch-on"),
        ..plain("zoho", "Zoho", &["zoho.com", "zohomail.com"], "imap.zoho.com", "smtp.zoho.com")
    },
    plain("uol", "UOL", &["uol.com.br"], "imap.uol.com.br", "smtps.uol.com.br"),
    plain("bol", "BOL", &["bol.com.br"], "imap.bol.com.br", "smtps.bol.com.br"),
    plain("terra", "Terra", &["terra.com.br", "terra.com"], "imap.terra.com.br", "smtp.terra.com.br"),
    plain("locaweb", "Locaweb", &[], "email-ssl.com.br", "email-ssl.com.br"),
    plain("kinghost", "KingHost", &[], "imap.kinghost.net", "smtp.kinghost.net"),
    plain("hostinger", "Hostinger", &[], "imap.hostinger.com", "smtp.hostinger.com"),
    Provider {
        hint: Some("provider-hint-switch-on"),
        ..plain("titan", "Titan", &["titan.email"], "imap.titan.email", "smtp.titan.email")
    },
    plain("godaddy", "GoDaddy", &[], "imap.secureserver.net", "smtpout.secureserver.net"),
    plain("ionos", "IONOS", &[], "imap.ionos.com", "smtp.ionos.com"),
    Provider {
        hint: Some("provider-hint-app-password"),
        ..plain("fastmail", "Fastmail", &["fastmail.com", "fastmail.fm"], "imap.fastmail.com", "smtp.fastmail.com")
    },
    Provider {
        hint: Some("provider-hint-switch-on"),
        ..plain("gmx", "GMX", &["gmx.com", "gmx.us"], "imap.gmx.com", "mail.gmx.com")
    },
    Provider {
        hint: Some("provider-hint-switch-on"),
        ..plain("gmx-net", "GMX.net", &["gmx.net", "gmx.de", "gmx.at", "gmx.ch"], "imap.gmx.net", "mail.gmx.net")
    },
    Provider {
        hint: Some("provider-hint-app-password"),
        ..plain("aol", "AOL", &["aol.com"], "imap.aol.com", "smtp.aol.com")
    },
    Provider {
        hint: Some("provider-hint-app-password"),
        ..plain("yandex", "Yandex", &["yandex.com", "yandex.ru"], "imap.yandex.com", "smtp.yandex.com")
    },
];

/// The provider with this key.
#[must_use]
pub fn named(key: &str) -> Option<&'static Provider> {
    ALL.iter().find(|provider| provider.key == key)
}

/// The provider that this domain belongs to.
#[must_use]
pub fn of_domain(domain: &str) -> Option<&'static Provider> {
    let domain = domain.to_lowercase();
    ALL.iter().find(|provider| provider.domains.contains(&domain.as_str()))
}

/// The provider whose server this is.
#[must_use]
pub fn of_host(host: &str) -> Option<&'static Provider> {
    ALL.iter().find(|provider| provider.imap.0 == host || provider.smtp.0 == host)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{ALL, of_domain, of_host};

    #[test]
    fn every_provider_is_found_by_its_domains_and_servers() {
        let keys: HashSet<&str> = ALL.iter().map(|provider| provider.key).collect();
        assert_eq!(keys.len(), ALL.len());
        let mut domains = HashSet::new();
        for provider in ALL {
            for domain in provider.domains {
                assert!(domains.insert(*domain), "{domain} stands twice");
                assert_eq!(of_domain(&domain.to_uppercase()).map(|found| found.key), Some(provider.key));
            }
            assert!(of_host(&provider.imap().host).is_some());
        }
        assert_eq!(of_domain("vereda.example"), None);
    }
}
