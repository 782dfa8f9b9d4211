//! A deal through its stages: how likely, what to expect, when it closed.

use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

fn apps() -> Vec<App> {
    vec![contacts::app(), crm::app()]
}

/// A deal with the values given beside title and customer.
async fn deal(t: &Tenant, values: Json) -> Json {
    let party = t.create("contacts.party", json!({"name": "Acme"})).await;
    let mut deal = json!({"title": "Engines", "party": party["id"]});
    for (name, value) in values.as_object().expect("an object") {
        deal[name] = value.clone();
    }
    t.create("crm.deal", deal).await
}

async fn change(t: &Tenant, deal: &Json, values: Json) -> Json {
    t.update("crm.deal", deal, values).await.ok()
}

#[nexus_testkit::test]
async fn the_probability_follows_the_stage(t: &Tenant) {
    let deal = deal(t, json!({"amount": "1000"})).await;
    let mut seen = vec![(deal["probability"].clone(), deal["expected"]["amount"].clone())];
    for stage in ["qualified", "proposal", "negotiation", "won", "negotiation", "lost", "new"] {
        let deal = change(t, &deal, json!({"stage": stage})).await;
        seen.push((deal["probability"].clone(), deal["expected"]["amount"].clone()));
    }
    let expect = [
        ("10", "100.00"),
        ("25", "250.00"),
        ("50", "500.00"),
        ("75", "750.00"),
        ("100", "1000.00"),
        ("75", "750.00"),
        ("0", "0.00"),
        ("10", "100.00"),
    ];
    assert_eq!(seen, expect.map(|(probability, expected)| (json!(probability), json!(expected))));
}

#[nexus_testkit::test]
async fn a_probability_that_is_set_with_the_stage_is_kept(t: &Tenant) {
    let first = deal(t, json!({"stage": "proposal", "probability": "35"})).await;
    assert_eq!(first["probability"], "35");
    let moved = change(t, &first, json!({"stage": "negotiation", "probability": "60.5"})).await;
    assert_eq!(moved["probability"], "60.5");
    let set = change(t, &moved, json!({"probability": "65"})).await;
    assert_eq!(set["probability"], "65");
    let won = change(t, &set, json!({"stage": "won", "probability": "65"})).await;
    assert_eq!(won["probability"], "100");
}

#[nexus_testkit::test]
async fn a_closed_deal_is_certain(t: &Tenant) {
    let won = deal(t, json!({"stage": "won", "amount": "10", "probability": "30"})).await;
    assert_eq!(won["probability"], "100");
    t.update("crm.deal", &won, json!({"probability": "80"})).await.problem("probability", "reopen the deal");
    let open = change(t, &won, json!({"stage": "negotiation"})).await;
    assert_eq!((&open["probability"], &open["closed_on"]), (&json!("75"), &Json::Null));
    t.update("crm.deal", &open, json!({"probability": "101"})).await.problem("probability", "at most 100");
}

#[nexus_testkit::test]
async fn what_is_expected_is_exact_to_the_hundredth_of_a_cent(t: &Tenant) {
    let deal = deal(t, json!({"amount": "1999.99", "stage": "qualified"})).await;
    assert_eq!(deal["expected"], json!({"amount": "499.9975", "currency": "GBP"}));
    let deal = change(t, &deal, json!({"amount": null})).await;
    assert_eq!(deal["expected"], Json::Null);
    t.update("crm.deal", &deal, json!({"amount": "-1"})).await.problem("amount", "at least 0");
}

#[nexus_testkit::test]
async fn the_day_of_closing_is_kept_and_forgotten_on_reopening(t: &Tenant) {
    t.on("2026-03-02".parse().expect("a day"));
    let open = deal(t, json!({"expected_close": "2020-01-31"})).await;
    let lost = change(t, &open, json!({"stage": "lost"})).await;
    assert_eq!(lost["closed_on"], "2026-03-02");
    let again = change(t, &lost, json!({"stage": "qualified"})).await;
    assert_eq!(again["closed_on"], Json::Null);
    let history = deal(t, json!({"stage": "won", "expected_close": "2020-01-31"})).await;
    assert_eq!(history["closed_on"], "2020-01-31");
    let early = deal(t, json!({"stage": "won", "expected_close": "2026-12-31"})).await;
    assert_eq!(early["closed_on"], "2026-03-02");
    t.update("crm.deal", &history, json!({"closed_on": "2019-01-01"})).await.problem("closed_on", "by the system");
}

#[nexus_testkit::test]
async fn a_won_deal_is_not_lost_without_being_reopened(t: &Tenant) {
    let won = deal(t, json!({"stage": "won"})).await;
    t.update("crm.deal", &won, json!({"stage": "lost"})).await.problem("stage", "can become negotiation");
}
