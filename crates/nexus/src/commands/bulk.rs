//! `nexus bulk`: one action on many records.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use nexus_kernel::BulkRequest;
use nexus_kernel::model::Uuid;
use serde_json::{Value as Json, json};

use super::run::input;
use crate::failure::Failure;
use crate::output;
use crate::place::{Place, Who, wait};

/// Run one action on many records as one run
///
/// Answers JSON: the run, which `nexus undo` takes back, and what was refused with the reason; the exit code is then 1.
/// Work that was cut off goes on with --run.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus bulk crm.lead update --filter \"owner == null\" \
                  --json '{\"source\": \"fair\"}' --preview\n  nexus bulk crm.lead delete --id 0199… --id 0199…")]
pub(crate) struct Bulk {
    /// The object, such as crm.lead
    #[arg(value_name = "APP.OBJECT")]
    object: String,
    /// update, delete, restore or the name of an action on a record, such as convert
    action: String,
    /// The records for which this condition over the fields holds
    #[arg(long, value_name = "CEL", required_unless_present = "id", conflicts_with = "id")]
    filter: Option<String>,
    /// A record; may be given again
    #[arg(long, value_name = "ID")]
    id: Vec<Uuid>,
    /// The input for all of them; - reads it from standard input
    #[arg(long, value_name = "JSON", default_value = "{}", hide_default_value = true)]
    json: String,
    /// Answer what would change, and change nothing
    #[arg(long)]
    preview: bool,
    /// All of it or nothing, for at most 500 records
    #[arg(long)]
    whole: bool,
    /// The run to go on with after the work was cut off
    #[arg(long, value_name = "RUN")]
    run: Option<Uuid>,
    /// The company to work in, where there are several
    #[arg(long, value_name = "ID")]
    company: Option<Uuid>,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Place,
}

impl Bulk {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let found = self.place.find()?;
        found.log("warn")?;
        let input: Json = input(&self.json)?;
        found.must_exist()?;
        let _lock = if self.preview { None } else { found.lock()? };
        let kernel = found.open_existing()?;
        wait(async {
            let object = kernel.registry.object(&self.object).map_err(|problem| Failure::usage(problem.detail))?;
            let object = Arc::clone(object);
            let (tenant, principal) = self.who.find(&kernel).await?;
            let request = BulkRequest {
                action: self.action,
                ids: (!self.id.is_empty()).then_some(self.id),
                filter: self.filter,
                records: None,
                input,
                preview: self.preview,
                whole: self.whole,
                run: self.run,
            };
            let report = kernel.bulk(&tenant, &principal, &object, self.company, request).await?;
            output::json(&json!(report));
            Ok(if report.refused_count == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        })
    }
}
