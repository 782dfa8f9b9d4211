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
        "summary": text(), "fields": list("FieldChange")
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
    put("EventPage", object(json!({"data": list("Event"), "next": next}), &["data", "next"]));
    put(
        "SearchHit",
        object(
            json!({"app": text(), "object": text(), "id": uuid(), "title": text(), "subtitle": text()}),
            &["app", "object", "id", "title", "subtitle"],
        ),
    );
    put("SearchHits", object(json!({"data": list("SearchHit")}), &["data"]));
    let row = json!({"type": "object", "additionalProperties": true});
    put("Figures", object(json!({"data": {"type": "array", "items": row}}), &["data"]));
    put(
        "Reject",
        object(json!({"row": count(), "errors": list("FieldError"), "data": row}), &["row", "errors", "data"]),
    );
    let import = json!({
        "run": uuid(), "rows": count(), "created": count(), "updated": count(), "rejected_count": count(),
        "rejected": list("Reject"), "preview": list("Change")
    });
    put("ImportReport", object(import, &["run", "rows", "created", "updated", "rejected_count", "rejected"]));
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
    let roles = json!({"type": "array", "items": text()});
    put(
        "User",
        object(
            json!({"id": uuid(), "name": text(), "email": text(), "roles": roles}),
            &["id", "name", "email", "roles"],
        ),
    );
    put("Tenant", object(json!({"slug": text(), "name": text()}), &["slug", "name"]));
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
    shapes.extend(meta());
    shapes
}

/// The schemas of `GET /meta`.
fn meta() -> Map<String, Json> {
    let (text, maybe) = (json!({"type": "string"}), json!({"type": ["string", "null"]}));
    let (flag, texts) = (json!({"type": "boolean"}), json!({"type": "array", "items": {"type": "string"}}));
    let any = json!({"type": "object", "additionalProperties": true});
    let mut shapes = Map::new();
    let mut put = |name: &str, schema: Json| shapes.insert(name.to_owned(), schema);
    let company = json!({"id": {"type": "string", "format": "uuid"}, "name": text, "country": text, "currency": text});
    put("CompanyInfo", object(company, &["id", "name", "country", "currency"]));
    put("MetaChoice", object(json!({"value": text, "label": text}), &["value", "label"]));
    let field = json!({
        "name": text, "label": text, "type": text, "of": list("MetaChoice"), "to": maybe, "required": flag,
        "readonly": flag, "set_once": flag, "computed": flag, "system": flag, "in_list": flag, "in_filter": flag,
        "search": flag, "sortable": flag, "default": {}, "min": maybe, "max": maybe, "pattern": maybe, "unit": maybe,
        "help": maybe, "personal": maybe, "visible_when": maybe, "required_when": maybe, "readonly_when": maybe
    });
    put("MetaField", object(field, &["name", "label", "type", "required", "readonly", "sortable"]));
    let state = json!({"value": text, "label": text, "to": texts, "final": flag, "by": maybe, "requires": texts});
    let states = object(
        json!({
            "field": text, "initial": text,
            "list": {"type": "array", "items": object(state, &["value", "label", "to", "final"])}
        }),
        &["field", "initial", "list"],
    );
    let effects = ["read", "reversible", "compensatable", "irreversible", "external", "money"];
    let action = json!({
        "name": text, "action": text, "label": text, "about": text, "effect": {"type": "string", "enum": effects},
        "on": {"type": "string", "enum": ["record", "object"]}, "when": maybe, "input": any
    });
    put("MetaAction", object(action, &["name", "action", "label", "about", "effect", "on", "when", "input"]));
    let view = json!({"name": text, "label": text, "kind": {"type": "string", "enum": ["table", "kanban", "form"]}});
    let mut view = object(view, &["name", "label", "kind"]);
    view["additionalProperties"] = true.into();
    put("MetaView", view);
    put("MetaPrint", object(json!({"name": text, "label": text}), &["name", "label"]));
    let described = json!({
        "name": text, "path": text, "label": text, "plural": text, "icon": maybe, "about": maybe, "title": text,
        "child": flag, "tree": maybe, "ledger": flag, "sort": maybe, "verbs": texts, "fields": list("MetaField"),
        "states": {"anyOf": [states, {"type": "null"}]}, "views": list("MetaView"), "actions": list("MetaAction"),
        "prints": list("MetaPrint")
    });
    let required = [
        "name", "path", "label", "plural", "title", "child", "ledger", "verbs", "fields", "views", "actions", "prints",
    ];
    put("MetaObject", object(described, &required));
    let column = object(json!({"key": text, "label": text, "type": text}), &["key", "label", "type"]);
    let chart = object(json!({"kind": text, "x": text, "y": text}), &["kind", "x", "y"]);
    let report = json!({
        "name": text, "label": text, "about": text, "params": any, "columns": {"type": "array", "items": column},
        "chart": {"anyOf": [chart, {"type": "null"}]}
    });
    put("MetaReport", object(report, &["name", "label", "about", "params", "columns", "chart"]));
    let app = json!({
        "name": text, "label": text, "icon": text, "suite": text, "about": text, "objects": list("MetaObject"),
        "reports": list("MetaReport")
    });
    put("MetaApp", object(app, &["name", "label", "icon", "suite", "about", "objects", "reports"]));
    let meta = json!({
        "user": one("User"), "tenant": one("Tenant"), "company": {"anyOf": [one("CompanyInfo"), {"type": "null"}]},
        "companies": list("CompanyInfo"), "apps": list("MetaApp")
    });
    put("Meta", object(meta, &["user", "tenant", "company", "companies", "apps"]));
    shapes
}
