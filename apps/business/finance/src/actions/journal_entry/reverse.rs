//! An entry made by hand is taken back by its mirror.

use nexus_kernel::prelude::*;

use crate::actions::ReversalDate;
use crate::books::Books;
use crate::entry;
use crate::objects::{JournalEntry, JournalEntrySource};

/// Posts the mirror of the entry, so that every account it touched stands as before.
#[action(
    object = "journal_entry",
    name = "reverse",
    label = "Reverse entry",
    effect = "compensatable",
    inverse = "finance.reverse_journal_entry",
    when = "state == 'posted' && reversed_by == null",
    elevated
)]
pub async fn reverse_journal_entry(
    ctx: &mut Ctx,
    entry: Id<JournalEntry>,
    input: ReversalDate,
) -> Result<JournalEntry> {
    let books = Books::open(ctx).await?;
    let original = ctx.get(entry).await?;
    let source = original.source.unwrap_or_default();
    if source != JournalEntrySource::Manual {
        let (number, reference) = (original.number.unwrap_or_default(), original.reference.unwrap_or_default());
        let label = source.label().to_lowercase();
        return Err(Problem::conflict(format!("{number} belongs to the {label} {reference}; reverse that")));
    }
    let date = entry::reversal_date(ctx, &books, input.date, original.date)?;
    let reference = original.number.map(|number| format!("Reversal of {number}"));
    entry::reverse(ctx, &books, entry, date, JournalEntrySource::Manual, reference).await
}
