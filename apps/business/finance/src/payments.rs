//! Payments go into the books and settle documents.

use nexus_kernel::prelude::*;

use contacts::objects::Party;

use crate::allocation::{self, Target};
use crate::amount;
use crate::books::{Books, Standard};
use crate::document::currency_or;
use crate::entry::{self, Leg};
use crate::objects::{
    Account, Journal, JournalEntry, JournalEntryLine, JournalEntrySource, Payment, PaymentAllocation, PaymentDirection,
    PaymentState,
};
use crate::settle::{self, Settled};

/// A draft on every write: its currency, and which documents its allocations mean.
///
/// # Errors
/// When an allocation names no document.
pub(crate) async fn draft(ctx: &mut Ctx, payment: &mut Payment) -> Result<()> {
    let currency = currency_or(payment.currency.as_deref(), ctx.currency()?)?;
    payment.currency = Some(currency.code().to_owned());
    allocation::resolve(ctx, &mut payment.allocations).await
}

/// Posts a draft, stored or not: money against receivable or payable, and what it settles is settled.
///
/// # Errors
/// When more is allocated than was paid, a document cannot take it, or the ledger refuses the entry.
pub(crate) async fn post(ctx: &mut Ctx, books: &Books, mut payment: Payment) -> Result<Payment> {
    if payment.state != PaymentState::Draft {
        return Err(Problem::conflict("the payment is posted already"));
    }
    let currency = currency_or(payment.currency.as_deref(), books.currency)?;
    payment.currency = Some(currency.code().to_owned());
    allocation::resolve(ctx, &mut payment.allocations).await?;
    let mut settled = Vec::with_capacity(payment.allocations.len());
    for index in 0..payment.allocations.len() {
        let row = payment.allocations[index].clone();
        let target = allocation::target(ctx, &row).await?;
        settled.push(target.settle(ctx, books, &row, &payment, currency).await?);
    }
    enter(ctx, books, &mut payment, currency, &settled).await?;
    if payment.version > 0 { ctx.save(payment).await } else { ctx.create(payment).await }
}

/// All of posting but the writes of documents and payment: `settled` is what each allocation took off its
/// document.
///
/// # Errors
/// As for [`post`].
pub(crate) async fn enter(
    ctx: &mut Ctx,
    books: &Books,
    payment: &mut Payment,
    currency: Currency,
    settled: &[Settled],
) -> Result<()> {
    let date = payment.date.unwrap_or_else(|| ctx.today());
    payment.date = Some(date);
    books.require_open(date)?;
    let rate = books.rate(ctx, currency, date, payment.rate).await?;
    if currency != books.currency {
        payment.rate = Some(rate);
    }
    let open = unallocated(payment, currency)?;
    if payment.party.is_none() {
        payment.party = settled.first().map(|settled| settled.party);
    }
    let party = payment
        .party
        .ok_or_else(|| Problem::field("party", "required", "is needed, as no document says who paid or was paid"))?;
    let journal = journal(ctx, books, payment).await?;
    payment.counter_account = Some(counter_account(books, payment, settled)?);
    let number = ctx.number::<Payment>("number", books.numbered_on(date)).await?;
    let mut lines: Vec<JournalEntryLine> = legs(books, payment, settled, open, party, &number)?
        .into_iter()
        .filter_map(|leg| leg.line(currency, rate))
        .collect();
    lines.extend(exchange_lines(books, payment, settled, rate)?);
    let posted = entry::post(
        ctx,
        books,
        JournalEntry {
            journal: Some(journal),
            date: Some(date),
            reference: Some(number.clone()),
            lines,
            source: Some(JournalEntrySource::Payment),
            ..JournalEntry::default()
        },
    )
    .await?;
    for (row, settled) in payment.allocations.iter_mut().zip(settled) {
        row.base = (currency != books.currency).then(|| Money::new(settled.base, books.currency));
    }
    payment.number = Some(number);
    payment.entry = Some(posted.id);
    payment.open = Some(Money::new(open, currency));
    payment.state = PaymentState::Posted;
    Ok(())
}

/// What is paid and written off but settles nothing.
fn unallocated(payment: &Payment, currency: Currency) -> Result<Decimal> {
    let (paid, written_off) = (amount::of(payment.amount), amount::of(payment.write_off));
    let allocated = amount::sum(payment.allocations.iter().map(|row| amount::of(row.amount)))?;
    let available = amount::add(paid, written_off)?;
    if available.is_zero() {
        return Err(Problem::field("amount", "min", "is zero: there is nothing to post"));
    }
    let open = amount::add(available, -allocated)?;
    let money = |amount| Money::new(amount, currency);
    if open.is_sign_negative() && !open.is_zero() {
        let message = format!("come to {}, and the payment to {}", money(allocated), money(available));
        return Err(Problem::field("allocations", "sum", message));
    }
    if !written_off.is_zero() && !open.is_zero() {
        let message = format!("makes up what is missing, and {} settles nothing; write off less", money(open));
        return Err(Problem::field("write_off", "sum", message));
    }
    Ok(open)
}

/// The journal of the payment's account, and the account of the bank journal where the payment names none.
async fn journal(ctx: &mut Ctx, books: &Books, payment: &mut Payment) -> Result<Id<Journal>> {
    let standard = books.bank_journal()?;
    let Some(account) = payment.account else {
        let journal = ctx.get(standard).await?;
        payment.account = Some(journal.account.ok_or_else(|| {
            Problem::field("account", "required", format!("is needed, as the journal {} names none", journal.name))
        })?);
        return Ok(standard);
    };
    let of_account = find::<Journal>().eq("company", books.company).eq("account", account);
    Ok(ctx.first(of_account).await?.map_or(standard, |journal| journal.id))
}

/// Where money stands that settles nothing yet: with customers, unless a supplier was paid.
fn counter_account(books: &Books, payment: &Payment, settled: &[Settled]) -> Result<Id<Account>> {
    if let Some(first) = settled.first() {
        return Ok(first.account);
    }
    books.account(match payment.direction {
        PaymentDirection::Inbound => Standard::Receivable,
        PaymentDirection::Outbound => Standard::Payable,
    })
}

fn sign(payment: &Payment) -> Decimal {
    match payment.direction {
        PaymentDirection::Inbound => Decimal::ONE,
        PaymentDirection::Outbound => Decimal::NEGATIVE_ONE,
    }
}

/// Money and write-off against what the documents stand on.
fn legs(
    books: &Books,
    payment: &Payment,
    settled: &[Settled],
    open: Decimal,
    party: Id<Party>,
    number: &str,
) -> Result<Vec<Leg>> {
    let sign = sign(payment);
    let label = Some(payment.reference.clone().unwrap_or_else(|| number.to_owned()));
    let leg = |account, party, amount| Leg { account, party, amount, label: label.clone(), tax: None };
    let mut legs = vec![leg(payment.account.unwrap_or_default(), None, sign * amount::of(payment.amount))];
    let written_off = amount::of(payment.write_off);
    if !written_off.is_zero() {
        let account = payment.write_off_account.map_or_else(|| books.account(Standard::WriteOff), Ok)?;
        legs.push(leg(account, None, sign * written_off));
    }
    for (row, settled) in payment.allocations.iter().zip(settled) {
        entry::gather(&mut legs, leg(settled.account, Some(settled.party), -sign * amount::of(row.amount)))?;
    }
    if !open.is_zero() {
        let account = payment.counter_account.unwrap_or_default();
        entry::gather(&mut legs, leg(account, Some(party), -sign * open))?;
    }
    Ok(legs)
}

/// What the documents' control accounts lack where they were entered at another rate than the payment.
fn exchange_lines(
    books: &Books,
    payment: &Payment,
    settled: &[Settled],
    rate: Decimal,
) -> Result<Vec<JournalEntryLine>> {
    let mut lines = Vec::new();
    for (row, settled) in payment.allocations.iter().zip(settled) {
        let paid = books.currency.round(amount::multiply(amount::of(row.amount), rate)?);
        let difference = sign(payment) * (paid - settled.base);
        lines.extend(settle::exchange_difference(books, settled.account, settled.party, difference)?);
    }
    Ok(lines)
}

/// Lets a posted payment settle more documents with what is open of it.
///
/// # Errors
/// When less is open, or a document cannot take it.
pub(crate) async fn allocate(
    ctx: &mut Ctx,
    books: &Books,
    mut payment: Payment,
    mut rows: Vec<PaymentAllocation>,
) -> Result<Payment> {
    let currency = currency_or(payment.currency.as_deref(), books.currency)?;
    let rate = payment.rate.unwrap_or(Decimal::ONE);
    allocation::resolve(ctx, &mut rows).await?;
    for mut row in rows {
        let taken = amount::of(row.amount);
        let open = amount::of(payment.open);
        if taken > open {
            let (taken, open) = (Money::new(taken, currency), Money::new(open, currency));
            return Err(Problem::field(
                "allocations",
                "sum",
                format!("take {taken} of the payment, of which {open} is open"),
            ));
        }
        let target: Target = allocation::target(ctx, &row).await?;
        let settled = target.settle(ctx, books, &row, &payment, currency).await?;
        if Some(settled.account) != payment.counter_account {
            let message =
                "name a document on another control account than the payment; reverse the payment and post it anew";
            return Err(Problem::field("allocations", "account", message));
        }
        if currency != books.currency {
            row.base = Some(Money::new(settled.base, books.currency));
            let paid = books.currency.round(amount::multiply(taken, rate)?);
            let difference = sign(&payment) * (paid - settled.base);
            let lines = settle::exchange_difference(books, settled.account, settled.party, difference)?;
            row.entry = post_difference(ctx, books, lines, payment.number.clone(), JournalEntrySource::Payment).await?;
        }
        payment.open = Some(Money::new(open - taken, currency));
        payment.allocations.push(row);
    }
    ctx.save(payment).await
}

/// Posts an exchange difference that came up after the payment, dated today.
///
/// # Errors
/// When the ledger refuses it.
pub(crate) async fn post_difference(
    ctx: &mut Ctx,
    books: &Books,
    lines: Vec<JournalEntryLine>,
    reference: Option<String>,
    source: JournalEntrySource,
) -> Result<Option<Id<JournalEntry>>> {
    if lines.is_empty() {
        return Ok(None);
    }
    let (journal, date) = (Some(books.general_journal()?), Some(ctx.today()));
    let entry = JournalEntry { journal, date, reference, lines, source: Some(source), ..JournalEntry::default() };
    Ok(Some(entry::post(ctx, books, entry).await?.id))
}

/// Takes a posted payment back: its entries are reversed, and what it settled is open again.
///
/// # Errors
/// When the ledger refuses the reversal.
pub(crate) async fn reverse(ctx: &mut Ctx, books: &Books, mut payment: Payment, date: Option<Date>) -> Result<Payment> {
    let date = entry::reversal_date(ctx, books, date, payment.date)?;
    let reference = payment.number.as_ref().map(|number| format!("Reversal of {number}"));
    for row in payment.allocations.clone() {
        allocation::target(ctx, &row).await?.reopen(ctx, books, &row).await?;
        if let Some(difference) = row.entry {
            entry::reverse(ctx, books, difference, date, JournalEntrySource::Payment, reference.clone()).await?;
        }
    }
    if let Some(entry) = payment.entry {
        let mirror = entry::reverse(ctx, books, entry, date, JournalEntrySource::Payment, reference).await?;
        payment.reversal = Some(mirror.id);
    }
    let currency = currency_or(payment.currency.as_deref(), books.currency)?;
    payment.open = Some(Money::zero(currency));
    payment.state = PaymentState::Reversed;
    ctx.save(payment).await
}
