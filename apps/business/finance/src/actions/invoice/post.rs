//! An invoice goes into the books: receivable against revenue and tax, and it gets its number.

use nexus_kernel::prelude::*;

use crate::books::Books;
use crate::objects::Invoice;
use crate::posting;

/// Enters the invoice in the books, gives it its number and opens it for payment.
#[action(
    object = "invoice",
    name = "post",
    label = "Post invoice",
    effect = "compensatable",
    inverse = "finance.reverse_invoice",
    when = "state == 'draft'",
    elevated
)]
pub async fn post_invoice(ctx: &mut Ctx, invoice: Id<Invoice>) -> Result<Invoice> {
    let books = Books::open(ctx).await?;
    let invoice = ctx.get(invoice).await?;
    posting::post(ctx, &books, invoice).await
}
