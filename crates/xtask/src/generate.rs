//! What the binary writes of itself: the reference of settings, and the OpenAPI document that the TypeScript client is
//! made from.

use crate::commands::build;
use crate::shell;
use crate::web;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;

/// Writes the client into `web/src/api` and the reference into `docs`; the document that the client comes from is what
/// the server answers and is not kept.
pub(crate) fn write(ws: &Workspace) -> Result<()> {
    for (path, wanted) in made(ws)? {
        let path = ws.path(path);
        // An unchanged file keeps its age, so that nothing is built again for it.
        if fs::read(&path).is_ok_and(|old| old == wanted) {
            continue;
        }
        fs::write(&path, wanted).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Fails when a file in the repository is not the one that would be written.
pub(crate) fn verify(ws: &Workspace) -> Result<()> {
    for (path, wanted) in made(ws)? {
        if !fs::read(ws.path(path)).is_ok_and(|kept| kept == wanted) {
            bail!("{path} is not what the binary gives; remedy: cargo xtask check, and commit the file");
        }
    }
    Ok(())
}

fn made(ws: &Workspace) -> Result<[(&'static str, Vec<u8>); 2]> {
    let reference = shell::read(ws.command(build::binary(ws)?).arg("configuration"))?;
    Ok([("web/src/api/generated.ts", client(ws)?), ("docs/configuration.md", reference)])
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
