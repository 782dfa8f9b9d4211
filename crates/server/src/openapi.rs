//! The OpenAPI document (its body is on its way).
use axum::extract::State;
use axum::response::{IntoResponse, Response};
pub(crate) async fn serve(State(_): State<crate::Shared>) -> Response { "{}".into_response() }
