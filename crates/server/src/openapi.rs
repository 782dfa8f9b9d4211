//! The OpenAPI 3.1 document, generated from the registry: what a client can rely on, and nothing besides.
//!
//! Operation ids are made of app, verb and object (`crm_list_lead`, `crm_convert_lead`), so that they stay
//! when others come.

mod fixed;
mod lift;
mod objects;
mod parts;
mod shapes;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use nexus_kernel::Registry;
use nexus_kernel::faces::schema;
use serde_json::{Map, Value as Json, json};

use lift::Components;

/// The document of all objects, actions and reports of a registry.
pub fn document(registry: &Registry) -> Json {
    let mut components = Components::new(schema::components(&registry.schema));
    components.extend(shapes::shapes());
    let mut paths = fixed::paths(registry);
    for object in registry.schema.objects().filter(|object| object.child_of.is_none()) {
        paths.extend(objects::paths(registry, object, &mut components));
    }
    for (app, report) in &registry.reports {
        let (path, item) = objects::report(app, report, &mut components);
        paths.insert(path, item);
    }
    let tags = registry.schema.apps.values().map(|app| json!({"name": app.name, "description": app.about}));
    let general = json!({"name": "nexus", "description": "Signing in, runs, search and events: what is of no one app"});
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Nexus",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "One contract for every app: records, actions, events.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"session": []}, {"bearer": []}],
        "tags": std::iter::once(general).chain(tags).collect::<Json>(),
        "paths": paths,
        "components": {
            "schemas": components.into_schemas(),
            "parameters": parts::parameters(),
            "headers": parts::headers(),
            "responses": parts::responses(),
            "securitySchemes": parts::security_schemes()
        }
    })
}

/// `GET /openapi.json`
pub(crate) async fn serve(State(shared): State<crate::Shared>) -> Response {
    let text = shared.openapi.get_or_init(|| document(&shared.kernel.registry).to_string()).clone();
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// Operations of a path by method.
type Item = Map<String, Json>;

/// A path's operations from method and operation.
fn item(operations: impl IntoIterator<Item = (&'static str, Json)>) -> Item {
    operations.into_iter().map(|(method, operation)| (method.to_owned(), operation)).collect()
}
