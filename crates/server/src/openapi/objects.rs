//! The paths of one object: list, create, get, change, delete, history, figures, files, actions.

use nexus_kernel::faces::schema::{component, reference};
use nexus_kernel::model::Object;
use nexus_kernel::sheets::Format;
use nexus_kernel::{Action, Registry};
use serde_json::{Map, Value as Json, json};

use super::lift::Components;
use super::parts::{
    changed_headers, created_headers, etag_header, of_change, parameter, replies, run_headers, updated_headers, waits,
    with_problems,
};
use super::{Item, item};

/// Problems of reading.
pub(super) const READING: &[u16] = &[400, 401, 403];
/// Problems of reading one record.
const READING_ONE: &[u16] = &[400, 401, 403, 404];
/// Problems of a change.
const CHANGING: &[u16] = &[400, 401, 403, 404, 409, 412, 413, 422, 429];

fn operation(object: &Object, verb: &str, summary: String, responses: Json) -> Json {
    let id = format!("{}_{verb}_{}", object.name.app(), object.name.object());
    json!({"operationId": id, "summary": summary, "tags": [object.name.app()], "responses": responses})
}

fn with_parameters(mut operation: Json, names: &[&str]) -> Json {
    operation["parameters"] = names.iter().map(|name| parameter(name)).collect();
    operation
}

fn with_body(mut operation: Json, schema: Json, required: bool) -> Json {
    operation["requestBody"] = json!({"required": required, "content": {"application/json": {"schema": schema}}});
    operation
}

/// `crm.convert_lead` → `CrmConvertLead`, the beginning of its schemas' names.
fn owner(action: &Action) -> String {
    component(&action.name)
}

pub(super) fn paths(registry: &Registry, object: &Object, components: &mut Components) -> Map<String, Json> {
    let base = format!("/{}", object.path());
    let mut paths = Map::new();
    let mut put = |path: String, operations: Vec<(&'static str, Json)>| {
        let known: &mut Json = paths.entry(path).or_insert_with(|| Json::Object(Item::new()));
        if let Some(known) = known.as_object_mut() {
            known.extend(item(operations));
        }
    };
    put(base.clone(), vec![("get", list(object))]);
    put(format!("{base}/{{id}}"), vec![("get", get(object))]);
    put(format!("{base}/{{id}}/history"), vec![("get", history(object))]);
    put(format!("{base}/{{id}}/changes"), vec![("get", changes(object, true))]);
    put(format!("{base}/changes"), vec![("get", changes(object, false))]);
    put(format!("{base}/{{id}}/explain"), vec![("get", explain(object, true))]);
    put(format!("{base}/explain"), vec![("get", explain(object, false))]);
    if !object.duplicates.is_empty() {
        put(format!("{base}/duplicates"), vec![("get", duplicates(object))]);
    }
    put(format!("{base}/aggregate"), vec![("get", aggregate(object))]);
    put(format!("{base}/export"), vec![("get", export(object))]);
    put(format!("{base}/import"), vec![("post", import(object))]);
    put(format!("{base}/import/inspect"), vec![("post", inspect(object))]);
    if object.name.as_str() == "core.import" {
        put(format!("{base}/{{id}}/rejects"), vec![("get", rejects(object))]);
    }
    put(format!("{base}/bulk"), vec![("post", bulk(object))]);
    for print in registry.prints.iter().filter(|print| print.object == object.name.as_str()) {
        put(format!("{base}/{{id}}/print/{}", print.name), vec![("get", print_of(object, print))]);
    }
    for action in registry.actions().filter(|action| action.object.as_ref().is_some_and(|of| of.name == object.name)) {
        let (path, method) = match (action.generic, action.segment.as_str(), action.on_record) {
            (true, "create", _) => (base.clone(), "post"),
            (true, "update", _) => (format!("{base}/{{id}}"), "patch"),
            (true, "delete", _) => (format!("{base}/{{id}}"), "delete"),
            (_, segment, true) => (format!("{base}/{{id}}/{segment}"), "post"),
            (_, segment, false) => (format!("{base}/{segment}"), "post"),
        };
        put(path, vec![(method, run(action, object, components))]);
    }
    paths
}

fn list(object: &Object) -> Json {
    let page = json!({
        "type": "object",
        "properties": {
            "data": {"type": "array", "items": reference(&component(object.name.as_str()))},
            "next": {"type": ["string", "null"], "description": "The `after` of the next page; null on the last"},
            "count": {"type": "integer", "minimum": 0}
        },
        "required": ["data", "next"]
    });
    let responses = with_problems(json!({"200": replies("A page", page)}), READING);
    let listing = operation(object, "list", format!("List {}", object.plural.to_lowercase()), responses);
    with_parameters(
        listing,
        &[
            "Filter", "Text", "Tag", "View", "Sort", "Fields", "Expand", "Limit", "After", "Count", "Deleted", "At",
            "Language",
        ],
    )
}

fn get(object: &Object) -> Json {
    let mut reply = replies("The record", reference(&component(object.name.as_str())));
    reply["headers"] = etag_header();
    let responses = with_problems(json!({"200": reply}), READING_ONE);
    let getting = operation(object, "get", format!("One {} with its rows", object.label.to_lowercase()), responses);
    with_parameters(getting, &["Id", "Fields", "Expand", "At", "Language"])
}

fn history(object: &Object) -> Json {
    let responses = with_problems(json!({"200": replies("Events, newest first", reference("EventPage"))}), READING_ONE);
    let about = format!("What happened to a {}", object.label.to_lowercase());
    with_parameters(operation(object, "history", about, responses), &["Id", "Seq"])
}

fn changes(object: &Object, one: bool) -> Json {
    let (verb, shape, label) = if one {
        ("changes", "Difference", format!("a {}", object.label.to_lowercase()))
    } else {
        ("all_changes", "Differences", object.plural.to_lowercase())
    };
    let reply = replies("The difference, in words as well", reference(shape));
    let responses = with_problems(json!({"200": reply}), if one { READING_ONE } else { READING });
    let about = format!("What became of {label} between two moments");
    let names: &[&str] = if one { &["Id", "From", "To"] } else { &["From", "To"] };
    with_parameters(operation(object, verb, about, responses), names)
}

fn explain(object: &Object, one: bool) -> Json {
    let (verb, label) = if one {
        ("explain", format!("a {}", object.label.to_lowercase()))
    } else {
        ("explain_all", object.plural.to_lowercase())
    };
    let reply = replies("Whether it may be done, and what decides", reference("Explanation"));
    let responses = with_problems(json!({"200": reply}), READING_ONE);
    let about = format!("Why something may or may not be done with {label}");
    let names: &[&str] = if one { &["Id", "Verb", "User"] } else { &["Verb", "User"] };
    with_parameters(operation(object, verb, about, responses), names)
}

fn duplicates(object: &Object) -> Json {
    let reply = replies("Groups of records that may be one", reference("Duplicates"));
    let about = format!("{} that may be one", object.plural);
    let of = json!({
        "name": "of", "in": "query", "description": "Only what may be one with this record",
        "schema": {"type": "string", "format": "uuid"}
    });
    let looking = operation(object, "duplicates", about, with_problems(json!({"200": reply}), READING));
    let mut looking = with_parameters(looking, &["Filter"]);
    if let Some(parameters) = looking["parameters"].as_array_mut() {
        parameters.push(of);
    }
    looking
}

fn aggregate(object: &Object) -> Json {
    let about = "Rows keyed by the groups and measures asked for";
    let responses = with_problems(json!({"200": replies(about, reference("Figures"))}), READING);
    let figures = operation(object, "aggregate", format!("Figures of {}", object.plural.to_lowercase()), responses);
    with_parameters(figures, &["Group", "Measures", "Filter", "Text", "At"])
}

/// A file in any of the forms that are written.
fn file(about: &str) -> Json {
    let text = json!({"schema": {"type": "string"}});
    let content = Format::ALL.map(|(_, format)| {
        let media = format.media_type().split(';').next().unwrap_or_default();
        (media.to_owned(), text.clone())
    });
    json!({"description": about, "content": Map::from_iter(content)})
}

fn export(object: &Object) -> Json {
    let about = format!("{} as a file", object.plural);
    let exporting = operation(object, "export", about, with_problems(json!({"200": file("The file")}), READING));
    let mut exporting = with_parameters(exporting, &["Filter", "Text", "Tag", "View", "Sort", "Fields", "At"]);
    let format = json!({
        "name": "format", "in": "query", "description": "`json` is one record a line",
        "schema": {"type": "string", "enum": Format::ALL.map(|(name, _)| name), "default": "csv"}
    });
    if let Some(parameters) = exporting["parameters"].as_array_mut() {
        parameters.push(format);
    }
    exporting
}

fn rejects(object: &Object) -> Json {
    let about = "The rows that were refused, in the form of the file that they came from, with the reasons";
    let responses = with_problems(json!({"200": file(about)}), READING_ONE);
    with_parameters(operation(object, "rejects", "Refused rows as a file".to_owned(), responses), &["Id"])
}

/// The form that brings a file.
fn with_file(mut operation: Json, more: Json) -> Json {
    let about =
        "CSV, TSV, columns of a fixed width, XLSX or JSON lines; its form is made out unless the mapping says it";
    let mapping = "A mapping in TOML or JSON, or JSON of field by column";
    let mut form = json!({
        "type": "object",
        "properties": {
            "file": {"type": "string", "contentMediaType": "application/octet-stream", "description": about},
            "mapping": {"type": "string", "description": mapping}
        },
        "required": ["file"]
    });
    if let (Some(properties), Json::Object(more)) = (form["properties"].as_object_mut(), more) {
        properties.extend(more);
    }
    operation["requestBody"] = json!({"required": true, "content": {"multipart/form-data": {"schema": form}}});
    operation
}

/// Problems of a file that is sent.
const SENDING: &[u16] = &[400, 401, 403, 409, 413, 422, 429];

fn import(object: &Object) -> Json {
    let report = replies("What became of the rows; those refused with the reason", reference("ImportReport"));
    let responses = with_problems(json!({"200": report}), SENDING);
    let importing = operation(object, "import", format!("Import {}", object.plural.to_lowercase()), responses);
    let run = "The id of the run, of your choice; an import that was begun under it goes on where it stood";
    let more = json!({
        "preview": {"type": "string", "enum": ["true", "false"], "description": "Answer what would change, and change nothing"},
        "run": {"type": "string", "format": "uuid", "description": run}
    });
    with_file(with_parameters(importing, &["Company", "Csrf"]), more)
}

fn inspect(object: &Object) -> Json {
    let about = "Its form, where its columns would go, and what has to be said before it is imported";
    let responses = with_problems(json!({"200": replies(about, reference("Inspection"))}), SENDING);
    let about = format!("What a file of {} seems to be", object.plural.to_lowercase());
    with_file(with_parameters(operation(object, "inspect", about, responses), &["Csrf"]), json!({}))
}

fn bulk(object: &Object) -> Json {
    let mut report = replies("What became of the records; those refused with the reason", reference("BulkReport"));
    report["headers"] = run_headers();
    let responses = with_problems(json!({"200": report}), CHANGING);
    let about = format!("One action on many {} as one run", object.plural.to_lowercase());
    let bulk = with_parameters(operation(object, "bulk", about, responses), &["Company", "Csrf"]);
    with_body(bulk, reference("BulkRequest"), true)
}

fn print_of(object: &Object, print: &nexus_kernel::app::Print) -> Json {
    let pdf = json!({"description": "The document", "content": {"application/pdf": {"schema": {"type": "string", "contentMediaType": "application/pdf"}}}});
    let mut printing =
        operation(object, "print", format!("{} as PDF", print.label), with_problems(json!({"200": pdf}), READING_ONE));
    printing["operationId"] =
        format!("{}_print_{}_{}", object.name.app(), object.name.object(), print.name.replace('-', "_")).into();
    with_parameters(printing, &["Id"])
}

/// An action's operation; create, update and delete are actions as well.
fn run(action: &Action, object: &Object, components: &mut Components) -> Json {
    let owner = owner(action);
    let record = reference(&component(object.name.as_str()));
    let preview = reference("Preview");
    let plain = |about: &str, schema: Json, headers: Json| {
        let mut reply = replies(about, schema);
        reply["headers"] = headers;
        reply
    };
    let mut success = match (action.generic, action.segment.as_str()) {
        (true, "create") => json!({
            "201": plain("The new record", record, created_headers()),
            "200": replies("What would change", preview)
        }),
        (true, "delete") => json!({
            "204": {"description": "Deleted; it can be restored", "headers": changed_headers()},
            "200": replies("What would change", preview)
        }),
        (true, _) => json!({
            "200": plain("The record, or what would change", json!({"anyOf": [record, preview]}), updated_headers())
        }),
        _ => {
            let output = components.output(&owner, action.output.as_ref());
            let either = json!({"anyOf": [output, preview]});
            json!({"200": plain("The action's output, or what would change", either, run_headers())})
        }
    };
    let summary = match &action.object {
        Some(object) if action.generic => format!("{} {}", action.label, object.label.to_lowercase()),
        _ => action.label.clone(),
    };
    let mut about = action.about.clone();
    if let Some(when) = &action.when {
        about.push_str(&format!(" Only while `{}`.", when.source()));
    }
    if action.effect != nexus_kernel::Effect::Read {
        success["202"] = waits();
    }
    if let Some(rule) = object.approvals.get(&action.segment.replace('-', "_")) {
        let when = rule.when.as_ref().map(|when| format!(" while `{}`", when.source())).unwrap_or_default();
        about.push_str(&format!(" Waits for approval by {}{when}.", rule.by.join(" or ")));
    }
    let mut operation = json!({
        "operationId": action.name.replace('.', "_"), "summary": summary, "description": about, "tags": [action.app],
        "x-action": action.name, "x-effect": action.effect, "responses": with_problems(success, CHANGING)
    });
    let mut parameters = Vec::new();
    if action.on_record {
        parameters.push(parameter("Id"));
    }
    if action.effect != nexus_kernel::Effect::Read {
        parameters.extend(of_change());
    }
    if action.on_record {
        parameters.push(parameter("IfMatch"));
    }
    operation["parameters"] = parameters.into();
    if action.generic && action.segment == "delete" {
        return operation;
    }
    // What takes nothing, or nothing that must be there, may come without a body.
    let required = action.input["required"].as_array().is_some_and(|required| !required.is_empty());
    let bare = action.input["properties"].as_object().is_none_or(Map::is_empty);
    if bare {
        return operation;
    }
    let input = components.add(&format!("{owner}Input"), action.input.clone());
    with_body(operation, input, required)
}
