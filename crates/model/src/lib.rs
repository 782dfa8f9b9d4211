//! Floor 1: what a company's data is. Values, objects, fields, manifests and expressions.
//!
//! Pure: nothing here reads a file, a clock or a network. A manifest is text that became an [`Object`];
//! the objects of all apps together are a [`Schema`]; an [`expr::Expr`] is CEL checked against it.

pub mod dashboard;
pub mod expr;
pub mod field;
pub mod json;
pub mod manifest;
pub mod names;
pub mod object;
pub mod pattern;
pub mod problem;
pub mod record;
pub mod report;
pub mod schema;
pub mod value;
pub mod view;

pub use dashboard::{Dashboard, Tile, TileKind};
pub use field::{Field, FieldType, Personal};
pub use object::{Object, ObjectName};
pub use problem::{FieldError, Problem};
pub use record::Record;
pub use report::Report;
pub use schema::{AppManifest, Schema};
pub use value::{Currency, Money, Value};

pub use jiff::{Timestamp, civil::Date};
pub use rust_decimal::Decimal;
pub use uuid::Uuid;
