//! What hangs on records, and what people do together: comments, activities, tags, views, shares.

mod activities;
mod hanging;
mod links;
mod reports;
mod runs;
mod sharing;
mod shelves;
mod views;

use nexus_kernel::{App, AppSource, model::Uuid};
use serde_json::{Value as Json, json};

const BOOK: &str = r#"
label = "Book"
title = "name"
archivable = true
[fields]
name  = { type = "text", required = true, search = true }
genre = { type = "choice", of = ["poem", "novel"], default = "novel" }
price = { type = "money" }
owner = { type = "link", to = "core.user", default = "principal.user" }
after = { type = "link", to = "book" }
cost  = { type = "integer", level = 1 }
[duplicates.name]
fields = ["name"]
[access.reader]
rows  = "owner == principal.user"
verbs = ["read", "create", "update", "export"]
[access.clerk]
verbs = ["read", "create", "update", "delete", "merge", "archive", "unarchive"]
"#;
const PAPER: &str = "label = \"Paper\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\", search = true }\n\
                     open = { type = \"boolean\" }\n[access.reader]\nrows = \"open\"\nverbs = [\"read\"]\n";
const VAULT: &str = "label = \"Vault\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\" }\n\
                     [access.clerk]\nverbs = [\"read\"]\n";
/// A link of an app's own to whatever there is, which keeps what it leads to.
const NOTE: &str = "label = \"Note\"\ntitle = \"text\"\n[fields]\ntext = { type = \"text\" }\n\
                    about = { type = \"dynamic_link\" }\n[access.clerk]\nverbs = [\"read\", \"create\"]\n";
const MANIFEST: &str = "name = \"Shelf\"\nsuite = \"t\"\nicon = \"x\"\nabout = \"a\"\n\
                        [roles.reader]\nabout = \"Reads\"\n[roles.clerk]\nabout = \"Works\"\n";

pub(crate) fn apps() -> Vec<App> {
    let objects = &[("book", BOOK), ("paper", PAPER), ("vault", VAULT), ("note", NOTE)];
    vec![App::new(AppSource { name: "shelf", manifest: MANIFEST, objects, reports: reports::REPORTS })]
}

/// A dynamic link to a record.
pub(crate) fn to(object: &str, record: &Json) -> Json {
    json!({"object": object, "id": record["id"]})
}

pub(crate) fn uuid(record: &Json) -> Uuid {
    record["id"].as_str().and_then(|id| id.parse().ok()).expect("an id")
}
