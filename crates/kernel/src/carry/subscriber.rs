//! Subscribers: work of apps that follows an event in a transaction of its own.

use std::collections::BTreeSet;
use std::sync::Arc;

use nexus_model::Uuid;
use nexus_store::{Event, EventFilter, Run};
use tracing::Instrument;

use super::BATCH;
use crate::ctx::Ctx;
use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::{BoxFuture, Result, Tenant, trace};

/// Deals with events, oldest first.
pub(crate) type Subscriber = Arc<dyn for<'a> Fn(&'a mut Ctx, &'a [Event]) -> BoxFuture<'a, Result<()>> + Send + Sync>;

impl Kernel {
    /// Hands the subscriber what it has not dealt with, batch by batch.
    ///
    /// # Errors
    /// When it fails at an event; all before are dealt with.
    pub(super) async fn run_subscriber(&self, tenant: &Arc<Tenant>, index: usize) -> Result<()> {
        let name = &self.registry.subscribers[index].0;
        while let Some(run) = self.next_told(tenant, name).await? {
            if let Err(problem) = self.deliver(tenant, index, BATCH, run).await {
                // One by one, so that what comes before the event at fault is dealt with and the fault is the event's.
                tracing::warn!(tenant = tenant.slug, consumer = name, %problem, "a batch of events is tried one by one");
                while let Some(run) = self.next_told(tenant, name).await? {
                    self.deliver(tenant, index, 1, run).await?;
                }
            }
        }
        Ok(())
    }

    /// The run of the next event that a subscriber has not dealt with.
    async fn next_told(&self, tenant: &Arc<Tenant>, name: &str) -> Result<Option<Uuid>> {
        let name = name.to_owned();
        self.read_in(tenant, &Arc::new(Principal::system()), None, move |ctx| {
            Box::pin(async move {
                let after = ctx.tx.position(&name).await?.seq;
                Ok(ctx.tx.events(EventFilter::After(after), 1).await?.pop().map(|event| event.event.run))
            })
        })
        .await
    }

    /// Hands over at most `limit` events, as part of the trace of the `first` one's run. What the subscriber does and how
    /// far it came are one transaction: each event is dealt with once, however many processes try.
    async fn deliver(&self, tenant: &Arc<Tenant>, index: usize, limit: usize, first: Uuid) -> Result<()> {
        let (name, subscriber) = self.registry.subscribers[index].clone();
        let slug = tenant.slug.as_str();
        let span = tracing::debug_span!("subscriber", otel.kind = "consumer", otel.name = name, tenant = slug);
        trace::go_on(&span, tenant.traces.of(first).as_deref());
        let at_work = span.clone();
        let run = Uuid::now_v7();
        let system = Arc::new(Principal::system());
        let counted = name.clone();
        let count = self
            .write_in(tenant, &system, None, run, true, move |ctx| {
                Box::pin(async move {
                    let position = ctx.tx.position(&name).await?;
                    let events = ctx.tx.events(EventFilter::After(position.seq), limit).await?;
                    let Some(last) = events.last().map(|event| event.seq) else { return Ok(0) };
                    ctx.progress.action.clone_from(&name);
                    let others: BTreeSet<Uuid> = events.iter().map(|event| event.event.run).collect();
                    let others = others.into_iter().filter(|run| *run != first);
                    others.filter_map(|run| ctx.tenant.traces.of(run)).for_each(|other| trace::link(&at_work, &other));
                    subscriber(ctx, &events).await.map_err(|problem| {
                        let detail = format!("{name}, events {} to {last}: {}", events[0].seq, problem.detail);
                        nexus_model::Problem { detail, ..problem }
                    })?;
                    if !ctx.written.is_empty() {
                        let run = Run {
                            id: run,
                            at: ctx.now(),
                            principal: Uuid::nil(),
                            action: name.clone(),
                            undone_by: None,
                        };
                        ctx.tx.add_run(&run).await?;
                    }
                    ctx.tx.advance(&name, last).await?;
                    Ok(events.len())
                })
            })
            .instrument(span)
            .await?;
        metrics::counter!("events_carried_total", "consumer" => counted).increment(count as u64);
        Ok(())
    }
}
