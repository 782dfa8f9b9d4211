//! The log as a file: what happened, in an order and with hashes that anybody can check.

use std::sync::Arc;

use nexus_model::{Problem, Timestamp};
use nexus_store::{Event, EventFilter, LogEnd};

use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::{Result, Tenant};

/// Events of one portion.
const PORTION: usize = 2_000;

/// Which part of the log.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogParams {
    /// From the first event that is not before this moment; from the beginning when left out.
    pub from: Option<Timestamp>,
    /// Up to the last event at this moment; up to now when left out.
    pub to: Option<Timestamp>,
}

/// A part of the log, asked for portion by portion.
#[derive(Clone, Copy, Debug)]
pub struct LogPart {
    /// What the next event follows.
    pub end: LogEnd,
    last: i64,
}

impl LogPart {
    /// Takes events as the next, each of which must follow the one before.
    fn take(&mut self, events: &[Event]) -> Result<()> {
        for event in events {
            if !event.follows(&self.end) {
                let (seq, before) = (event.seq, self.end.seq);
                return Err(Problem::conflict(format!(
                    "event {seq} of the log does not follow {before}: the log was compacted meanwhile, or an event was \
                     changed, added or removed; ask again, and run `nexus verify` when it stays so"
                )));
            }
            self.end = event.end();
        }
        Ok(())
    }
}

impl Kernel {
    /// A part of the log, for administrators: it holds what anybody changed.
    pub async fn log_part(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        params: LogParams,
    ) -> Result<LogPart> {
        if !principal.administrator {
            return Err(Problem::denied("the log holds everything; only an administrator may export it"));
        }
        self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move {
                let begins = ctx.tx.compacted().await?;
                let first = match params.from {
                    // The event at the moment itself is part of it.
                    Some(from) => {
                        let just_before = from.checked_sub(jiff::SignedDuration::from_micros(1)).unwrap_or(from);
                        ctx.event_at("from", just_before).await?
                    }
                    None => begins,
                };
                let last = match params.to {
                    Some(to) => ctx.event_at("to", to).await?,
                    None => ctx.tx.log_end()?.seq,
                };
                let before = ctx.tx.events(EventFilter::After(first - 1), 1).await?.pop();
                let before = before.filter(|event| event.seq == first).map(|event| event.end()).unwrap_or_default();
                Ok(LogPart { end: before, last })
            })
        })
        .await
    }

    /// The next events of a part; none after the last.
    ///
    /// # Errors
    /// When they do not follow those before.
    pub async fn next_events(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        part: &mut LogPart,
    ) -> Result<Vec<Event>> {
        let LogPart { end: LogEnd { seq: next, .. }, last } = *part;
        let most = usize::try_from(last - next).unwrap_or_default().min(PORTION);
        if most == 0 {
            return Ok(Vec::new());
        }
        let events = self
            .read_in(tenant, principal, None, move |ctx| {
                Box::pin(async move { Ok(ctx.tx.events(EventFilter::After(next), most).await?) })
            })
            .await?;
        part.take(&events)?;
        Ok(events)
    }
}
