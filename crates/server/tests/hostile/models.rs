//! A model sees over MCP what its person sees over REST, and less where agents may not look.

use axum::body::Body;
use axum::http::{Request, header};
use nexus_kernel::serde_json::{Value as Json, json};

use crate::wire::{Wire, get, post};

struct Model<'w> {
    wire: &'w Wire,
    token: String,
}

impl Model<'_> {
    fn signed(&self, mut request: Request<Body>) -> Request<Body> {
        let headers = request.headers_mut();
        headers.insert(header::AUTHORIZATION, format!("Bearer {}", self.token).parse().expect("a header"));
        headers.insert(header::HOST, "nexus.example".parse().expect("a header"));
        headers.insert("mcp-protocol-version", "2025-06-18".parse().expect("a header"));
        headers.insert(header::ACCEPT, "application/json, text/event-stream".parse().expect("a header"));
        request
    }

    async fn rpc(&self, method: &str, params: Json) -> Json {
        let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let reply = self.wire.send(self.signed(post("/mcp", &message))).await;
        assert!(reply.status.is_success(), "{method}: {}", String::from_utf8_lossy(&reply.body));
        reply.json()
    }

    /// A tool's answer; none when it was refused.
    async fn tool(&self, name: &str, arguments: Json) -> Option<Json> {
        let answer = self.rpc("tools/call", json!({"name": name, "arguments": arguments})).await;
        let result = answer.get("result").unwrap_or_else(|| panic!("{name}: {answer}"));
        (result["isError"] != true).then(|| result["structuredContent"].clone())
    }

    async fn query(&self, arguments: Json) -> Option<Json> {
        let mut arguments = arguments;
        arguments["object"] = "shop.thing".into();
        self.tool("query", arguments).await.map(|answer| answer["data"].clone())
    }

    async fn rest(&self, path: &str) -> Json {
        self.wire.send(self.signed(get(&format!("/api/v1/{path}")))).await.json()["data"].clone()
    }
}

pub(crate) async fn with_things(wire: &Wire) -> Vec<String> {
    let mut ids = Vec::new();
    for count in 0..10 {
        let thing = json!({
            "name": format!("thing {count}"), "count": count, "veil": format!("veiled {count}"),
            "shy": format!("shyly {count}"), "above": wire.things[0], "lines": [{"name": "a"}]
        });
        let made = wire.ask(post("/api/v1/shop/things", &thing)).await.json();
        ids.push(made["id"].as_str().expect("an id").to_owned());
    }
    ids
}

#[tokio::test]
async fn what_a_person_may_not_see_is_in_no_answer_to_their_model() {
    let wire = Wire::open().await;
    let ids = with_things(&wire).await;
    let user = json!({"name": "Wil", "email": "wil@example.com", "password": "a watcher's word", "roles": ["watcher"]});
    wire.ask(post("/api/v1/core/users", &user)).await;
    let credentials = json!({"email": "wil@example.com", "password": "a watcher's word"});
    let token =
        wire.send(post("/api/v1/session", &credentials)).await.json()["token"].as_str().expect("a token").to_owned();
    let model = Model { wire: &wire, token };

    let listed = model.query(json!({"sort": "name", "count": "exact"})).await.expect("a list");
    let names: Vec<&str> =
        listed.as_array().expect("things").iter().filter_map(|thing| thing["name"].as_str()).collect();
    assert_eq!(names, ["thing 6", "thing 7", "thing 8", "thing 9"]);
    assert_eq!(listed, model.rest("shop/things?sort=name").await);
    assert!(!listed.to_string().contains("veil"));
    let counted = model.query(json!({"measures": "count(),sum(count)"})).await.expect("figures");
    assert_eq!(counted, json!([{"count()": 4, "sum(count)": 30}]));
    let nowhere = model.query(json!({"filter": "above.name == null"})).await.expect("a list");
    assert_eq!(nowhere.as_array().map(Vec::len), Some(4), "a link to what is not seen leads nowhere");
    for hidden in ["veil == 'veiled 7'", "veil.contains('veil')"] {
        assert!(model.query(json!({"filter": hidden})).await.is_none(), "{hidden} is answered");
    }
    assert!(model.query(json!({"group": "veil"})).await.is_none());
    assert!(model.query(json!({"sort": "veil"})).await.is_none());
    for (index, id) in ids.iter().enumerate() {
        let seen = index > 5;
        assert_eq!(model.query(json!({"id": id})).await.is_some(), seen, "thing {index}");
        for uri in [format!("nexus://shop/thing/{id}"), format!("nexus://shop/thing/{id}/history")] {
            let read = model.rpc("resources/read", json!({ "uri": uri })).await;
            assert_eq!(read.get("result").is_some(), seen, "{uri}: {read}");
            assert!(!read.to_string().contains("veil"), "{read}");
        }
        for (text, found) in [(format!("thing {index}"), seen), (format!("veiled {index}"), false)] {
            let hits = model.tool("search", json!({ "q": text })).await.expect("hits");
            assert_eq!(hits["data"].as_array().map(Vec::len), Some(usize::from(found)), "{text}: {hits}");
        }
        let input = json!({"name": "renamed"});
        let call = json!({"action": "shop.update_thing", "record": id, "input": input, "preview": true});
        assert!(model.tool("run_action", call).await.is_none(), "a watcher changes nothing");
    }
    wire.assert_sound(&["a watcher's word"]).await;
}

#[tokio::test]
async fn an_agent_sees_and_writes_less_than_its_person() {
    let wire = Wire::open().await;
    let ids = with_things(&wire).await;
    let issue = json!({"name": "model", "agent": true});
    let key =
        wire.ask(post("/api/v1/core/api-keys/issue", &issue)).await.json()["key"].as_str().expect("a key").to_owned();
    let model = Model { wire: &wire, token: key };
    let listed = model.query(json!({})).await.expect("a list").to_string();
    assert!(listed.contains("veiled 7") && !listed.contains("shyly"), "{listed}");
    for question in [
        json!({"filter": "shy == 'shyly 7'"}),
        json!({"sort": "shy"}),
        json!({"group": "shy"}),
        json!({"fields": "shy"}),
    ] {
        assert!(model.query(question.clone()).await.is_none(), "{question} is answered");
    }
    let hits = model.tool("search", json!({"q": "shyly 7"})).await.expect("hits");
    assert_eq!(hits["data"], json!([]));
    let read = model.rpc("resources/read", json!({"uri": format!("nexus://shop/thing/{}/history", ids[7])})).await;
    assert!(read.to_string().contains("veiled 7") && !read.to_string().contains("shyly"), "{read}");
    let update =
        |input: Json| json!({"action": "shop.update_thing", "record": ids[7], "input": input, "preview": true});
    assert!(model.tool("run_action", update(json!({"shy": "bold"}))).await.is_none());
    let preview = model.tool("run_action", update(json!({"name": "renamed"}))).await.expect("a preview").to_string();
    assert!(preview.contains("renamed") && !preview.contains("shyly"), "{preview}");
    let person = wire.ask(get("/api/v1/shop/things?q=shyly%207")).await.json();
    assert_eq!(person["data"].as_array().map(Vec::len), Some(1));
}
