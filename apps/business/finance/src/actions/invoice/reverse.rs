//! An invoice is taken back by a credit note over all of it.

use nexus_kernel::prelude::*;

use crate::actions::Reversal;
use crate::books::Books;
use crate::credit;
use crate::objects::{CreditNote, Invoice};

/// Posts a credit note over the whole invoice. What was paid of it stays open there in the customer's favour.
#[action(
    object = "invoice",
    name = "reverse",
    label = "Credit invoice",
    effect = "compensatable",
    inverse = "finance.reinstate_invoice",
    when = "state in ['posted', 'paid']",
    elevated
)]
pub async fn reverse_invoice(ctx: &mut Ctx, invoice: Id<Invoice>, input: Reversal) -> Result<CreditNote> {
    let books = Books::open(ctx).await?;
    let invoice = ctx.get(invoice).await?;
    credit::in_full(ctx, &books, invoice, input.date, input.reason).await
}
