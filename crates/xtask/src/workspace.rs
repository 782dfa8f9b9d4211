//! Where things are: the checkout, the caches outside it, and the environment of child commands.
//!
//! Compiled dependencies live in `$HOME/.cache/nexus/target`, so that a fresh clone on the same
//! machine starts with a warm cache. `CARGO_TARGET_DIR` and `NEXUS_CACHE` override the places.

use crate::shell;
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;
use std::{env, fs};

/// One checkout and the caches it shares with the others on this machine.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) cache: PathBuf,
    pub(crate) target: PathBuf,
}

impl Workspace {
    /// The checkout that `cargo xtask` was called in.
    pub(crate) fn here() -> Result<Self> {
        // Read when running, not when compiling: checkouts that share a target share the binary.
        let manifest = env::var_os("CARGO_MANIFEST_DIR").context("call this as `cargo xtask`")?;
        let root = Path::new(&manifest).join("../..").canonicalize()?;
        let cache = match env::var_os("NEXUS_CACHE") {
            Some(cache) => PathBuf::from(cache),
            None => {
                let home = env::var_os("HOME").context("neither NEXUS_CACHE nor HOME is set")?;
                Path::new(&home).join(".cache/nexus")
            }
        };
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| cache.join("target"), |target| root.join(PathBuf::from(target)));
        fs::create_dir_all(&target).with_context(|| format!("cannot create {}", target.display()))?;
        let workspace = Self { root, cache, target };
        workspace.claim_target()?;
        Ok(workspace)
    }

    /// A path inside the checkout.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Compiler flags: those of the environment, with the fast linker where there is one.
    pub(crate) fn rustflags(&self) -> String {
        let given = env::var("RUSTFLAGS").unwrap_or_default();
        let linker = "-C link-arg=-fuse-ld=mold";
        if given.contains("fuse-ld") || shell::find("mold").is_none() {
            given
        } else if given.is_empty() {
            linker.to_owned()
        } else {
            format!("{given} {linker}")
        }
    }

    /// A program in the root of the checkout, with the environment all children share.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("NEXUS_CACHE", &self.cache);
        // What `cargo run` tells about xtask is not true of what its children build.
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_BIN_", "CARGO_CRATE_"]
                .iter()
                .any(|prefix| text.starts_with(prefix))
            {
                command.env_remove(&name);
            }
        }
        command.env("PATH", self.search_path(&[]));
        command
    }

    /// Cargo with the shared target and the fast linker.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = self.command("cargo");
        command.env("CARGO_TARGET_DIR", &self.target).env("RUSTFLAGS", self.rustflags());
        command
    }

    /// npm in a folder of the checkout.
    pub(crate) fn npm(&self, folder: &Path) -> Command {
        let mut command = self.command("npm");
        command.current_dir(folder).env("NO_UPDATE_NOTIFIER", "1");
        command
    }

    /// The search path with our own folders first and the prebuilt tools last.
    pub(crate) fn search_path(&self, first: &[PathBuf]) -> OsString {
        let path = env::var_os("PATH").unwrap_or_default();
        let tools = [self.tools().join("bin")];
        let all = first.iter().cloned().chain(env::split_paths(&path)).chain(tools);
        env::join_paths(all).unwrap_or(path)
    }

    /// Prebuilt developer tools.
    pub(crate) fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }

    /// The binary that `build` makes.
    pub(crate) fn binary(&self) -> PathBuf {
        self.target.join("debug/nexus")
    }

    /// Makes cargo look again at our own crates when another checkout used the target last.
    ///
    /// Cargo tells two checkouts of one workspace apart by nothing but the age of the sources, and
    /// would hand this one the other's code. Dependencies are the same for both and stay as they are.
    fn claim_target(&self) -> Result<()> {
        let note = self.target.join(".nexus-checkout");
        let mine = self.root.to_string_lossy();
        if fs::read_to_string(&note).is_ok_and(|last| last == mine) {
            return Ok(());
        }
        let now = SystemTime::now();
        for folder in ["crates", "apps", "benches"] {
            touch_sources(&self.path(folder), now)?;
        }
        fs::write(&note, mine.as_bytes())?;
        Ok(())
    }
}

fn touch_sources(folder: &Path, now: SystemTime) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            touch_sources(&path, now)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            fs::File::options().append(true).open(&path)?.set_modified(now)?;
        }
    }
    Ok(())
}
