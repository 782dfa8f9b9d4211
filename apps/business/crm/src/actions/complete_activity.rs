//! An activity is done, what came of it is kept, and the next one is planned in the same breath.

use crate::objects::Activity;
use nexus_kernel::prelude::*;

/// What came of the activity, and what comes next.
#[derive(Deserialize, JsonSchema)]
pub struct Complete {
    /// What came of it.
    outcome: Option<String>,
    /// Subject of the next activity; none is planned when this and the day are left out.
    next: Option<String>,
    /// When the next activity is due; in a week when left out.
    next_due: Option<Date>,
}

/// Days until a next activity that names no day.
const NEXT_DUE_DAYS: i64 = 7;

/// Ticks an activity off and plans the next one about the same deal, lead and contact.
#[action(object = "activity", name = "complete", effect = "reversible", when = "!done", label = "Complete")]
pub async fn complete_activity(ctx: &mut Ctx, activity: Id<Activity>, input: Complete) -> Result<Activity> {
    let mut activity = ctx.get(activity).await?;
    if input.next.is_some() || input.next_due.is_some() {
        let due = match input.next_due {
            Some(due) => due,
            None => in_a_week(ctx.today())?,
        };
        let next = Activity {
            kind: activity.kind,
            subject: input.next.unwrap_or_else(|| activity.subject.clone()),
            due: Some(due),
            owner: activity.owner,
            deal: activity.deal,
            lead: activity.lead,
            party: activity.party,
            ..Activity::default()
        };
        ctx.create(next).await?;
    }
    activity.done = true;
    activity.outcome = input.outcome.or(activity.outcome);
    ctx.save(activity).await
}

fn in_a_week(today: Date) -> Result<Date> {
    nexus_kernel::model::expr::functions::add_days(today, NEXT_DUE_DAYS)
        .ok_or_else(|| Problem::field("next_due", "date", "lies after the year 9999; give an earlier day"))
}
