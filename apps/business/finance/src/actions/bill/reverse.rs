//! A bill is taken back by the mirror of its entry.

use nexus_kernel::prelude::*;

use crate::actions::ReversalDate;
use crate::books::Books;
use crate::document::{Document as _, Phase};
use crate::entry;
use crate::objects::{Bill, JournalEntrySource};

/// Posts the mirror of the bill's entry. Payments on it are reversed first.
#[action(
    object = "bill",
    name = "reverse",
    label = "Reverse bill",
    effect = "compensatable",
    when = "state in ['posted', 'paid']",
    elevated
)]
pub async fn reverse_bill(ctx: &mut Ctx, bill: Id<Bill>, input: ReversalDate) -> Result<Bill> {
    let books = Books::open(ctx).await?;
    let mut bill = ctx.get(bill).await?;
    if bill.open() != bill.total() {
        return Err(Problem::conflict(format!("{} was paid; reverse the payments first", bill.title())));
    }
    let date = entry::reversal_date(ctx, &books, input.date, bill.date)?;
    if let Some(entry) = bill.entry {
        let reference = bill.number.as_ref().map(|number| format!("Reversal of {number}"));
        entry::reverse(ctx, &books, entry, date, JournalEntrySource::Bill, reference).await?;
    }
    let currency = bill.currency_or(books.currency)?;
    bill.set_open(Decimal::ZERO, currency);
    bill.set_open_base(bill.open_base.map(|left| Money::zero(left.currency)));
    bill.set_phase(Phase::Reversed);
    ctx.save(bill).await
}
