//! `nexus search`: the indexes of words.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::Value as Json;

use crate::failure::Failure;
use crate::order::Order;
use crate::output;
use crate::place::Place;

/// The indexes that searches are answered from
#[derive(Args)]
pub(crate) struct Search {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Rebuild(Rebuild),
}

/// Make search indexes anew from the records
///
/// The present ones answer until the new ones take their place. A server that runs on the data folder does it for this
/// command. Where the records are on PostgreSQL each process has indexes of its own, in its data folder.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus search rebuild kibo-ltd --data ./data")]
struct Rebuild {
    /// The tenant's short name [default: all tenants]
    slug: Option<String>,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Search {
    pub(crate) fn json(&self) -> bool {
        let Command::Rebuild(rebuild) = &self.command;
        rebuild.json
    }

    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let Command::Rebuild(rebuild) = self.command;
        let found = rebuild.place.find()?;
        found.log("warn")?;
        found.must_exist()?;
        let slugs = match rebuild.slug {
            Some(slug) => vec![slug],
            None => found.open_existing()?.tenant_slugs()?,
        };
        let mut done = Vec::with_capacity(slugs.len());
        for tenant in slugs {
            done.push(Order::Reindex { tenant: tenant.clone() }.give(&found)?);
            if !rebuild.json {
                output::line(format_args!("the search index of {tenant} is made anew"));
            }
        }
        if rebuild.json {
            output::json(&Json::Array(done));
        }
        Ok(ExitCode::SUCCESS)
    }
}
