//! `nexus migrate`: every tenant's tables in the form that the apps ask for.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::failure::Failure;
use crate::output;
use crate::place::{Place, wait};

/// Bring every tenant's tables to the form of the apps, and end
///
/// A server does this by itself when it opens a tenant; before a new version is rolled out to many processes it is
/// done once.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus migrate --database postgres://nexus@localhost/nexus")]
pub(crate) struct Migrate {
    /// Print the tenants as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    place: Place,
}

impl Migrate {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let found = self.place.find()?;
        found.log("warn")?;
        let _lock = found.lock()?;
        let kernel = found.open(nexus_kernel::store::Limits::default())?;
        let slugs = kernel.tenant_slugs()?;
        wait(async { Ok(slugs.iter().try_for_each(|slug| kernel.tenant(slug).map(drop))?) })?;
        if self.json {
            output::json(&json!({ "tenants": slugs }));
        } else {
            output::line(format_args!("{} tenants are in form", slugs.len()));
        }
        Ok(ExitCode::SUCCESS)
    }
}
