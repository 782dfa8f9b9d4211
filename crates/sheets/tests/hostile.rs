//! Workbooks that somebody made to hurt, or that were damaged: refused in words, in bounded memory, and never a panic.

use std::io::{Cursor, Write};

use nexus_kernel::sheets::{Cells, Sheets};
use nexus_sheets::Engine;
use proptest::prelude::*;
use serde_json::json;
use zip::write::SimpleFileOptions;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRINGS: &str = "xl/sharedStrings.xml";
const SHEET: &str = "xl/worksheets/sheet1.xml";

/// A workbook of one sheet; parts that are given take the place of its own.
fn workbook(given: &[(&str, &str)]) -> Vec<u8> {
    let package = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let sheets = format!(
        "<workbook xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"Prices\" sheetId=\"1\" r:id=\"b\"/></sheets></workbook>"
    );
    let within = format!(
        "<Relationships><Relationship Id=\"b\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let own = [
        ("_rels/.rels", package.as_str()),
        ("xl/workbook.xml", &sheets),
        ("xl/_rels/workbook.xml.rels", &within),
        (STRINGS, "<sst count=\"2\" uniqueCount=\"2\"><si><t>code</t></si><si><t>name</t></si></sst>"),
        (
            SHEET,
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>\
            <row r=\"2\"><c r=\"A2\"><v>1.5</v></c><c r=\"B2\" t=\"b\"><v>1</v></c></row></sheetData></worksheet>",
        ),
    ];
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let kept = own.iter().filter(|(name, _)| !given.iter().any(|(other, _)| other.eq_ignore_ascii_case(name)));
    for (name, text) in kept.chain(given) {
        file.start_file(*name, SimpleFileOptions::default()).expect("a part");
        file.write_all(text.as_bytes()).expect("written");
    }
    file.finish().expect("a file").into_inner()
}

fn read(content: Vec<u8>) -> Result<Vec<Cells>, String> {
    Engine.read(content, None)?.rows.collect()
}

fn refused(given: &[(&str, &str)], why: &str) {
    let told = read(workbook(given)).expect_err(why);
    assert!(told.contains(why), "{told}");
}

#[test]
fn a_sound_workbook_is_read() {
    let rows = read(workbook(&[])).expect("rows");
    assert_eq!(rows, [vec![json!("code"), json!("name")], vec![json!(1.5), json!(true)]]);
}

#[test]
fn a_workbook_that_announces_more_texts_than_could_be_held_is_refused_before_there_is_room_for_them() {
    for name in [STRINGS, "xl/SHAREDSTRINGS.XML"] {
        for tag in ["sst uniqueCount=\"99999999999999\"", "x:sst a='' uniqueCount='10000001'"] {
            let texts = format!("<!-- a --><{tag}><si><t>code</t></si></{}>", tag.split(' ').next().expect("a name"));
            refused(&[(name, &texts)], "announces more than 10000000 texts");
        }
    }
}

#[test]
fn no_text_tag_or_row_is_held_that_is_too_long() {
    let long = "x".repeat(5 << 20);
    let row = |cells: &str| format!("<worksheet><sheetData><row r=\"1\">{cells}</row></sheetData></worksheet>");
    let text = row(&format!("<c r=\"A1\" t=\"inlineStr\"><is><t>{long}</t></is></c>"));
    refused(&[(SHEET, &text)], "xl/worksheets/sheet1.xml cannot be read: a tag or a text in it has more than");
    refused(&[(SHEET, &row(&format!("<c r=\"A1\" x=\"{long}\"/>")))], "a tag or a text in it has more than");
    // Each of 40 cells names the same text of 32,000 letters.
    let texts = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(32_000));
    let cells: String = (0..40).map(|_| "<c t=\"s\"><v>0</v></c>").collect();
    refused(&[(STRINGS, &texts), (SHEET, &row(&cells))], "row 1: it is longer than 1048576 bytes");
    let far = row("<c r=\"XFD1\"><v>1</v></c>");
    refused(&[(SHEET, &far)], "row 1: there are more than 500 columns");
    let sound = far.replace("<v>1</v>", "").replace("<sheetData>", "<dimension ref=\"A1:XFD1048576\"/><sheetData>");
    assert_eq!(read(workbook(&[(SHEET, &sound)])), Ok(Vec::new()), "what a sheet says of its size is nothing");
}

#[test]
fn parts_that_unpack_to_too_much_or_list_too_much_are_refused() {
    let zeros = "\0".repeat((64 << 20) + 1);
    refused(
        &[("xl/media/image1.png", &zeros)],
        "xl/media/image1.png cannot be read: unpacked it has more than 67108864",
    );
    let sheets = "<sheet/>".repeat(200_001);
    refused(&[("xl/workbook.xml", &format!("<workbook>{sheets}</workbook>"))], "lists more than 200000");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_workbook_is_read_or_refused(changes in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..8)) {
        let mut content = workbook(&[]);
        for (at, byte) in changes {
            let at = usize::from(at) % content.len();
            content[at] = byte;
        }
        if let Err(why) = read(content) {
            prop_assert!(!why.is_empty());
        }
    }
}
