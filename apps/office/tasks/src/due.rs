//! Due: when the assignee is reminded.

use crate::done::{days_before, is_open};
use crate::objects::Task;
use nexus_kernel::prelude::*;

/// The hour of reminders, in the assignee's time zone.
const HOUR: i8 = 8;

/// When the reminder comes follows from the due day.
///
/// # Errors
/// Those of reading the assignee's time zone.
pub(crate) async fn settle(ctx: &mut Ctx, task: &mut Task) -> Result<()> {
    task.remind_at = match (task.assignee, task.due, task.remind_days) {
        (Some(assignee), Some(due), Some(days)) if is_open(task) => {
            let zone = ctx.zone_of(assignee).await?;
            let at = days_before(due, days).and_then(|day| day.at(HOUR, 0, 0, 0).to_zoned(zone).ok());
            at.map(|at| at.timestamp())
        }
        _ => None,
    };
    Ok(())
}

/// Asks for the reminder at its moment, in the assignee's name: it is theirs, whoever has planned it. One that was
/// planned before and is no longer meant finds that out when it comes.
pub(crate) async fn ask_for_reminder(ctx: &mut Ctx, old: Option<&Task>, task: &Task) -> Result<()> {
    let same = old.is_some_and(|old| (old.remind_at, old.assignee) == (task.remind_at, task.assignee));
    let Some(at) = task.remind_at.filter(|at| !same && *at > ctx.now()) else { return Ok(()) };
    let job = Job { owner: task.assignee, ..Job::action("tasks.remind_of_task") };
    ctx.enqueue(job.on(task.id).with(json!({})).at(at)).await.map(drop)
}
