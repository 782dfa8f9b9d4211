//! `nexus migrate`: every tenant's tables in the form that the apps ask for, foreseen or brought about.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use nexus_kernel::Kernel;
use nexus_kernel::model::Timestamp;
use nexus_kernel::store::{Forecast, Limits, Step};
use serde_json::{Value as Json, json};

use super::backup::back_up;
use crate::failure::Failure;
use crate::output;
use crate::place::{Found, Place, wait};

/// The folder in the data folder for what a migration removes.
const COPIES: &str = "copies";

/// Bring every tenant's tables to the form of the apps, and end
///
/// A server does this by itself when it opens a tenant; before a new version is rolled out to many processes it is
/// done once. What touches rows is tried on a copy first, and done in one transaction. Tables, columns and indexes
/// are added by themselves. What no manifest declares any more stays, and a column whose values would be lost or stored
/// otherwise is refused, unless --allow-destructive says so.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus migrate --check --database postgres://nexus@localhost/nexus")]
pub(crate) struct Migrate {
    /// Only tell what would change, for how many rows and whether it would succeed; it may be asked beside a server
    #[arg(long, conflicts_with = "allow_destructive")]
    check: bool,
    /// Also remove what no manifest declares any more, and change columns to another type; no server may run
    #[arg(long)]
    allow_destructive: bool,
    /// The folder for a backup of each tenant that loses something; `copies` in the data folder when left out
    #[arg(long, value_name = "DIR", requires = "allow_destructive")]
    copies: Option<PathBuf>,
    /// Only this tenant, by its short name
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// Print the tenants as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    place: Place,
}

/// A tenant, what becomes or became of it, and where a copy of it is.
struct Told {
    slug: String,
    steps: Vec<Step>,
    copy: PathBuf,
}

impl Migrate {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let found = self.place.find()?;
        found.log("warn")?;
        if self.check || self.allow_destructive {
            found.must_exist()?;
            found.must_have_all_apps()?;
        }
        let _lock = if self.check { None } else { found.lock()? };
        let kernel = found.open(Limits::default())?;
        let slugs = match &self.tenant {
            Some(slug) => vec![kernel.entry(slug)?.slug],
            None => kernel.tenant_slugs()?,
        };
        if self.check {
            return self.tell(&kernel, &slugs);
        }
        if self.allow_destructive {
            alone(&kernel)?;
        }
        let mut done = Vec::new();
        let mut formed = Vec::new();
        let ended = slugs.iter().try_for_each(|slug| {
            if self.allow_destructive {
                done.extend(self.reduce(&found, &kernel, slug)?);
            }
            wait(async { Ok(kernel.tenant(slug).map(drop)?) })?;
            formed.push(slug);
            Ok(())
        });
        // What was done stays done, whatever became of those after it.
        if self.json {
            let reduced: Vec<Json> =
                done.iter().map(|told| json!({"tenant": told.slug, "steps": told.steps, "copy": told.copy})).collect();
            output::json(&json!({ "tenants": formed, "reduced": reduced }));
        } else {
            for Told { slug, steps, copy } in &done {
                steps.iter().for_each(|step| output::line(format_args!("{slug}: {step}")));
                output::line(format_args!("{slug}: as it was before in {}", copy.display()));
            }
            output::line(format_args!("{} tenants are in form", formed.len()));
        }
        ended.map(|()| ExitCode::SUCCESS)
    }

    /// Takes a tenant's steps with consent; nothing where none of them needs it.
    fn reduce(&self, found: &Found, kernel: &Kernel, slug: &str) -> Result<Option<Told>, Failure> {
        let (forecast, _) = kernel.foresee(slug)?;
        if !forecast.steps.iter().any(Step::needs_consent) {
            return Ok(None);
        }
        if let Some(why) = failure(&forecast) {
            return Err(Failure::failed(format!("{slug}: {why}")));
        }
        let folder = self.copies.clone().unwrap_or_else(|| found.folder.join(COPIES));
        std::fs::create_dir_all(&folder).map_err(|error| Failure::file("make", &folder, &error))?;
        let at = Timestamp::from_second(kernel.now().as_second()).unwrap_or_default().to_string().replace(':', "");
        let copy = folder.join(format!("{slug}-{at}.tar"));
        back_up(kernel, &[kernel.entry(slug)?], &copy)?;
        let steps = kernel.reduce(slug)?.steps;
        Ok(Some(Told { slug: slug.to_owned(), steps, copy }))
    }

    fn tell(&self, kernel: &Kernel, slugs: &[String]) -> Result<ExitCode, Failure> {
        let mut all = Vec::new();
        let mut succeeds = true;
        for slug in slugs {
            let (forecast, aside) = kernel.foresee(slug)?;
            succeeds &= forecast.succeeds(false);
            if self.json {
                let aside: Vec<String> = aside.iter().map(ToString::to_string).collect();
                let steps = forecast.steps.iter().map(|step| {
                    let mut told = json!(step);
                    told["needs_consent"] = step.needs_consent().into();
                    told
                });
                all.push(json!({
                    "tenant": slug, "steps": steps.collect::<Vec<_>>(), "succeeds": forecast.succeeds(false),
                    "succeeds_with_consent": forecast.succeeds(true), "failure": failure(&forecast),
                    "lacking": forecast.lacking, "set_aside": aside,
                }));
                continue;
            }
            in_words(slug, &forecast);
            for error in aside {
                output::line(format_args!("  a manifest of its own no longer fits and is set aside: {error}"));
            }
        }
        if self.json {
            output::json(&json!({ "tenants": all }));
        }
        Ok(if succeeds { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Refuses while others work with the tables that are about to change under them.
fn alone(kernel: &Kernel) -> Result<(), Failure> {
    match wait(async { Ok(kernel.others_at_work().await?) })? {
        0 => Ok(()),
        others => Err(Failure::failed(format!(
            "{others} other processes serve this database; end them first, as tables would change under them"
        ))),
    }
}

/// Why a migration would fail even with consent.
fn failure(forecast: &Forecast) -> Option<String> {
    let obstacle = forecast.steps.iter().find(|step| step.obstacle.is_some()).map(ToString::to_string);
    obstacle.or_else(|| forecast.failure.clone())
}

fn in_words(slug: &str, forecast: &Forecast) {
    let changes = forecast.steps.iter().filter(|step| !step.may_wait()).count();
    let verdict = failure(forecast);
    match verdict {
        Some(why) => output::line(format_args!("{slug}: would fail: {why}")),
        None if !forecast.succeeds(false) => {
            output::line(format_args!("{slug}: would be refused without --allow-destructive"));
        }
        None if changes == 0 => output::line(format_args!("{slug}: in form")),
        None => output::line(format_args!("{slug}: {changes} changes, which succeeded on a copy")),
    }
    for step in &forecast.steps {
        let fate = if step.may_wait() { " (it stays without --allow-destructive)" } else { "" };
        output::line(format_args!("  {step}{fate}"));
    }
    for lack in &forecast.lacking {
        let (table, column, rows) = (&lack.table, &lack.column, lack.rows);
        output::line(format_args!(
            "  {table}.{column} is required, and {rows} rows have none: they are read as they are, and want one when \
             they are changed next"
        ));
    }
}
