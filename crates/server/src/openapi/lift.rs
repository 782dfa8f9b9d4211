//! Schemas of the document: each once, under a name of its own.

use serde_json::{Map, Value as Json, json};

use nexus_kernel::faces::schema::{component, reference};

/// The schemas that others refer to.
pub(super) struct Components(Map<String, Json>);

impl Components {
    pub(super) fn new(schemas: Map<String, Json>) -> Components {
        Components(schemas)
    }

    pub(super) fn extend(&mut self, schemas: Map<String, Json>) {
        self.0.extend(schemas);
    }

    pub(super) fn into_schemas(self) -> Map<String, Json> {
        self.0
    }

    /// Keeps a schema under `name`, its `$defs` beside it, and answers a reference to it.
    pub(super) fn add(&mut self, name: &str, schema: Json) -> Json {
        let lifted = self.lift(name, schema);
        self.0.insert(name.to_owned(), lifted);
        reference(name)
    }

    /// The schema with its `$defs` moved here, named after `owner`.
    pub(super) fn lift(&mut self, owner: &str, mut schema: Json) -> Json {
        let definitions = schema.as_object_mut().and_then(|members| members.remove("$defs"));
        redirect(&mut schema, owner);
        if let Some(Json::Object(definitions)) = definitions {
            for (name, mut definition) in definitions {
                redirect(&mut definition, owner);
                self.0.insert(format!("{owner}{name}"), definition);
            }
        }
        schema
    }

    /// What an action answers; a record is answered by the object's own schema.
    pub(super) fn output(&mut self, owner: &str, schema: Option<&Json>) -> Json {
        let Some(schema) = schema else { return json!({}) };
        match schema["x-object"].as_str() {
            Some(object) if schema.get("properties").is_none() && self.0.contains_key(&component(object)) => {
                reference(&component(object))
            }
            _ => self.add(&format!("{owner}Output"), schema.clone()),
        }
    }
}

/// Makes references into `$defs` references to the components that they become.
fn redirect(schema: &mut Json, owner: &str) {
    match schema {
        Json::Object(members) => {
            for (key, value) in members {
                match value.as_str().filter(|_| key == "$ref").and_then(|target| target.strip_prefix("#/$defs/")) {
                    Some(name) => *value = reference(&format!("{owner}{name}"))["$ref"].take(),
                    None => redirect(value, owner),
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| redirect(item, owner)),
        _ => {}
    }
}
