//! Done: when a task may be, and the next of its series.

use crate::objects::{Task, TaskRepeat, TaskState};
use jiff::{Span, ToSpan};
use nexus_kernel::prelude::*;

/// Tasks that one may wait for.
const AFTER_MAX: usize = 100;

pub(crate) fn is_open(task: &Task) -> bool {
    matches!(task.state, TaskState::Open | TaskState::Doing)
}

/// The moment comes and goes with the state, and a series knows where it began.
///
/// # Errors
/// When the task is to be done while something that it waits for, or a part of it, is open.
pub(crate) async fn settle(ctx: &mut Ctx, task: &mut Task) -> Result<()> {
    if task.after.len() > AFTER_MAX {
        return Err(Problem::field("after", "size", format!("has at most {AFTER_MAX} tasks")));
    }
    if task.state != TaskState::Done {
        task.done_at = None;
    } else if task.done_at.is_none() {
        // What whoever does it may not see does not hold them up.
        let before = find::<Task>().any("id", task.after.iter().copied()).eq("is_open", true);
        if !task.after.is_empty()
            && let Some(before) = ctx.first(before).await?
        {
            let message = format!("{} is to be done first; do it, or take it out of the list", before.title);
            return Err(Problem::field("after", "order", message));
        }
        let parts = find::<Task>().filter("parent != null").eq("parent", task.id).eq("is_open", true);
        if let Some(part) = ctx.first(parts).await? {
            let message = format!("its part {} is open; do or drop that first", part.title);
            return Err(Problem::field("state", "parts", message));
        }
        task.done_at = Some(ctx.now());
    }
    // A task that has its successor goes on nowhere else, whatever becomes of its day: the series is the successor's.
    if task.continued {
        return Ok(());
    }
    match (task.repeat, task.due) {
        (Some(_), Some(due)) => {
            let stored = ctx.get(task.id).await.ok();
            let same = |stored: &Task| {
                (stored.due, stored.repeat, stored.every) == (task.due, task.repeat, task.every)
                    && stored.series.is_some()
            };
            // The next of a series is made with what it goes on from. Whoever moves the day of one moves those after it.
            if !stored.as_ref().map_or(task.series.is_some(), same) {
                (task.series, task.series_from, task.occurrence) = (Some(Uuid::now_v7()), Some(due), Some(0));
            }
        }
        _ => (task.series, task.series_from, task.occurrence) = (None, None, None),
    }
    task.continued = task.state == TaskState::Done && following(task).is_some();
    Ok(())
}

/// The series of a task, and the place and day of the next in it; nothing when it ends.
fn following(task: &Task) -> Option<(Uuid, i64, Date)> {
    let occurrence = task.occurrence?.checked_add(1)?;
    let due = day(task.series_from?, task.repeat?, task.every, occurrence)?;
    let is_over = task.repeat_until.is_some_and(|until| due > until);
    task.series.filter(|_| !is_over).map(|series| (series, occurrence, due))
}

/// Makes the next task of a series.
pub(crate) async fn next(ctx: &mut Ctx, task: Task) -> Result<()> {
    let Some((series, occurrence, due)) = following(&task) else { return Ok(()) };
    // One that was done by an earlier version does not say so itself.
    if ctx.first(find::<Task>().eq("series", series).eq("occurrence", occurrence)).await?.is_some() {
        return Ok(());
    }
    let lead = task.starts.zip(task.due).and_then(|(starts, due)| starts.until(due).ok());
    ctx.create(Task {
        title: task.title,
        list: task.list,
        parent: task.parent,
        assignee: task.assignee,
        priority: task.priority,
        starts: lead.and_then(|lead| due.checked_sub(lead).ok()),
        due: Some(due),
        rank: task.rank,
        description: task.description,
        tags: task.tags,
        remind_days: task.remind_days,
        repeat: task.repeat,
        every: task.every,
        repeat_until: task.repeat_until,
        series: Some(series),
        series_from: task.series_from,
        occurrence: Some(occurrence),
        ..Task::default()
    })
    .await
    .map(drop)
}

/// The day of an occurrence, counted from the first: the 31st is the last day of a shorter month, and the 31st again in
/// a longer one. Nothing where calendars end.
pub(crate) fn day(from: Date, repeat: TaskRepeat, every: i64, occurrence: i64) -> Option<Date> {
    let count = every.checked_mul(occurrence)?;
    let span = match repeat {
        TaskRepeat::Daily => Span::new().try_days(count),
        TaskRepeat::Weekly => Span::new().try_weeks(count),
        TaskRepeat::Monthly => Span::new().try_months(count),
        TaskRepeat::Yearly => Span::new().try_years(count),
    };
    from.checked_add(span.ok()?).ok()
}

/// Days before a day.
pub(crate) fn days_before(day: Date, days: i64) -> Option<Date> {
    day.checked_sub(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: &str, repeat: TaskRepeat, every: i64) -> Vec<String> {
        let from = from.parse().expect("a day");
        (1..=4).filter_map(|occurrence| day(from, repeat, every, occurrence)).map(|day| day.to_string()).collect()
    }

    #[test]
    fn the_last_of_january_is_the_last_of_each_month() {
        use TaskRepeat::{Daily, Monthly, Weekly, Yearly};
        assert_eq!(days("2026-01-31", Monthly, 1), ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]);
        assert_eq!(days("2028-02-29", Yearly, 1), ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]);
        assert_eq!(days("2026-12-25", Weekly, 2), ["2027-01-08", "2027-01-22", "2027-02-05", "2027-02-19"]);
        assert_eq!(days("2026-02-27", Daily, 1), ["2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03"]);
        assert!(days("9999-12-31", Yearly, 1).is_empty());
    }
}
