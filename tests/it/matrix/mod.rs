//! Every mounted route, called by everybody, about what is theirs, what is others' and what is not there: the answers are
//! those of the table of guards. Nothing is let through because nobody thought of it.

mod forms;
mod samples;
mod tools;
mod world;

use std::collections::BTreeSet;

use recado::auth::{Guard, Right, Role};
use recado::web::{self, Lang};
use reqwest::{Client, Method, RequestBuilder, redirect};
use rocket::tokio;

use crate::support::browser::{Answer, send};
use samples::{Names, SAMPLES, Sends, sample};
use world::{Caller, Whose, World};

/// A route as it is called.
struct Call {
    handler: String,
    method: rocket::http::Method,
    /// With `<…>` where it names something.
    path: String,
    guard: Guard,
    names: Names,
    sends: Sends,
}

/// How a request differs from what a page of ours would send.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flaw {
    None,
    NoToken,
    OtherSite,
}

/// What the guards promise.
#[derive(Debug, PartialEq, Eq)]
enum Promise {
    SignIn,
    Right(Right),
    Role(Role),
    NotThere,
    In,
}

async fn calls(world: &World) -> Vec<Call> {
    let rocket = recado::rocket(&world.app.recado).ignite().await.expect("a server");
    let call = |route: &rocket::Route| {
        let handler = route.name.as_deref().unwrap_or_default().to_owned();
        let (names, sends) = sample(&handler);
        let path = route.uri.path().to_owned();
        let guard = web::guard_of(route, recado::GUARDS).expect("a guard");
        Call { handler, method: route.method, path, guard, names, sends }
    };
    rocket.routes().map(call).collect()
}

impl Call {
    fn changes(&self) -> bool {
        self.method != rocket::http::Method::Get
    }

    /// The address about `id`.
    fn address(&self, id: Option<&str>) -> String {
        let id = match self.names {
            Names::Fixed(fixed) => fixed,
            _ => id.unwrap_or_default(),
        };
        match (self.path.find('<'), self.path.find('>')) {
            // A second name is a place below the first: the first one there.
            (Some(from), Some(to)) => {
                let rest = &self.path[to + 1..];
                let rest = rest.find('<').map_or_else(|| rest.to_owned(), |second| [&rest[..second], "0"].concat());
                [&self.path[..from], id, &rest].concat()
            }
            _ => self.path.clone(),
        }
    }

    fn promise(&self, caller: Caller, whose: Whose) -> Promise {
        let about = if whose == Whose::Own { Promise::In } else { Promise::NotThere };
        match (self.guard, caller) {
            // Whoever misses no second factor has no page to set one up first.
            (Guard::Setup, _) | (Guard::Enrolling, Caller::SignedIn { .. }) => Promise::NotThere,
            (Guard::Public | Guard::Demo, _) => about,
            (_, Caller::SignedOut) => Promise::SignIn,
            (Guard::May(right), Caller::SignedIn { rights, .. }) if !rights.has(right) => Promise::Right(right),
            (Guard::Admin, Caller::SignedIn { role, .. }) if role < Role::Admin => Promise::Role(Role::Admin),
            (Guard::Owner, Caller::SignedIn { role, .. }) if role < Role::Owner => Promise::Role(Role::Owner),
            _ => about,
        }
    }

    fn request(&self, world: &World, client: &Client, address: &str, flaw: Flaw, token: &str) -> RequestBuilder {
        let url = [&world.app.url, address].concat();
        if !self.changes() {
            return client.get(url);
        }
        let site = if flaw == Flaw::OtherSite { "cross-site" } else { "same-origin" };
        let request = client.request(Method::POST, url).header("Sec-Fetch-Site", site);
        let method = self.method.as_str().to_lowercase();
        let mut fields = Vec::new();
        if method != "post" {
            fields.push(("_method", method.as_str()));
        }
        if flaw != Flaw::NoToken {
            fields.push(("_token", token));
        }
        match self.sends {
            Sends::Nothing => request,
            Sends::Fields(own) => request.form(&[&fields, own].concat()),
            Sends::Parts(own) => {
                let all = fields.iter().chain(own);
                let form = all.fold(reqwest::multipart::Form::new(), |form, (name, value)| {
                    form.text((*name).to_owned(), (*value).to_owned())
                });
                request.multipart(form)
            }
        }
    }
}

/// The client of all requests: it keeps no cookie and follows nothing.
#[expect(clippy::disallowed_methods, reason = "tests talk to loopback only")]
fn client() -> Client {
    Client::builder().redirect(redirect::Policy::none()).no_proxy().build().expect("a client")
}

/// The answer; of a stream that never ends only what comes first.
async fn answer(request: RequestBuilder, call: &Call) -> Answer {
    if call.handler != "stream" {
        return send(request).await;
    }
    let response = request.send().await.expect("the server answers");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, bytes: Vec::new(), body: String::new() }
}

/// The page without what is different on every page: the number of the request.
fn same_for_all(answer: &Answer) -> String {
    answer.body.replace(answer.header("X-Request-Id"), "…")
}

fn assert_kept(promise: &Promise, answer: &Answer, call: &Call, what: &str) {
    let status = answer.status;
    match promise {
        Promise::SignIn => {
            assert_eq!(status, 303, "{what}");
            assert!(answer.location().starts_with("/sign-in"), "{what} leads to {}", answer.location());
        }
        Promise::Right(right) => {
            assert_eq!(status, 403, "{what}");
            let key = ["right-", &right.as_str().replace('.', "-")].concat();
            answer.assert_says(&format!("a permissão \"{}\"", Lang::PtBr.t(&key)));
        }
        Promise::Role(role) => {
            assert_eq!(status, 403, "{what}");
            answer.assert_says(&Lang::PtBr.t(&["role-", role.as_str()].concat()));
        }
        Promise::NotThere => assert_eq!(status, 404, "{what}"),
        Promise::In => match call.handler.as_str() {
            "refused" => assert_eq!(status, 403, "{what}"),
            "misdirected" => assert_eq!(status, 421, "{what}"),
            "show_reset"
            | "reset_password"
            | "show_invitation"
            | "accept_invitation"
            | "show_email_change"
            | "confirm_email_change" => {
                assert_eq!(status, 404, "{what}: the secret is wrong");
            }
            _ => assert!(matches!(status, 200 | 204 | 303 | 409 | 422), "{what}: {status}"),
        },
    }
}

/// One caller at one route: own, foreign and gone, and how blocks are told to sign in.
async fn walk(world: &World, client: &Client, call: &Call, caller: Caller) {
    let mut not_there = Vec::new();
    for whose in [Whose::Own, Whose::Foreign, Whose::Gone] {
        let id = world.id(call.names, whose, caller).await;
        if id.is_none() && whose != Whose::Own {
            continue;
        }
        let address = call.address(id.as_deref());
        let (cookie, token) = world.cookie(caller).await;
        let request = call.request(world, client, &address, Flaw::None, &token).header("Cookie", &cookie);
        let answer = answer(request.header("Accept", "text/html").header("Accept-Language", "pt-BR"), call).await;
        let what = format!("{} {address} ({}, {whose:?}) by {caller:?}", call.method, call.handler);
        let promise = call.promise(caller, whose);
        assert_kept(&promise, &answer, call, &what);
        if promise == Promise::NotThere {
            not_there.push((same_for_all(&answer), what));
        }
        if promise == Promise::SignIn {
            let (_, token) = world.cookie(caller).await;
            let block = call.request(world, client, &address, Flaw::None, &token).header("HX-Request", "true");
            let block = send(block.header("HX-Request-Type", "partial")).await;
            assert_eq!((block.status, block.header("HX-Redirect")), (401, "/sign-in"), "a block of {}", call.handler);
        }
    }
    if let [(foreign, what), (gone, _)] = not_there.as_slice() {
        assert_eq!(foreign, gone, "{what} tells that it is there");
    }
}

#[tokio::test]
async fn every_route_answers_everybody_as_its_guard_says() {
    let world = World::build().await;
    let (calls, client) = (calls(&world).await, client());
    world.app.idle().await;
    let before = world.secret_state().await;
    for caller in world.callers.clone() {
        for call in &calls {
            walk(&world, &client, call, caller).await;
        }
        // What was typed wrong on purpose is forgotten, so that no limit answers in place of a guard.
        world.app.clock().advance(recado::clock::MINUTE * 20);
    }
    assert_eq!(world.secret_state().await, before, "somebody changed what only Zoe may");
}

#[tokio::test]
async fn what_changes_something_needs_the_token_of_its_page_and_comes_from_there() {
    let world = World::build().await;
    let (calls, client) = (calls(&world).await, client());
    let owner = *world.callers.last().expect("callers");
    for call in calls.iter().filter(|call| call.changes() && !matches!(call.guard, Guard::Setup | Guard::Enrolling)) {
        let id = world.id(call.names, Whose::Own, owner).await;
        let address = call.address(id.as_deref());
        for (flaw, sentence) in [(Flaw::NoToken, "ficou velho"), (Flaw::OtherSite, "veio de outro site")] {
            let (cookie, token) = world.cookie(owner).await;
            let request = call.request(&world, &client, &address, flaw, &token).header("Cookie", &cookie);
            let answer = send(request.header("Accept", "text/html").header("Accept-Language", "pt-BR")).await;
            assert_eq!(answer.status, 403, "{} {address}", call.method);
            answer.assert_says(sentence);
        }
    }
}

#[tokio::test]
async fn who_must_set_up_a_second_factor_reaches_only_that_and_the_way_out() {
    let world = World::build().await;
    let (calls, client) = (calls(&world).await, client());
    let owner = *world.callers.last().expect("callers");
    let mut addressed = Vec::new();
    for call in &calls {
        addressed.push((call, call.address(world.id(call.names, Whose::Own, owner).await.as_deref())));
    }
    world.require_second_factors().await;
    for (call, address) in addressed {
        let (cookie, token) = world.cookie(owner).await;
        let request = call.request(&world, &client, &address, Flaw::None, &token).header("Cookie", &cookie);
        let answer = answer(request.header("Accept", "text/html").header("Accept-Language", "pt-BR"), call).await;
        let what = format!("{} {address} ({}): {}", call.method, call.handler, answer.status);
        let led = answer.status == 303 && answer.location().starts_with("/second-factor");
        match (call.guard, call.handler.as_str()) {
            (Guard::Enrolling, _) => assert!(matches!(answer.status, 200 | 303 | 422), "{what}"),
            (Guard::Public | Guard::Setup | Guard::Demo, _) => assert!(led == (call.handler == "home"), "{what}"),
            _ => assert!(led, "{what} to {}", answer.location()),
        }
        if !matches!(call.guard, Guard::Public | Guard::Setup | Guard::Demo | Guard::Enrolling) {
            let (cookie, token) = world.cookie(owner).await;
            let block = call.request(&world, &client, &address, Flaw::None, &token).header("Cookie", &cookie);
            let block = send(block.header("HX-Request", "true").header("HX-Request-Type", "partial")).await;
            assert_eq!((block.status, block.header("HX-Redirect")), (401, "/second-factor"), "a block of {what}");
        }
    }
}

#[tokio::test]
async fn the_table_of_calls_has_exactly_the_mounted_routes() {
    let world = World::build().await;
    let calls = calls(&world).await;
    assert!(calls.iter().all(|call| call.guard != Guard::Demo), "a real server has nothing of the demo");
    let mounted: BTreeSet<String> = calls.into_iter().map(|call| call.handler).collect();
    let known: BTreeSet<String> = SAMPLES.iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(known, mounted);
}
