//! Tasks: lists, sub-tasks, reminders, and what comes round again.

pub mod actions;
mod done;
mod due;
mod workload;

use nexus_kernel::prelude::*;
use objects::Task;

nexus_kernel::objects!("objects");

/// The app, wired.
pub fn app() -> App {
    App::new(manifest!())
        .action(actions::remind_of_task)
        .before_save::<Task>(|ctx, task| Box::pin(settle(ctx, task)))
        .after_save::<Task>(|ctx, old, task| Box::pin(follow_up(ctx, old, task)))
        .report(workload::declaration(), |ctx, params| Box::pin(workload::run(ctx, params)))
        .demo("tasks.list", include_str!("../demo/lists.csv"))
        .demo("tasks.task", include_str!("../demo/tasks.csv"))
}

/// What a task says of itself follows from what people said of it.
async fn settle(ctx: &mut Ctx, task: &mut Task) -> Result<()> {
    done::settle(ctx, task).await?;
    due::settle(ctx, task).await
}

/// Whoever has to know is told, and what comes round again is made.
async fn follow_up(ctx: &mut Ctx, old: Option<Task>, task: Task) -> Result<()> {
    let before = old.as_ref().and_then(|old| old.assignee);
    if let Some(assignee) = task.assignee.filter(|assignee| Some(*assignee) != before && Some(*assignee) != ctx.user())
        && done::is_open(&task)
    {
        let notice = Notice::new("tasks.assigned", format!("Your task: {}", task.title)).about(task.id);
        ctx.notify(assignee, notice).await?;
    }
    due::ask_for_reminder(ctx, old.as_ref(), &task).await?;
    let had_next = old.as_ref().is_some_and(|old| old.continued);
    if task.continued && !had_next { done::next(ctx, task).await } else { Ok(()) }
}
