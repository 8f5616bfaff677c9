//! Mail by which somebody of the team answers, read: whose it says it is, and what a server of ours found about that.

use super::receive::{Understood, addressed, reply_key, understand};
use super::{Intake, Limits, StaffMark, parse};
use crate::blobs;
use crate::conversations::model::Incoming;
use crate::error::{Error, Result};

/// Such a mail; its files are stored.
#[derive(Debug, Clone)]
pub struct TeamMail {
    /// `None`: it is addressed to nobody of the team.
    pub mark: Option<StaffMark>,
    pub incoming: Incoming,
    /// `Authentication-Results`, newest first.
    pub results: Vec<String>,
}

impl Intake {
    /// Reads a mail of the team that came to the inbox with `address`.
    ///
    /// # Errors
    /// Database errors.
    pub async fn read_team_mail(&self, address: String, raw: Vec<u8>) -> Result<TeamMail> {
        let (keys, max) = (self.keys.clone(), self.max_bytes);
        let read = tokio::task::spawn_blocking(move || {
            let mail = parse(&raw, &Limits { size: max, ..Limits::default() });
            let mark = reply_key(&keys)?.staff(&address, &addressed(&mail));
            Ok::<_, Error>((mark, mail.authentication_results, understand(raw, max, &keys, &address)?))
        });
        let (mark, results, Understood { mut incoming, files, .. }) = read.await.map_err(Error::internal)??;
        for enclosed in files {
            let blob = blobs::store(&self.db, &enclosed.file.bytes).await?;
            incoming.files.push(enclosed.stored(blob));
        }
        Ok(TeamMail { mark, incoming, results })
    }
}

/// Whether the server `name` found the sender of a mail to be who they say (RFC 8601, DMARC). Only the newest result
/// counts: what stands below it came with the mail.
#[must_use]
pub fn is_proven(results: &[String], name: &str) -> bool {
    let Some(newest) = results.first() else { return false };
    let plain = without_comments(newest);
    let mut parts = plain.split(';');
    let server = parts.next().and_then(|first| first.split_whitespace().next()).unwrap_or_default();
    server.eq_ignore_ascii_case(name.trim())
        && parts.any(|part| {
            let verdict = part.split_whitespace().next().unwrap_or_default();
            let (method, found) = verdict.split_once('=').unwrap_or_default();
            method.eq_ignore_ascii_case("dmarc") && found.eq_ignore_ascii_case("pass")
        })
}

/// Comments stand in parentheses, one within the other.
fn without_comments(text: &str) -> String {
    let mut depth = 0_u32;
    let mut plain = String::new();
    for letter in text.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proven(results: &[&str]) -> bool {
        is_proven(&results.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>(), "mx.vereda.example")
    }

    #[test]
    fn only_the_newest_result_of_the_own_server_counts() {
        assert!(proven(&["MX.vereda.example; spf=pass smtp.mailfrom=a@b; dmarc=pass (p=none) header.from=b"]));
        assert!(proven(&["mx.vereda.example 1; dmarc=pass"]));
        for forged in [
            &["mx.other.example; dmarc=pass"][..],
            &["mx.vereda.example; dmarc=fail", "mx.vereda.example; dmarc=pass"],
            &["mx.vereda.example; spf=pass (dmarc=pass; dmarc=pass)"],
            &["mx.vereda.example; spf=pass reason=\"x\" dmarc=pass"],
            &["mx.vereda.example; dmarc=passed"],
            &["mx.vereda.example"],
            &[],
        ] {
            assert!(!proven(forged), "{forged:?}");
        }
    }
}
