//! People and organisations: kept once, found again, hung below one another.

use contacts::objects::{Party, PartyKind};
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

/// Whom to look for, as another app would.
#[derive(Deserialize, JsonSchema)]
struct Meet {
    kind: PartyKind,
    name: String,
    email: Option<String>,
    parent: Option<Id<Party>>,
}

#[action(effect = "reversible")]
async fn meet(ctx: &mut Ctx, input: Meet) -> Result<Party> {
    let Meet { kind, name, email, parent } = input;
    contacts::find_or_create(ctx, Party { kind, name, email, parent, ..Party::default() }).await
}

fn apps() -> Vec<App> {
    vec![contacts::app().action(meet)]
}

/// The id of whoever is met.
async fn met(t: &Tenant, whom: Json) -> Json {
    t.run(meet, (), whom).await.ok()["id"].take()
}

#[nexus_testkit::test]
async fn an_email_is_kept_in_lower_case(t: &Tenant) {
    let ada = t.create("contacts.party", json!({"kind": "person", "name": "Ada", "email": "Ada@Example.com"})).await;
    assert_eq!(ada["email"], "ada@example.com");
    let ada = t.update("contacts.party", &ada, json!({"email": "ADA@example.org"})).await.ok();
    assert_eq!(ada["email"], "ada@example.org");
}

#[nexus_testkit::test]
async fn an_email_finds_its_contact_whatever_the_name(t: &Tenant) {
    let ada = t.create("contacts.party", json!({"kind": "person", "name": "Ada", "email": "ada@example.com"})).await;
    let found = met(t, json!({"kind": "person", "name": "A. Lovelace", "email": " ADA@example.com"})).await;
    assert_eq!(found, ada["id"]);
    assert_eq!(t.find("contacts.party", "true").await.len(), 1);
}

#[nexus_testkit::test]
async fn a_name_finds_its_contact_unless_something_tells_them_apart(t: &Tenant) {
    let acme = met(t, json!({"kind": "organisation", "name": "Acme"})).await;
    assert_eq!(met(t, json!({"kind": "organisation", "name": "Acme"})).await, acme);
    assert_ne!(met(t, json!({"kind": "person", "name": "Acme"})).await, acme);

    let john = met(t, json!({"kind": "person", "name": "John", "email": "john@acme.example", "parent": acme})).await;
    assert_eq!(met(t, json!({"kind": "person", "name": "John"})).await, john);
    assert_ne!(met(t, json!({"kind": "person", "name": "John", "email": "john@other.example"})).await, john);
    let other = met(t, json!({"kind": "organisation", "name": "Other"})).await;
    assert_ne!(met(t, json!({"kind": "person", "name": "John", "parent": other})).await, john);
}

#[nexus_testkit::test]
async fn a_contact_in_use_comes_before_one_that_is_not(t: &Tenant) {
    let old = json!({"kind": "organisation", "name": "Acme", "active": false});
    let old = t.create("contacts.party", old).await;
    assert_eq!(met(t, json!({"kind": "organisation", "name": "Acme"})).await, old["id"]);
    let new = t.create("contacts.party", json!({"kind": "organisation", "name": "Acme"})).await;
    assert_eq!(met(t, json!({"kind": "organisation", "name": "Acme"})).await, new["id"]);
}

#[nexus_testkit::test]
async fn people_stand_below_their_organisation_and_never_below_themselves(t: &Tenant) {
    let acme = t.create("contacts.party", json!({"name": "Acme"})).await;
    assert_eq!(acme["kind"], "organisation");
    let ada = t.create("contacts.party", json!({"kind": "person", "name": "Ada", "parent": acme["id"]})).await;
    assert_eq!(t.get("contacts.party", &acme).await["people"], 1);
    t.update("contacts.party", &acme, json!({"parent": ada["id"]})).await.problem("parent", "circle");
    t.update("contacts.party", &acme, json!({"parent": acme["id"]})).await.problem("parent", "circle");
}

#[nexus_testkit::test]
async fn a_contact_has_addresses_of_several_kinds(t: &Tenant) {
    let billing = json!({"address": {"street": "Ngong Road 210", "city": "Nairobi", "country": "KE"}});
    let shipping = json!({"kind": "shipping", "address": {"street": "Quai 14", "city": "Lyon", "country": "FR"}});
    let acme = json!({"name": "Acme", "addresses": [billing, shipping]});
    let acme = t.create("contacts.party", acme).await;
    assert_eq!(acme["addresses"][0]["kind"], "billing");
    assert_eq!(acme["addresses"][0]["address"]["city"], "Nairobi");
    assert_eq!(acme["addresses"][1]["kind"], "shipping");

    let wrong = json!({"name": "Wrong", "addresses": [{"address": {"city": "Bonn", "country": "Germany"}}]});
    t.try_create("contacts.party", wrong).await.problem("addresses/0/address", "ISO 3166");
    t.try_create("contacts.party", json!({"name": "None", "addresses": [{}]}))
        .await
        .problem("addresses/0/address", "is required");
}

#[nexus_testkit::test]
async fn a_reference_belongs_to_one_contact(t: &Tenant) {
    t.create("contacts.party", json!({"name": "Acme", "reference": "C-1"})).await;
    t.create("contacts.party", json!({"name": "None"})).await;
    t.create("contacts.party", json!({"name": "None either"})).await;
    let twice = json!({"name": "Other", "reference": "C-1"});
    t.try_create("contacts.party", twice).await.problem("reference", "another contact has C-1");
}

#[nexus_testkit::test]
async fn each_role_does_what_it_is_for(t: &Tenant) {
    let acme = t.create("contacts.party", json!({"name": "Acme"})).await;
    let reader = t.user("reader", &["contact_reader"]).await;
    assert_eq!(reader.get("contacts.party", &acme).await["name"], "Acme");
    reader.try_create("contacts.party", json!({"name": "Other"})).await.problem("", "may not");
    let editor = t.user("editor", &["contact_editor"]).await;
    editor.update("contacts.party", &acme, json!({"phone": "+254 700 000 000"})).await.ok();
    editor.delete("contacts.party", &acme).await.problem("", "may not");
    let manager = t.user("manager", &["contact_manager"]).await;
    manager.delete("contacts.party", &acme).await.ok();
    let stranger = t.user("stranger", &[]).await;
    assert!(stranger.try_get("contacts.party", &acme).await.is_err());
}

#[nexus_testkit::test]
async fn the_demo_contacts_are_imported_by_the_ordinary_importer(t: &Tenant) {
    let report = t.import("contacts.party", include_str!("../demo/parties.csv"), "").await.expect("the file is read");
    assert!(report.rejected.is_empty(), "{:?}", report.rejected);
    assert_eq!((report.created, report.updated), (40, 0));
    assert_eq!(t.find("contacts.party", "kind == 'organisation'").await.len(), 22);
    let wanjiru = &t.find("contacts.party", "name == 'Wanjiru Kamau'").await[0];
    let wanjiru = t.get("contacts.party", wanjiru).await;
    let employer = t.get("contacts.party", &wanjiru["parent"]).await;
    assert_eq!(employer["name"], "Savannah Fresh Foods Ltd");
    assert_eq!(employer["addresses"][0]["address"]["city"], "Nairobi");
    assert_eq!(employer["tags"], json!(["customer", "food"]));
    assert_eq!(wanjiru["addresses"], json!([]));

    t.undo(report.run).await.ok();
    assert!(t.find("contacts.party", "true").await.is_empty());
}
