//! Documents in foreign currencies: the books are kept in the company's, and a change of rate is a gain or loss.

use finance::actions::{pay_invoice, post_invoice, post_journal_entry, reverse_invoice, reverse_payment};
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

use crate::setup::{account, amount, apps, balances, day, document, party};

/// An invoice over 100 EUR at 0.85 pounds.
async fn hundred_euros(t: &Tenant) -> Json {
    t.on(day("2026-02-02"));
    t.create("finance.exchange_rate", json!({"currency": "EUR", "date": "2026-02-01", "rate": "0.85"})).await;
    let mut input = document(&party(t).await, &[("1", "100", &[])]);
    (input["currency"], input["date"]) = (json!("EUR"), json!("2026-02-02"));
    let invoice = t.create("finance.invoice", input).await;
    t.run(post_invoice, &invoice, json!({})).await.ok()
}

#[nexus_testkit::test]
async fn a_foreign_invoice_stands_in_the_books_at_the_rate_of_its_day(t: &Tenant) {
    let invoice = hundred_euros(t).await;
    assert_eq!(invoice["open"], json!({"amount": "100.00", "currency": "EUR"}));
    assert_eq!(invoice["open_base"], json!({"amount": "85.00", "currency": "GBP"}));
    assert_eq!(balances(t, ["1100", "4000"]).await, ["85.00", "-85.00"]);
    t.run(reverse_invoice, &invoice, json!({})).await.ok();
    assert_eq!(balances(t, ["1100", "4000"]).await, ["0.00", "0.00"]);
}

#[nexus_testkit::test]
async fn a_rate_that_has_risen_is_a_gain(t: &Tenant) {
    let invoice = hundred_euros(t).await;
    // A third at 0.90: 33.33 EUR are 30.00 GBP, of which 28.33 stood in the books, so 1.67 are gained.
    t.run(pay_invoice, &invoice, json!({"amount": "33.33", "rate": "0.90"})).await.ok();
    assert_eq!(balances(t, ["1100", "1200", "4910"]).await, ["56.67", "30.00", "-1.67"]);
    // The rest at 0.80: 66.67 EUR are 53.34 GBP, of 56.67 left, so 3.33 are lost.
    let paid = t.run(pay_invoice, &invoice, json!({"rate": "0.80"})).await.ok();
    assert_eq!((amount(&paid, "open"), amount(&paid, "open_base")), ("0.00", "0.00"));
    assert_eq!(balances(t, ["1100", "1200", "4910", "7910"]).await, ["0.00", "83.34", "-1.67", "3.33"]);
    let payment = t.find("finance.payment", "rate == 0.8").await.remove(0);
    t.run(reverse_payment, &payment, json!({})).await.ok();
    assert_eq!(balances(t, ["1100", "1200", "7910"]).await, ["56.67", "30.00", "0.00"]);
}

#[nexus_testkit::test]
async fn without_a_rate_nothing_foreign_is_posted(t: &Tenant) {
    let mut input = document(&party(t).await, &[("1", "100", &[])]);
    input["currency"] = json!("USD");
    let invoice = t.create("finance.invoice", input).await;
    t.run(post_invoice, &invoice, json!({})).await.problem("rate", "no exchange rate of USD to GBP");
}

#[nexus_testkit::test]
async fn an_entry_balances_in_every_currency(t: &Tenant) {
    let journal = t.find("finance.journal", "code == 'GEN'").await.remove(0);
    let (bank, capital) = (account(t, "1200").await, account(t, "3000").await);
    let lines = json!([
        {"account": bank, "debit": "100", "currency": "EUR", "rate": "1"},
        {"account": capital, "credit": "100"},
    ]);
    let entry = t.create("finance.journal_entry", json!({"journal": journal["id"], "lines": lines})).await;
    t.run(post_journal_entry, &entry, json!({})).await.problem("lines", "100.00 EUR too much debit");
}
