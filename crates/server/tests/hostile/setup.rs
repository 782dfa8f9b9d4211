//! The first company, before there is anybody who could sign in.

use std::sync::Arc;

use axum::http::StatusCode;
use nexus_kernel::serde_json::{Value as Json, from_slice, json};
use nexus_kernel::store::Storage;
use nexus_kernel::{Kernel, Options, Registry};
use nexus_server::Setup;
use tower::ServiceExt;

use crate::wire::{get, post};

const SETUP: &str = "/api/v1/setup";

/// A server without a company, and the key that it prints.
fn empty(folder: &std::path::Path) -> (axum::Router, String) {
    let registry = Registry::new(Vec::new(), None).expect("no apps fit together");
    let kernel = Kernel::open(registry, Options::new(Storage::Folder(folder.to_owned()))).expect("the storage opens");
    let samples = |_, _, email, _| -> futures::future::BoxFuture<'static, nexus_server::setup::Made> {
        Box::pin(async move { Ok(json!([{"email": email, "title": "administrator"}])) })
    };
    let setup = Setup::new(None, vec![("KE", "KES")], Box::new(samples));
    let key = setup.address("").strip_prefix("/setup#").expect("a key").to_owned();
    (nexus_server::router(Arc::new(kernel), Some(setup)), key)
}

async fn ask(app: &axum::Router, request: axum::http::Request<axum::body::Body>) -> (StatusCode, Json, usize) {
    let reply = app.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = reply.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.expect("a whole answer");
    let cookies = parts.headers.get_all("set-cookie").iter().count();
    (parts.status, from_slice(&body).unwrap_or(Json::Null), cookies)
}

fn first(key: &str, changed: Json) -> Json {
    let mut first = json!({
        "key": key, "company": "Kibo Traders Ltd", "country": "ke", "currency": "KES", "name": "Wanjiku",
        "email": "wanjiku@kibo.example", "password": "a quiet morning"
    });
    first.as_object_mut().expect("an object").extend(changed.as_object().cloned().unwrap_or_default());
    first
}

#[tokio::test]
async fn the_first_company_is_set_up_once_by_whoever_has_the_key() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (app, key) = empty(folder.path());
    assert!(key.len() >= 43, "256 bits: {key}");
    let (status, needed, _) = ask(&app, get(SETUP)).await;
    assert_eq!(
        (status, &needed["needed"], &needed["countries"][0]["currency"]),
        (StatusCode::OK, &json!(true), &json!("KES"))
    );

    for wrong in ["", "x", &key[1..], &format!("{key}x")] {
        let (status, problem, cookies) = ask(&app, post(SETUP, &first(wrong, json!({})))).await;
        assert_eq!((status, &problem["errors"][0]["field"], cookies), (StatusCode::FORBIDDEN, &json!("key"), 0));
        assert!(!problem.to_string().contains(&key), "the key is not told");
    }
    for (changed, field) in [
        (json!({"company": "  "}), "company"),
        (json!({"name": ""}), "name"),
        (json!({"country": "Kenya"}), "country"),
        (json!({"currency": "K"}), "currency"),
        (json!({"email": "wanjiku"}), "email"),
        (json!({"password": "short"}), "password"),
    ] {
        let (status, problem, _) = ask(&app, post(SETUP, &first(&key, changed))).await;
        assert_eq!((status, &problem["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)));
        let (_, needed, _) = ask(&app, get(SETUP)).await;
        assert_eq!(needed["needed"], true, "nothing is left of what was refused for its {field}");
    }
    let (status, _, _) = ask(&app, post(SETUP, &first(&key, json!({"colour": "red"})))).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);

    let (status, made, cookies) = ask(&app, post(SETUP, &first(&key, json!({"demo": true})))).await;
    assert_eq!((status, cookies), (StatusCode::CREATED, 2), "{made}");
    assert_eq!((&made["user"]["name"], &made["tenant"]["slug"]), (&json!("Wanjiku"), &json!("kibo-traders-ltd")));
    assert_eq!(made["demo"], json!([{"email": "wanjiku@kibo.example", "title": "administrator"}]));
    let mut who = get("/api/v1/session");
    let token = format!("Bearer {}", made["token"].as_str().expect("a token"));
    who.headers_mut().insert("authorization", token.parse().expect("a header"));
    assert_eq!(ask(&app, who).await.0, StatusCode::OK);

    // From then on people sign in, and the key opens nothing.
    assert_eq!(ask(&app, get(SETUP)).await.1, json!({"needed": false}));
    let (status, problem, _) = ask(&app, post(SETUP, &first(&key, json!({"company": "Another Ltd"})))).await;
    assert_eq!(
        (status, &problem["detail"]),
        (StatusCode::CONFLICT, &json!("a company is set up here already: sign in"))
    );
}
