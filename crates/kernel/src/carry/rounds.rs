//! When errands are run, and what becomes of those that fail.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use nexus_model::Problem;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::{Arrivals, Broker, Consumer, Ended, Errand};
use crate::kernel::Kernel;
use crate::{Kind, Result};

/// Errands at a time.
const RUNNING_MAX: usize = 4;
/// The pause after the first failure; it doubles with each further one.
const PAUSE: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_secs(60);
/// When an errand is looked at again that another process has.
const ELSEWHERE: Duration = Duration::from_secs(1);

impl Kernel {
    /// Runs errands and jobs until `ending` turns true; those under way are finished, jobs that take long put back.
    pub async fn carry(self: Arc<Self>, mut ending: watch::Receiver<bool>) {
        let mut beside = JoinSet::new();
        beside.spawn(Arc::clone(&self).watch_peers());
        if let Some(broker) = self.options.broker.clone().filter(|_| !self.registry.subscribers.is_empty()) {
            let kernel = Arc::clone(&self);
            beside.spawn(async move { kernel.hear(broker).await });
        }
        let jobs_ending = ending.clone();
        tokio::join!(self.run_errands(&mut ending), self.run_jobs(jobs_ending));
        beside.shutdown().await;
        self.leave_peers();
    }

    async fn run_errands(self: &Arc<Self>, ending: &mut watch::Receiver<bool>) {
        let mut running = JoinSet::new();
        let mut busy = HashSet::new();
        let mut failures: HashMap<Errand, u32> = HashMap::new();
        loop {
            let mut next = None;
            while running.len() < RUNNING_MAX {
                let (errand, later) = self.carriage.errands.take(|errand| !busy.contains(errand));
                next = later;
                let Some(errand) = errand else { break };
                busy.insert(errand.clone());
                let kernel = Arc::clone(self);
                running.spawn(async move {
                    let ended = kernel.run_errand(&errand).await;
                    (errand, ended)
                });
            }
            let pause = async {
                match next {
                    Some(next) => tokio::time::sleep_until(next).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                Some(ended) = running.join_next() => {
                    if let Ok((errand, ended)) = ended {
                        busy.remove(&errand);
                        self.after(errand, ended, &mut failures);
                    }
                }
                () = self.carriage.errands.woken.notified() => {}
                () = pause, if running.len() < RUNNING_MAX => {}
                _ = ending.wait_for(|ending| *ending) => break,
            }
        }
        while running.join_next().await.is_some() {}
    }

    async fn run_errand(&self, errand: &Errand) -> Result<Ended> {
        let tenant = match self.tenant(&errand.tenant) {
            Err(problem) if problem.kind == Kind::NotFound => return Ok(Ended::Done),
            tenant => tenant?,
        };
        if errand.consumer != Consumer::Index && !self.consumers(&tenant).contains(&errand.consumer) {
            return Ok(Ended::Done);
        }
        match (errand.consumer, &self.options.broker) {
            (Consumer::Subscriber(index), _) => self.run_subscriber(&tenant, index).await.map(|()| Ended::Done),
            (Consumer::Broker, Some(broker)) => self.hand_over(&tenant, broker.as_ref()).await,
            (Consumer::Broker, None) => Ok(Ended::Done),
            (Consumer::Index, _) => self.index(&tenant).await.map(|()| Ended::Done),
        }
    }

    /// Puts off what failed, and what another process is at.
    fn after(&self, errand: Errand, ended: Result<Ended, Problem>, failures: &mut HashMap<Errand, u32>) {
        let problem = match ended {
            Ok(Ended::Done) => {
                failures.remove(&errand);
                return;
            }
            Ok(Ended::Elsewhere) => return self.carriage.errands.put_off(errand, Instant::now() + ELSEWHERE),
            Err(problem) => problem,
        };
        let consumer = self.consumer_name(errand.consumer).to_owned();
        tracing::error!(tenant = errand.tenant, consumer, %problem, "events could not be dealt with");
        metrics::counter!("events_failed_total", "consumer" => consumer).increment(1);
        let failed = failures.entry(errand.clone()).or_default();
        let pause = PAUSE.saturating_mul(1 << (*failed).min(6)).min(PAUSE_MAX);
        *failed += 1;
        self.carriage.errands.put_off(errand, Instant::now() + pause);
    }

    /// Makes the errands of all tenants due: of what was left undone nobody else may know.
    pub(super) fn look_everywhere(&self) -> Result<()> {
        for entry in self.control.tenants()? {
            let broker = self.options.broker.is_some() && entry.branch_of.is_none();
            let subscribers = (0..self.registry.subscribers.len()).map(Consumer::Subscriber);
            for consumer in subscribers.chain(broker.then_some(Consumer::Broker)) {
                self.carriage.errands.add(Errand { tenant: entry.slug.clone(), consumer }, Instant::now());
            }
        }
        Ok(())
    }

    /// Runs subscribers on what a broker tells. Those of one form of the apps are a group: each event reaches one
    /// process of it.
    async fn hear(self: Arc<Self>, broker: Arc<dyn Broker>) {
        let mut names: Vec<&str> = self.registry.subscribers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let group = blake3::hash(names.join("\n").as_bytes()).to_hex()[..16].to_owned();
        let kernel = Arc::clone(&self);
        let arrivals: Arrivals = Arc::new(move |tenant, _seq| {
            let kernel = Arc::clone(&kernel);
            Box::pin(async move {
                let tenant = match kernel.tenant(&tenant) {
                    // Another installation may tell of its own on the same broker.
                    Err(problem) if problem.kind == Kind::NotFound => return true,
                    Err(problem) => {
                        tracing::error!(tenant, %problem, "a tenant with news cannot be opened");
                        return false;
                    }
                    Ok(tenant) => tenant,
                };
                let followed = kernel.follow(&tenant).await;
                if let Err(problem) = &followed {
                    tracing::error!(tenant = tenant.slug, %problem, "events could not be dealt with");
                    metrics::counter!("events_failed_total", "consumer" => "subscribers").increment(1);
                }
                followed.is_ok()
            })
        });
        broker.listen(&group, arrivals).await;
    }
}
