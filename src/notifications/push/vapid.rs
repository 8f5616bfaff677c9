//! The key pair that push services know this server by, and the note they read (RFC 8292).

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::json;
use url::Url;

use crate::clock::{HOUR, Millis, SECOND};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::keys::{Keys, Secret};
use crate::notifications::store::push;

/// A note holds for so long; services refuse more than a day.
const HOLDS: Millis = 12 * HOUR;
/// Where the private key is sealed for.
const PLACE: &str = "push_key/1/private";

/// The key pair.
#[derive(Debug)]
pub struct ServerKey {
    pair: EcdsaKeyPair,
}

impl ServerKey {
    /// The key pair of this server, made at its first start. One that cannot be opened any more, because the key file is
    /// another one, is replaced; devices ask for their subscription anew then.
    ///
    /// # Errors
    /// Database errors; when the system has no randomness.
    pub async fn load_or_create(db: &Db, keys: &Keys) -> Result<Self> {
        let stored = db.read(push::key).await?;
        if let Some(found) = stored.and_then(|(sealed, _)| Self::open(keys, &sealed)) {
            return Ok(found);
        }
        let random = SystemRandom::new();
        let private = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random);
        let private = private.map_err(|_| Error::internal("no key pair could be made"))?;
        let text = Secret(data_encoding::BASE64URL_NOPAD.encode(private.as_ref()));
        let sealed = keys.seal(PLACE, &text)?;
        let made = Self::open(keys, &sealed).ok_or_else(|| Error::internal("a new key pair cannot be read"))?;
        let public = made.pair.public_key().as_ref().to_vec();
        db.write(move |tx| push::set_key(tx, &sealed, &public)).await?;
        Ok(made)
    }

    fn open(keys: &Keys, sealed: &[u8]) -> Option<Self> {
        let text = keys.open(PLACE, sealed)?;
        let private = data_encoding::BASE64URL_NOPAD.decode(text.0.as_bytes()).ok()?;
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &private, &random).ok()?;
        Some(Self { pair })
    }

    /// As browsers want it: an uncompressed point in base64url.
    #[must_use]
    pub fn public(&self) -> String {
        data_encoding::BASE64URL_NOPAD.encode(self.pair.public_key().as_ref())
    }

    /// The `Authorization` header for a push service. `contact` is where its people reach ours: `mailto:` or `https:`.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn authorization(&self, service: &Url, contact: &str, now: Millis) -> Result<String> {
        let encode = |bytes: &[u8]| data_encoding::BASE64URL_NOPAD.encode(bytes);
        let audience = service.origin().ascii_serialization();
        let claims = json!({ "aud": audience, "exp": (now + HOLDS) / SECOND, "sub": contact });
        let head = json!({ "typ": "JWT", "alg": "ES256" });
        let signed = [encode(head.to_string().as_bytes()), encode(claims.to_string().as_bytes())].join(".");
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes());
        let signature = signature.map_err(|_| Error::internal("a note for a push service could not be signed"))?;
        Ok(format!("vapid t={signed}.{}, k={}", encode(signature.as_ref()), self.public()))
    }
}
