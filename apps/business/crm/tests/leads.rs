//! Leads: one open lead an address, a score, and a reason when one is given up.

use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

fn apps() -> Vec<App> {
    vec![contacts::app(), crm::app()]
}

#[nexus_testkit::test]
async fn an_address_has_one_open_lead(t: &Tenant) {
    let ada = json!({"name": "Ada", "email": "ada@example.com"});
    let first = t.create("crm.lead", ada.clone()).await;
    let again = json!({"name": "Ada", "email": "ADA@example.com"});
    t.try_create("crm.lead", again.clone()).await.problem("email", "another lead has ada@example.com");
    t.update("crm.lead", &first, json!({"state": "lost", "lost_reason": "Went quiet"})).await.ok();
    t.create("crm.lead", again).await;
    t.update("crm.lead", &first, json!({"state": "new"})).await.problem("email", "another lead");
}

#[nexus_testkit::test]
async fn a_lead_is_given_up_for_a_reason(t: &Tenant) {
    let lead = t.create("crm.lead", json!({"name": "Ada"})).await;
    t.update("crm.lead", &lead, json!({"state": "lost"})).await.problem("lost_reason", "required when lost");
    let lost = t.update("crm.lead", &lead, json!({"state": "lost", "lost_reason": "Too dear"})).await.ok();
    assert_eq!(lost["state"], "lost");
}

#[nexus_testkit::test]
async fn the_score_counts_what_is_known_and_what_is_at_stake(t: &Tenant) {
    let check = async |lead: Json, expect: i64| assert_eq!(t.create("crm.lead", lead).await["score"], expect);
    check(json!({"name": "A"}), 0).await;
    check(json!({"name": "B", "email": "b@example.com", "budget": "5000"}), 20).await;
    check(json!({"name": "C", "email": "c@example.com", "budget": "5000.01"}), 70).await;
    let full = json!({"name": "D", "email": "d@example.com", "phone": "+44 20 7946 0001", "organisation": "Acme",
        "budget": "6000"});
    check(full, 100).await;
}
