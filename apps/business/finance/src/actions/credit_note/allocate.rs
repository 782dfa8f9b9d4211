//! A credit note settles an invoice of the same customer.

use nexus_kernel::prelude::*;

use crate::books::Books;
use crate::credit;
use crate::document::Document as _;
use crate::objects::{CreditNote, Invoice};

/// The invoice that a credit note is set against.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Against {
    /// An open invoice of the same customer.
    pub invoice: Id<Invoice>,
    /// As much as is open of both, if left out.
    #[serde(default)]
    pub amount: Option<Amount>,
}

/// Sets what is open of the credit note against an invoice of the same customer.
#[action(
    object = "credit_note",
    name = "allocate",
    label = "Set against an invoice",
    effect = "reversible",
    when = "state == 'posted'",
    elevated
)]
pub async fn allocate_credit_note(ctx: &mut Ctx, credit_note: Id<CreditNote>, input: Against) -> Result<CreditNote> {
    let books = Books::open(ctx).await?;
    let note = ctx.get(credit_note).await?;
    let currency = note.currency_or(books.currency)?;
    let amount = match input.amount {
        Some(given) => given.in_currency(currency, "amount")?,
        None => note.open().min(ctx.get(input.invoice).await?.open()),
    };
    credit::set_against(ctx, &books, note, input.invoice, amount).await
}
