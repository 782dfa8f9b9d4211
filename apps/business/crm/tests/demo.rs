//! The demo pipeline is imported by the ordinary importer.

use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

fn apps() -> Vec<App> {
    vec![contacts::app(), crm::app()]
}

const FILES: [(&str, &str, u64); 4] = [
    ("contacts.party", include_str!("../../contacts/demo/parties.csv"), 40),
    ("crm.lead", include_str!("../demo/leads.csv"), 12),
    ("crm.deal", include_str!("../demo/deals.csv"), 20),
    ("crm.activity", include_str!("../demo/activities.csv"), 18),
];

#[nexus_testkit::test]
async fn contacts_leads_deals_and_activities_come_in_whole(t: &Tenant) {
    t.on("2026-05-10".parse().expect("a day"));
    // The people of the demo company, whom the files name as owners.
    for name in ["Amina Njeri", "Otieno Ouma"] {
        let email = format!("{}@example.com", &name[..5]);
        t.create("core.user", json!({"name": name, "email": email})).await;
    }
    for (object, text, rows) in FILES {
        let report = t.import(object, text, "").await.expect("the file is read");
        assert!(report.rejected.is_empty(), "{object}: {:?}", report.rejected);
        assert_eq!((report.created, report.updated), (rows, 0), "{object}");
    }
    let cold_room = &t.find("crm.deal", "title == 'Cold room for the Naivasha depot'").await[0];
    assert_eq!((&cold_room["stage"], &cold_room["probability"]), (&json!("negotiation"), &json!("75")));
    assert_eq!(cold_room["amount"]["amount"], "4850000.00");
    assert_eq!(cold_room["expected_close"], "2026-05-22", "days are counted from today, so that the demo stays fresh");
    assert_eq!(t.find("crm.activity", &format!("deal.id == '{}'", cold_room["id"].as_str().unwrap())).await.len(), 2);
    // The open pipeline, the won deals and the lost ones, as the file has them.
    assert_eq!(t.find("crm.deal", "stage == 'won'").await.len(), 4);
    assert_eq!(t.find("crm.deal", "stage == 'lost' && lost_reason != null").await.len(), 2);
    assert_eq!(t.report("crm", "forecast", json!({})).await["totals"]["deals"], 18);
}
