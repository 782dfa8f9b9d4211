//! What is to be done about a record, by whom and until when; attachments, which are there beside it.

use nexus_macros::action;
use nexus_model::{Date, Problem};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::comments::follow;
use super::news;
use super::objects::{Activity, ActivityKind, Attachment, User};
use crate::Result;
use crate::ctx::Ctx;
use crate::entity::Id;

/// Whoever has something to do about a record follows it, and is told of it.
pub(super) async fn follow_assigned(ctx: &mut Ctx, old: Option<Activity>, activity: Activity) -> Result<()> {
    news::tell_of_activity(ctx, old.as_ref(), &activity).await?;
    let before = old.and_then(|old| old.assignee);
    match (activity.target, activity.assignee) {
        (Some(target), Some(assignee)) if before != Some(assignee) => follow(ctx, target, assignee).await.map(drop),
        _ => Ok(()),
    }
}

/// How an activity is closed.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Done {
    /// What came of it; it is added to the notes.
    #[serde(default)]
    notes: Option<String>,
    /// What is to be done next about the same record.
    #[serde(default)]
    follow_up: Option<FollowUp>,
}

/// An activity that comes after another.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FollowUp {
    summary: String,
    /// Of the same kind when left out.
    #[serde(default)]
    kind: Option<ActivityKind>,
    #[serde(default)]
    due: Option<Date>,
    /// Who does it; whoever was to do this one when left out.
    #[serde(default)]
    assignee: Option<Id<User>>,
}

/// Closes an activity, and plans the next one where there is one.
#[action(object = "activity", name = "done", effect = "reversible", when = "done_at == null", label = "Done")]
pub async fn finish_activity(ctx: &mut Ctx, activity: Id<Activity>, input: Done) -> Result<Json> {
    let mut activity = ctx.get(activity).await?;
    activity.done_at = Some(ctx.now());
    if let Some(more) = input.notes.filter(|more| !more.trim().is_empty()) {
        let notes = activity.notes.take().filter(|notes| !notes.is_empty());
        activity.notes = Some(notes.map_or_else(|| more.clone(), |notes| format!("{notes}\n\n{more}")));
    }
    let done = ctx.save(activity).await?;
    let mut next = None;
    if let Some(after) = input.follow_up {
        let planned = Activity {
            target: done.target.clone(),
            kind: after.kind.unwrap_or(done.kind),
            summary: after.summary,
            due: after.due,
            assignee: after.assignee.or(done.assignee),
            ..Activity::default()
        };
        next = Some(ctx.create(planned).await?.id);
    }
    Ok(json!({"id": done.id, "done_at": done.done_at, "follow_up": next}))
}

/// Opens an activity again that was closed too early.
#[action(object = "activity", name = "reopen", effect = "reversible", when = "done_at != null", label = "Reopen")]
pub async fn reopen_activity(ctx: &mut Ctx, activity: Id<Activity>) -> Result<Activity> {
    let activity = ctx.get(activity).await?;
    ctx.save(Activity { done_at: None, ..activity }).await
}

/// An attachment has the name of its file until somebody gives it another.
pub(super) async fn name_attachment(ctx: &mut Ctx, attachment: &mut Attachment) -> Result<()> {
    if attachment.name.as_ref().is_none_or(|name| name.trim().is_empty())
        && let Some(file) = attachment.file
    {
        let file = ctx.openable(file).await?.ok_or_else(|| {
            Problem::field("file", "link", format!("leads to no file with the id {file}; upload it first"))
        })?;
        attachment.name = Some(file.text("name").to_owned());
    }
    Ok(())
}
