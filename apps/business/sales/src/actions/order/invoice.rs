//! A confirmed order is invoiced.

use nexus_kernel::prelude::*;

use finance::objects::{Account, Invoice, InvoiceLine};

use crate::objects::{Order, OrderState, Product};

/// How the order is invoiced.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
pub struct Invoicing {
    /// Date of the invoice; today, if left out.
    pub date: Option<Date>,
    /// Posts the invoice at once instead of leaving a draft.
    pub post: bool,
}

/// Makes an invoice over the whole order, a draft unless it is to be posted at once. An order whose invoice was
/// reversed can be invoiced again.
#[action(
    object = "order",
    name = "invoice",
    label = "Create invoice",
    effect = "reversible",
    when = "state == 'confirmed' || (state == 'invoiced' && invoice.state == 'reversed')",
    elevated
)]
pub async fn invoice_order(ctx: &mut Ctx, order: Id<Order>, input: Invoicing) -> Result<Invoice> {
    let mut order = ctx.get(order).await?;
    let accounts = accounts(ctx, &order).await?;
    let lines = order.lines.iter().map(|line| InvoiceLine {
        description: line.description.clone().unwrap_or_default(),
        quantity: line.quantity,
        unit: line.unit.clone(),
        unit_price: line.unit_price,
        discount: line.discount,
        taxes: line.taxes.clone(),
        account: accounts.iter().find(|(product, _)| Some(*product) == line.product).map(|(_, account)| *account),
        ..InvoiceLine::default()
    });
    let invoice = ctx
        .create(Invoice {
            party: order.party,
            date: input.date.or_else(|| Some(ctx.today())),
            terms: order.terms,
            reference: order.reference.clone().or_else(|| order.number.clone()),
            currency: order.currency.clone(),
            lines: lines.collect(),
            notes: order.notes.clone(),
            ..Invoice::default()
        })
        .await?;
    order.state = OrderState::Invoiced;
    order.invoice = Some(invoice.id);
    ctx.save(order).await?;
    if input.post {
        // A step of its own: undo then takes the posting back by a credit note.
        ctx.run(finance::actions::post_invoice, Some(invoice.id.uuid()), json!({})).await?;
        return ctx.get(invoice.id).await;
    }
    Ok(invoice)
}

/// The revenue accounts of the order's products; one query for all.
async fn accounts(ctx: &mut Ctx, order: &Order) -> Result<Vec<(Id<Product>, Id<Account>)>> {
    let mut ids: Vec<Uuid> = order.lines.iter().filter_map(|line| line.product).map(Id::uuid).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let products: Vec<Product> = ctx.all(find().any("id", ids)).await?;
    Ok(products.into_iter().filter_map(|product| Some((product.id, product.account?))).collect())
}
