//! Data sets that tests read, fetched once into the cache.

use crate::setup;
use crate::shell::{self, say};
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The package that carries the CDNOW purchase history, pinned by content.
const CDNOW: &str = "lifetimes==0.11.3 \
    --hash=sha256:261e3dc89977c2b60767ca6728aaa29d429de0c814635070a749c36555895da8";

/// The CDNOW purchase history: 69,659 purchases of 23,570 customers, 1997 and 1998.
pub(crate) fn cdnow(ws: &Workspace) -> Result<PathBuf> {
    let folder = ws.cache.join("cdnow");
    let file = folder.join("CDNOW_master.txt");
    if file.exists() {
        return Ok(file);
    }
    say("fetching the CDNOW purchase history");
    let incoming = folder.join("incoming");
    fs::create_dir_all(&incoming)?;
    let pip = setup::venv(&ws.tools())?;
    let list = incoming.join("requirements.txt");
    fs::write(&list, CDNOW)?;
    shell::run(
        Command::new(pip)
            .args(["download", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:", "--dest"])
            .arg(&incoming)
            .arg("--requirement")
            .arg(&list),
    )?;
    let wheel = fs::read_dir(&incoming)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .context("the package came without a wheel")?;
    let mut unpack = Command::new("python3");
    shell::run(unpack.args(["-m", "zipfile", "--extract"]).arg(wheel).arg(&incoming))?;
    // Renaming is the last step, so that a broken run leaves no half file behind.
    fs::rename(incoming.join("lifetimes/datasets/CDNOW_master.txt"), &file)?;
    fs::remove_dir_all(&incoming)?;
    Ok(file)
}
