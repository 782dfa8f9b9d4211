//! An entry made by hand goes into the ledger.

use nexus_kernel::prelude::*;

use crate::books::Books;
use crate::entry;
use crate::objects::JournalEntry;

/// Checks that the entry balances, numbers it and fixes it for good.
#[action(
    object = "journal_entry",
    name = "post",
    label = "Post entry",
    effect = "compensatable",
    inverse = "finance.reverse_journal_entry",
    when = "state == 'draft'",
    elevated
)]
pub async fn post_journal_entry(ctx: &mut Ctx, entry: Id<JournalEntry>) -> Result<JournalEntry> {
    let books = Books::open(ctx).await?;
    let entry = ctx.get(entry).await?;
    entry::post(ctx, &books, entry).await
}
