//! Who may do what with the books.

use finance::actions::{post_invoice, post_journal_entry};
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

use crate::setup::{account, apps, document, draft, party, posted};

#[nexus_testkit::test]
async fn an_accountant_posts_without_a_right_to_the_ledger_s_numbers(t: &Tenant) {
    let clerk = t.user("clerk", &["accountant"]).await;
    let party = party(&clerk).await;
    let invoice = clerk.create("finance.invoice", document(&party, &[("1", "100", &[])])).await;
    assert_eq!(clerk.run(post_invoice, &invoice, json!({})).await.ok()["state"], "posted");
    let bank = account(&clerk, "1200").await;
    clerk.update("finance.account", &bank, json!({"name": "Other"})).await.problem("", "may not");
}

#[nexus_testkit::test]
async fn an_auditor_reads_everything_and_changes_nothing(t: &Tenant) {
    let open = draft(t, &[("1", "100", &[])]).await;
    posted(t, &[("1", "50", &[])]).await;
    let auditor = t.user("auditor", &["auditor"]).await;
    assert_eq!(auditor.find("finance.invoice", "true").await.len(), 2);
    assert_eq!(auditor.find("finance.journal_entry", "true").await.len(), 1);
    let balance = auditor.report("finance", "trial-balance", json!({})).await;
    assert_eq!(balance["totals"]["debit"]["amount"], "50.00");
    auditor.run(post_invoice, &open, json!({})).await.problem("", "may not");
    auditor.update("finance.invoice", &open, json!({"notes": "Seen"})).await.problem("", "may not");
}

#[nexus_testkit::test]
async fn who_only_sees_invoices_does_not_see_the_ledger(t: &Tenant) {
    let invoice = posted(t, &[("1", "50", &[])]).await;
    let viewer = t.user("viewer", &["invoice_viewer"]).await;
    assert_eq!(viewer.find("finance.invoice", "true").await.len(), 1);
    assert!(viewer.try_get("finance.journal_entry", &invoice["entry"]).await.is_err());
    assert!(
        viewer.list("finance.payment", Default::default()).await.is_ok_and(|found| found.is_empty())
            || viewer.list("finance.payment", Default::default()).await.is_err()
    );
    viewer.run(post_journal_entry, &invoice["entry"], json!({})).await.problem("", "may not");
}
