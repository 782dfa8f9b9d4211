//! A company with a customer and a tax of ten percent, and short words for what the ledger says.
//!
//! The company is British, so its chart is the four-digit ledger: 1100 trade debtors, 1200 bank, 2100 trade
//! creditors, 2200 tax on sales, 2201 tax on purchases, 4000 sales, 5000 purchases, 8100 bad debts.

use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

pub(crate) fn apps() -> Vec<App> {
    vec![contacts::app(), finance::app()]
}

/// A customer, or a supplier.
pub(crate) async fn party(t: &Tenant) -> Json {
    t.create("contacts.party", json!({"kind": "organisation", "name": "Kibo Traders"})).await
}

/// A tax of ten percent on sales and purchases.
pub(crate) async fn ten_percent(t: &Tenant) -> Json {
    t.create("finance.tax", json!({"code": "T10", "kind": "percent", "rate": "10"})).await
}

/// The account of a code.
pub(crate) async fn account(t: &Tenant, code: &str) -> Json {
    t.find("finance.account", &format!("code == '{code}'")).await.remove(0)["id"].clone()
}

/// A draft invoice of lines given as quantity, price and taxes.
pub(crate) async fn draft(t: &Tenant, lines: &[(&str, &str, &[&Json])]) -> Json {
    t.create("finance.invoice", document(&party(t).await, lines)).await
}

/// A posted invoice.
pub(crate) async fn posted(t: &Tenant, lines: &[(&str, &str, &[&Json])]) -> Json {
    let draft = draft(t, lines).await;
    t.run(finance::actions::post_invoice, &draft, json!({})).await.ok()
}

/// 5 × 40 at ten percent and 1 × 20 without tax: 220, 20 and 240.
pub(crate) async fn two_hundred_and_forty(t: &Tenant) -> Json {
    let tax = ten_percent(t).await;
    posted(t, &[("5", "40", &[&tax]), ("1", "20", &[])]).await
}

/// A document's input.
pub(crate) fn document(party: &Json, lines: &[(&str, &str, &[&Json])]) -> Json {
    let line = |(quantity, price, taxes): &(&str, &str, &[&Json])| {
        let taxes: Vec<&Json> = taxes.iter().map(|tax| &tax["id"]).collect();
        json!({"description": "Consulting", "quantity": quantity, "unit_price": price, "taxes": taxes})
    };
    json!({"party": party["id"], "lines": lines.iter().map(line).collect::<Vec<_>>()})
}

/// The amount of a money field.
pub(crate) fn amount<'a>(record: &'a Json, field: &str) -> &'a str {
    record[field]["amount"].as_str().unwrap_or_else(|| panic!("{field} is no amount: {}", record[field]))
}

/// What the trial balance says of an account: debit, credit, balance.
pub(crate) async fn standing(t: &Tenant, code: &str) -> [String; 3] {
    standing_at(t, code, json!({})).await
}

pub(crate) async fn standing_at(t: &Tenant, code: &str, params: Json) -> [String; 3] {
    let report = t.report("finance", "trial-balance", params).await;
    assert_eq!(report["totals"]["debit"], report["totals"]["credit"], "the trial balance balances");
    let row = report["rows"].as_array().and_then(|rows| rows.iter().find(|row| row["code"] == code)).cloned();
    let row = row.unwrap_or_else(|| {
        let nothing = json!({"amount": "0.00"});
        json!({"debit": nothing, "credit": nothing, "balance": nothing})
    });
    ["debit", "credit", "balance"].map(|field| amount(&row, field).to_owned())
}

/// What is left on accounts.
pub(crate) async fn balances<const N: usize>(t: &Tenant, codes: [&str; N]) -> [String; N] {
    let mut found = Vec::with_capacity(N);
    for code in codes {
        let [_, _, balance] = standing(t, code).await;
        found.push(balance);
    }
    found.try_into().expect("one a code")
}

/// The lines of a posted entry as account code, debit and credit, ordered by code.
pub(crate) async fn entry_lines(t: &Tenant, entry: &Json) -> Vec<(String, String, String)> {
    let entry = t.get("finance.journal_entry", entry).await;
    let mut lines = Vec::new();
    for line in entry["lines"].as_array().expect("lines") {
        let account = t.get("finance.account", &line["account"]).await;
        let side = |field: &str| line[field]["amount"].as_str().unwrap_or("").to_owned();
        lines.push((account["code"].as_str().expect("a code").to_owned(), side("debit"), side("credit")));
    }
    lines.sort();
    lines
}

/// An entry line as [`entry_lines`] gives it.
pub(crate) fn line(code: &str, debit: &str, credit: &str) -> (String, String, String) {
    (code.to_owned(), debit.to_owned(), credit.to_owned())
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("a day")
}
