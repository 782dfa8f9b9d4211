//! Numbers are read as they are written, or refused; what a file types as numbers is read by no convention of texts.

use nexus_kernel::model::Uuid;
use nexus_kernel::sheets::{CellKind, SheetColumn, SheetForm, Sheets};
use nexus_testkit::Tenant;
use serde_json::{Value as Json, json};

use crate::shop::{apps, counts, import, import_as};

async fn weights(t: &Tenant) -> Vec<Json> {
    t.find("shop.part", "true").await.into_iter().map(|part| part["weight"].clone()).collect()
}

#[nexus_testkit::test]
async fn a_wrongly_grouped_number_is_refused_and_not_made_another(t: &Tenant) {
    let file = b"code,name,weight,stock\nA,a,\"1,234.5\",\"12,000\"\nB,b,\"1,23,4\",1\nC,c,\"1,5\",2\nD,d,3,\"1,2\"\n";
    let asked = import(t, file, "", false, Uuid::now_v7()).await.expect_err("some have a point and some a comma");
    assert!(
        asked.errors[0].message.contains("1,234.5 has its decimals after a point and 1,5 after a comma"),
        "{asked}"
    );
    let said = "[file]\ndecimal = \".\"";
    let report = import(t, file, said, false, Uuid::now_v7()).await.expect("an import");
    assert_eq!((counts(&report), report.file.decimal.as_deref()), ((1, 0, 0, 3), Some(".")));
    let told: Vec<String> =
        report.rejected.iter().map(|row| format!("{} {}", row.errors[0].field, row.errors[0].message)).collect();
    let why = "is no number with decimals after a point and thousands in groups of three:";
    assert_eq!(told, [format!("weight {why} 1,23,4"), format!("weight {why} 1,5"), format!("stock {why} 1,2")]);
    assert_eq!(weights(t).await, [json!("1234.5")]);
}

#[nexus_testkit::test]
async fn a_number_after_rows_that_prove_nothing_has_to_tell_its_decimals_itself(t: &Tenant) {
    let mut file = "code,name,weight\n".to_owned();
    for row in 0..200 {
        file.push_str(&format!("A{row:03},a,{row}\n"));
    }
    file.push_str("B1,b,\"0,5\"\nB2,b,\"1,234\"\n");
    let report = import(t, file.as_bytes(), "", false, Uuid::now_v7()).await.expect("an import");
    assert_eq!((counts(&report), report.file.decimal.as_deref()), ((201, 0, 0, 1), None));
    let why = &report.rejected[0].errors[0].message;
    assert!(why.starts_with("1,234 may be a thousand and more or have three decimals"), "{why}");
    let half = t.find("shop.part", "code == 'B1'").await;
    assert_eq!(half[0]["weight"], json!("0.5"));
}

#[nexus_testkit::test]
async fn a_number_that_a_workbook_or_json_has_as_one_stays_what_it_is(t: &Tenant) {
    let column = |name: &str, kind| SheetColumn { name: name.to_owned(), kind };
    let columns = [
        column("code", CellKind::Text),
        column("name", CellKind::Text),
        column("weight", CellKind::Decimal(6)),
        column("price", CellKind::Decimal(4)),
        column("notes", CellKind::Text),
    ];
    let mut book = nexus_testkit::Engine.write(SheetForm::Xlsx, &columns, Some("Prices")).expect("a workbook");
    book.row(&[json!("A"), json!("a"), json!("1.5"), json!("2.125"), json!("1,75")]).expect("a row");
    let book = book.finish().expect("a file");
    // The mapping says that texts have their decimals after a comma, as the notes do.
    let mapping = "key = \"code\"\n[file]\ndecimal = \",\"\nsheet = \"Prices\"\n";
    let report = import_as(t, "parts.xlsx", &book, mapping, Uuid::now_v7()).await.expect("an import");
    assert_eq!(counts(&report), (1, 0, 0, 0), "{:?}", report.rejected);
    let lines =
        b"{\"code\": \"B\", \"name\": \"b\", \"weight\": 1.5, \"price\": {\"amount\": 2.125, \"currency\": \"EUR\"}}\n\
        {\"code\": \"C\", \"name\": \"c\", \"weight\": 0.000001}\n";
    let report = import_as(t, "parts.jsonl", lines, mapping, Uuid::now_v7()).await.expect("an import");
    assert_eq!(counts(&report), (2, 0, 0, 0), "{:?}", report.rejected);
    assert_eq!(weights(t).await, [json!("1.5"), json!("1.5"), json!("0.000001")]);
    let prices = t.find("shop.part", "price != null").await;
    assert!(prices.iter().all(|part| part["price"]["amount"] == "2.125"), "{prices:?}");
}

#[nexus_testkit::test]
async fn a_decimal_that_json_has_as_a_text_is_written_as_json_writes_numbers(t: &Tenant) {
    let lines = b"{\"code\": \"A\", \"name\": \"a\", \"weight\": \"1.234\"}\n";
    let report = import_as(t, "parts.jsonl", lines, "", Uuid::now_v7()).await.expect("nothing is asked");
    assert_eq!((counts(&report), weights(t).await), ((1, 0, 0, 0), vec![json!("1.234")]));
}

#[nexus_testkit::test]
async fn what_a_line_of_json_does_not_name_is_left_empty(t: &Tenant) {
    let lines = b"{\"code\": \"A\", \"name\": \"a\", \"notes\": \"n\"}\n{\"code\": \"B\", \"name\": \"b\"}\n";
    let report = import_as(t, "parts.jsonl", lines, "", Uuid::now_v7()).await.expect("an import");
    assert_eq!(counts(&report), (2, 0, 0, 0), "{:?}", report.rejected);
    let notes: Vec<Json> = t.find("shop.part", "true").await.into_iter().map(|part| part["notes"].clone()).collect();
    assert_eq!(notes, [json!("n"), Json::Null]);
}
