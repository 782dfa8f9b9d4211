//! The OpenAPI document, generated from the registry.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use nexus_kernel::Registry;
use serde_json::{Value, json};

/// The document of all objects and actions of a registry.
pub fn document(_registry: &Registry) -> Value {
    json!({})
}

pub(crate) async fn serve(State(shared): State<crate::Shared>) -> Response {
    let text = shared.openapi.get_or_init(|| document(&shared.kernel.registry).to_string()).clone();
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}
