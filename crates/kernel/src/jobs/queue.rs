//! Asking for a job, and what people do with one: cancel it, retry it, discard it.

use nexus_macros::action;
use nexus_model::{Problem, Timestamp, Uuid};
use serde_json::Value as Json;

use crate::Result;
use crate::core::{Job, JobState};
use crate::ctx::Ctx;
use crate::entity::Id;
use crate::operation::NoInput;

/// Letters that are kept of why a try failed.
const ERROR_MAX: usize = 2_000;

impl Job {
    /// A job that runs an action, or work that an app has declared with [`crate::App::job`], by its full name.
    pub fn action(name: impl Into<String>) -> Job {
        Job { action: name.into(), ..Job::default() }
    }

    /// On this record.
    pub fn on<T>(self, record: Id<T>) -> Job {
        Job { record: Some(record.uuid()), ..self }
    }

    /// With this input.
    pub fn with(self, input: Json) -> Job {
        Job { input: Some(input), ..self }
    }

    /// Not before this moment.
    pub fn at(self, moment: Timestamp) -> Job {
        Job { run_at: Some(moment), ..self }
    }

    /// From 0, which is run first, to 9.
    pub fn priority(self, priority: i64) -> Job {
        Job { priority, ..self }
    }

    /// One at a time with all that have this key.
    pub fn key(self, key: impl Into<String>) -> Job {
        Job { concurrency_key: Some(key.into()), ..self }
    }

    /// Told among those of this queue.
    pub fn queue(self, queue: impl Into<String>) -> Job {
        Job { queue: queue.into(), ..self }
    }

    /// Tried so often before it is dead.
    pub fn attempts(self, most: i64) -> Job {
        Job { attempts_max: most, ..self }
    }

    /// The company in which it is done, where there is one.
    pub(super) fn works_in(&self) -> Option<Uuid> {
        (!self.company.is_nil()).then(|| self.company.uuid())
    }

    /// Why its last try failed.
    pub(super) fn failed(&mut self, problem: &Problem) {
        self.error = Some(problem.to_string().chars().take(ERROR_MAX).collect());
    }
}

impl Ctx {
    /// Asks for a job, in this transaction: it is there when the transaction is, and is run in the name of the one who
    /// runs this action. Undo takes it back while it waits.
    pub async fn enqueue(&mut self, job: Job) -> Result<Id<Job>> {
        let elevated = std::mem::replace(&mut self.elevated, true);
        let made = self.create(job).await;
        self.elevated = elevated;
        Ok(made?.id)
    }

    /// That something of this name can be run on a record, or without one. Work that reaches outside trusts its input,
    /// so that only code asks for it.
    pub(super) fn check_work(&self, name: &str, record: Option<Uuid>) -> Result<()> {
        if self.registry.jobs.contains_key(name) {
            let refused = || Problem::denied(format!("{name} is asked for by actions alone"));
            return if self.elevated { Ok(()) } else { Err(refused()) };
        }
        let action =
            self.registry.action(name).map_err(|problem| Problem::field("action", "action", problem.detail))?;
        match record {
            None if action.on_record => Err(Problem::field("record", "required", "is required by the action")),
            _ => Ok(()),
        }
    }
}

/// A job names something that can be run, and what a model asks for may do what a model may.
pub(crate) fn check(ctx: &mut Ctx, job: &mut Job) -> Result<()> {
    job.agent |= ctx.principal.is_agent();
    if job.trace.is_none() && job.attempt == 0 {
        job.trace.clone_from(&ctx.trace);
    }
    // What was asked for in time is told of as it was, whatever became of its action.
    if job.state == JobState::Queued && job.attempt == 0 { ctx.check_work(&job.action, job.record) } else { Ok(()) }
}

/// Takes a job back that waits, or tells one that is run to stop.
#[action(object = "job", name = "cancel", effect = "reversible", when = "state in ['queued', 'running']", elevated)]
pub async fn cancel_job(ctx: &mut Ctx, job: Id<Job>, _input: NoInput) -> Result<Job> {
    let mut job = ctx.get(job).await?;
    job.state = JobState::Cancelled;
    job.finished_at = Some(ctx.now());
    job.process = None;
    ctx.save(job).await
}

/// Has a job run again that failed for good or was cancelled, with all its tries.
#[action(object = "job", name = "retry", effect = "reversible", when = "state in ['dead', 'cancelled']", elevated)]
pub async fn retry_job(ctx: &mut Ctx, job: Id<Job>, _input: NoInput) -> Result<Job> {
    let mut job = ctx.get(job).await?;
    job.state = JobState::Queued;
    job.run_at = Some(ctx.now());
    job.attempt = 0;
    job.progress = 0;
    job.finished_at = None;
    ctx.save(job).await
}

/// Puts a job that failed for good aside: nobody waits for it any more.
#[action(object = "job", name = "discard", effect = "reversible", when = "state == 'dead'", elevated)]
pub async fn discard_job(ctx: &mut Ctx, job: Id<Job>, _input: NoInput) -> Result<Job> {
    ctx.transition(job, JobState::Discarded).await
}
