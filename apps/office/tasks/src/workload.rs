//! Open tasks by assignee, and how many of them are overdue.

use crate::objects::{List, Task};
use nexus_kernel::prelude::*;
use std::collections::BTreeMap;

/// Which tasks are counted.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Params {
    /// Tasks of this list only.
    list: Option<Id<List>>,
}

pub(crate) fn declaration() -> Report {
    Report::new("workload", "Open tasks by assignee")
        .about("How many open tasks each person has, how many of them are due today and how many are overdue.")
        .column("assignee", "Assignee", "text")
        .column("open", "Open", "integer")
        .column("today", "Due today", "integer")
        .column("overdue", "Overdue", "integer")
        .chart(ChartKind::Bar, "assignee", "open")
        .reads::<Task>()
}

/// `{rows: [{assignee, open, today, overdue}], totals}`, by name; what nobody does comes first, without a name.
///
/// # Errors
/// Those of reading tasks.
pub(crate) async fn run(ctx: &mut Ctx, params: Params) -> Result<Json> {
    let mut by_user: BTreeMap<Option<Uuid>, [i64; 3]> = BTreeMap::new();
    for (at, condition) in ["true", "due == today()", "due < today()"].into_iter().enumerate() {
        let mut open = find::<Task>().eq("is_open", true).filter(condition);
        if let Some(list) = params.list {
            open = open.eq("list", list);
        }
        for row in ctx.sums(open, &["assignee"], &["count()"]).await? {
            let [assignee, count] = row.as_slice() else {
                return Err(Problem::internal("a line has an assignee and a count"));
            };
            by_user.entry(assignee.as_id()).or_default()[at] = count.as_int().unwrap_or_default();
        }
    }
    let mut named = Vec::with_capacity(by_user.len());
    for (user, counts) in by_user {
        let name = match user {
            Some(user) => Some(ctx.get(Id::<User>::new(user)).await?.name),
            None => None,
        };
        named.push((name, counts));
    }
    named.sort();
    let mut totals = [0; 3];
    let line = |name: Option<&str>, [open, today, overdue]: [i64; 3]| json!({"assignee": name, "open": open, "today": today, "overdue": overdue});
    let mut rows = Vec::with_capacity(named.len());
    for (name, counts) in &named {
        totals.iter_mut().zip(counts).for_each(|(total, count)| *total += count);
        rows.push(line(name.as_deref(), *counts));
    }
    let [open, today, overdue] = totals;
    Ok(json!({"rows": rows, "totals": {"open": open, "today": today, "overdue": overdue}}))
}
