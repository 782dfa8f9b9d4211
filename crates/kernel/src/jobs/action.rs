//! A job that names an action: what it does and that it is done are one transaction.

use std::sync::Arc;

use nexus_model::{Problem, Uuid};
use nexus_store::Run;

use super::claim::Failure;
use crate::core::{Job, JobState};
use crate::ctx::Ctx;
use crate::entity::Id;
use crate::kernel::Kernel;
use crate::operation::Effect;
use crate::principal::{Principal, PrincipalKind};
use crate::{Kind, Result, Tenant};

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
        match ran {
            Ok(()) => Ok(()),
            // The job is as it was; where its database is away, it waits for it.
            Err(problem) if matches!(problem.kind, Kind::Away | Kind::Busy | Kind::Full) => Err(problem),
            Err(problem) => {
                let (id, attempt) = (job.id, job.attempt);
                self.manage(tenant, move |ctx| {
                    Box::pin(async move {
                        let Some(mut job) = ctx.waiting(id).await?.filter(|job| job.attempt == attempt) else {
                            return Ok(());
                        };
                        job.attempt += 1;
                        ctx.fail(job, &Failure::of(problem)).await
                    })
                })
                .await
            }
        }
    }

    async fn perform_job(&self, tenant: &Arc<Tenant>, principal: &Arc<Principal>, job: &Job) -> Result<()> {
        let action = Arc::clone(tenant.action(&job.action)?);
        let (id, run, company) = (job.id, Uuid::now_v7(), job.works_in());
        self.write_in(tenant, principal, company, run, true, move |ctx| {
            Box::pin(async move {
                let aside = ctx.step_aside();
                let begun = ctx.begin_job(id).await;
                ctx.resume(aside);
                let Some(job) = begun? else { return Ok(()) };
                if ctx.tenant.is_branch && action.effect == Effect::External {
                    ctx.step_aside();
                    return ctx.leave_out(job).await;
                }
                let (at, principal) = (ctx.now(), ctx.principal.user);
                let name = action.name.clone();
                ctx.tx.add_run(&Run { id: run, at, principal, action: name, undone_by: None }).await?;
                ctx.perform(&action, job.record, job.input.clone().unwrap_or_default()).await?;
                ctx.step_aside();
                ctx.done(job).await
            })
        })
        .await
    }
}

impl Ctx {
    /// A job that waits; nothing when it does no more.
    pub(super) async fn waiting(&mut self, id: Id<Job>) -> Result<Option<Job>> {
        match self.get(id).await {
            Ok(job) => Ok(Some(job).filter(|job| job.state == JobState::Queued)),
            Err(Problem { kind: Kind::NotFound, .. }) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// A job whose turn it is.
    async fn begin_job(&mut self, id: Id<Job>) -> Result<Option<Job>> {
        let now = self.now();
        let Some(job) = self.waiting(id).await?.filter(|job| job.run_at.is_none_or(|at| at <= now)) else {
            return Ok(None);
        };
        if self.is_key_taken(&job).await? {
            return Ok(None);
        }
        Ok(Some(Job { attempt: job.attempt + 1, started_at: Some(now), ..job }))
    }

    /// Notes that a job is done.
    pub(super) async fn done(&mut self, job: Job) -> Result<()> {
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
