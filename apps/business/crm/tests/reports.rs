//! Reports that the app declares in files, exactly.

use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

fn apps() -> Vec<App> {
    vec![contacts::app(), crm::app()]
}

/// Each row as `owner stage: deals, amount`.
fn rows(report: &Json) -> Vec<String> {
    let row = |row: &Json| {
        let (owner, amount) = (row["owner"]["title"].as_str(), row["sum(amount)"]["amount"].as_str());
        format!("{owner:?} {}: {}, {amount:?}", row["stage"], row["count()"])
    };
    report["rows"].as_array().expect("rows").iter().map(row).collect()
}

fn refused(answer: Result<Json>, why: &str) {
    let problem = answer.expect_err(why);
    assert!(problem.to_string().contains(why), "{problem}");
}

#[nexus_testkit::test]
async fn the_pipeline_shows_each_reader_what_follows_from_their_own_deals(t: &Tenant) {
    let ada = t.user("Ada", &["salesperson"]).await;
    let ben = t.user("Ben", &["salesperson"]).await;
    let party = t.create("contacts.party", json!({"name": "Acme"})).await;
    let deals = [
        (&ada, "1000", "new", "2026-01-05"),
        (&ada, "250.50", "new", "2026-02-10"),
        (&ada, "9999", "lost", "2026-02-10"),
        (&ben, "400", "proposal", "2026-03-31"),
    ];
    for (owner, amount, stage, close) in deals {
        let deal = json!({"title": "Engines", "party": party["id"], "stage": stage, "amount": amount,
            "expected_close": close, "lost_reason": "Price"});
        owner.create("crm.deal", deal).await;
    }
    let mut all = rows(&t.report("crm", "pipeline", json!({})).await);
    all.sort();
    assert_eq!(all, [r#"Some("Ada") "new": 2, Some("1250.50")"#, r#"Some("Ben") "proposal": 1, Some("400.00")"#,]);
    let report = ada.report("crm", "pipeline", json!({"from": "2026-02-01", "to": "2026-02-28"})).await;
    assert_eq!(rows(&report), [r#"Some("Ada") "new": 1, Some("250.50")"#]);
    assert_eq!(
        (&report["totals"]["count()"], &report["totals"]["sum(amount)"]["amount"]),
        (&json!(1), &json!("250.50"))
    );
    refused(t.try_report("crm", "pipeline", json!({"from": "soon"})).await, "from: ");
    refused(t.try_report("crm", "pipeline", json!({"owner": "x"})).await, "no parameter");
    let nobody = t.user("nobody", &[]).await;
    refused(nobody.try_report("crm", "pipeline", json!({})).await, "may not run");
}
