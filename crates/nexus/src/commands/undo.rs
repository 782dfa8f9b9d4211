//! `nexus undo`: takes a whole run back.

use std::process::ExitCode;

use clap::Args;
use nexus_kernel::model::Uuid;
use serde_json::Value as Json;

use crate::failure::Failure;
use crate::output;
use crate::place::{Place, Who, wait};

/// Take a run back: an action, a batch, an import
///
/// All of it or nothing; what keeps it from being taken back is listed, and the exit code is then 1. What was
/// posted is reversed, never edited.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus undo 01991b2c-5d7e-7a31-9c4f-2b8e6d0a1f35 --preview")]
pub(crate) struct Undo {
    /// The run, as `nexus run` and `nexus import` print it
    run: Uuid,
    /// Answer what would change, and change nothing
    #[arg(long)]
    preview: bool,
    /// Print the answer as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Place,
}

impl Undo {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let found = self.place.find()?;
        found.log("warn")?;
        found.must_exist()?;
        let _lock = if self.preview { None } else { found.lock()? };
        let kernel = found.open_existing()?;
        wait(async {
            let (tenant, principal) = self.who.find(&kernel).await?;
            let undone = kernel.undo(&tenant, &principal, self.run, self.preview).await;
            let mut reply = match undone {
                Ok(reply) => reply,
                Err(problem) => {
                    if !self.json {
                        conflicts(&problem.more);
                    }
                    return Err(problem.into());
                }
            };
            let mut answer = reply.outputs.pop().unwrap_or_default();
            answer["changes"] = reply.changes.into();
            if self.json {
                output::json(&answer);
            } else {
                let changes = answer["changes"].as_array().map(Vec::as_slice).unwrap_or_default();
                for summary in changes.iter().filter_map(|change| change["summary"].as_str()) {
                    output::line(summary);
                }
                let would = if self.preview { "would be taken back" } else { "is taken back" };
                output::line(format_args!("run {} {would}; kept, because posted: {}", self.run, answer["kept_count"]));
            }
            Ok(ExitCode::SUCCESS)
        })
    }
}

fn conflicts(more: &serde_json::Map<String, Json>) {
    for conflict in more.get("conflicts").and_then(Json::as_array).into_iter().flatten() {
        output::note(format_args!("{}", conflict["message"].as_str().unwrap_or_default()));
    }
}
