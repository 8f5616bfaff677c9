//! Second factors without a database: codes of an authenticator app (RFC 6238: SHA-1, six digits, thirty seconds, one step
//! of grace) and recovery codes for the day the phone is gone.

use totp_rs::{Builder, Secret as Shared, Totp};

use super::tokens::digest;
use crate::clock::{MINUTE, Millis, SECOND};
use crate::error::{Error, Result};
use crate::keys::{self, Secret};

/// Wrong codes that are let through, and the pause behind the last one.
pub const TRIES: i64 = 5;
pub const PAUSE: Millis = 15 * MINUTE;

/// Recovery codes made at once.
pub const RECOVERY_CODES: usize = 10;

/// Seconds that a code is shown for.
const STEP: u64 = 30;

/// The secret that an app and this server share.
pub struct Factor(Totp);

impl Factor {
    /// A new secret of 160 bits.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn random() -> Result<Self> {
        Self::new(Shared::new(keys::random::<20>()?.into()))
    }

    /// The secret written as [`Factor::secret`] writes it.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(secret: &Secret) -> Result<Self> {
        Self::new(Shared::try_from_base32(&secret.0).map_err(|_| Error::internal("a shared secret is broken"))?)
    }

    fn new(shared: Shared) -> Result<Self> {
        let totp = Builder::new().with_secret(shared).with_step_duration(STEP).with_skew(1).build();
        totp.map(Self).map_err(|_| Error::internal("a shared secret is too short"))
    }

    /// In base32, as apps take it by hand.
    #[must_use]
    pub fn secret(&self) -> Secret {
        Secret(self.0.secret().to_base32())
    }

    /// The `otpauth:` address that apps read from a QR code.
    #[must_use]
    pub fn address(&self, account: &str, issuer: &str) -> Secret {
        // A colon would end the issuer (the format's only separator).
        let plain = |text: &str| -> String { text.replace(':', " ").chars().take(60).collect() };
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("secret", &self.secret().0)
            .append_pair("issuer", &plain(issuer))
            .finish();
        let label = [plain(issuer), ":".to_owned(), plain(account)].concat();
        let label: String = url::form_urlencoded::byte_serialize(label.as_bytes()).collect();
        // Apps show a plus sign as it is: in a path a space is %20.
        Secret(["otpauth://totp/", &label, "?", &query].concat().replace('+', "%20"))
    }

    /// The step whose code this is: now, or one before or after.
    #[must_use]
    pub fn step_of(&self, code: &str, now: Millis) -> Option<i64> {
        let seconds = u64::try_from(now.div_euclid(SECOND)).ok()?;
        self.0.check(code, seconds).and_then(|step| i64::try_from(step).ok())
    }
}

/// What somebody typed in the field for a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// Six digits of an app.
    Code(String),
    /// Anything else is compared with the recovery codes.
    Recovery([u8; 32]),
}

impl Typed {
    /// Spaces and hyphens are for the eye, and capitals are as good.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
        if plain.len() == 6 && plain.bytes().all(|byte| byte.is_ascii_digit()) {
            Self::Code(plain)
        } else {
            Self::Recovery(digest(&plain.to_ascii_lowercase()))
        }
    }
}

/// New recovery codes of 80 bits, in groups of four letters.
///
/// # Errors
/// When the system has no randomness.
pub fn recovery_codes() -> Result<Vec<String>> {
    (0..RECOVERY_CODES).map(|_| Ok(grouped(&keys::random_text::<10>()?))).collect()
}

fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Appendix B of RFC 6238 has eight digits; six are their end.
    #[test]
    fn the_codes_are_those_of_the_standard() {
        let secret = Secret(data_encoding::BASE32_NOPAD.encode(b"12345678901234567890"));
        let factor = Factor::read(&secret).expect("a secret");
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let step = second / 30;
            for now in [second - 30, second, second + 30] {
                assert_eq!(factor.step_of(code, now * 1000), Some(step), "{second}");
            }
            assert_eq!(factor.step_of(code, (step + 2) * 30_000), None);
            assert_eq!(factor.step_of(code, (step - 1) * 30_000 - 1), None);
        }
        for wrong in ["", "28708", "2870822", "abcdef", "２８７０８２"] {
            assert_eq!(factor.step_of(wrong, 59_000), None, "{wrong}");
        }
        assert_eq!(factor.step_of("287082", -1), None);
    }

    #[test]
    fn the_address_names_company_and_person() {
        let secret = Secret(data_encoding::BASE32_NOPAD.encode(b"12345678901234567890"));
        let factor = Factor::read(&secret).expect("a secret");
        assert_eq!(
            factor.address("ana@vereda.example", "Vereda: Arquitetura").0,
            "otpauth://totp/Vereda%20%20Arquitetura%3Aana%40vereda.example\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Vereda%20%20Arquitetura"
        );
    }

    #[test]
    fn a_code_is_read_however_it_was_typed() {
        assert_eq!(Typed::read(" 123 456\n"), Typed::Code("123456".to_owned()));
        assert_eq!(Typed::read("ABCD-efgh ijkl-2345"), Typed::Recovery(digest("abcdefghijkl2345")));
        assert_eq!(Typed::read(""), Typed::Recovery(digest("")));
        let codes = recovery_codes().expect("randomness");
        assert_eq!(codes.len(), RECOVERY_CODES);
        assert!(codes.iter().all(|code| code.len() == 19 && matches!(Typed::read(code), Typed::Recovery(_))));
    }
}
