//! Work in one of several legal entities.

use std::sync::Arc;

use nexus_kernel::{App, ImportRequest, Mapping};
use nexus_testkit::{RecordId, Tenant};
use serde_json::json;

fn apps() -> Vec<App> {
    vec![contacts::app(), crm::app()]
}

#[nexus_testkit::test]
async fn an_import_and_the_metadata_are_of_the_company_that_was_chosen(t: &Tenant) {
    let company = t.create("core.company", json!({"name": "Kampala Ltd", "country": "UG", "currency": "UGX"})).await;
    let chosen = (&company).record();
    let request = ImportRequest {
        file: Box::new("name,budget\nAmina Okello,5000\n".as_bytes()),
        name: "leads.csv".to_owned(),
        mapping: Mapping::default(),
        preview: false,
        company: chosen,
        run: None,
    };
    let object = Arc::clone(t.kernel.registry.object("crm.lead").expect("leads"));
    let report = t.kernel.import(&t.tenant, &t.principal, &object, request).await.expect("the import runs");
    assert_eq!((report.created, report.rejected_count), (1, 0));

    let leads = t.find("crm.lead", "name == 'Amina Okello'").await;
    assert_eq!(leads[0]["company"], company["id"]);
    assert_eq!(leads[0]["budget"], json!({"amount": "5000", "currency": "UGX"}), "the currency is the company's");

    let meta = t.kernel.meta(&t.tenant, &t.principal, chosen).await.expect("metadata");
    assert_eq!(meta.company.map(|company| company.currency), Some("UGX".to_owned()));
    assert_eq!(meta.companies.len(), 2);
}
