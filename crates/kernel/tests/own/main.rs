//! What a tenant declares for itself.

mod manifests;
