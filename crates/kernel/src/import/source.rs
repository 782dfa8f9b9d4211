//! Cells of a file, row by row, whatever form it has. No row is held that is longer or wider than one may be.

use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value as Json;

use super::bad;
use super::format::{FileFormat, Form};
use crate::sheets::{Cells, SheetRows, Sheets, unguarded};
use crate::{Kind, Problem, Result};

/// Columns that a file may have.
pub(super) const COLUMNS_MAX: usize = 500;
/// Bytes that a row may have.
const ROW_MAX: usize = 1 << 20;
/// Bytes that readers and decoders take ahead of the row at hand.
const BUFFERED: usize = 256 << 10;
/// Bytes of a workbook, which is held in memory.
const WORKBOOK_MAX: usize = 64 << 20;

/// What rows come from.
pub(super) struct Source {
    reader: Reader,
    /// Of a workbook.
    pub(super) sheets: Vec<String>,
    /// Bytes that may still be read for the row at hand.
    room: Arc<AtomicUsize>,
}

enum Reader {
    Delimited(Box<csv::Reader<Bounded>>),
    /// Cells by their widths; divided by white space where there are none.
    Lines(BufReader<Bounded>, Vec<usize>),
    Json(BufReader<Bounded>),
    Sheet(SheetRows),
}

/// Ends with an error where a row is too long to be held.
struct Bounded {
    inner: Box<dyn Read + Send>,
    room: Arc<AtomicUsize>,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let room = self.room.load(Ordering::Relaxed);
        if room == 0 {
            return Err(std::io::Error::other(format!("a row is longer than {ROW_MAX} bytes; is a quote missing?")));
        }
        let count = self.inner.read(buffer)?;
        self.room.store(room.saturating_sub(count), Ordering::Relaxed);
        Ok(count)
    }
}

fn unread(error: impl std::fmt::Display) -> Problem {
    Problem::field("file", "read", format!("cannot be read: {error}"))
}

/// A failure to read. One of the place that keeps the file stays what it is, so that it is tried again where it may pass.
pub(super) fn broken(error: std::io::Error) -> Problem {
    match error.downcast::<Problem>() {
        Ok(problem) => problem,
        Err(error) => unread(error),
    }
}

fn too_long() -> Problem {
    bad(format!("a row is longer than {ROW_MAX} bytes"))
}

impl Source {
    pub(super) fn open(
        file: Box<dyn Read + Send>,
        format: &FileFormat,
        engine: Option<&Arc<dyn Sheets>>,
    ) -> Result<Source> {
        let room = Arc::new(AtomicUsize::new(0));
        let (reader, sheets) = if format.form == Some(Form::Xlsx) {
            workbook(file, format, engine)?
        } else {
            (text(file, format, &room)?, Vec::new())
        };
        Ok(Source { reader, sheets, room })
    }

    /// The cells of the next row; of a row that carries its own names one cell, an object.
    pub(super) fn next(&mut self) -> Result<Option<Cells>> {
        self.room.fetch_max(BUFFERED + ROW_MAX, Ordering::Relaxed);
        match &mut self.reader {
            Reader::Sheet(rows) => rows.next().transpose().map_err(unread),
            Reader::Delimited(reader) => delimited(reader),
            Reader::Lines(input, widths) => line(input)?.map(|line| cut(&line, widths)).transpose(),
            Reader::Json(input) => line(input)?.map(|line| object(&line)).transpose(),
        }
    }
}

fn workbook(
    file: Box<dyn Read + Send>,
    format: &FileFormat,
    engine: Option<&Arc<dyn Sheets>>,
) -> Result<(Reader, Vec<String>)> {
    let none = || bad("workbooks are not read here; save the sheet as CSV and send that");
    let engine = engine.ok_or_else(none)?;
    let mut content = Vec::new();
    file.take(WORKBOOK_MAX as u64 + 1).read_to_end(&mut content).map_err(broken)?;
    if content.len() > WORKBOOK_MAX {
        let message =
            format!("a workbook has at most {WORKBOOK_MAX} bytes; save the sheet as CSV, which has no such limit");
        return Err(Problem::new(Kind::TooLarge, message));
    }
    let book = engine.read(content, format.sheet.as_deref()).map_err(unread)?;
    Ok((Reader::Sheet(book.rows), book.sheets))
}

fn text(file: Box<dyn Read + Send>, format: &FileFormat, room: &Arc<AtomicUsize>) -> Result<Reader> {
    let encoding = format.encoding.as_deref().and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let mut decoder = encoding_rs_io::DecodeReaderBytesBuilder::new();
    // UTF-8 is passed on as it is, so that what is none is refused and not mended; a mark at its beginning is cut off.
    decoder.bom_override(true).strip_bom(true).utf8_passthru(true);
    decoder.encoding(encoding.filter(|encoding| *encoding != encoding_rs::UTF_8));
    let input = Bounded { inner: Box::new(decoder.build(file)), room: Arc::clone(room) };
    Ok(match (format.form, format.delimiter.as_deref()) {
        (Some(Form::JsonLines), _) => Reader::Json(BufReader::new(input)),
        (Some(Form::Fixed), _) => {
            if format.widths.is_empty() || format.widths.contains(&0) || format.widths.len() > COLUMNS_MAX {
                return Err(bad(format!(
                    "columns of a fixed width need `widths`, such as [10, 30, 12], of at most {COLUMNS_MAX}"
                )));
            }
            Reader::Lines(BufReader::new(input), format.widths.clone())
        }
        (_, Some("whitespace")) => Reader::Lines(BufReader::new(input), Vec::new()),
        _ => {
            let quote = format.quote_byte()?;
            let mut builder = csv::ReaderBuilder::new();
            builder.delimiter(format.delimiter_byte()?).has_headers(false).flexible(true);
            builder.quoting(quote.is_some()).quote(quote.unwrap_or(b'"'));
            Reader::Delimited(Box::new(builder.from_reader(input)))
        }
    })
}

fn delimited(reader: &mut csv::Reader<Bounded>) -> Result<Option<Cells>> {
    let mut record = csv::ByteRecord::new();
    let read = reader.read_byte_record(&mut record).map_err(|error| match error.into_kind() {
        csv::ErrorKind::Io(error) => broken(error),
        other => unread(format!("{other:?}")),
    });
    if !read? {
        return Ok(None);
    }
    if record.as_slice().len() > ROW_MAX {
        return Err(too_long());
    }
    let line = record.position().map_or(0, csv::Position::line);
    let not_text = |_| bad(format!("line {line} is not UTF-8; say the file's `encoding`, or save it as UTF-8"));
    let cells = record.iter().map(|cell| std::str::from_utf8(cell).map(unguarded).map_err(not_text));
    row(cells).map(Some)
}

/// The cells of a row. What stands beyond the last column that a file may have is empty.
fn row<'a>(cells: impl Iterator<Item = Result<&'a str>>) -> Result<Cells> {
    let mut row = Cells::new();
    for (at, cell) in cells.enumerate() {
        match cell? {
            text if at < COLUMNS_MAX => row.push(text.into()),
            "" => {}
            _ => return Err(bad(format!("a row has more than {COLUMNS_MAX} columns"))),
        }
    }
    Ok(row)
}

fn line(input: &mut impl BufRead) -> Result<Option<String>> {
    let mut bytes = Vec::new();
    if input.read_until(b'\n', &mut bytes).map_err(broken)? == 0 {
        return Ok(None);
    }
    if bytes.len() > ROW_MAX {
        return Err(too_long());
    }
    let text = String::from_utf8(bytes);
    let mut text = text.map_err(|_| bad("a line is not UTF-8; say the file's `encoding`, or save it as UTF-8"))?;
    text.truncate(text.trim_end_matches(['\r', '\n']).len());
    Ok(Some(text))
}

/// Divides a line; the last column has what is left of it.
fn cut(line: &str, widths: &[usize]) -> Result<Cells> {
    let Some((_, widths)) = widths.split_last() else { return row(line.split_whitespace().map(Ok)) };
    let mut rest = line;
    let mut cells = Cells::with_capacity(widths.len() + 1);
    for width in widths {
        let end = rest.char_indices().nth(*width).map_or(rest.len(), |(at, _)| at);
        let (cell, after) = rest.split_at(end);
        cells.push(cell.trim().into());
        rest = after;
    }
    cells.push(rest.trim().into());
    Ok(cells)
}

fn object(line: &str) -> Result<Cells> {
    if line.trim().is_empty() {
        return Ok(Cells::new());
    }
    let shown = || line.chars().take(80).collect::<String>();
    let json: Json =
        serde_json::from_str(line).map_err(|error| bad(format!("a line is not JSON: {error}: {}", shown())))?;
    match json.as_object().map(serde_json::Map::len) {
        None => Err(bad(format!("a line is no JSON object: {}", shown()))),
        Some(0..=COLUMNS_MAX) => Ok(vec![json]),
        Some(count) => Err(bad(format!("a line has {count} names; a row has at most {COLUMNS_MAX}"))),
    }
}
