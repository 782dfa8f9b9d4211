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
    ("board", BOARD),
];

/// A dashboard over them.
const BOARD: &str = r#"
label = "Board"
about = "What stands there"
[[tiles]]
title   = "Books"
source  = "shelf.book"
[[tiles]]
title   = "By genre"
kind    = "chart"
source  = "shelf.book"
group   = "genre"
chart   = "pie"
[[tiles]]
title   = "First"
kind    = "list"
source  = "shelf.book"
sort    = "name"
fields  = "name"
[[tiles]]
title   = "Cheap"
kind    = "report"
source  = "shelf.cheap"
[[tiles]]
title   = "Costs"
source  = "shelf.book"
measure = "sum(cost)"
"#;

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
    assert_eq!(names, ["by-owner", "board"]);
}

#[nexus_testkit::test]
async fn a_cell_is_a_record_where_its_column_is_a_link(t: &Tenant) {
    let ann = t.user("ann", &["reader"]).await;
    let book = ann.create("shelf.book", json!({"name": "Emma"})).await;
    let told = ann.report("shelf", "by-owner", json!({})).await;
    let owner = json!({"id": ann.principal.user, "title": "ann"});
    assert_eq!(told["rows"], json!([{"owner": owner, "id": book["id"], "count()": 1}]));
}

#[nexus_testkit::test]
async fn a_dashboard_tells_each_tile_under_the_rights_of_whoever_looks(t: &Tenant) {
    for (name, cost) in [("Emma", 7), ("Dune", 12)] {
        t.create("shelf.book", json!({"name": name, "cost": cost})).await;
    }
    let told = t.report("shelf", "board", json!({})).await;
    let data = |at: usize| &told["tiles"][at]["data"];
    assert_eq!((data(0), data(1)), (&json!(2), &json!([{"genre": "novel", "count()": 2}])));
    assert_eq!((&told["tiles"][1]["chart"], &data(2)[0]["name"]), (&json!("pie"), &json!("Dune")));
    assert_eq!((&data(3)["rows"], data(4)), (&json!([{"genre": "novel", "count()": 1}]), &json!(19)));

    let ann = t.user("ann", &["reader"]).await;
    let told = ann.report("shelf", "board", json!({})).await;
    let refused: Vec<bool> =
        told["tiles"].as_array().into_iter().flatten().map(|tile| tile.get("refused").is_some()).collect();
    // What a tile may not ask is refused in it alone: the report and the sum ask for the cost.
    assert_eq!(refused, [false, false, false, true, true]);
    let max = t.user("max", &[]).await;
    max.try_report("shelf", "board", json!({})).await.expect_err("no tile is his to ask");
}

#[nexus_testkit::test]
async fn a_company_has_dashboards_of_its_own_and_a_mistake_in_one_is_named(t: &Tenant) {
    let tile = json!({"title": "Books", "source": "shelf.book"});
    let set = json!({"label": "Mine", "about": "-", "tiles": [tile]});
    t.act("core.customise", None, json!({"object": "custom.reports.mine", "set": set})).await.ok();
    let t = &t.in_tenant(&t.tenant.slug);
    assert_eq!(t.report("custom", "mine", json!({})).await["tiles"][0]["data"], 0);
    for (tile, words) in [
        (json!({"title": "T", "source": "shelf.film"}), "there is no object shelf.film"),
        (json!({"title": "T", "source": "shelf.book", "measure": "sum(name)"}), "name has no sum"),
        (json!({"title": "T", "kind": "chart", "source": "shelf.book"}), "is required by a chart"),
        (json!({"title": "T", "kind": "list", "source": "shelf.book", "fields": "colour"}), "has no field colour"),
        (json!({"title": "T", "kind": "report", "source": "shelf.none"}), "shelf has no report none"),
        (json!({"title": "T", "source": "shelf.book", "filter": "colour == 1"}), "colour"),
        (json!({"title": "T", "source": "shelf.book", "colour": 1}), "colour"),
    ] {
        let set = json!({"label": "Mine", "about": "-", "tiles": [tile]});
        t.act("core.customise", None, json!({"object": "custom.reports.wrong", "set": set})).await.problem("", words);
    }
}
