//! Which document an allocation of a payment means.

use nexus_kernel::prelude::*;

use crate::amount;
use crate::books::Books;
use crate::objects::{Bill, CreditNote, Invoice, Payment, PaymentAllocation, PaymentDirection};
use crate::settle::{self, Settled};

/// The document of an allocation.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    Invoice(Invoice),
    Bill(Bill),
    CreditNote(CreditNote),
}

/// Finds the documents that allocations name by id alone, and names by id those that are linked.
///
/// # Errors
/// When an allocation names no document, or one that is not there.
pub(crate) async fn resolve(ctx: &mut Ctx, allocations: &mut [PaymentAllocation]) -> Result<()> {
    for (index, row) in allocations.iter_mut().enumerate() {
        let linked = [row.invoice.map(Id::uuid), row.bill.map(Id::uuid), row.credit_note.map(Id::uuid)];
        let mut linked = linked.into_iter().flatten();
        let refuse =
            |rule: &str, message: String| Err(Problem::field(format!("allocations/{index}/document"), rule, message));
        match (linked.next(), linked.next(), &row.document) {
            (Some(_), Some(_), _) => return refuse("one", "is one document; use a row for each".to_owned()),
            (Some(id), None, _) => row.document = Some(id.to_string()),
            (None, _, None) => return refuse("required", "is needed: an invoice, a bill or a credit note".to_owned()),
            (None, _, Some(text)) => {
                let Ok(id) = Uuid::try_parse(text) else {
                    return refuse("link", format!("is the id of a document, not {text}"));
                };
                if ctx.first(find::<Invoice>().eq("id", id)).await?.is_some() {
                    row.invoice = Some(Id::new(id));
                } else if ctx.first(find::<Bill>().eq("id", id)).await?.is_some() {
                    row.bill = Some(Id::new(id));
                } else if ctx.first(find::<CreditNote>().eq("id", id)).await?.is_some() {
                    row.credit_note = Some(Id::new(id));
                } else {
                    return refuse("link", format!("leads to no invoice, bill or credit note with the id {id}"));
                }
            }
        }
    }
    Ok(())
}

/// The document of a resolved allocation.
///
/// # Errors
/// When it cannot be read.
pub(crate) async fn target(ctx: &mut Ctx, row: &PaymentAllocation) -> Result<Target> {
    Ok(match (row.invoice, row.bill, row.credit_note) {
        (Some(invoice), _, _) => Target::Invoice(ctx.get(invoice).await?),
        (None, Some(bill), _) => Target::Bill(ctx.get(bill).await?),
        (None, None, Some(credit_note)) => Target::CreditNote(ctx.get(credit_note).await?),
        (None, None, None) => return Err(Problem::field("allocations", "required", "name no document")),
    })
}

impl Target {
    /// Settles the document by `row`'s amount, of a payment in `direction`.
    ///
    /// # Errors
    /// When money of this direction does not settle such a document, or less is open.
    pub(crate) async fn settle(
        self,
        ctx: &mut Ctx,
        books: &Books,
        row: &PaymentAllocation,
        payment: &Payment,
        currency: Currency,
    ) -> Result<Settled> {
        let amount = amount::of(row.amount);
        let inbound = payment.direction == PaymentDirection::Inbound;
        let refuse = |message: &str| Err(Problem::field("allocations", "direction", message));
        match self {
            Target::Invoice(invoice) if inbound => settle::settle(ctx, books, invoice, amount, currency).await,
            Target::Bill(bill) if !inbound => settle::settle(ctx, books, bill, amount, currency).await,
            Target::CreditNote(note) if !inbound => settle::settle(ctx, books, note, amount, currency).await,
            Target::Invoice(_) => refuse("name an invoice, which money received settles, not money paid out"),
            _ => refuse("name a bill or a credit note, which money paid out settles, not money received"),
        }
    }

    /// Takes a settlement back.
    ///
    /// # Errors
    /// Those of writing the document.
    pub(crate) async fn reopen(self, ctx: &mut Ctx, books: &Books, row: &PaymentAllocation) -> Result<()> {
        let amount = amount::of(row.amount);
        let base = row.base.map_or(amount, |base| base.amount);
        match self {
            Target::Invoice(invoice) => settle::reopen(ctx, books, invoice, amount, base).await.map(drop),
            Target::Bill(bill) => settle::reopen(ctx, books, bill, amount, base).await.map(drop),
            Target::CreditNote(note) => settle::reopen(ctx, books, note, amount, base).await.map(drop),
        }
    }
}
