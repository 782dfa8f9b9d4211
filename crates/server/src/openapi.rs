//! The OpenAPI 3.1 document, generated from the registry: what a client can rely on, and nothing besides.
//!
//! Operation ids are made of app, verb and object (`crm_list_lead`, `crm_convert_lead`), so that they stay
//! when others come.

mod files;
mod fixed;
mod lift;
mod objects;
mod parts;
mod reports;
mod shapes;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use nexus_kernel::faces::schema;
use nexus_kernel::{Problem, Registry};
use serde_json::{Map, Value as Json, json};

use crate::answer::Answer;
use lift::Components;

/// The document of all objects, actions and reports of a registry.
pub fn document(registry: &Registry) -> Json {
    let mut components = Components::new(schema::components(&registry.schema));
    components.extend(shapes::shapes());
    components.add("Inspection", nexus_kernel::operation::schema::<nexus_kernel::Inspection>());
    let mut paths = fixed::paths(registry);
    paths.extend(files::paths());
    for object in registry.schema.objects().filter(|object| object.child_of.is_none()) {
        paths.extend(objects::paths(registry, object, &mut components));
    }
    for (app, report) in &registry.reports {
        let (path, item) = reports::report(app, report, &mut components);
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

/// The documents of the registries that tenants have.
pub(crate) type Documents = crate::derived::Derived<Arc<str>>;

/// `GET /openapi.json`: of every app here, and to who is signed in, of the tenant's.
pub(crate) async fn serve(State(shared): State<crate::Shared>, headers: HeaderMap) -> Answer {
    let mut tenant = None;
    if let Some((token, _)) = crate::auth::token(&headers) {
        // A token that is over hides nothing that is not shown to everybody.
        tenant = shared.kernel.authenticate(token).await.ok().map(|(tenant, _, _)| tenant);
    }
    let registry = tenant.as_ref().map_or(&shared.kernel.registry, |tenant| tenant.registry());
    let text: Arc<str> = shared.openapi.of(registry, || Ok::<_, Problem>(document(registry).to_string().into()))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text.to_string()).into_response())
}

/// Operations of a path by method.
type Item = Map<String, Json>;

/// A path's operations from method and operation.
fn item(operations: impl IntoIterator<Item = (&'static str, Json)>) -> Item {
    operations.into_iter().map(|(method, operation)| (method.to_owned(), operation)).collect()
}
