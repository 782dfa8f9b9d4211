//! `nexus tenant`: which companies there are, where they are kept, and what becomes of them.

mod standing;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use crate::failure::Failure;
use crate::order::Order;
use crate::output;
use crate::place::{HOME, Place, wait};

/// Companies: list, move, copy, suspend and delete them, and say what they may use
#[derive(Args)]
pub(crate) struct Tenant {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    List(List),
    Move(Move),
    Branch(Branch),
    Content(Content),
    #[command(flatten)]
    Standing(standing::Command),
}

/// The tenants, and the place of each
#[derive(Args)]
#[command(after_help = "Example:\n  nexus tenant list --data ./data")]
struct List {
    #[command(flatten)]
    common: Common,
}

/// Move a tenant to another database
///
/// Copies all data while changes go on, compares the copy by content, and switches over; changes wait for the last few
/// rows alone, and a server finds the new place by itself. A server that runs on the data folder does it for this
/// command, and must know the place. The old data stay where they were, marked as moved.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus tenant move kibo-ltd --to big --places big=postgres://nexus@localhost/nexus")]
struct Move {
    /// The tenant's short name
    slug: String,
    /// The name of a place given with --places, or `home` for where the control tables are
    #[arg(long, value_name = "PLACE")]
    to: String,
    #[command(flatten)]
    common: Common,
}

/// Copy a tenant to rehearse on
#[derive(Args)]
#[command(after_help = "Example:\n  nexus tenant branch kibo-ltd kibo-rehearsal --data ./data")]
struct Branch {
    /// The tenant's short name
    slug: String,
    /// The short name of the copy
    branch: String,
    #[command(flatten)]
    common: Common,
}

/// A hash of everything a tenant holds, the same on every database
#[derive(Args)]
#[command(after_help = "Example:\n  nexus tenant content kibo-ltd --data ./data")]
struct Content {
    /// The tenant's short name
    slug: String,
    #[command(flatten)]
    common: Common,
}

#[derive(Args)]
pub(super) struct Common {
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Tenant {
    fn common(&self) -> &Common {
        match &self.command {
            Command::List(List { common })
            | Command::Move(Move { common, .. })
            | Command::Branch(Branch { common, .. })
            | Command::Content(Content { common, .. }) => common,
            Command::Standing(command) => command.common(),
        }
    }

    pub(crate) fn json(&self) -> bool {
        self.common().json
    }

    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let found = self.common().place.find()?;
        found.log("warn")?;
        found.must_exist()?;
        let told = |told: serde_json::Value, line: String| {
            if self.json() { output::json(&told) } else { output::line(line) }
        };
        match &self.command {
            Command::List(_) => {
                let tenants = found.open_existing()?.control.tenants()?;
                let rows = tenants.iter().map(|entry| {
                    let place = entry.place.as_deref().unwrap_or(HOME);
                    json!({
                        "tenant": entry.slug, "company": entry.name, "place": place, "branch_of": entry.branch_of,
                        "plan": entry.plan, "suspended": entry.suspended, "purge_at": entry.purge_at,
                    })
                });
                let lines = tenants.iter().map(|entry| {
                    let place = entry.place.as_deref().unwrap_or(HOME);
                    let plan = entry.plan.as_deref().unwrap_or("-");
                    format!("{}\t{}\t{place}\t{plan}\t{}", entry.slug, entry.name, standing::word(entry))
                });
                told(rows.collect(), lines.collect::<Vec<_>>().join("\n"));
            }
            Command::Move(Move { slug, to, .. }) => {
                let done = Order::Move { tenant: slug.clone(), to: to.clone() }.give(&found)?;
                let hash = done["hash"].as_str().unwrap_or_default();
                let line = format!("{slug} is on {to} now: {} rows, content {hash}", done["rows"]);
                told(done, line);
            }
            Command::Branch(Branch { slug, branch, .. }) => {
                let done = Order::Branch { tenant: slug.clone(), branch: branch.clone() }.give(&found)?;
                let line = format!("{branch} is a copy of {slug}: {} rows", done["rows"]);
                told(done, line);
            }
            Command::Content(Content { slug, .. }) => {
                let kernel = found.open_existing()?;
                let content = wait(async { Ok(kernel.content(slug)?) })?;
                let line = format!("{slug}: {} rows, content {}", content.rows, content.hash);
                told(json!({"tenant": slug, "rows": content.rows, "hash": content.hash}), line);
            }
            Command::Standing(command) => {
                let _lock = if command.needs_lock() { found.lock()? } else { None };
                let (answer, line) = command.run(&*found.open_existing()?)?;
                told(answer, line);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
