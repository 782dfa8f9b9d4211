//! Credit notes: how they take invoices back and are set against them.

use nexus_kernel::prelude::*;

use crate::amount;
use crate::books::Books;
use crate::document::{Document, Phase};
use crate::entry;
use crate::objects::{CreditNote, CreditNoteAllocation, CreditNoteLine, CreditNoteTax, Invoice, JournalEntrySource};
use crate::payments::post_difference;
use crate::settle;

/// Posts a credit note that takes back all of a posted invoice: the mirror of its entry, so that every account
/// stands as before, also when a tax or an account has changed since.
///
/// # Errors
/// When the ledger refuses the entry.
pub(crate) async fn in_full(
    ctx: &mut Ctx,
    books: &Books,
    mut invoice: Invoice,
    date: Option<Date>,
    reason: Option<String>,
) -> Result<CreditNote> {
    let date = entry::reversal_date(ctx, books, date, invoice.date)?;
    books.require_open(date)?;
    let currency = invoice.currency_or(books.currency)?;
    let mut note = copied(&invoice);
    note.date = Some(date);
    note.reason = reason;
    let number = ctx.number::<CreditNote>("number", books.numbered_on(date)).await?;
    note.number = Some(number.clone());
    if let Some(entry) = invoice.entry {
        let mirror = entry::reverse(ctx, books, entry, date, JournalEntrySource::CreditNote, Some(number)).await?;
        note.entry = Some(mirror.id);
        note.open_base = books_share(books, &mirror.lines, invoice.account, currency)?;
    }
    // What was paid of the invoice before stays open on the credit note, in the customer's favour.
    let open = invoice.open();
    note.set_open(note.total(), currency);
    note.set_phase(Phase::Posted);
    if !open.is_zero() {
        let taken = settle::take_off(books, &mut invoice, open, currency)?;
        let whole = note.open_base();
        settle::take_off(books, &mut note, open, currency)?;
        // Both lose the same, so that what partial payments rounded away is not rounded a second time.
        note.set_open_base(whole.map(|whole| Money::new(whole.amount - taken.base, whole.currency)));
        let base = whole.map(|whole| Money::new(taken.base, whole.currency));
        let money = Some(Money::new(open, currency));
        note.allocations =
            vec![CreditNoteAllocation { invoice: invoice.id, amount: money, base, ..Default::default() }];
    }
    if note.open().is_zero() {
        note.set_phase(Phase::Settled);
    }
    let note = ctx.create(note).await?;
    invoice.set_phase(Phase::Reversed);
    invoice.credited_by = Some(note.id);
    ctx.save(invoice).await?;
    Ok(note)
}

/// A credit note with the invoice's lines and figures.
fn copied(invoice: &Invoice) -> CreditNote {
    let lines = invoice.lines.iter().map(|line| CreditNoteLine {
        description: line.description.clone(),
        quantity: line.quantity,
        unit: line.unit.clone(),
        unit_price: line.unit_price,
        discount: line.discount,
        taxes: line.taxes.clone(),
        account: line.account,
        amount: line.amount,
        ..CreditNoteLine::default()
    });
    let taxes = invoice.tax_lines.iter().map(|row| CreditNoteTax {
        tax: row.tax,
        name: row.name.clone(),
        base: row.base,
        amount: row.amount,
        ..CreditNoteTax::default()
    });
    CreditNote {
        party: invoice.party,
        invoice: Some(invoice.id),
        reference: invoice.reference.clone(),
        currency: invoice.currency.clone(),
        rate: invoice.rate,
        lines: lines.collect(),
        tax_lines: taxes.collect(),
        untaxed: invoice.untaxed,
        tax: invoice.tax,
        total: invoice.total,
        account: invoice.account,
        ..CreditNote::default()
    }
}

/// What the control account's lines come to in the company's currency, of a foreign document.
fn books_share(
    books: &Books,
    lines: &[crate::objects::JournalEntryLine],
    account: Option<Id<crate::objects::Account>>,
    currency: Currency,
) -> Result<Option<Money>> {
    if currency == books.currency {
        return Ok(None);
    }
    let own = lines.iter().filter(|line| Some(line.account) == account).map(|line| amount::of(line.balance));
    Ok(Some(Money::new(amount::sum(own)?.abs(), books.currency)))
}

/// Sets `amount` of a posted credit note against an invoice.
///
/// # Errors
/// When less is open of either, or they are in different currencies.
pub(crate) async fn set_against(
    ctx: &mut Ctx,
    books: &Books,
    mut note: CreditNote,
    invoice: Id<Invoice>,
    amount: Decimal,
) -> Result<CreditNote> {
    let currency = note.currency_or(books.currency)?;
    let invoice = ctx.get(invoice).await?;
    if invoice.party != note.party {
        let message = format!("{} is of another customer than {}", invoice.title(), note.title());
        return Err(Problem::field("invoice", "party", message));
    }
    let given = settle::take_off(books, &mut note, amount, currency)?;
    let id = invoice.id;
    let taken = settle::settle(ctx, books, invoice, amount, currency).await?;
    if given.account != taken.account {
        let message = "is on another receivable account than the credit note; settle both by payments";
        return Err(Problem::field("invoice", "account", message));
    }
    let lines = settle::exchange_difference(books, given.account, given.party, given.base - taken.base)?;
    let entry = post_difference(ctx, books, lines, note.number.clone(), JournalEntrySource::CreditNote).await?;
    note.allocations.push(CreditNoteAllocation {
        invoice: id,
        amount: Some(Money::new(amount, currency)),
        base: (currency != books.currency).then(|| Money::new(taken.base, books.currency)),
        entry,
        ..CreditNoteAllocation::default()
    });
    ctx.save(note).await
}

/// Takes a posted credit note back: its entries are reversed, and the invoices it settled are open again.
///
/// # Errors
/// When a refund was paid on it, or the ledger refuses the reversal.
pub(crate) async fn reverse(
    ctx: &mut Ctx,
    books: &Books,
    mut note: CreditNote,
    date: Option<Date>,
) -> Result<CreditNote> {
    let date = entry::reversal_date(ctx, books, date, note.date)?;
    let currency = note.currency_or(books.currency)?;
    let allocated = amount::sum(note.allocations.iter().map(|row| amount::of(row.amount)))?;
    if amount::add(note.open(), allocated)? != note.total() {
        return Err(Problem::conflict(format!("{} was refunded; reverse that payment first", note.title())));
    }
    let reference = note.number.as_ref().map(|number| format!("Reversal of {number}"));
    for row in note.allocations.clone() {
        let invoice = ctx.get(row.invoice).await?;
        let base = row.base.map_or(amount::of(row.amount), |base| base.amount);
        settle::reopen(ctx, books, invoice, amount::of(row.amount), base).await?;
        if let Some(difference) = row.entry {
            entry::reverse(ctx, books, difference, date, JournalEntrySource::CreditNote, reference.clone()).await?;
        }
    }
    reinstate(ctx, &note).await?;
    if let Some(entry) = note.entry {
        entry::reverse(ctx, books, entry, date, JournalEntrySource::CreditNote, reference).await?;
    }
    note.set_open(Decimal::ZERO, currency);
    note.set_open_base(note.open_base().map(|left| Money::zero(left.currency)));
    note.set_phase(Phase::Reversed);
    ctx.save(note).await
}

/// The invoice that a credit note took back is in force again; what was paid of it before still is.
async fn reinstate(ctx: &mut Ctx, note: &CreditNote) -> Result<()> {
    let Some(invoice) = note.invoice else { return Ok(()) };
    let mut invoice = ctx.get(invoice).await?;
    if invoice.credited_by == Some(note.id) {
        invoice.credited_by = None;
        invoice.set_phase(if invoice.open().is_zero() { Phase::Settled } else { Phase::Posted });
        ctx.save(invoice).await?;
    }
    Ok(())
}
