//! `check`: the fast subset before a commit. It mends what a machine can mend, then looks.

use crate::generate;
use crate::setup::{self, Need};
use crate::shell;
use crate::stages::{self, Stage};
use crate::web;
use crate::workspace::Workspace;
use anyhow::Result;

const STAGES: &[Stage<Workspace>] = &[
    Stage { name: "format", about: "cargo fmt", remedy: "mend the syntax error above", run: format },
    Stage { name: "tidy", about: "the rules of the house", remedy: "each finding above names its remedy", run: tidy },
    Stage {
        name: "client",
        about: "clients and references from the declarations",
        remedy: "mend the build error above",
        run: generate::write,
    },
    Stage { name: "web", about: "types and lints of the UI", remedy: "npm run fix in web/", run: web::check },
    Stage { name: "lints", about: "clippy on everything", remedy: "mend the findings above", run: clippy },
];

pub(crate) fn run(ws: &Workspace) -> Result<()> {
    setup::ensure(ws, Need::Build)?;
    stages::run(ws, &STAGES.iter().collect::<Vec<_>>())
}

fn format(ws: &Workspace) -> Result<()> {
    shell::run(ws.cargo().args(["fmt", "--all"]))
}

/// The tidy test; sizes that shrank are written down, so that they cannot grow back.
fn tidy(ws: &Workspace) -> Result<()> {
    let mut cargo = ws.cargo();
    cargo.env("NEXUS_TIDY_WRITE", "1");
    shell::run(cargo.args(["test", "--quiet", "--workspace", "--test", "tidy"]))
}

/// Clippy on every target of every crate; a warning is a failure.
pub(crate) fn clippy(ws: &Workspace) -> Result<()> {
    web::build(ws)?;
    shell::run(ws.cargo().args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}
