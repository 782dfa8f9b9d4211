//! What becomes of a company: suspended, deleted, removed; its plan, and what it uses of it.

use clap::{Args, Subcommand};
use nexus_kernel::model::Timestamp;
use nexus_kernel::store::TenantEntry;
use nexus_kernel::{Kernel, Quotas};
use serde_json::{Value as Json, json};

use super::Common;
use crate::failure::Failure;
use crate::place::wait;

/// Days for which a deleted tenant can be taken back.
const GRACE: &str = "30";
/// Longest grace, in days: a hundred years.
const GRACE_MAX: i64 = 36_500;

#[derive(Subcommand)]
pub(super) enum Command {
    Suspend(Suspend),
    Resume(Resume),
    Delete(Delete),
    Undelete(Undelete),
    Purge(Purge),
    Plan(Plan),
    Usage(Usage),
}

/// Let nobody work in a tenant, until it is resumed
///
/// Every process follows within a second: requests are answered with the reason, streams end, sessions stay.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus tenant suspend kibo-ltd --reason 'the invoice of March is not paid'")]
pub(super) struct Suspend {
    /// The tenant's short name
    slug: String,
    /// What its people are told
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    common: Common,
}

/// Let everybody work in a suspended tenant again
#[derive(Args)]
#[command(after_help = "Example:\n  nexus tenant resume kibo-ltd")]
pub(super) struct Resume {
    /// The tenant's short name
    slug: String,
    #[command(flatten)]
    common: Common,
}

/// Delete a tenant; for some time it can be taken back
///
/// Nobody may work in it from now on. When the grace is over a server removes its data, its sessions and its name.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus tenant delete kibo-ltd --grace-days 30")]
pub(super) struct Delete {
    /// The tenant's short name
    slug: String,
    /// Days for which it can be taken back
    #[arg(long, value_name = "N", env = "NEXUS_GRACE_DAYS", default_value = GRACE,
          value_parser = clap::value_parser!(i64).range(0..=GRACE_MAX))]
    grace_days: i64,
    #[command(flatten)]
    common: Common,
}

/// Take back that a tenant was deleted
#[derive(Args)]
#[command(after_help = "Example:\n  nexus tenant undelete kibo-ltd")]
pub(super) struct Undelete {
    /// The tenant's short name
    slug: String,
    #[command(flatten)]
    common: Common,
}

/// Remove a deleted tenant for good: data, sessions and name
///
/// Cannot be taken back. With a data folder the server must be ended first; a server does it by itself once the grace
/// is over.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus tenant purge kibo-ltd --now")]
pub(super) struct Purge {
    /// The tenant's short name
    slug: String,
    /// Also before the grace is over
    #[arg(long)]
    now: bool,
    #[command(flatten)]
    common: Common,
}

/// Give a tenant another plan
///
/// Every process follows within a second. Data of apps that the new plan does not have stay, out of reach.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus tenant plan kibo-ltd professional")]
pub(super) struct Plan {
    /// The tenant's short name
    slug: String,
    /// The plan's name
    plan: String,
    #[command(flatten)]
    common: Common,
}

/// What a tenant uses, and what its plan allows
#[derive(Args)]
#[command(after_help = "Example:\n  nexus tenant usage kibo-ltd")]
pub(super) struct Usage {
    /// The tenant's short name
    slug: String,
    #[command(flatten)]
    common: Common,
}

/// A tenant's standing in one word or two.
pub(super) fn word(entry: &TenantEntry) -> String {
    match (&entry.purge_at, &entry.suspended) {
        (Some(at), _) => format!("deleted, removed at {at}"),
        (None, Some(reason)) => format!("suspended: {reason}"),
        (None, None) => "active".to_owned(),
    }
}

impl Command {
    pub(super) fn common(&self) -> &Common {
        match self {
            Command::Suspend(Suspend { common, .. })
            | Command::Resume(Resume { common, .. })
            | Command::Delete(Delete { common, .. })
            | Command::Undelete(Undelete { common, .. })
            | Command::Purge(Purge { common, .. })
            | Command::Plan(Plan { common, .. })
            | Command::Usage(Usage { common, .. }) => common,
        }
    }

    /// Whether no server may have the data folder meanwhile. The others change the control tables alone.
    pub(super) fn needs_lock(&self) -> bool {
        matches!(self, Command::Purge(_))
    }

    /// Does it; the answer as JSON and as a line.
    pub(super) fn run(&self, kernel: &Kernel) -> Result<(Json, String), Failure> {
        Ok(match self {
            Command::Suspend(Suspend { slug, reason, .. }) => {
                kernel.suspend_tenant(slug, reason)?;
                (json!({"tenant": slug, "suspended": reason}), format!("{slug} is suspended: {reason}"))
            }
            Command::Resume(Resume { slug, .. }) => {
                kernel.resume_tenant(slug)?;
                (json!({"tenant": slug, "suspended": null}), format!("{slug} is resumed"))
            }
            Command::Delete(Delete { slug, grace_days, .. }) => {
                let at: Timestamp = kernel.delete_tenant(slug, *grace_days)?;
                let line = format!("{slug} is deleted; until {at} `nexus tenant undelete {slug}` takes that back");
                (json!({"tenant": slug, "purge_at": at}), line)
            }
            Command::Undelete(Undelete { slug, .. }) => {
                kernel.undelete_tenant(slug)?;
                (json!({"tenant": slug, "purge_at": null}), format!("{slug} is back"))
            }
            Command::Purge(Purge { slug, now, .. }) => {
                kernel.purge_tenant(slug, *now)?;
                (json!({"tenant": slug, "purged": true}), format!("{slug} is removed"))
            }
            Command::Plan(Plan { slug, plan, .. }) => {
                kernel.plan_tenant(slug, plan)?;
                (json!({"tenant": slug, "plan": plan}), format!("{slug} has the plan {plan}"))
            }
            Command::Usage(Usage { slug, .. }) => usage(kernel, slug)?,
        })
    }
}

fn usage(kernel: &Kernel, slug: &str) -> Result<(Json, String), Failure> {
    let (tenant, used) = wait(async {
        let tenant = kernel.tenant(slug)?;
        let used = kernel.usage(&tenant).await?;
        Ok((tenant, used))
    })?;
    let (plan, apps) = (tenant.plan(), tenant.registry().schema.apps.keys().cloned().collect::<Vec<_>>());
    let Quotas { users, records, storage_mib, calls_per_minute } = plan.limits.clone();
    let of = |limit: Option<u64>| limit.map_or("no limit".to_owned(), |limit| format!("of {limit}"));
    let lines = [
        format!("plan       {} ({})", plan.label, plan.about),
        format!("apps       {}", apps.join(", ")),
        format!("users      {} {}", used.users, of(users)),
        format!("records    {} {}", used.records, of(records)),
        format!("storage    {} MiB {}", used.storage_bytes >> 20, of(storage_mib)),
        format!(
            "API calls  {} a minute",
            of(calls_per_minute.map(|calls| calls.get().into())).trim_start_matches("of ")
        ),
    ];
    let answer = json!({"tenant": slug, "plan": plan.name, "apps": apps, "used": used, "limits": plan.limits});
    Ok((answer, lines.join("\n")))
}
