//! Taxes on documents: several on a line, included in the price, in groups, on accounts of their own.

use finance::actions::{post_bill, post_invoice};
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

use crate::setup::{account, amount, apps, balances, document, party, posted, ten_percent};

#[nexus_testkit::test]
async fn a_tax_in_the_price_is_taken_out_of_it(t: &Tenant) {
    let input = json!({"code": "IN20", "kind": "percent", "rate": "20", "included": true});
    let tax = t.create("finance.tax", input).await;
    // Three at 1.00 with 20 % in it: 0.50 tax, 2.50 net, on lines of 0.84, 0.83 and 0.83.
    let invoice = posted(t, &[("1", "1", &[&tax]), ("1", "1", &[&tax]), ("1", "1", &[&tax])]).await;
    assert_eq!(["untaxed", "tax", "total"].map(|field| amount(&invoice, field)), ["2.50", "0.50", "3.00"]);
    assert_eq!(amount(&invoice["lines"][0], "amount"), "0.84");
    assert_eq!(balances(t, ["1100", "4000", "2200"]).await, ["3.00", "-2.50", "-0.50"]);
}

#[nexus_testkit::test]
async fn a_group_puts_each_of_its_taxes_on_its_own_account(t: &Tenant) {
    let other = account(t, "2202").await;
    let percent = ten_percent(t).await;
    let levy = json!({"code": "LEVY", "kind": "fixed", "rate": "0.5", "account": other});
    let levy = t.create("finance.tax", levy).await;
    let group = json!({"code": "BOTH", "kind": "group", "members": [percent["id"], levy["id"]]});
    let group = t.create("finance.tax", group).await;
    // 3 × 10: 10 % are 3.00, the levy on three units 1.50.
    let invoice = posted(t, &[("3", "10", &[&group])]).await;
    assert_eq!(["untaxed", "tax", "total"].map(|field| amount(&invoice, field)), ["30.00", "4.50", "34.50"]);
    assert_eq!(balances(t, ["2200", "2202"]).await, ["-3.00", "-1.50"]);
}

#[nexus_testkit::test]
async fn sales_and_purchases_of_a_tax_stand_on_different_accounts(t: &Tenant) {
    let tax = ten_percent(t).await;
    let party = party(t).await;
    let lines: &[(&str, &str, &[&Json])] = &[("1", "100", &[&tax])];
    let invoice = t.create("finance.invoice", document(&party, lines)).await;
    t.run(post_invoice, &invoice, json!({})).await.ok();
    let bill = t.create("finance.bill", document(&party, lines)).await;
    t.run(post_bill, &bill, json!({})).await.ok();
    assert_eq!(balances(t, ["2200", "2201"]).await, ["-10.00", "10.00"]);
}

#[nexus_testkit::test]
async fn a_rate_that_changes_before_posting_counts(t: &Tenant) {
    let tax = ten_percent(t).await;
    let invoice = crate::setup::draft(t, &[("1", "100", &[&tax])]).await;
    assert_eq!(amount(&invoice, "total"), "110.00");
    t.update("finance.tax", &tax, json!({"rate": "12"})).await.ok();
    let invoice = t.run(post_invoice, &invoice, json!({})).await.ok();
    assert_eq!(amount(&invoice, "total"), "112.00");
    t.update("finance.tax", &tax, json!({"rate": "15"})).await.ok();
    assert_eq!(amount(&t.get("finance.invoice", &invoice).await, "total"), "112.00", "what is posted stays");
}

#[nexus_testkit::test]
async fn a_group_names_taxes_and_only_a_group_does(t: &Tenant) {
    t.try_create("finance.tax", json!({"code": "G", "kind": "group"})).await.problem("members", "at least one");
    t.try_create("finance.tax", json!({"code": "P", "kind": "percent"})).await.problem("rate", "is required");
    let tax = ten_percent(t).await;
    let wrong = json!({"code": "P", "kind": "percent", "rate": "5", "members": [tax["id"]]});
    t.try_create("finance.tax", wrong).await.problem("members", "belong to a group");
}
