//! A year and a half of real purchases: the CDNOW history (Fader and Hardie, 2001; in the PyPI package
//! `lifetimes`), 69,659 purchases of 23,570 customers, 2,500,315.63 in all, 80 of them of zero value.

use std::collections::HashSet;

use nexus_kernel::App;
use nexus_testkit::Tenant;
use serde_json::{Value, json};

fn apps() -> Vec<App> {
    vec![contacts::app(), finance::app()]
}

/// Purchases that the ordinary test run takes; `NEXUS_CDNOW_ROWS=69659` takes all.
const ROWS: usize = 1_500;

/// What the file itself says of its first rows, added up in plain cents.
struct Facts {
    text: String,
    purchases: usize,
    customers: usize,
    free: usize,
    cents: i64,
    months: usize,
    years: usize,
}

/// The file is at `NEXUS_CDNOW`, which `cargo xtask test` sets after fetching it.
fn facts() -> Facts {
    let path = std::env::var("NEXUS_CDNOW").expect("NEXUS_CDNOW names CDNOW_master.txt; cargo xtask test sets it");
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let rows = std::env::var("NEXUS_CDNOW_ROWS").map_or(ROWS, |rows| rows.parse().expect("a number of rows"));
    let lines: Vec<&str> = text.lines().take(rows + 1).collect();
    let cells: Vec<Vec<&str>> = lines[1..].iter().map(|line| line.split_whitespace().collect()).collect();
    let distinct = |of: &dyn Fn(&[&str]) -> String| cells.iter().map(|row| of(row)).collect::<HashSet<_>>().len();
    let cents = |row: &[&str]| row[3].replace('.', "").parse::<i64>().expect("cents");
    Facts {
        purchases: cells.len(),
        customers: distinct(&|row| row[0].to_owned()),
        free: cells.iter().filter(|row| cents(row) == 0).count(),
        cents: cells.iter().map(|row| cents(row)).sum(),
        months: distinct(&|row| row[1][..6].to_owned()),
        years: distinct(&|row| row[1][..4].to_owned()),
        text: lines.join("\n"),
    }
}

#[test]
fn the_whole_file_is_the_one_that_is_described() {
    let path = std::env::var("NEXUS_CDNOW").expect("NEXUS_CDNOW names CDNOW_master.txt");
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let amounts: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split_whitespace().nth(3)).collect();
    let cents: i64 = amounts.iter().map(|amount| amount.replace('.', "").parse::<i64>().expect("cents")).sum();
    assert_eq!((amounts.len(), cents), (69_659, 250_031_563));
}

async fn balances(t: &Tenant) -> Value {
    t.report("finance", "trial-balance", json!({"at": "2030-12-31"})).await
}

#[nexus_testkit::test]
async fn the_purchase_history_becomes_books_that_balance_and_can_be_taken_back(t: &Tenant) {
    let facts = facts();
    let before = balances(t).await;
    let mapping = include_str!("../demo/cdnow.toml");
    let report = t.import("finance.invoice", &facts.text, mapping).await.expect("the import runs");
    assert_eq!((report.rows, report.rejected_count), (facts.purchases as u64, 0), "{:?}", report.rejected.first());

    let invoices = t.aggregate("finance.invoice", "year(date)", "count(),sum(total)").await.expect("figures");
    let count: i64 = invoices.iter().filter_map(|row| row["count()"].as_i64()).sum();
    assert_eq!((invoices.len(), count as usize), (facts.years, facts.purchases));
    let revenue = t.report("finance", "revenue-by-month", json!({})).await;
    let total = revenue["totals"]["amount"]["amount"].as_str().expect("a total").replace('.', "");
    assert_eq!(total.parse::<i64>(), Ok(facts.cents));
    assert_eq!(revenue["rows"].as_array().map(Vec::len), Some(facts.months));

    let balance = balances(t).await;
    assert_eq!(balance["totals"]["debit"], balance["totals"]["credit"]);
    let owing = t.aggregate("finance.invoice", "party", "sum(open)").await.expect("figures");
    assert!(owing.iter().all(|row| row["sum(open)"]["amount"] == "0.00"), "a customer owes");
    let free = t.find("finance.invoice", "total == money('0')").await;
    assert_eq!(free.len(), facts.free);
    assert!(free.iter().all(|invoice| invoice["state"] == "paid" && invoice["number"].is_string()));
    assert_eq!(count_of(t, "finance.payment").await as usize, facts.purchases - facts.free);
    assert_eq!(count_of(t, "contacts.party").await as usize, facts.customers);
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
    shown.filter(|(_, balance)| !balance.trim_matches(['0', '.', '-']).is_empty()).collect()
}
