//! Taking a run back as one unit, from the event log.

mod paths;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use nexus_model::object::system;
use nexus_model::{Object, Problem, Uuid, Value};
use nexus_store::{Change, Event, EventFilter, Filter, NewEvent, Run, StepRow, Verb};
use serde_json::{Value as Json, json as object_json};

use crate::core::is_decision;
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::kernel::{Kernel, Reply};
use crate::principal::Principal;
use crate::{Result, Tenant};

use paths::differing;
pub(crate) use paths::put;

/// The action that the log shows for what an undo wrote.
pub(crate) const UNDO: &str = "core.undo";
/// Events and steps read at a time.
const PAGE: usize = 2_000;
/// Changes that an undo answers one by one.
const SHOWN_MAX: usize = 1_000;

/// What an undo has met so far.
#[derive(Default)]
struct Taken {
    kept: HashSet<Uuid>,
    conflicts: Vec<Conflict>,
}

/// Why part of a run cannot be taken back.
struct Conflict {
    object: String,
    record: Uuid,
    field: String,
    message: String,
}

impl Kernel {
    /// Reverts a run of one's own (an administrator, any run): all of it, or none with a list of conflicts.
    pub async fn undo(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        run: Uuid,
        preview: bool,
    ) -> Result<Reply> {
        let new = Uuid::now_v7();
        self.write_in(tenant, principal, None, new, !preview, move |ctx| {
            Box::pin(async move {
                let mut kept = undo(ctx, run).await?;
                let kept_count = kept.len();
                kept.truncate(SHOWN_MAX);
                let output = object_json!({"run": new, "undone": run, "kept": kept, "kept_count": kept_count});
                let changes = ctx.told_changes().await?;
                Ok(Reply { run: new, outputs: vec![output], changes, replayed: false, approval: None })
            })
        })
        .await
    }
}

/// Answers the records that stay: reversed documents, and what those still need.
async fn undo(ctx: &mut Ctx, run: Uuid) -> Result<Vec<Uuid>> {
    let found = ctx.tx.run(run).await?;
    let allowed = |found: &Run| ctx.principal.administrator || found.principal == ctx.principal.user;
    let Some(found) = found.filter(allowed) else {
        return Err(Problem::not_found(format!("there is no run {run} of yours")));
    };
    if let Some(by) = found.undone_by {
        return Err(Problem::conflict(format!("this run was undone already, by the run {by}")));
    }
    // Of one that went on since, the first part may be gone from the log.
    if let Some(since) = ctx.kept_since().await?.filter(|since| found.at <= *since) {
        let message = format!(
            "this run began at {}, and the log is kept whole since {since} alone: it cannot be undone; change by hand what \
             is to be otherwise",
            found.at
        );
        return Err(Problem::conflict(message));
    }
    let (at, principal, id) = (ctx.now(), ctx.principal.user, ctx.progress.run);
    ctx.tx.add_run(&Run { id, at, principal, action: UNDO.to_owned(), undone_by: None }).await?;
    ctx.undoing = true;
    ctx.progress.action = UNDO.to_owned();
    ctx.progress.next_step = 1;
    let step = StepRow { step: 0, parent: None, action: UNDO.to_owned(), record: None, inverse: None };
    ctx.tx.add_step(id, &step).await?;

    let steps = load_steps(ctx, run).await?;
    if ctx.principal.is_agent() && steps.values().any(|step| is_decision(&step.action)) {
        return Err(Problem::denied("a person decided what this run did; a person takes it back"));
    }
    let mut inverted = HashSet::new();
    let mut taken = Taken::default();
    let mut before = i64::MAX;
    loop {
        let page = ctx.tx.events(EventFilter::Run { run, before }, PAGE).await?;
        let Some(last) = page.last() else { break };
        before = last.seq;
        for Event { event, .. } in page {
            match outermost_inverse(&steps, event.step) {
                Some(step) => {
                    if inverted.insert(step.step) {
                        taken.kept.extend(step.record);
                        invert(ctx, step, &mut taken.conflicts).await?;
                    }
                }
                // What was posted stays, reversed, and so does how it came to be.
                None if taken.kept.contains(&event.record) => {}
                None => revert(ctx, &event, &mut taken).await?,
            }
            ctx.written.truncate(SHOWN_MAX);
        }
    }
    let Taken { kept, conflicts } = taken;
    if !conflicts.is_empty() {
        let list: Vec<Json> = conflicts.iter().take(100).map(Conflict::json).collect();
        let first = conflicts.first().map(|conflict| conflict.message.clone()).unwrap_or_default();
        let detail = format!("{} conflicts keep this run from being undone; {first}", conflicts.len());
        return Err(Problem::conflict(detail).with("conflicts", Json::Array(list)));
    }
    ctx.tx.mark_undone(run, Some(id)).await?;
    Ok(kept.into_iter().collect())
}

impl Conflict {
    fn json(&self) -> Json {
        let (app, object) = self.object.split_once('.').unwrap_or(("", &self.object));
        object_json!({
            "app": app, "object": object, "record": self.record, "field": self.field, "message": self.message
        })
    }
}

async fn load_steps(ctx: &mut Ctx, run: Uuid) -> Result<HashMap<i64, StepRow>> {
    let mut steps = HashMap::new();
    let mut before = i64::MAX;
    loop {
        let page = ctx.tx.steps(run, before, PAGE).await?;
        let Some(last) = page.last() else { return Ok(steps) };
        before = last.step;
        steps.extend(page.into_iter().map(|step| (step.step, step)));
    }
}

/// The outermost of a step and those around it that is taken back by an action of its own.
fn outermost_inverse(steps: &HashMap<i64, StepRow>, step: i64) -> Option<&StepRow> {
    let mut found = None;
    let mut at = steps.get(&step);
    while let Some(step) = at {
        if step.inverse.is_some() && step.record.is_some() {
            found = Some(step);
        }
        at = step.parent.filter(|parent| *parent < step.step).and_then(|parent| steps.get(&parent));
    }
    found
}

async fn invert(ctx: &mut Ctx, step: &StepRow, conflicts: &mut Vec<Conflict>) -> Result<()> {
    let name = step.inverse.as_deref().unwrap_or_default();
    let action = Arc::clone(ctx.registry.action(name)?);
    ctx.tx.savepoint("inverse").await?;
    let mut performed = ctx.perform(&action, step.record, object_json!({})).await.map(drop);
    if performed.is_ok()
        && let Err(error) = ctx.tx.release().await
    {
        performed = Err(error.into());
    }
    if let Err(problem) = performed {
        if problem.kind == crate::Kind::Internal {
            return Err(problem);
        }
        // Undo refuses as a whole where anything conflicts; until then the other steps are looked at.
        ctx.tx.rollback_to("inverse").await?;
        conflicts.push(Conflict {
            object: action.object.as_ref().map(|object| object.name.as_str().to_owned()).unwrap_or_default(),
            record: step.record.unwrap_or_default(),
            field: String::new(),
            message: problem.to_string(),
        });
    }
    Ok(())
}

async fn revert(ctx: &mut Ctx, event: &NewEvent, taken: &mut Taken) -> Result<()> {
    let Taken { kept, conflicts } = taken;
    let object = Arc::clone(ctx.registry.object(&event.object)?);
    let mut conflict = |field: &str, message: String| {
        conflicts.push(Conflict {
            object: event.object.clone(),
            record: event.record,
            field: field.to_owned(),
            message,
        });
    };
    // Whoever could do it may take it back, even where rows have since moved out of sight.
    let elevated = std::mem::replace(&mut ctx.elevated, true);
    let live = ctx.record_for(&object, event.record, crate::policy::READ, false).await?;
    let stored = match live {
        Some(record) => Some(record),
        None => {
            let ask = Ask { filters: vec![Filter::Ids(vec![event.record])], limit: 1, deleted: true, ..Ask::default() };
            ctx.ask(&object, ask).await?.pop()
        }
    };
    ctx.elevated = elevated;
    let Some(old) = stored else {
        conflict("", format!("{} {} is gone", object.label, event.record));
        return Ok(());
    };
    let gone = old.deleted_at().is_some();
    let title = ctx.name_of(&old).await?;
    let mut new = old.clone();
    let mut works_out = ctx.is_follower(&object);
    let verb = match (event.verb, gone) {
        (Verb::Create | Verb::Restore, false) => {
            if ctx.is_frozen(&old).await? {
                conflict("", format!("{} {title} is posted since; reverse it", object.label));
                return Ok(());
            }
            if let Err(problem) = ctx.check_unreferenced(&old).await {
                if kept.is_empty() {
                    conflict("", problem.detail);
                } else {
                    // A reversed document still names its customer.
                    kept.insert(event.record);
                }
                return Ok(());
            }
            let created = if event.verb == Verb::Create { event.changes.as_slice() } else { &[] };
            for field in differing(&old, created, ctx.schema()).0 {
                conflict(&field, format!("{} {title} was changed since: {field}", object.label));
            }
            new.set(system::DELETED_AT, ctx.now());
            Verb::Delete
        }
        (Verb::Delete, true) => {
            new.set(system::DELETED_AT, Value::Null);
            Verb::Restore
        }
        (Verb::Update, false) => {
            let merged = crate::write::merge::is_merge(&ctx.registry, &event.action);
            if !merged && ctx.is_frozen(&old).await? && !only_mutable(&object, &event.changes) {
                conflict("", format!("{} {title} is posted since; reverse it", object.label));
                return Ok(());
            }
            let (changed_since, derived) = differing(&old, &event.changes, ctx.schema());
            for field in changed_since {
                conflict(&field, format!("{} {title} was changed since: {field}", object.label));
            }
            works_out |= !derived.is_empty();
            for change in event.changes.iter().rev().filter(|change| !derived.contains(&change.field)) {
                if let Err(message) = put(&mut new, &change.field, &change.from, ctx.schema()) {
                    conflict(&change.field, message);
                }
            }
            Verb::Update
        }
        _ => {
            conflict("", format!("{} {title} was deleted or restored since", object.label));
            return Ok(());
        }
    };
    if verb != Verb::Delete {
        let known = Some(&old).filter(|_| verb == Verb::Update);
        let mut checked = ctx.check_leads(&new, known).await;
        if checked.is_ok() {
            checked = ctx.before_restore(&new).await;
        }
        if checked.is_ok() && works_out {
            checked = ctx.complete(&mut new, Some(&old)).await;
        }
        match checked {
            Ok(()) => {}
            Err(problem) if problem.kind == crate::Kind::Internal => return Err(problem),
            Err(problem) if problem.errors.is_empty() => {
                conflict("", format!("{title}: {}", problem.detail));
                return Ok(());
            }
            Err(problem) => {
                problem
                    .errors
                    .into_iter()
                    .for_each(|error| conflict(&error.field, format!("{title}: {} {}", error.field, error.message)));
                return Ok(());
            }
        }
    }
    ctx.revert_record(&old, new, verb).await.map(drop)
}

fn only_mutable(object: &Object, changes: &[Change]) -> bool {
    changes.iter().all(|change| {
        let name = change.field.split('/').next().unwrap_or_default();
        Some(name) == object.state_field() || object.field(name).is_some_and(|field| field.mutable)
    })
}
