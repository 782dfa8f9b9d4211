//! `nexus doctor`: tries what is set, and says what helps.

use std::process::ExitCode;

use clap::{Args, CommandFactory};

use crate::Cli;
use crate::checkup::{self, Line, Verdict};
use crate::failure::Failure;
use crate::output;
use crate::place::{Place, wait};
use crate::settings::{self, Service};

/// Try disk, clock, ports, database, files, mail and what else is set
///
/// Takes the flags of `serve`. Each line says ok, warn or fail, what was found and what helps; the exit code is 1 when
/// one fails. Also while a server runs; no record is read or changed.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus doctor --data ./data")]
pub(crate) struct Doctor {
    /// Print the lines as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    service: Service,
}

impl Doctor {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let found = self.place.find_for(&self.service)?;
        found.log("error")?;
        let unknown = settings::unknown_variables(&Cli::command(), settings::variables());
        let lines = wait(async { Ok(checkup::all(&found, unknown).await) })?;
        for Line { check, verdict, value, remedy } in lines.iter().filter(|_| !self.json) {
            let remedy = remedy.as_ref().map(|remedy| format!("\n                 {remedy}")).unwrap_or_default();
            output::line(format_args!("{:<4} {check:<11} {value}{remedy}", verdict.name()));
        }
        if self.json {
            output::json(&serde_json::Value::Array(lines.iter().map(Line::json).collect()));
        }
        let failed = lines.iter().any(|line| line.verdict == Verdict::Fail);
        Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}
