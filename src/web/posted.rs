//! Forms: read whole, the form token checked first, then the fields. A form struct lists only what may be written.

use rocket::data::{Data, FromData, Outcome, ToByteUnit};
use rocket::form::{self, Form, FromForm};
use rocket::http::{RawStr, Status};
use rocket::request::Request;

use super::cx::form_token;
use super::failure::Told;

/// Largest urlencoded form in MiB.
const LIMIT: u64 = 4;

/// The fields of a urlencoded form that came with its token.
pub struct Posted<T>(pub T);

/// A form without fields of its own: a button that says all.
pub struct NoFields;

#[rocket::async_trait]
impl<'f> FromForm<'f> for NoFields {
    type Context = ();

    fn init(_options: form::Options) -> Self::Context {}

    fn push_value(_context: &mut Self::Context, _field: form::ValueField<'f>) {}

    async fn push_data(_context: &mut Self::Context, _field: form::DataField<'f, '_>) {}

    fn finalize(_context: Self::Context) -> form::Result<'f, Self> {
        Ok(Self)
    }
}

/// Whether a request carries the token of its cookie in the header that htmx sends.
pub(super) fn header_token_matches(request: &Request<'_>) -> bool {
    let sent = request.headers().get_one("X-CSRF-Token");
    sent.is_some_and(|sent| token_matches(request, sent))
}

/// Whether `sent` is the token of the request's cookie.
pub(super) fn token_matches(request: &Request<'_>, sent: &str) -> bool {
    form_token(request).is_some_and(|token| token.matches(sent))
}

#[rocket::async_trait]
impl<'r, T> FromData<'r> for Posted<T>
where
    T: for<'f> FromForm<'f> + 'static,
{
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let text = match data.open(LIMIT.mebibytes()).into_string().await {
            Ok(text) if text.is_complete() => text.into_inner(),
            Ok(_) => return Outcome::Error((Status::PayloadTooLarge, ())),
            Err(_) => return Outcome::Error((Status::BadRequest, ())),
        };
        let raw = RawStr::new(&text);
        let in_form = Form::values(&text)
            .find(|field| field.name == "_token")
            .and_then(|field| RawStr::new(field.value).url_decode().ok().map(std::borrow::Cow::into_owned));
        let allowed = in_form.is_some_and(|sent| token_matches(request, &sent)) || header_token_matches(request);
        if !allowed {
            request.local_cache(|| Told { key: "error-stale-form", ..Told::default() });
            return Outcome::Error((Status::Forbidden, ()));
        }
        match Form::<T>::parse_encoded(raw) {
            Ok(form) => Outcome::Success(Self(form)),
            Err(_) => Outcome::Error((Status::BadRequest, ())),
        }
    }
}
