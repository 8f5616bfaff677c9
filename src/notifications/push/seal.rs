//! A message that only one browser can read: RFC 8291 over RFC 8188 (`aes128gcm`), in one record.

use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::rand::SystemRandom;

use crate::error::{Error, Result};
use crate::keys::{mac, random};
use crate::notifications::model::Subscription;

/// Size of a record in bytes; the whole message fits into one.
const RECORD: u32 = 4096;
/// The longest text that every push service takes.
pub const LONGEST: usize = 3000;
const SALT: usize = 16;

/// Encrypts `text` for the browser of a subscription.
///
/// # Errors
/// When it is too long, the browser's key is none, or the system has no randomness.
pub fn seal(subscription: &Subscription, text: &[u8]) -> Result<Vec<u8>> {
    if text.len() > LONGEST {
        return Err(Error::internal("a push message is too long"));
    }
    let broken = |_| Error::internal("a push message could not be encrypted");
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).map_err(broken)?;
    let public = own.compute_public_key().map_err(broken)?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, &subscription.p256dh);
    let salt: [u8; SALT] = random()?;
    agree_ephemeral(own, &theirs, |shared| record(subscription, public.as_ref(), shared, salt, text)).map_err(broken)?
}

/// The record, once both sides share a secret.
fn record(theirs: &Subscription, public: &[u8], shared: &[u8], salt: [u8; SALT], text: &[u8]) -> Result<Vec<u8>> {
    let context = [b"WebPush: info\0".as_slice(), &theirs.p256dh, public, &[1]].concat();
    let input = mac(&mac(&theirs.auth, shared), &context);
    let secret = mac(&salt, &input);
    let key = mac(&secret, b"Content-Encoding: aes128gcm\0\x01");
    let nonce = mac(&secret, b"Content-Encoding: nonce\0\x01");
    let broken = |_| Error::internal("a push message could not be encrypted");
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key[..16]).map_err(broken)?);
    let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).map_err(broken)?;
    // The byte behind the text says that this record is the last.
    let mut sealed = [text, &[2]].concat();
    key.seal_in_place_append_tag(nonce, Aad::empty(), &mut sealed).map_err(broken)?;
    let length = u8::try_from(public.len()).map_err(Error::internal)?;
    Ok([&salt[..], &RECORD.to_be_bytes(), &[length], public, &sealed].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).expect("the text of the standard")
    }

    /// The example of RFC 8291, appendix A.
    #[test]
    fn the_example_of_the_standard_comes_out_byte_by_byte() {
        let theirs = Subscription {
            endpoint: String::new(),
            p256dh: bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            auth: bytes("BTBZMqHH6r4Tts7J_aSIgg"),
        };
        let public = bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        let shared = bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().expect("16 bytes");
        let text = b"When I grow up, I want to be a watermelon";
        let sealed = record(&theirs, &public, &shared, salt, text).expect("a sealed record");
        let expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz\
                        AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(data_encoding::BASE64URL_NOPAD.encode(&sealed), expected);
    }

    #[test]
    fn a_key_that_is_none_and_a_text_too_long_are_refused() {
        let theirs = Subscription { endpoint: String::new(), p256dh: vec![4; 65], auth: vec![0; 16] };
        assert!(seal(&theirs, b"x").is_err(), "no point on the curve");
        assert!(seal(&theirs, &[b'x'; LONGEST + 1]).is_err());
    }
}
