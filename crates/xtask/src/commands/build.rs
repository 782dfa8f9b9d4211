//! `build`: the UI and the binary, as `demo` and the tests use them.

use crate::setup::{self, Need};
use crate::shell::{self, say};
use crate::stages::spoken;
use crate::web;
use crate::workspace::Workspace;
use anyhow::Result;
use std::path::PathBuf;
use std::time::Instant;

pub(crate) fn run(ws: &Workspace) -> Result<()> {
    let start = Instant::now();
    setup::ensure(ws, Need::Build)?;
    let binary = binary(ws)?;
    say(&format!("built in {}", spoken(start.elapsed())));
    println!("{}", binary.display());
    Ok(())
}

/// The binary, resolved as the tests are.
///
/// Cargo compiles a dependency once for each set of features asked of it. Naming the workspace and
/// one test makes it count the features that tests ask for, so that `demo` and `test` share every
/// compiled dependency; the test named is the smallest there is.
const SELECTION: [&str; 5] = ["--workspace", "--bin", "nexus", "--test", "tidy"];

/// Builds the UI, then the binary that carries it, and returns where the binary is.
pub(crate) fn binary(ws: &Workspace) -> Result<PathBuf> {
    web::build(ws)?;
    say("compiling nexus");
    shell::run(ws.cargo().arg("build").args(SELECTION))?;
    Ok(ws.binary())
}
