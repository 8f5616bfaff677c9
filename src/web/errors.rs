//! Error pages: a sentence, a next step, and the number of the request for the log. Signed-out visitors are led to the
//! sign-in page and back.

use askama::Template;
use rocket::http::Status;
use rocket::request::Request;
use rocket::response::Redirect;
use rocket::{Catcher, Responder, catch, catchers as list};

use super::cx::{Cx, Htmx};
use super::failure::Told;
use super::fairings::RequestId;
use super::page::Html;
use crate::auth::Refusal;

#[derive(Template)]
#[template(path = "errors/show.html")]
struct ErrorPage {
    cx: Cx,
    title: String,
    sentence: String,
    request: String,
}

#[derive(Template)]
#[template(path = "errors/toast.html")]
struct ErrorToast {
    sentence: String,
}

#[derive(Responder)]
enum Caught {
    Page(Html),
    SignIn(Box<Redirect>),
    Plain((Status, String)),
}

/// One catcher for all.
#[must_use]
pub fn catchers() -> Vec<Catcher> {
    list![any]
}

#[catch(default)]
async fn any(status: Status, request: &Request<'_>) -> Caught {
    let Ok(cx) = Cx::of(request).await else {
        return Caught::Plain((status, format!("{status}\n")));
    };
    // An address whose number is no number leads nowhere; a form that was refused says why.
    let nowhere = status == Status::UnprocessableEntity && request.local_cache(Told::default).key.is_empty();
    let status = if nowhere { Status::NotFound } else { status };
    if status == Status::Unauthorized {
        return sign_in(status, request, &cx);
    }
    let told = request.local_cache(Told::default);
    let sentence = sentence(status, told, request, &cx);
    let title = cx.t(title_key(status));
    let html = if cx.htmx == Htmx::No {
        let request = request.local_cache(RequestId::default).0.clone();
        Html::render(&ErrorPage { cx, title, sentence, request })
    } else {
        Html::render(&ErrorToast { sentence })
    };
    let retry = told.wait.unwrap_or(1).to_string();
    match html {
        Ok(html) if matches!(status.code, 429 | 503) => {
            Caught::Page(html.with_status(status).with_header("Retry-After", retry))
        }
        Ok(html) => Caught::Page(html.with_status(status)),
        Err(_) => Caught::Plain((status, format!("{status}\n"))),
    }
}

/// A page leads to the sign-in and back; a block tells htmx to open it; everything else gets a bare 401. Whoever is signed
/// in and misses a second factor is led to setting it up in the same way.
fn sign_in(status: Status, request: &Request<'_>, cx: &Cx) -> Caught {
    let door = if cx.enrollee.is_some() { "/second-factor" } else { "/sign-in" };
    if cx.htmx != Htmx::No {
        let html = Html::render(&ErrorToast { sentence: cx.t("error-401") });
        return match html {
            Ok(html) => Caught::Page(html.with_status(status).with_header("HX-Redirect", door.to_owned())),
            Err(_) => Caught::Plain((status, String::new())),
        };
    }
    let wants_page = request.headers().get("Accept").any(|accept| accept.contains("text/html") || accept == "*/*");
    if !wants_page {
        return Caught::Plain((status, "401 Unauthorized\n".to_owned()));
    }
    let next = if request.method() == rocket::http::Method::Get { request.uri().to_string() } else { "/".to_owned() };
    let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", &next).finish();
    Caught::SignIn(Box::new(Redirect::to(format!("{door}?{query}"))))
}

fn title_key(status: Status) -> &'static str {
    match status.code {
        403 => "error-403-title",
        404 => "error-404-title",
        _ => "error-title",
    }
}

fn sentence(status: Status, told: &Told, request: &Request<'_>, cx: &Cx) -> String {
    if let Some(wait) = told.wait {
        return cx.wait(wait);
    }
    if let Some(limit) = told.limit {
        return cx.t1("error-413-limit", "size", cx.times.size(limit));
    }
    if !told.key.is_empty() {
        return cx.t(told.key);
    }
    match (status.code, request.local_cache(|| Refusal::None)) {
        (403, Refusal::Right(right)) => {
            let name = cx.t(&format!("right-{}", right.as_str().replace('.', "-")));
            cx.t1("error-403-right", "right", name)
        }
        (403, Refusal::Role(role)) => cx.t1("error-403-role", "role", cx.t(&format!("role-{}", role.as_str()))),
        (code, _) => {
            let key = format!("error-{code}");
            if cx.lang.has(&key) { cx.t(&key) } else { cx.t("error-500") }
        }
    }
}
