//! Addresses, parameters, headers and methods that mean nothing here.

use axum::http::{HeaderValue, Method};
use nexus_kernel::faces::ListParams;
use nexus_kernel::model::problem::Kind;
use nexus_kernel::serde_json::json;

use crate::wire::{Wire, encoded, get, patch, post, request};

#[tokio::test]
async fn a_question_that_means_nothing_names_its_parameter() {
    let wire = Wire::open().await;
    let before = wire.state().await;
    let filters = [
        "nmae == 'x'",
        "name ==",
        "name",
        "count + 1",
        "name == 5",
        "size == 'huge'",
        "above.nmae == 'x'",
        "lines.exists(l, l.colour == 'red')",
        "code == 'x'",
        "has(code)",
        "matches(name, '(')",
        "matches(name, 'a.*b')",
        "drop(table)",
        "name == 'unclosed",
        "\u{0}",
        "'; DROP TABLE shop__thing; --",
        "1e400 > 0.5",
        "count > 99999999999999999999999999",
        "principal.password == 'x'",
    ];
    for filter in filters {
        let uri = format!("/api/v1/shop/things?filter={}", encoded(filter));
        wire.ask(get(&uri)).await.problem(filter, 400, "filter");
        let uri = format!("/api/v1/shop/things/aggregate?filter={}", encoded(filter));
        wire.ask(get(&uri)).await.problem(filter, 400, "filter");
        let uri = format!("/api/v1/shop/things/export?filter={}", encoded(filter));
        wire.ask(get(&uri)).await.problem(filter, 400, "filter");
    }
    for (query, field) in [
        ("sort=nmae", "sort"),
        ("sort=tags", "sort"),
        ("sort=code", "sort"),
        ("fields=name,nmae", "fields"),
        ("expand=name", "expand"),
        ("expand=nmae", "expand"),
        ("count=maybe", "count"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("limit=99999999999999999999999", "limit"),
        ("limit=1e3", "limit"),
        ("deleted=perhaps", "deleted"),
        ("after=rubbish", "after"),
        ("after=eyJrZXlzIjpbXX0", "after"),
        ("colour=red", "colour"),
        ("limit=1&limit=2", "limit"),
    ] {
        wire.ask(get(&format!("/api/v1/shop/things?{query}"))).await.problem(query, 400, field);
    }
    for (path, field) in [
        ("shop/things/aggregate?group=nmae", "group"),
        ("shop/things/aggregate?group=tags", "group"),
        ("shop/things/aggregate?group=code", "group"),
        ("shop/things/aggregate?group=month(name)", "group"),
        ("shop/things/aggregate?group=century(day)", "group"),
        ("shop/things/aggregate?measures=sum(name)", "measures"),
        ("shop/things/aggregate?measures=sum(nmae)", "measures"),
        ("shop/things/aggregate?measures=median(count)", "measures"),
        ("shop/things/export?format=exe", "format"),
        ("shop/things/export?limit=5", "limit"),
        ("search", "q"),
        ("search?q=x&app=nowhere", "app"),
        ("search?q=x&filter=true", "filter"),
        ("search?q=x&object=shop.thing&filter=nmae", "filter"),
        ("search?q=x&owner=me", "owner"),
        ("search?q=x&from=yesterday", "from"),
        ("search?q=x&limit=ten", "limit"),
        ("search?q=x&after=rubbish", "after"),
        ("search?q=x&colour=red", "colour"),
        ("events?after=last", "after"),
    ] {
        wire.ask(get(&format!("/api/v1/{path}"))).await.problem(path, 400, field);
    }
    let history = format!("/api/v1/shop/things/{}/history?after=last", wire.things[0]);
    wire.ask(get(&history)).await.problem(&history, 400, "after");
    let cursor =
        wire.ask(get("/api/v1/shop/things?limit=1")).await.json()["next"].as_str().expect("a cursor").to_owned();
    let other = format!("/api/v1/shop/things?limit=1&sort=name&after={cursor}");
    wire.ask(get(&other)).await.problem("a cursor of another order", 400, "after");
    let single = format!("/api/v1/shop/things/{}?fields=nmae", wire.things[0]);
    wire.ask(get(&single)).await.problem(&single, 400, "fields");
    assert_eq!(wire.state().await, before);
    wire.assert_sound(&[]).await;
}

#[tokio::test]
async fn filters_without_end_are_refused_by_size_and_depth() {
    let wire = Wire::open().await;
    let t = &wire.tenant;
    let long = format!("name == '{}'", "x".repeat(1_000_000));
    let parentheses = format!("{}name == 'x'{}", "(".repeat(100_000), ")".repeat(100_000));
    let filters = [
        long,
        parentheses,
        "!".repeat(100_000),
        "(".repeat(1_000),
        format!("{}true", "name == 'x' && ".repeat(400)),
        format!("name{}", ".name".repeat(1_000)),
        format!("count in [{}]", "1,".repeat(3_000)),
        format!("{}count{}", "lines.exists(l, ".repeat(20), " > 1)".repeat(20)),
        format!("count {} > 0", "+ 1".repeat(2_000)),
        format!("{}1 == 1", "-".repeat(5_000)),
    ];
    for filter in filters {
        let what: String = filter.chars().take(40).collect();
        let params = ListParams { filter: Some(filter.clone()), ..ListParams::default() };
        let problem = t.list("shop.thing", params).await.expect_err(&what);
        assert_eq!(problem.kind, Kind::Malformed, "{what}: {problem}");
        assert!(problem.errors.iter().any(|error| error.field == "filter"), "{what}: {problem:?}");
        assert!(problem.to_string().len() < 1_000, "{what}: the complaint is shorter than the filter");
        let uri = format!("/api/v1/shop/things?filter={}", encoded(&filter));
        if uri.len() < 60_000 {
            wire.ask(get(&uri)).await.problem(&what, 400, "");
        }
    }
    let uri = format!("/api/v1/shop/things?filter=name%3D%3D%27{}%27", "x".repeat(50_000));
    wire.ask(get(&uri)).await.problem("an address of 50,000 characters", 400, "");
    wire.assert_sound(&[]).await;
}

#[tokio::test]
async fn nowhere_is_answered_as_a_problem_too() {
    let wire = Wire::open().await;
    let before = wire.state().await;
    for (path, status) in [
        ("/api/v1/nothing", 404),
        ("/api/v1/shop/nothings", 404),
        ("/api/v1/nowhere/things", 404),
        ("/api/v1/shop/things/not-an-id", 404),
        ("/api/v1/shop/things/00000000-0000-0000-0000-000000000000", 404),
        ("/api/v1/shop/things/01900000-0000-7000-8000-000000000001", 404),
        ("/api/v1/shop/things/01900000-0000-7000-8000-000000000001/history", 404),
        ("/api/v1/shop/things/not-an-id/history", 404),
        ("/api/v1/shop/things/not-an-id/print/label", 404),
        ("/api/v1/shop/reports/nothing", 404),
        ("/api/v1/shop/things/%FF", 400),
        ("/api/v1/%FF%FE/things", 400),
        ("/api/v1/shop/things/..%2F..%2Fetc%2Fpasswd", 404),
        ("/api/v1/a/b/c/d/e/f/g", 404),
    ] {
        wire.ask(get(path)).await.problem(path, status, "");
    }
    let thing = format!("/api/v1/shop/things/{}", wire.things[0]);
    for (method, path) in [
        (Method::PUT, thing.as_str()),
        (Method::DELETE, "/api/v1/shop/things"),
        (Method::PATCH, "/api/v1/session"),
        (Method::GET, "/api/v1/batch"),
        (Method::GET, "/api/v1/undo"),
        (Method::POST, "/api/v1/meta"),
        (Method::from_bytes(b"BREW").expect("a method"), "/api/v1/shop/things"),
    ] {
        wire.ask(request(method.clone(), path, "{}")).await.problem(&format!("{method} {path}"), 405, "");
    }
    wire.ask(post(&format!("{thing}/sell"), &json!({}))).await.problem("an unknown action", 404, "");
    wire.ask(post("/api/v1/shop/things/not-an-id/update", &json!({}))).await.problem("an action on no id", 404, "");
    let with = |name: &'static str, value: &str| {
        let mut request = patch(&thing, &json!({"name": "renamed"}));
        request.headers_mut().insert(name, HeaderValue::from_bytes(value.as_bytes()).expect("a header"));
        request
    };
    for (name, value, status) in [
        ("if-match", "latest", 400),
        ("if-match", "\"-\"", 400),
        ("if-match", "\"99999999999999999999\"", 400),
        ("if-match", "\u{fc}", 400),
        ("if-match", "\"7\"", 412),
        ("idempotency-key", "", 400),
        ("idempotency-key", &"k".repeat(201), 400),
        ("idempotency-key", "\u{fc}", 400),
        ("nexus-company", "ours", 400),
        ("nexus-company", "01900000-0000-7000-8000-000000000001", 404),
    ] {
        wire.ask(with(name, value)).await.problem(&format!("{name}: {value}"), status, "");
    }
    assert_eq!(wire.state().await, before);
    assert!(wire.ask(with("if-match", "\"1\"")).await.status.is_success());
    wire.assert_sound(&[]).await;
}
