//! Whether a tenant may be worked in: suspended and resumed, deleted and taken back, removed for good.

use std::sync::Arc;
use std::time::Duration;

use nexus_model::{Problem, Timestamp};
use nexus_store::TenantEntry;
use serde_json::json;
use tokio::sync::watch;

use crate::kernel::Kernel;
use crate::{Result, Tenant};

/// How often a process asks the control tables about the tenants it has open: within this time it follows what another
/// process, or the command line, says of them.
pub const LOOK: Duration = Duration::from_secs(1);
/// How many looks there are from one search for tenants whose grace is over to the next.
const LOOKS_A_PURGE: u32 = 60;
/// Tenants removed at a time.
const PURGED_MAX: usize = 16;

/// Whether a tenant may be worked in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Active,
    /// Nobody may, for this reason.
    Suspended(String),
    /// Nobody may; its data are removed at this time.
    Deleted(Timestamp),
    /// It has another plan or other manifests of its own, or is there no more: who asks for it again finds it so.
    Replaced,
}

impl Standing {
    pub(crate) fn of(entry: &TenantEntry) -> Standing {
        match (entry.purge_at, &entry.suspended) {
            (Some(at), _) => Standing::Deleted(at),
            (None, Some(reason)) => Standing::Suspended(reason.clone()),
            (None, None) => Standing::Active,
        }
    }

    /// That the tenant of this name may be worked in.
    pub(crate) fn check(&self, name: &str) -> Result<()> {
        let ask = "ask whoever runs this server";
        match self {
            Standing::Active | Standing::Replaced => Ok(()),
            Standing::Suspended(reason) => {
                Err(Problem::denied(format!("{name} is suspended: {reason}. Nothing is lost; {ask} to resume it"))
                    .with("suspended", json!(reason)))
            }
            Standing::Deleted(at) => {
                Err(Problem::denied(format!("{name} was deleted; until {at} {ask} to take that back"))
                    .with("purge_at", json!(at)))
            }
        }
    }
}

impl Tenant {
    /// Follows whether the tenant may be worked in.
    pub fn standing(&self) -> watch::Receiver<Standing> {
        self.standing.subscribe()
    }

    /// That it may be worked in.
    pub fn check_standing(&self) -> Result<()> {
        self.standing.borrow().check(&self.name)
    }

    pub(crate) fn stand(&self, standing: Standing) {
        self.standing.send_if_modified(|now| std::mem::replace(now, standing.clone()) != standing);
    }
}

impl Kernel {
    /// Lets nobody work in a tenant from now on. Its people are told the reason; their sessions stay.
    pub fn suspend_tenant(&self, slug: &str, reason: &str) -> Result<()> {
        found(slug, self.control.suspend_tenant(slug, Some(reason))?)?;
        self.look()
    }

    /// Lets everybody work in a suspended tenant again.
    pub fn resume_tenant(&self, slug: &str) -> Result<()> {
        found(slug, self.control.suspend_tenant(slug, None)?)?;
        self.look()
    }

    /// Deletes a tenant: nobody may work in it from now on, and after the grace, in days, its data are removed. Answers
    /// when.
    ///
    /// # Errors
    /// A conflict when it is deleted already.
    pub fn delete_tenant(&self, slug: &str, grace_days: i64) -> Result<Timestamp> {
        if let Some(at) = self.entry(slug)?.purge_at {
            return Err(Problem::conflict(format!("{slug} is deleted already; its data are removed at {at}")));
        }
        let grace = jiff::SignedDuration::from_secs(grace_days.saturating_mul(24 * 3_600));
        let at = (self.options.clock)().checked_add(grace);
        let at = at.map_err(|_| Problem::field("grace_days", "range", "leads beyond the years that are known"))?;
        found(slug, self.control.delete_tenant(slug, Some(at))?)?;
        self.look()?;
        Ok(at)
    }

    /// Takes back that a tenant was deleted.
    ///
    /// # Errors
    /// A conflict when it is not deleted, or its grace is over.
    pub fn undelete_tenant(&self, slug: &str) -> Result<()> {
        let at = self.entry(slug)?.purge_at;
        let at = at.ok_or_else(|| Problem::conflict(format!("{slug} is not deleted; nothing was changed")))?;
        if at <= (self.options.clock)() {
            return Err(Problem::conflict(format!("the grace of {slug} was over at {at}: its data are being removed")));
        }
        found(slug, self.control.delete_tenant(slug, None)?)
    }

    /// Removes a deleted tenant for good: its data, its sessions and its name.
    ///
    /// # Errors
    /// A conflict while its grace lasts, unless `early`; and while somebody still works in it.
    pub fn purge_tenant(&self, slug: &str, early: bool) -> Result<()> {
        let another = || Problem::conflict(format!("another process is at work on {slug} just now"));
        let _only = self.control.alone(slug)?.ok_or_else(another)?;
        let entry = self.entry(slug)?;
        let now = (self.options.clock)();
        match entry.purge_at {
            None => return Err(Problem::conflict(format!("{slug} is not deleted; delete it first"))),
            Some(at) if at > now && !early => {
                return Err(Problem::conflict(format!("the grace of {slug} lasts until {at}; nothing was changed")));
            }
            // From here on nobody takes it back.
            Some(_) => found(slug, self.control.delete_tenant(slug, Some(now))?)?,
        }
        self.look()?;
        let _opening = self.opening();
        if let Some(open) = self.tenants.remove(slug)
            && Arc::strong_count(&open) > 1
        {
            return Err(Problem::conflict(format!("somebody still works in {slug}; try again shortly")));
        }
        self.home(&entry)?.clear()?;
        self.discard_indexes(slug)?;
        self.clear_files(slug)?;
        // Last, so that what was cut off is found again and brought to its end.
        Ok(self.control.remove_tenant(slug)?)
    }

    /// Removes tenants whose grace is over.
    pub fn purge_due(&self) -> Result<()> {
        for entry in self.control.due_tenants((self.options.clock)(), PURGED_MAX)? {
            match self.purge_tenant(&entry.slug, false) {
                Ok(()) => tracing::info!(tenant = entry.slug, "its grace is over; its data are removed"),
                Err(problem) => tracing::warn!(tenant = entry.slug, %problem, "could not be removed yet"),
            }
        }
        Ok(())
    }

    /// Gives a tenant another plan.
    pub fn plan_tenant(&self, slug: &str, plan: &str) -> Result<()> {
        self.plan(plan)?;
        found(slug, self.control.plan_tenant(slug, plan, (self.options.clock)())?)?;
        self.look()
    }

    /// Asks the control tables what the tenants that are open may do, and lets go of those that are no longer as they
    /// were opened.
    pub fn look(&self) -> Result<()> {
        let open = self.tenants.all();
        if open.is_empty() {
            return Ok(());
        }
        let slugs: Vec<&str> = open.iter().map(|tenant| tenant.slug.as_str()).collect();
        let entries = self.control.tenants_of(&slugs)?;
        for tenant in &open {
            match entries.get(&tenant.slug) {
                Some(entry) if entry.purge_at.is_none() && tenant.terms.are_of(entry) => {
                    tenant.stand(Standing::of(entry))
                }
                other => {
                    self.tenants.remove(&tenant.slug);
                    tenant.stand(
                        other.map(Standing::of).filter(|now| *now != Standing::Active).unwrap_or(Standing::Replaced),
                    );
                }
            }
        }
        Ok(())
    }

    /// Does, until it is dropped, what a server does now and then: looks at its tenants' standing, closes those beyond
    /// the bound, removes those whose grace is over, and sweeps the files of those that are open.
    pub async fn keep(self: Arc<Self>) {
        futures::join!(Arc::clone(&self).look_now_and_then(), self.sweep_now_and_then());
    }

    async fn look_now_and_then(self: Arc<Self>) {
        let mut looks = tokio::time::interval(LOOK);
        looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        for turn in 0_u32.. {
            looks.tick().await;
            let kernel = Arc::clone(&self);
            let kept = tokio::task::spawn_blocking(move || {
                kernel.look()?;
                kernel.close_surplus();
                if turn.is_multiple_of(LOOKS_A_PURGE) { kernel.purge_due() } else { Ok(()) }
            });
            match kept.await {
                Ok(Ok(())) => {}
                // What could not be asked now is asked at the next turn.
                Ok(Err(problem)) => tracing::warn!(%problem, "the tenants' standing could not be looked up"),
                Err(error) => tracing::error!(%error, "looking after the tenants failed inside"),
            }
        }
    }
}

fn found(slug: &str, found: bool) -> Result<()> {
    if found { Ok(()) } else { Err(Problem::not_found(format!("there is no tenant {slug}"))) }
}
