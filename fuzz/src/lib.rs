//! What the targets of importers share: any bytes as a file of one form, looked at, and read to its end twice.

use std::collections::HashSet;
use std::io::Cursor;
use std::sync::{Arc, LazyLock};

use nexus_kernel::sheets::Sheets;
use nexus_kernel::{App, AppSource, FileFormat, Inspection, Mapping, Problem, Registry, Rows};
use serde_json::{Map, Value};

const APP: &str = "name = \"Yard\"\nsuite = \"business\"\nicon = \"box\"\nabout = \"a\"\n";
const PARCEL: &str = r#"
label = "Parcel"
title = "name"
[fields]
code = { type = "text", unique = true }
name = { type = "text", label = "What it is" }
count = { type = "integer" }
weight = { type = "quantity" }
price = { type = "money" }
day = { type = "date" }
at = { type = "datetime" }
open = { type = "boolean" }
size = { type = "choice", of = ["s", "m", "l"] }
marks = { type = "tags" }
place = { type = "address" }
inside = { type = "link", to = "parcel" }
items = { type = "table", of = "item" }
"#;
const ITEM: &str = "label = \"Item\"\nchild_of = \"parcel\"\n[fields]\nwhat = { type = \"text\" }\n";

static YARD: LazyLock<Registry> = LazyLock::new(|| {
    let objects = &[("parcel", PARCEL), ("item", ITEM)];
    let app = App::new(AppSource { name: "yard", manifest: APP, objects, ..AppSource::default() });
    Registry::new(vec![app], None).expect("the manifests are sound")
});

/// Reads a file as imports do. What it seems to be is shown whole; what was made out of it and is said the next time reads
/// the same; what cannot be read is refused in words.
pub fn import(format: FileFormat, content: &[u8]) {
    let Some((told, found)) = seen(format, content) else { return };
    let (again, same) = seen(told.file.clone(), content).expect("it was read before");
    assert_eq!(told.columns, again.columns, "under {:?}", told.file);
    assert_eq!(found, same, "under {:?}", told.file);
}

type Found = (Vec<Map<String, Value>>, Option<Problem>);

fn seen(format: FileFormat, content: &[u8]) -> Option<(Inspection, Found)> {
    let parcel = YARD.object("yard.parcel").expect("it was declared");
    let engine: Arc<dyn Sheets> = Arc::new(nexus_sheets::Engine);
    let file = Box::new(Cursor::new(content.to_vec()));
    let mut rows = match Rows::open(file, format, Some(&engine), &|heading| parcel.field(heading).is_some()) {
        Ok(rows) => rows,
        Err(problem) => {
            assert!(!problem.to_string().is_empty());
            return None;
        }
    };
    let told = Inspection::of(&YARD, parcel, &rows, Mapping::default());
    let fields: Vec<_> = told.columns.iter().filter_map(|guess| guess.field.as_ref()).collect();
    assert_eq!(fields.len(), fields.iter().collect::<HashSet<_>>().len(), "two columns for one field");
    let mut found = Vec::new();
    loop {
        match rows.take(100) {
            Ok(some) if some.is_empty() => return Some((told, (found, None))),
            Ok(some) => found.extend(some),
            Err(problem) => return Some((told, (found, Some(problem)))),
        }
    }
}
