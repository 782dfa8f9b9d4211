//! The forecast: amount times probability by the month of closing, exactly.

use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

fn apps() -> Vec<App> {
    vec![contacts::app(), crm::app()]
}

async fn deals(t: &Tenant, deals: &[(&str, &str, &str, &str)]) {
    let party = t.create("contacts.party", json!({"name": "Acme"})).await;
    for (amount, stage, probability, close) in deals {
        let some = |text: &&str| Some((*text).to_owned()).filter(|text| !text.is_empty());
        let deal = json!({"title": "Engines", "party": party["id"], "stage": stage, "amount": some(amount),
            "probability": some(probability), "expected_close": some(close)});
        t.create("crm.deal", deal).await;
    }
}

/// Each row as `month: deals, amount, expected`.
fn rows(report: &Json) -> Vec<String> {
    let text = |value: &Json| value.as_str().unwrap_or("none").to_owned();
    let row = |row: &Json| {
        let (amount, expected) = (text(&row["amount"]["amount"]), text(&row["expected"]["amount"]));
        format!("{}: {}, {amount}, {expected}", text(&row["month"]), row["deals"])
    };
    report["rows"].as_array().expect("rows").iter().map(row).collect()
}

#[nexus_testkit::test]
async fn each_month_is_weighted_by_the_probability_of_its_deals(t: &Tenant) {
    deals(
        t,
        &[
            ("1000", "new", "", "2026-01-05"),
            ("2000", "proposal", "", "2026-01-31"),
            ("333.33", "negotiation", "33.3", "2026-02-01"),
            ("500", "won", "", "2026-02-28"),
            ("9999", "lost", "", "2026-02-28"),
            ("", "qualified", "", "2026-04-15"),
            ("800", "qualified", "", ""),
        ],
    )
    .await;
    let report = t.report("crm", "forecast", json!({})).await;
    // January: 1000 × 10 % + 2000 × 50 %. February: 333.33 × 33.3 % = 110.99889 and 500 in full.
    let expect = [
        "2026-01: 2, 3000.00, 1100.00",
        "2026-02: 2, 833.33, 611.00",
        "2026-04: 1, 0.00, 0.00",
        "none: 1, 800.00, 200.00",
    ];
    assert_eq!(rows(&report), expect);
    let money = |amount: &str| json!({"amount": amount, "currency": "GBP"});
    assert_eq!(report["totals"], json!({"deals": 6, "amount": money("4633.33"), "expected": money("1911.00")}));
}

#[nexus_testkit::test]
async fn a_month_is_rounded_once_and_not_deal_by_deal(t: &Tenant) {
    // Each deal is expected to bring 0.005; rounded one by one the three would make 0.03.
    deals(t, &[("0.02", "qualified", "", "2026-01-05"); 3]).await;
    let report = t.report("crm", "forecast", json!({})).await;
    assert_eq!(rows(&report), ["2026-01: 3, 0.06, 0.02"]);
}

#[nexus_testkit::test]
async fn the_period_is_that_of_the_parameters_with_both_days(t: &Tenant) {
    deals(
        t,
        &[
            ("1", "won", "", "2026-01-31"),
            ("10", "won", "", "2026-02-01"),
            ("100", "won", "", "2026-02-28"),
            ("1000", "won", "", "2026-03-01"),
        ],
    )
    .await;
    let report = t.report("crm", "forecast", json!({"from": "2026-02-01", "to": "2026-02-28"})).await;
    assert_eq!(rows(&report), ["2026-02: 2, 110.00, 110.00"]);
}

#[nexus_testkit::test]
async fn currencies_are_not_added_up(t: &Tenant) {
    deals(t, &[("100", "proposal", "", "2026-01-05")]).await;
    let party = &t.find("contacts.party", "true").await[0];
    let euros = json!({"title": "Engines", "party": party["id"], "stage": "proposal",
        "amount": {"amount": "40", "currency": "EUR"}, "expected_close": "2026-01-07"});
    t.create("crm.deal", euros).await;
    let report = t.report("crm", "forecast", json!({})).await;
    let currencies: Vec<_> = report["rows"].as_array().unwrap().iter().map(|row| &row["amount"]["currency"]).collect();
    assert_eq!(currencies, ["EUR", "GBP"]);
    assert_eq!(rows(&report), ["2026-01: 1, 40.00, 20.00", "2026-01: 1, 100.00, 50.00"]);
    assert_eq!(report["totals"], json!({"deals": 2}));
}

#[nexus_testkit::test]
async fn a_salesperson_forecasts_what_they_may_see(t: &Tenant) {
    deals(t, &[("100", "won", "", "2026-01-05")]).await;
    let wanjiru = t.user("wanjiru", &["salesperson"]).await;
    let party = &t.find("contacts.party", "true").await[0];
    let own =
        json!({"title": "Own", "party": party["id"], "stage": "won", "amount": "7", "expected_close": "2026-01-06"});
    wanjiru.create("crm.deal", own).await;
    let seen = wanjiru.report("crm", "forecast", json!({})).await;
    assert_eq!(rows(&seen), ["2026-01: 1, 7.00, 7.00"]);
    let all = t.report("crm", "forecast", json!({})).await;
    assert_eq!(rows(&all), ["2026-01: 2, 107.00, 107.00"]);
}
