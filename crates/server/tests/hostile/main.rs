//! Bad input and hostile callers before the HTTP face: every refusal is a problem document that names the field,
//! nothing is written, nothing secret is told, and the server goes on.

mod bodies;
mod graph;
mod models;
mod questions;
mod records;
mod sessions;
mod setup;
mod uploads;
mod wire;
