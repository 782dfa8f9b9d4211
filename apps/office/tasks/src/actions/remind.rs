//! A reminder comes when it is meant to, and once.

use crate::objects::Task;
use nexus_kernel::operation::NoInput;
use nexus_kernel::prelude::*;

/// Tells the assignee that a task is due, unless the reminder was moved, or has come before.
#[action(object = "task", name = "remind", effect = "reversible", label = "Remind")]
pub async fn remind_of_task(ctx: &mut Ctx, task: Id<Task>, _input: NoInput) -> Result<Json> {
    let task = ctx.get(task).await?;
    let due = task.remind_at.filter(|at| *at <= ctx.now());
    let (Some(at), Some(assignee), Some(day)) = (due, task.assignee, task.due) else {
        return Ok(json!({"reminded": false}));
    };
    let key = format!("tasks.due/{}/{at}", task.id);
    let notice = Notice::new("tasks.due", format!("Due on {day}: {}", task.title)).about(task.id).once(key);
    Ok(json!({"reminded": ctx.notify(assignee, notice).await?.is_some()}))
}
