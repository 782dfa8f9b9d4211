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

/// Builds the UI, then the binary that carries it, and returns where the binary is.
pub(crate) fn binary(ws: &Workspace) -> Result<PathBuf> {
    web::build(ws)?;
    say("compiling nexus");
    shell::run(ws.cargo().args(["build", "--package", "nexus"]))?;
    Ok(ws.binary())
}
