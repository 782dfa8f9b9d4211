//! The UI: packages when the lock file changed, a build when the sources changed.

use crate::shell::{self, say};
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Folders that no build reads: packages, results, caches.
const NOT_SOURCE: &[&str] = &["node_modules", "dist", "coverage", ".vite"];

/// Installs the packages of a folder, unless its lock file is the one installed last.
pub(crate) fn install(ws: &Workspace, folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("{} has no package-lock.json", folder.display()))?;
    let stamp = Stamp { file: folder.join("node_modules/.nexus-installed"), value: hash(&lock) };
    if stamp.holds() {
        return Ok(());
    }
    let name = folder.strip_prefix(&ws.root).unwrap_or(folder).display();
    say(&format!("installing the Node packages of {name}"));
    let quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
    shell::run(ws.npm(folder).arg("ci").args(quiet))?;
    stamp.write()
}

/// Builds `web/dist`, unless the sources are those built last.
pub(crate) fn build(ws: &Workspace) -> Result<()> {
    let web = ws.path("web");
    install(ws, &web)?;
    let mut sources = Vec::new();
    collect(&web, &mut sources)?;
    sources.sort();
    let mut hasher = DefaultHasher::new();
    for path in &sources {
        path.strip_prefix(&web).unwrap_or(path).hash(&mut hasher);
        fs::read(path)?.hash(&mut hasher);
    }
    icons(ws)?.hash(&mut hasher);
    let stamp = Stamp { file: web.join("node_modules/.nexus-built"), value: format!("{:016x}", hasher.finish()) };
    if stamp.holds() && web.join("dist/index.html").exists() {
        return Ok(());
    }
    say("building the UI");
    shell::run(ws.npm(&web).args(["run", "--silent", "build", "--", "--logLevel", "error"]))?;
    stamp.write()
}

/// Types and lints of the UI.
pub(crate) fn check(ws: &Workspace) -> Result<()> {
    let web = ws.path("web");
    install(ws, &web)?;
    shell::run(ws.npm(&web).args(["run", "--silent", "check"]))
}

/// What the UI works out by itself: filters, layouts, merges, messages.
pub(crate) fn unit_tests(ws: &Workspace) -> Result<()> {
    shell::run(ws.npm(&ws.path("web")).args(["test", "--silent"]))
}

/// The icons that manifests name: the only thing outside `web/` that its build reads.
fn icons(ws: &Workspace) -> Result<BTreeSet<String>> {
    let mut manifests = Vec::new();
    for folder in ["apps", "crates"] {
        collect(&ws.path(folder), &mut manifests)?;
    }
    let mut icons = BTreeSet::new();
    for path in manifests.iter().filter(|path| path.extension().is_some_and(|extension| extension == "toml")) {
        let text = fs::read_to_string(path)?;
        icons.extend(text.lines().map(str::trim).filter(|line| line.starts_with("icon")).map(str::to_owned));
    }
    Ok(icons)
}

/// A note beside a result, telling from what it was made.
struct Stamp {
    file: PathBuf,
    value: String,
}

impl Stamp {
    fn holds(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|value| value == self.value)
    }

    fn write(&self) -> Result<()> {
        fs::write(&self.file, &self.value).with_context(|| format!("cannot write {}", self.file.display()))
    }
}

fn hash(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            if !NOT_SOURCE.iter().any(|skip| entry.file_name() == *skip) {
                collect(&path, into)?;
            }
        } else {
            into.push(path);
        }
    }
    Ok(())
}
