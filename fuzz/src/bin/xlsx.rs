//! Any bytes as a workbook, or as the parts of one, each after a zero byte: made-up bytes alone would seldom be an archive.
#![no_main]

use std::io::{Cursor, Write};
use std::sync::Once;

use libfuzzer_sys::fuzz_target;
use nexus_kernel::{FileFormat, Form};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Parts that are not given are sound.
fn workbook(given: &[u8]) -> Vec<u8> {
    let own = [
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>".to_owned()),
        ("xl/sharedStrings.xml", "<sst uniqueCount=\"2\"><si><t>code</t></si><si><t>name</t></si></sst>".to_owned()),
        ("xl/styles.xml", "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/></numFmts><cellXfs><xf numFmtId=\"164\"/></cellXfs></styleSheet>".to_owned()),
        ("xl/workbook.xml", format!("<workbook xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"b\"/></sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships><Relationship Id=\"b\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>")),
        ("_rels/.rels", format!("<Relationships><Relationship Id=\"a\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")),
    ];
    let mut given = given.split(|byte| *byte == 0);
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in &own {
        let part = given.next().filter(|part| !part.is_empty()).unwrap_or(text.as_bytes());
        file.start_file(*name, options).expect("a part");
        file.write_all(part).expect("it is written to memory");
    }
    file.finish().expect("it is written to memory").into_inner()
}

static QUIET: Once = Once::new();

fuzz_target!(|data: &[u8]| {
    QUIET.call_once(|| {
        // The engine's thread may find the workbook damaged by a panic, which it catches.
        let end = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if std::thread::current().name() != Some("sheet") {
                end(info);
            }
        }));
    });
    let format = FileFormat { form: Some(Form::Xlsx), ..FileFormat::default() };
    if data.starts_with(b"PK") {
        nexus_fuzz::import(format, data);
    } else {
        nexus_fuzz::import(format, &workbook(data));
    }
});
