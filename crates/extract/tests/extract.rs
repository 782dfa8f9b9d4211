//! What is read in documents and pictures, and what is made of broken ones.

use std::io::{Cursor, Write};

use image::{ImageFormat, Rgba, RgbaImage};
use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};
use nexus_extract::{measures, text, thumbnail};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const MAX: usize = 10_000;

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("done");
        archive.write_all(text.as_bytes()).expect("done");
    }
    archive.finish().expect("done").into_inner()
}

fn word() -> Vec<u8> {
    archive(&[(
        "word/document.xml",
        "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>Nuts &amp; bolts</w:t></w:r></w:p>\
         <w:p><w:r><w:t>caf</w:t></w:r><w:r><w:t>&#233;</w:t></w:r></w:p><w:sectPr>hidden</w:sectPr></w:body></w:document>",
    )])
}

fn excel() -> Vec<u8> {
    archive(&[
        ("xl/sharedStrings.xml", "<sst><si><t>Quantity</t></si><si><t>Price</t></si></sst>"),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><c t='s'><v>0</v></c><c t='inlineStr'><is><t>in the cell</t></is></c></worksheet>",
        ),
    ])
}

fn pdf(words: &str) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier" });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let operation = |name: &str, operands: Vec<Object>| Operation::new(name, operands);
    let shown = Content {
        operations: vec![
            operation("BT", vec![]),
            operation("Tf", vec!["F1".into(), 12.into()]),
            operation("Tj", vec![Object::string_literal(words)]),
            operation("ET", vec![]),
        ],
    };
    let content = document.add_object(Stream::new(dictionary! {}, shown.encode().expect("done")));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()]
    });
    let all = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(all));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    document.compress();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("done");
    bytes
}

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let image = RgbaImage::from_fn(width, height, |x, y| Rgba([(x % 256) as u8, (y % 256) as u8, 7, 255]));
    let mut bytes = Cursor::new(Vec::new());
    let image = image::DynamicImage::ImageRgba8(image);
    if format == ImageFormat::Jpeg {
        image::DynamicImage::ImageRgb8(image.to_rgb8()).write_to(&mut bytes, format)
    } else {
        image.write_to(&mut bytes, format)
    }
    .expect("done");
    bytes.into_inner()
}

#[test]
fn text_is_read_in_plain_files_documents_workbooks_and_pdf() {
    let check = |kind: &str, content: &[u8], expect: Option<&str>| {
        assert_eq!(text(kind, content, MAX).as_deref().map(str::trim), expect, "{kind}");
    };
    check("text/csv", b"a,b\n1,2", Some("a,b\n1,2"));
    check("text/plain", b"caf\xe9\0!", Some("caf\u{fffd}!"));
    check(WORD, &word(), Some("Nuts & bolts\ncafé"));
    check(EXCEL, &excel(), Some("Quantity\nPrice\n\nin the cell"));
    check("application/pdf", &pdf("The quarterly figures"), Some("The quarterly figures"));
    check("text/html", b"<p>no</p>", None);
    check("image/png", b"no", None);
}

#[test]
fn a_text_ends_at_its_bound_and_between_letters() {
    assert_eq!(text("text/plain", "aé".as_bytes(), 2).as_deref(), Some("a"));
    assert_eq!(text(WORD, &word(), 7).as_deref(), Some("Nuts & "));
    // A hundred megabytes of one letter fit in a hundred kilobytes.
    let long = "x".repeat(100 << 20);
    let bomb = archive(&[("word/document.xml", &format!("<w:t>{long}</w:t>"))]);
    assert!(bomb.len() < 200_000);
    assert!(text(WORD, &bomb, MAX).is_none_or(|text| text.len() <= MAX));
}

#[test]
fn a_picture_has_its_measures_and_a_small_one_of_its_shape() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
        let large = picture(300, 150, format);
        assert_eq!(measures(&large), Some((300, 150)), "{format:?}");
        let small = thumbnail(&large, 64).expect("done");
        assert_eq!(measures(&small), Some((64, 32)), "{format:?}");
        assert!(small.starts_with(b"\x89PNG"));
    }
    // One that is small is not made larger.
    let tiny = thumbnail(&picture(10, 20, ImageFormat::Png), 64).expect("done");
    assert_eq!(measures(&tiny), Some((10, 20)));
    assert_eq!(thumbnail(b"no picture", 64), None);
}

#[test]
fn a_picture_that_says_it_is_enormous_is_left_alone() {
    let mut bytes = picture(4, 4, ImageFormat::Png);
    // Width and height stand behind the signature and the name of the first chunk; its checksum behind them.
    bytes[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    bytes[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    assert_eq!(thumbnail(&bytes, 64), None);
}

#[test]
fn whatever_is_broken_is_read_without_a_panic() {
    let samples = [
        ("application/pdf", pdf("The quarterly figures")),
        (WORD, word()),
        (EXCEL, excel()),
        ("image/png", picture(40, 40, ImageFormat::Png)),
        ("image/jpeg", picture(40, 40, ImageFormat::Jpeg)),
        ("image/gif", picture(40, 40, ImageFormat::Gif)),
        ("image/webp", picture(40, 40, ImageFormat::WebP)),
    ];
    let mut state = 1_u64;
    for (kind, sample) in samples {
        for cut in (0..sample.len()).step_by(sample.len() / 50 + 1) {
            text(kind, &sample[..cut], MAX);
            thumbnail(&sample[..cut], 32);
        }
        for _ in 0..200 {
            let mut broken = sample.clone();
            for _ in 0..4 {
                // Knuth's multiplier (The Art of Computer Programming, volume 2, 3.3.4).
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = (state >> 33) as usize % broken.len();
                broken[at] = (state >> 20) as u8;
            }
            assert!(text(kind, &broken, MAX).is_none_or(|text| text.len() <= MAX));
            assert!(thumbnail(&broken, 32).is_none_or(|small| measures(&small).is_some()));
        }
    }
}
