//! Reports over a small set of books whose figures are added up by hand.

use finance::actions::{pay_invoice, post_invoice, post_payment, reverse_invoice};
use nexus_kernel::prelude::*;
use nexus_kernel::{Call, Request};
use nexus_testkit::Tenant;

use crate::setup::{amount, apps, day, document, party, standing_at};

/// A posted invoice over an amount on a day.
async fn invoice(t: &Tenant, party: &Json, date: &str, price: &str) -> Json {
    let mut input = document(party, &[("1", price, &[])]);
    (input["date"], input["due"]) = (json!(date), json!(date));
    let invoice = t.create("finance.invoice", input).await;
    t.run(post_invoice, &invoice, json!({})).await.ok()
}

#[nexus_testkit::test]
async fn revenue_is_summed_by_month(t: &Tenant) {
    t.on(day("1998-06-30"));
    let party = party(t).await;
    invoice(t, &party, "1997-01-01", "11.77").await;
    invoice(t, &party, "1997-01-31", "12.00").await;
    let taken_back = invoice(t, &party, "1997-03-02", "29.33").await;
    t.run(reverse_invoice, &taken_back, json!({"date": "1997-03-31"})).await.ok();
    invoice(t, &party, "1998-06-30", "14.96").await;
    let report = t.report("finance", "revenue-by-month", json!({})).await;
    let rows = report["rows"].as_array().expect("rows").iter();
    let rows: Vec<_> = rows.map(|row| (row["month"].as_str().unwrap_or_default(), amount(row, "amount"))).collect();
    assert_eq!(rows, [("1997-01", "23.77"), ("1997-03", "0.00"), ("1998-06", "14.96")]);
    assert_eq!(amount(&report["totals"], "amount"), "38.73");
    let from = t.report("finance", "revenue-by-month", json!({"from": "1998-01-01"})).await;
    assert_eq!(amount(&from["totals"], "amount"), "14.96");
    let profit = t.report("finance", "profit-and-loss", json!({"from": "1997-01-01", "to": "1997-12-31"})).await;
    assert_eq!(amount(&profit["totals"], "amount"), "23.77");
}

#[nexus_testkit::test]
async fn a_trial_balance_stands_at_its_day(t: &Tenant) {
    t.on(day("1998-06-30"));
    let party = party(t).await;
    invoice(t, &party, "1997-12-31", "100").await;
    invoice(t, &party, "1998-01-01", "50").await;
    let at = |day: &str| json!({"at": day});
    assert_eq!(standing_at(t, "1100", at("1997-12-30")).await, ["0.00", "0.00", "0.00"]);
    assert_eq!(standing_at(t, "1100", at("1997-12-31")).await, ["100.00", "0.00", "100.00"]);
    assert_eq!(standing_at(t, "1100", at("1998-01-01")).await, ["150.00", "0.00", "150.00"]);
}

#[nexus_testkit::test]
async fn each_company_has_books_of_its_own(t: &Tenant) {
    let other = json!({"name": "Exemple SA", "country": "FR", "currency": "EUR"});
    let other = t.create("core.company", other).await;
    let party = party(t).await;
    let input = document(&party, &[("1", "100", &[])]);
    let call = Call { action: "finance.create_invoice".to_owned(), record: None, input };
    let company = other["id"].as_str().and_then(|id| id.parse().ok());
    let invoice = t.request(Request { calls: vec![call], company, ..Request::default() }).await.ok();
    assert_eq!(invoice["total"], json!({"amount": "100.00", "currency": "EUR"}));
    t.run(post_invoice, &invoice, json!({})).await.ok();
    assert_eq!(standing_at(t, "1100", json!({})).await[2], "0.00");
    let theirs = json!({"company": other["id"]});
    assert_eq!(standing_at(t, "411000", theirs.clone()).await, ["100.00", "0.00", "100.00"]);
    assert_eq!(standing_at(t, "706000", theirs).await[2], "-100.00");
}

#[nexus_testkit::test]
async fn what_is_owed_is_shown_by_its_age(t: &Tenant) {
    t.on(day("2026-06-30"));
    let kibo = party(t).await;
    let acme = t.create("contacts.party", json!({"kind": "organisation", "name": "Acme"})).await;
    // Due today, 30, 31, 60, 61, 90 and 91 days ago.
    for (due, price) in [
        ("2026-06-30", "1"),
        ("2026-05-31", "2"),
        ("2026-05-30", "4"),
        ("2026-05-01", "8"),
        ("2026-04-30", "16"),
        ("2026-04-01", "32"),
        ("2026-03-31", "64"),
    ] {
        invoice(t, &kibo, due, price).await;
    }
    let paid = invoice(t, &acme, "2026-06-01", "128").await;
    t.run(pay_invoice, &paid, json!({"amount": "100"})).await.ok();
    let ahead = t.create("finance.payment", json!({"party": acme["id"], "amount": "5"})).await;
    t.run(post_payment, &ahead, json!({})).await.ok();

    let report = t.report("finance", "aged-receivables", json!({})).await;
    let columns = ["current", "days_1_30", "days_31_60", "days_61_90", "over_90", "credit", "total"];
    let row = |at: usize| columns.map(|column| amount(&report["rows"][at], column).to_owned());
    assert_eq!(report["rows"][0]["name"], "Acme");
    assert_eq!(row(0), ["0.00", "28.00", "0.00", "0.00", "0.00", "-5.00", "23.00"]);
    assert_eq!(row(1), ["1.00", "2.00", "12.00", "48.00", "64.00", "0.00", "127.00"]);
    assert_eq!(amount(&report["totals"], "total"), "150.00");
}
