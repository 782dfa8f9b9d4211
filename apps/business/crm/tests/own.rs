//! What a company adds to an app's objects behaves as if the app had it, also for the app's code.

use crm::actions::convert_lead;
use nexus_kernel::prelude::*;
use nexus_kernel::{Call, Request};
use nexus_testkit::Tenant;

fn apps() -> Vec<App> {
    vec![contacts::app(), crm::app()]
}

const LEAD: &str = r#"
[fields]
x_region  = { type = "choice", of = ["coast", "highlands"], default = "coast", search = true, list = true }
x_seats   = { type = "integer", min = 1 }
x_per_seat = { type = "money", computed = "x_seats > 0 ? budget / x_seats : null", stored = true }
x_halls   = { type = "tags" }

[choices]
source = ["trade_fair"]

[states]
contacted  = { to = ["x_waiting"] }
x_waiting  = { like = "contacted", label = "Waiting for budget", to = ["qualified", "lost"], requires = ["x_seats"] }

[rules.x_enough]
check   = "x_seats == null || budget != null"
message = "a lead with seats has a budget"
field   = "budget"

[unique.x_hall]
fields = ["x_region", "x_seats"]
when   = "x_seats > 100"

[views.x_halls]
kind    = "table"
columns = ["name", "x_region", "x_seats", "x_per_seat"]
"#;

/// The tenant as it is once its manifest is kept.
async fn extended(t: &Tenant) -> Tenant {
    t.create("core.manifest", json!({"kind": "extension", "name": "crm.lead", "text": LEAD})).await;
    t.in_tenant(&t.tenant.slug)
}

#[nexus_testkit::test]
async fn a_field_of_ones_own_is_like_any_other(t: &Tenant) {
    let before = t.create("crm.lead", json!({"name": "Ada", "budget": "900.00"})).await;
    let t = &extended(t).await;
    let lead = t.get("crm.lead", &before).await;
    assert_eq!((&lead["x_region"], &lead["x_seats"]), (&json!("coast"), &Json::Null), "what was there has the default");
    let lead = t.update("crm.lead", &before, json!({"x_seats": 30, "x_halls": ["A", "B"]})).await.ok();
    assert_eq!(lead["x_per_seat"], json!({"amount": "30.00", "currency": "GBP"}));
    let input = json!({"name": "Ben", "source": "trade_fair", "email": "BEN@example.com", "x_halls": ["B"]});
    let other = t.create("crm.lead", input).await;
    // The app's own hook rewrites the e-mail and leaves what it does not know of.
    assert_eq!((&other["email"], &other["source"]), (&json!("ben@example.com"), &json!("trade_fair")));
    assert_eq!((&other["x_region"], &other["x_halls"]), (&json!("coast"), &json!(["B"])));
    assert_eq!(t.find("crm.lead", "x_seats >= 30 && 'A' in x_halls").await.len(), 1);
    let counted = t.aggregate("crm.lead", "x_region", "count()").await.expect("groups");
    assert_eq!(counted.len(), 1, "{counted:?}");
    t.try_create("crm.lead", json!({"name": "C", "x_seats": 0})).await.problem("x_seats", "at least 1");
    t.try_create("crm.lead", json!({"name": "C", "x_seats": 4}))
        .await
        .problem("budget", "a lead with seats has a budget");
    let large = json!({"name": "C", "budget": "1.00", "x_seats": 101});
    t.create("crm.lead", large.clone()).await;
    t.try_create("crm.lead", large).await.problem("x_region", "another lead has coast");
}

#[nexus_testkit::test]
async fn what_is_added_stands_in_the_views_that_the_app_arranged(t: &Tenant) {
    let t = &extended(t).await;
    let meta = serde_json::to_value(t.kernel.meta(&t.tenant, &t.principal, None).await.expect("meta")).expect("json");
    let of = |list: &Json, name: &str| {
        list.as_array().and_then(|list| list.iter().find(|one| one["name"] == name)).cloned().expect("one of this name")
    };
    let lead = of(&of(&meta["apps"], "crm")["objects"], "lead");
    let form = of(&lead["views"], "form");
    let last = form["sections"].as_array().and_then(|sections| sections.last()).expect("a section");
    let fields = json!(["x_region", "x_seats", "x_per_seat", "x_halls"]);
    assert_eq!((&last["label"], &last["fields"]), (&json!("Custom"), &fields));
    let columns = of(&lead["views"], "list")["columns"].as_array().cloned().expect("columns");
    assert_eq!(columns.iter().filter(|name| name.as_str().is_some_and(|name| name.starts_with("x_"))).count(), 1);
    assert_eq!(columns.last(), Some(&json!("x_region")), "the one that is marked for lists");
    assert_eq!(of(&lead["views"], "x_halls")["columns"], json!(["name", "x_region", "x_seats", "x_per_seat"]));
}

#[nexus_testkit::test]
async fn a_state_of_ones_own_is_taken_for_the_one_it_is_like(t: &Tenant) {
    let t = &extended(t).await;
    let lead = t.create("crm.lead", json!({"name": "Ada", "organisation": "Acme", "budget": "5.00"})).await;
    t.update("crm.lead", &lead, json!({"state": "x_waiting"})).await.problem("state", "");
    t.update("crm.lead", &lead, json!({"state": "contacted"})).await.ok();
    t.update("crm.lead", &lead, json!({"state": "x_waiting"})).await.problem("x_seats", "");
    let waiting = t.update("crm.lead", &lead, json!({"state": "x_waiting", "x_seats": 2})).await.ok();
    assert_eq!(waiting["state"], "x_waiting");
    // A typed hook has the lead in its hands and does not lose the state.
    let kept = t.update("crm.lead", &lead, json!({"email": "ADA@example.com"})).await.ok();
    assert_eq!((&kept["state"], &kept["email"]), (&json!("x_waiting"), &json!("ada@example.com")));
    t.run(convert_lead, &lead, json!({})).await.problem("", "it is x_waiting: it asks for state == 'qualified'");
    t.update("crm.lead", &lead, json!({"state": "qualified"})).await.ok();
    t.run(convert_lead, &lead, json!({})).await.ok();
    let converted = t.get("crm.lead", &lead).await;
    assert_eq!((&converted["state"], &converted["x_seats"]), (&json!("converted"), &json!(2)));
}

#[nexus_testkit::test]
async fn values_of_ones_own_are_imported_undone_and_in_the_history(t: &Tenant) {
    let t = &extended(t).await;
    let text = "name,budget,x_region,x_seats\nAda,10.00,highlands,3\nBen,20.00,lowlands,4\n";
    let report = t.import("crm.lead", text, "").await.expect("an import");
    assert_eq!((report.created, report.rejected_count), (1, 1), "{report:?}");
    assert!(format!("{:?}", report.rejected).contains("coast, highlands"), "{report:?}");
    let lead = t.find("crm.lead", "x_region == 'highlands'").await.remove(0);
    let call = Call {
        action: "crm.update_lead".to_owned(),
        record: lead["id"].as_str().and_then(|id| id.parse().ok()),
        input: json!({"x_seats": 5}),
    };
    let reply = t.request(Request { calls: vec![call], ..Request::default() }).await.reply();
    assert_eq!(t.get("crm.lead", &lead).await["x_per_seat"]["amount"], "2.00");
    t.undo(reply.run).await.ok();
    let back = t.get("crm.lead", &lead).await;
    assert_eq!((&back["x_seats"], &back["x_per_seat"]["amount"]), (&json!(3), &json!("3.3333")));
}
