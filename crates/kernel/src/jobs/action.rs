//! A job that names an action: what it does and that it is done are one transaction.

use std::sync::Arc;

use nexus_model::Uuid;
use nexus_store::Run;

use super::claim::Failure;
use crate::core::{Job, JobState, foreseen};
use crate::ctx::Ctx;
use crate::entity::Entity;
use crate::kernel::{Call, Kernel, Request};
use crate::operation::Effect;
use crate::policy::READ;
use crate::principal::{Principal, PrincipalKind};
use crate::{Result, Tenant};

impl Kernel {
    /// Who a job is run for, as their rights are now.
    pub(super) async fn job_principal(&self, tenant: &Arc<Tenant>, job: &Job) -> Result<Arc<Principal>> {
        let Some(owner) = job.owner else { return Ok(Arc::new(Principal::system())) };
        let person = self.principal(tenant, owner.uuid()).await?;
        if job.agent { Ok(Arc::new(Principal { kind: PrincipalKind::Agent, ..(*person).clone() })) } else { Ok(person) }
    }

    /// Runs the action of a job, unless somebody else has, or it was cancelled.
    pub(super) async fn run_action(&self, tenant: &Arc<Tenant>, job: &Job) -> Result<()> {
        let ran = match self.job_principal(tenant, job).await {
            Ok(principal) => self.perform_job(tenant, &principal, job).await,
            Err(problem) => Err(problem),
        };
        let Err(problem) = ran else { return Ok(()) };
        let seen = job.clone();
        self.manage(tenant, move |ctx| {
            Box::pin(async move {
                let Some(mut job) = ctx.as_seen(&seen).await? else { return Ok(()) };
                job.attempt += 1;
                ctx.fail(job, &Failure::of(problem)).await
            })
        })
        .await
    }

    async fn perform_job(&self, tenant: &Arc<Tenant>, principal: &Arc<Principal>, job: &Job) -> Result<()> {
        let action = Arc::clone(tenant.action(&job.action)?);
        let (seen, run, company) = (job.clone(), Uuid::now_v7(), job.works_in());
        self.write_in(tenant, principal, company, run, true, move |ctx| {
            Box::pin(async move {
                let aside = ctx.step_aside(super::WORK);
                let begun = ctx.begin_job(&seen).await;
                ctx.resume(aside);
                let Some(job) = begun? else { return Ok(()) };
                if ctx.tenant.is_branch && action.effect == Effect::External {
                    ctx.step_aside(super::WORK);
                    return ctx.leave_out(job).await;
                }
                let (at, principal) = (ctx.now(), ctx.principal.user);
                let name = action.name.clone();
                ctx.tx.add_run(&Run { id: run, at, principal, action: name, undone_by: None }).await?;
                let input = job.input.clone().unwrap_or_default();
                match ctx.hold(&action, job.record, &input).await? {
                    None => drop(ctx.perform(&action, job.record, input).await?),
                    Some(hold) => {
                        ctx.progress.action.clone_from(&action.name);
                        let call = Call { action: action.name.clone(), record: job.record, input };
                        let calls = vec![call];
                        let request = Request { calls: calls.clone(), company, ..Request::default() };
                        let foreseen = foreseen(&ctx.foresee(request).await?);
                        ctx.ask_for_approval(&calls, hold, foreseen).await?;
                    }
                }
                ctx.step_aside(super::WORK);
                ctx.done(job).await
            })
        })
        .await
    }
}

impl Ctx {
    /// A job as it was seen; nothing when somebody has moved it on since.
    async fn as_seen(&mut self, seen: &Job) -> Result<Option<Job>> {
        let object = Arc::clone(self.registry.object(Job::OBJECT)?);
        let found = self.record_for(&object, seen.id.uuid(), READ, false).await?;
        let same = |job: &Job| (job.state, job.attempt, job.process) == (seen.state, seen.attempt, seen.process);
        Ok(found.as_ref().map(Job::from_record).filter(same))
    }

    /// A job whose turn it still is, in its next try.
    pub(super) async fn begin_job(&mut self, seen: &Job) -> Result<Option<Job>> {
        let now = self.now();
        let Some(job) = self.as_seen(seen).await?.filter(|job| job.run_at.is_none_or(|at| at <= now)) else {
            return Ok(None);
        };
        if self.is_key_taken(&job).await? {
            return Ok(None);
        }
        Ok(Some(Job { attempt: job.attempt + 1, started_at: Some(now), progress: 0, ..job }))
    }

    /// Notes that a job is done.
    pub(super) async fn done(&mut self, job: Job) -> Result<()> {
        metrics::counter!("jobs_done_total", "queue" => job.queue.clone()).increment(1);
        let (state, finished_at) = (JobState::Done, Some(self.now()));
        self.save(Job { state, finished_at, progress: 100, error: None, process: None, ..job }).await.map(drop)
    }

    /// Cancels what would have an effect outside, in a copy of a tenant to rehearse on.
    pub(super) async fn leave_out(&mut self, job: Job) -> Result<()> {
        let error = Some("what reaches outside is not done in a copy to rehearse on".to_owned());
        let (state, finished_at) = (JobState::Cancelled, Some(self.now()));
        self.save(Job { state, finished_at, error, process: None, ..job }).await.map(drop)
    }
}
