//! A tenant that sells parts, and short words for its files.

use std::io::Cursor;
use std::sync::Arc;

use nexus_kernel::faces::ListParams;
use nexus_kernel::model::Uuid;
use nexus_kernel::sheets::Format;
use nexus_kernel::{App, AppSource, ImportReport, ImportRequest, Inspection, Mapping, Problem};
use nexus_testkit::Tenant;

const APP: &str = r#"
name = "Shop"
suite = "business"
icon = "box"
about = "Parts."
[roles]
clerk = { about = "Keeps the parts" }
"#;

const MAKER: &str = r#"
label = "Maker"
title = "name"
[fields]
name = { type = "text", required = true }
email = { type = "email", unique = true }
[access.clerk]
verbs = ["read", "create"]
"#;

const PART: &str = r#"
label = "Part"
title = "name"
sort = "code"
[fields]
code = { type = "text", required = true, unique = true }
name = { type = "text", required = true, label = "Description" }
price = { type = "money" }
weight = { type = "quantity", label = "Weight in kg" }
since = { type = "date", label = "On sale since" }
seen_at = { type = "datetime" }
active = { type = "boolean" }
stock = { type = "integer" }
grade = { type = "choice", of = ["fine", "plain"] }
tags = { type = "tags" }
maker = { type = "link", to = "maker" }
origin = { type = "address" }
place = { type = "geo" }
notes = { type = "long_text" }
twice = { type = "integer", computed = "stock * 2" }
bins = { type = "table", of = "bin" }
[access.clerk]
verbs = ["read", "create", "update", "export"]
"#;

const BIN: &str = r#"
label = "Bin"
child_of = "part"
[fields]
shelf = { type = "text" }
count = { type = "integer" }
"#;

pub(crate) fn apps() -> Vec<App> {
    let objects = &[("maker", MAKER), ("part", PART), ("bin", BIN)];
    vec![App::new(AppSource { name: "shop", manifest: APP, objects, ..Default::default() })]
}

/// Imports parts from a file, kept under a run.
pub(crate) async fn import(
    t: &Tenant,
    content: &[u8],
    mapping: &str,
    preview: bool,
    run: Uuid,
) -> Result<ImportReport, Problem> {
    let object = Arc::clone(t.tenant.object("shop.part")?);
    let request = ImportRequest { preview, ..request("parts.csv", content, mapping, run)? };
    t.kernel.import(&t.tenant, &t.principal, &object, request).await
}

/// The same from a file of this name.
pub(crate) async fn import_as(
    t: &Tenant,
    name: &str,
    content: &[u8],
    mapping: &str,
    run: Uuid,
) -> Result<ImportReport, Problem> {
    let object = Arc::clone(t.tenant.object("shop.part")?);
    t.kernel.import(&t.tenant, &t.principal, &object, request(name, content, mapping, run)?).await
}

fn request(name: &str, content: &[u8], mapping: &str, run: Uuid) -> Result<ImportRequest, Problem> {
    Ok(ImportRequest {
        file: Box::new(Cursor::new(content.to_vec())),
        name: name.to_owned(),
        mapping: mapping.parse()?,
        preview: false,
        company: None,
        run: Some(run),
    })
}

pub(crate) async fn inspect(t: &Tenant, content: &[u8], mapping: &str) -> Inspection {
    let object = Arc::clone(t.tenant.object("shop.part").expect("parts"));
    let mapping: Mapping = mapping.parse().expect("a mapping");
    let file = Box::new(Cursor::new(content.to_vec()));
    t.kernel.inspect(&t.tenant, &t.principal, &object, file, "parts", mapping).await.expect("a file")
}

/// Created, updated, unchanged, refused.
pub(crate) fn counts(report: &ImportReport) -> (u64, u64, u64, u64) {
    (report.created, report.updated, report.unchanged, report.rejected_count)
}

pub(crate) async fn export(t: &Tenant, format: Format) -> Vec<u8> {
    let object = Arc::clone(t.tenant.object("shop.part").expect("parts"));
    let export = t.kernel.export(&t.tenant, &t.principal, &object, ListParams::default(), format).await;
    let mut export = export.expect("an export");
    let mut bytes = Vec::new();
    while let Some(piece) = export.next().await.expect("a piece") {
        bytes.extend(piece);
    }
    bytes
}

/// The refused rows of an import as a file.
pub(crate) async fn rejects(t: &Tenant, run: Uuid) -> Vec<u8> {
    let mut rejects = t.kernel.rejects(&t.tenant, &t.principal, run).await.expect("an import");
    let mut bytes = Vec::new();
    while let Some(piece) = rejects.next().await.expect("a piece") {
        bytes.extend(piece);
    }
    bytes
}
