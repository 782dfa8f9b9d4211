//! A payment is taken back: it bounced, or was entered by mistake.

use nexus_kernel::prelude::*;

use crate::actions::ReversalDate;
use crate::books::Books;
use crate::objects::Payment;
use crate::payments;

/// Posts the mirror of the payment's entry; the documents it settled are open again.
#[action(
    object = "payment",
    name = "reverse",
    label = "Reverse payment",
    effect = "compensatable",
    when = "state == 'posted'",
    elevated
)]
pub async fn reverse_payment(ctx: &mut Ctx, payment: Id<Payment>, input: ReversalDate) -> Result<Payment> {
    let books = Books::open(ctx).await?;
    let payment = ctx.get(payment).await?;
    payments::reverse(ctx, &books, payment, input.date).await
}
