//! The TypeScript client, made from the OpenAPI document that the binary writes.

use crate::commands::build;
use crate::shell;
use crate::web;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;

const CLIENT: &str = "web/src/api/generated.ts";

/// Writes the client into `web/src/api`; the document it comes from is what the server answers and is not kept.
pub(crate) fn write(ws: &Workspace) -> Result<()> {
    let client = client(ws)?;
    let path = ws.path(CLIENT);
    // An unchanged file keeps its age, so that nothing is built again for it.
    if fs::read(&path).is_ok_and(|old| old == client) {
        return Ok(());
    }
    fs::write(&path, client).with_context(|| format!("cannot write {}", path.display()))
}

/// Fails when the client in the repository is not the one that would be written.
pub(crate) fn verify(ws: &Workspace) -> Result<()> {
    let wanted = client(ws)?;
    if fs::read(ws.path(CLIENT)).is_ok_and(|kept| kept == wanted) {
        return Ok(());
    }
    bail!("{CLIENT} is not what `nexus openapi` gives; remedy: cargo xtask check, and commit the file")
}

fn client(ws: &Workspace) -> Result<Vec<u8>> {
    let binary = build::binary(ws)?;
    let document = ws.cache.join("openapi.json");
    fs::write(&document, shell::read(ws.command(binary).arg("openapi"))?)?;
    let web = ws.path("web");
    web::install(ws, &web)?;
    // The file comes first: what follows an option is taken for its value.
    let mut generator = ws.npm(&web);
    generator.args(["exec", "--offline", "--", "openapi-typescript"]).arg(&document).arg("--root-types");
    shell::read(&mut generator)
}
