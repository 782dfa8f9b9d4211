//! What became of records between two moments, and why somebody may do something: in words.

use std::collections::BTreeMap;

use nexus_kernel::faces::difference::{ChangesParams, Fate};
use nexus_kernel::faces::explain::{ExplainParams, Explanation};
use nexus_kernel::model::{Timestamp, Uuid};
use nexus_kernel::serde_json::{Value as Json, json};
use nexus_kernel::{App, AppSource, BoxFuture, Ctx, Report, Result};
use nexus_testkit::{RecordId, Tenant};

const APP: &str = "name = \"Depot\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Orders.\"\n[roles]\nclerk = { about = \"Writes orders\" }\n";

const ORDER: &str = r#"
label = "Order"
title = "name"
ledger = "state == 'sent'"
[fields]
name = { type = "text", required = true }
owner = { type = "link", to = "user" }
price = { type = "money" }
note = { type = "long_text" }
margin = { type = "integer", level = 1 }
lines = { type = "table", of = "line" }
[states]
initial = "new"
new = { label = "New order", to = ["won"] }
won = { to = ["sent"] }
sent = { to = [] }
[access.clerk]
verbs = ["read", "create", "update"]
rows = "owner == principal.user || owner == null"
"#;

const LINE: &str = r#"
label = "Line"
child_of = "order"
[fields]
product = { type = "text" }
quantity = { type = "integer" }
"#;

/// The title of an order, and the day.
fn titles(ctx: &mut Ctx, params: BTreeMap<String, Uuid>) -> BoxFuture<'_, Result<Json>> {
    Box::pin(async move {
        let title = ctx.title_of("depot.order", params["record"]).await?;
        Ok(json!({"rows": [{"title": title, "day": ctx.today()}]}))
    })
}

fn apps() -> Vec<App> {
    let source =
        AppSource { name: "depot", manifest: APP, objects: &[("order", ORDER), ("line", LINE)], ..Default::default() };
    vec![App::new(source).report(Report::new("titles", "Titles"), titles)]
}

async fn told(t: &Tenant, id: impl RecordId, from: Option<Timestamp>) -> (Fate, Vec<String>) {
    let kind = t.kernel.registry.object("depot.order").expect("an object");
    let params = ChangesParams { from: from.map(|at| at.to_string()), to: None };
    let id = id.record().expect("an id");
    let told = t.kernel.difference(&t.tenant, &t.principal, kind, id, params).await.expect("a difference");
    (told.fate, told.changes.into_iter().map(|change| change.text).collect())
}

#[nexus_testkit::test]
async fn the_difference_between_two_moments_is_told_in_words(t: &Tenant) {
    let (ann, ben) = (t.user("Ann", &["clerk"]).await, t.user("Ben", &["clerk"]).await);
    let (ann, ben) = (ann.principal.user, ben.principal.user);
    let lines = json!([{"product": "Bolt", "quantity": 1}, {"product": "Nut", "quantity": 7}]);
    let order = t.create("depot.order", json!({"name": "Roof", "owner": ann, "lines": lines})).await;
    let other = t.create("depot.order", json!({"name": "Wall"})).await;
    let before = Timestamp::now();
    let mut lines = order["lines"].clone();
    lines[0]["quantity"] = json!(3);
    lines[1] = json!({"product": "Screw"});
    let input = json!({"state": "won", "owner": ben, "price": "12.50", "note": "soon", "margin": 4, "lines": lines});
    t.update("depot.order", &order, input).await.ok();
    // What was changed and changed back is no difference.
    t.update("depot.order", &other, json!({"name": "Floor"})).await.ok();
    t.update("depot.order", &other, json!({"name": "Wall"})).await.ok();
    let (fate, words) = told(t, &order, Some(before)).await;
    let expected = [
        "Owner from Ann to Ben",
        "Price set to 12.50 GBP",
        "Note written",
        "Margin set to 4",
        "Line 2 removed",
        "Line 1: quantity from 1 to 3",
        "Line 2 added",
        "State from New order to Won",
    ];
    assert_eq!((fate, words), (Fate::Changed, expected.map(str::to_owned).to_vec()));
    assert_eq!(told(t, &other, Some(before)).await, (Fate::Same, vec![]));
    let (fate, words) = told(t, &other, None).await;
    assert_eq!(
        (fate, words.as_slice()),
        (Fate::Created, &["Name set to Wall", "State set to New order"].map(str::to_owned)[..])
    );

    // A clerk is told of no field and no record that is not shown.
    let clerk = t.user("Cid", &["clerk"]).await;
    t.update("depot.order", &order, json!({"owner": null})).await.ok();
    let (_, words) = told(&clerk, &order, Some(before)).await;
    assert!(!words.iter().any(|text| text.contains("Margin")), "{words:?}");
    assert!(words.contains(&"Owner removed, it was Ann".to_owned()), "{words:?}");

    let gone = t.create("depot.order", json!({"name": "Gate"})).await;
    t.delete("depot.order", &other).await.ok();
    let kind = t.kernel.registry.object("depot.order").expect("an object");
    let params = ChangesParams { from: Some(before.to_string()), to: None };
    let all = t.kernel.all_differences(&t.tenant, &t.principal, kind, params.clone()).await.expect("differences");
    assert_eq!((all.created, all.changed, all.deleted), (1, 1, 1));
    let fates: Vec<(String, Fate)> = all.data.iter().map(|one| (one.title.clone(), one.fate)).collect();
    assert_eq!(
        fates,
        [("Roof", Fate::Changed), ("Wall", Fate::Deleted), ("Gate", Fate::Created)].map(|(t, f)| (t.to_owned(), f))
    );
    t.update("depot.order", &gone, json!({"owner": ann})).await.ok();
    let all = clerk.kernel.all_differences(&clerk.tenant, &clerk.principal, kind, params).await.expect("differences");
    assert_eq!((all.created, all.changed, all.deleted), (0, 1, 0));
}

async fn explain(t: &Tenant, id: &Json, verb: &str, user: Option<Uuid>) -> Explanation {
    let kind = t.kernel.registry.object("depot.order").expect("an object");
    let params = ExplainParams { verb: verb.to_owned(), user };
    t.kernel.explain(&t.tenant, &t.principal, kind, id.record(), params).await.expect("an explanation")
}

#[nexus_testkit::test]
async fn an_explanation_names_the_role_the_entry_and_the_condition(t: &Tenant) {
    let (ann, ben) = (t.user("Ann", &["clerk"]).await, t.user("Ben", &[]).await);
    let order = t.create("depot.order", json!({"name": "Roof", "owner": ann.principal.user})).await;
    let told = explain(&ann, &order, "update", None).await;
    assert!(told.allowed);
    let reason = &told.reasons[0];
    assert_eq!((reason.rule, reason.allows, reason.role.as_deref()), ("grant", Some(true), Some("clerk")));
    assert_eq!(reason.entry.as_deref(), Some("depot/objects/order.toml [access.clerk]"));
    assert_eq!(reason.condition.as_deref(), Some("owner == principal.user || owner == null"));
    let told = explain(&ann, &order, "delete", None).await;
    assert!(!told.allowed);
    assert_eq!(told.summary, "Ann may not delete this order: no role grants delete; an administrator alone may do it");
    let told = explain(t, &order, "update", Some(ben.principal.user)).await;
    assert_eq!(told.summary, "Ben may not update this order: update is granted by clerk, and none of them is held");
    // What is frozen is not edited, whoever asks.
    t.update("depot.order", &order, json!({"state": "won"})).await.ok();
    t.update("depot.order", &order, json!({"state": "sent"})).await.ok();
    for verb in ["update", "delete"] {
        let told = explain(t, &order, verb, None).await;
        assert!(!told.allowed && told.summary.contains("Order Roof is posted"), "{told:?}");
    }
    t.update("depot.order", &order, json!({"name": "Gate"})).await.problem("name", "Order Roof is posted");
    // Nobody is told of what they do not see, not even that it is there.
    let told = explain(&ben, &order, "read", None).await;
    assert!(!told.allowed && told.reasons.iter().all(|reason| reason.allows != Some(true)), "{told:?}");
}

#[nexus_testkit::test]
async fn a_report_tells_what_was_there_at_a_moment(t: &Tenant) {
    let order = t.create("depot.order", json!({"name": "Roof"})).await;
    let before = Timestamp::now();
    t.update("depot.order", &order, json!({"name": "Gate"})).await.ok();
    let rows = async |params: Json| t.report("depot", "titles", params).await["rows"][0]["title"].clone();
    assert_eq!(rows(json!({"record": order["id"], "at": before.to_string()})).await, "Roof");
    assert_eq!(rows(json!({"record": order["id"]})).await, "Gate");
}
