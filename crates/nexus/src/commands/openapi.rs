//! `nexus openapi`: the contract of the HTTP interface.

use std::process::ExitCode;

use clap::Args;

use crate::failure::Failure;
use crate::output;
use crate::place::Place;

/// Print the OpenAPI document of all apps
///
/// It is the same as GET /api/v1/openapi.json, and always JSON. Needs no data.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus openapi --apps crm > openapi.json")]
pub(crate) struct Openapi {
    /// The document is JSON with or without this
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    place: Place,
}

impl Openapi {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let registry = self.place.find()?.registry()?;
        output::json(&nexus_server::openapi::document(&registry));
        Ok(ExitCode::SUCCESS)
    }
}
