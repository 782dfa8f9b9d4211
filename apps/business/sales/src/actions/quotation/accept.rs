//! A customer accepts a quotation, and it becomes an order.

use nexus_kernel::prelude::*;

use crate::objects::{Order, OrderLine, Quotation, QuotationState};

/// Makes an order with the quotation's lines and prices. The quotation stays as it was offered.
#[action(
    object = "quotation",
    name = "accept",
    label = "Accept",
    effect = "reversible",
    when = "state in ['draft', 'sent']"
)]
pub async fn accept_quotation(ctx: &mut Ctx, quotation: Id<Quotation>) -> Result<Order> {
    let mut quotation = ctx.get(quotation).await?;
    let lines = quotation.lines.iter().map(|line| OrderLine {
        product: line.product,
        description: line.description.clone(),
        quantity: line.quantity,
        unit: line.unit.clone(),
        unit_price: line.unit_price,
        discount: line.discount,
        taxes: line.taxes.clone(),
        ..OrderLine::default()
    });
    let order = ctx
        .create(Order {
            party: quotation.party,
            date: Some(ctx.today()),
            reference: quotation.reference.clone(),
            terms: quotation.terms,
            price_list: quotation.price_list,
            currency: quotation.currency.clone(),
            lines: lines.collect(),
            owner: quotation.owner,
            notes: quotation.notes.clone(),
            quotation: Some(quotation.id),
            ..Order::default()
        })
        .await?;
    quotation.state = QuotationState::Accepted;
    quotation.order = Some(order.id);
    ctx.save(quotation).await?;
    Ok(order)
}
