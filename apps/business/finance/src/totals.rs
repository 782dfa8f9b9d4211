//! A draft is worked out on every write, so that whoever sends one need not do sums.

use nexus_kernel::model::expr::functions::add_days;
use nexus_kernel::prelude::*;

use crate::books::Books;
use crate::document::Document;
use crate::objects::PaymentTerms;
use crate::tax::{self, Taxes};

/// Currency, due date, amounts, taxes and totals of a draft.
///
/// # Errors
/// When a figure does not fit or a tax is not one of the company.
pub(crate) async fn draft<D: Document>(ctx: &mut Ctx, document: &mut D) -> Result<()> {
    compute(ctx, document).await?;
    fall_due(ctx, document).await
}

/// Amounts, taxes and totals.
///
/// # Errors
/// As for [`draft`].
pub(crate) async fn compute<D: Document>(ctx: &mut Ctx, document: &mut D) -> Result<()> {
    let currency = document.currency_or(ctx.currency()?)?;
    document.set_currency(currency);
    let lines = document.taxed_lines();
    let taxes = Taxes::of_lines(ctx, &lines).await?;
    let totals = tax::compute(currency, &lines, &taxes)?;
    let total = totals.total;
    document.set_totals(totals, currency);
    document.set_open(total, currency);
    Ok(())
}

/// The due date from the terms, the books' where the document names none.
async fn fall_due<D: Document>(ctx: &mut Ctx, document: &mut D) -> Result<()> {
    let Some(date) = document.date() else { return Ok(()) };
    let Some((due, terms)) = document.due() else { return Ok(()) };
    if due.is_some() {
        return Ok(());
    }
    if terms.is_none() {
        *terms = Books::open(ctx).await?.payment_terms();
    }
    *due = match *terms {
        None => Some(date),
        Some(terms) => Some(due_date(date, &ctx.get(terms).await?)),
    };
    Ok(())
}

fn due_date(date: Date, terms: &PaymentTerms) -> Date {
    let due = add_days(date, terms.days).unwrap_or(date);
    if terms.end_of_month { due.last_of_month() } else { due }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_count_days_and_may_end_with_the_month() {
        let check = |date: &str, days, end_of_month, due: &str| {
            let terms = PaymentTerms { days, end_of_month, ..PaymentTerms::default() };
            assert_eq!(due_date(date.parse().expect("a day"), &terms), due.parse().expect("a day"));
        };
        check("2026-01-31", 30, false, "2026-03-02");
        check("2026-01-31", 30, true, "2026-03-31");
        check("2026-02-10", 0, true, "2026-02-28");
        check("2026-02-10", 0, false, "2026-02-10");
    }
}
