//! Bodies that belong to no object: problems, previews, events, metadata.

use serde_json::{Map, Value as Json, json};

fn object(properties: Json, required: &[&str]) -> Json {
    json!({"type": "object", "properties": properties, "required": required})
}

fn list(of: &str) -> Json {
    json!({"type": "array", "items": one(of)})
}

fn one(of: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{of}")})
}

/// The schemas by name.
pub(super) fn shapes() -> Map<String, Json> {
    let text = || json!({"type": "string"});
    let maybe = || json!({"type": ["string", "null"]});
    let uuid = || json!({"type": "string", "format": "uuid"});
    let count = || json!({"type": "integer", "minimum": 0});
    let mut shapes = Map::new();
    let mut put = |name: &str, schema: Json| shapes.insert(name.to_owned(), schema);
    put(
        "FieldError",
        object(json!({"field": text(), "rule": text(), "message": text()}), &["field", "rule", "message"]),
    );
    put(
        "Conflict",
        object(
            json!({"app": text(), "object": text(), "record": uuid(), "field": text(), "message": text()}),
            &["app", "object", "record", "field", "message"],
        ),
    );
    let problem = json!({
        "type": text(), "title": text(), "status": {"type": "integer"}, "detail": text(), "errors": list("FieldError"),
        "conflicts": list("Conflict"), "step": count()
    });
    put("Problem", object(problem, &["type", "title", "status", "detail", "errors"]));
    put("FieldChange", object(json!({"field": text(), "from": {}, "to": {}}), &["field", "from", "to"]));
    let verb = json!({"type": "string", "enum": ["create", "update", "delete", "restore"]});
    let change = json!({
        "app": text(), "object": text(), "record": uuid(), "title": text(), "verb": verb, "action": text(),
        "summary": text(), "fields": list("ToldChange")
    });
    put("Change", object(change, &["app", "object", "record", "title", "verb", "action", "summary", "fields"]));
    put("Preview", object(json!({"output": {}, "changes": list("Change")}), &["output", "changes"]));
    let event = json!({
        "seq": {"type": "integer", "format": "int64"}, "at": {"type": "string", "format": "date-time"}, "action": text(),
        "verb": verb, "run": uuid(), "app": text(), "object": text(), "record": uuid(), "version": {"type": "integer"},
        "user": object(json!({"id": uuid(), "name": text()}), &["id", "name"]), "fields": list("FieldChange")
    });
    put("Event", object(event, &["seq", "at", "action", "verb", "run", "app", "object", "record", "user", "fields"]));
    let next = json!({"type": ["integer", "null"], "format": "int64"});
    let run = json!({
        "id": uuid(), "at": {"type": "string", "format": "date-time"}, "action": text(), "label": text(), "app": text(),
        "undone_by": {"type": ["string", "null"], "format": "uuid"}, "undoable": {"type": "boolean"},
        "records": count(), "more": {"type": "boolean", "description": "It changed more than the events tell"},
        "events": list("Event")
    });
    let members = ["id", "at", "action", "label", "app", "undone_by", "undoable", "records", "more", "events"];
    put("Run", object(run, &members));
    let after = json!({"type": ["string", "null"], "format": "uuid"});
    put("RunPage", object(json!({"data": list("Run"), "next": after}), &["data", "next"]));
    put("EventPage", object(json!({"data": list("Event"), "next": next}), &["data", "next"]));
    let state = json!({"type": "string", "enum": ["asked"]});
    put(
        "Asked",
        object(json!({"approval": uuid(), "state": state, "detail": text()}), &["approval", "state", "detail"]),
    );
    let told = json!({"field": text(), "from": {}, "to": {}, "text": text()});
    put("ToldChange", object(told, &["field", "from", "to", "text"]));
    let fate = json!({"type": "string", "enum": ["created", "changed", "deleted", "same"]});
    let difference = json!({"id": uuid(), "title": text(), "fate": fate, "changes": list("ToldChange")});
    put("Difference", object(difference, &["id", "title", "fate", "changes"]));
    let differences = json!({"created": count(), "changed": count(), "deleted": count(), "data": list("Difference")});
    put("Differences", object(differences, &["created", "changed", "deleted", "data"]));
    put("Titled", object(json!({"id": uuid(), "title": text()}), &["id", "title"]));
    let shared = json!({
        "object": text(), "label": text(), "title": text(), "right": {"type": "string", "enum": ["read"]},
        "expires_at": {"type": ["string", "null"], "format": "date-time"}, "record": {"type": "object"}
    });
    put("SharedRecord", object(shared, &["object", "label", "title", "right", "record"]));
    let texts = json!({"type": "array", "items": text()});
    let why = json!({"criterion": text(), "fields": texts, "same": {"type": "boolean"}});
    put("Likeness", object(json!({"records": list("Titled"), "reasons": list("Why")}), &["records", "reasons"]));
    put("Why", object(why, &["criterion", "fields", "same"]));
    put("Duplicates", object(json!({"data": list("Likeness")}), &["data"]));
    let allows = json!({"type": ["boolean", "null"]});
    let reason = json!({
        "rule": text(), "allows": allows, "role": text(), "entry": text(), "condition": text(), "share": uuid(),
        "text": text()
    });
    put("Reason", object(reason, &["rule", "allows", "text"]));
    let explanation = json!({
        "object": text(), "verb": text(), "record": {"type": ["string", "null"], "format": "uuid"}, "user": uuid(),
        "allowed": {"type": "boolean"}, "summary": text(), "reasons": list("Reason")
    });
    put("Explanation", object(explanation, &["object", "verb", "record", "user", "allowed", "summary", "reasons"]));
    put(
        "SearchHit",
        object(
            json!({
                "app": text(), "object": text(), "id": uuid(), "title": text(), "subtitle": text(),
                "snippet": {"type": ["string", "null"], "description": "Where the words stand, as HTML with <mark> around them"},
                "at": {"type": "string", "format": "date-time", "description": "When it was changed last"}
            }),
            &["app", "object", "id", "title", "subtitle", "snippet", "at"],
        ),
    );
    let facet = json!({"value": text(), "label": text(), "count": count()});
    put("SearchFacet", object(facet, &["value", "label", "count"]));
    let facets = ["app", "object", "owner", "time"];
    let facets = object(facets.map(|name| (name.to_owned(), list("SearchFacet"))).into_iter().collect(), &facets);
    let hits = json!({
        "data": list("SearchHit"),
        "next": {"type": ["string", "null"], "description": "The `after` of the next page; null on the last"},
        "count": count(),
        "capped": {"type": "boolean", "description": "There may be more: no more than the best 10,000 were looked at"},
        "facets": facets,
        "behind": {"type": "integer", "format": "int64", "description": "Events that the index does not know yet"},
        "making": {"type": "boolean", "description": "The index is being made, so that not every record is found yet"}
    });
    put("SearchHits", object(hits, &["data", "next", "count", "capped", "facets", "behind", "making"]));
    let row = json!({"type": "object", "additionalProperties": true});
    put("Figures", object(json!({"data": {"type": "array", "items": row}}), &["data"]));
    put(
        "Reject",
        object(json!({"row": count(), "errors": list("FieldError"), "data": row}), &["row", "errors", "data"]),
    );
    let import = json!({
        "run": uuid(), "rows": count(), "created": count(), "updated": count(), "unchanged": count(), "rejected_count": count(),
        "rejected": list("Reject"), "preview": list("Change"),
        "file": {"type": "object", "additionalProperties": true, "description": "How the file was read: what was said of it, and what was made out"}
    });
    put(
        "ImportReport",
        object(import, &["run", "rows", "created", "updated", "unchanged", "rejected_count", "rejected", "file"]),
    );
    let refused = json!({"index": count(), "id": {"type": ["string", "null"], "format": "uuid"}, "title": text(), "errors": list("FieldError")});
    put("Refused", object(refused, &["id", "title", "errors"]));
    let bulk = json!({
        "run": uuid(), "selected": count(), "done": count(), "skipped": count(), "refused_count": count(),
        "refused": list("Refused"), "tried": count(), "changes": list("Change")
    });
    put("BulkReport", object(bulk, &["run", "selected", "done", "skipped", "refused_count", "refused"]));
    put("BulkRequest", nexus_kernel::operation::schema::<nexus_kernel::BulkRequest>());
    put(
        "Call",
        object(
            json!({"action": text(), "record": {"type": ["string", "null"], "format": "uuid"}, "input": {}}),
            &["action"],
        ),
    );
    let batch = json!({"run": uuid(), "outputs": {"type": "array", "items": {}}, "changes": list("Change")});
    put("BatchReply", object(batch, &["run", "outputs"]));
    let undone = json!({
        "run": uuid(), "undone": uuid(), "kept": {"type": "array", "items": uuid()}, "kept_count": count(),
        "changes": list("Change")
    });
    put("UndoReply", object(undone, &["run", "undone", "changes"]));
    put("Who", object(json!({"user": one("User"), "tenant": one("Tenant")}), &["user", "tenant"]));
    let signed_in = json!({"token": text(), "csrf": text(), "user": one("User"), "tenant": one("Tenant")});
    put("SignedIn", object(signed_in, &["token", "csrf", "user", "tenant"]));
    put(
        "Credentials",
        object(
            json!({"email": text(), "password": {"type": "string", "format": "password"}, "tenant": maybe()}),
            &["email", "password"],
        ),
    );
    put("Country", object(json!({"code": text(), "currency": text()}), &["code", "currency"]));
    let texts = json!({"type": "array", "items": text()});
    let app = json!({"name": text(), "label": text(), "about": text(), "icon": text(), "depends": texts});
    put("AppOffered", object(app, &["name", "label", "about", "icon", "depends"]));
    let needed = json!({"needed": {"type": "boolean"}, "countries": list("Country"), "apps": list("AppOffered")});
    put("SetupNeeded", object(needed, &["needed"]));
    let password = json!({"type": "string", "format": "password"});
    let first = json!({
        "key": text(), "company": text(), "country": text(), "currency": text(), "name": text(), "email": text(),
        "password": password, "demo": {"type": "boolean", "default": false}
    });
    put("FirstCompany", object(first, &["key", "company", "country", "currency", "name", "email", "password"]));
    put("DemoUser", object(json!({"email": text(), "title": text()}), &["email", "title"]));
    let set_up = json!({
        "token": text(), "csrf": text(), "user": one("User"), "tenant": one("Tenant"), "demo": list("DemoUser")
    });
    put("SetUp", object(set_up, &["token", "csrf", "user", "tenant", "demo"]));
    shapes.extend(nexus_kernel::faces::meta::schemas());
    shapes
}
