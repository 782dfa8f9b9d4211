//! A supplier is paid.

use nexus_kernel::prelude::*;

use crate::objects::{Bill, PaymentAllocation};
use crate::pay::{Pay, pay};

/// Posts a payment made on the bill: all of it, a part, or with the rest written off.
#[action(
    object = "bill",
    name = "pay",
    label = "Register payment",
    effect = "compensatable",
    when = "state == 'posted'",
    elevated
)]
pub async fn pay_bill(ctx: &mut Ctx, bill: Id<Bill>, input: Pay) -> Result<Bill> {
    let document = ctx.get(bill).await?;
    pay(ctx, document, input, PaymentAllocation { bill: Some(bill), ..PaymentAllocation::default() }).await?;
    ctx.get(bill).await
}
