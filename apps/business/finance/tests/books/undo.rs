//! Undo: what was posted is reversed, and the balances are as before.

use nexus_kernel::Call;
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

use finance::actions::{allocate_payment, pay_invoice, post_invoice, reverse_invoice};

use crate::setup::{amount, apps, balances, day, document, draft, party, posted, standing_at};

#[nexus_testkit::test]
async fn a_posting_is_undone_by_a_credit_note(t: &Tenant) {
    let draft = draft(t, &[("1", "100", &[])]).await;
    let run = t.run(post_invoice, &draft, json!({})).await.reply().run;
    t.undo(run).await.reply();
    assert_eq!(t.get("finance.invoice", &draft).await["state"], "reversed");
    assert_eq!(t.find("finance.credit_note", "true").await.len(), 1);
    assert_eq!(balances(t, ["1100", "4000"]).await, ["0.00", "0.00"]);
    t.undo(run).await.problem("", "undone already");
}

/// Undo is no way around a rule of the action that it would ask for.
#[nexus_testkit::test]
async fn what_waits_for_approval_is_not_undone_without(t: &Tenant) {
    let draft = draft(t, &[("1", "100", &[])]).await;
    let run = t.run(post_invoice, &draft, json!({})).await.reply().run;
    let rule = json!({"object": "finance.invoice", "set": {"approval.reverse": {"by": ["finance_manager"]}}});
    t.act("core.customise", None, rule).await.ok();
    let t = t.in_tenant("example-ltd");
    t.undo(run).await.problem("", "waits for approval by finance_manager; ask for it by itself");
    assert_eq!(balances(&t, ["1100", "4000"]).await, ["100.00", "-100.00"]);
}

#[nexus_testkit::test]
async fn a_payment_is_undone_and_the_invoice_is_open_again(t: &Tenant) {
    let invoice = posted(t, &[("1", "100", &[])]).await;
    let run = t.run(pay_invoice, &invoice, json!({})).await.reply().run;
    t.undo(run).await.reply();
    let invoice = t.get("finance.invoice", &invoice).await;
    assert_eq!((amount(&invoice, "open"), &invoice["state"]), ("100.00", &json!("posted")));
    assert_eq!(balances(t, ["1100", "1200"]).await, ["100.00", "0.00"]);
}

#[nexus_testkit::test]
async fn made_posted_and_paid_in_one_run_is_undone_as_one(t: &Tenant) {
    t.on(day("1998-06-30"));
    let id = Uuid::now_v7();
    let mut input = document(&party(t).await, &[("1", "11.77", &[])]);
    (input["id"], input["date"], input["due"]) = (json!(id), json!("1997-01-01"), json!("1997-01-01"));
    let call = |action: &str, record: Option<Uuid>, input: Json| Call { action: action.to_owned(), record, input };
    let request = nexus_kernel::Request {
        calls: vec![
            call("finance.create_invoice", None, input),
            call("finance.post_invoice", Some(id), json!({})),
            call("finance.pay_invoice", Some(id), json!({"date": "1997-01-01"})),
        ],
        ..Default::default()
    };
    let run = t.request(request).await.reply().run;
    assert_eq!(balances(t, ["1100", "1200", "4000"]).await, ["0.00", "11.77", "-11.77"]);
    t.undo(run).await.reply();
    assert_eq!(balances(t, ["1100", "1200", "4000"]).await, ["0.00", "0.00", "0.00"]);
    let then = standing_at(t, "4000", json!({"at": "1997-01-01"})).await;
    assert_eq!(then, ["11.77", "11.77", "0.00"], "an undo reverses on the day of what it takes back");
}

#[nexus_testkit::test]
async fn a_credit_note_is_undone_and_the_invoice_in_force_again(t: &Tenant) {
    let invoice = posted(t, &[("1", "100", &[])]).await;
    let run = t.run(reverse_invoice, &invoice, json!({})).await.reply().run;
    assert_eq!(balances(t, ["1100", "4000"]).await, ["0.00", "0.00"]);
    t.undo(run).await.reply();
    let invoice = t.get("finance.invoice", &invoice).await;
    assert_eq!((amount(&invoice, "open"), &invoice["state"]), ("100.00", &json!("posted")));
    assert_eq!(balances(t, ["1100", "4000"]).await, ["100.00", "-100.00"]);
}

#[nexus_testkit::test]
async fn an_allocation_is_undone_value_by_value(t: &Tenant) {
    let first = posted(t, &[("1", "100", &[])]).await;
    t.run(pay_invoice, &first, json!({"amount": "150"})).await.ok();
    let second = posted(t, &[("1", "80", &[])]).await;
    let payment = t.find("finance.payment", "true").await.remove(0);
    let allocations = json!({"allocations": [{"document": second["id"], "amount": "50"}]});
    let run = t.run(allocate_payment, &payment, allocations).await.reply().run;
    assert_eq!(amount(&t.get("finance.invoice", &second).await, "open"), "30.00");
    t.undo(run).await.reply();
    assert_eq!(amount(&t.get("finance.invoice", &second).await, "open"), "80.00");
    let payment = t.get("finance.payment", &payment).await;
    assert_eq!((amount(&payment, "open"), payment["allocations"].as_array().map(Vec::len)), ("50.00", Some(1)));
}
