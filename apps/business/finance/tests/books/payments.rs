//! Payments: in full, in part, too much, with a write-off, and taken back.

use finance::actions::{allocate_payment, pay_invoice, post_payment, reverse_payment};
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

use crate::setup::{account, amount, apps, balances, posted, standing, two_hundred_and_forty};

#[nexus_testkit::test]
async fn a_hundred_and_twenty_then_twenty_then_ninety_nine_with_a_write_off(t: &Tenant) {
    let invoice = two_hundred_and_forty(t).await;
    let paid = t.run(pay_invoice, &invoice, json!({"amount": "120"})).await.ok();
    assert_eq!((amount(&paid, "open"), &paid["state"]), ("120.00", &json!("posted")));
    let paid = t.run(pay_invoice, &invoice, json!({"amount": "20"})).await.ok();
    assert_eq!((amount(&paid, "open"), &paid["state"]), ("100.00", &json!("posted")));
    let paid = t.run(pay_invoice, &invoice, json!({"amount": "99", "write_off": true})).await.ok();
    assert_eq!((amount(&paid, "open"), &paid["state"]), ("0.00", &json!("paid")));
    // 120 + 20 + 99 came in, and 1 of the 240 did not.
    assert_eq!(balances(t, ["1100", "1200", "8100"]).await, ["0.00", "239.00", "1.00"]);
}

#[nexus_testkit::test]
async fn what_is_written_off_can_stand_on_another_account(t: &Tenant) {
    let invoice = two_hundred_and_forty(t).await;
    let other = account(t, "8200").await;
    let input = json!({"amount": "230", "write_off": true, "write_off_account": other});
    t.run(pay_invoice, &invoice, input).await.ok();
    assert_eq!(balances(t, ["1100", "8100", "8200"]).await, ["0.00", "0.00", "10.00"]);
}

#[nexus_testkit::test]
async fn one_payment_settles_several_invoices(t: &Tenant) {
    let first = posted(t, &[("1", "100", &[])]).await;
    let second = posted(t, &[("1", "50", &[])]).await;
    let payment = json!({
        "direction": "inbound", "amount": "130",
        "allocations": [{"document": first["id"], "amount": "100"}, {"document": second["id"], "amount": "30"}],
    });
    let payment = t.create("finance.payment", payment).await;
    assert_eq!(payment["allocations"][0]["invoice"], first["id"]);
    let payment = t.run(post_payment, &payment, json!({})).await.ok();
    assert_eq!(payment["party"], first["party"], "the documents say who paid");
    assert_eq!(amount(&payment, "open"), "0.00");
    assert_eq!(t.get("finance.invoice", &first).await["state"], "paid");
    assert_eq!(amount(&t.get("finance.invoice", &second).await, "open"), "20.00");
    assert_eq!(balances(t, ["1100", "1200"]).await, ["20.00", "130.00"]);
}

#[nexus_testkit::test]
async fn what_is_paid_too_much_stays_open_and_settles_the_next_invoice(t: &Tenant) {
    let first = posted(t, &[("1", "100", &[])]).await;
    t.run(pay_invoice, &first, json!({"amount": "150"})).await.ok();
    assert_eq!(balances(t, ["1100", "1200"]).await, ["-50.00", "150.00"]);
    let payment = t.find("finance.payment", "open.amount > 0").await.remove(0);
    assert_eq!(amount(&payment, "open"), "50.00");

    let second = posted(t, &[("1", "80", &[])]).await;
    let over = json!({"allocations": [{"document": second["id"], "amount": "51"}]});
    t.run(allocate_payment, &payment, over).await.problem("allocations", "of which 50.00 GBP is open");
    let rest = json!({"allocations": [{"document": second["id"], "amount": "50"}]});
    let payment = t.run(allocate_payment, &payment, rest).await.ok();
    assert_eq!(amount(&payment, "open"), "0.00");
    assert_eq!(amount(&t.get("finance.invoice", &second).await, "open"), "30.00");
    assert_eq!(balances(t, ["1100", "1200"]).await, ["30.00", "150.00"]);
}

#[nexus_testkit::test]
async fn a_payment_that_bounced_opens_the_invoice_again(t: &Tenant) {
    let invoice = two_hundred_and_forty(t).await;
    t.run(pay_invoice, &invoice, json!({})).await.ok();
    assert_eq!(t.get("finance.invoice", &invoice).await["state"], "paid");
    let payment = t.find("finance.payment", "true").await.remove(0);
    let payment = t.run(reverse_payment, &payment, json!({})).await.ok();
    assert_eq!(payment["state"], "reversed");
    let invoice = t.get("finance.invoice", &invoice).await;
    assert_eq!((amount(&invoice, "open"), &invoice["state"]), ("240.00", &json!("posted")));
    assert_eq!(standing(t, "1200").await, ["240.00", "240.00", "0.00"]);
}

#[nexus_testkit::test]
async fn a_document_takes_no_more_than_is_open(t: &Tenant) {
    let invoice = posted(t, &[("1", "100", &[])]).await;
    let pay = |amount: &str, allocated: &str| {
        json!({
            "direction": "inbound", "amount": amount, "allocations": [{"document": invoice["id"], "amount": allocated}],
        })
    };
    let too_much = t.create("finance.payment", pay("120", "120")).await;
    t.run(post_payment, &too_much, json!({})).await.problem("allocations", "of which 100.00 GBP is open");
    let unpaid = t.create("finance.payment", pay("50", "100")).await;
    t.run(post_payment, &unpaid, json!({}))
        .await
        .problem("allocations", "come to 100.00 GBP, and the payment to 50.00 GBP");
    let mut outbound = pay("100", "100");
    outbound["direction"] = json!("outbound");
    let outbound = t.create("finance.payment", outbound).await;
    t.run(post_payment, &outbound, json!({})).await.problem("allocations", "money received");
    let nowhere = json!({"amount": "1", "allocations": [{"document": Uuid::now_v7(), "amount": "1"}]});
    t.try_create("finance.payment", nowhere).await.problem("allocations/0/document", "leads to no invoice");
    assert_eq!(amount(&t.get("finance.invoice", &invoice).await, "open"), "100.00");
}

#[nexus_testkit::test]
async fn a_payment_without_a_document_is_credit_of_its_party(t: &Tenant) {
    let party = crate::setup::party(t).await;
    let nobody = t.create("finance.payment", json!({"amount": "70"})).await;
    t.run(post_payment, &nobody, json!({})).await.problem("party", "is needed");
    let payment = t.create("finance.payment", json!({"party": party["id"], "amount": "70"})).await;
    let payment = t.run(post_payment, &payment, json!({})).await.ok();
    assert_eq!(amount(&payment, "open"), "70.00");
    assert_eq!(balances(t, ["1100", "1200"]).await, ["-70.00", "70.00"]);
    t.update("finance.payment", &payment, json!({"amount": "80"})).await.problem("amount", "is fixed");
}

#[nexus_testkit::test]
async fn the_account_decides_the_journal(t: &Tenant) {
    let invoice = posted(t, &[("1", "100", &[])]).await;
    let cash = account(t, "1230").await;
    t.run(pay_invoice, &invoice, json!({"account": cash})).await.ok();
    let payment = t.find("finance.payment", "true").await.remove(0);
    let entry = t.get("finance.journal_entry", &payment["entry"]).await;
    assert!(entry["number"].as_str().is_some_and(|number| number.starts_with("CSH-")), "{}", entry["number"]);
    assert_eq!(balances(t, ["1200", "1230"]).await, ["0.00", "100.00"]);
}

#[nexus_testkit::test]
async fn a_payment_may_write_off_what_its_documents_lack(t: &Tenant) {
    let invoice = posted(t, &[("1", "100", &[])]).await;
    let with = |write_off: &str, allocated: &str| {
        let allocations = json!([{"document": invoice["id"], "amount": allocated}]);
        json!({"direction": "inbound", "amount": "99", "write_off": write_off, "allocations": allocations})
    };
    let too_much = t.create("finance.payment", with("2", "100")).await;
    t.run(post_payment, &too_much, json!({})).await.problem("write_off", "write off less");
    let payment = t.create("finance.payment", with("1", "100")).await;
    assert_eq!(amount(&t.run(post_payment, &payment, json!({})).await.ok(), "open"), "0.00");
    assert_eq!(t.get("finance.invoice", &invoice).await["state"], "paid");
    assert_eq!(balances(t, ["1100", "1200", "8100"]).await, ["0.00", "99.00", "1.00"]);
}
