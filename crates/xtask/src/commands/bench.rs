//! `bench`: the benchmarks, built for release; figures go into `benches/README.md`.

use crate::setup::{self, Need};
use crate::shell;
use crate::workspace::Workspace;
use anyhow::Result;

pub(crate) fn run(ws: &Workspace, names: &[&str]) -> Result<()> {
    setup::ensure(ws, Need::Build)?;
    let mut cargo = ws.cargo();
    cargo.args(["run", "--quiet", "--release", "--package", "nexus-bench", "--"]).args(names);
    shell::run(cargo.args(["--write", "benches/README.md"]))
}
