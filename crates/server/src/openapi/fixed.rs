//! Paths that are there whatever the apps: signing in, metadata, runs, search, events.

use nexus_kernel::Registry;
use nexus_kernel::faces::schema::reference;
use serde_json::{Map, Value as Json, json};

use super::item;
use super::parts::{of_change, parameter, query, replies, run_headers, waits, with_problems};

fn operation(id: &str, summary: &str, responses: Json) -> Json {
    json!({"operationId": id, "summary": summary, "tags": ["nexus"], "responses": responses})
}

fn with_body(mut operation: Json, schema: Json) -> Json {
    operation["requestBody"] = json!({"required": true, "content": {"application/json": {"schema": schema}}});
    operation
}

/// What a search is asked with.
fn search_parameters() -> Json {
    let text = json!({"type": "string"});
    let mut words = query("q", "Words, all of which are found; the last may be a beginning", &text);
    words["required"] = true.into();
    json!([
        words,
        query("app", "Only records of this app", &text),
        query("object", "Only records of this object, such as crm.lead", &text),
        query("owner", "Only records of this user", &json!({"type": "string", "format": "uuid"})),
        query("from", "Changed at this day or time, or later", &text),
        query("to", "Changed before this day or time", &text),
        query("filter", "A CEL condition over the fields of `object`", &text),
        query("limit", "Hits of the page", &json!({"type": "integer", "minimum": 1, "maximum": 100, "default": 20})),
        parameter("After")
    ])
}

pub(super) fn paths(registry: &Registry) -> Map<String, Json> {
    let reading =
        |about: &str, shape: &str| with_problems(json!({"200": replies(about, reference(shape))}), &[400, 401]);
    let mut paths = Map::new();
    let mut put = |path: &str, operations: Vec<(&'static str, Json)>| {
        paths.insert(path.to_owned(), Json::Object(item(operations)));
    };

    let signed_in = replies("Signed in; two cookies are set as well", reference("SignedIn"));
    let sign_in = operation("sign_in", "Sign in", with_problems(json!({"200": signed_in}), &[400, 401, 422, 429]));
    let mut sign_in = with_body(sign_in, reference("Credentials"));
    sign_in["security"] = json!([]);
    let ended = with_problems(json!({"204": {"description": "Signed out"}}), &[401, 403]);
    let mut sign_out = operation("sign_out", "Sign out", ended);
    sign_out["parameters"] = json!([parameter("Csrf")]);
    let who = operation("who", "Who is signed in", reading("Who", "Who"));
    put("/session", vec![("post", sign_in), ("get", who), ("delete", sign_out)]);

    let needed = replies("Whether there is no company yet, and what one may be made of", reference("SetupNeeded"));
    let mut needed = operation(
        "setup_needed",
        "Whether a first company is to be set up",
        with_problems(json!({"200": needed}), &[429]),
    );
    let made = replies("Set up and signed in; two cookies are set as well", reference("SetUp"));
    let first = operation(
        "set_up",
        "Set up the first company and its administrator, with the key that the server printed when it started",
        with_problems(json!({"201": made}), &[400, 403, 409, 422, 429]),
    );
    let mut first = with_body(first, reference("FirstCompany"));
    needed["security"] = json!([]);
    first["security"] = json!([]);
    put("/setup", vec![("get", needed), ("post", first)]);

    let about = "Apps, objects, fields, views and actions that you may see";
    let mut meta = operation("meta", about, reading("Metadata", "Meta"));
    meta["parameters"] = json!([parameter("Company")]);
    put("/meta", vec![("get", meta)]);

    let mut search = operation("search", "Search everything that you may read", reading("Hits", "SearchHits"));
    search["parameters"] = search_parameters();
    put("/search", vec![("get", search)]);

    let mut shared = operation(
        "shared",
        "The record that a link shares; no sign-in is needed",
        reading("The record", "SharedRecord"),
    );
    shared["responses"] = with_problems(json!({"200": replies("The record", reference("SharedRecord"))}), &[404, 429]);
    let token = json!([{
        "name": "token", "in": "path", "required": true, "description": "The link's token",
        "schema": {"type": "string"}
    }]);
    shared["parameters"] = token.clone();
    shared["security"] = json!([]);
    put("/shared/{token}", vec![("get", shared)]);

    let about = "Turn off the kind of mail that a link in it names, for its reader (RFC 8058); no sign-in is needed";
    let off = with_problems(json!({"204": {"description": "Turned off"}}), &[404, 429]);
    let mut unsubscribe = operation("unsubscribe", about, off);
    unsubscribe["parameters"] = token;
    unsubscribe["security"] = json!([]);
    put("/unsubscribe/{token}", vec![("post", unsubscribe)]);

    let mut runs =
        operation("runs", "Your own runs, newest first, and whether each can be undone", reading("Runs", "RunPage"));
    let limit = json!({"type": "integer", "minimum": 1, "maximum": 50, "default": 20});
    runs["parameters"] = json!([query("limit", "Runs of the page", &limit), parameter("After")]);
    put("/runs", vec![("get", runs)]);

    let mut events = operation(
        "events",
        "The event log, oldest first; a stream with `Accept: text/event-stream`",
        reading("Events", "EventPage"),
    );
    events["parameters"] = json!([
        parameter("Seq"),
        {"name": "Last-Event-ID", "in": "header", "description": "Where a stream goes on", "schema": {"type": "integer", "format": "int64"}}
    ]);
    events["responses"]["200"]["content"]["text/event-stream"] = json!({"schema": {"type": "string"}});
    put("/events", vec![("get", events)]);

    let document = replies("This document", json!({"type": "object", "additionalProperties": true}));
    let mut openapi = operation("openapi", "This document", with_problems(json!({"200": document}), &[]));
    openapi["security"] = json!([]);
    put("/openapi.json", vec![("get", openapi)]);

    let graphql = operation(
        "graphql",
        "Ask and change by GraphQL; errors carry problems in their `extensions`",
        with_problems(
            json!({"200": replies("Data, errors or both", json!({"type": "object", "additionalProperties": true}))}),
            &[400, 401, 403, 413, 429],
        ),
    );
    let question = json!({
        "type": "object", "required": ["query"], "additionalProperties": false,
        "properties": {
            "query": {"type": "string", "maxLength": 65_536},
            "variables": {"type": ["object", "null"], "additionalProperties": true},
            "operationName": {"type": ["string", "null"]},
            "extensions": {"type": ["object", "null"], "additionalProperties": true}
        }
    });
    let mut graphql = with_body(graphql, question);
    graphql["parameters"] = json!([parameter("Company"), parameter("Csrf")]);
    put("/graphql", vec![("post", graphql)]);

    let changed = |about: &str, schema: Json| {
        let mut reply = replies(about, schema);
        reply["headers"] = run_headers();
        with_problems(json!({"200": reply}), &[400, 401, 403, 404, 409, 412, 413, 422, 429])
    };
    let mut batch = operation(
        "batch",
        "Run actions as one transaction; a failure names its step",
        changed("All ran", reference("BatchReply")),
    );
    batch["responses"]["202"] = waits();
    let calls =
        json!({"type": "array", "items": reference("Call"), "minItems": 1, "maxItems": nexus_kernel::BATCH_MAX});
    let mut batch = with_body(batch, calls);
    batch["parameters"] = of_change().into();
    put("/batch", vec![("post", batch)]);

    let undo = operation(
        "undo",
        "Take a run back: all of it, or nothing with the conflicts",
        changed("Taken back", reference("UndoReply")),
    );
    let run = json!({
        "type": "object", "properties": {"run": {"type": "string", "format": "uuid"}}, "required": ["run"],
        "additionalProperties": false
    });
    let mut undo = with_body(undo, run);
    undo["parameters"] = json!([parameter("Preview"), parameter("Csrf")]);
    put("/undo", vec![("post", undo)]);

    let names: Vec<&str> = registry.actions().map(|action| action.name.as_str()).collect();
    let action = operation(
        "run_action",
        "Run any action by its full name; the record stands as `record` beside the input",
        changed("The action's output", json!({})),
    );
    let mut action = with_body(action, json!({"type": "object", "additionalProperties": true}));
    action["responses"]["202"] = waits();
    let mut parameters =
        vec![json!({"name": "action", "in": "path", "required": true, "schema": {"type": "string", "enum": names}})];
    parameters.extend(of_change());
    action["parameters"] = parameters.into();
    put("/actions/{action}", vec![("post", action)]);
    paths
}
