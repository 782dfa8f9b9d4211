//! Journal entries made by hand: they balance, and once posted they stay.

use finance::actions::{post_journal_entry, reverse_journal_entry};
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

use crate::setup::{account, apps, balances, posted};

/// An entry of lines given as account code, debit and credit, in the general journal as none is named.
async fn entry(t: &Tenant, lines: &[(&str, &str, &str)]) -> Json {
    let mut rows = Vec::new();
    for (code, debit, credit) in lines {
        let mut row = json!({"account": account(t, code).await, "label": "Capital paid in"});
        for (side, amount) in [("debit", debit), ("credit", credit)] {
            if !amount.is_empty() {
                row[side] = json!(amount);
            }
        }
        rows.push(row);
    }
    t.create("finance.journal_entry", json!({"date": "2026-01-31", "lines": rows})).await
}

#[nexus_testkit::test]
async fn a_balanced_entry_is_posted_and_numbered(t: &Tenant) {
    let draft = entry(t, &[("1200", "1000", ""), ("3000", "", "1000")]).await;
    assert_eq!(balances(t, ["1200"]).await, ["0.00"], "a draft is not in the books");
    let entry = t.run(post_journal_entry, &draft, json!({})).await.ok();
    assert_eq!((&entry["number"], &entry["state"]), (&json!("GEN-2026-000001"), &json!("posted")));
    assert_eq!(balances(t, ["1200", "3000"]).await, ["1000.00", "-1000.00"]);
}

#[nexus_testkit::test]
async fn an_entry_that_does_not_balance_is_refused_and_the_difference_named(t: &Tenant) {
    let draft = entry(t, &[("1200", "240", ""), ("3000", "", "220")]).await;
    let refused = t.run(post_journal_entry, &draft, json!({})).await;
    refused.problem("lines", "debit 240.00 GBP, credit 220.00 GBP, 20.00 GBP too much debit");
    assert_eq!(t.get("finance.journal_entry", &draft).await["state"], "draft");
    let empty = entry(t, &[]).await;
    t.run(post_journal_entry, &empty, json!({})).await.problem("lines", "are needed");
}

#[nexus_testkit::test]
async fn a_line_is_on_one_side_and_above_zero(t: &Tenant) {
    let journal = t.find("finance.journal", "code == 'GEN'").await.remove(0);
    let bank = account(t, "1200").await;
    let with = |line: Json| json!({"journal": journal["id"], "lines": [line]});
    let both = with(json!({"account": bank, "debit": "1", "credit": "1"}));
    t.try_create("finance.journal_entry", both).await.problem("lines/0/credit", "either a debit or a credit");
    let below = with(json!({"account": bank, "debit": "-1"}));
    t.try_create("finance.journal_entry", below).await.problem("lines/0/debit", "at least 0");
}

#[nexus_testkit::test]
async fn a_posted_entry_cannot_be_changed(t: &Tenant) {
    let draft = entry(t, &[("1200", "1000", ""), ("3000", "", "1000")]).await;
    let entry = t.run(post_journal_entry, &draft, json!({})).await.ok();
    t.update("finance.journal_entry", &entry, json!({"date": "2026-02-01"})).await.problem("date", "is fixed");
    let line = json!({"id": entry["lines"][0]["id"], "debit": "900"});
    let changed = t.update("finance.journal_entry", &entry, json!({"lines": [line, entry["lines"][1]]})).await;
    changed.problem("", "is posted; reverse it instead");
    t.delete("finance.journal_entry", &entry).await.problem("", "is posted");
    assert_eq!(balances(t, ["1200"]).await, ["1000.00"]);
}

#[nexus_testkit::test]
async fn an_entry_is_reversed_once_by_its_mirror(t: &Tenant) {
    let draft = entry(t, &[("1200", "1000", ""), ("3000", "", "1000")]).await;
    let entry = t.run(post_journal_entry, &draft, json!({})).await.ok();
    let early = t.run(reverse_journal_entry, &entry, json!({"date": "2026-01-30"})).await;
    early.problem("date", "is before 2026-01-31");
    let mirror = t.run(reverse_journal_entry, &entry, json!({"date": "2026-02-01"})).await.ok();
    assert_eq!((&mirror["reverses"], &mirror["date"]), (&entry["id"], &json!("2026-02-01")));
    assert_eq!(t.get("finance.journal_entry", &entry).await["reversed_by"], mirror["id"]);
    assert_eq!(balances(t, ["1200", "3000"]).await, ["0.00", "0.00"]);
    t.run(reverse_journal_entry, &entry, json!({})).await.problem("", "cannot reverse entry");
}

#[nexus_testkit::test]
async fn a_document_s_entry_is_reversed_with_its_document(t: &Tenant) {
    let invoice = posted(t, &[("1", "100", &[])]).await;
    let refused = t.run(reverse_journal_entry, &invoice["entry"], json!({})).await;
    refused.problem("", &format!("belongs to the invoice {}", invoice["number"].as_str().expect("a number")));
}

#[nexus_testkit::test]
async fn headings_and_accounts_out_of_use_take_no_postings(t: &Tenant) {
    let heading = entry(t, &[("1", "1", ""), ("3000", "", "1")]).await;
    t.run(post_journal_entry, &heading, json!({})).await.problem("lines/0/account", "a heading");
    let petty = account(t, "1230").await;
    t.update("finance.account", &petty, json!({"active": false})).await.ok();
    let inactive = entry(t, &[("3000", "1", ""), ("1230", "", "1")]).await;
    t.run(post_journal_entry, &inactive, json!({})).await.problem("lines/1/account", "switched off");
}

#[nexus_testkit::test]
async fn an_account_with_postings_stays(t: &Tenant) {
    let draft = entry(t, &[("1200", "1", ""), ("3000", "", "1")]).await;
    t.run(post_journal_entry, &draft, json!({})).await.ok();
    t.delete("finance.account", &account(t, "1200").await).await.problem("", "is used by");
}
