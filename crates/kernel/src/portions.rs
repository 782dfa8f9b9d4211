//! Long work in portions: many transactions, one run that can be undone, and nothing of an item that is refused.

use nexus_model::{FieldError, Problem, Uuid};
use nexus_store::Run;
use serde_json::json;

use crate::ctx::{Ctx, Progress};
use crate::{Kind, Result};

/// Items of one transaction: enough to share its cost, few enough that others need not wait.
pub(crate) const CHUNK: usize = 100;
/// Items that a preview tries.
pub(crate) const PREVIEW_ITEMS: usize = 1_000;
/// Changes that a preview shows.
pub(crate) const PREVIEW_SHOWN: usize = 100;
/// Refused items that are answered one by one; beyond, they are counted.
pub(crate) const REJECTS_MAX: usize = 1_000;

/// Letters of one reason.
const REASON_MAX: usize = 500;
/// Reasons of one item.
const REASONS_MAX: usize = 20;

/// Refuses to go on with a run that was taken back: what came after could not be taken back any more.
pub(crate) async fn not_undone(ctx: &mut Ctx, run: Uuid) -> Result<()> {
    match ctx.tx.run(run).await?.and_then(|run| run.undone_by) {
        Some(by) => Err(Problem::field("run", "run", format!("was undone, by the run {by}; begin anew under another"))),
        None => Ok(()),
    }
}

/// Goes on with the run of this work, which begins with the first portion.
pub(crate) async fn begin(ctx: &mut Ctx, name: &str) -> Result<()> {
    not_undone(ctx, ctx.progress.run).await?;
    let (id, at, principal) = (ctx.progress.run, ctx.now(), ctx.principal.user);
    ctx.tx.add_run(&Run { id, at, principal, action: name.to_owned(), undone_by: None }).await?;
    ctx.progress.next_step = ctx.tx.next_step(id).await?;
    ctx.progress.action = name.to_owned();
    Ok(())
}

/// Where an item began.
pub(crate) struct Item {
    written: usize,
    progress: Progress,
    more_records: i64,
}

impl Item {
    pub(crate) async fn begin(ctx: &mut Ctx) -> Result<Item> {
        let item = Item { written: ctx.written.len(), progress: ctx.progress.clone(), more_records: ctx.more_records };
        ctx.tx.savepoint("item").await?;
        Ok(item)
    }

    /// Keeps what was done for the item; of one that was refused nothing, and answers why.
    ///
    /// # Errors
    /// Where the work as a whole cannot go on.
    pub(crate) async fn end<T>(self, ctx: &mut Ctx, mut ran: Result<T>) -> Result<Result<T>> {
        if ran.is_ok()
            && let Err(error) = ctx.tx.release().await
        {
            ran = Err(error.into());
        }
        match ran {
            // What is wrong is not the item, and may be right the next time.
            Err(problem) if is_ours(problem.kind) => return Err(problem),
            Err(_) => self.give_up(ctx).await?,
            Ok(_) => {}
        }
        Ok(ran)
    }

    /// Keeps nothing of what was done for the item.
    pub(crate) async fn give_up(self, ctx: &mut Ctx) -> Result<()> {
        ctx.tx.rollback_to("item").await?;
        ctx.seen.forget_all();
        ctx.written.truncate(self.written);
        ctx.progress = self.progress;
        ctx.more_records = self.more_records;
        ctx.elevated = false;
        Ok(())
    }
}

/// Whether a failure is of what keeps the data, and not of what was given.
fn is_ours(kind: Kind) -> bool {
    matches!(kind, Kind::Internal | Kind::Away | Kind::Busy | Kind::Full | Kind::Locked)
}

/// Why an item was refused, field by field; of many reasons the first, of a long one its beginning.
pub(crate) fn reasons(problem: Problem) -> Vec<FieldError> {
    let mut reasons = problem.errors;
    if reasons.is_empty() {
        let rule = json!(problem.kind).as_str().unwrap_or_default().to_owned();
        reasons.push(FieldError::new("", rule, problem.detail));
    }
    let more = reasons.len().saturating_sub(REASONS_MAX);
    reasons.truncate(REASONS_MAX);
    for reason in &mut reasons {
        if let Some((end, _)) = reason.message.char_indices().nth(REASON_MAX) {
            reason.message.truncate(end);
            reason.message.push('…');
        }
    }
    if more > 0 {
        reasons.push(FieldError::new("", "more", format!("and {more} more")));
    }
    reasons
}
