//! `nexus verify`: proof that the data hold together.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::failure::Failure;
use crate::output;
use crate::place::{Place, wait};

/// Check the audit chain, references and the balance of the books
///
/// Reads every tenant, also while a server runs. Prints what does not hold; the exit code is then 1.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus verify --data ./data")]
pub(crate) struct Verify {
    /// Print the findings as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Only this tenant
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    #[command(flatten)]
    place: Place,
}

impl Verify {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let found = self.place.find()?;
        found.log("warn")?;
        let kernel = found.open_existing()?;
        wait(async {
            let slugs = match self.tenant {
                Some(slug) => vec![slug],
                None => kernel.tenant_slugs()?,
            };
            let mut findings = Vec::new();
            for slug in &slugs {
                let tenant = kernel.tenant(slug)?;
                for finding in kernel.verify(&tenant).await? {
                    findings.push(json!({"tenant": slug, "place": finding.place, "message": finding.message}));
                    if !self.json {
                        output::line(format_args!("{slug}: {}: {}", finding.place, finding.message));
                    }
                }
            }
            let sound = findings.is_empty();
            if self.json {
                output::json(&json!({"tenants": slugs, "findings": findings}));
            } else if sound {
                output::line(format_args!("{}: everything holds", slugs.join(", ")));
            }
            Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(1) })
        })
    }
}
