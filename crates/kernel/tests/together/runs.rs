//! One's own runs, told newest first, to be taken back later.

use nexus_kernel::faces::runs::RunsParams;
use nexus_kernel::{Call, Request};
use nexus_testkit::Tenant;
use serde_json::{Value as Json, json};

use crate::apps;

async fn page(t: &Tenant, params: RunsParams) -> Json {
    t.kernel.runs(&t.tenant, &t.principal, params).await.expect("runs are told")
}

async fn runs(t: &Tenant) -> Vec<Json> {
    page(t, RunsParams::default()).await["data"].as_array().cloned().unwrap_or_default()
}

#[nexus_testkit::test]
async fn a_run_tells_what_it_changed_and_whether_it_can_be_undone(t: &Tenant) {
    let before = runs(t).await.len();
    let call = |name: &str| Call { action: "core.create_team".to_owned(), input: json!({"name": name}), record: None };
    let made = t.request(Request { calls: vec![call("A"), call("B")], ..Request::default() }).await.reply();
    let [told] = &runs(t).await[..runs(t).await.len() - before] else { panic!("one run more") };
    assert_eq!(told["id"], json!(made.run));
    assert_eq!((&told["records"], &told["undoable"], &told["undone_by"]), (&json!(2), &json!(true), &Json::Null));
    let names: Vec<_> =
        told["events"].as_array().into_iter().flatten().map(|event| &event["fields"][0]["to"]).collect();
    assert_eq!(names, ["A", "B"], "in the order in which it happened");

    let undone = t.undo(made.run).await.reply();
    let after = runs(t).await;
    assert_eq!((&after[0]["id"], &after[0]["label"]), (&json!(undone.run), &json!("Undo")));
    assert_eq!((&after[1]["undone_by"], &after[1]["undoable"]), (&json!(undone.run), &json!(false)));
    // What takes back can be taken back.
    assert_eq!(after[0]["undoable"], true);
    let redone = t.undo(undone.run).await.reply();
    let last = runs(t).await;
    assert_eq!((&last[0]["id"], &last[1]["undone_by"]), (&json!(redone.run), &json!(redone.run)));
    assert_eq!(last[2]["undone_by"], json!(undone.run), "its own way back was gone once");
}

#[nexus_testkit::test]
async fn everybody_is_told_their_own_runs_page_by_page(t: &Tenant) {
    let ada = t.user("ada", &["administrator"]).await;
    assert!(runs(&ada).await.is_empty(), "others' runs are not hers");
    for number in 0..5 {
        ada.create("core.tag", json!({"name": number.to_string()})).await;
        t.create("core.team", json!({"name": number.to_string()})).await;
    }
    let mut after = None;
    let mut pages = Vec::new();
    loop {
        let told = page(&ada, RunsParams { limit: Some(2), after }).await;
        pages.push(told["data"].as_array().map_or(0, Vec::len));
        after = told["next"].as_str().and_then(|id| id.parse().ok());
        if after.is_none() {
            break;
        }
    }
    assert_eq!(pages, [2, 2, 1]);
    let refused = ada.kernel.runs(&ada.tenant, &ada.principal, RunsParams { limit: Some(51), after: None }).await;
    assert_eq!(refused.expect_err("too many").errors[0].field, "limit");
}
