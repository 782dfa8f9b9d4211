//! Numbers are given at posting and leave no gap, also when a posting fails in between.

use finance::actions::post_invoice;
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

use crate::setup::{apps, day, document, draft, party, posted};

#[nexus_testkit::test]
async fn a_posting_that_fails_takes_no_number(t: &Tenant) {
    t.on(day("2026-05-04"));
    assert_eq!(posted(t, &[("1", "100", &[])]).await["number"], "INV-2026-00001");
    // The invoice is numbered before its entry, and the entry fails on an account out of use.
    let sales = crate::setup::account(t, "4000").await;
    t.update("finance.account", &sales, json!({"active": false})).await.ok();
    let failed = draft(t, &[("1", "100", &[])]).await;
    t.run(post_invoice, &failed, json!({})).await.problem("lines/1/account", "switched off");
    t.update("finance.account", &sales, json!({"active": true})).await.ok();
    let second = posted(t, &[("1", "100", &[])]).await;
    assert_eq!(second["number"], "INV-2026-00002");
    let entry = t.get("finance.journal_entry", &second["entry"]).await;
    assert_eq!(entry["number"], "SAL-2026-000002");
    assert_eq!(t.run(post_invoice, &failed, json!({})).await.ok()["number"], "INV-2026-00003");
}

#[nexus_testkit::test]
async fn each_year_counts_from_one(t: &Tenant) {
    let party = party(t).await;
    for (date, number) in
        [("1997-12-31", "INV-1997-00001"), ("1998-01-01", "INV-1998-00001"), ("1997-12-30", "INV-1997-00002")]
    {
        let mut input = document(&party, &[("1", "10", &[])]);
        (input["date"], input["due"]) = (json!(date), json!(date));
        let invoice = t.create("finance.invoice", input).await;
        assert_eq!(t.run(post_invoice, &invoice, json!({})).await.ok()["number"], number);
    }
}

#[nexus_testkit::test]
async fn a_fiscal_year_that_ends_in_june_numbers_by_its_end(t: &Tenant) {
    let settings = t.find("finance.settings", "true").await.remove(0);
    t.update("finance.settings", &settings, json!({"year_end_month": 6})).await.ok();
    t.on(day("2026-06-30"));
    assert_eq!(posted(t, &[("1", "10", &[])]).await["number"], "INV-2026-00001");
    t.on(day("2026-07-01"));
    assert_eq!(posted(t, &[("1", "10", &[])]).await["number"], "INV-2027-00001");
}
