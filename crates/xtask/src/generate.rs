//! The OpenAPI document and the TypeScript client, written from the declarations by the binary.

use crate::commands::build;
use crate::shell;
use crate::web;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

const DOCUMENT: &str = "openapi.json";
const CLIENT: &str = "generated.ts";

/// Writes both into `web/src/api`.
pub(crate) fn write(ws: &Workspace) -> Result<()> {
    generate(ws, &ws.path("web/src/api"))
}

fn generate(ws: &Workspace, into: &Path) -> Result<()> {
    let binary = build::binary(ws)?;
    fs::create_dir_all(into)?;
    let document = into.join(DOCUMENT);
    let text = shell::read(ws.command(binary).arg("openapi"))?;
    write_if_changed(&document, &text)?;
    let web = ws.path("web");
    web::install(ws, &web)?;
    // The file comes first: what follows an option is taken for its value.
    let mut generator = ws.npm(&web);
    generator.args(["exec", "--offline", "--", "openapi-typescript"]).arg(&document).arg("--root-types");
    let client = shell::read(&mut generator)?;
    write_if_changed(&into.join(CLIENT), &client)
}

/// An unchanged file keeps its age, so that nothing is built again for it.
fn write_if_changed(path: &Path, content: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}
