//! Invoices, credit notes and bills go into the books.

use nexus_kernel::prelude::*;

use crate::amount;
use crate::books::{Books, Standard};
use crate::document::{Document, Phase};
use crate::entry::{self, Leg};
use crate::objects::JournalEntry;
use crate::tax::Taxes;
use crate::totals;

/// Posts a draft, stored or not: worked out once more, entered, numbered, and open for payment.
///
/// # Errors
/// When it is no draft, has no lines or a total below zero, or the ledger refuses the entry.
pub(crate) async fn post<D: Document>(ctx: &mut Ctx, books: &Books, mut document: D) -> Result<D> {
    prepare(ctx, books, &mut document).await?;
    if document.is_stored() { ctx.save(document).await } else { ctx.create(document).await }
}

/// All of posting but the document's own write, which the caller may put together with another change.
///
/// # Errors
/// As for [`post`].
pub(crate) async fn prepare<D: Document>(ctx: &mut Ctx, books: &Books, document: &mut D) -> Result<()> {
    if document.phase() != Phase::Draft {
        return Err(Problem::conflict(format!("{} is posted already", document.title())));
    }
    // Taxes may have changed since the draft was written.
    totals::compute(ctx, document).await?;
    if document.line_facts().is_empty() {
        return Err(Problem::field("lines", "required", format!("are needed: {} has none", document.title())));
    }
    if document.total().is_sign_negative() && !document.total().is_zero() {
        let message = "is below zero; a document that gives money back is a credit note";
        return Err(Problem::field("total", "min", message));
    }
    let date = document.date().unwrap_or_else(|| ctx.today());
    books.require_open(date)?;
    let currency = document.currency_or(books.currency)?;
    let rate = books.rate(ctx, currency, date, document.rate()).await?;
    document.set_account(D::control_account(books)?);
    let number = ctx.number::<D>("number", books.numbered_on(date)).await?;
    let legs = legs(ctx, books, document, &number).await?;
    document.set_number(number.clone());
    let lines: Vec<_> = legs.into_iter().filter_map(|leg| leg.line(currency, rate)).collect();
    if currency != books.currency {
        document.set_rate(rate);
    }
    // A document of nothing but zeros moves no account, so there is nothing to enter.
    if !lines.is_empty() {
        let entry = entry::post(
            ctx,
            books,
            JournalEntry {
                journal: Some(D::journal(books)?),
                date: Some(date),
                reference: Some(number),
                lines,
                source: Some(D::SOURCE),
                ..JournalEntry::default()
            },
        )
        .await?;
        document.set_entry(Some(entry.id));
        if currency != books.currency {
            let of_control = entry.lines.iter().filter(|line| Some(line.account) == document.account());
            let base = amount::sum(of_control.map(|line| amount::of(line.balance)))?;
            document.set_open_base(Some(Money::new(base.abs(), books.currency)));
        }
    }
    let total = document.total();
    document.set_open(total, currency);
    document.set_phase(if total.is_zero() { Phase::Settled } else { Phase::Posted });
    Ok(())
}

/// The total against the lines' accounts and the taxes', each account and tax once.
async fn legs<D: Document>(ctx: &mut Ctx, books: &Books, document: &D, number: &str) -> Result<Vec<Leg>> {
    let party = Some(document.party());
    let account = document.account().unwrap_or_default();
    let total = D::SIGN * document.total();
    let mut legs = vec![Leg { account, party, amount: total, label: Some(number.to_owned()), tax: None }];
    for (description, account, net) in document.line_facts() {
        let account = match account {
            Some(account) => account,
            None => D::line_account(books)?,
        };
        let label = Some(description.to_owned());
        entry::gather(&mut legs, Leg { account, party: None, amount: -D::SIGN * net, label, tax: None })?;
    }
    let facts = document.tax_facts();
    if facts.is_empty() {
        return Ok(legs);
    }
    let taxes = Taxes::of_lines(ctx, &document.taxed_lines()).await?;
    for (id, amount) in facts {
        let tax = taxes.get(id);
        let (own, standard) = match D::IS_PURCHASE {
            true => (tax.and_then(|tax| tax.purchase_account), Standard::PurchaseTax),
            false => (tax.and_then(|tax| tax.account), Standard::Tax),
        };
        let account = own.map_or_else(|| books.account(standard), Ok)?;
        let label = tax.map(|tax| tax.name.clone().unwrap_or_else(|| tax.code.clone()));
        entry::gather(&mut legs, Leg { account, party: None, amount: -D::SIGN * amount, label, tax: Some(id) })?;
    }
    Ok(legs)
}
