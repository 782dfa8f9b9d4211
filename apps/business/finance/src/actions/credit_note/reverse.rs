//! A credit note is taken back by the mirror of its entry.

use nexus_kernel::prelude::*;

use crate::actions::ReversalDate;
use crate::books::Books;
use crate::credit;
use crate::objects::CreditNote;

/// Posts the mirror of the credit note's entry; the invoices it settled are open again.
#[action(
    object = "credit_note",
    name = "reverse",
    label = "Reverse credit note",
    effect = "compensatable",
    when = "state in ['posted', 'paid']",
    elevated
)]
pub async fn reverse_credit_note(
    ctx: &mut Ctx,
    credit_note: Id<CreditNote>,
    input: ReversalDate,
) -> Result<CreditNote> {
    let books = Books::open(ctx).await?;
    let note = ctx.get(credit_note).await?;
    credit::reverse(ctx, &books, note, input.date).await
}
