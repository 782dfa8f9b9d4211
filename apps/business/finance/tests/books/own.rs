//! What a company adds to documents and their lines goes with them when they are worked out, posted and reversed.

use finance::actions::post_invoice;
use nexus_kernel::prelude::*;
use nexus_testkit::Tenant;

use crate::setup::{amount, apps, document, party, standing, ten_percent};

const INVOICE: &str = r#"
[fields]
x_project = { type = "text", required = "x_site != null" }
x_site    = { type = "text", mutable = true }

[states]
draft     = { to = ["x_checked", "x_halted"] }
x_checked = { like = "draft", label = "Checked", to = ["draft", "posted"] }
x_halted  = { like = "draft", to = ["x_checked"] }

[naming]
number = "RE{YY}-{####}"
"#;
const LINE: &str = "[fields]\nx_phase = { type = \"integer\" }\nx_hours = { type = \"quantity\", computed = \"quantity\", stored = true }\n";

#[nexus_testkit::test]
async fn fields_of_ones_own_on_a_document_and_its_lines_are_posted_with_it(t: &Tenant) {
    for (name, text) in [("finance.invoice", INVOICE), ("finance.invoice_line", LINE)] {
        t.create("core.manifest", json!({"kind": "extension", "name": name, "text": text})).await;
    }
    let t = &t.in_tenant(&t.tenant.slug);
    t.on(Date::constant(2026, 3, 2));
    let mut input = document(&party(t).await, &[("5", "40", &[&ten_percent(t).await]), ("1", "20", &[])]);
    input["lines"][0]["x_phase"] = json!(7);
    input["x_site"] = json!("Athi River");
    t.try_create("finance.invoice", input.clone()).await.problem("x_project", "is required");
    input["x_project"] = json!("Depot");
    let draft = t.create("finance.invoice", input).await;
    // The app's code works the totals out and takes each line through its hands.
    assert_eq!((amount(&draft, "total"), &draft["lines"][0]["x_phase"]), ("240.00", &json!(7)));
    assert_eq!((&draft["lines"][0]["x_hours"], &draft["lines"][1]["x_phase"]), (&json!("5"), &Json::Null));
    // What is like a draft is worked out anew, may be posted where its own ways out say so, and is not fixed yet.
    t.update("finance.invoice", &draft, json!({"state": "x_halted"})).await.ok();
    t.run(post_invoice, &draft, json!({})).await.problem("state", "");
    let lines = json!([{"id": draft["lines"][0]["id"], "quantity": "6"}, {"id": draft["lines"][1]["id"]}]);
    let checked = t.update("finance.invoice", &draft, json!({"state": "x_checked", "lines": lines})).await.ok();
    assert_eq!((&checked["state"], amount(&checked, "total")), (&json!("x_checked"), "284.00"));
    let posted = t.run(post_invoice, &draft, json!({})).await.ok();
    assert_eq!((&posted["number"], &posted["x_project"]), (&json!("RE26-0001"), &json!("Depot")));
    assert_eq!(posted["lines"][0]["x_phase"], 7);
    assert_eq!(standing(t, "1100").await, ["284.00", "0.00", "284.00"]);
    t.update("finance.invoice", &draft, json!({"x_project": "Other"})).await.problem("x_project", "is posted");
}
