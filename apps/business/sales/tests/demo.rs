//! The demo company's trade comes in whole, and its books balance.

use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

fn apps() -> Vec<App> {
    vec![contacts::app(), finance::app(), sales::app()]
}

const PARTIES: &str = include_str!("../../contacts/demo/parties.csv");

#[nexus_testkit::test]
async fn bills_invoices_products_quotations_and_orders_are_imported(t: &Tenant) {
    t.on("2026-11-20".parse().expect("a day"));
    for name in ["Amina Njeri", "Otieno Ouma"] {
        t.create("core.user", json!({"name": name, "email": format!("{}@example.com", &name[..5])})).await;
    }
    t.import("contacts.party", PARTIES, "").await.expect("contacts");
    let bills = (include_str!("../../finance/demo/bills.csv"), include_str!("../../finance/demo/bills.toml"));
    let invoices = (include_str!("../../finance/demo/invoices.csv"), include_str!("../../finance/demo/invoices.toml"));
    let orders = (include_str!("../demo/orders.csv"), include_str!("../demo/orders.toml"));
    for (object, (text, mapping), rows) in [
        ("finance.bill", bills, 5),
        ("finance.invoice", invoices, 19),
        ("sales.product", (include_str!("../demo/products.csv"), ""), 11),
        ("sales.quotation", (include_str!("../demo/quotations.csv"), ""), 5),
        ("sales.order", orders, 2),
    ] {
        let report = t.import(object, &dated(text, "2026-11-20"), mapping).await.expect("the file is read");
        assert!(report.rejected.is_empty(), "{object}: {:?}", report.rejected);
        assert_eq!(report.rows, rows, "{object}");
    }
    assert_eq!(t.find("finance.invoice", "state == 'paid'").await.len(), 12);
    assert_eq!(t.find("finance.bill", "state == 'posted'").await.len(), 2);
    assert_eq!(t.find("sales.order", "state == 'confirmed'").await.len(), 2);
    assert_eq!(t.find("sales.quotation", "state == 'sent' && total > money('0')").await.len(), 2);
    let report = t.report("finance", "trial-balance", json!({})).await;
    assert_eq!(report["totals"]["debit"], report["totals"]["credit"]);
}

/// Days from today as dates, as the demo loader reads them.
fn dated(text: &str, today: &str) -> String {
    let today: Date = today.parse().expect("a day");
    let cell = |cell: &str| match cell.strip_prefix(['+', '-']).and_then(|_| cell.parse::<i64>().ok()) {
        Some(days) => nexus_kernel::model::expr::functions::add_days(today, days).expect("in range").to_string(),
        None => cell.to_owned(),
    };
    text.lines().map(|line| line.split(',').map(cell).collect::<Vec<_>>().join(",") + "\n").collect()
}
