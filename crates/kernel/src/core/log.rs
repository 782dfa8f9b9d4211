//! The log kept within a window of time.

use nexus_macros::action;
use nexus_model::{Problem, Timestamp};
use nexus_store::EventFilter;
use serde_json::{Value as Json, json};

use super::objects::Job;
use crate::Result;
use crate::ctx::Ctx;

/// Days of the log that are always kept whole: undo and the reading of earlier moments are promised for them.
const DAYS_MIN: u32 = 30;
/// Events that one run lets go of; another one follows for the rest.
const EVENTS_MAX: i64 = 200_000;

/// How much of the log is kept.
#[derive(serde::Deserialize, schemars::JsonSchema)]
pub(crate) struct Window {
    /// Days back from now of which everything is kept, 30 or more.
    days: u32,
}

/// Lets go of what the log says of changes that are older than a window of days. Of what they changed nothing can be
/// read, compared or undone any more; each record keeps its newest event. Export the log before, as `nexus log export` does.
#[action(effect = "irreversible", label = "Compact the log")]
pub async fn compact_log(ctx: &mut Ctx, input: Window) -> Result<Json> {
    if input.days < DAYS_MIN {
        return Err(Problem::field("days", "min", format!("is {DAYS_MIN} or more")));
    }
    let before = super::keep::days_before(ctx.now(), input.days);
    let known: Vec<String> = ctx.registry.subscribers.iter().map(|(name, _)| name.clone()).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let slowest = ctx.tx.slowest_consumer(&known).await?;
    let from = ctx.tx.compacted().await?;
    let wanted = ctx.tx.last_event_at(before).await?;
    let told = slowest.as_ref().map_or(i64::MAX, |(_, seq)| *seq);
    let until = wanted.min(told).min(from + EVENTS_MAX);
    // What is between may have been removed as the older of two changes.
    let until = ctx.tx.events(EventFilter::Before(until + 1), 1).await?.first().map_or(0, |event| event.seq);
    let mut answer = json!({ "until": until.max(from), "removed": 0, "emptied": 0 });
    if until > from {
        let compacted = ctx.tx.compact_log(until).await?;
        answer["removed"] = json!(compacted.removed);
        answer["emptied"] = json!(compacted.emptied);
    }
    if told < wanted {
        answer["held_back_by"] = json!(slowest.map(|(name, _)| name));
    }
    let more = until < wanted.min(told);
    if more {
        // Others write between the parts, which hold the tenant's writer.
        ctx.enqueue(Job::action("core.compact_log").with(json!({"days": input.days}))).await?;
    }
    answer["more"] = json!(more);
    Ok(answer)
}

impl Ctx {
    /// The moment since which the log is kept whole, where it was compacted.
    pub(crate) async fn kept_since(&mut self) -> Result<Option<Timestamp>> {
        let begins = self.tx.compacted().await?;
        if begins == 0 {
            return Ok(None);
        }
        let first = self.tx.events(EventFilter::After(begins - 1), 1).await?;
        Ok(first.first().map(|event| event.event.at))
    }

    /// The number of the last event at a moment.
    ///
    /// # Errors
    /// When the log is no longer kept for the moment.
    pub(crate) async fn event_at(&mut self, field: &str, at: Timestamp) -> Result<i64> {
        let last = self.tx.last_event_at(at).await?;
        let begins = self.tx.compacted().await?;
        if last < begins {
            let since = self.kept_since().await?.unwrap_or_default();
            return Err(Problem::field(field, "kept", format!("is before {since}, since when the log is kept whole")));
        }
        Ok(last)
    }
}
