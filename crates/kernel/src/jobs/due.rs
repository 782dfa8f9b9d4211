//! Which job of a tenant is next, and when there is one again.

use std::collections::HashSet;
use std::sync::Arc;

use nexus_model::{Timestamp, Uuid};

use crate::carry::Peers;
use crate::core::{Job, JobState, Schedule};
use crate::ctx::Ctx;
use crate::find::{Find, find};
use crate::kernel::Kernel;
use crate::{Result, Tenant};

/// When nothing is to be done any more, as the control tables note it.
const NEVER: Timestamp = Timestamp::MAX;

/// What there is to do in a tenant.
pub(super) enum Due {
    /// Schedules have come round.
    Schedules,
    /// This job is next.
    Job(Box<Job>),
    /// Nothing, until this moment or until something is written; some of it is at work now, when it has passed.
    Nothing(Timestamp),
}

impl Kernel {
    /// What is next that is not at work here already.
    pub(super) async fn due(&self, tenant: &Arc<Tenant>) -> Result<Due> {
        let busy = self.jobs.busy().clone();
        let peers = self.peers();
        self.survey(tenant, move |ctx| {
            Box::pin(async move {
                let now = ctx.now();
                if ctx.next_schedule().await?.is_some_and(|at| at <= now) {
                    return Ok(Due::Schedules);
                }
                if let Some(job) = ctx.next_job(&busy, &peers).await? {
                    return Ok(Due::Job(Box::new(job)));
                }
                Ok(Due::Nothing(ctx.next_work().await?))
            })
        })
        .await
    }

    /// Notes in the control tables when there is work in a tenant next. It is asked for as the tenant's only writer, so
    /// that nobody makes any meanwhile.
    pub(super) async fn note_next(&self, tenant: &Arc<Tenant>) -> Result<()> {
        let (control, slug) = (Arc::clone(&self.control), tenant.slug.clone());
        self.manage(tenant, move |ctx| {
            Box::pin(async move {
                let next = ctx.next_work().await?;
                Ok(control.put_work(&slug, next)?)
            })
        })
        .await
    }
}

impl Ctx {
    /// When there is work next, also what is at work now.
    async fn next_work(&mut self) -> Result<Timestamp> {
        let schedule = self.next_schedule().await?;
        let mut next = schedule.unwrap_or(NEVER);
        for state in [JobState::Queued, JobState::Running] {
            next = next.min(self.next_in(state).await?.unwrap_or(NEVER));
        }
        Ok(next)
    }

    async fn next_schedule(&mut self) -> Result<Option<Timestamp>> {
        let active = find::<Schedule>().eq("active", true).filter("next_at != null").sort("next_at").limit(1);
        Ok(self.all(active).await?.pop().and_then(|schedule| schedule.next_at))
    }

    async fn next_in(&mut self, state: JobState) -> Result<Option<Timestamp>> {
        Ok(self.all(in_state(state).sort("run_at").limit(1)).await?.pop().and_then(|job| job.run_at))
    }

    /// The job that is run next: one whose process has died, or of those that are due the one of the first priority that
    /// waits longest, of which none with the same key is at work.
    async fn next_job(&mut self, busy: &HashSet<Uuid>, peers: &Peers) -> Result<Option<Job>> {
        let running = self.all(in_state(JobState::Running)).await?;
        let holders = running.iter().filter(|job| !busy.contains(&job.id.uuid())).map(|job| job.process);
        let dead = peers.dead(holders.flatten().collect())?;
        let is_left = |job: &&Job| job.process.is_none_or(|process| dead.contains(&process));
        if let Some(left) = running.iter().filter(|job| !busy.contains(&job.id.uuid())).find(is_left) {
            return Ok(Some(left.clone()));
        }
        if self.next_in(JobState::Queued).await?.is_none_or(|at| at > self.now()) {
            return Ok(None);
        }
        let mut waiting = in_state(JobState::Queued).filter("run_at <= now()").sort("priority").sort("run_at");
        let keys: HashSet<String> = running.into_iter().filter_map(|job| job.concurrency_key).collect();
        if !keys.is_empty() {
            // A list of texts is written the same in JSON and in CEL.
            waiting = waiting.filter(format!("!(concurrency_key in {})", serde_json::json!(keys)));
        }
        let found = self.all(waiting.limit(busy.len() + 1)).await?;
        Ok(found.into_iter().find(|job| !busy.contains(&job.id.uuid())))
    }

    /// Whether another job with the key of this one is at work.
    pub(super) async fn is_key_taken(&mut self, job: &Job) -> Result<bool> {
        let Some(key) = &job.concurrency_key else { return Ok(false) };
        let same = self.all(in_state(JobState::Running).eq("concurrency_key", key.as_str())).await?;
        Ok(same.iter().any(|other| other.id != job.id))
    }
}

pub(super) fn in_state(state: JobState) -> Find<Job> {
    find::<Job>().eq("state", state.as_str())
}
