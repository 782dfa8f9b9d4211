//! Bills mirror invoices: cost and tax against what is owed to the supplier.

use finance::actions::{pay_bill, post_bill, reverse_bill};
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

use crate::setup::{amount, apps, balances, document, entry_lines, line, party, ten_percent};

async fn bill(t: &Tenant) -> Json {
    let tax = ten_percent(t).await;
    let mut input = document(&party(t).await, &[("5", "40", &[&tax]), ("1", "20", &[])]);
    input["reference"] = json!("RE-77");
    t.create("finance.bill", input).await
}

#[nexus_testkit::test]
async fn a_bill_is_posted_and_paid(t: &Tenant) {
    let bill = bill(t).await;
    let bill = t.run(post_bill, &bill, json!({})).await.ok();
    assert_eq!(
        ["untaxed", "tax", "total", "open"].map(|field| amount(&bill, field)),
        ["220.00", "20.00", "240.00", "240.00"]
    );
    let lines = [line("2100", "", "240.00"), line("2201", "20.00", ""), line("5000", "220.00", "")];
    assert_eq!(entry_lines(t, &bill["entry"]).await, lines);
    let paid = t.run(pay_bill, &bill, json!({"amount": "200"})).await.ok();
    assert_eq!((amount(&paid, "open"), &paid["state"]), ("40.00", &json!("posted")));
    // The supplier lets the last 5 go: a gain on the write-off account.
    let paid = t.run(pay_bill, &bill, json!({"amount": "35", "write_off": true})).await.ok();
    assert_eq!((amount(&paid, "open"), &paid["state"]), ("0.00", &json!("paid")));
    assert_eq!(balances(t, ["2100", "1200", "8100"]).await, ["0.00", "-235.00", "-5.00"]);
}

#[nexus_testkit::test]
async fn a_bill_is_reversed_before_it_is_paid(t: &Tenant) {
    let first = bill(t).await;
    let first = t.run(post_bill, &first, json!({})).await.ok();
    let reversed = t.run(reverse_bill, &first, json!({})).await.ok();
    assert_eq!((amount(&reversed, "open"), &reversed["state"]), ("0.00", &json!("reversed")));
    assert_eq!(balances(t, ["2100", "2201", "5000"]).await, ["0.00", "0.00", "0.00"]);
}

#[nexus_testkit::test]
async fn a_paid_bill_is_not_reversed(t: &Tenant) {
    let bill = bill(t).await;
    t.run(post_bill, &bill, json!({})).await.ok();
    t.run(pay_bill, &bill, json!({})).await.ok();
    t.run(reverse_bill, &bill, json!({})).await.problem("", "reverse the payments first");
}

#[nexus_testkit::test]
async fn the_same_number_of_a_supplier_is_refused(t: &Tenant) {
    let party = party(t).await;
    let mut input = document(&party, &[("1", "20", &[])]);
    input["reference"] = json!("RE-77");
    t.create("finance.bill", input.clone()).await;
    t.try_create("finance.bill", input).await.problem("party", "another bill");
}
