//! Journal entries: made, checked and posted. The only way into the ledger.

use nexus_kernel::prelude::*;

use contacts::objects::Party;

use crate::amount;
use crate::balance;
use crate::books::Books;
use crate::document::currency_or;
use crate::objects::{Account, Journal, JournalEntry, JournalEntryLine, JournalEntrySource, JournalEntryState, Tax};

/// One side of a posting, in the currency of its document: above zero a debit, below zero a credit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leg {
    pub account: Id<Account>,
    pub party: Option<Id<Party>>,
    pub amount: Decimal,
    pub label: Option<String>,
    pub tax: Option<Id<Tax>>,
}

impl Leg {
    /// The leg as a line; none where there is nothing to record.
    pub(crate) fn line(self, currency: Currency, rate: Decimal) -> Option<JournalEntryLine> {
        if self.amount.is_zero() {
            return None;
        }
        let side = Some(Money::new(self.amount.abs(), currency));
        let (debit, credit) = if self.amount.is_sign_positive() { (side, None) } else { (None, side) };
        Some(JournalEntryLine {
            account: self.account,
            party: self.party,
            label: self.label,
            debit,
            credit,
            currency: Some(currency.code().to_owned()),
            rate: Some(rate),
            tax: self.tax,
            ..JournalEntryLine::default()
        })
    }
}

/// Adds to the leg of the same account and tax, so that an entry has one line for each.
pub(crate) fn gather(legs: &mut Vec<Leg>, leg: Leg) -> Result<()> {
    let same = |known: &&mut Leg| known.account == leg.account && known.tax == leg.tax && known.party == leg.party;
    match legs.iter_mut().find(same) {
        Some(known) => {
            known.amount = amount::add(known.amount, leg.amount)?;
            if known.label != leg.label {
                known.label = None;
            }
        }
        None => legs.push(leg),
    }
    Ok(())
}

/// Currency, rate and balance of each line of a draft.
///
/// # Errors
/// When a currency is none, or no rate is known.
pub(crate) async fn complete(ctx: &mut Ctx, books: &Books, entry: &mut JournalEntry) -> Result<()> {
    let date = entry.date.unwrap_or_else(|| ctx.today());
    for (index, line) in entry.lines.iter_mut().enumerate() {
        let within = |problem: Problem| within_line(problem, index);
        let currency = currency_or(line.currency.as_deref(), books.currency).map_err(within)?;
        let rate = books.rate(ctx, currency, date, line.rate).await.map_err(within)?;
        line.currency = Some(currency.code().to_owned());
        line.rate = Some(rate);
        let amount = amount::add(amount::of(line.debit), -amount::of(line.credit)).map_err(within)?;
        // A foreign amount becomes the company's money here, rounded to what can be paid.
        let balance =
            if currency == books.currency { amount } else { books.currency.round(amount::multiply(amount, rate)?) };
        line.balance = Some(Money::new(balance, books.currency));
    }
    balance::settle_rounding(&mut entry.lines)
}

/// A draft on every write: what its lines come to in the company's currency.
///
/// # Errors
/// As for [`complete`].
pub(crate) async fn draft(ctx: &mut Ctx, entry: &mut JournalEntry) -> Result<()> {
    let books = Books::open(ctx).await?;
    if entry.journal.is_none() {
        entry.journal = Some(books.general_journal()?);
    }
    complete(ctx, &books, entry).await
}

/// Posts an entry: it is checked, numbered and from then on fixed.
///
/// # Errors
/// When the day is locked, the entry does not balance, or an account takes no postings.
pub(crate) async fn post(ctx: &mut Ctx, books: &Books, mut entry: JournalEntry) -> Result<JournalEntry> {
    let date = entry.date.unwrap_or_else(|| ctx.today());
    entry.date = Some(date);
    books.require_open(date)?;
    if entry.lines.is_empty() {
        return Err(Problem::field("lines", "required", "are needed: an entry has at least two"));
    }
    complete(ctx, books, &mut entry).await?;
    balance::require(&entry.lines, books.currency)?;
    require_accounts(ctx, books, &entry.lines).await?;
    let journal = entry.journal.map_or_else(|| books.general_journal(), Ok)?;
    let journal = ctx.get(journal).await?;
    entry.number = Some(number(ctx, books, &journal, date).await?);
    for line in &mut entry.lines {
        line.date = Some(date);
    }
    entry.state = JournalEntryState::Posted;
    if entry.version > 0 { ctx.save(entry).await } else { ctx.create(entry).await }
}

/// The next number of a journal in the fiscal year of `date`.
async fn number(ctx: &mut Ctx, books: &Books, journal: &Journal, date: Date) -> Result<String> {
    if journal.company != books.company {
        return Err(Problem::field("journal", "company", format!("{} is another company's", journal.name)));
    }
    if !journal.active {
        return Err(Problem::field("journal", "active", format!("{} is switched off; choose another", journal.name)));
    }
    ctx.number_as(&format!("{}-{{YYYY}}-{{######}}", journal.code), books.numbered_on(date)).await
}

/// Every account is the company's own, in use and no heading.
async fn require_accounts(ctx: &mut Ctx, books: &Books, lines: &[JournalEntryLine]) -> Result<()> {
    let accounts: Vec<_> = lines.iter().map(|line| line.account).collect();
    ctx.prefetch_all(&accounts).await?;
    for (index, line) in lines.iter().enumerate() {
        let refuse = |message: String| Err(within_line(Problem::field("account", "account", message), index));
        if lines[..index].iter().any(|known| known.account == line.account) {
            continue;
        }
        let account = ctx.get(line.account).await?;
        let name = format!("{} {}", account.code, account.name);
        if account.company != books.company {
            return refuse(format!("is {name} of another company"));
        }
        if account.heading {
            return refuse(format!("is {name}, a heading: choose an account below it"));
        }
        if !account.active {
            return refuse(format!("is {name}, which is switched off: choose another"));
        }
    }
    Ok(())
}

fn within_line(problem: Problem, index: usize) -> Problem {
    let errors = problem.errors.into_iter().map(|error| error.within(&format!("lines/{index}"))).collect::<Vec<_>>();
    if errors.is_empty() { Problem { errors, ..problem } } else { Problem::fields(errors) }
}

/// Posts the mirror of an entry: each line on the other side, at the same rate, so that every account it
/// touched stands as before.
///
/// # Errors
/// When it is reversed already, or `date` is locked.
pub(crate) async fn reverse(
    ctx: &mut Ctx,
    books: &Books,
    entry: Id<JournalEntry>,
    date: Date,
    source: JournalEntrySource,
    reference: Option<String>,
) -> Result<JournalEntry> {
    let original = ctx.get(entry).await?;
    if let Some(by) = original.reversed_by {
        let (number, by) = (original.number.unwrap_or_default(), ctx.title_of(JournalEntry::OBJECT, by.uuid()).await?);
        return Err(Problem::conflict(format!("{number} is reversed already, by {by}")));
    }
    let mirrored = original.lines.iter().map(|line| JournalEntryLine {
        id: Id::default(),
        debit: line.credit,
        credit: line.debit,
        ..line.clone()
    });
    let mirror = JournalEntry {
        journal: original.journal,
        date: Some(date),
        reference,
        lines: mirrored.collect(),
        source: Some(source),
        reverses: Some(original.id),
        ..JournalEntry::default()
    };
    let mirror = post(ctx, books, mirror).await?;
    ctx.save(JournalEntry { reversed_by: Some(mirror.id), ..original }).await?;
    Ok(mirror)
}

/// The day of a reversal: `given`, else today; never before the day of what is reversed. An undo takes that day
/// itself where it is still open, so that the balances of every day are as before.
pub(crate) fn reversal_date(ctx: &Ctx, books: &Books, given: Option<Date>, original: Option<Date>) -> Result<Date> {
    let original = original.unwrap_or_else(|| ctx.today());
    match given {
        Some(date) if date < original => Err(Problem::field(
            "date",
            "min",
            format!("is before {original}, the day of what is reversed; choose that day or a later one"),
        )),
        Some(date) => Ok(date),
        None if ctx.undoing() && books.require_open(original).is_ok() => Ok(original),
        None => Ok(ctx.today().max(original)),
    }
}
