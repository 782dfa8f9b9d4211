//! Locked periods: nothing is posted into them, and the message says until when.

use finance::actions::{
    lock_fiscal_year, pay_invoice, post_invoice, post_journal_entry, reverse_invoice, unlock_fiscal_year,
};
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

use crate::setup::{account, apps, day, document, party};

async fn lock_until(t: &Tenant, day: &str) {
    let settings = t.find("finance.settings", "true").await.remove(0);
    t.update("finance.settings", &settings, json!({"locked_until": day})).await.ok();
}

#[nexus_testkit::test]
async fn nothing_is_posted_on_a_locked_day(t: &Tenant) {
    t.on(day("2026-04-10"));
    lock_until(t, "2026-03-31").await;
    let party = party(t).await;
    let mut input = document(&party, &[("1", "100", &[])]);
    input["date"] = json!("2026-03-31");
    let locked = t.create("finance.invoice", input.clone()).await;
    t.run(post_invoice, &locked, json!({})).await.problem("date", "the books are locked until 2026-03-31");

    let journal = t.find("finance.journal", "code == 'GEN'").await.remove(0);
    let lines = json!([
        {"account": account(t, "1200").await, "debit": "1"}, {"account": account(t, "3000").await, "credit": "1"},
    ]);
    let entry = json!({"journal": journal["id"], "date": "2026-01-15", "lines": lines});
    let entry = t.create("finance.journal_entry", entry).await;
    t.run(post_journal_entry, &entry, json!({})).await.problem("date", "locked until 2026-03-31");

    input["date"] = json!("2026-04-01");
    let open = t.create("finance.invoice", input).await;
    let open = t.run(post_invoice, &open, json!({})).await.ok();
    t.run(pay_invoice, &open, json!({"date": "2026-03-31"})).await.problem("date", "locked until");
    lock_until(t, "2026-04-30").await;
    t.run(reverse_invoice, &open, json!({})).await.problem("date", "locked until 2026-04-30");
    t.run(reverse_invoice, &open, json!({"date": "2026-05-01"})).await.ok();
}

#[nexus_testkit::test]
async fn a_fiscal_year_is_locked_and_unlocked_in_order(t: &Tenant) {
    t.on(day("2026-04-10"));
    let year = |name: &str| json!({"name": name, "start": format!("{name}-01-01"), "end": format!("{name}-12-31")});
    let first = t.create("finance.fiscal_year", year("2024")).await;
    let second = t.create("finance.fiscal_year", year("2025")).await;
    t.run(lock_fiscal_year, &second, json!({})).await.problem("", "2024 is open");
    assert_eq!(t.run(lock_fiscal_year, &first, json!({})).await.ok()["state"], "locked");
    t.run(lock_fiscal_year, &second, json!({})).await.ok();
    assert_eq!(t.find("finance.settings", "true").await[0]["locked_until"], "2025-12-31");
    t.run(unlock_fiscal_year, &first, json!({})).await.problem("", "2025 is locked");
    t.run(unlock_fiscal_year, &second, json!({})).await.ok();
    assert_eq!(t.find("finance.settings", "true").await[0]["locked_until"], "2024-12-31");
}

#[nexus_testkit::test]
async fn an_accountant_does_not_move_the_lock(t: &Tenant) {
    let clerk = t.user("clerk", &["accountant"]).await;
    let boss = t.user("boss", &["finance_manager"]).await;
    let settings = t.find("finance.settings", "true").await.remove(0);
    let until = json!({"locked_until": "2026-03-31"});
    clerk.update("finance.settings", &settings, until.clone()).await.problem("", "may not");
    boss.update("finance.settings", &settings, until).await.ok();
}
