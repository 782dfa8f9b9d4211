//! An order is agreed with the customer.

use nexus_kernel::prelude::*;

use crate::objects::{Order, OrderState};

/// Fixes the order's lines: from here on it is delivered and invoiced.
#[action(object = "order", name = "confirm", label = "Confirm", effect = "reversible", when = "state == 'draft'")]
pub async fn confirm_order(ctx: &mut Ctx, order: Id<Order>) -> Result<Order> {
    let order = ctx.get(order).await?;
    if order.lines.is_empty() {
        return Err(Problem::field("lines", "required", "are needed: an order is confirmed with what is ordered"));
    }
    ctx.transition(order.id, OrderState::Confirmed).await
}
