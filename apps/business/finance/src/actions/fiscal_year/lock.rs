//! A fiscal year is closed to postings.

use nexus_kernel::prelude::*;

use crate::objects::{FiscalYear, FiscalYearState, Settings};

/// Locks the books up to the end of the year. Earlier years are locked before later ones.
#[action(
    object = "fiscal_year",
    name = "lock",
    label = "Lock year",
    effect = "compensatable",
    inverse = "finance.unlock_fiscal_year",
    when = "state == 'open'",
    elevated
)]
pub async fn lock_fiscal_year(ctx: &mut Ctx, year: Id<FiscalYear>) -> Result<FiscalYear> {
    let year = ctx.get(year).await?;
    let earlier = find::<FiscalYear>().eq("company", year.company).eq("state", "open").sort("start");
    if let Some(earlier) = ctx.first(earlier).await?.filter(|earlier| earlier.start < year.start) {
        return Err(Problem::conflict(format!("{} is open; lock the earlier year first", earlier.name)));
    }
    if let Some(mut settings) = ctx.first(find::<Settings>().eq("company", year.company)).await?
        && settings.locked_until < year.end
    {
        settings.locked_until = year.end;
        ctx.save(settings).await?;
    }
    ctx.transition(year.id, FiscalYearState::Locked).await
}
