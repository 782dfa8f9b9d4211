//! One's own runs, newest first: what each changed, and whether it can still be taken back.

use std::collections::HashSet;
use std::sync::Arc;

use nexus_model::{Problem, Uuid, names};
use nexus_store::{EventFilter, Run};
use serde_json::{Value as Json, json};

use crate::ctx::Ctx;
use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::undo::UNDO;
use crate::{Result, Tenant};

/// Runs of a page.
const LIMIT: usize = 20;
const LIMIT_MAX: usize = 50;
/// Runs of everybody that are looked through for a page; what is not found among them is on the next.
const LOOKED_THROUGH: usize = 2_000;
/// Events told of a run.
const EVENTS: usize = 50;

/// Which page.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunsParams {
    pub limit: Option<usize>,
    /// The `next` of the page before.
    pub after: Option<Uuid>,
}

impl Kernel {
    /// The principal's own runs, each with the newest of its events in the order in which they happened.
    /// `next` leads on where a page has fewer than it may have, too: most runs may be of others.
    ///
    /// # Errors
    /// A limit out of bounds.
    pub async fn runs(&self, tenant: &Arc<Tenant>, principal: &Arc<Principal>, params: RunsParams) -> Result<Json> {
        let limit = params.limit.unwrap_or(LIMIT);
        if !(1..=LIMIT_MAX).contains(&limit) {
            return Err(Problem::field("limit", "limit", format!("is from 1 to {LIMIT_MAX}")));
        }
        self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move {
                let looked = ctx.tx.runs(params.after.unwrap_or(Uuid::max()), LOOKED_THROUGH).await?;
                let ends = looked.len() < LOOKED_THROUGH;
                let oldest = looked.last().map(|run| run.id);
                let user = ctx.principal.user;
                let mut own: Vec<Run> = looked.into_iter().filter(|run| run.principal == user).collect();
                let next = if own.len() > limit { own.get(limit - 1).map(|run| run.id) } else { oldest };
                let next = next.filter(|_| own.len() > limit || !ends);
                own.truncate(limit);
                let kept_since = ctx.kept_since().await?;
                let mut data = Vec::with_capacity(own.len());
                for run in own {
                    let kept = kept_since.is_none_or(|since| run.at > since);
                    data.push(ctx.told_run(run, kept).await?);
                }
                Ok(json!({"data": data, "next": next}))
            })
        })
        .await
    }
}

impl Ctx {
    async fn told_run(&mut self, run: Run, kept: bool) -> Result<Json> {
        let mut events = self.tx.events(EventFilter::Run { run: run.id, before: i64::MAX }, EVENTS + 1).await?;
        let more = events.len() > EVENTS;
        events.truncate(EVENTS);
        events.reverse();
        // A run without events changed nothing that could be taken back.
        let undoable = kept && run.undone_by.is_none() && !events.is_empty();
        let records: HashSet<Uuid> = events.iter().map(|event| event.event.record).collect();
        let visible = self.among_visible(events).await?;
        let label = match run.action.as_str() {
            UNDO => "Undo".to_owned(),
            action => match self.registry.action(action) {
                Ok(action) => action.label.clone(),
                // An import, a merge: what the engine does itself.
                Err(_) => names::label(action.rsplit('.').next().unwrap_or_default()),
            },
        };
        let app = run.action.split('.').next().unwrap_or_default();
        Ok(json!({
            "id": run.id, "at": run.at, "action": run.action, "label": label, "app": app,
            "undone_by": run.undone_by, "undoable": undoable, "records": records.len(), "more": more,
            "events": self.told(visible).await?
        }))
    }
}
