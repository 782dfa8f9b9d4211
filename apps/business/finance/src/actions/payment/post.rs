//! A payment goes into the books and settles its documents.

use nexus_kernel::prelude::*;

use crate::books::Books;
use crate::objects::Payment;
use crate::payments;

/// Enters the payment in the books and settles the documents it names; what is left stays open as credit.
#[action(
    object = "payment",
    name = "post",
    label = "Post payment",
    effect = "compensatable",
    inverse = "finance.reverse_payment",
    when = "state == 'draft'",
    elevated
)]
pub async fn post_payment(ctx: &mut Ctx, payment: Id<Payment>) -> Result<Payment> {
    let books = Books::open(ctx).await?;
    let payment = ctx.get(payment).await?;
    payments::post(ctx, &books, payment).await
}
