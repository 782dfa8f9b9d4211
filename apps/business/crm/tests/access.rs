//! A salesperson sees their own and the team's leads and deals; a manager sees and does everything.

use crm::actions::convert_lead;
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

fn apps() -> Vec<App> {
    vec![contacts::app(), crm::app()]
}

/// A user with a role, in a team.
async fn member(t: &Tenant, name: &str, role: &str, team: &Json) -> Tenant {
    let mut user = t.user(name, &[role]).await;
    let id = user.principal.user;
    t.update("core.user", id, json!({"team": team["id"]})).await.ok();
    user.principal = t.kernel.principal(&t.tenant, id).await.expect("the user");
    user
}

#[nexus_testkit::test]
async fn own_leads_and_those_of_the_team_are_seen_and_no_others(t: &Tenant) {
    let north = t.create("core.team", json!({"name": "North"})).await;
    let south = t.create("core.team", json!({"name": "South"})).await;
    let wanjiru = member(t, "wanjiru", "salesperson", &north).await;
    let otieno = member(t, "otieno", "salesperson", &north).await;
    let fatma = member(t, "fatma", "salesperson", &south).await;
    let boss = member(t, "boss", "sales_manager", &south).await;

    let lead = wanjiru.create("crm.lead", json!({"name": "Ada"})).await;
    assert_eq!(lead["owner"], json!(wanjiru.principal.user));
    assert_eq!(otieno.find("crm.lead", "true").await.len(), 1);
    assert_eq!(boss.find("crm.lead", "true").await.len(), 1);
    assert!(fatma.find("crm.lead", "true").await.is_empty());
    assert!(fatma.try_get("crm.lead", &lead).await.is_err());
    fatma.update("crm.lead", &lead, json!({"state": "qualified"})).await.problem("", "there is no lead");

    otieno.update("crm.lead", &lead, json!({"state": "qualified"})).await.ok();
    let other = json!({"owner": fatma.principal.user});
    otieno.update("crm.lead", &lead, other.clone()).await.problem("", "may not");
    boss.update("crm.lead", &lead, other).await.ok();
    assert_eq!(fatma.find("crm.lead", "true").await.len(), 1);
    assert!(wanjiru.find("crm.lead", "true").await.is_empty());
}

#[nexus_testkit::test]
async fn a_salesperson_converts_but_does_not_delete(t: &Tenant) {
    let wanjiru = t.user("wanjiru", &["salesperson"]).await;
    let lead = wanjiru.create("crm.lead", json!({"name": "Ada", "state": "qualified", "organisation": "Acme"})).await;
    let deal = wanjiru.run(convert_lead, &lead, json!({})).await.ok();
    assert_eq!(deal["owner"], json!(wanjiru.principal.user));
    wanjiru.delete("crm.deal", &deal).await.problem("", "may not");
    let clerk = t.user("clerk", &["contact_editor"]).await;
    clerk.run(convert_lead, &lead, json!({})).await.problem("", "may not convert leads");
    assert!(clerk.try_get("crm.deal", &deal).await.is_err());
}

#[nexus_testkit::test]
async fn an_activity_is_seen_by_its_owner_and_by_the_owner_of_the_deal(t: &Tenant) {
    let wanjiru = t.user("wanjiru", &["salesperson"]).await;
    let otieno = t.user("otieno", &["salesperson"]).await;
    let acme = t.create("contacts.party", json!({"name": "Acme"})).await;
    let deal = wanjiru.create("crm.deal", json!({"title": "Engines", "party": acme["id"]})).await;
    let task = json!({"subject": "Freight", "deal": deal["id"], "owner": otieno.principal.user});
    let task = t.create("crm.activity", task).await;
    assert_eq!(wanjiru.get("crm.activity", &task).await["subject"], "Freight");
    assert_eq!(otieno.get("crm.activity", &task).await["subject"], "Freight");
    let fatma = t.user("fatma", &["salesperson"]).await;
    assert!(fatma.find("crm.activity", "true").await.is_empty());
}
