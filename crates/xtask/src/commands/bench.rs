//! `bench`: the benchmarks, built for release; figures go into `benches/README.md`, counts of instructions into
//! `benches/counts.toml`.

use crate::setup::{self, Need};
use crate::shell;
use crate::workspace::Workspace;
use anyhow::Result;

pub(crate) fn run(ws: &Workspace, names: &[&str]) -> Result<()> {
    setup::ensure(ws, Need::Bench)?;
    let mut cargo = ws.cargo();
    cargo.args(["run", "--quiet", "--release", "--package", "nexus-bench", "--"]);
    if names.iter().any(|name| matches!(*name, "--compare" | "--accept")) {
        for name in names {
            cargo.arg(name).args(name.starts_with("--").then_some("benches/counts.toml"));
        }
        return shell::run(&mut cargo);
    }
    shell::run(cargo.args(names).args(["--write", "benches/README.md"]))
}
