//! Activities: done with an outcome, and followed by the next.

use crm::actions::complete_activity;
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

fn apps() -> Vec<App> {
    vec![contacts::app(), crm::app()]
}

#[nexus_testkit::test]
async fn one_is_completed_and_the_next_is_planned(t: &Tenant) {
    let party = t.create("contacts.party", json!({"name": "Acme"})).await;
    let deal = t.create("crm.deal", json!({"title": "Engines", "party": party["id"]})).await;
    let call = json!({"kind": "call", "subject": "Ask for the drawings", "due": "2026-02-01", "deal": deal["id"]});
    let call = t.create("crm.activity", call).await;
    assert_eq!(t.get("crm.deal", &deal).await["next_activity"], "2026-02-01");

    t.on("2026-01-30".parse().expect("a day"));
    let input = json!({"outcome": "They come on Friday", "next": "Read the drawings", "next_due": "2026-02-06"});
    let done = t.run(complete_activity, &call, input).await.ok();
    assert_eq!((&done["done"], &done["outcome"]), (&json!(true), &json!("They come on Friday")));
    assert_eq!(done["done_on"], "2026-01-30");
    let open = t.find("crm.activity", "!done").await;
    assert_eq!(open.len(), 1);
    assert_eq!((&open[0]["subject"], &open[0]["kind"]), (&json!("Read the drawings"), &json!("call")));
    assert_eq!((&open[0]["deal"], &open[0]["owner"]), (&deal["id"], &call["owner"]));
    assert_eq!(t.get("crm.deal", &deal).await["next_activity"], "2026-02-06");
    t.run(complete_activity, &call, json!({})).await.problem("", "cannot complete");
}

#[nexus_testkit::test]
async fn the_day_of_the_tick_goes_with_the_tick(t: &Tenant) {
    t.on("2026-02-02".parse().expect("a day"));
    let task = t.create("crm.activity", json!({"subject": "Write the offer"})).await;
    assert_eq!((&task["kind"], &task["due"]), (&json!("task"), &json!("2026-02-02")));
    assert_eq!(task["done_on"], Json::Null);
    t.on("2026-02-03".parse().expect("a day"));
    let done = t.update("crm.activity", &task, json!({"done": true})).await.ok();
    assert_eq!(done["done_on"], "2026-02-03");
    let open = t.update("crm.activity", &task, json!({"done": false})).await.ok();
    assert_eq!(open["done_on"], Json::Null);
    t.run(complete_activity, &task, json!({})).await.ok();
    assert!(t.find("crm.activity", "!done").await.is_empty(), "nothing is planned unasked");
}

#[nexus_testkit::test]
async fn a_next_activity_without_a_day_is_due_in_a_week(t: &Tenant) {
    t.on("2026-02-26".parse().expect("a day"));
    let task = t.create("crm.activity", json!({"kind": "call", "subject": "Ask for news"})).await;
    t.run(complete_activity, &task, json!({"next": "Ask again"})).await.ok();
    let next = &t.find("crm.activity", "!done").await[0];
    assert_eq!((&next["subject"], &next["due"]), (&json!("Ask again"), &json!("2026-03-05")));
}
