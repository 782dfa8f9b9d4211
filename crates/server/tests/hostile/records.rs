//! Working with records and time over HTTP: what is asked rightly is answered, what is not is refused by name.

use axum::http::StatusCode;
use nexus_kernel::model::Timestamp;
use nexus_kernel::serde_json::json;

use crate::uploads::with;
use crate::wire::{CODE, Wire, get, patch, post};

#[tokio::test]
async fn the_past_is_read_told_and_explained_over_http() {
    let wire = Wire::open().await;
    let at = Timestamp::now();
    let thing = format!("/api/v1/shop/things/{}", wire.things[0]);
    let changed = json!({"name": "changed", "code": "another-secret-code", "lines": [], "count": 7});
    assert_eq!(wire.ask(patch(&thing, &changed)).await.status, StatusCode::OK);
    let then = wire.ask(get(&format!("{thing}?at={at}"))).await.json();
    assert_eq!(
        (&then["name"], then["lines"].as_array().map(Vec::len), &then["code"]),
        (&json!("first"), Some(1), &json!(true))
    );
    let list = wire.ask(get(&format!("/api/v1/shop/things?at={at}&filter=name%3D%3D%27first%27&count=exact"))).await;
    assert_eq!(list.json()["count"], 1);
    let figures = wire.ask(get(&format!("/api/v1/shop/things/aggregate?at={at}&measures=sum(count)"))).await;
    assert_eq!(figures.json(), json!({"data": [{"sum(count)": null}]}));
    let file = wire.ask(get(&format!("/api/v1/shop/things/export?at={at}"))).await;
    assert!(String::from_utf8_lossy(&file.body).contains("first"));
    let packed = wire.ask(with("/api/v1/shop/things/export", &[("accept-encoding", "gzip")])).await;
    assert_eq!((packed.header("content-encoding"), packed.body.get(..2)), ("gzip", Some(&[0x1f, 0x8b][..])));

    let told = wire.ask(get(&format!("{thing}/changes?from={at}"))).await.json();
    let words: Vec<&str> =
        told["changes"].as_array().expect("changes").iter().filter_map(|c| c["text"].as_str()).collect();
    assert_eq!((told["fate"].as_str(), words.len()), (Some("changed"), 3), "{told}");
    assert!(words.contains(&"Name from first to changed") && words.contains(&"Line 1 removed"), "{words:?}");
    let all = wire.ask(get(&format!("/api/v1/shop/things/changes?from={at}"))).await.json();
    assert_eq!((&all["created"], &all["changed"], &all["deleted"]), (&json!(0), &json!(1), &json!(0)));

    let told = wire.ask(get(&format!("{thing}/explain?verb=delete"))).await.json();
    assert_eq!(told["allowed"], false);
    assert!(told["summary"].as_str().is_some_and(|text| text.contains("is used by Thing second")), "{told}");
    assert_eq!(wire.ask(get("/api/v1/shop/things/explain?verb=create")).await.json()["allowed"], true);

    for (path, status, field) in [
        ("things?at=yesterday", 400, "at"),
        ("things?at=2999-01-01T00:00:00Z", 400, "at"),
        ("things/aggregate?at=", 400, "at"),
        ("things/changes?from=2026-13-01T00:00:00Z", 400, "from"),
        ("things/changes?from=2025-01-02T00:00:00Z&to=2025-01-01T00:00:00Z&colour=red", 400, "colour"),
        ("things/explain", 400, "verb"),
        ("things/explain?verb=juggle", 400, "verb"),
        ("things/explain?verb=read&user=me", 400, "user"),
        ("lines/explain?verb=read", 400, ""),
        ("things/none/changes", 404, ""),
        ("things/duplicates?of=none", 400, "of"),
        ("things/duplicates?filter=nmae", 400, "filter"),
    ] {
        wire.ask(get(&format!("/api/v1/shop/{path}"))).await.problem(path, status, field);
    }
    wire.assert_sound(&["another-secret-code", CODE]).await;
}

#[tokio::test]
async fn many_things_are_changed_merged_and_copied_over_http() {
    let wire = Wire::open().await;
    let asked = json!({"action": "update", "filter": "true", "input": {"count": 9}});
    let mut preview = asked.clone();
    preview["preview"] = json!(true);
    let shown = wire.ask(post("/api/v1/shop/things/bulk", &preview)).await;
    assert_eq!((shown.header("nexus-run"), shown.json()["changes"].as_array().map(Vec::len)), ("", Some(2)));
    let done = wire.ask(post("/api/v1/shop/things/bulk", &asked)).await;
    let report = done.json();
    assert_eq!((&report["done"], done.header("nexus-run")), (&json!(2), report["run"].as_str().unwrap_or_default()));
    assert_eq!(wire.ask(post("/api/v1/undo", &json!({"run": report["run"]}))).await.status, StatusCode::OK);

    let before = wire.state().await;
    for (body, status, field) in [
        (json!({"action": "juggle", "filter": "true"}), 422, "action"),
        (json!({"action": "update"}), 400, ""),
        (json!({"action": "update", "filter": "nmae == 1"}), 400, "filter"),
        (json!({"action": "update", "ids": ["none"]}), 400, "ids/0"),
        (json!({"action": "update", "filter": "true", "colour": "red"}), 400, "colour"),
        (json!([]), 422, "action"),
    ] {
        let what = body.to_string();
        wire.ask(post("/api/v1/shop/things/bulk", &body)).await.problem(&what, status, field);
    }
    assert_eq!(wire.state().await, before);

    let copy = wire.ask(post(&format!("/api/v1/shop/things/{}/copy", wire.things[0]), &json!({}))).await.json();
    assert_eq!((&copy["name"], &copy["code"]), (&json!("first"), &json!(false)));
    let groups = wire.ask(get("/api/v1/shop/things/duplicates")).await.json();
    assert_eq!(groups["data"][0]["records"].as_array().map(Vec::len), Some(2), "{groups}");
    let merge = format!("/api/v1/shop/things/{}/merge", copy["id"].as_str().expect("an id"));
    let merged = wire.ask(post(&merge, &json!({"from": [wire.things[0]]}))).await;
    assert_eq!(merged.status, StatusCode::OK);
    let second = wire.ask(get(&format!("/api/v1/shop/things/{}", wire.things[1]))).await.json();
    assert_eq!(second["above"], copy["id"]);
    let run = merged.header("nexus-run").to_owned();
    assert_eq!(wire.ask(post("/api/v1/undo", &json!({"run": run}))).await.status, StatusCode::OK);
    wire.assert_sound(&[]).await;
}
