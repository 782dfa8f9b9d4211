//! How a process goes about its jobs: which tenants it looks at and when, and how many it runs at a time.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use nexus_model::Timestamp;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior};
use tracing::Instrument;

use super::due::Due;
use crate::core::Job;
use crate::kernel::Kernel;
use crate::{Kind, Result, Tenant, trace};

/// How often the control tables are asked for tenants with work.
const POLL: Duration = Duration::from_secs(1);
/// How long a tenant rests in which others are at work, or which failed, unless something is written there.
const REST: Duration = Duration::from_secs(5);

/// What a look at a tenant came to.
enum Turn {
    /// A job was run; there may be more.
    Ran,
    /// Nothing is to be done until this moment.
    Idle(Timestamp),
    /// Nobody may work in it.
    Away,
}

impl Kernel {
    /// Something was written that is to be run at a moment.
    pub(crate) fn tell_work(&self, tenant: &Tenant, at: Timestamp) {
        let pause = Duration::try_from(at.duration_since(tenant.now())).unwrap_or_default();
        self.jobs.agenda.hurry(tenant.slug.clone(), Instant::now() + pause);
    }

    /// Runs jobs until `ending` turns true; those under way are finished or put back.
    pub(crate) async fn run_jobs(self: &Arc<Self>, mut ending: watch::Receiver<bool>) {
        let mut running = JoinSet::new();
        let mut poll = tokio::time::interval(POLL);
        poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let most = self.options.jobs_max.max(1);
        loop {
            let mut next = None;
            while running.len() < most {
                let (slug, later) = self.jobs.agenda.take(|_| true);
                next = later;
                let Some(slug) = slug else { break };
                let (kernel, mut ending) = (Arc::clone(self), ending.clone());
                running.spawn(async move {
                    let turn = kernel.job_turn(&slug, &mut ending).await;
                    kernel.after_turn(slug, turn);
                });
            }
            let pause = async {
                match next {
                    Some(next) => tokio::time::sleep_until(next).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                Some(_) = running.join_next() => {}
                () = self.jobs.agenda.woken.notified() => {}
                () = pause, if running.len() < most => {}
                _ = poll.tick() => self.poll_work().await,
                () = ended(&mut ending) => break,
            }
        }
        while running.join_next().await.is_some() {}
    }

    /// Looks at the tenants in which there is work as the control tables have it, and in which nobody has looked just
    /// now.
    async fn poll_work(self: &Arc<Self>) {
        let kernel = Arc::clone(self);
        let asked = tokio::task::spawn_blocking(move || kernel.control.work_due((kernel.options.clock)()));
        match asked.await {
            Ok(Ok(due)) => {
                let mut looked = self.jobs.looked.lock().unwrap_or_else(PoisonError::into_inner);
                looked.retain(|_, at| at.elapsed() < REST);
                for slug in due.into_iter().filter(|slug| !looked.contains_key(slug)) {
                    self.jobs.agenda.hurry(slug, Instant::now());
                }
            }
            Ok(Err(error)) => tracing::warn!(%error, "which tenants have work is not known"),
            Err(error) => tracing::error!(%error, "looking for work failed inside"),
        }
    }

    /// Sees to what is next in a tenant.
    async fn job_turn(self: &Arc<Self>, slug: &str, ending: &mut watch::Receiver<bool>) -> Result<Turn> {
        let tenant = match self.tenant(slug) {
            Err(problem) if matches!(problem.kind, Kind::NotFound | Kind::Denied) => return Ok(Turn::Away),
            tenant => tenant?,
        };
        if tenant.check_standing().is_err() {
            return Ok(Turn::Away);
        }
        self.declare_schedules(&tenant).await?;
        let job = match self.due(&tenant).await? {
            Due::Schedules => return self.fire_schedules(&tenant).await.map(|()| Turn::Ran),
            Due::Nothing(next) => {
                if next > tenant.now() {
                    self.note_next(&tenant).await?;
                }
                return Ok(Turn::Idle(next));
            }
            Due::Job(job) => *job,
        };
        // Another turn of the same tenant may have been quicker.
        if self.jobs.busy().insert(job.id.uuid()) {
            // There may be more to do beside it.
            self.jobs.agenda.hurry(slug.to_owned(), Instant::now());
            let ran = self.run_job(&tenant, &job, ending).await;
            self.jobs.busy().remove(&job.id.uuid());
            ran?;
        }
        Ok(Turn::Ran)
    }

    fn after_turn(&self, slug: String, turn: Result<Turn>) {
        let now = Instant::now();
        let rest = |slug: &str| {
            let mut looked = self.jobs.looked.lock().unwrap_or_else(PoisonError::into_inner);
            looked.insert(slug.to_owned(), now);
        };
        match turn {
            Ok(Turn::Ran) => self.jobs.agenda.hurry(slug, now),
            Ok(Turn::Idle(next)) => {
                rest(&slug);
                let pause = Duration::try_from(next.duration_since((self.options.clock)()));
                if let Some(at) = pause.ok().and_then(|pause| now.checked_add(pause)).filter(|at| *at > now) {
                    self.jobs.agenda.hurry(slug, at);
                }
            }
            Ok(Turn::Away) => rest(&slug),
            Err(problem) => {
                tracing::error!(tenant = slug, %problem, "the jobs of a tenant cannot be seen to");
                rest(&slug);
                self.jobs.agenda.hurry(slug, now + REST);
            }
        }
    }

    async fn run_job(
        self: &Arc<Self>,
        tenant: &Arc<Tenant>,
        job: &Job,
        ending: &mut watch::Receiver<bool>,
    ) -> Result<()> {
        let handler = tenant.registry().jobs.get(&job.action).cloned();
        let (name, tenant_name) = (job.action.as_str(), tenant.slug.as_str());
        let span = tracing::debug_span!("job", otel.kind = "consumer", otel.name = name, tenant = tenant_name);
        trace::go_on(&span, job.trace.as_deref());
        let work = async {
            match handler {
                Some(handler) => self.run_handler(tenant, job, &handler, ending).await,
                None => self.run_action(tenant, job).await,
            }
        };
        work.instrument(span).await
    }

    /// Runs one after another the jobs of a tenant that are due now, and those of schedules that have come round, until
    /// none is left; how many. What a server does by itself a test or a tool asks for.
    ///
    /// # Errors
    /// When the tenant cannot be worked in. A job that fails is no error: it tells by itself.
    pub async fn run_due_jobs(self: &Arc<Self>, tenant: &Arc<Tenant>) -> Result<usize> {
        tenant.check_standing()?;
        self.declare_schedules(tenant).await?;
        let (_never, mut ending) = watch::channel(false);
        let mut count = 0;
        loop {
            let job = match self.due(tenant).await? {
                Due::Nothing(_) => return Ok(count),
                Due::Schedules => {
                    self.fire_schedules(tenant).await?;
                    continue;
                }
                Due::Job(job) => job,
            };
            if self.jobs.busy().insert(job.id.uuid()) {
                let ran = self.run_job(tenant, &job, &mut ending).await;
                self.jobs.busy().remove(&job.id.uuid());
                ran?;
                count += 1;
            }
        }
    }
}

/// Waits until the process is told to end, or nobody is left to tell it.
pub(super) async fn ended(ending: &mut watch::Receiver<bool>) {
    let _ = ending.wait_for(|ending| *ending).await;
}
