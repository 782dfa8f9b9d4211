//! Credit notes: a whole invoice taken back, a part of one, and what is left in the customer's favour.

use finance::actions::{
    allocate_credit_note, pay_invoice, post_credit_note, refund_credit_note, reinstate_invoice, reverse_credit_note,
    reverse_invoice,
};
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

use crate::setup::{amount, apps, balances, entry_lines, line, posted, standing, two_hundred_and_forty};

#[nexus_testkit::test]
async fn a_credit_note_over_an_invoice_brings_every_account_to_zero(t: &Tenant) {
    let invoice = two_hundred_and_forty(t).await;
    let note = t.run(reverse_invoice, &invoice, json!({"reason": "Ordered twice"})).await.ok();
    assert_eq!(
        ["untaxed", "tax", "total", "open"].map(|field| amount(&note, field)),
        ["220.00", "20.00", "240.00", "0.00"]
    );
    assert_eq!((&note["state"], &note["reason"]), (&json!("paid"), &json!("Ordered twice")));
    let invoice = t.get("finance.invoice", &invoice).await;
    assert_eq!((amount(&invoice, "open"), &invoice["state"]), ("0.00", &json!("reversed")));
    assert_eq!(invoice["credited_by"], note["id"]);
    assert_eq!(standing(t, "1100").await, ["240.00", "240.00", "0.00"]);
    assert_eq!(standing(t, "4000").await, ["220.00", "220.00", "0.00"]);
    assert_eq!(standing(t, "2200").await, ["20.00", "20.00", "0.00"]);
    let mirror = [line("1100", "", "240.00"), line("2200", "20.00", ""), line("4000", "220.00", "")];
    assert_eq!(entry_lines(t, &note["entry"]).await, mirror);
    t.run(reverse_invoice, &invoice, json!({})).await.problem("", "cannot credit invoice");
}

#[nexus_testkit::test]
async fn a_tax_that_has_changed_since_does_not_matter(t: &Tenant) {
    let invoice = two_hundred_and_forty(t).await;
    let tax = t.find("finance.tax", "code == 'T10'").await.remove(0);
    t.update("finance.tax", &tax, json!({"rate": "12"})).await.ok();
    let note = t.run(reverse_invoice, &invoice, json!({})).await.ok();
    assert_eq!(amount(&note, "total"), "240.00");
    assert_eq!(balances(t, ["1100", "4000", "2200"]).await, ["0.00", "0.00", "0.00"]);
}

#[nexus_testkit::test]
async fn what_was_paid_stays_in_the_customer_s_favour_and_is_refunded(t: &Tenant) {
    let invoice = two_hundred_and_forty(t).await;
    t.run(pay_invoice, &invoice, json!({"amount": "100"})).await.ok();
    let note = t.run(reverse_invoice, &invoice, json!({})).await.ok();
    assert_eq!((amount(&note, "open"), &note["state"]), ("100.00", &json!("posted")));
    assert_eq!(balances(t, ["1100", "1200"]).await, ["-100.00", "100.00"]);
    let note = t.run(refund_credit_note, &note, json!({})).await.ok();
    assert_eq!((amount(&note, "open"), &note["state"]), ("0.00", &json!("paid")));
    assert_eq!(balances(t, ["1100", "1200"]).await, ["0.00", "0.00"]);
    t.run(reverse_credit_note, &note, json!({})).await.problem("", "was refunded");
}

#[nexus_testkit::test]
async fn a_credit_note_over_a_part_is_set_against_its_invoice(t: &Tenant) {
    let invoice = posted(t, &[("3", "100", &[])]).await;
    let note = json!({
        "party": invoice["party"], "invoice": invoice["id"],
        "lines": [{"description": "One returned", "quantity": "1", "unit_price": "100"}],
    });
    let note = t.create("finance.credit_note", note).await;
    let note = t.run(post_credit_note, &note, json!({})).await.ok();
    assert_eq!((amount(&note, "open"), &note["state"]), ("0.00", &json!("paid")));
    let invoice = t.get("finance.invoice", &invoice).await;
    assert_eq!((amount(&invoice, "open"), &invoice["state"]), ("200.00", &json!("posted")));
    assert_eq!(balances(t, ["1100", "4000"]).await, ["200.00", "-200.00"]);

    let note = t.run(reverse_credit_note, &note, json!({})).await.ok();
    assert_eq!(note["state"], "reversed");
    assert_eq!(amount(&t.get("finance.invoice", &invoice).await, "open"), "300.00");
    assert_eq!(balances(t, ["1100", "4000"]).await, ["300.00", "-300.00"]);
}

#[nexus_testkit::test]
async fn a_credit_note_is_set_against_another_invoice_of_the_customer(t: &Tenant) {
    let invoice = posted(t, &[("1", "60", &[])]).await;
    let note = json!({
        "party": invoice["party"], "lines": [{"description": "Bonus", "quantity": "1", "unit_price": "100"}],
    });
    let note = t.create("finance.credit_note", note).await;
    let note = t.run(post_credit_note, &note, json!({})).await.ok();
    assert_eq!(amount(&note, "open"), "100.00");
    let stranger = posted(t, &[("1", "60", &[])]).await;
    t.run(allocate_credit_note, &note, json!({"invoice": stranger["id"]})).await.problem("invoice", "another customer");
    let note = t.run(allocate_credit_note, &note, json!({"invoice": invoice["id"]})).await.ok();
    assert_eq!(amount(&note, "open"), "40.00");
    assert_eq!(t.get("finance.invoice", &invoice).await["state"], "paid");
}

#[nexus_testkit::test]
async fn a_credited_invoice_is_reinstated_as_it_was(t: &Tenant) {
    let open = posted(t, &[("1", "60", &[])]).await;
    t.run(pay_invoice, &open, json!({"amount": "10"})).await.ok();
    let paid = posted(t, &[("1", "30", &[])]).await;
    t.run(pay_invoice, &paid, json!({})).await.ok();
    for (invoice, left, state) in [(&open, "50.00", "posted"), (&paid, "0.00", "paid")] {
        t.run(reverse_invoice, invoice, json!({})).await.ok();
        assert_eq!(t.get("finance.invoice", invoice).await["state"], "reversed");
        let back = t.run(reinstate_invoice, invoice, json!({})).await.ok();
        assert_eq!((amount(&back, "open"), back["state"].as_str()), (left, Some(state)));
        assert_eq!(back["credited_by"], Json::Null);
    }
    assert_eq!(balances(t, ["1100", "4000", "1200"]).await, ["50.00", "-90.00", "40.00"]);
}
