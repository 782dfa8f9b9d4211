//! A credit note goes into the books, and settles the invoice that it credits.

use nexus_kernel::prelude::*;

use crate::books::Books;
use crate::credit;
use crate::document::{Document as _, Phase};
use crate::objects::CreditNote;
use crate::posting;

/// Enters the credit note in the books and sets it against the invoice it credits, as far as that is open.
#[action(
    object = "credit_note",
    name = "post",
    label = "Post credit note",
    effect = "compensatable",
    inverse = "finance.reverse_credit_note",
    when = "state == 'draft'",
    elevated
)]
pub async fn post_credit_note(ctx: &mut Ctx, credit_note: Id<CreditNote>) -> Result<CreditNote> {
    let books = Books::open(ctx).await?;
    let note = ctx.get(credit_note).await?;
    let note = posting::post(ctx, &books, note).await?;
    let Some(invoice) = note.invoice else { return Ok(note) };
    let credited = ctx.get(invoice).await?;
    if credited.phase() == Phase::Draft {
        let message = "is a draft; change the draft instead, or post it first";
        return Err(Problem::field("invoice", "state", message));
    }
    let amount = note.open().min(credited.open());
    if amount.is_zero() {
        return Ok(note);
    }
    credit::set_against(ctx, &books, note, invoice, amount).await
}
