//! How likely a deal is: by its stage, until somebody knows better.

use crate::objects::{Deal, DealStage};
use nexus_kernel::prelude::*;

/// What a deal in this stage is worth of its amount, in percent.
pub(crate) fn of(stage: DealStage) -> Decimal {
    Decimal::from(match stage {
        DealStage::New => 10,
        DealStage::Qualified => 25,
        DealStage::Proposal => 50,
        DealStage::Negotiation => 75,
        DealStage::Won => 100,
        DealStage::Lost => 0,
    })
}

fn is_closed(stage: DealStage) -> bool {
    matches!(stage, DealStage::Won | DealStage::Lost)
}

/// Gives a deal that moved the probability of its new stage, unless the same change sets another, and notes
/// the day on which it was won or lost.
///
/// # Errors
/// When the probability of a closed deal is changed: what has happened is certain.
pub(crate) async fn settle(ctx: &mut Ctx, deal: &mut Deal) -> Result<()> {
    let before = ctx.first(find::<Deal>().eq("id", deal.id)).await?;
    let usual = of(deal.stage);
    match &before {
        Some(before) if before.stage == deal.stage => {
            if is_closed(deal.stage) && deal.probability != before.probability {
                let message = format!("stays {usual} % once a deal is {}; reopen the deal to change it", deal.stage);
                return Err(Problem::field("probability", "closed", message));
            }
            return Ok(());
        }
        Some(before) if !is_closed(deal.stage) && deal.probability != before.probability => {}
        None if !is_closed(deal.stage) && deal.probability.is_some() => {}
        _ => deal.probability = Some(usual),
    }
    deal.closed_on = is_closed(deal.stage).then(|| closed_on(ctx, deal, before.is_none()));
    Ok(())
}

/// Today; for a deal that is entered when it is history, the day it was expected to close.
fn closed_on(ctx: &Ctx, deal: &Deal, is_new: bool) -> Date {
    let today = ctx.today();
    deal.expected_close.filter(|day| is_new && *day < today).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_stage_is_likelier_and_a_closed_deal_is_certain() {
        use DealStage::{Lost, Negotiation, New, Proposal, Qualified, Won};
        let stages = [Lost, New, Qualified, Proposal, Negotiation, Won];
        let expect = [0, 10, 25, 50, 75, 100].map(Decimal::from);
        assert_eq!(stages.map(of), expect);
    }
}
