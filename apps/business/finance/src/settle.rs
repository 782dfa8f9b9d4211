//! Documents are settled: what is open becomes less, and is open again when a settlement is taken back.

use nexus_kernel::prelude::*;

use contacts::objects::Party;

use crate::amount;
use crate::books::{Books, Standard};
use crate::document::{Document, Phase};
use crate::entry::Leg;
use crate::objects::{Account, JournalEntryLine};

/// What a settlement took off a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settled {
    /// In the company's currency, at the document's own rate.
    pub base: Decimal,
    /// The control account on which the document stands.
    pub account: Id<Account>,
    pub party: Id<Party>,
}

/// Takes `amount` off what is open of a posted document.
///
/// # Errors
/// When it is not posted, is in another currency than `currency`, or less is open.
pub(crate) async fn settle<D: Document>(
    ctx: &mut Ctx,
    books: &Books,
    document: D,
    amount: Decimal,
    currency: Currency,
) -> Result<Settled> {
    let mut document = document;
    let settled = take_off(books, &mut document, amount, currency)?;
    ctx.save(document).await?;
    Ok(settled)
}

/// As [`settle`], for a document that the caller writes.
///
/// # Errors
/// As for [`settle`].
pub(crate) fn take_off<D: Document>(
    books: &Books,
    document: &mut D,
    amount: Decimal,
    currency: Currency,
) -> Result<Settled> {
    let own = document.currency_or(books.currency)?;
    let open = document.open();
    let refuse = |rule: &str, message: String| Err(Problem::field("allocations", rule, message));
    if document.phase() == Phase::Draft {
        return refuse("state", format!("name {}; post it first", document.title()));
    }
    if own != currency {
        return refuse("currency", format!("name {}, which is in {own}; settle it in {own}", document.title()));
    }
    if amount <= Decimal::ZERO {
        return refuse("min", format!("give {} nothing; an amount is above zero", document.title()));
    }
    if amount > open {
        let (amount, open) = (Money::new(amount, own), Money::new(open, own));
        return refuse("open", format!("give {amount} to {}, of which {open} is open", document.title()));
    }
    let rest = open - amount;
    document.set_open(rest, own);
    let base = match document.open_base() {
        None => amount,
        // The last settlement takes all that is left, so that rounding leaves nothing behind.
        Some(left) if rest.is_zero() => {
            document.set_open_base(Some(Money::zero(left.currency)));
            left.amount
        }
        Some(left) => {
            let rate = document.rate().unwrap_or(Decimal::ONE);
            let base = left.currency.round(amount::multiply(amount, rate)?);
            document.set_open_base(Some(Money::new(left.amount - base, left.currency)));
            base
        }
    };
    if rest.is_zero() && document.phase() == Phase::Posted {
        document.set_phase(Phase::Settled);
    }
    let account = document.account().map_or_else(|| D::control_account(books), Ok)?;
    Ok(Settled { base, account, party: document.party() })
}

/// Gives a document back what a settlement took off it.
///
/// # Errors
/// Those of writing the document.
pub(crate) async fn reopen<D: Document>(
    ctx: &mut Ctx,
    books: &Books,
    document: D,
    amount: Decimal,
    base: Decimal,
) -> Result<D> {
    let mut document = document;
    let currency = document.currency_or(books.currency)?;
    let open = amount::add(document.open(), amount)?;
    document.set_open(open, currency);
    if let Some(left) = document.open_base() {
        document.set_open_base(Some(Money::new(amount::add(left.amount, base)?, left.currency)));
    }
    document.set_phase(Phase::Posted);
    ctx.save(document).await
}

/// The lines that bring a control account right when the same foreign amount was entered at two rates:
/// `difference`, in the company's currency, is what the account lacks on its debit side.
///
/// # Errors
/// When the settings name no account for exchange gains or losses.
pub(crate) fn exchange_difference(
    books: &Books,
    account: Id<Account>,
    party: Id<Party>,
    difference: Decimal,
) -> Result<Vec<JournalEntryLine>> {
    if difference.is_zero() {
        return Ok(Vec::new());
    }
    let gained = difference.is_sign_positive();
    let against = books.account(if gained { Standard::ExchangeGain } else { Standard::ExchangeLoss })?;
    let label = Some("Exchange difference".to_owned());
    let legs = [
        Leg { account, party: Some(party), amount: difference, label: label.clone(), tax: None },
        Leg { account: against, party: None, amount: -difference, label, tax: None },
    ];
    Ok(legs.into_iter().filter_map(|leg| leg.line(books.currency, Decimal::ONE)).collect())
}
