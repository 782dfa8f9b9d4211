//! Signing in and out, keys, cookies and guesses.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use nexus_kernel::serde_json::{Value as Json, json};
use nexus_testkit::{ADMIN_EMAIL, ADMIN_PASSWORD};

use crate::wire::{Reply, Wire, get, patch, post};

const SESSION: &str = "/api/v1/session";

fn bearer(mut request: Request<Body>, token: &str) -> Request<Body> {
    request.headers_mut().insert(header::AUTHORIZATION, format!("Bearer {token}").parse().expect("a header"));
    request
}

fn with_cookie(mut request: Request<Body>, cookie: &str, csrf: Option<&str>) -> Request<Body> {
    request.headers_mut().insert(header::COOKIE, cookie.parse().expect("a header"));
    if let Some(csrf) = csrf {
        request.headers_mut().insert("x-csrf-token", csrf.parse().expect("a header"));
    }
    request
}

fn cookies(reply: &Reply) -> Vec<&str> {
    reply.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok()).collect()
}

#[tokio::test]
async fn nobody_gets_anywhere_without_a_token() {
    let wire = Wire::open().await;
    let thing = format!("/api/v1/shop/things/{}", wire.things[0]);
    for uri in
        ["/api/v1/meta", "/api/v1/shop/things", thing.as_str(), "/api/v1/events", "/api/v1/search?q=first", SESSION]
    {
        let refused = wire.send(get(uri)).await.problem(uri, 401, "");
        assert_eq!(refused.header("www-authenticate"), "Bearer");
        for token in
            ["", "x", "nxk_", "nxk_example-ltd.x.y", "nxk_nowhere.00000000-0000-7000-8000-000000000000.x", "\u{fc}"]
        {
            wire.send(bearer(get(uri), token)).await.problem(&format!("{uri} with {token}"), 401, "");
        }
        wire.send(with_cookie(get(uri), "nexus_session=guess", None)).await.problem(uri, 401, "");
    }
    for uri in ["/api/v1/shop/things", "/api/v1/batch", "/api/v1/undo", "/api/v1/actions/shop.create_thing"] {
        wire.send(post(uri, &json!({"name": "x"}))).await.problem(uri, 401, "");
    }
    wire.assert_sound(&[]).await;
}

#[tokio::test]
async fn credentials_of_the_wrong_form_are_named_and_not_repeated() {
    let wire = Wire::open().await;
    for (body, field) in [
        (json!({}), "email"),
        (json!({"email": ADMIN_EMAIL}), "password"),
        (json!({"email": 5, "password": "open sesame once"}), "email"),
        (json!({"email": ADMIN_EMAIL, "password": ["open sesame once"]}), "password"),
        (json!({"email": ADMIN_EMAIL, "password": 918_273_645}), "password"),
        (json!({"email": ADMIN_EMAIL, "password": "open sesame once", "remember": true}), "remember"),
        (json!({"email": ADMIN_EMAIL, "password": {"$ne": "open sesame once"}}), "password"),
    ] {
        wire.send(post(SESSION, &body)).await.problem(&body.to_string(), 400, field);
    }
    for body in [
        json!({"email": ADMIN_EMAIL, "password": "open sesame once"}),
        json!({"email": ADMIN_EMAIL, "password": ""}),
        json!({"email": ADMIN_EMAIL, "password": ADMIN_PASSWORD, "tenant": "elsewhere"}),
        json!({"email": "nobody@example.com", "password": ADMIN_PASSWORD}),
        json!({"email": "", "password": ADMIN_PASSWORD}),
        json!({"email": "' OR 1=1 --", "password": "x".repeat(100_000)}),
    ] {
        let refused = wire.send(post(SESSION, &body)).await.problem("a wrong guess", 401, "");
        assert!(cookies(&refused).is_empty());
    }
    wire.assert_sound(&["open sesame once", "918273645"]).await;
}

#[tokio::test]
async fn guesses_are_slowed_down_for_one_address_alone_also_side_by_side() {
    let wire = Wire::open().await;
    let other = json!({"name": "Bea", "email": "bea@example.com", "password": "another password"});
    assert_eq!(wire.ask(post("/api/v1/core/users", &other)).await.status, StatusCode::CREATED);
    let guess = |n: usize| json!({"email": " Admin@Example.com", "password": format!("wrong guess {n}")});
    let guesses = (0..30).map(|n| wire.send(post(SESSION, &guess(n)))).collect::<Vec<_>>();
    let replies = futures::future::join_all(guesses).await;
    let tried = replies.iter().filter(|reply| reply.status == StatusCode::UNAUTHORIZED).count();
    assert!((1..=10).contains(&tried), "{tried} guesses were tried");
    for reply in replies.into_iter().filter(|reply| reply.status != StatusCode::UNAUTHORIZED) {
        let reply = reply.problem("too many guesses", 429, "");
        let wait: i64 = reply.header("retry-after").parse().expect("seconds");
        assert!((1..=300).contains(&wait), "{wait}");
    }
    let right = json!({"email": ADMIN_EMAIL, "password": ADMIN_PASSWORD});
    wire.send(post(SESSION, &right)).await.problem("the right one comes too late", 429, "");
    let other = json!({"email": "bea@example.com", "password": "another password"});
    let reply = wire.send(post(SESSION, &other)).await;
    assert_eq!(reply.status, StatusCode::OK, "another address is not held up");
    wire.assert_sound(&["another password", "wrong guess"]).await;
}

#[tokio::test]
async fn a_cookie_is_hidden_from_scripts_and_changes_need_its_token() {
    let wire = Wire::open().await;
    let mut sign_in = post(SESSION, &json!({"email": ADMIN_EMAIL, "password": ADMIN_PASSWORD}));
    sign_in.headers_mut().insert("x-forwarded-proto", "https".parse().expect("a header"));
    let signed_in = wire.send(sign_in).await;
    let set = cookies(&signed_in);
    let [session, csrf] =
        ["nexus_session=", "nexus_csrf="].map(|name| *set.iter().find(|c| c.starts_with(name)).expect("a cookie"));
    for cookie in [session, csrf] {
        for flag in ["; Path=/", "; SameSite=Lax", "; Secure"] {
            assert!(cookie.contains(flag), "{flag} is missing");
        }
    }
    assert!(session.contains("; HttpOnly") && !csrf.contains("HttpOnly"));
    let pair = |cookie: &str| cookie.split(';').next().expect("a pair").to_owned();
    let (cookie, token) =
        (format!("{}; {}", pair(session), pair(csrf)), signed_in.json()["csrf"].as_str().expect("a token").to_owned());
    assert_eq!(pair(csrf), format!("nexus_csrf={token}"));

    assert_eq!(wire.send(with_cookie(get("/api/v1/meta"), &cookie, None)).await.status, StatusCode::OK);
    let before = wire.state().await;
    let thing = format!("/api/v1/shop/things/{}", wire.things[0]);
    for sent in [None, Some(""), Some("guess"), Some(&token[1..])] {
        let refused = |request: Request<Body>| wire.send(with_cookie(request, &cookie, sent));
        refused(post("/api/v1/shop/things", &json!({"name": "x"}))).await.problem("no token", 403, "");
        refused(patch(&thing, &json!({"name": "x"}))).await.problem("no token", 403, "");
        refused(crate::wire::request(axum::http::Method::DELETE, SESSION, "")).await.problem("no token", 403, "");
    }
    assert_eq!(wire.state().await, before);
    let changed = wire.send(with_cookie(patch(&thing, &json!({"name": "renamed"})), &cookie, Some(&token))).await;
    assert_eq!(changed.status, StatusCode::OK);

    let end = crate::wire::request(axum::http::Method::DELETE, SESSION, "");
    let ended = wire.send(with_cookie(end, &cookie, Some(&token))).await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT);
    assert!(cookies(&ended).iter().all(|cookie| cookie.contains("Max-Age=0")));
    wire.send(with_cookie(get("/api/v1/meta"), &cookie, None)).await.problem("after signing out", 401, "");
    let token = signed_in.json()["token"].as_str().expect("a token").to_owned();
    wire.send(bearer(get("/api/v1/meta"), &token)).await.problem("after signing out", 401, "");
}

#[tokio::test]
async fn a_user_who_may_no_longer_sign_in_is_out_at_once() {
    let wire = Wire::open().await;
    let user = json!({"name": "Bea", "email": "bea@example.com", "password": "another password", "roles": ["clerk"]});
    let user = wire.ask(post("/api/v1/core/users", &user)).await.json();
    let credentials = json!({"email": "bea@example.com", "password": "another password"});
    let token = wire.send(post(SESSION, &credentials)).await.json()["token"].as_str().expect("a token").to_owned();
    assert_eq!(wire.send(bearer(get("/api/v1/shop/things"), &token)).await.status, StatusCode::OK);
    wire.send(bearer(post("/api/v1/shop/things", &json!({"name": "x"})), &token)).await.problem("no right", 403, "");
    let uri = format!("/api/v1/core/users/{}", user["id"].as_str().expect("an id"));
    assert_eq!(wire.ask(patch(&uri, &json!({"roles": []}))).await.status, StatusCode::OK);
    wire.send(bearer(get("/api/v1/shop/things"), &token)).await.problem("a right that was lost", 403, "");
    assert_eq!(wire.ask(patch(&uri, &json!({"password": "a newer password"}))).await.status, StatusCode::OK);
    wire.send(bearer(get("/api/v1/meta"), &token)).await.problem("a session older than the password", 401, "");
    let credentials = json!({"email": "bea@example.com", "password": "a newer password"});
    let token = wire.send(post(SESSION, &credentials)).await.json()["token"].as_str().expect("a token").to_owned();
    assert_eq!(wire.ask(patch(&uri, &json!({"active": false}))).await.status, StatusCode::OK);
    wire.send(bearer(get("/api/v1/meta"), &token)).await.problem("a user who left", 401, "");
    wire.send(post(SESSION, &credentials)).await.problem("a user who left", 401, "");
    for (weak, field) in [("short", "password"), ("", "email")] {
        let user =
            json!({"name": "Cid", "email": if weak.is_empty() { "none" } else { "cid@example.com" }, "password": weak});
        wire.ask(post("/api/v1/core/users", &user)).await.problem("a weak user", 422, field);
    }
    wire.assert_sound(&["another password", "a newer password"]).await;
}

#[tokio::test]
async fn a_key_works_until_it_is_revoked_or_has_expired() {
    let wire = Wire::open().await;
    let issue = async |input: Json| {
        let made = wire.ask(post("/api/v1/core/api-keys/issue", &input)).await.json();
        let text = |name: &str| made[name].as_str().expect("text").to_owned();
        (format!("/api/v1/core/api-keys/{}", text("id")), text("key"))
    };
    let things = |token: &str| wire.send(bearer(get("/api/v1/shop/things"), token));
    for (what, end) in
        [("revoked", json!({"revoked": true})), ("expired", json!({"expires_at": "2020-01-01T00:00:00Z"}))]
    {
        let (uri, key) = issue(json!({"name": what})).await;
        assert_eq!(things(&key).await.status, StatusCode::OK, "{what}");
        let changed = wire
            .send(bearer(patch(&format!("/api/v1/shop/things/{}", wire.things[0]), &json!({"name": what})), &key))
            .await;
        assert_eq!(changed.status, StatusCode::OK, "a key needs no CSRF token");
        things(&key[..key.len() - 1]).await.problem("a key cut short", 401, "");
        things(&key.replace("example-ltd", "other")).await.problem("a key of another tenant", 401, "");
        let shown = wire.ask(get(&uri)).await;
        assert!(!String::from_utf8_lossy(&shown.body).contains(key.rsplit('.').next().expect("a secret")));
        assert_eq!(wire.ask(patch(&uri, &end)).await.status, StatusCode::OK);
        things(&key).await.problem(what, 401, "");
    }
    let (uri, key) = issue(json!({"name": "deleted"})).await;
    assert_eq!(things(&key).await.status, StatusCode::OK);
    assert_eq!(
        wire.ask(crate::wire::request(axum::http::Method::DELETE, &uri, "")).await.status,
        StatusCode::NO_CONTENT
    );
    things(&key).await.problem("deleted", 401, "");
    let (_, key) = issue(json!({"name": "model", "agent": true})).await;
    wire.send(bearer(post("/api/v1/core/api-keys/issue", &json!({"name": "more"})), &key)).await.problem(
        "an agent's key",
        403,
        "",
    );
}

#[tokio::test]
async fn every_reply_carries_the_headers_that_keep_a_page_safe() {
    let wire = Wire::open().await;
    for request in [get("/api/v1/meta"), get("/api/v1/nothing"), get("/"), post(SESSION, &json!({}))] {
        let reply = wire.send(request).await;
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert!(!policy.contains("script-src 'self' 'unsafe"), "{policy}");
    }
}
