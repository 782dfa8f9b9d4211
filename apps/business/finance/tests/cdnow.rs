//! A year and a half of real purchases: the CDNOW history (Fader and Hardie, 2001; in the PyPI package
//! `lifetimes`), 69,659 purchases of 23,570 customers, 2,500,315.63 in all, 80 of them of zero value.

use std::collections::HashSet;

use nexus_kernel::App;
use nexus_kernel::model::Uuid;
use nexus_testkit::Tenant;
use serde_json::{Value, json};

fn apps() -> Vec<App> {
    vec![contacts::app(), finance::app()]
}

/// What the file itself says of its first purchases, added up in plain cents.
#[derive(Debug, PartialEq)]
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
fn first(purchases: usize) -> Facts {
    let path = std::env::var("NEXUS_CDNOW").expect("NEXUS_CDNOW names CDNOW_master.txt; cargo xtask test sets it");
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let lines: Vec<&str> = text.lines().take(purchases + 1).collect();
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

async fn imported(t: &Tenant, facts: &Facts) -> Uuid {
    let mapping = include_str!("../demo/cdnow.toml");
    let report = t.import("finance.invoice", &facts.text, mapping).await.expect("the import runs");
    assert_eq!((report.rows, report.rejected_count), (facts.purchases as u64, 0), "{:?}", report.rejected.first());
    report.run
}

async fn hold(t: &Tenant, facts: &Facts) {
    let invoices = t.aggregate("finance.invoice", "year(date)", "count(),sum(total)").await.expect("figures");
    let count: i64 = invoices.iter().filter_map(|row| row["count()"].as_i64()).sum();
    assert_eq!((invoices.len(), count as usize), (facts.years, facts.purchases));
    let revenue = t.report("finance", "revenue-by-month", json!({})).await;
    let total = revenue["totals"]["amount"]["amount"].as_str().expect("a total").replace('.', "");
    assert_eq!(total.parse::<i64>(), Ok(facts.cents));
    assert_eq!(revenue["rows"].as_array().map(Vec::len), Some(facts.months));

    let balance = balances(t).await;
    assert_eq!(balance["totals"]["debit"], balance["totals"]["credit"]);
    let owing = t.aggregate("finance.invoice", "", "sum(open),max(open)").await.expect("figures");
    assert_eq!((&owing[0]["sum(open)"]["amount"], &owing[0]["max(open)"]["amount"]), (&json!("0.00"), &json!("0.00")));
    let free = t.find("finance.invoice", "total == money('0')").await;
    assert_eq!(free.len(), facts.free);
    assert!(free.iter().all(|invoice| invoice["state"] == "paid" && invoice["number"].is_string()));
    assert_eq!(count_of(t, "finance.payment").await as usize, facts.purchases - facts.free);
    assert_eq!(count_of(t, "contacts.party").await as usize, facts.customers);
}

async fn balances(t: &Tenant) -> Value {
    t.report("finance", "trial-balance", json!({"at": "2030-12-31"})).await
}

#[nexus_testkit::test]
async fn the_whole_purchase_history_becomes_books_that_balance(t: &Tenant) {
    let facts = first(usize::MAX - 1);
    let told = (facts.purchases, facts.customers, facts.cents, facts.free);
    assert_eq!(told, (69_659, 23_570, 250_031_563, 80), "the file is the one that is described");
    imported(t, &facts).await;
    hold(t, &facts).await;
}

#[nexus_testkit::test]
async fn a_purchase_history_can_be_taken_back(t: &Tenant) {
    let before = balances(t).await;
    let facts = first(1_500);
    let run = imported(t, &facts).await;
    hold(t, &facts).await;
    t.undo(run).await.ok();
    assert_eq!(nonzero(&balances(t).await), nonzero(&before), "every account stands as before the import");
    assert_eq!(nonzero(&before), []);
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
