//! A fiscal year is opened again, by whom the company trusts with it.

use nexus_kernel::model::expr::functions::add_days;
use nexus_kernel::prelude::*;

use crate::objects::{FiscalYear, FiscalYearState, Settings};

/// Opens the year again; the books stay locked up to the day before it. Later years are opened first.
#[action(
    object = "fiscal_year",
    name = "unlock",
    label = "Unlock year",
    effect = "compensatable",
    inverse = "finance.lock_fiscal_year",
    when = "state == 'locked'",
    elevated
)]
pub async fn unlock_fiscal_year(ctx: &mut Ctx, year: Id<FiscalYear>) -> Result<FiscalYear> {
    let year = ctx.get(year).await?;
    let later = find::<FiscalYear>().eq("company", year.company).eq("state", "locked").sort("-start");
    if let Some(later) = ctx.first(later).await?.filter(|later| later.start > year.start) {
        return Err(Problem::conflict(format!("{} is locked; unlock the later year first", later.name)));
    }
    if let Some(mut settings) = ctx.first(find::<Settings>().eq("company", year.company)).await? {
        settings.locked_until = year.start.and_then(|start| add_days(start, -1));
        ctx.save(settings).await?;
    }
    ctx.transition(year.id, FiscalYearState::Open).await
}
