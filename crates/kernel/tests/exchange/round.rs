//! What is exported is imported again as it was.

use nexus_kernel::model::Uuid;
use nexus_kernel::sheets::Format;
use nexus_testkit::Tenant;
use serde_json::{Value as Json, json};

use crate::shop::{apps, counts, export, import};

async fn stocked(t: &Tenant) -> Vec<Json> {
    let maker = t.create("shop.maker", json!({"name": "Ada", "email": "ada@example.com"})).await;
    let bins = json!([{"shelf": "north", "count": 2}, {"shelf": "south", "count": 1}]);
    let full = json!({
        "code": "=1+2", "name": "@bolt, \"M6\"", "price": {"amount": "-1.50", "currency": "EUR"}, "weight": "0.125",
        "since": "2026-01-31", "seen_at": "2026-01-31T10:00:00Z", "active": true, "stock": -3, "grade": "fine",
        "tags": ["small", "-steel"], "maker": maker["id"], "origin": {"city": "Köln", "country": "DE"},
        "place": {"latitude": "-1.2921", "longitude": "36.8219"}, "notes": "two\nlines", "bins": bins
    });
    t.create("shop.part", full).await;
    t.create("shop.part", json!({"code": "'quoted", "name": "+49 221 1", "weight": "12.5"})).await;
    t.find("shop.part", "true").await
}

#[nexus_testkit::test]
async fn an_export_imported_by_its_ids_changes_nothing(t: &Tenant) {
    let parts = stocked(t).await;
    for format in [Format::Csv, Format::Json, Format::Xlsx] {
        let file = export(t, format).await;
        let report = import(t, &file, "key = \"id\"", false, Uuid::now_v7()).await.expect("an import");
        assert_eq!(counts(&report), (0, 0, 2, 0), "{format:?}: {:?}", report.rejected);
    }
    assert_eq!(t.find("shop.part", "true").await, parts);
}

#[nexus_testkit::test]
async fn an_export_brings_deleted_records_back_but_for_what_nexus_itself_keeps(t: &Tenant) {
    let parts = stocked(t).await;
    let kept = |mut part: Json| {
        for name in ["id", "version", "created_at", "updated_at", "created_by", "updated_by"] {
            part[name] = Json::Null;
        }
        for bin in part["bins"].as_array_mut().into_iter().flatten() {
            *bin = json!({"shelf": bin["shelf"], "count": bin["count"]});
        }
        part
    };
    let before: Vec<Json> = parts.iter().cloned().map(kept).collect();
    for (format, rows) in [(Format::Json, true), (Format::Csv, false), (Format::Xlsx, false)] {
        let file = export(t, format).await;
        for part in t.find("shop.part", "true").await {
            t.delete("shop.part", &part).await.ok();
        }
        let report = import(t, &file, "", false, Uuid::now_v7()).await.expect("an import");
        assert_eq!(counts(&report), (2, 0, 0, 0), "{format:?}: {:?}", report.rejected);
        let after: Vec<Json> = t.find("shop.part", "true").await.into_iter().map(kept).collect();
        let without_rows = |parts: &[Json]| {
            let bare = |part: &Json| {
                let mut part = part.clone();
                part["bins"] = Json::Null;
                part
            };
            parts.iter().map(bare).collect::<Vec<_>>()
        };
        if rows { assert_eq!(after, before) } else { assert_eq!(without_rows(&after), without_rows(&before)) }
    }
}

#[nexus_testkit::test]
async fn no_cell_of_an_export_is_a_formula(t: &Tenant) {
    stocked(t).await;
    let text = String::from_utf8(export(t, Format::Csv).await).expect("text");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let cells: Vec<String> =
        reader.records().flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    for cell in &cells {
        let number = cell.trim_start_matches('-').chars().all(|c| c.is_ascii_digit() || " .,+".contains(c));
        assert!(number || !cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }
    assert!(cells.contains(&"'=1+2".to_owned()) && cells.contains(&"'@bolt, \"M6\"".to_owned()), "{cells:?}");
}
