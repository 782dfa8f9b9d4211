//! A credit note goes to the customer by mail.

use nexus_kernel::prelude::*;

use contacts::{Mailed, outgoing};

use crate::objects::CreditNote;

/// Mails the credit note to the customer as PDF. What becomes of the mail stands beside the note.
#[action(
    object = "credit_note",
    name = "send",
    label = "Send by mail",
    effect = "external",
    when = "state in ['posted', 'paid']",
    elevated
)]
pub async fn send_credit_note(ctx: &mut Ctx, note: Id<CreditNote>, input: Mailed) -> Result<CreditNote> {
    let mut note = ctx.get(note).await?;
    let subject = format!("Credit note {}", note.number.as_deref().unwrap_or_default());
    let mail = outgoing(ctx, note.party, input, "credit_note", subject).await?;
    ctx.send(note.id, mail).await?;
    note.sent_at = Some(ctx.now());
    ctx.save(note).await
}
