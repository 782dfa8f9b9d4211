//! A bill goes into the books: cost and tax against payable.

use nexus_kernel::prelude::*;

use crate::books::Books;
use crate::objects::Bill;
use crate::posting;

/// Enters the bill in the books, gives it its number and opens it for payment.
#[action(
    object = "bill",
    name = "post",
    label = "Post bill",
    effect = "compensatable",
    inverse = "finance.reverse_bill",
    when = "state == 'draft'",
    elevated
)]
pub async fn post_bill(ctx: &mut Ctx, bill: Id<Bill>) -> Result<Bill> {
    let books = Books::open(ctx).await?;
    let bill = ctx.get(bill).await?;
    posting::post(ctx, &books, bill).await
}
