//! A year and a half of real purchases: the CDNOW history (Fader and Hardie, 2001; in the PyPI package
//! `lifetimes`), 69,659 purchases of 23,570 customers, 2,500,315.63 in all, 80 of them of zero value.

use nexus_kernel::App;
use nexus_testkit::Tenant;
use serde_json::{Value, json};

fn apps() -> Vec<App> {
    vec![contacts::app(), finance::app()]
}

/// The file's path from `NEXUS_CDNOW`, which `cargo xtask test` sets after fetching it.
fn purchases() -> String {
    let path = std::env::var("NEXUS_CDNOW").expect("NEXUS_CDNOW names CDNOW_master.txt; cargo xtask test sets it");
    std::fs::read_to_string(path).expect("the file can be read")
}

async fn balances(t: &Tenant) -> Value {
    t.report("finance", "trial-balance", json!({"at": "2030-12-31"})).await
}

#[nexus_testkit::test]
async fn the_purchase_history_becomes_books_that_balance_and_can_be_taken_back(t: &Tenant) {
    let before = balances(t).await;
    let mapping = include_str!("../demo/cdnow.toml");
    let report = t.import("finance.invoice", &purchases(), mapping).await.expect("the import runs");
    assert_eq!((report.rows, report.rejected_count), (69_659, 0), "{:?}", report.rejected.first());

    let invoices = t.aggregate("finance.invoice", "year(date)", "count(),sum(total)").await.expect("figures");
    let count: i64 = invoices.iter().filter_map(|row| row["count()"].as_i64()).sum();
    assert_eq!((invoices.len(), count), (2, 69_659), "fiscal years 1997 and 1998");
    let revenue = t.report("finance", "revenue-by-month", json!({})).await;
    assert_eq!(revenue["totals"]["amount"]["amount"], "2500315.63");
    assert_eq!(revenue["rows"].as_array().map(Vec::len), Some(18), "January 1997 to June 1998");

    let balance = balances(t).await;
    assert_eq!(balance["totals"]["debit"], balance["totals"]["credit"]);
    let owing = t.aggregate("finance.invoice", "party", "sum(open)").await.expect("figures");
    assert!(owing.iter().all(|row| row["sum(open)"]["amount"] == "0.00"), "a customer owes");
    let free = t.find("finance.invoice", "total == money('0')").await;
    assert_eq!(free.len(), 80);
    assert!(free.iter().all(|invoice| invoice["state"] == "paid" && invoice["number"].is_string()));
    assert_eq!(count_of(t, "finance.payment").await, 69_659 - 80);
    assert_eq!(count_of(t, "contacts.party").await, 23_570);
    assert_eq!(t.kernel.verify(&t.tenant).await.expect("verify runs"), vec![]);

    t.undo(report.run).await.ok();
    assert_eq!(nonzero(&balances(t).await), nonzero(&before), "every account stands as before the import");
}

async fn count_of(t: &Tenant, object: &str) -> i64 {
    let rows = t.aggregate(object, "", "count()").await.expect("figures");
    rows[0]["count()"].as_i64().expect("a count")
}

/// Accounts with a balance, by code.
fn nonzero(report: &Value) -> Vec<(String, String)> {
    let rows = report["rows"].as_array().expect("rows");
    let balance = |row: &Value| row["balance"]["amount"].as_str().unwrap_or_default().to_owned();
    let shown = rows.iter().map(|row| (row["code"].as_str().unwrap_or_default().to_owned(), balance(row)));
    shown.filter(|(_, balance)| balance.trim_matches(['0', '.', '-']) != "").collect()
}
