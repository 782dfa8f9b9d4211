//! What operations share: parameters, headers, problems, ways to sign in.

use serde_json::{Map, Value as Json, json};

/// A reference to a shared parameter.
pub(super) fn parameter(name: &str) -> Json {
    json!({"$ref": format!("#/components/parameters/{name}")})
}

pub(super) fn query(name: &str, about: &str, schema: &Json) -> Json {
    json!({"name": name, "in": "query", "description": about, "schema": schema})
}

fn header(name: &str, about: &str, schema: &Json) -> Json {
    json!({"name": name, "in": "header", "description": about, "schema": schema})
}

pub(super) fn parameters() -> Json {
    let (text, uuid) = (json!({"type": "string"}), json!({"type": "string", "format": "uuid"}));
    let integer = json!({"type": "integer", "format": "int64"});
    let flag = json!({"type": "boolean", "default": false});
    let moment = json!({"type": "string", "format": "date-time"});
    json!({
        "Id": {"name": "id", "in": "path", "required": true, "description": "The record", "schema": uuid},
        "Filter": query("filter", "A CEL condition over the fields: `state == 'open' && amount > money('100')`", &text),
        "Text": query("q", "Text that a searchable field contains", &text),
        "Tag": query("tag", "The name of a tag that the records have", &text),
        "View": query("view", "A saved view, whose filter holds as well and whose order and columns are taken where none are asked for", &uuid),
        "Sort": query("sort", "Fields in order, descending with a leading minus: `-amount,name`", &text),
        "Fields": query("fields", "Fields to answer; all but child rows when left out", &text),
        "Expand": query("expand", "Links to answer as whole records instead of ids, child rows to include: `party,lines.product`", &text),
        "Limit": query("limit", "Records of a page", &json!({"type": "integer", "minimum": 1, "maximum": 500, "default": 50})),
        "After": query("after", "The `next` of the page before", &text),
        "Count": query(
            "count",
            "Whether to count what the filter selects; `capped` stops at 10,000",
            &json!({"type": "string", "enum": ["none", "capped", "exact"], "default": "none"})
        ),
        "Deleted": query("deleted", "Deleted records instead of live ones, for who may delete", &flag),
        "Group": query("group", "Fields to group by, dates by `day(x)`, `week(x)`, `month(x)`, `quarter(x)`, `year(x)`: `stage,month(date)`", &text),
        "Measures": query("measures", "`count()`, `sum(f)`, `min(f)`, `max(f)`, `avg(f)`; `count()` when left out", &text),
        "At": query("at", "Answer what was there at this moment, such as `2026-01-31T10:00:00Z`; now when left out", &moment),
        "Language": query("language", "The language in which texts are told that are there in it, such as `fr` or `pt-BR`", &text),
        "From": query("from", "The first moment; the beginning when left out", &moment),
        "To": query("to", "The second moment; now when left out", &moment),
        "Verb": {
            "name": "verb", "in": "query", "required": true, "schema": text,
            "description": "`read`, `create`, `update`, `delete`, `restore`, `export` or the name of an action"
        },
        "User": query("user", "The user who is asked about, by administrators alone; you when left out", &uuid),
        "Seq": query("after", "The sequence number to go on from", &integer),
        "Preview": query("preview", "Answer what would change, and change nothing", &flag),
        "IdempotencyKey": header("Idempotency-Key", "A retry under the same key gets the first reply", &json!({"type": "string", "minLength": 1, "maxLength": 200})),
        "IfMatch": header("If-Match", "The ETag that the change is based on; 412 when the record has changed since", &text),
        "Company": header("Nexus-Company", "The company to work in; the user's own when left out", &uuid),
        "Csrf": header("X-CSRF-Token", "Of a request signed in by cookie: the value of the cookie `nexus_csrf`", &text)
    })
}

/// The parameters of everything that changes something.
pub(super) fn of_change() -> Vec<Json> {
    ["Preview", "IdempotencyKey", "Company", "Csrf"].map(parameter).to_vec()
}

pub(super) fn headers() -> Json {
    let version = json!({"description": "The record's version", "schema": {"type": "string"}});
    let run =
        json!({"description": "The run that `POST /undo` takes back", "schema": {"type": "string", "format": "uuid"}});
    let always = |mut header: Json| {
        header["required"] = true.into();
        header
    };
    let place = json!({"description": "The new record", "schema": {"type": "string", "format": "uri-reference"}});
    json!({
        "ETag": always(version.clone()), "Run": always(run.clone()), "Location": always(place),
        "ETagUnlessPreview": version, "RunUnlessPreview": run
    })
}

fn header_reference(name: &str) -> Json {
    json!({"$ref": format!("#/components/headers/{name}")})
}

/// The headers of a reply that is there only when something changed.
pub(super) fn changed_headers() -> Json {
    json!({"Nexus-Run": header_reference("Run")})
}

/// The headers of a reply that also previews have, which belong to no run.
pub(super) fn run_headers() -> Json {
    json!({"Nexus-Run": header_reference("RunUnlessPreview")})
}

/// The headers of a reply with a new record.
pub(super) fn created_headers() -> Json {
    json!({"ETag": header_reference("ETag"), "Nexus-Run": header_reference("Run"), "Location": header_reference("Location")})
}

/// The headers of a reply with a changed record, or a preview of it.
pub(super) fn updated_headers() -> Json {
    json!({"ETag": header_reference("ETagUnlessPreview"), "Nexus-Run": header_reference("RunUnlessPreview")})
}

pub(super) fn etag_header() -> Json {
    json!({"ETag": header_reference("ETag")})
}

/// Status, name and meaning of each problem.
const PROBLEMS: &[(u16, &str, &str)] = &[
    (400, "Malformed", "The request cannot be understood"),
    (401, "Unauthenticated", "Nobody is signed in"),
    (403, "Denied", "Known, but not allowed"),
    (404, "NotFound", "Not there, or not visible to you"),
    (409, "Conflict", "In the way of another change, or in the wrong state"),
    (412, "Stale", "The record has changed since it was read"),
    (413, "TooLarge", "Larger than the limit"),
    (422, "Invalid", "A rule of the data is broken; `errors` names the fields"),
    (423, "Locked", "Another request is at work on it; come back shortly"),
    (429, "Busy", "Too many at once; come back after `Retry-After` seconds"),
    (500, "Internal", "The request failed inside; the log has the reason under `X-Request-Id`"),
];

pub(super) fn responses() -> Json {
    let responses = PROBLEMS.iter().map(|(status, name, about)| {
        let schema = json!({"$ref": "#/components/schemas/Problem"});
        let mut response = json!({"description": about, "content": {"application/problem+json": {"schema": schema}}});
        if *status == 429 {
            response["headers"] = json!({"Retry-After": {"description": "Seconds", "schema": {"type": "integer"}}});
        }
        ((*name).to_owned(), response)
    });
    let mut responses: Map<String, Json> = responses.collect();
    let mut asked = replies(
        "It waits until somebody approves it; nothing else is written",
        json!({"$ref": "#/components/schemas/Asked"}),
    );
    asked["headers"] = json!({"Location": header_reference("Location"), "Nexus-Run": header_reference("Run")});
    responses.insert("Asked".to_owned(), asked);
    Json::Object(responses)
}

/// What is answered in place of a success by an action that waits for approval.
pub(super) fn waits() -> Json {
    json!({"$ref": "#/components/responses/Asked"})
}

/// Replies with the problems that are possible besides 500.
pub(super) fn with_problems(success: Json, statuses: &[u16]) -> Json {
    let mut responses: Map<String, Json> = success.as_object().cloned().unwrap_or_default();
    for (status, name, _) in PROBLEMS.iter().filter(|(status, ..)| *status == 500 || statuses.contains(status)) {
        responses.insert(status.to_string(), json!({"$ref": format!("#/components/responses/{name}")}));
    }
    Json::Object(responses)
}

/// A reply with a JSON body.
pub(super) fn replies(about: &str, schema: Json) -> Json {
    json!({"description": about, "content": {"application/json": {"schema": schema}}})
}

pub(super) fn security_schemes() -> Json {
    json!({
        "session": {
            "type": "apiKey", "in": "cookie", "name": "nexus_session",
            "description": "Set by `POST /session`. A change also needs the header `X-CSRF-Token`."
        },
        "bearer": {"type": "http", "scheme": "bearer", "description": "The token of a session, or an API key"}
    })
}
