//! The marks by which answers are known: signed Message-IDs and signed plus-addresses. Both survive a change of case;
//! neither can be made without the key.

use data_encoding::{BASE32_NOPAD, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// Bytes of a signature that are written: 80 bits.
const SIGNATURE: usize = 10;
/// Bytes of chance in a Message-ID.
const CHANCE: usize = 16;
/// The shortest key accepted, in bytes.
const SHORTEST_KEY: usize = 32;

/// Why a mark could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The key has fewer than 32 bytes.
    #[error("the reply key has fewer than 32 bytes")]
    ShortKey,
    /// The address of the inbox is not `local@domain`.
    #[error("the inbox has no valid address")]
    Address,
    /// The operating system gave no random bytes.
    #[error("no random bytes available")]
    Chance,
}

/// Who of the team may answer where by mail, and until which day, counted from 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staff {
    pub conversation: i64,
    pub user: i64,
    pub until_day: i64,
}

/// An address of that form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffMark {
    Signed(Staff),
    /// Somebody else made it, or changed it.
    Forged,
}

/// The secret that signs the marks of one installation.
#[derive(Clone)]
pub struct ReplyKey {
    secret: Vec<u8>,
}

impl std::fmt::Debug for ReplyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReplyKey")
    }
}

impl ReplyKey {
    /// # Errors
    /// `ShortKey` below 32 bytes.
    pub fn new(secret: &[u8]) -> Result<Self, TokenError> {
        if secret.len() < SHORTEST_KEY {
            return Err(TokenError::ShortKey);
        }
        Ok(Self { secret: secret.to_vec() })
    }

    /// A new Message-ID, without angle brackets, that [`Self::is_ours`] knows again.
    ///
    /// # Errors
    /// `Chance` if the operating system gives no random bytes.
    pub fn message_id(&self, domain: &str) -> Result<String, TokenError> {
        let mut chance = [0; CHANCE];
        getrandom::fill(&mut chance).map_err(|_| TokenError::Chance)?;
        let chance = lower(&chance);
        let signature = self.sign(&["message-id", &chance]);
        Ok(format!("{chance}.{signature}@{}", domain.trim().to_ascii_lowercase()))
    }

    /// Whether we made this Message-ID, whatever its case and brackets. The domain is not part of the signature.
    #[must_use]
    pub fn is_ours(&self, message_id: &str) -> bool {
        let id = message_id.trim().trim_matches(['<', '>']).to_ascii_lowercase();
        let Some((local, _)) = id.split_once('@') else {
            return false;
        };
        let Some((chance, signature)) = local.split_once('.') else {
            return false;
        };
        chance.len() == encoded(CHANCE) && self.verifies(&["message-id", chance], signature)
    }

    /// The address that answers to a conversation go to: `local+r<conversation>.<signature>@domain`.
    ///
    /// # Errors
    /// `Address` if the inbox's own address is not `local@domain`.
    pub fn reply_address(&self, inbox_address: &str, conversation: i64) -> Result<String, TokenError> {
        let inbox = inbox_address.trim();
        let (local, domain) = inbox.rsplit_once('@').ok_or(TokenError::Address)?;
        if local.is_empty() || domain.is_empty() || inbox.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(TokenError::Address);
        }
        let number = number(conversation);
        let signature = self.sign(&["reply", &inbox.to_lowercase(), &number]);
        Ok(format!("{local}+r{number}.{signature}@{domain}"))
    }

    /// The conversation that one of these addresses was made for, by this key and for this inbox.
    #[must_use]
    pub fn conversation(&self, inbox_address: &str, addresses: &[String]) -> Option<i64> {
        let inbox = inbox_address.trim().to_lowercase();
        let (local, domain) = inbox.rsplit_once('@').filter(|(l, d)| !l.is_empty() && !d.is_empty())?;
        addresses.iter().find_map(|address| {
            let address = address.trim().trim_matches(['<', '>']).to_lowercase();
            let rest = address.strip_prefix(local)?.strip_prefix("+r")?;
            let (mark, domain_here) = rest.rsplit_once('@')?;
            let (number, signature) = mark.split_once('.')?;
            let sound = domain_here == domain && self.verifies(&["reply", &inbox, number], signature);
            if sound { conversation(number) } else { None }
        })
    }

    /// The address by which one person of the team answers in a conversation, until a day (counted from 1970):
    /// `local+u<conversation>.<user>.<day>.<signature>@domain`.
    ///
    /// # Errors
    /// `Address` if the inbox's own address is not `local@domain`.
    pub fn staff_address(&self, inbox_address: &str, staff: Staff) -> Result<String, TokenError> {
        let inbox = inbox_address.trim();
        let (local, domain) = inbox.rsplit_once('@').ok_or(TokenError::Address)?;
        if local.is_empty() || domain.is_empty() || inbox.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(TokenError::Address);
        }
        let [conversation, user, day] = [staff.conversation, staff.user, staff.until_day].map(number);
        let signature = self.sign(&["staff", &inbox.to_lowercase(), &conversation, &user, &day]);
        Ok(format!("{local}+u{conversation}.{user}.{day}.{signature}@{domain}"))
    }

    /// What one of these addresses says about who of the team answers; `None` if none of them has that form.
    #[must_use]
    pub fn staff(&self, inbox_address: &str, addresses: &[String]) -> Option<StaffMark> {
        let inbox = inbox_address.trim().to_lowercase();
        let (local, domain) = inbox.rsplit_once('@').filter(|(l, d)| !l.is_empty() && !d.is_empty())?;
        addresses.iter().find_map(|address| {
            let address = address.trim().trim_matches(['<', '>']).to_lowercase();
            let (mark, domain_here) = address.strip_prefix(local)?.strip_prefix("+u")?.rsplit_once('@')?;
            let parts: Vec<&str> = mark.split('.').collect();
            let [conversation, user, day, signature] = parts[..] else { return None };
            let is_number = |part: &str| !part.is_empty() && part.bytes().all(is_base32);
            let has_form = [conversation, user, day].into_iter().all(is_number)
                && signature.len() == encoded(SIGNATURE)
                && signature.bytes().all(is_base32);
            if !has_form || domain_here != domain {
                return None;
            }
            if !self.verifies(&["staff", &inbox, conversation, user, day], signature) {
                return Some(StaffMark::Forged);
            }
            let numbers = self::conversation(conversation).zip(self::conversation(user));
            let whole = numbers.zip(self::conversation(day));
            Some(whole.map_or(StaffMark::Forged, |((conversation, user), until_day)| {
                StaffMark::Signed(Staff { conversation, user, until_day })
            }))
        })
    }

    fn sign(&self, parts: &[&str]) -> String {
        // HMAC takes keys of every length, so the error cannot occur; an empty signature verifies nothing.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.secret) else {
            return String::new();
        };
        for part in parts {
            mac.update(&u64::try_from(part.len()).unwrap_or_default().to_be_bytes());
            mac.update(part.as_bytes());
        }
        lower(&mac.finalize().into_bytes()[..SIGNATURE])
    }

    /// Compares in constant time.
    fn verifies(&self, parts: &[&str], signature: &str) -> bool {
        let expected = self.sign(parts);
        signature.len() == encoded(SIGNATURE) && bool::from(expected.as_bytes().ct_eq(signature.as_bytes()))
    }
}

/// Characters that a number of bytes takes.
fn encoded(bytes: usize) -> usize {
    base32().encode_len(bytes)
}

fn base32() -> Encoding {
    BASE32_NOPAD
}

fn lower(bytes: &[u8]) -> String {
    base32().encode(bytes).to_ascii_lowercase()
}

/// A conversation's number without its leading zero bytes.
fn number(conversation: i64) -> String {
    let bytes = conversation.to_be_bytes();
    let zeros = bytes.iter().take(7).take_while(|b| **b == 0).count();
    lower(&bytes[zeros..])
}

fn is_base32(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'2'..=b'7')
}

fn conversation(number: &str) -> Option<i64> {
    let bytes = base32().decode(number.to_ascii_uppercase().as_bytes()).ok().filter(|b| (1..=8).contains(&b.len()))?;
    let mut whole = [0; 8];
    whole[8 - bytes.len()..].copy_from_slice(&bytes);
    Some(i64::from_be_bytes(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> ReplyKey {
        ReplyKey::new(&[7; 32]).expect("a signed address")
    }

    #[test]
    fn a_reply_address_leads_back_to_its_conversation_only() {
        for conversation in [0, 1, 255, 256, 123_456_789, i64::MAX] {
            let address = key().reply_address("Suporte@Example.com", conversation).expect("a signed address");
            let local = address.split('@').next().expect("a signed address");
            assert!(local.len() <= 64, "{address}");
            let upper = vec!["x@y.z".to_owned(), address.to_uppercase()];
            assert_eq!(key().conversation("suporte@example.com", &upper), Some(conversation));
            assert_eq!(key().conversation("outra@example.com", &upper), None);
            assert_eq!(key().conversation("suporte@example.org", &upper), None);
            assert_eq!(
                key().conversation("suporte@example.com", &[address.replace("@Example.com", "@example.org")]),
                None
            );
            assert_eq!(
                ReplyKey::new(&[8; 32]).expect("a signed address").conversation("suporte@example.com", &upper),
                None
            );
        }
    }

    #[test]
    fn forged_empty_and_cut_addresses_lead_nowhere() {
        let good = key().reply_address("s@e.com", 5).expect("a signed address");
        let other = key().reply_address("s@e.com", 6).expect("a signed address");
        let swapped = format!(
            "{}.{}",
            good.split('.').next().expect("a signed address"),
            other.split_once('.').expect("a signed address").1
        );
        for bad in [
            "s+r.@e.com",
            "s+r@e.com",
            "s+@e.com",
            "s@e.com",
            "",
            "s+rau.@e.com",
            "s+r5@e.com",
            &swapped,
            &good[1..],
            &good.replace('+', "++"),
        ] {
            assert_eq!(key().conversation("s@e.com", &[bad.to_owned()]), None, "{bad}");
        }
        let at = good.find('@').expect("a signed address");
        for cut in 0..at {
            let short = format!("{}{}", &good[..cut], &good[at..]);
            assert_eq!(key().conversation("s@e.com", &[short]), None);
        }
        assert_eq!(key().reply_address("no address", 1), Err(TokenError::Address));
        assert!(matches!(ReplyKey::new(b""), Err(TokenError::ShortKey)));
    }

    #[test]
    fn an_address_of_the_team_names_who_where_and_until_when() {
        let staff = Staff { conversation: 70_000, user: 3, until_day: 20_800 };
        let good = key().staff_address("Suporte@Example.com", staff).expect("a signed address");
        assert!(good.split('@').next().expect("a signed address").len() <= 64, "{good}");
        let mark = |address: &str| key().staff("suporte@example.com", &["x@y.z".to_owned(), address.to_owned()]);
        assert_eq!(mark(&good.to_uppercase()), Some(StaffMark::Signed(staff)));
        assert_eq!(key().conversation("suporte@example.com", std::slice::from_ref(&good)), None);
        let other = key().staff_address("Suporte@Example.com", Staff { user: 4, ..staff }).expect("a signed address");
        let signature = |address: &str| {
            address
                .split('@')
                .next()
                .expect("a signed address")
                .rsplit_once('.')
                .expect("a signed address")
                .1
                .to_owned()
        };
        let forged = good.replace(&signature(&good), &signature(&other));
        assert_eq!(mark(&forged), Some(StaffMark::Forged));
        assert_eq!(
            ReplyKey::new(&[8; 32])
                .expect("a signed address")
                .staff("suporte@example.com", std::slice::from_ref(&good)),
            Some(StaffMark::Forged)
        );
        for plain in ["suporte+urgente@example.com", "suporte+u.a.b.c@example.com", "suporte@example.com", "+u@x", ""] {
            assert_eq!(mark(plain), None, "{plain}");
        }
        assert_eq!(key().staff("outra@example.com", &[good]), None);
    }

    #[test]
    fn own_message_ids_are_known_again_and_others_are_not() {
        let id = key().message_id("Example.com").expect("a signed address");
        assert!(key().is_ours(&id) && key().is_ours(&format!("<{}>", id.to_uppercase())));
        assert_ne!(id, key().message_id("Example.com").expect("a signed address"));
        assert!(!ReplyKey::new(&[8; 32]).expect("a signed address").is_ours(&id));
        for other in ["", "@", ".@x", "<abc.def@x>", &id.replacen(|c: char| c.is_ascii_alphabetic(), "", 1), "a@b"] {
            assert!(!key().is_ours(other), "{other}");
        }
    }
}
