//! Rows that were refused come back as a file like the one they are from, to be mended and sent again as it was.

use nexus_kernel::model::Uuid;
use nexus_kernel::sheets::{CellKind, SheetColumn, SheetForm, Sheets};
use nexus_testkit::Tenant;
use serde_json::json;

use crate::shop::{apps, counts, import, import_as, rejects};

#[nexus_testkit::test]
async fn refused_rows_keep_delimiter_and_encoding_and_come_back_under_the_same_mapping(t: &Tenant) {
    // What the file is, how it is told, and what its refused row is then.
    let german = b"Parts of 2026\n\ncode;name;stock\nA;Schl\xfcssel;viele\n";
    let fixed = "code name     stock\nB    K\u{f6}cher   many \nC    Nail     3    \n";
    let tabs = "code\tname\tstock\nD\t\"a \"\"tab\"\"\"\tmany\n";
    let wide: Vec<u8> = "\u{feff}code;name;stock\nE;\u{17e};x\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bare = "F;Bolt;many\nG;Nut;4\n";
    for (name, file, mapping, expect) in [
        (
            "a.csv",
            german.to_vec(),
            "[file]\nencoding = \"windows-1252\"\nheading = 2",
            "code;name;stock;import_error\nA;Schl\u{fc}ssel;viele;",
        ),
        (
            "b.txt",
            fixed.as_bytes().to_vec(),
            "[file]\nform = \"fixed\"\nwidths = [5, 9, 5]",
            "code\tname\tstock\timport_error\nB\tK\u{f6}cher\tmany\t",
        ),
        ("d.tsv", tabs.as_bytes().to_vec(), "", "code\tname\tstock\timport_error\nD\t\"a \"\"tab\"\"\"\tmany\t"),
        ("e.csv", wide, "[file]\nencoding = \"utf-16le\"", "\u{feff}code;name;stock;import_error\nE;\u{17e};x;"),
        (
            "f.csv",
            bare.as_bytes().to_vec(),
            "[file]\nheading = 0\n[map]\ncolumn_1 = \"code\"\ncolumn_2 = \"name\"\ncolumn_3 = \"stock\"",
            "column_1;column_2;column_3;import_error\nF;Bolt;many;",
        ),
    ] {
        let run = Uuid::now_v7();
        let report = import_as(t, name, &file, mapping, run).await.expect(name);
        assert_eq!(report.rejected_count, 1, "{name}: {:?}", report.rejected);
        let bytes = rejects(t, run).await;
        let encoding = if name == "a.csv" { encoding_rs::WINDOWS_1252 } else { encoding_rs::UTF_8 };
        let (text, ..) = encoding.decode_without_bom_handling(&bytes);
        assert!(text.starts_with(expect) && text.contains("stock is no number: "), "{name}: {text:?}");
        let mended = text.replacen("viele", "7", 1).replacen("many", "7", 1).replacen(";x;", ";7;", 1);
        let (mended, ..) = encoding.encode(&mended);
        let again = import_as(t, name, &mended, mapping, Uuid::now_v7()).await.expect(name);
        assert_eq!(counts(&again), (1, 0, 0, 0), "{name}: {:?}", again.rejected);
    }
    let names = t.find("shop.part", "stock == 7").await;
    let names: Vec<_> = names.iter().map(|part| part["name"].as_str().unwrap_or_default()).collect();
    assert_eq!(names, ["Schl\u{fc}ssel", "K\u{f6}cher", "a \"tab\"", "\u{17e}", "Bolt"]);
}

#[nexus_testkit::test]
async fn refused_rows_of_a_workbook_keep_its_sheet_and_its_numbers(t: &Tenant) {
    let column = |name: &str, kind| SheetColumn { name: name.to_owned(), kind };
    let columns =
        [column("code", CellKind::Text), column("weight", CellKind::Decimal(6)), column("stock", CellKind::Text)];
    let mut book = nexus_testkit::Engine.write(SheetForm::Xlsx, &columns, Some("Prices")).expect("a workbook");
    book.row(&[json!("A"), json!("1.234"), json!("many")]).expect("a row");
    let book = book.finish().expect("a file");
    let mapping = "[file]\nsheet = \"Prices\"\n[map]\ncode = \"code\"\n";
    let run = Uuid::now_v7();
    let report = import_as(t, "parts.xlsx", &book, mapping, run).await.expect("an import");
    assert_eq!(report.rejected_count, 1);
    let again = import_as(t, "parts.xlsx", &rejects(t, run).await, mapping, Uuid::now_v7()).await.expect("an import");
    let row = &again.rejected[0].data;
    assert_eq!((&row["code"], &row["weight"]), (&json!("A"), &json!(1.234)), "{row:?}");
}

#[nexus_testkit::test]
async fn reasons_are_bounded_and_a_row_that_is_too_long_to_be_kept_says_so(t: &Tenant) {
    let long = "n".repeat(70_000);
    let file = format!("code,name,stock,notes\nA,a,many,{long}\nB,b,{long},x\n");
    let run = Uuid::now_v7();
    let report = import(t, file.as_bytes(), "", false, run).await.expect("an import");
    assert_eq!(counts(&report), (0, 0, 0, 2));
    assert!(report.rejected.iter().flat_map(|row| &row.errors).all(|error| error.message.chars().count() <= 501));
    let text = String::from_utf8(rejects(t, run).await).expect("text");
    assert_eq!(text.lines().count(), 3);
    assert_eq!(text.matches("the row is too long to be kept: mend it in the file").count(), 2, "{text}");
}
