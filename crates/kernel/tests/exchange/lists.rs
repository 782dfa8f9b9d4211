//! Lists as files: through saved views, and where a form of file has a limit.

use std::sync::Arc;

use nexus_kernel::faces::ListParams;
use nexus_kernel::sheets::Format;
use nexus_kernel::{Kind, Problem};
use nexus_testkit::Tenant;
use serde_json::json;

use crate::shop::apps;

async fn export(t: &Tenant, params: ListParams, format: Format) -> Result<Vec<u8>, Problem> {
    let object = Arc::clone(t.tenant.object("shop.part")?);
    let mut export = t.kernel.export(&t.tenant, &t.principal, &object, params, format).await?;
    let mut bytes = Vec::new();
    while let Some(piece) = export.next().await? {
        assert!(!piece.is_empty(), "a piece has something in it");
        bytes.extend(piece);
    }
    Ok(bytes)
}

#[nexus_testkit::test]
async fn an_export_through_a_saved_view_has_its_filter_order_and_columns(t: &Tenant) {
    for (code, stock) in [("A", 1), ("B", 9), ("C", 5)] {
        t.create("shop.part", json!({"code": code, "name": format!("Part {code}"), "stock": stock})).await;
    }
    let view = json!({"name": "Well stocked", "object": "shop.part", "filter": "stock > 2", "sort": "-code",
        "columns": ["stock", "code"]});
    let view = t.create("core.saved_view", view).await["id"].as_str().map(str::to_owned);
    let through = |params: ListParams| ListParams { view: view.clone(), ..params };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    let csv = text(export(t, through(ListParams::default()), Format::Csv).await.expect("a file"));
    assert_eq!(csv, "stock,code\n5,C\n9,B\n");
    let own = ListParams {
        filter: Some("stock < 9".to_owned()),
        fields: Some("name,code,name".to_owned()),
        ..ListParams::default()
    };
    let csv = text(export(t, through(own), Format::Csv).await.expect("a file"));
    assert_eq!(csv, "name,code\nPart C,C\n");
    let json = text(export(t, through(ListParams::default()), Format::Json).await.expect("a file"));
    assert_eq!(json.lines().count(), 2);
    let unknown = ListParams { view: Some("x".to_owned()), ..ListParams::default() };
    let problem = export(t, unknown, Format::Csv).await.expect_err("there is none");
    assert!(problem.to_string().contains("is the id of a saved view"), "{problem}");
}

#[nexus_testkit::test]
async fn what_a_form_of_file_does_not_hold_is_told_with_another_way(t: &Tenant) {
    t.create("shop.part", json!({"code": "A", "name": "a", "notes": "n".repeat(40_000)})).await;
    let problem = export(t, ListParams::default(), Format::Xlsx).await.expect_err("it is too long");
    assert_eq!((problem.kind, problem.errors[0].field.as_str()), (Kind::Invalid, "format"));
    assert!(problem.detail.contains("no text of more than 32,767 characters; export as csv or json"), "{problem}");
    export(t, ListParams::default(), Format::Parquet).await.expect("a file");
}
