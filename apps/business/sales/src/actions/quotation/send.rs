//! A quotation goes to the customer by mail.

use nexus_kernel::prelude::*;

use contacts::{Mailed, outgoing};

use crate::objects::{Quotation, QuotationState};

/// Mails the quotation to the customer as PDF; a draft is sent by that.
#[action(
    object = "quotation",
    name = "send",
    label = "Send by mail",
    effect = "external",
    when = "state in ['draft', 'sent']",
    elevated
)]
pub async fn send_quotation(ctx: &mut Ctx, quotation: Id<Quotation>, input: Mailed) -> Result<Quotation> {
    let mut quotation = ctx.get(quotation).await?;
    let subject = format!("Quotation {}", quotation.number.as_deref().unwrap_or_default());
    let mail = outgoing(ctx, quotation.party, input, "quotation", subject).await?;
    ctx.send(quotation.id, mail).await?;
    quotation.state = QuotationState::Sent;
    ctx.save(quotation).await
}
