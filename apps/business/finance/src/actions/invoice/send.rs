//! An invoice goes to the customer by mail.

use nexus_kernel::prelude::*;

use contacts::{Mailed, outgoing};

use crate::objects::Invoice;

/// Mails the invoice to the customer as PDF. What becomes of the mail stands beside the invoice.
#[action(
    object = "invoice",
    name = "send",
    label = "Send by mail",
    effect = "external",
    when = "state in ['posted', 'paid']",
    elevated
)]
pub async fn send_invoice(ctx: &mut Ctx, invoice: Id<Invoice>, input: Mailed) -> Result<Invoice> {
    let mut invoice = ctx.get(invoice).await?;
    let subject = format!("Invoice {}", invoice.number.as_deref().unwrap_or_default());
    let mail = outgoing(ctx, invoice.party, input, "invoice", subject).await?;
    ctx.send(invoice.id, mail).await?;
    invoice.sent_at = Some(ctx.now());
    ctx.save(invoice).await
}
