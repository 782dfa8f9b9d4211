//! The text of DOCX and XLSX (ECMA-376): archives of XML, of which only the elements with text are read.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::Gathered;

/// Bytes that a part of an archive may inflate to.
const PART_MAX: u64 = 64 << 20;
/// Sheets of a workbook that are read.
const SHEETS_MAX: usize = 100;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

pub(crate) fn read_word(content: &[u8], found: &mut Gathered) -> Option<()> {
    let mut archive = ZipArchive::new(Cursor::new(content)).ok()?;
    gather(&mut archive, "word/document.xml", "t", "p", found)
}

/// The texts that cells share, and those that stand in cells themselves.
pub(crate) fn read_excel(content: &[u8], found: &mut Gathered) -> Option<()> {
    let mut archive = ZipArchive::new(Cursor::new(content)).ok()?;
    let sheet = |name: &String| name.starts_with("xl/worksheets/") && name.ends_with(".xml");
    let names = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned()));
    let sheets: Vec<String> = names.filter(sheet).take(SHEETS_MAX).collect();
    let shared = gather(&mut archive, "xl/sharedStrings.xml", "t", "si", found);
    let mut inner = None;
    for sheet in &sheets {
        inner = inner.or(gather(&mut archive, sheet, "t", "c", found));
    }
    shared.or(inner)
}

/// The text in the elements `texts` of a part, with a line for each element `lines`.
fn gather(archive: &mut Archive<'_>, part: &str, texts: &str, lines: &str, found: &mut Gathered) -> Option<()> {
    let part = archive.by_name(part).ok()?.take(PART_MAX);
    let mut xml = Reader::from_reader(BufReader::new(part));
    let (mut buffer, mut inside) = (Vec::new(), false);
    loop {
        buffer.clear();
        let goes_on = match xml.read_event_into(&mut buffer).ok()? {
            Event::Start(element) if element.local_name().as_ref() == texts => {
                inside = true;
                true
            }
            Event::End(element) if element.local_name().as_ref() == texts => {
                inside = false;
                true
            }
            Event::End(element) if element.local_name().as_ref() == lines => found.add("\n"),
            Event::Text(text) if inside => found.add(&text.xml10_content()),
            Event::CData(text) if inside => found.add(&text.xml10_content()),
            Event::GeneralRef(reference) if inside => {
                let named = resolve_predefined_entity(&reference).map(str::to_owned);
                let letter = named.or_else(|| Some(reference.resolve_char_ref().ok()??.to_string()));
                found.add(&letter.unwrap_or_default())
            }
            Event::Eof => return Some(()),
            _ => true,
        };
        if !goes_on {
            return Some(());
        }
    }
}
