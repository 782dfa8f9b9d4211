//! Undo: what was posted is reversed, and the balances are as before.

use nexus_kernel::Call;
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

use finance::actions::{pay_invoice, post_invoice};

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
