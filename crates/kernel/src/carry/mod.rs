//! What follows the log: the subscribers of apps, and a broker that takes events out of the process.
//!
//! A consumer has a durable position in the log of each tenant. What it has not dealt with is an errand, and an errand
//! is run after each commit, when the process starts, and when another process that had it dies. A commit never waits
//! for an errand, and an errand that fails is tried again until it succeeds: nothing after it is dealt with before.

mod agenda;
mod broker;
mod peers;
mod rounds;
mod subscriber;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use nexus_model::Uuid;
use tokio::time::Instant;

pub(crate) use agenda::Agenda;
pub use broker::{Arrivals, Broker, Message};
pub(crate) use peers::{BEAT, Peers};
pub(crate) use subscriber::Subscriber;

use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::{Result, Tenant};

/// Events that a consumer is handed at a time.
const BATCH: usize = 200;
/// How long a process may give no sign of life before another takes its work.
const TAKEOVER: Duration = Duration::from_secs(15);
/// How long changes are gathered before they are brought into a search index.
const INDEX_AFTER: Duration = Duration::from_millis(500);

/// One consumer's work for one tenant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Errand {
    tenant: String,
    consumer: Consumer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Consumer {
    /// By its place in the registry.
    Subscriber(usize),
    Broker,
    /// The search index, whose place is in the index itself.
    Index,
}

/// How an errand ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// All there was is dealt with.
    Done,
    /// Another process is at it; whether it goes on is looked at again later.
    Elsewhere,
}

/// The errands of a process.
pub(crate) struct Carriage {
    /// This process among those that serve the same data.
    pub(crate) me: Uuid,
    errands: Agenda<Errand>,
    /// Who was seen at work for the broker, by tenant: holder, sign of life, and since when it is the same.
    seen: Mutex<HashMap<String, (Uuid, i64, Instant)>>,
}

impl Default for Carriage {
    fn default() -> Carriage {
        Carriage { me: Uuid::now_v7(), errands: Agenda::default(), seen: Mutex::default() }
    }
}

impl Kernel {
    /// All that a tenant's events are handed to: subscribers of the apps that it has, and the broker. What is copied to
    /// rehearse on has no effect outside.
    fn consumers(&self, tenant: &Tenant) -> Vec<Consumer> {
        let broker = self.options.broker.is_some() && !tenant.is_branch;
        self.subscribers_of(tenant).map(Consumer::Subscriber).chain(broker.then_some(Consumer::Broker)).collect()
    }

    fn subscribers_of(&self, tenant: &Tenant) -> impl Iterator<Item = usize> {
        let has = |name: &str| tenant.registry().subscribers.iter().any(|(known, _)| known == name);
        let all = self.registry.subscribers.iter().enumerate();
        all.filter(move |(_, (name, _))| has(name)).map(|(index, _)| index)
    }

    /// The name under which a consumer's position is kept.
    fn consumer_name(&self, consumer: Consumer) -> &str {
        match consumer {
            Consumer::Subscriber(index) => &self.registry.subscribers[index].0,
            Consumer::Broker => self.options.broker.as_ref().map_or("", |broker| broker.name()),
            Consumer::Index => "search",
        }
    }

    /// Something was written: its errands are due. With a broker, subscribers hear of it from there.
    pub(crate) fn tell(&self, tenant: &Tenant) {
        let all = self.consumers(tenant);
        let carried = all.contains(&Consumer::Broker);
        for consumer in all.into_iter().filter(|consumer| !carried || *consumer == Consumer::Broker) {
            self.carriage.errands.add(Errand { tenant: tenant.slug.clone(), consumer }, Instant::now());
        }
        self.index_soon(tenant);
    }

    /// What was written will be found, and with it what is written meanwhile.
    pub(crate) fn index_soon(&self, tenant: &Tenant) {
        if self.options.indexer.is_some() {
            let errand = Errand { tenant: tenant.slug.clone(), consumer: Consumer::Index };
            self.carriage.errands.add(errand, Instant::now() + INDEX_AFTER);
        }
    }

    /// Hands a tenant's events to all subscribers, until none has any left.
    ///
    /// # Errors
    /// Of the first subscriber that fails; the others have done their part.
    pub async fn follow(&self, tenant: &Arc<Tenant>) -> Result<()> {
        let mut failed = Ok(());
        for index in self.subscribers_of(tenant) {
            failed = failed.and(self.run_subscriber(tenant, index).await);
        }
        failed
    }

    /// Events that each consumer of a tenant has yet to deal with, by name.
    pub async fn behind(&self, tenant: &Arc<Tenant>) -> Result<Vec<(String, i64)>> {
        let consumers = self.consumers(tenant);
        if consumers.is_empty() {
            return Ok(Vec::new());
        }
        let names: Vec<String> = consumers.iter().map(|consumer| self.consumer_name(*consumer).to_owned()).collect();
        self.read_in(tenant, &Arc::new(Principal::system()), None, move |ctx| {
            Box::pin(async move {
                let newest = ctx.tx.newest_event().await?;
                let mut behind = Vec::with_capacity(names.len());
                for name in names {
                    let number = newest - ctx.tx.position(&name).await?.seq;
                    behind.push((name, number));
                }
                Ok(behind)
            })
        })
        .await
    }
}
