//! `nexus changes`: what became of records between two moments, in words.

use std::process::ExitCode;

use clap::Args;
use nexus_kernel::faces::difference::{ChangesParams, Difference, Fate};
use nexus_kernel::model::Uuid;
use serde_json::json;

use crate::failure::Failure;
use crate::output;
use crate::place::{Place, Who, wait};

/// Tell what became of records between two moments
#[derive(Args)]
#[command(after_help = "Example:\n  nexus changes crm.deal --from 2026-01-01T00:00:00Z --to 2026-02-01T00:00:00Z")]
pub(crate) struct Changes {
    /// The object, such as crm.deal
    #[arg(value_name = "APP.OBJECT")]
    object: String,
    /// One record; all of the object's when left out
    #[arg(long, value_name = "ID")]
    record: Option<Uuid>,
    /// The first moment; the beginning when left out
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// The second moment; now when left out
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
    /// Print the answer as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Place,
}

impl Changes {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let found = self.place.find()?;
        found.log("warn")?;
        let kernel = found.open_existing()?;
        wait(async {
            let object = kernel.registry.object(&self.object).map_err(|problem| Failure::usage(problem.detail))?;
            let (tenant, principal) = self.who.find(&kernel).await?;
            let params = ChangesParams { from: self.from, to: self.to };
            let answer = match self.record {
                Some(id) => {
                    let told = kernel.difference(&tenant, &principal, object, id, params).await?;
                    if !self.json {
                        say(&told);
                    }
                    json!(told)
                }
                None => {
                    let told = kernel.all_differences(&tenant, &principal, object, params).await?;
                    if !self.json {
                        told.data.iter().for_each(say);
                        let (created, changed, deleted) = (told.created, told.changed, told.deleted);
                        output::line(format_args!("{created} created, {changed} changed, {deleted} deleted"));
                    }
                    json!(told)
                }
            };
            if self.json {
                output::json(&answer);
            }
            Ok(ExitCode::SUCCESS)
        })
    }
}

fn say(difference: &Difference) {
    let fate = match difference.fate {
        Fate::Created => "created",
        Fate::Changed => "changed",
        Fate::Deleted => "deleted",
        Fate::Same => "the same",
    };
    output::line(format_args!("{}: {fate}", difference.title));
    for change in &difference.changes {
        output::line(format_args!("  {}", change.text));
    }
}
