//! Bodies that are not what is asked for.

use axum::body::{Body, Bytes};
use axum::http::{Method, Request, header};
use nexus_kernel::serde_json::{Value as Json, json};

use crate::wire::{CODE, Wire, get, patch, post, request};

const THINGS: &str = "/api/v1/shop/things";

#[tokio::test]
async fn a_value_of_the_wrong_form_is_named_and_nothing_is_written() {
    let wire = Wire::open().await;
    let before = wire.state().await;
    let long = "x".repeat(2_000);
    let many: Vec<String> = (0..1_001).map(|n| n.to_string()).collect();
    let fields = [
        ("name", json!(5)),
        ("name", json!(null)),
        ("name", json!("")),
        ("name", json!("nul\u{0}byte")),
        ("name", json!("bell\u{7}")),
        ("name", json!(long)),
        ("count", json!("many")),
        ("count", json!(1.5)),
        ("count", json!(-1)),
        ("count", json!(1_001)),
        ("count", json!(u64::MAX)),
        ("weight", json!("heavy")),
        ("weight", json!(1.5)),
        ("weight", json!("1e30")),
        ("weight", json!("1000000000000000000000000000000")),
        ("weight", json!("0.0000001")),
        ("weight", json!("NaN")),
        ("price", json!({"amount": "1.00", "currency": "euro"})),
        ("price", json!({"amount": "1.00", "coin": "EUR"})),
        ("price", json!({"currency": "EUR"})),
        ("price", json!([1])),
        ("share", json!("∞")),
        ("sent", json!("yes")),
        ("day", json!("2026-02-30")),
        ("day", json!("31.01.2026")),
        ("day", json!(20_260_131)),
        ("at", json!("yesterday")),
        ("size", json!("huge")),
        ("size", json!(["small"])),
        ("tags", json!("a,b")),
        ("tags", json!(many)),
        ("tags", json!([{"a": 1}])),
        ("mail", json!("nobody")),
        ("site", json!("javascript:alert(1)")),
        ("above", json!("not-an-id")),
        ("above", json!("00000000-0000-7000-8000-000000000000")),
        ("above", json!(true)),
        ("beside", json!(["not-an-id"])),
        ("beside", json!(["00000000-0000-7000-8000-000000000000"])),
        ("to", json!("Main Street 5")),
        ("to", json!({"country": "Kenya"})),
        ("to", json!({"planet": "Mars"})),
        ("extra", json!({"text": "x".repeat(70_000)})),
        ("code", json!({"secret": CODE})),
        ("lines", json!("none")),
        ("lines", json!({"name": "a"})),
        ("id", json!("not-an-id")),
        ("nmae", json!("x")),
        ("$where", json!("1 == 1")),
    ];
    for (field, value) in fields {
        let mut input = json!({"name": "third"});
        input[field] = value;
        let what: String = input.to_string().chars().take(120).collect();
        wire.ask(post(THINGS, &input)).await.problem(&what, 422, field);
        if field != "id" {
            let mut input = json!({});
            input[field] = json!({"never": ["right", 5]});
            if field != "extra" {
                wire.ask(patch(&format!("{THINGS}/{}", wire.things[0]), &input)).await.problem(&what, 422, field);
            }
        }
    }
    for (row, field) in [
        (json!({"name": "a", "quantity": "much"}), "lines/1/quantity"),
        (json!({"name": "a", "colour": "red"}), "lines/1/colour"),
        (json!({"quantity": "1"}), "lines/1/name"),
        (json!(5), "lines/1"),
    ] {
        let input = json!({"name": "third", "lines": [{"name": "fine"}, row]});
        wire.ask(post(THINGS, &input)).await.problem("a row", 422, field);
    }
    let all =
        wire.ask(post(THINGS, &json!({"count": "x", "weight": "x", "size": "x"}))).await.problem("three", 422, "size");
    assert_eq!(all.json()["errors"].as_array().map(Vec::len), Some(3), "all complaints come at once");
    assert_eq!(wire.state().await, before);
    wire.assert_sound(&[]).await;
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused_before_anything_reads_it() {
    let wire = Wire::open().await;
    let before = wire.state().await;
    let bodies: [(&str, Vec<u8>, u16); 15] = [
        ("a brace", b"{".to_vec(), 400),
        ("words", b"name=third".to_vec(), 400),
        ("a null byte", b"\0".to_vec(), 400),
        ("invalid UTF-8", b"{\"name\": \"\xff\xfe\"}".to_vec(), 400),
        ("half a surrogate", br#"{"name": "\ud800"}"#.to_vec(), 400),
        ("two documents", br#"{"name": "a"} {"name": "b"}"#.to_vec(), 400),
        ("a list", b"[1, 2]".to_vec(), 400),
        ("a text", b"\"third\"".to_vec(), 400),
        ("nothing", b"null".to_vec(), 400),
        ("a number beyond all", br#"{"name": "third", "count": 1e400}"#.to_vec(), 400),
        ("a number of 31 digits", br#"{"name": "third", "count": 1000000000000000000000000000000}"#.to_vec(), 422),
        ("100,000 lists", "[".repeat(100_000).into_bytes(), 400),
        ("100,000 objects", format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000)).into_bytes(), 400),
        (
            "100,000 lists in a field",
            format!("{{\"name\":\"x\",\"extra\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000)).into_bytes(),
            400,
        ),
        ("10 MB", format!("{{\"name\": \"{}\"}}", "x".repeat(10 << 20)).into_bytes(), 413),
    ];
    for (what, body, status) in bodies {
        wire.ask(request(Method::POST, THINGS, body.clone())).await.problem(what, status, "");
        let thing = format!("{THINGS}/{}", wire.things[0]);
        wire.ask(request(Method::PATCH, &thing, body.clone())).await.problem(what, status, "");
        let status = if status == 422 { 400 } else { status };
        for place in ["/api/v1/batch", "/api/v1/undo", "/api/v1/session"] {
            wire.ask(request(Method::POST, place, body.clone())).await.problem(what, status, "");
        }
    }
    let pieces = std::iter::repeat_n(Bytes::from_static(&[b' '; 65_536]), 160).map(Ok::<_, std::io::Error>);
    let endless = Body::from_stream(futures::stream::iter(pieces));
    wire.ask(request(Method::POST, THINGS, endless)).await.problem("a stream of 10 MB", 413, "");
    assert_eq!(wire.state().await, before);
    wire.assert_sound(&[]).await;
}

#[tokio::test]
async fn a_tree_cannot_become_a_circle() {
    let wire = Wire::open().await;
    let before = wire.state().await;
    let [first, second] = [&wire.things[0], &wire.things[1]].map(|id| format!("{THINGS}/{id}"));
    wire.ask(patch(&first, &json!({"above": wire.things[0]}))).await.problem("below itself", 422, "above");
    wire.ask(patch(&first, &json!({"above": wire.things[1]}))).await.problem("below its child", 422, "above");
    let id = "01900000-0000-7000-8000-00000000000a";
    wire.ask(post(THINGS, &json!({"id": id, "name": "x", "above": id}))).await.problem(
        "born below itself",
        422,
        "above",
    );
    let calls = json!([
        {"action": "shop.update_thing", "record": wire.things[1], "input": {"above": null}},
        {"action": "shop.update_thing", "record": wire.things[0], "input": {"above": wire.things[1]}},
        {"action": "shop.update_thing", "record": wire.things[1], "input": {"above": wire.things[0]}},
    ]);
    let refused = wire.ask(post("/api/v1/batch", &calls)).await.problem("a circle in steps", 422, "above");
    assert_eq!(refused.json()["step"], 2);
    assert_eq!(wire.state().await, before);
    assert_eq!(wire.ask(get(&second)).await.json()["above"], json!(wire.things[0]));
}

#[tokio::test]
async fn batches_undos_and_actions_name_what_is_wrong() {
    let wire = Wire::open().await;
    let before = wire.state().await;
    let call = |input: Json| json!({"action": "shop.create_thing", "input": input});
    let many: Vec<Json> = (0..501).map(|n| call(json!({"name": format!("{n}")}))).collect();
    for (what, body, status, field) in [
        ("no call", json!([]), 400, ""),
        ("too many calls", json!(many), 400, ""),
        ("no action", json!([{"input": {}}]), 400, "0/action"),
        ("an action that is a number", json!([call(json!({})), {"action": 5}]), 400, "1/action"),
        ("an unknown member", json!([{"action": "shop.create_thing", "verb": "x"}]), 400, "0/verb"),
        ("a record that is no id", json!([{"action": "shop.update_thing", "record": "x"}]), 400, "0/record"),
        ("an unknown action", json!([{"action": "shop.sell_everything"}]), 404, ""),
        ("one bad step", json!([call(json!({"name": "fine"})), call(json!({"name": 5}))]), 422, "name"),
        ("a step without its record", json!([{"action": "shop.update_thing", "input": {"name": "x"}}]), 400, ""),
    ] {
        wire.ask(post("/api/v1/batch", &body)).await.problem(what, status, field);
    }
    for (what, body, status, field) in [
        ("no run", json!({}), 400, "run"),
        ("a run that is no id", json!({"run": "latest"}), 400, "run"),
        ("an unknown member", json!({"run": wire.things[0], "force": true}), 400, "force"),
        ("a run that never was", json!({"run": wire.things[0]}), 404, ""),
    ] {
        wire.ask(post("/api/v1/undo", &body)).await.problem(what, status, field);
    }
    for (what, uri, body, status, field) in [
        ("an unknown action", "/api/v1/actions/shop.sell", json!({}), 404, ""),
        ("a record that is no id", "/api/v1/actions/shop.update_thing", json!({"record": 5}), 422, "record"),
        ("a key without a name", "/api/v1/core/api-keys/issue", json!({}), 422, "name"),
        ("a key whose name is a list", "/api/v1/core/api-keys/issue", json!({"name": ["x"]}), 422, "name"),
        ("a key with more", "/api/v1/core/api-keys/issue", json!({"name": "x", "admin": true}), 422, "admin"),
        ("an unknown choice of preview", "/api/v1/shop/things?preview=maybe", json!({"name": "x"}), 400, "preview"),
        ("an unknown parameter", "/api/v1/shop/things?dry=true", json!({"name": "x"}), 400, "dry"),
    ] {
        wire.ask(post(uri, &body)).await.problem(what, status, field);
    }
    assert_eq!(wire.state().await, before);
    wire.assert_sound(&[]).await;
}

fn form(parts: &[(&str, &str, &[u8])]) -> Request<Body> {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = if file.is_empty() { String::new() } else { format!("; filename=\"{file}\"") };
        body.extend_from_slice(
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    let request =
        Request::post("/api/v1/shop/things/import").header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
    request.body(Body::from(body)).expect("a request")
}

#[tokio::test]
async fn a_form_that_cannot_be_imported_is_refused_with_its_part() {
    let wire = Wire::open().await;
    let before = wire.state().await;
    let huge = "x".repeat(70_000);
    for (what, parts, status, field) in [
        ("no file", vec![("preview", "", b"true".as_slice())], 422, "file"),
        ("another part", vec![("script", "", b"x".as_slice())], 422, "script"),
        ("a workbook", vec![("file", "a.xlsx", b"PK".as_slice())], 422, "file"),
        ("an unknown column", vec![("file", "a.csv", b"name,shade\na,b\n".as_slice())], 400, "mapping"),
        (
            "a mapping that is no TOML",
            vec![("mapping", "", b"map = [".as_slice()), ("file", "a.csv", b"name\na\n")],
            400,
            "mapping",
        ),
        ("a mapping of 70 kB", vec![("mapping", "", huge.as_bytes()), ("file", "a.csv", b"name\na\n")], 422, "mapping"),
        (
            "a file that is not of its encoding",
            vec![("mapping", "", b"[file]\nencoding = \"utf-8\"".as_slice()), ("file", "a.csv", b"name\n\xff\xfe\n")],
            400,
            "mapping",
        ),
        ("an empty file", vec![("file", "a.csv", b"".as_slice())], 400, "mapping"),
    ] {
        wire.ask(form(&parts)).await.problem(what, status, field);
    }
    let plain = |kind: &str, body: Body| {
        let request = Request::post("/api/v1/shop/things/import").header(header::CONTENT_TYPE, kind);
        request.body(body).expect("a request")
    };
    wire.ask(plain("application/json", Body::from("{}"))).await.problem("JSON for a form", 400, "");
    wire.ask(plain("multipart/form-data", Body::from("--x"))).await.problem("a form without its boundary", 400, "");
    wire.ask(plain("multipart/form-data; boundary=edge", Body::from("--edge\r\nrubbish"))).await.problem(
        "half a form",
        400,
        "",
    );
    let start =
        Bytes::from_static(b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n");
    let chunk = Bytes::from(vec![b'x'; 1 << 20]);
    let pieces = std::iter::once(start).chain(std::iter::repeat_n(chunk, 257)).map(Ok::<_, std::io::Error>);
    let endless = Body::from_stream(futures::stream::iter(pieces));
    wire.ask(plain("multipart/form-data; boundary=edge", endless)).await.problem("a form of 257 MB", 413, "");
    let rejects = wire.ask(form(&[("file", "a.csv", b"name,count\n,1\nb,x\n")])).await.json();
    assert_eq!(rejects["rejected_count"], 2, "{rejects}");
    assert_eq!(
        (&rejects["rejected"][1]["row"], &rejects["rejected"][1]["errors"][0]["field"]),
        (&json!(2), &json!("count"))
    );
    let (last, things) = wire.state().await;
    assert_eq!((last, things), (before.0 + 3, before.1), "the import and its two refused rows are kept, and no thing");
    wire.assert_sound(&[]).await;
}
