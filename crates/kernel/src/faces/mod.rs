//! Reading for the faces: lists, figures, histories, searches, metadata. REST, MCP and the command line all
//! ask here, so that none of them has rules of its own.

pub mod aggregate;
pub(crate) mod declared;
pub mod difference;
pub mod duplicates;
pub mod expand;
pub mod explain;
pub mod export;
pub mod history;
pub mod list;
pub mod log;
pub mod meta;
pub mod offers;
pub mod report;
pub mod runs;
pub mod schema;
pub mod search;
pub(crate) mod shown;
pub(crate) mod tables;
pub(crate) mod tiles;
pub mod words;

pub use list::{ListParams, Page};
pub use shown::Shown;
