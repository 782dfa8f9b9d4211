//! A server in process, what is sent to it, and everything that it says.

use std::sync::{Arc, Mutex, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use nexus_kernel::contents::Depot;
use nexus_kernel::faces::ListParams;
use nexus_kernel::serde_json::{Value as Json, json};
use nexus_kernel::{App, AppSource, FileOptions, Options};
use nexus_testkit::{ADMIN_EMAIL, ADMIN_PASSWORD, Storage, Tenant};
use tower::ServiceExt;

const APP: &str = r#"
name = "Shop"
suite = "business"
icon = "box"
about = "Things."
[roles]
clerk = { about = "Sells" }
watcher = { about = "Sees what there is much of" }
"#;

const THING: &str = r#"
label = "Thing"
title = "name"
tree = "above"
[fields]
name = { type = "text", required = true, search = true }
count = { type = "integer", min = 0, max = 1000 }
weight = { type = "decimal" }
price = { type = "money" }
share = { type = "percent" }
sent = { type = "boolean" }
day = { type = "date" }
at = { type = "datetime" }
size = { type = "choice", of = ["small", "large"] }
tags = { type = "tags" }
mail = { type = "email" }
site = { type = "url" }
above = { type = "link", to = "thing" }
beside = { type = "links", to = "thing" }
to = { type = "address" }
extra = { type = "json" }
code = { type = "secret" }
veil = { type = "text", search = true, level = 1 }
shy = { type = "text", search = true, agent_visible = false }
lines = { type = "table", of = "line" }
[duplicates]
name = { fields = ["name"] }
[access.clerk]
verbs = ["read"]
[access.watcher]
verbs = ["read"]
rows = "count > 5"
"#;

const LINE: &str = r#"
label = "Line"
child_of = "thing"
[fields]
name = { type = "text", required = true }
quantity = { type = "decimal" }
"#;

fn apps() -> Vec<App> {
    vec![App::new(AppSource {
        name: "shop",
        manifest: APP,
        objects: &[("thing", THING), ("line", LINE)],
        ..Default::default()
    })]
}

/// Bytes that a file may have.
pub(crate) const FILE_MAX: u64 = 64 << 20;
/// What may stand in no reply and no line of the log.
pub(crate) const CODE: &str = "the-secret-code-of-a-thing";

/// Everything that this process has logged.
static LOG: OnceLock<Arc<Mutex<Vec<u8>>>> = OnceLock::new();

struct Sink(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("a lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn record_log() -> Arc<Mutex<Vec<u8>>> {
    let log = LOG.get_or_init(|| {
        let log: Arc<Mutex<Vec<u8>>> = Arc::default();
        let sink = Arc::clone(&log);
        let subscriber = tracing_subscriber::fmt()
            .with_env_filter("debug,nexus_kernel::ctx::read=trace")
            .with_writer(move || Sink(Arc::clone(&sink)));
        subscriber.init();
        log
    });
    Arc::clone(log)
}

/// A reply, read to its end.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn json(&self) -> Json {
        nexus_kernel::serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// That it is a problem document with this status, which names the field where there is one.
    #[track_caller]
    pub(crate) fn problem(self, what: &str, status: u16, field: &str) -> Reply {
        let text = String::from_utf8_lossy(&self.body).into_owned();
        assert_eq!(self.status.as_u16(), status, "{what}: {text}");
        assert_eq!(self.header("content-type"), "application/problem+json", "{what}: {text}");
        let body = self.json();
        assert_eq!(body["status"], status, "{what}");
        for member in ["type", "title", "detail"] {
            assert!(body[member].as_str().is_some_and(|text| !text.is_empty()), "{what}: no {member} in {body}");
        }
        let named = body["errors"].as_array().is_some_and(|errors| errors.iter().any(|error| error["field"] == field));
        assert!(field.is_empty() || named, "{what}: {field} is not named in {body}");
        assert!(text.len() < 4_000, "{what}: the answer is {} bytes long", text.len());
        assert!(!self.header("x-request-id").is_empty(), "{what}: no request id");
        self
    }
}

/// A server with a tenant, a clerk and two things.
pub(crate) struct Wire {
    pub(crate) tenant: Tenant,
    app: Router,
    pub(crate) token: String,
    pub(crate) things: Vec<String>,
    said: Mutex<Vec<u8>>,
    log: Arc<Mutex<Vec<u8>>>,
    /// Of the data, where they are nobody else's.
    _folder: Option<tempfile::TempDir>,
}

impl Wire {
    pub(crate) async fn open() -> Wire {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let wire = Wire::over(&Storage::Folder(folder.path().to_owned())).await;
        Wire { _folder: Some(folder), ..wire }
    }

    /// One whose data are in an empty place of the test's.
    pub(crate) async fn over(storage: &Storage) -> Wire {
        let log = record_log();
        let files = FileOptions { file_bytes_max: FILE_MAX, ..FileOptions::new(Some(Depot::memory())) };
        let tenant = Tenant::open_with(apps(), storage, |options| Options { files, ..options }).await;
        let app = nexus_server::router(Arc::clone(&tenant.kernel), None);
        let (token, things, said) = (String::new(), Vec::new(), Mutex::default());
        let mut wire = Wire { tenant, app, token, things, said, log, _folder: None };
        let session = json!({"email": ADMIN_EMAIL, "password": ADMIN_PASSWORD});
        let signed_in = wire.send(post("/api/v1/session", &session)).await;
        wire.token = signed_in.json()["token"].as_str().expect("a token").to_owned();
        wire.said.lock().expect("a lock").clear();
        let lines = json!([{"name": "a", "quantity": "1"}]);
        for name in ["first", "second"] {
            let thing = json!({"name": name, "code": CODE, "lines": lines, "above": wire.things.first()});
            let made = wire.send(wire.signed(post("/api/v1/shop/things", &thing))).await;
            assert_eq!(made.status, StatusCode::CREATED);
            wire.things.push(made.json()["id"].as_str().expect("an id").to_owned());
        }
        wire
    }

    pub(crate) fn signed(&self, mut request: Request<Body>) -> Request<Body> {
        let token = format!("Bearer {}", self.token).parse().expect("a header");
        request.headers_mut().insert(header::AUTHORIZATION, token);
        request
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let reply = self.app.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = reply.into_parts();
        let body = axum::body::to_bytes(body, 64 << 20).await.expect("a whole answer").to_vec();
        let mut said = self.said.lock().expect("a lock");
        said.extend_from_slice(format!("{:?}", parts.headers).as_bytes());
        said.extend_from_slice(&body);
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// Everything that this process has logged so far.
    pub(crate) fn logged(&self) -> String {
        String::from_utf8_lossy(&self.log.lock().expect("a lock")).into_owned()
    }

    /// Sends with the administrator's token.
    pub(crate) async fn ask(&self, request: Request<Body>) -> Reply {
        self.send(self.signed(request)).await
    }

    /// The newest event and all things, which a refused request leaves as they are.
    pub(crate) async fn state(&self) -> (i64, Vec<Json>) {
        let t = &self.tenant;
        let mut last = 0;
        loop {
            let (_, next) = t.kernel.events(&t.tenant, &t.principal, last).await.expect("events");
            if next == last {
                break;
            }
            last = next;
        }
        (
            last,
            t.list("shop.thing", ListParams { expand: Some("lines".to_owned()), ..ListParams::default() })
                .await
                .expect("things"),
        )
    }

    /// That the server still answers, and that nothing it said or logged holds one of the secrets.
    pub(crate) async fn assert_sound(&self, secrets: &[&str]) {
        let list = self.ask(get("/api/v1/shop/things")).await;
        assert_eq!(list.status, StatusCode::OK);
        let shown = self.ask(get(&format!("/api/v1/shop/things/{}", self.things[0]))).await;
        assert_eq!(shown.json()["code"], true, "a secret is shown as set");
        self.ask(get("/api/v1/shop/things/export")).await;
        self.ask(get("/api/v1/events")).await;
        self.ask(get("/metrics")).await;
        self.ask(get(&format!("/api/v1/shop/things/{}/history", self.things[0]))).await;
        let findings = self.tenant.kernel.verify(&self.tenant.tenant).await.expect("verify runs");
        assert!(findings.is_empty(), "{findings:?}");
        let (said, log) = (self.said.lock().expect("a lock").clone(), self.log.lock().expect("a lock").clone());
        assert!(!log.is_empty(), "requests are logged");
        for secret in secrets.iter().copied().chain([CODE, ADMIN_PASSWORD, "$argon2", self.token.as_str()]) {
            for (place, text) in [("an answer", &said), ("the log", &log)] {
                let text = String::from_utf8_lossy(text);
                let found =
                    text.find(secret).map(|at| text[at.saturating_sub(60)..].chars().take(160).collect::<String>());
                assert!(found.is_none(), "{place} holds the secret {secret}: {found:?}");
            }
        }
    }
}

pub(crate) fn request(method: Method, uri: &str, body: impl Into<Body>) -> Request<Body> {
    let request = Request::builder().method(method).uri(uri).header(header::CONTENT_TYPE, "application/json");
    request.body(body.into()).expect("a request")
}

pub(crate) fn get(uri: &str) -> Request<Body> {
    request(Method::GET, uri, Body::empty())
}

pub(crate) fn post(uri: &str, body: &Json) -> Request<Body> {
    request(Method::POST, uri, body.to_string())
}

pub(crate) fn patch(uri: &str, body: &Json) -> Request<Body> {
    request(Method::PATCH, uri, body.to_string())
}

/// A text as it stands in a query string.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
