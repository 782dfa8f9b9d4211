//! A broker takes every event out of the process, at least once and in the order of its tenant.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use nexus_store::{Event, EventFilter, Position};
use serde::Serialize;
use serde_json::{Value as Json, json};
use tokio::time::Instant;

use super::{BATCH, Ended, TAKEOVER};
use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::{BoxFuture, Kind, Problem, Result, Tenant};

/// How long the holder goes on before it gives a sign of life.
const REPORT: Duration = Duration::from_secs(5);

/// What carries events between processes, and to programs that are not Nexus.
pub trait Broker: Send + Sync {
    /// Under which positions are kept.
    fn name(&self) -> &str;

    /// Hands an event over; it is safe there once this returns. The same event may be handed over again.
    ///
    /// # Errors
    /// What went wrong, in words; it is tried again.
    fn publish<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, std::result::Result<(), String>>;

    /// Tells `arrivals` of every event that anyone published, once among the processes of a `group`, and again until
    /// it is dealt with. Ends only with the process.
    fn listen<'a>(&'a self, group: &'a str, arrivals: Arrivals) -> BoxFuture<'a, ()>;
}

/// Deals with the news that a tenant has an event of this number; false when it could not.
pub type Arrivals = Arc<dyn Fn(String, i64) -> BoxFuture<'static, bool> + Send + Sync>;

/// An event on its way out. Secrets are not on the log and so not here.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    /// The same whenever the event is told, and of no other event: tenant, number, begin of the hash.
    pub id: String,
    pub tenant: String,
    pub seq: i64,
    pub app: String,
    pub object: String,
    pub verb: &'static str,
    #[serde(flatten)]
    pub rest: Json,
}

impl Message {
    fn new(tenant: &str, told: Event) -> Message {
        let Event { seq, event, hash } = told;
        let begin: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let (app, object) = event.object.split_once('.').unwrap_or(("", &event.object));
        let rest = json!({
            "at": event.at, "action": event.action, "run": event.run, "record": event.record,
            "version": event.version, "user": event.principal, "fields": event.changes,
        });
        Message {
            id: format!("{tenant}-{seq}-{begin}"),
            tenant: tenant.to_owned(),
            seq,
            app: app.to_owned(),
            object: object.to_owned(),
            verb: event.verb.as_str(),
            rest,
        }
    }

    /// The same event without the values, for those whose values are more than a message may hold.
    pub fn without_fields(&self) -> Message {
        let mut short = self.clone();
        if let Some(rest) = short.rest.as_object_mut() {
            rest.remove("fields");
            rest.insert("fields_left_out".to_owned(), true.into());
        }
        short
    }
}

impl Kernel {
    /// Hands the broker what it does not have of a tenant's events.
    pub(super) async fn hand_over(&self, tenant: &Arc<Tenant>, broker: &dyn Broker) -> Result<Ended> {
        let (position, newest) = self.standing(tenant, broker.name()).await?;
        if position.seq >= newest {
            return Ok(Ended::Done);
        }
        if !self.may_take(tenant, &position) || !self.claim(tenant, broker.name(), position.clone()).await? {
            return Ok(Ended::Elsewhere);
        }
        let mut seq = position.seq;
        loop {
            let events = self.events_after(tenant, seq).await?;
            let whole = events.len() < BATCH;
            let (begun, count) = (Instant::now(), events.len());
            let (mut told, mut failed) = (0, None);
            for event in events {
                let number = event.seq;
                if let Err(error) = broker.publish(&Message::new(&tenant.slug, event)).await {
                    failed = Some(error);
                    break;
                }
                (told, seq) = (told + 1, number);
                if begun.elapsed() > REPORT {
                    break;
                }
            }
            metrics::counter!("events_carried_total", "consumer" => broker.name().to_owned()).increment(told);
            let ends = failed.is_some() || (whole && told == count as u64);
            if !self.keep_position(tenant, broker.name(), seq, ends).await? {
                return Ok(Ended::Elsewhere);
            }
            if let Some(error) = failed {
                return Err(Problem::new(
                    Kind::Away,
                    format!("event {} is not told to {}: {error}", seq + 1, broker.name()),
                ));
            }
            if ends {
                return Ok(Ended::Done);
            }
        }
    }

    /// Whether nobody is at work for the broker, or nobody any more.
    fn may_take(&self, tenant: &Tenant, position: &Position) -> bool {
        let mut seen = self.carriage.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(holder) = position.holder.filter(|holder| *holder != self.carriage.me && self.has_peers()) else {
            seen.remove(&tenant.slug);
            return true;
        };
        match seen.get(&tenant.slug) {
            Some((who, beat, since)) if (*who, *beat) == (holder, position.beat) => since.elapsed() >= TAKEOVER,
            _ => {
                seen.insert(tenant.slug.clone(), (holder, position.beat, Instant::now()));
                false
            }
        }
    }

    async fn standing(&self, tenant: &Arc<Tenant>, name: &str) -> Result<(Position, i64)> {
        let name = name.to_owned();
        self.read_in(tenant, &Arc::new(Principal::system()), None, move |ctx| {
            Box::pin(async move { Ok((ctx.tx.position(&name).await?, ctx.tx.newest_event().await?)) })
        })
        .await
    }

    async fn events_after(&self, tenant: &Arc<Tenant>, seq: i64) -> Result<Vec<Event>> {
        self.read_in(tenant, &Arc::new(Principal::system()), None, move |ctx| {
            Box::pin(async move { Ok(ctx.tx.events(EventFilter::After(seq), BATCH).await?) })
        })
        .await
    }

    async fn claim(&self, tenant: &Arc<Tenant>, name: &str, seen: Position) -> Result<bool> {
        let (name, me) = (name.to_owned(), self.carriage.me);
        self.note(tenant, move |ctx| Box::pin(async move { Ok(ctx.tx.claim(&name, &seen, me).await?) })).await
    }

    async fn keep_position(&self, tenant: &Arc<Tenant>, name: &str, seq: i64, release: bool) -> Result<bool> {
        let (name, me) = (name.to_owned(), self.carriage.me);
        self.note(tenant, move |ctx| Box::pin(async move { Ok(ctx.tx.report(&name, me, seq, release).await?) })).await
    }

    /// A write that makes no event, of which nobody need be told.
    async fn note(
        &self,
        tenant: &Arc<Tenant>,
        job: impl for<'a> FnOnce(&'a mut crate::Ctx) -> BoxFuture<'a, Result<bool>> + Send + 'static,
    ) -> Result<bool> {
        self.write_in(tenant, &Arc::new(Principal::system()), None, nexus_model::Uuid::nil(), true, job).await
    }
}
