//! Reports in files: who may run them, and what their cells are.

use nexus_testkit::Tenant;
use serde_json::json;

use crate::apps;

/// Three reports over books: plain, narrowed by what not everybody sees, and over what not everybody sees.
pub(crate) const REPORTS: &[(&str, &str)] = &[
    (
        "by_owner",
        "label = \"By owner\"\nabout = \"-\"\nobject = \"book\"\ngroup = [\"owner\", \"id\"]\nmeasures = [\"count()\"]\n",
    ),
    (
        "by_cost",
        "label = \"By cost\"\nabout = \"-\"\nobject = \"book\"\ngroup = [\"genre\"]\nmeasures = [\"count()\"]\n\
         [parameters]\ncost = {}\n",
    ),
    (
        "cheap",
        "label = \"Cheap\"\nabout = \"-\"\nobject = \"book\"\ngroup = [\"genre\"]\nmeasures = [\"count()\"]\n\
         filter = \"cost < 10\"\n",
    ),
];

#[nexus_testkit::test]
async fn who_runs_a_report_sees_all_that_it_asks_about(t: &Tenant) {
    let ann = t.user("ann", &["reader"]).await;
    t.create("shelf.book", json!({"name": "Emma", "cost": 7, "owner": ann.principal.user})).await;
    let cheap = t.report("shelf", "cheap", json!({})).await;
    assert_eq!(cheap["rows"], json!([{"genre": "novel", "count()": 1}]));
    assert_eq!(t.report("shelf", "by-cost", json!({"cost": 8})).await["rows"], json!([]));
    for (name, params) in [("cheap", json!({})), ("by-cost", json!({})), ("by-cost", json!({"cost": 7}))] {
        let refused = ann.try_report("shelf", name, params).await.expect_err("the cost is not hers to see");
        assert!(refused.to_string().contains("you may not run the report"), "{refused}");
    }
    let told = t.kernel.meta(&t.tenant, &ann.principal, None).await.expect("meta");
    let shelf = told.apps.iter().find(|app| app.name == "shelf").expect("the shelf");
    let names: Vec<&str> = shelf.reports.iter().map(|report| report.name.as_str()).collect();
    assert_eq!(names, ["by-owner"]);
}

#[nexus_testkit::test]
async fn a_cell_is_a_record_where_its_column_is_a_link(t: &Tenant) {
    let ann = t.user("ann", &["reader"]).await;
    let book = ann.create("shelf.book", json!({"name": "Emma"})).await;
    let told = ann.report("shelf", "by-owner", json!({})).await;
    let owner = json!({"id": ann.principal.user, "title": "ann"});
    assert_eq!(told["rows"], json!([{"owner": owner, "id": book["id"], "count()": 1}]));
}
