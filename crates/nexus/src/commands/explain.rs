//! `nexus explain`: why somebody may do something, or may not.

use std::process::ExitCode;

use clap::Args;
use nexus_kernel::faces::explain::ExplainParams;
use nexus_kernel::model::Uuid;
use serde_json::json;

use crate::failure::Failure;
use crate::output;
use crate::place::{Place, Who, wait};

/// Tell why a user may do something, or may not
///
/// Names the role's entry in the manifest, its condition, and what of the record stands in the way. The exit code is 1
/// where it may not be done.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus explain crm.deal update --record 0199… --user ann@example.com")]
pub(crate) struct Explain {
    /// The object, such as crm.deal
    #[arg(value_name = "APP.OBJECT")]
    object: String,
    /// read, create, update, delete, restore, export or the name of an action, such as convert
    verb: String,
    /// The record; any of the object's when left out
    #[arg(long, value_name = "ID")]
    record: Option<Uuid>,
    /// Print the answer as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Place,
}

impl Explain {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let found = self.place.find()?;
        found.log("warn")?;
        let kernel = found.open_existing()?;
        wait(async {
            let object = kernel.registry.object(&self.object).map_err(|problem| Failure::usage(problem.detail))?;
            let (tenant, principal) = self.who.find(&kernel).await?;
            let params = ExplainParams { verb: self.verb, user: None };
            let told = kernel.explain(&tenant, &principal, object, self.record, params).await?;
            if self.json {
                output::json(&json!(told));
            } else {
                output::line(&told.summary);
                for reason in &told.reasons {
                    let mark = match reason.allows {
                        Some(true) => "+",
                        Some(false) => "-",
                        None => " ",
                    };
                    let entry = reason.entry.as_ref().map(|entry| format!(" ({entry})")).unwrap_or_default();
                    output::line(format_args!("{mark} {}: {}{entry}", reason.rule, reason.text));
                }
            }
            Ok(if told.allowed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        })
    }
}
