//! One notification to one device.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use url::Url;

use super::seal::seal;
use super::vapid::ServerKey;
use crate::accounts;
use crate::clock::DAY;
use crate::config::Config;
use crate::db::Db;
use crate::error::Result;
use crate::http::{Client, Limits};
use crate::jobs::{self, Job, Outcome};
use crate::keys::Keys;
use crate::notifications::model::Told;
use crate::notifications::store::push::{self, Errand, Parcel};
use crate::notifications::words::{Words, language};
use crate::web::Lang;

/// A device that cannot be reached for so long is not told any more.
const GIVE_UP: i64 = DAY;
/// Seconds that a service keeps a message for a device that is off.
const KEPT: &str = "86400";

/// Hands notifications to push services.
#[derive(Clone)]
pub struct Pusher {
    pub db: Db,
    pub keys: Keys,
    pub config: Arc<Config>,
    pub http: Client,
}

impl Pusher {
    /// One attempt.
    ///
    /// # Errors
    /// Database errors: the job comes again.
    pub async fn deliver(&self, job: Job) -> Result<Outcome> {
        let errand: Errand = job.payload()?;
        let now = self.db.clock().now();
        let idle = i64::from(self.config.session_idle_days) * DAY;
        let read = self.db.read(move |connection| {
            let house = accounts::workspace(connection)?.map(|space| space.language);
            Ok((push::parcel(connection, errand, now, idle)?, house))
        });
        let (Some(parcel), house) = read.await? else { return Ok(Outcome::Done) };
        let lang = language(parcel.language.as_deref(), house.as_deref(), &self.config);
        let Ok(url) = Url::parse(&parcel.subscription.endpoint) else { return self.forget(errand).await };
        let message = message(lang, parcel.told.as_ref());
        let Ok(sealed) = seal(&parcel.subscription, message.to_string().as_bytes()) else {
            return self.forget(errand).await;
        };
        let answer = self.post(&url, &parcel, sealed).await?;
        self.judge(&job, errand, answer).await
    }

    async fn post(&self, url: &Url, parcel: &Parcel, body: Vec<u8>) -> Result<Result<u16, String>> {
        let key = ServerKey::load_or_create(&self.db, &self.keys).await?;
        let authorization = key.authorization(url, &contact(&self.config), self.db.clock().now())?;
        // What is newer about the same conversation takes the place of what was not fetched yet.
        let topic = parcel.told.as_ref().map_or("test".to_owned(), |told| format!("c{}", told.conversation));
        let headers = [
            ("Authorization", authorization.as_str()),
            ("Content-Encoding", "aes128gcm"),
            ("Content-Type", "application/octet-stream"),
            ("TTL", KEPT),
            ("Topic", &topic),
            ("Urgency", "high"),
        ];
        let limits = Limits { time: Duration::from_secs(15), bytes: 64 * 1024, redirects: 0 };
        let answer = self.http.post(url, &headers, body, limits).await;
        Ok(answer.map(|answer| answer.status).map_err(|fault| fault.to_string()))
    }

    async fn judge(&self, job: &Job, errand: Errand, answer: Result<u16, String>) -> Result<Outcome> {
        let now = self.db.clock().now();
        let why = match answer {
            Ok(200..=299) => {
                self.db.write(move |tx| push::used(tx, errand.subscription)).await?;
                return Ok(Outcome::Done);
            }
            // Gone, or meant for another key of ours.
            Ok(401 | 403 | 404 | 410) => return self.forget(errand).await,
            Ok(status @ (429 | 500..=599)) => format!("the push service answered {status}"),
            Ok(status) => return Ok(Outcome::Dead(format!("the push service refused with {status}"))),
            Err(fault) => fault,
        };
        if now - job.created_at < GIVE_UP {
            Ok(Outcome::Later(now + jobs::backoff(job.attempt, job.id), why))
        } else {
            Ok(Outcome::Dead(why))
        }
    }

    async fn forget(&self, errand: Errand) -> Result<Outcome> {
        self.db.write(move |tx| push::forget(tx, errand.subscription)).await?;
        Ok(Outcome::Done)
    }
}

/// What the service worker shows.
fn message(lang: Lang, told: Option<&Told>) -> serde_json::Value {
    match told {
        None => json!({ "title": lang.t("notice-test-title"), "text": lang.t("notice-test-text"),
                        "link": "/notifications/devices", "tag": "test" }),
        Some(told) => {
            let words = Words { lang };
            json!({ "title": words.title(told), "text": words.line(told),
                    "link": format!("/conversations/{}", told.conversation),
                    "tag": format!("conversation-{}", told.conversation) })
        }
    }
}

/// Where the people of a push service reach ours.
fn contact(config: &Config) -> String {
    if config.is_https() {
        return config.origin();
    }
    let sender = config.sender();
    let address = sender.rsplit_once('<').map_or(sender.as_str(), |(_, rest)| rest.trim_end_matches('>'));
    ["mailto:", address].concat()
}
