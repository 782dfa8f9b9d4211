//! Work that is done later or beside the request: a queue of records, and schedules that fill it.
//!
//! A job is a record of `core.job`, made in the transaction that asks for it. One that names an action is run in one
//! transaction with the note that it is done: once, however many processes try. One that an app has declared with
//! [`crate::App::job`] is claimed, worked on beside all transactions, and noted as done after: at least once. A process
//! that dies leaves its claims to whoever sees that it gives no sign of life any more.
//!
//! What is due is looked for after a commit that left work, at the next moment that is known, and each second where the
//! control tables have noted that a tenant has some: tenants without work stay closed.

mod action;
mod backoff;
mod claim;
mod context;
mod due;
mod figures;
mod queue;
mod rounds;
mod schedule;
mod timetable;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use nexus_model::{Record, Timestamp, Uuid, Value};
use serde_json::Value as Json;
use tokio::time::Instant;

pub use context::JobCtx;
pub(crate) use queue::{cancel_job, check, discard_job, retry_job};
pub(crate) use schedule::settle;
pub use timetable::Timetable;

use crate::carry::Agenda;
use crate::core::{Job, JobState, Schedule};
use crate::ctx::Ctx;
use crate::entity::Entity;
use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::{BoxFuture, Result, Tenant};

/// What the log shows as the action that moved a job on.
const WORK: &str = "core.work";

/// Does the work of a job beside all transactions.
pub(crate) type Handler = Arc<dyn Fn(JobCtx, Json) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// The jobs of a process.
#[derive(Default)]
pub(crate) struct Jobs {
    /// Tenants, by when there is work in them.
    agenda: Agenda<String>,
    /// Jobs that are run here now.
    busy: Mutex<HashSet<Uuid>>,
    /// Tenants in which nothing was to be done, and when that was.
    looked: Mutex<HashMap<String, Instant>>,
    /// Queues that were told of, by tenant.
    queues: Mutex<HashMap<String, BTreeSet<String>>>,
}

impl Jobs {
    fn busy(&self) -> MutexGuard<'_, HashSet<Uuid>> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When a record that was written is to be run: a job that waits, or a schedule.
pub(crate) fn work_of(record: &Record) -> Option<Timestamp> {
    let at = |field: &str| if let Value::DateTime(at) = record.get(field) { Some(*at) } else { None };
    match record.object().name.as_str() {
        Job::OBJECT if record.text("state") == JobState::Queued.as_str() => at("run_at"),
        Schedule::OBJECT if *record.get("active") == Value::Bool(true) => at("next_at"),
        _ => None,
    }
}

impl Ctx {
    /// Goes on as the system, in a run that nobody takes back: what becomes of a job is no part of what it does, and what
    /// somebody was told stays told. The log shows it as `action`.
    /// Answers what [`Ctx::resume`] needs.
    pub(crate) fn step_aside(&mut self, action: &str) -> Aside {
        let progress = crate::ctx::Progress {
            run: Uuid::now_v7(),
            step: 0,
            next_step: 0,
            action: action.to_owned(),
            verbs: Vec::new(),
            depth: 0,
        };
        Aside {
            principal: std::mem::replace(&mut self.principal, Arc::new(Principal::system())),
            progress: std::mem::replace(&mut self.progress, progress),
            elevated: std::mem::replace(&mut self.elevated, true),
            keeps_written: std::mem::replace(&mut self.keeps_written, false),
        }
    }

    pub(crate) fn resume(&mut self, aside: Aside) {
        self.principal = aside.principal;
        self.progress = aside.progress;
        self.elevated = aside.elevated;
        self.keeps_written = aside.keeps_written;
    }
}

/// Who was at work, and on what.
pub(crate) struct Aside {
    principal: Arc<Principal>,
    progress: crate::ctx::Progress,
    elevated: bool,
    keeps_written: bool,
}

impl Kernel {
    /// Runs `work` as the system and keeps it, as what moves jobs and schedules on.
    pub(crate) async fn manage<T: Send + 'static>(
        &self,
        tenant: &Arc<Tenant>,
        work: impl for<'a> FnOnce(&'a mut Ctx) -> BoxFuture<'a, Result<T>> + Send + 'static,
    ) -> Result<T> {
        let system = Arc::new(Principal::system());
        self.write_in(tenant, &system, None, Uuid::nil(), true, move |ctx| {
            Box::pin(async move {
                ctx.step_aside(WORK);
                work(ctx).await
            })
        })
        .await
    }

    /// Reads as the system.
    async fn survey<T: Send + 'static>(
        &self,
        tenant: &Arc<Tenant>,
        work: impl for<'a> FnOnce(&'a mut Ctx) -> BoxFuture<'a, Result<T>> + Send + 'static,
    ) -> Result<T> {
        self.read_in(tenant, &Arc::new(Principal::system()), None, work).await
    }
}
