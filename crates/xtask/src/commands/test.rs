//! `test`: everything that must hold, cheap stages first; `.ci/run` is this one call.

use super::{build, check};
use crate::Usage;
use crate::clients;
use crate::data;
use crate::fuzz;
use crate::generate;
use crate::postgres::{self, Server};
use crate::setup::{self, Need};
use crate::shell;
use crate::stages::{self, Stage};
use crate::web;
use crate::workspace::Workspace;
use anyhow::Result;

const STAGES: &[Stage<Workspace>] = &[
    Stage {
        name: "setup",
        about: "what the tests need",
        remedy: "the message names what to install",
        run: |ws| setup::ensure(ws, Need::Test),
    },
    Stage { name: "format", about: "cargo fmt --check", remedy: "cargo fmt --all", run: format },
    Stage {
        name: "licences",
        about: "cargo deny",
        remedy: "choose another crate, or argue the exception in deny.toml",
        run: licences,
    },
    Stage { name: "tidy", about: "the rules of the house", remedy: "each finding above names its remedy", run: tidy },
    Stage {
        name: "web",
        about: "types, lints, unit tests and build of the UI",
        remedy: "npm run fix in web/ mends most findings; npm test repeats the tests",
        run: |ws| web::check(ws).and_then(|()| web::unit_tests(ws)).and_then(|()| web::build(ws)),
    },
    Stage {
        name: "lints",
        about: "clippy on everything",
        remedy: "cargo xtask check repeats it quickly",
        run: check::clippy,
    },
    Stage {
        name: "tests",
        about: "every Rust test, on SQLite and on PostgreSQL",
        remedy: "cargo nextest run <name> repeats one; `cargo xtask env` shares the cache",
        run: tests,
    },
    Stage {
        name: "fuzz",
        about: "a minute of made-up input for each thing that reads text from outside",
        remedy: "the binary under fuzz/ of the cache takes the input that is named above as its argument",
        run: fuzz::run,
    },
    Stage {
        name: "client",
        about: "the clients and the reference are what the declarations say",
        remedy: "cargo xtask check writes them anew; commit them",
        run: generate::verify,
    },
    Stage {
        name: "clients",
        about: "foreign clients under tests/clients",
        remedy: "the client named above can be run alone: NEXUS_BIN=… tests/clients/<name>/run",
        run: clients::foreign,
    },
    FAULTS,
    Stage {
        name: "deploy",
        about: "image, compose, chart, systemd and Terraform, as far as they can be checked without a cloud",
        remedy: "each finding above names its place; deploy/README.md says what is checked and how",
        run: clients::deploy,
    },
    Stage {
        name: "browser",
        about: "a working day in Chromium",
        remedy: "npm test in tests/browser with NEXUS_BIN set repeats it",
        run: clients::browser,
    },
];

/// In the whole run a short form.
const FAULTS: Stage<Workspace> = Stage {
    name: "faults",
    about: "kill, full disk, torn log, clock, two processes, rolling restarts, on SQLite and on PostgreSQL",
    remedy: "a line `to repeat` above names the scenario and the seed; NEXUS_BIN is the binary",
    run: clients::faults,
};

pub(crate) fn run(ws: &Workspace, names: &[&str]) -> Result<()> {
    if let Some(unknown) = names.iter().find(|name| !STAGES.iter().any(|stage| stage.name == **name)) {
        let known: Vec<_> = STAGES.iter().map(|stage| stage.name).collect();
        return Err(Usage(format!("no stage `{unknown}`; the stages are: {}", known.join(", "))).into());
    }
    if names == [FAULTS.name] {
        // Asked for alone, they come in all their rounds.
        let at_length = Stage { run: clients::faults_at_length, ..FAULTS };
        return stages::run(ws, &[&at_length]);
    }
    let chosen: Vec<_> = STAGES.iter().filter(|stage| names.is_empty() || names.contains(&stage.name)).collect();
    stages::run(ws, &chosen)
}

fn format(ws: &Workspace) -> Result<()> {
    shell::run(ws.cargo().args(["fmt", "--all", "--check"]))
}

/// Advisories are left out: their database is not part of a package registry.
fn licences(ws: &Workspace) -> Result<()> {
    shell::run(ws.cargo().args(["deny", "--log-level", "error", "check", "bans", "licenses", "sources"]))
}

/// Resolved with the whole workspace, so that its dependencies are compiled once.
fn tidy(ws: &Workspace) -> Result<()> {
    let mut cargo = ws.cargo();
    cargo.args(["nextest", "run", "--locked", "--workspace"]);
    shell::run(cargo.args(["--test", "tidy", "--bin", "xtask"]))
}

/// Every test but xtask's own, which ran in the stage `tidy`.
fn tests(ws: &Workspace) -> Result<()> {
    let cdnow = data::cdnow(ws)?;
    let binary = build::binary(ws)?;
    let mut cargo = ws.cargo();
    let postgres = Server::start(ws)?;
    cargo.env("NEXUS_CDNOW", cdnow).env("NEXUS_BIN", binary).env(postgres::VARIABLE, &postgres.url);
    cargo.args(["nextest", "run", "--locked", "--workspace"]);
    shell::run(cargo.args(["--filterset", "not package(xtask)"]))
}
