//! A job that an app declares: claimed, worked on beside all transactions, and noted as done or failed.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use nexus_model::Problem;
use tokio::sync::watch;

use super::backoff::pause;
use super::context::is_permanent;
use super::rounds::ended;
use super::{Handler, JobCtx};
use crate::carry::BEAT;
use crate::core::{Job, JobState};
use crate::ctx::Ctx;
use crate::kernel::Kernel;
use crate::{Kind, Result, Tenant};

/// How long work goes on after the process was told to end, before it is put back.
const GRACE: Duration = Duration::from_secs(5);

/// Why a try of a job came to nothing.
pub(super) struct Failure {
    problem: Problem,
    /// Trying again would change nothing.
    permanent: bool,
}

impl Failure {
    pub(super) fn of(problem: Problem) -> Failure {
        let permanent = is_permanent(problem.kind);
        Failure { problem, permanent }
    }
}

impl Kernel {
    /// Does the work of a job, unless another process does; put back when it does not end in time after `ending`.
    pub(super) async fn run_handler(
        self: &Arc<Self>,
        tenant: &Arc<Tenant>,
        seen: &Job,
        handler: &Handler,
        ending: &mut watch::Receiver<bool>,
    ) -> Result<()> {
        // Whoever holds a claim and gives no sign of life is taken for dead.
        self.give_sign()?;
        let Some(job) = self.claim_job(tenant, seen).await? else { return Ok(()) };
        let worked = match self.job_principal(tenant, &job).await {
            Ok(principal) => {
                let work = JobCtx {
                    kernel: Arc::clone(self),
                    tenant: Arc::clone(tenant),
                    principal,
                    id: job.id,
                    record: job.record,
                    attempt: job.attempt,
                    attempts_max: job.attempts_max,
                    company: job.works_in(),
                    tenths: 0,
                };
                let work = handler(work, job.input.clone().unwrap_or_default());
                let seconds = job.timeout_seconds.unsigned_abs();
                let limited = tokio::time::timeout(Duration::from_secs(seconds), AssertUnwindSafe(work).catch_unwind());
                let put_back = async {
                    ended(ending).await;
                    tokio::time::sleep(GRACE).await;
                };
                tokio::select! {
                    worked = limited => match worked {
                        Ok(Ok(worked)) => Some(worked),
                        Ok(Err(_)) => Some(Err(Problem::internal(format!("{} failed inside", job.action)))),
                        Err(_) => Some(Err(Problem::new(Kind::Away, format!("it took longer than {seconds} s")))),
                    },
                    () = put_back => None,
                    () = self.keep_alive() => None,
                }
            }
            Err(problem) => Some(Err(problem)),
        };
        let (id, attempt, me) = (job.id, job.attempt, self.carriage.me);
        self.manage(tenant, move |ctx| {
            Box::pin(async move {
                // It may have been cancelled or taken over.
                let Some(job) = ctx.held(id, me, attempt).await? else { return Ok(()) };
                match worked {
                    Some(Ok(())) => ctx.done(job).await,
                    Some(Err(problem)) => ctx.fail(job, &Failure::of(problem)).await,
                    None => {
                        let (state, run_at, attempt) = (JobState::Queued, Some(ctx.now()), job.attempt - 1);
                        ctx.save(Job { state, run_at, attempt, process: None, ..job }).await.map(drop)
                    }
                }
            })
        })
        .await
    }

    /// Gives signs of life; ends with the work beside it.
    async fn keep_alive(&self) {
        loop {
            tokio::time::sleep(BEAT).await;
            if let Err(problem) = self.give_sign() {
                tracing::warn!(%problem, "other processes may take over what is done here");
            }
        }
    }

    /// Takes a job that waits, or that a process has left which died; nothing when somebody was quicker.
    async fn claim_job(&self, tenant: &Arc<Tenant>, seen: &Job) -> Result<Option<Job>> {
        let (seen, me) = (seen.clone(), self.carriage.me);
        self.manage(tenant, move |ctx| {
            Box::pin(async move {
                let Some(job) = ctx.begin_job(&seen).await? else { return Ok(None) };
                if ctx.tenant.is_branch {
                    return ctx.leave_out(job).await.map(|()| None);
                }
                if job.attempt > job.attempts_max {
                    let died = Problem::new(Kind::Away, "the process at work on it died");
                    return ctx.fail(Job { attempt: seen.attempt, ..job }, &Failure::of(died)).await.map(|()| None);
                }
                let taken = Job { state: JobState::Running, process: Some(me), ..job };
                Ok(Some(ctx.save(taken).await?))
            })
        })
        .await
    }
}

impl Ctx {
    /// Puts a job off after a try that failed, or gives it up.
    pub(super) async fn fail(&mut self, mut job: Job, failure: &Failure) -> Result<()> {
        job.failed(&failure.problem);
        job.process = None;
        let problem = &failure.problem;
        if failure.permanent || job.attempt >= job.attempts_max {
            tracing::error!(job = %job.id, action = job.action, %problem, "a job has failed for good");
            job.state = JobState::Dead;
            job.finished_at = Some(self.now());
        } else {
            let pause = pause(job.id.uuid(), job.attempt, job.backoff_seconds, job.backoff_max_seconds);
            tracing::warn!(job = %job.id, action = job.action, %problem, "a job has failed and is tried again");
            job.state = JobState::Queued;
            job.run_at = Some(self.now() + pause);
        }
        metrics::counter!("jobs_failed_total", "queue" => job.queue.clone()).increment(1);
        self.save(job).await.map(drop)
    }
}
