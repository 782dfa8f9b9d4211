//! MCP (its body is on its way).
use std::sync::Arc;
pub(crate) fn router(_: Arc<nexus_kernel::Kernel>) -> axum::Router { axum::Router::new() }
