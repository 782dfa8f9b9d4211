//! A credited invoice is in force again.

use nexus_kernel::prelude::*;

use crate::actions::ReversalDate;
use crate::books::Books;
use crate::credit;
use crate::objects::Invoice;

/// Reverses the credit note over the invoice, which is open again as far as it was not paid.
#[action(
    object = "invoice",
    name = "reinstate",
    label = "Take credit back",
    effect = "compensatable",
    inverse = "finance.reverse_invoice",
    when = "state == 'reversed'",
    elevated
)]
pub async fn reinstate_invoice(ctx: &mut Ctx, invoice: Id<Invoice>, input: ReversalDate) -> Result<Invoice> {
    let books = Books::open(ctx).await?;
    let credited_by = ctx.get(invoice).await?.credited_by;
    let note = credited_by.ok_or_else(|| Problem::conflict("no credit note took this invoice back"))?;
    let note = ctx.get(note).await?;
    credit::reverse(ctx, &books, note, input.date).await?;
    ctx.get(invoice).await
}
