//! What a new company's books begin with, in two countries.

use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

use crate::setup::apps;

#[nexus_testkit::test]
async fn a_british_company_has_the_four_digit_ledger_and_value_added_tax(t: &Tenant) {
    let taxes = t.find("finance.tax", "true").await;
    let names: Vec<_> = taxes.iter().map(|tax| tax["name"].as_str().unwrap_or_default()).collect();
    assert_eq!(names, ["VAT 5 %", "VAT 20 %", "VAT 0 %"], "ordered by code: R, S, Z");
    let debtors = t.find("finance.account", "code == '1100'").await.remove(0);
    assert_eq!((&debtors["type"], &debtors["full_name"]), (&json!("asset_receivable"), &json!("1100 Trade debtors")));
    let heading = t.get("finance.account", &debtors["parent"]).await;
    assert_eq!((&heading["code"], &heading["heading"]), (&json!("1"), &json!(true)));
    let journals = t.find("finance.journal", "true").await;
    let codes: Vec<_> = journals.iter().map(|journal| journal["code"].as_str().unwrap_or_default()).collect();
    assert_eq!(codes, ["BNK", "CSH", "GEN", "PUR", "SAL"]);
}

#[nexus_testkit::test]
async fn a_french_company_has_the_plan_comptable_general(t: &Tenant) {
    let company = t.create("core.company", json!({"name": "Exemple SA", "country": "FR", "currency": "EUR"})).await;
    let own = |object: &'static str, more: &str| {
        let filter = format!("company == '{}'{more}", company["id"].as_str().unwrap_or_default());
        async move { t.find(object, &filter).await }
    };
    let clients = own("finance.account", " && code == '411000'").await.remove(0);
    assert_eq!((&clients["name"], &clients["type"]), (&json!("Clients"), &json!("asset_receivable")));
    assert_eq!(own("finance.tax", "").await.len(), 4);
    let settings = own("finance.settings", "").await.remove(0);
    assert_eq!(settings["receivable_account"], clients["id"]);
    assert_eq!(own("finance.settings", "").await.len(), 1);
}
