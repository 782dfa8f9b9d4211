//! A customer gets the money of a credit note back.

use nexus_kernel::prelude::*;

use crate::objects::{CreditNote, PaymentAllocation};
use crate::pay::{Pay, pay};

/// Posts a payment made to the customer over what is open of the credit note.
#[action(
    object = "credit_note",
    name = "pay",
    label = "Register refund",
    effect = "compensatable",
    when = "state == 'posted'",
    elevated
)]
pub async fn refund_credit_note(ctx: &mut Ctx, credit_note: Id<CreditNote>, input: Pay) -> Result<CreditNote> {
    let document = ctx.get(credit_note).await?;
    let allocation = PaymentAllocation { credit_note: Some(credit_note), ..PaymentAllocation::default() };
    pay(ctx, document, input, allocation).await?;
    ctx.get(credit_note).await
}
