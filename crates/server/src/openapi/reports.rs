//! The paths of reports and dashboards.

use nexus_kernel::app::Report;
use nexus_kernel::faces::schema::{component, reference};
use serde_json::{Map, Value as Json, json};

use super::item;
use super::lift::Components;
use super::objects::READING;
use super::parts::{replies, with_problems};

/// A report's path and operation.
pub(super) fn report(app: &str, report: &Report, components: &mut Components) -> (String, Json) {
    let name = report.name.replace('-', "_");
    let params = components.lift(&component(&format!("{app}.{name}")), report.params.clone());
    let required: Vec<&str> = params["required"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    let parameters = params["properties"].as_object().into_iter().flatten().map(|(name, schema)| {
        json!({"name": name, "in": "query", "required": required.contains(&name.as_str()), "schema": schema})
    });
    let mut parameters: Vec<Json> = parameters.collect();
    if params["properties"].get("company").is_none() {
        let company = json!({"type": "string", "format": "uuid"});
        parameters.push(json!({"name": "company", "in": "query", "description": "The company; your own when left out", "schema": company}));
    }
    let columns: Map<String, Json> =
        report.columns.iter().map(|column| (column.key.clone(), cell(&column.label, column.kind))).collect();
    let rows = json!({"type": "array", "items": {"type": "object", "properties": columns}});
    let body = if report.tiles.is_empty() {
        json!({
            "type": "object",
            "properties": {"rows": rows, "totals": {"type": "object", "additionalProperties": true}},
            "required": ["rows"]
        })
    } else {
        let about = "Each as it is declared, with its `data`, or with why it is `refused`";
        let tile = json!({"type": "object", "additionalProperties": true});
        json!({
            "type": "object",
            "properties": {"tiles": {"type": "array", "description": about, "items": tile}},
            "required": ["tiles"]
        })
    };
    let operation = json!({
        "operationId": format!("{app}_report_{name}"), "summary": report.label, "description": report.about, "tags": [app],
        "parameters": parameters, "responses": with_problems(json!({"200": replies(&report.about, body)}), READING)
    });
    (format!("/{app}/reports/{}", report.name), Json::Object(item([("get", operation)])))
}

/// The schema of a report's cell.
fn cell(label: &str, kind: &str) -> Json {
    match kind {
        "money" => json!({"anyOf": [reference("Money"), {"type": "null"}], "description": label}),
        "integer" | "rating" | "duration" => json!({"type": ["integer", "null"], "description": label}),
        "boolean" => json!({"type": ["boolean", "null"], "description": label}),
        "date" => json!({"type": ["string", "null"], "format": "date", "description": label}),
        "datetime" => json!({"type": ["string", "null"], "format": "date-time", "description": label}),
        "id" | "file" | "image" | "signature" => {
            json!({"type": ["string", "null"], "format": "uuid", "description": label})
        }
        "link" => json!({
            "type": ["object", "null"], "description": label, "required": ["id", "title"],
            "properties": {"id": {"type": "string", "format": "uuid"}, "title": {"type": ["string", "null"]}}
        }),
        "decimal" | "quantity" | "rate" | "percent" => {
            json!({"type": ["string", "null"], "format": "decimal", "description": label})
        }
        _ => json!({"type": ["string", "null"], "description": label}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_the_type_that_its_values_have_in_a_record() {
        for (kind, told, format) in [
            ("text", "string", Json::Null),
            ("choice", "string", Json::Null),
            ("integer", "integer", Json::Null),
            ("duration", "integer", Json::Null),
            ("rating", "integer", Json::Null),
            ("boolean", "boolean", Json::Null),
            ("percent", "string", json!("decimal")),
            ("date", "string", json!("date")),
            ("datetime", "string", json!("date-time")),
            ("id", "string", json!("uuid")),
            ("link", "object", Json::Null),
        ] {
            let cell = cell("Label", kind);
            assert_eq!((&cell["type"], &cell["format"]), (&json!([told, "null"]), &format), "{kind}");
        }
    }
}
