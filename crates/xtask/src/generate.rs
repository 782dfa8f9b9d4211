//! What is made from the declarations and kept in the repository: the clients, from the OpenAPI document that the binary
//! writes, and the references of apps and settings.

use crate::commands::build;
use crate::shell;
use crate::web;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// The types of the TypeScript client, which the UI uses as well.
const TYPESCRIPT: &str = "clients/typescript/src/generated.ts";
/// The modules of the Python client, and what writes them.
const PYTHON: &str = "clients/python/nexus_client/generated";
const PYTHON_GENERATOR: &str = "clients/python/generate.py";
/// A page for each app.
const REFERENCE: &str = "docs/reference";
/// Every setting.
const SETTINGS: &str = "docs/configuration.md";

/// Writes all of it. An unchanged file keeps its age, so that nothing is built again for it.
pub(crate) fn write(ws: &Workspace) -> Result<()> {
    for (path, wanted) in made(ws)? {
        let path = ws.path(&path);
        if fs::read(&path).is_ok_and(|kept| kept == wanted) {
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, wanted).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Fails when a file in the repository is not the one that would be written.
pub(crate) fn verify(ws: &Workspace) -> Result<()> {
    let stale = |(path, wanted): &(String, Vec<u8>)| fs::read(ws.path(path)).map_or(true, |kept| kept != *wanted);
    let stale: Vec<String> = made(ws)?.into_iter().filter(stale).map(|(path, _)| path).collect();
    if stale.is_empty() {
        return Ok(());
    }
    bail!("not what the declarations give: {}; remedy: cargo xtask check, and commit the files", stale.join(", "))
}

/// Each file's path in the repository, and what is to be in it.
fn made(ws: &Workspace) -> Result<Vec<(String, Vec<u8>)>> {
    let binary = build::binary(ws)?;
    let document = ws.cache.join("openapi.json");
    fs::write(&document, shell::read(ws.command(&binary).arg("openapi"))?)?;
    let web = ws.path("web");
    web::install(ws, &web)?;
    // The file comes first: what follows an option is taken for its value.
    let mut generator = ws.npm(&web);
    generator.args(["exec", "--offline", "--", "openapi-typescript"]).arg(&document).arg("--root-types");
    let mut made = vec![(TYPESCRIPT.to_owned(), shell::read(&mut generator)?)];

    let fresh = ws.cache.join("generated");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    let (python, reference) = (fresh.join("python"), fresh.join("reference"));
    shell::read(ws.command("python3").arg(ws.path(PYTHON_GENERATOR)).args([&document, &python]))?;
    shell::read(ws.command(&binary).arg("reference").arg(&reference))?;
    made.extend(files(&python, PYTHON)?);
    made.extend(files(&reference, REFERENCE)?);
    made.push((SETTINGS.to_owned(), shell::read(ws.command(&binary).arg("configuration"))?));
    Ok(made)
}

/// The files of a folder, under the path that they get.
fn files(folder: &Path, path: &str) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.push((format!("{path}/{}", entry.file_name().to_string_lossy()), fs::read(entry.path())?));
    }
    files.sort();
    Ok(files)
}
