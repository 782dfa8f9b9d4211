//! `nexus run`: any action from the shell.

use std::io::Read;
use std::process::ExitCode;

use clap::Args;
use nexus_kernel::model::Uuid;
use nexus_kernel::{Call, Effect, Request};
use serde_json::{Value as Json, json};

use crate::failure::Failure;
use crate::output;
use crate::place::{Place, Who, wait};

/// Run an action
///
/// Answers JSON: the run and the action's output, or with --preview the changes it would make. Previews and
/// actions that only read also work while a server runs.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus run crm.create_lead --json '{\"name\": \"Élodie Laurent\"}'\n  \
    nexus run crm.convert_lead --record 0199… --preview")]
pub(crate) struct Run {
    /// The full name of the action, such as crm.convert_lead
    #[arg(value_name = "APP.ACTION")]
    action: String,
    /// The record that the action is about
    #[arg(long, value_name = "ID")]
    record: Option<Uuid>,
    /// The input; - reads it from standard input
    #[arg(long, value_name = "JSON", default_value = "{}", hide_default_value = true)]
    json: String,
    /// Answer what would change, and change nothing
    #[arg(long)]
    preview: bool,
    /// The company to work in, where there are several
    #[arg(long, value_name = "ID")]
    company: Option<Uuid>,
    /// A retry under the same key gets the first reply
    #[arg(long, value_name = "KEY")]
    idempotency_key: Option<String>,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Place,
}

impl Run {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let found = self.place.find()?;
        found.log("warn")?;
        let input = input(&self.json)?;
        found.must_exist()?;
        // What a company has declared for itself is known once its tenant is open.
        let effect = found.registry()?.action(&self.action).map(|action| action.effect).ok();
        let changes = effect != Some(Effect::Read) && !self.preview;
        let _lock = if changes { found.lock()? } else { None };
        let kernel = found.open_existing()?;
        wait(async {
            let (tenant, principal) = self.who.find(&kernel).await?;
            tenant.registry().action(&self.action).map_err(|problem| Failure::usage(problem.detail))?;
            let request = Request {
                calls: vec![Call { action: self.action, record: self.record, input }],
                preview: self.preview,
                idempotency_key: self.idempotency_key,
                company: self.company,
                if_match: None,
            };
            let mut reply = kernel.dispatch(&tenant, &principal, request).await?;
            let output = reply.outputs.pop().unwrap_or_default();
            output::json(&if self.preview {
                json!({"output": output, "changes": reply.changes})
            } else if reply.run.is_nil() {
                json!({"output": output})
            } else {
                json!({"run": reply.run, "output": output})
            });
            Ok(ExitCode::SUCCESS)
        })
    }
}

pub(super) fn input(given: &str) -> Result<Json, Failure> {
    let mut text = given.to_owned();
    if given == "-" {
        text.clear();
        let read = std::io::stdin().lock().read_to_string(&mut text);
        read.map_err(|error| Failure::failed(format!("--json: cannot read standard input: {error}")))?;
    }
    let parsed: Json = serde_json::from_str(&text).map_err(|error| Failure::usage(format!("--json: {error}")))?;
    if parsed.is_object() {
        Ok(parsed)
    } else {
        Err(Failure::usage("--json: the input is an object, such as {\"name\": \"A\"}"))
    }
}
