//! What the printed documents need, gathered: `prints/invoice.typ` and `prints/credit_note.typ` say it in full.

use nexus_kernel::model::value::decimal_text;
use nexus_kernel::prelude::*;

use contacts::objects::{Party, PartyAddressKind};

use crate::amount;
use crate::books::Books;
use crate::countries::written;
use crate::objects::{CreditNote, Invoice, Tax};

/// The data of an invoice's print.
///
/// # Errors
/// Those of reading the invoice and what it links to.
pub async fn invoice(ctx: &mut Ctx, id: Id<Invoice>) -> Result<Json> {
    let invoice = ctx.get(id).await?;
    let taxes = tax_names(ctx, invoice.lines.iter().flat_map(|line| &line.taxes)).await?;
    let lines = invoice.lines.iter().map(|line| {
        let (discount, line_taxes) = (line.discount, &line.taxes);
        line_json(
            &line.description,
            line.quantity,
            line.unit.as_deref(),
            discount,
            line_taxes,
            &taxes,
            [line.unit_price, line.amount],
        )
    });
    let sums = invoice.tax_lines.iter().map(|row| tax_json(row.name.as_deref(), row.base, row.amount));
    let terms = match invoice.terms {
        Some(terms) => Some(ctx.get(terms).await?.name),
        None => None,
    };
    let document = json!({
        "number": invoice.number,
        "date": invoice.date,
        "due": invoice.due,
        "terms": terms,
        "reference": invoice.reference,
        "currency": invoice.currency,
        "state": state(invoice.state.as_str()),
        "untaxed": shown(invoice.untaxed),
        "tax": shown(invoice.tax),
        "total": shown(invoice.total),
        "paid": paid(invoice.total, invoice.open),
        "open": shown(invoice.open),
        "notes": invoice.notes,
    });
    let (lines, sums) = (lines.collect::<Vec<_>>(), sums.collect::<Vec<_>>());
    Ok(json!({
        "company": company(ctx).await?,
        "party": party(ctx, invoice.party).await?,
        "document": document,
        "lines": lines,
        "taxes": sums,
    }))
}

/// The data of a credit note's print.
///
/// # Errors
/// Those of reading the credit note and what it links to.
pub async fn credit_note(ctx: &mut Ctx, id: Id<CreditNote>) -> Result<Json> {
    let note = ctx.get(id).await?;
    let taxes = tax_names(ctx, note.lines.iter().flat_map(|line| &line.taxes)).await?;
    let lines = note.lines.iter().map(|line| {
        let (discount, line_taxes) = (line.discount, &line.taxes);
        line_json(
            &line.description,
            line.quantity,
            line.unit.as_deref(),
            discount,
            line_taxes,
            &taxes,
            [line.unit_price, line.amount],
        )
    });
    let sums = note.tax_lines.iter().map(|row| tax_json(row.name.as_deref(), row.base, row.amount));
    let credited = match note.invoice {
        Some(invoice) => Some(ctx.get(invoice).await?),
        None => None,
    };
    let document = json!({
        "number": note.number,
        "date": note.date,
        "credits": credited.as_ref().and_then(|invoice| invoice.number.clone()),
        "credits_date": credited.as_ref().and_then(|invoice| invoice.date),
        "reason": note.reason,
        "reference": note.reference,
        "currency": note.currency,
        "state": state(note.state.as_str()),
        "untaxed": shown(note.untaxed),
        "tax": shown(note.tax),
        "total": shown(note.total),
        "paid": paid(note.total, note.open),
        "open": shown(note.open),
        "notes": note.notes,
    });
    let (lines, sums) = (lines.collect::<Vec<_>>(), sums.collect::<Vec<_>>());
    Ok(json!({
        "company": company(ctx).await?,
        "party": party(ctx, note.party).await?,
        "document": document,
        "lines": lines,
        "taxes": sums,
    }))
}

/// The sender of a document.
///
/// # Errors
/// When there is no company.
pub async fn company(ctx: &mut Ctx) -> Result<Json> {
    let books = Books::open(ctx).await.ok();
    let company = ctx.company()?;
    Ok(json!({
        "name": company.name,
        "address": written(company.address.as_ref()),
        "tax_id": company.tax_id,
        "email": company.email,
        "phone": company.phone,
        "registration": books.as_ref().and_then(Books::document_footer),
        "bank": company.bank,
    }))
}

/// The addressee of a document.
///
/// # Errors
/// When the party cannot be read.
pub async fn party(ctx: &mut Ctx, id: Id<Party>) -> Result<Json> {
    let party = ctx.get(id).await?;
    Ok(json!({
        "name": party.name,
        "address": written(party.address(PartyAddressKind::Billing)),
        "tax_id": party.tax_id,
        "email": party.email,
        "phone": party.phone,
    }))
}

/// Names of the taxes that lines bear, as they stand on documents.
///
/// # Errors
/// Those of reading taxes.
pub async fn tax_names(ctx: &mut Ctx, taxes: impl Iterator<Item = &Id<Tax>>) -> Result<Vec<(Id<Tax>, String)>> {
    let mut ids: Vec<Uuid> = taxes.map(|tax| tax.uuid()).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let known = ctx.all(find::<Tax>().any("id", ids)).await?;
    Ok(known.into_iter().map(|tax| (tax.id, tax.name.unwrap_or(tax.code))).collect())
}

/// One line of a document; `amounts` are the unit price and the net amount.
pub fn line_json(
    description: &str,
    quantity: Decimal,
    unit: Option<&str>,
    discount: Option<Decimal>,
    taxes: &[Id<Tax>],
    names: &[(Id<Tax>, String)],
    amounts: [Option<Money>; 2],
) -> Json {
    let [unit_price, amount] = amounts;
    let taxes: Vec<&str> = names.iter().filter(|(tax, _)| taxes.contains(tax)).map(|(_, name)| name.as_str()).collect();
    let discount = discount.filter(|discount| !discount.is_zero());
    json!({
        "description": description,
        "quantity": decimal_text(quantity, 0),
        "unit": unit,
        "unit_price": shown(unit_price),
        "discount": discount.map(|discount| format!("{} %", decimal_text(discount, 0))),
        "taxes": taxes.join(", "),
        "amount": shown(amount),
    })
}

/// One tax of a document.
pub fn tax_json(name: Option<&str>, base: Option<Money>, amount: Option<Money>) -> Json {
    json!({"label": name.unwrap_or("Tax"), "base": shown(base), "amount": shown(amount)})
}

/// Money as the templates take it.
pub fn shown(money: Option<Money>) -> Option<Json> {
    money.map(|money| nexus_kernel::model::json::money_json(&money))
}

fn paid(total: Option<Money>, open: Option<Money>) -> Option<Json> {
    total.and_then(|total| shown(Some(Money::new(total.amount - amount::of(open), total.currency))))
}

/// The templates know drafts, documents in force and cancelled ones.
fn state(state: &str) -> &str {
    match state {
        "paid" => "posted",
        "reversed" => "cancelled",
        other => other,
    }
}
