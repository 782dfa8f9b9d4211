//! The benchmarks: what Nexus does, beside hand-written SQL that stores the same rows as durably.
//!
//! `nexus-bench [create|get|list|post|import|purchase]… [--rows N] [--rounds N] [--folder DATA] [--write README.md]`
#![allow(clippy::print_stdout)]

mod create;
mod get;
mod import;
mod list;
mod machine;
mod measure;
mod place;
mod post;
mod purchase;
mod raw;
mod report;
mod shelf;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use measure::Figure;

/// What is measured, and how much of it.
pub(crate) struct Plan {
    /// Rows that lists and single reads choose from.
    pub(crate) rows: usize,
    pub(crate) rounds: usize,
}

const NAMES: [&str; 6] = ["create", "get", "list", "post", "import", "purchase"];

fn main() -> Result<()> {
    let mut plan = Plan { rows: 100_000, rounds: 7 };
    let mut names = Vec::new();
    let mut write: Option<PathBuf> = None;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().with_context(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--rows" => plan.rows = value()?.replace('_', "").parse().context("--rows takes a number")?,
            "--rounds" => plan.rounds = value()?.parse().context("--rounds takes a number")?,
            "--folder" => place::put_into(value()?.into()),
            "--write" => write = Some(value()?.into()),
            name if NAMES.contains(&name) => names.push(name.to_owned()),
            other => bail!("there is no benchmark {other}; there are {}", NAMES.join(", ")),
        }
    }
    plan.rounds = plan.rounds.max(1);
    let runtime = tokio::runtime::Runtime::new()?;
    let mut figures = Vec::new();
    for name in NAMES.iter().filter(|name| names.is_empty() || names.iter().any(|given| given == *name)) {
        println!("==> {name}");
        let measured: Vec<Figure> = runtime.block_on(async {
            match *name {
                "create" => create::run(&plan).await,
                "get" => get::run(&plan).await,
                "list" => list::run(&plan).await,
                "post" => post::run(&plan).await,
                "import" => import::run(&plan).await,
                _ => purchase::run(&plan).await,
            }
        })?;
        for figure in &measured {
            println!("{}", figure.line());
        }
        figures.extend(measured);
    }
    let facts = machine::facts();
    println!("\n{}\n\n{}", facts, report::table(&report::rows(&figures)));
    match write {
        Some(path) => report::write(&path, &facts, &figures),
        None => Ok(()),
    }
}
