//! The benchmarks: what Nexus does, beside hand-written SQL that stores the same rows as durably.
//!
//! - `nexus-bench [create|get|list|post|import|purchase|search|migrate|listen][-postgres]… [--rows N] [--rounds N] [--folder DATA]
//!   [--write README.md]`: rates beside the ceiling's.
//! - `nexus-bench growth [ROWS]… [--rounds N] [--write README.md]`: costs among ever more rows.
//! - `nexus-bench [create|get|list|post|import]… --compare|--accept counts.toml`: instructions an operation.
#![allow(clippy::print_stdout)]

mod count;
mod create;
mod get;
mod growth;
mod hand;
mod import;
mod list;
mod listen;
mod machine;
mod measure;
mod migrate;
mod paths;
mod place;
mod post;
mod postgres;
mod purchase;
mod raw;
mod report;
mod search;
mod shelf;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use measure::Figure;
use place::Base;

/// The allocator of the program that is measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What is measured, and how much of it.
pub(crate) struct Plan {
    /// Rows that lists and single reads choose from.
    pub(crate) rows: usize,
    pub(crate) rounds: usize,
}

const NAMES: [&str; 9] = ["create", "get", "list", "post", "import", "purchase", "search", "migrate", "listen"];

/// The benchmarks on either database: `create`, and on PostgreSQL `create-postgres`.
fn all() -> impl Iterator<Item = (&'static str, Base)> {
    [Base::Sqlite, Base::Postgres].into_iter().flat_map(|base| NAMES.map(|name| (name, base)))
}

fn main() -> Result<()> {
    let mut plan = Plan { rows: 100_000, rounds: 7 };
    let (mut names, mut sizes) = (Vec::new(), Vec::new());
    let (mut write, mut counts, mut accept) = (None, None, false);
    let mut args = std::env::args().skip(1).peekable();
    while let Some(arg) = args.next() {
        if arg == "walk" {
            let (path, times) = (args.next().unwrap_or_default(), args.next().unwrap_or_default());
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            return runtime.block_on(paths::walk(&path, times.parse()?));
        }
        let mut value = || args.next().with_context(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--rows" => plan.rows = value()?.replace('_', "").parse().context("--rows takes a number")?,
            // Sizes may follow: growth 10_000 100_000.
            "growth" => {
                let given = std::iter::from_fn(|| args.next_if(|size| size.starts_with(|c: char| c.is_ascii_digit())));
                sizes = given.map(|size| size.replace('_', "").parse()).collect::<Result<_, _>>()?;
                if sizes.is_empty() {
                    sizes = growth::SIZES.to_vec();
                }
            }
            "--rounds" => plan.rounds = value()?.parse().context("--rounds takes a number")?,
            "--folder" => place::put_into(value()?.into()),
            "--write" => write = Some(PathBuf::from(value()?)),
            "--compare" => counts = Some(PathBuf::from(value()?)),
            "--accept" => (counts, accept) = (Some(PathBuf::from(value()?)), true),
            name if all().any(|(known, base)| name.strip_suffix(base.suffix()) == Some(known)) => {
                names.push(name.to_owned());
            }
            other => bail!(
                "there is no benchmark {other}; there are {0}, and on PostgreSQL {1}{2}, …",
                NAMES.join(", "),
                NAMES[0],
                Base::Postgres.suffix()
            ),
        }
    }
    if let Some(file) = counts {
        return count::run(&file, &names, accept);
    }
    plan.rounds = plan.rounds.max(1);
    let _leave = place::Leave;
    let runtime = tokio::runtime::Runtime::new()?;
    if !sizes.is_empty() {
        let folder = write.as_deref().and_then(std::path::Path::parent);
        return runtime.block_on(growth::run(&plan, &sizes, folder));
    }
    let mut figures = Vec::new();
    for (name, base) in all() {
        let full = format!("{name}{}", base.suffix());
        if !names.is_empty() && !names.contains(&full) {
            continue;
        }
        println!("==> {full}");
        let measured: Vec<Figure> = runtime.block_on(async {
            match name {
                "create" => create::run(&plan, base).await,
                "get" => get::run(&plan, base).await,
                "list" => list::run(&plan, base).await,
                "post" => post::run(&plan, base).await,
                "import" => import::run(&plan, base).await,
                "search" => search::run(&plan, base).await,
                "migrate" => migrate::run(&plan, base).await,
                "listen" => listen::run(&plan, base).await,
                _ => purchase::run(&plan, base).await,
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
