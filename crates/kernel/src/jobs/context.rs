//! What the work of a job is done with, beside all transactions.

use std::sync::Arc;

use nexus_model::{Problem, Uuid};

use crate::core::{Job, JobState};
use crate::entity::{Entity, Id};
use crate::kernel::{Call, Kernel, Reply, Request};
use crate::principal::Principal;
use crate::{Kind, Result, Tenant};

/// One try of a job.
pub struct JobCtx {
    pub kernel: Arc<Kernel>,
    pub tenant: Arc<Tenant>,
    /// In whose name it is done.
    pub principal: Arc<Principal>,
    pub id: Id<Job>,
    /// The record that it was asked for on.
    pub record: Option<Uuid>,
    /// 1 at the first try.
    pub attempt: i64,
    pub(super) attempts_max: i64,
    pub(super) company: Option<Uuid>,
    /// The tenths of the work that were told of.
    pub(super) tenths: u64,
}

impl JobCtx {
    /// Whether the job is not tried again when it ends with this failure.
    pub(crate) fn is_given_up(&self, problem: &Problem) -> bool {
        is_permanent(problem.kind) || self.attempt >= self.attempts_max
    }

    /// The same at each try, for whatever outside must not be done twice; `part` tells the steps of one job apart.
    pub fn key(&self, part: &str) -> String {
        format!("{}/{part}", self.id.uuid())
    }

    /// Runs an action in the name and company of the job. `part` names it among those of the job: at a further try,
    /// what was done already is answered as it was and not done again.
    pub async fn run(&self, part: &str, call: Call) -> Result<Reply> {
        let (idempotency_key, company) = (Some(self.key(part)), self.company);
        let request = Request { calls: vec![call], idempotency_key, company, ..Request::default() };
        self.kernel.dispatch(&self.tenant, &self.principal, request).await
    }

    /// Tells how much is done. What is told of each tenth is kept, so that the log is not flooded.
    ///
    /// # Errors
    /// A conflict when the job was cancelled or another process has taken it over.
    pub async fn progress(&mut self, done: u64, total: u64) -> Result<()> {
        let tenths = u64::try_from(u128::from(done) * 10 / u128::from(total.max(1))).unwrap_or(10).min(10);
        if tenths <= self.tenths {
            return if self.cancelled().await? { Err(not_ours()) } else { Ok(()) };
        }
        self.tenths = tenths;
        let (id, attempt, me) = (self.id, self.attempt, self.kernel.carriage.me);
        let kept = self.kernel.manage(&self.tenant, move |ctx| {
            Box::pin(async move {
                let Some(mut job) = ctx.held(id, me, attempt).await? else { return Ok(false) };
                job.progress = i64::try_from(tenths * 10).unwrap_or(100);
                ctx.save(job).await.map(|_| true)
            })
        });
        if kept.await? { Ok(()) } else { Err(not_ours()) }
    }

    /// Whether somebody has cancelled the job, or another process has taken it over: what is left need not be done.
    pub async fn cancelled(&self) -> Result<bool> {
        let (id, attempt, me) = (self.id, self.attempt, self.kernel.carriage.me);
        let held =
            self.kernel.survey(&self.tenant, move |ctx| Box::pin(async move { ctx.held(id, me, attempt).await }));
        Ok(held.await?.is_none())
    }
}

/// Whether the same would be refused again.
pub(super) fn is_permanent(kind: Kind) -> bool {
    use Kind::{Denied, Invalid, Malformed, NotFound, TooLarge, Unauthenticated};
    matches!(kind, Malformed | Unauthenticated | Denied | NotFound | TooLarge | Invalid)
}

fn not_ours() -> Problem {
    Problem::conflict("the job was cancelled, or another process has taken it over")
}

impl crate::Ctx {
    /// A job in this try of a process; nothing when it is so no more.
    pub(super) async fn held(&mut self, id: Id<Job>, process: Uuid, attempt: i64) -> Result<Option<Job>> {
        let object = Arc::clone(self.registry.object(Job::OBJECT)?);
        let found = self.record_for(&object, id.uuid(), crate::policy::READ, false).await?;
        let held = |job: &Job| job.state == JobState::Running && job.process == Some(process) && job.attempt == attempt;
        Ok(found.as_ref().map(Job::from_record).filter(held))
    }
}
