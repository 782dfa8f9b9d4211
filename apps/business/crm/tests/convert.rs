//! A lead becomes a contact and a deal: once, with what is known already, and back again by undo.

use crm::actions::convert_lead;
use nexus_kernel::model::problem::Kind;
use nexus_kernel::prelude::*;
use nexus_kernel::{Call, Request};
use nexus_testkit::Tenant;

fn apps() -> Vec<App> {
    vec![contacts::app(), crm::app()]
}

/// A lead who is ready to be converted.
async fn qualified(t: &Tenant, mut lead: Json) -> Json {
    lead["state"] = json!("qualified");
    t.create("crm.lead", lead).await
}

async fn party(t: &Tenant, id: &Json) -> Json {
    t.get("contacts.party", id).await
}

async fn parties(t: &Tenant) -> usize {
    t.find("contacts.party", "true").await.len()
}

#[nexus_testkit::test]
async fn a_person_becomes_contact_and_deal(t: &Tenant) {
    let lead = json!({"name": "Ada Lovelace", "email": "ada@example.com", "phone": "+44 20 7946 0001",
        "budget": "1500", "source": "referral", "interest": "Two engines, please."});
    let lead = qualified(t, lead).await;
    let deal = t.run(convert_lead, &lead, json!({})).await.ok();
    assert_eq!(deal["title"], "Ada Lovelace");
    assert_eq!(deal["stage"], "new");
    assert_eq!(deal["amount"], json!({"amount": "1500.00", "currency": "GBP"}));
    assert_eq!(deal["probability"], "10");
    assert_eq!(deal["expected"], json!({"amount": "150.00", "currency": "GBP"}));
    assert_eq!(deal["source"], "referral");
    assert_eq!(deal["notes"], "Two engines, please.");
    assert_eq!(deal["owner"], lead["owner"]);
    assert_eq!(deal["lead"], lead["id"]);

    let ada = party(t, &deal["party"]).await;
    assert_eq!((&ada["kind"], &ada["name"]), (&json!("person"), &json!("Ada Lovelace")));
    assert_eq!((&ada["email"], &ada["phone"]), (&json!("ada@example.com"), &json!("+44 20 7946 0001")));

    let lead = t.get("crm.lead", &lead).await;
    assert_eq!(lead["state"], "converted");
    assert_eq!((&lead["party"], &lead["deal"]), (&ada["id"], &deal["id"]));
}

#[nexus_testkit::test]
async fn an_organisation_buys_and_the_person_is_its_contact(t: &Tenant) {
    let lead = json!({"name": "Ada Lovelace", "email": "ada@example.com", "organisation": "Analytical Engines"});
    let lead = qualified(t, lead).await;
    let deal = t.run(convert_lead, &lead, json!({"amount": "999.90", "expected_close": "2026-03-31"})).await.ok();
    assert_eq!(deal["title"], "Analytical Engines");
    assert_eq!(deal["amount"]["amount"], "999.90");
    assert_eq!(deal["expected_close"], "2026-03-31");
    let organisation = party(t, &deal["party"]).await;
    assert_eq!(organisation["name"], "Analytical Engines");
    assert_eq!((&organisation["kind"], &organisation["email"]), (&json!("organisation"), &Json::Null));
    let person = party(t, &deal["contact"]).await;
    assert_eq!((&person["name"], &person["parent"]), (&json!("Ada Lovelace"), &organisation["id"]));
}

#[nexus_testkit::test]
async fn a_known_email_finds_the_person_and_the_employer(t: &Tenant) {
    let acme = t.create("contacts.party", json!({"name": "Acme"})).await;
    let ada = json!({"kind": "person", "name": "Ada L.", "email": "ada@example.com", "parent": acme["id"]});
    let ada = t.create("contacts.party", ada).await;
    let lead = json!({"name": "Ada Lovelace", "email": "ADA@example.com", "organisation": "ACME Ltd"});
    let deal = t.run(convert_lead, &qualified(t, lead).await, json!({})).await.ok();
    assert_eq!((&deal["party"], &deal["contact"]), (&acme["id"], &ada["id"]));
    assert_eq!(parties(t).await, 2);
}

#[nexus_testkit::test]
async fn a_known_person_without_employer_joins_the_organisation(t: &Tenant) {
    let ada = t.create("contacts.party", json!({"kind": "person", "name": "Ada", "email": "ada@example.com"})).await;
    let acme = t.create("contacts.party", json!({"name": "Acme"})).await;
    let lead = json!({"name": "Ada Lovelace", "email": "ada@example.com", "organisation": "Acme"});
    let deal = t.run(convert_lead, &qualified(t, lead).await, json!({})).await.ok();
    assert_eq!((&deal["party"], &deal["contact"]), (&acme["id"], &ada["id"]));
    assert_eq!(party(t, &ada["id"]).await["parent"], acme["id"]);
    assert_eq!(parties(t).await, 2);
}

#[nexus_testkit::test]
async fn an_address_of_the_organisation_finds_the_organisation(t: &Tenant) {
    let acme = t.create("contacts.party", json!({"name": "Acme", "email": "info@acme.example"})).await;
    let lead = json!({"name": "Ada Lovelace", "email": "info@acme.example"});
    let deal = t.run(convert_lead, &qualified(t, lead).await, json!({})).await.ok();
    assert_eq!(deal["party"], acme["id"]);
    let person = party(t, &deal["contact"]).await;
    assert_eq!((&person["name"], &person["email"]), (&json!("Ada Lovelace"), &Json::Null));
    assert_eq!(person["parent"], acme["id"]);
}

#[nexus_testkit::test]
async fn a_lead_converts_once(t: &Tenant) {
    let lead = qualified(t, json!({"name": "Ada Lovelace"})).await;
    t.run(convert_lead, &lead, json!({})).await.ok();
    let problem = t.run(convert_lead, &lead, json!({})).await.problem("", "converted");
    assert_eq!(problem.kind, Kind::Conflict);
    assert_eq!(t.find("crm.deal", "true").await.len(), 1);
}

#[nexus_testkit::test]
async fn only_a_qualified_lead_converts_and_only_the_action_does_it(t: &Tenant) {
    let lead = t.create("crm.lead", json!({"name": "Ada Lovelace"})).await;
    assert_eq!(lead["state"], "new");
    t.run(convert_lead, &lead, json!({})).await.problem("", "qualified");
    t.update("crm.lead", &lead, json!({"state": "qualified"})).await.ok();
    t.update("crm.lead", &lead, json!({"state": "converted"})).await.problem("state", "convert");
    t.try_create("crm.lead", json!({"name": "Bob", "state": "converted"})).await.problem("state", "convert");
    t.run(convert_lead, &lead, json!({"colour": "red"})).await.problem("colour", "not known");
    t.run(convert_lead, &lead, json!({"amount": 0.1})).await.problem("", "decimal as text");
    assert!(t.find("crm.deal", "true").await.is_empty());
}

#[nexus_testkit::test]
async fn what_was_planned_for_the_lead_is_planned_for_the_deal(t: &Tenant) {
    let lead = qualified(t, json!({"name": "Ada Lovelace"})).await;
    let planned = json!({"subject": "Call back", "due": "2026-02-01", "lead": lead["id"]});
    let planned = t.create("crm.activity", planned).await;
    let done = json!({"subject": "First call", "done": true, "lead": lead["id"]});
    let done = t.create("crm.activity", done).await;
    assert_eq!(t.get("crm.lead", &lead).await["next_activity"], "2026-02-01");
    let deal = t.run(convert_lead, &lead, json!({})).await.ok();
    let planned = t.get("crm.activity", &planned).await;
    assert_eq!((&planned["deal"], &planned["party"]), (&deal["id"], &deal["party"]));
    assert_eq!(t.get("crm.activity", &done).await["deal"], Json::Null);
    assert_eq!(t.get("crm.deal", &deal).await["next_activity"], "2026-02-01");
}

#[nexus_testkit::test]
async fn a_preview_shows_the_three_changes_and_an_undo_takes_them_back(t: &Tenant) {
    let lead = qualified(t, json!({"name": "Ada Lovelace", "email": "ada@example.com"})).await;
    let request = |preview| {
        let record = lead["id"].as_str().and_then(|id| id.parse().ok());
        let call = Call { action: "crm.convert_lead".to_owned(), record, input: json!({}) };
        Request { calls: vec![call], preview, ..Request::default() }
    };
    let told = t.request(request(true)).await.reply();
    let mut objects: Vec<_> = told.changes.iter().map(|change| change["object"].clone()).collect();
    objects.dedup();
    assert_eq!(objects, [json!("party"), json!("deal"), json!("lead")]);
    assert_eq!(parties(t).await, 0);

    let reply = t.request(request(false)).await.reply();
    assert_eq!(parties(t).await, 1);
    t.undo(reply.run).await.ok();
    assert_eq!(parties(t).await, 0);
    assert!(t.find("crm.deal", "true").await.is_empty());
    let lead = t.get("crm.lead", &lead).await;
    assert_eq!((&lead["state"], &lead["deal"]), (&json!("qualified"), &Json::Null));
}
