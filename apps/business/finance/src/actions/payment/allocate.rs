//! What is open of a payment settles more documents.

use nexus_kernel::prelude::*;

use crate::books::Books;
use crate::document::currency_or;
use crate::objects::{Payment, PaymentAllocation};
use crate::payments;

/// The documents that a payment settles besides.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Allocate {
    pub allocations: Vec<Allocation>,
}

/// A part of the payment for one document.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Allocation {
    /// An invoice, bill or credit note by its id.
    #[schemars(with = "String", extend("format" = "uuid"))]
    pub document: Uuid,
    pub amount: Amount,
}

/// Settles documents with what is open of a posted payment.
#[action(
    object = "payment",
    name = "allocate",
    label = "Settle documents",
    effect = "reversible",
    when = "state == 'posted'",
    elevated
)]
pub async fn allocate_payment(ctx: &mut Ctx, payment: Id<Payment>, input: Allocate) -> Result<Payment> {
    let books = Books::open(ctx).await?;
    let payment = ctx.get(payment).await?;
    let currency = currency_or(payment.currency.as_deref(), books.currency)?;
    let mut rows = Vec::with_capacity(input.allocations.len());
    for allocation in input.allocations {
        let amount = allocation.amount.in_currency(currency, "allocations")?;
        rows.push(PaymentAllocation {
            document: Some(allocation.document.to_string()),
            amount: Some(Money::new(amount, currency)),
            ..PaymentAllocation::default()
        });
    }
    payments::allocate(ctx, &books, payment, rows).await
}
