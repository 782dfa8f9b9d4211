//! A customer pays an invoice.

use nexus_kernel::prelude::*;

use crate::objects::{Invoice, PaymentAllocation};
use crate::pay::{Pay, pay};

/// Posts a payment received on the invoice: all of it, a part, or with the rest written off.
#[action(
    object = "invoice",
    name = "pay",
    label = "Register payment",
    effect = "compensatable",
    when = "state == 'posted'",
    elevated
)]
pub async fn pay_invoice(ctx: &mut Ctx, invoice: Id<Invoice>, input: Pay) -> Result<Invoice> {
    let document = ctx.get(invoice).await?;
    pay(ctx, document, input, PaymentAllocation { invoice: Some(invoice), ..PaymentAllocation::default() }).await?;
    ctx.get(invoice).await
}
