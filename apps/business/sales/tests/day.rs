//! From product to invoice: quotation, order, invoice, with exact figures. The company is British.

use finance::actions::{pay_invoice, post_invoice, reverse_invoice};
use nexus_kernel::faces::ListParams;
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;
use sales::actions::{accept_quotation, confirm_order, invoice_order};

fn apps() -> Vec<App> {
    vec![contacts::app(), finance::app(), sales::app()]
}

async fn party(t: &Tenant) -> Json {
    t.create("contacts.party", json!({"kind": "organisation", "name": "Kibo Traders"})).await
}

/// Coffee at 40 with ten percent tax, and delivery at 20 without.
async fn products(t: &Tenant) -> (Json, Json) {
    let tax = t.create("finance.tax", json!({"code": "T10", "kind": "percent", "rate": "10"})).await;
    let coffee = json!({"code": "C1", "name": "Coffee", "unit": "kg", "price": "40", "taxes": [tax["id"]]});
    let delivery = t.find("finance.account", "code == '4020'").await.remove(0);
    let post = json!({"code": "D1", "name": "Delivery", "kind": "service", "price": "20", "account": delivery["id"]});
    (t.create("sales.product", coffee).await, t.create("sales.product", post).await)
}

async fn quotation(t: &Tenant) -> Json {
    let (coffee, delivery) = products(t).await;
    let lines = json!([{"product": coffee["id"], "quantity": "5"}, {"product": delivery["id"]}]);
    t.create("sales.quotation", json!({"party": party(t).await["id"], "lines": lines})).await
}

fn amount<'a>(record: &'a Json, field: &str) -> &'a str {
    record[field]["amount"].as_str().unwrap_or_else(|| panic!("{field} is no amount: {}", record[field]))
}

async fn balance(t: &Tenant, code: &str) -> String {
    let report = t.report("finance", "trial-balance", json!({})).await;
    let row = report["rows"].as_array().and_then(|rows| rows.iter().find(|row| row["code"] == code)).cloned();
    row.map_or_else(|| "0.00".to_owned(), |row| amount(&row, "balance").to_owned())
}

#[nexus_testkit::test]
async fn products_fill_what_a_line_leaves_out(t: &Tenant) {
    t.on("2026-01-31".parse().expect("a day"));
    let quotation = quotation(t).await;
    // 5 × 40 and 20, and ten percent of the 200.
    assert_eq!(["untaxed", "tax", "total"].map(|field| amount(&quotation, field)), ["220.00", "20.00", "240.00"]);
    let line = &quotation["lines"][0];
    assert_eq!(
        (&line["description"], &line["unit"], amount(line, "amount")),
        (&json!("Coffee"), &json!("kg"), "200.00")
    );
    assert_eq!((&quotation["number"], &quotation["valid_until"]), (&json!("Q-2026-00001"), &json!("2026-03-02")));
}

#[nexus_testkit::test]
async fn links_are_followed_as_far_as_a_path_goes_as_of_the_moment_that_is_asked_for(t: &Tenant) {
    // After everything that making the tenant wrote by the real clock.
    t.on("2126-01-31".parse().expect("a day"));
    let quotation = quotation(t).await;
    let product = &quotation["lines"][0]["product"];
    t.on("2126-02-10".parse().expect("a day"));
    t.update("sales.product", product, json!({"name": "Tea"})).await.ok();
    let told = async |at: Option<&str>, expand: &str| {
        let (at, expand) = (at.map(str::to_owned), Some(expand.to_owned()));
        t.list("sales.quotation", ListParams { at, expand, ..ListParams::default() }).await
    };
    for (at, name) in [(None, "Tea"), (Some("2126-02-01T00:00:00Z"), "Coffee")] {
        let found = told(at, "party,lines.product.taxes").await.expect("quotations").remove(0);
        assert_eq!(found["party"]["name"], "Kibo Traders");
        let product = &found["lines"][0]["product"];
        assert_eq!((&product["name"], &product["taxes"][0]["code"]), (&json!(name), &json!("T10")), "at {at:?}");
        assert_eq!(found["lines"][1]["product"]["taxes"], json!([]));
    }
    for wrong in ["lines.product.name", "party.nmae", "lines.product.taxes.rate"] {
        let problem = told(None, wrong).await.expect_err("a path that leads nowhere is refused");
        assert_eq!(problem.errors[0].field, "expand", "{wrong}");
    }
}

#[nexus_testkit::test]
async fn a_line_without_a_product_says_what_and_for_how_much(t: &Tenant) {
    let party = party(t).await;
    let bare = json!({"party": party["id"], "lines": [{"quantity": "1"}]});
    let problem = t.try_create("sales.quotation", bare).await.problem("lines/0/description", "is required");
    assert!(problem.errors.iter().any(|error| error.field == "lines/0/unit_price"));
    let words =
        json!({"party": party["id"], "lines": [{"description": "Advice", "quantity": "2", "unit_price": "75"}]});
    assert_eq!(amount(&t.create("sales.quotation", words).await, "total"), "150.00");
}

#[nexus_testkit::test]
async fn quotation_order_invoice_payment(t: &Tenant) {
    let quotation = quotation(t).await;
    let order = t.run(accept_quotation, &quotation, json!({})).await.ok();
    assert_eq!((amount(&order, "total"), &order["state"]), ("240.00", &json!("draft")));
    let quotation = t.get("sales.quotation", &quotation).await;
    assert_eq!((&quotation["state"], &quotation["order"]), (&json!("accepted"), &order["id"]));
    t.run(accept_quotation, &quotation, json!({})).await.problem("", "cannot accept");

    t.run(invoice_order, &order, json!({})).await.problem("", "cannot create invoice");
    t.run(confirm_order, &order, json!({})).await.ok();
    let invoice = t.run(invoice_order, &order, json!({})).await.ok();
    assert_eq!((amount(&invoice, "total"), &invoice["state"]), ("240.00", &json!("draft")));
    assert_eq!(invoice["reference"], order["number"]);
    let order = t.get("sales.order", &order).await;
    assert_eq!((&order["state"], &order["invoice"]), (&json!("invoiced"), &invoice["id"]));

    t.run(post_invoice, &invoice, json!({})).await.ok();
    assert_eq!(
        [balance(t, "1100").await, balance(t, "4000").await, balance(t, "4020").await, balance(t, "2200").await],
        ["240.00", "-200.00", "-20.00", "-20.00"]
    );
    t.run(pay_invoice, &invoice, json!({})).await.ok();
    assert_eq!([balance(t, "1100").await, balance(t, "1200").await], ["0.00", "240.00"]);
}

#[nexus_testkit::test]
async fn an_order_is_invoiced_and_posted_in_one_step_and_again_after_a_credit_note(t: &Tenant) {
    let order = t.run(accept_quotation, &quotation(t).await, json!({})).await.ok();
    t.run(confirm_order, &order, json!({})).await.ok();
    let invoice = t.run(invoice_order, &order, json!({"post": true})).await.ok();
    assert_eq!((&invoice["state"], amount(&invoice, "open")), (&json!("posted"), "240.00"));
    t.run(invoice_order, &order, json!({})).await.problem("", "cannot create invoice");
    t.run(reverse_invoice, &invoice, json!({})).await.ok();
    let second = t.run(invoice_order, &order, json!({})).await.ok();
    assert_ne!(second["id"], invoice["id"]);
}

#[nexus_testkit::test]
async fn a_price_list_goes_before_the_product_s_price(t: &Tenant) {
    let (coffee, _) = products(t).await;
    let list = json!({"name": "Wholesale", "currency": "EUR", "lines": [
        {"product": coffee["id"], "price": "46"},
        {"product": coffee["id"], "min_quantity": "10", "price": "41.50"},
    ]});
    let list = t.create("sales.price_list", list).await;
    let party = party(t).await;
    let order = |quantity: &str, list: &Json| json!({"party": party["id"], "price_list": list["id"], "lines": [{"product": coffee["id"], "quantity": quantity}]});
    let small = t.create("sales.order", order("2", &list)).await;
    assert_eq!(small["untaxed"], json!({"amount": "92.00", "currency": "EUR"}));
    let large = t.create("sales.order", order("10", &list)).await;
    assert_eq!(["untaxed", "tax", "total"].map(|field| amount(&large, field)), ["415.00", "41.50", "456.50"]);
    let mut foreign = order("1", &json!({"id": null}));
    foreign["currency"] = json!("USD");
    t.try_create("sales.order", foreign).await.problem("lines/0/unit_price", "choose a price list in USD");
}

#[nexus_testkit::test]
async fn a_confirmed_order_keeps_its_lines(t: &Tenant) {
    let order = t.run(accept_quotation, &quotation(t).await, json!({})).await.ok();
    t.run(confirm_order, &order, json!({})).await.ok();
    let line = &t.get("sales.order", &order).await["lines"][0]["id"];
    let more = json!({"lines": [{"id": line, "quantity": "6"}]});
    t.update("sales.order", &order, more).await.problem("lines", "may not be changed");
    t.update("sales.order", &order, json!({"notes": "By noon"})).await.ok();
    let empty = t.create("sales.order", json!({"party": party(t).await["id"]})).await;
    t.run(confirm_order, &empty, json!({})).await.problem("lines", "are needed");
}

#[nexus_testkit::test]
async fn a_seller_sells_and_does_not_keep_the_books(t: &Tenant) {
    let (coffee, _) = products(t).await;
    let seller = t.user("seller", &["seller"]).await;
    let party = party(&seller).await;
    let order = json!({"party": party["id"], "lines": [{"product": coffee["id"], "quantity": "1"}]});
    let order = seller.create("sales.order", order).await;
    assert_eq!(amount(&order, "total"), "44.00");
    seller.run(confirm_order, &order, json!({})).await.ok();
    let invoice = seller.run(invoice_order, &order, json!({})).await.ok();
    assert_eq!(seller.get("finance.invoice", &invoice).await["state"], "draft");
    seller.run(post_invoice, &invoice, json!({})).await.problem("", "may not");
    let renamed = json!({"name": "Tea"});
    seller.update("sales.product", &coffee, renamed).await.problem("", "may not");
    seller.delete("sales.order", &order).await.problem("", "may not");
}

#[nexus_testkit::test]
async fn invoicing_is_undone_with_the_order(t: &Tenant) {
    let order = t.run(accept_quotation, &quotation(t).await, json!({})).await.ok();
    t.run(confirm_order, &order, json!({})).await.ok();
    let run = t.run(invoice_order, &order, json!({})).await.reply().run;
    t.undo(run).await.reply();
    let order = t.get("sales.order", &order).await;
    assert_eq!((&order["state"], &order["invoice"]), (&json!("confirmed"), &Json::Null));
    assert!(t.find("finance.invoice", "true").await.is_empty());
}
