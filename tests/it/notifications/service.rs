//! A push service on loopback that is as strict as the big ones (RFC 8030, 8188, 8291, 8292): it believes no note that is
//! not signed by the key the browser was given, and decrypts as the browser would.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use data_encoding::BASE64URL_NOPAD;
use recado::keys::{mac, random};
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::rand::SystemRandom;
use ring::signature::{self, ECDSA_P256_SHA256_FIXED};
use rocket::tokio;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::{TcpListener, TcpStream};
use rocket::tokio::task::JoinHandle;
use serde_json::Value;

/// The service; it stops when dropped.
pub struct PushService {
    address: SocketAddr,
    books: Arc<Mutex<Books>>,
    accepting: JoinHandle<()>,
}

#[derive(Default)]
struct Books {
    /// What is answered, first to last; 201 when nothing is left.
    answers: Vec<u16>,
    delivered: Vec<Delivery>,
}

/// What was handed over.
#[derive(Clone)]
pub struct Delivery {
    pub path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Drop for PushService {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl PushService {
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let books = Arc::<Mutex<Books>>::default();
        let shared = books.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, shared.clone()));
            }
        });
        Self { address, books, accepting }
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().expect("nobody panicked")
    }

    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next requests are answered with these.
    pub fn answer(&self, statuses: &[u16]) {
        self.books().answers = statuses.to_vec();
    }

    pub fn delivered(&self) -> Vec<Delivery> {
        self.books().delivered.clone()
    }
}

async fn serve(mut stream: TcpStream, books: Arc<Mutex<Books>>) {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    let (head, body) = loop {
        let read = stream.read(&mut chunk).await.unwrap_or_default();
        if read == 0 {
            return;
        }
        bytes.extend_from_slice(&chunk[..read]);
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let length = header(&fields(&head), "content-length").parse::<usize>().unwrap_or_default();
        if bytes.len() >= end + 4 + length {
            break (head, bytes[end + 4..end + 4 + length].to_vec());
        }
    };
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let status = {
        let mut books = books.lock().expect("nobody panicked");
        books.delivered.push(Delivery { path, headers: fields(&head), body });
        if books.answers.is_empty() { 201 } else { books.answers.remove(0) }
    };
    let _left = stream
        .write_all(format!("HTTP/1.1 {status} x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes())
        .await;
}

fn fields(head: &str) -> Vec<(String, String)> {
    let lines = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    lines.map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_owned())).collect()
}

fn header(fields: &[(String, String)], name: &str) -> String {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// A browser that asked to be told. It can read one message.
pub struct Subscriber {
    private: EphemeralPrivateKey,
    public: Vec<u8>,
    auth: [u8; 16],
}

impl Subscriber {
    pub fn new() -> Self {
        let private = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).expect("a key");
        let public = private.compute_public_key().expect("its public half").as_ref().to_vec();
        Self { private, public, auth: random().expect("randomness") }
    }

    /// What it sends to us.
    pub fn keys(&self) -> (String, String) {
        (BASE64URL_NOPAD.encode(&self.public), BASE64URL_NOPAD.encode(&self.auth))
    }

    /// Decrypts a body as RFC 8291 says, and refuses whatever differs from it.
    pub fn read(self, delivery: &Delivery) -> Value {
        let body = &delivery.body;
        assert!(body.len() <= 4096, "a service may refuse more than 4096 bytes");
        let (salt, rest) = body.split_at(16);
        let record = u32::from_be_bytes(rest[..4].try_into().expect("a size"));
        assert!(record as usize >= rest.len() - 5 - 65, "it is one record");
        assert_eq!(rest[4], 65, "the sender's key");
        let (theirs, sealed) = rest[5..].split_at(65);
        let peer = UnparsedPublicKey::new(&ECDH_P256, theirs.to_vec());
        let shared = agree_ephemeral(self.private, &peer, <[u8]>::to_vec).expect("a point on the curve");
        let context = [b"WebPush: info\0".as_slice(), &self.public, theirs, &[1]].concat();
        let secret = mac(salt, &mac(&mac(&self.auth, &shared), &context));
        let key = mac(&secret, b"Content-Encoding: aes128gcm\0\x01");
        let nonce = mac(&secret, b"Content-Encoding: nonce\0\x01");
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key[..16]).expect("a key"));
        let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).expect("a nonce");
        let mut plain = sealed.to_vec();
        let plain = key.open_in_place(nonce, Aad::empty(), &mut plain).expect("it is sealed for this browser");
        let (mark, text) = plain.split_last().expect("a mark");
        assert_eq!(*mark, 2, "the last record");
        serde_json::from_slice(text).expect("JSON")
    }
}

impl Delivery {
    pub fn header(&self, name: &str) -> String {
        header(&self.headers, name)
    }

    /// Judges the note of the sender against the key that browsers were given.
    pub fn assert_signed(&self, key: &str, origin: &str, now: i64) {
        let authorization = self.header("authorization");
        let (token, given) =
            authorization.strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k=")).expect("a note and a key");
        assert_eq!(given, key, "another key than the browser subscribed with");
        let parts: Vec<&str> = token.split('.').collect();
        let [head, claims, sign] = parts[..] else { panic!("three parts: {token}") };
        let decode = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes()).expect("base64url without padding");
        let head: Value = serde_json::from_slice(&decode(head)).expect("JSON");
        assert_eq!((head["typ"].as_str(), head["alg"].as_str()), (Some("JWT"), Some("ES256")));
        let signed = &token[..token.rfind('.').expect("a signature")];
        let public = signature::UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, decode(key));
        public.verify(signed.as_bytes(), &decode(sign)).expect("signed by that key");
        let claims: Value = serde_json::from_slice(&decode(claims)).expect("JSON");
        assert_eq!(claims["aud"].as_str(), Some(origin));
        let expires = claims["exp"].as_i64().expect("an end");
        assert!(expires > now / 1000 && expires <= now / 1000 + 24 * 3600, "at most a day: {expires}");
        let contact = claims["sub"].as_str().unwrap_or_default();
        assert!(contact.starts_with("mailto:") || contact.starts_with("https://"), "{contact}");
        assert_eq!(self.header("content-encoding"), "aes128gcm");
        assert!(self.header("ttl").parse::<u32>().is_ok_and(|ttl| ttl > 0), "a time to live");
        let topic = self.header("topic");
        assert!(topic.len() <= 32 && topic.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
    }
}
