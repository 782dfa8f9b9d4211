//! `nexus graphql`: the schema of the GraphQL interface.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::failure::Failure;
use crate::output;
use crate::place::Place;

/// Print the GraphQL schema of all apps
///
/// It is what POST /api/v1/graphql answers to, in the schema definition language. Needs no data.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus graphql --apps crm > schema.graphql")]
pub(crate) struct Graphql {
    /// Print it as the member `schema` of a JSON object
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    place: Place,
}

impl Graphql {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let registry = self.place.find()?.registry()?;
        let schema = nexus_server::graphql::definition(&registry)?;
        if self.json {
            output::line(json!({ "schema": schema }));
        } else {
            output::line(schema.trim_end());
        }
        Ok(ExitCode::SUCCESS)
    }
}
