//! Suites that are not Rust: foreign clients, faults, the browser, what deploys the binary.

use crate::commands::build;
use crate::data;
use crate::setup;
use crate::shell::{self, say};
use crate::web;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Runs `tests/clients/<name>/run` of every client; Python's packages come from one shared list.
pub(crate) fn foreign(ws: &Workspace) -> Result<()> {
    let folder = ws.path("tests/clients");
    let clients = runnable(&folder)?;
    if clients.is_empty() {
        say("no clients under tests/clients");
        return Ok(());
    }
    let python = python(ws, "venv", &folder.join("requirements.txt"))?;
    let binary = build::binary(ws)?;
    let cdnow = data::cdnow(ws)?;
    for client in clients {
        say(&format!("client {}", client.strip_prefix(&folder).unwrap_or(&client).display()));
        let mut run = ws.command(client.join("run"));
        run.current_dir(&client)
            .env("NEXUS_BIN", &binary)
            .env("NEXUS_CDNOW", &cdnow)
            .env("PATH", ws.search_path(std::slice::from_ref(&python)));
        shell::run(&mut run)?;
    }
    Ok(())
}

/// Runs `deploy/check`: what can be held of image, chart, units and Terraform without a cloud.
pub(crate) fn deploy(ws: &Workspace) -> Result<()> {
    let folder = ws.path("deploy");
    let programs = [
        python(ws, "venv-deploy", &folder.join("requirements.txt"))?,
        python(ws, "venv-checkov", &folder.join("requirements-checkov.txt"))?,
    ];
    let mut check = ws.command(folder.join("check"));
    shell::run(check.env("PATH", ws.search_path(&programs)))
}

/// The fault suite with few rounds of each scenario, as a part of the whole run.
pub(crate) fn faults(ws: &Workspace) -> Result<()> {
    run_faults(ws, &["--short"])
}

/// The fault suite with all its rounds.
pub(crate) fn faults_at_length(ws: &Workspace) -> Result<()> {
    run_faults(ws, &[])
}

fn run_faults(ws: &Workspace, args: &[&str]) -> Result<()> {
    let python = python(ws, "venv", &ws.path("tests/clients/requirements.txt"))?;
    let binary = build::binary(ws)?;
    let mut run = ws.command(ws.path("tests/faults/run"));
    run.args(args).env("NEXUS_BIN", binary).env("PATH", ws.search_path(std::slice::from_ref(&python)));
    shell::run(&mut run)
}

/// The browser suite: an npm package that starts the binary itself.
pub(crate) fn browser(ws: &Workspace) -> Result<()> {
    let folder = ws.path("tests/browser");
    if !folder.join("package.json").exists() {
        say("no browser suite under tests/browser");
        return Ok(());
    }
    web::install(ws, &folder)?;
    let binary = build::binary(ws)?;
    let mut npm = ws.npm(&folder);
    if let Some(chromium) = shell::find("chromium") {
        npm.env("NEXUS_CHROMIUM", chromium);
    }
    shell::run(npm.args(["test", "--silent"]).env("NEXUS_BIN", binary))
}

/// The folders that hold a client, in the order of their names.
fn runnable(folder: &std::path::Path) -> Result<Vec<PathBuf>> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let mut clients = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if !path.is_dir() {
            continue;
        }
        let run = path.join("run");
        if run.exists() && !shell::is_executable(&run) {
            bail!("{} is not executable; remedy: chmod +x and commit the mode", run.display());
        }
        if run.exists() {
            clients.push(path);
        }
    }
    clients.sort();
    Ok(clients)
}

/// A virtual environment of this name with the listed Python packages; returns its folder of programs.
fn python(ws: &Workspace, name: &str, requirements: &std::path::Path) -> Result<PathBuf> {
    let folder = ws.cache.join(name);
    let pip = setup::venv(&folder)?;
    let stamp = folder.join(".nexus-requirements");
    let wanted = fs::read(requirements).unwrap_or_default();
    if !wanted.is_empty() && fs::read(&stamp).ok().as_ref() != Some(&wanted) {
        let list = requirements.strip_prefix(&ws.root).unwrap_or(requirements);
        say(&format!("installing the Python packages of {}", list.display()));
        shell::run(Command::new(pip).args(["install", "--quiet", "--requirement"]).arg(requirements))?;
        fs::write(&stamp, wanted).context("cannot note what was installed")?;
    }
    Ok(folder.join("bin"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_client_that_could_not_run_is_an_error_and_not_a_silence() {
        let folder = std::env::temp_dir().join(format!("nexus-clients-{}", std::process::id()));
        for client in ["curl", "mcp", "notes"] {
            fs::create_dir_all(folder.join(client)).expect("a folder");
        }
        let client = |name: &str, mode: u32| {
            let run = folder.join(name).join("run");
            fs::write(&run, "#!/bin/sh\n").expect("a script");
            fs::set_permissions(&run, fs::Permissions::from_mode(mode)).expect("a mode");
        };
        client("mcp", 0o755);
        client("curl", 0o755);
        assert_eq!(runnable(&folder).expect("all run"), [folder.join("curl"), folder.join("mcp")]);
        client("curl", 0o644);
        let error = runnable(&folder).expect_err("curl cannot run").to_string();
        assert!(error.contains("curl/run is not executable; remedy: chmod +x"), "{error}");
        fs::remove_dir_all(&folder).expect("cleaned up");
    }
}
