//! Invoices: what they come to and what they enter. The figures are worked out beside each test.

use finance::actions::{pay_invoice, post_invoice};
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

use crate::setup::{
    amount, apps, balances, document, draft, entry_lines, line, party, posted, standing, ten_percent,
    two_hundred_and_forty,
};

#[nexus_testkit::test]
async fn five_at_forty_with_tax_and_one_at_twenty_without(t: &Tenant) {
    // 5 × 40 is 200, with 20 the untaxed sum is 220; 10 % of 200 is 20.
    let invoice = two_hundred_and_forty(t).await;
    assert_eq!(
        ["untaxed", "tax", "total", "open"].map(|field| amount(&invoice, field)),
        ["220.00", "20.00", "240.00", "240.00"]
    );
    assert_eq!(invoice["state"], "posted");
    assert_eq!(standing(t, "1100").await, ["240.00", "0.00", "240.00"]);
    assert_eq!(standing(t, "4000").await, ["0.00", "220.00", "-220.00"]);
    assert_eq!(standing(t, "2200").await, ["0.00", "20.00", "-20.00"]);
    let lines = [line("1100", "240.00", ""), line("2200", "", "20.00"), line("4000", "", "220.00")];
    assert_eq!(entry_lines(t, &invoice["entry"]).await, lines);
}

#[nexus_testkit::test]
async fn a_draft_is_worked_out_when_it_is_written(t: &Tenant) {
    let tax = ten_percent(t).await;
    let invoice = draft(t, &[("5", "40", &[&tax]), ("1", "20", &[])]).await;
    assert_eq!(["untaxed", "tax", "total"].map(|field| amount(&invoice, field)), ["220.00", "20.00", "240.00"]);
    assert_eq!(amount(&invoice["tax_lines"][0], "base"), "200.00");
    assert_eq!(invoice["tax_lines"][0]["name"], "T10 10 %");
    assert_eq!((&invoice["state"], &invoice["number"]), (&json!("draft"), &Json::Null));
    assert_eq!(invoice["currency"], "GBP");
    assert_eq!(balances(t, ["1100", "4000"]).await, ["0.00", "0.00"]);
    let changed = t.update(
        "finance.invoice",
        &invoice,
        json!({"lines": [
            {"id": invoice["lines"][0]["id"], "quantity": "6"},
        ]}),
    );
    assert_eq!(amount(&changed.await.ok(), "total"), "264.00");
}

#[nexus_testkit::test]
async fn two_lines_at_a_third_of_a_cent_come_to_nothing(t: &Tenant) {
    // 0.0035 is rounded to 0.00 on each line, and twice nothing is nothing.
    let invoice = posted(t, &[("1", "0.0035", &[]), ("1", "0.0035", &[])]).await;
    assert_eq!(["untaxed", "total", "open"].map(|field| amount(&invoice, field)), ["0.00", "0.00", "0.00"]);
    assert_eq!(invoice["state"], "paid");
}

#[nexus_testkit::test]
async fn an_invoice_of_zero_is_posted_and_asks_for_no_payment(t: &Tenant) {
    let invoice = posted(t, &[("1", "0", &[])]).await;
    assert_eq!((invoice["state"].as_str(), invoice["entry"].is_null()), (Some("paid"), true));
    assert!(invoice["number"].as_str().is_some_and(|number| number.ends_with("-00001")));
    t.run(pay_invoice, &invoice, json!({})).await.problem("", "asks for");
    assert_eq!(balances(t, ["1100", "4000"]).await, ["0.00", "0.00"]);
}

#[nexus_testkit::test]
async fn what_stands_on_several_accounts_is_entered_on_each(t: &Tenant) {
    let services = crate::setup::account(t, "4010").await;
    let mut input = document(&party(t).await, &[("1", "100", &[]), ("2", "30", &[]), ("1", "5", &[])]);
    input["lines"][1]["account"] = services;
    let invoice = t.create("finance.invoice", input).await;
    t.run(post_invoice, &invoice, json!({})).await.ok();
    assert_eq!(balances(t, ["1100", "4000", "4010"]).await, ["165.00", "-105.00", "-60.00"]);
}

#[nexus_testkit::test]
async fn a_posted_invoice_cannot_be_changed_or_deleted(t: &Tenant) {
    let invoice = posted(t, &[("1", "100", &[])]).await;
    t.update("finance.invoice", &invoice, json!({"reference": "other"})).await.problem("reference", "is fixed");
    t.update("finance.invoice", &invoice, json!({"lines": []})).await.problem("", "is posted");
    t.update("finance.invoice", &invoice, json!({"state": "draft"})).await.problem("state", "is fixed");
    t.delete("finance.invoice", &invoice).await.problem("", "is posted");
    t.run(post_invoice, &invoice, json!({})).await.problem("", "cannot post invoice");
    assert_eq!(t.get("finance.invoice", &invoice).await["reference"], Json::Null);
}

#[nexus_testkit::test]
async fn states_that_only_actions_lead_to_are_refused_by_their_name(t: &Tenant) {
    let invoice = draft(t, &[("1", "100", &[])]).await;
    t.update("finance.invoice", &invoice, json!({"state": "posted"})).await.problem("state", "by the action post");
    t.update("finance.invoice", &invoice, json!({"state": "paid"})).await.problem("state", "by the action pay");
    let mut input = document(&party(t).await, &[("1", "100", &[])]);
    input["state"] = json!("paid");
    t.try_create("finance.invoice", input).await.problem("state", "by the action pay");
}

#[nexus_testkit::test]
async fn an_invoice_without_lines_or_below_zero_is_not_posted(t: &Tenant) {
    let empty = draft(t, &[]).await;
    t.run(post_invoice, &empty, json!({})).await.problem("lines", "are needed");
    let negative = draft(t, &[("-1", "100", &[])]).await;
    t.run(post_invoice, &negative, json!({})).await.problem("total", "credit note");
}

#[nexus_testkit::test]
async fn the_due_date_follows_the_terms(t: &Tenant) {
    t.on(crate::setup::day("2026-01-31"));
    let terms = t.find("finance.payment_terms", "days == 14").await.remove(0);
    let party = party(t).await;
    let mut input = document(&party, &[("1", "100", &[])]);
    assert_eq!(t.create("finance.invoice", input.clone()).await["due"], "2026-03-02", "thirty days are usual");
    input["terms"] = terms["id"].clone();
    assert_eq!(t.create("finance.invoice", input.clone()).await["due"], "2026-02-14");
    input["due"] = json!("2026-01-30");
    t.try_create("finance.invoice", input).await.problem("due", "falls due on its date or later");
}

#[nexus_testkit::test]
async fn a_bare_amount_is_in_the_company_s_currency_and_another_is_refused(t: &Tenant) {
    let party = party(t).await;
    let mut input = document(&party, &[("1", "100", &[])]);
    input["lines"][0]["unit_price"] = json!({"amount": "100", "currency": "EUR"});
    t.try_create("finance.invoice", input.clone()).await.problem("lines/0/unit_price", "is in EUR");
    input["currency"] = json!("EUR");
    assert_eq!(t.create("finance.invoice", input).await["total"], json!({"amount": "100.00", "currency": "EUR"}));
}
