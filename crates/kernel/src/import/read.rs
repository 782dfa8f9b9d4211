//! Rows of a file, read one by one in bounded memory, whatever form it has.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Map, Value as Json};

use super::format::{FileFormat, Form, common};
use super::{REASON, bad};
use crate::sheets::{SheetRows, Sheets, unguarded};
use crate::{Kind, Problem, Result};

/// Columns that a file may have.
const COLUMNS_MAX: usize = 500;
/// Bytes that a row may have.
const ROW_MAX: usize = 1 << 20;
/// Bytes that the form of a file is told by.
const SAMPLE: usize = 256 << 10;
/// Rows that are looked at before the first is taken.
const AHEAD: usize = 200;
/// Rows among which the headings are looked for.
const HEADING: usize = 10;
/// Bytes of a workbook, which is held in memory.
const WORKBOOK_MAX: usize = 64 << 20;

/// Rows of a file.
pub(super) struct Rows {
    reader: Reader,
    /// As it was made out and said.
    pub(super) format: FileFormat,
    /// Of a workbook.
    pub(super) sheets: Vec<String>,
    columns: Vec<String>,
    ahead: VecDeque<Vec<Json>>,
    /// Bytes that may still be read for the row at hand.
    room: Arc<AtomicUsize>,
}

enum Reader {
    Delimited(Box<csv::Reader<Source>>),
    /// Cells by their widths; divided by white space where there are none.
    Lines(BufReader<Source>, Vec<usize>),
    Json(BufReader<Source>),
    Sheet(SheetRows),
}

type Source = Bounded<Box<dyn Read + Send>>;

/// Ends with an error where a row is too long to be held.
struct Bounded<R> {
    inner: R,
    room: Arc<AtomicUsize>,
}

impl<R: Read> Read for Bounded<R> {
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

impl Rows {
    /// Opens a file; `known` tells whether a heading is one that the object knows.
    pub(super) fn open(
        mut file: Box<dyn Read + Send>,
        mut format: FileFormat,
        sheets: Option<&Arc<dyn Sheets>>,
        known: &dyn Fn(&str) -> bool,
    ) -> Result<Rows> {
        let mut sample = Vec::new();
        file.by_ref().take(SAMPLE as u64).read_to_end(&mut sample).map_err(unread)?;
        let whole = sample.len() < SAMPLE;
        format.detect(&sample, whole)?;
        let room = Arc::new(AtomicUsize::new(SAMPLE + ROW_MAX));
        let file: Box<dyn Read + Send> = Box::new(Cursor::new(sample).chain(file));
        let mut names = Vec::new();
        let reader = if format.form == Some(Form::Xlsx) {
            let (reader, found) = workbook(file, &format, sheets)?;
            names = found;
            reader
        } else {
            text(file, &format, &room)?
        };
        let (columns, ahead) = (Vec::new(), VecDeque::new());
        let mut rows = Rows { reader, format, sheets: names, columns, ahead, room };
        while rows.ahead.len() < AHEAD
            && let Some(row) = rows.read()?
        {
            rows.ahead.push_back(row);
        }
        rows.name_columns(known)?;
        Ok(rows)
    }

    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The first rows, which are still to be taken.
    pub(super) fn sample(&self) -> impl Iterator<Item = &Vec<Json>> {
        self.ahead.iter()
    }

    fn name_columns(&mut self, known: &dyn Fn(&str) -> bool) -> Result<()> {
        self.columns.clone_from(&self.format.columns);
        if let Reader::Json(_) = self.reader {
            // A row carries its own names; those of the first rows are the columns.
            for name in self.ahead.iter().filter_map(|row| row.first()?.as_object()).flat_map(Map::keys) {
                if !self.columns.contains(name) {
                    self.columns.push(name.clone());
                }
            }
        } else if self.columns.is_empty() {
            let heading = self.format.heading.unwrap_or_else(|| self.heading(known));
            self.format.heading = Some(heading);
            if heading == 0 {
                let width = self.ahead.iter().map(Vec::len).max().unwrap_or_default();
                self.columns = (1..=width).map(|at| format!("column_{at}")).collect();
            } else {
                let row = self.ahead.drain(..heading.min(self.ahead.len())).next_back().unwrap_or_default();
                self.columns = row.iter().map(|cell| text_of(cell).trim().to_owned()).collect();
            }
        }
        while self.columns.last().is_some_and(String::is_empty) {
            self.columns.pop();
        }
        if self.columns.is_empty() || self.columns.len() > COLUMNS_MAX {
            return Err(bad(format!("a file has from 1 to {COLUMNS_MAX} columns")));
        }
        let twice = self.columns.iter().enumerate().find(|(at, name)| self.columns[..*at].contains(name));
        match twice.filter(|(_, name)| !name.is_empty()) {
            Some((_, name)) => Err(bad(format!("the file has two columns {name}; name them apart"))),
            None => Ok(()),
        }
    }

    /// The row that has the headings, counted from 1: the first that is as wide as most and holds words alone.
    fn heading(&self, known: &dyn Fn(&str) -> bool) -> usize {
        let filled = |row: &[Json]| row.iter().filter(|cell| !text_of(cell).trim().is_empty()).count();
        let widths: Vec<usize> = self.ahead.iter().map(|row| filled(row)).collect();
        let width = common(&widths).min(widths.iter().copied().max().unwrap_or_default());
        let mut first = None;
        for (at, row) in self.ahead.iter().take(HEADING).enumerate() {
            let cells: Vec<String> = row.iter().map(text_of).collect();
            if cells.iter().any(|cell| known(cell.trim())) {
                return at + 1;
            }
            let word =
                |cell: &String| !cell.trim().is_empty() && !cell.trim().starts_with(|c: char| c.is_ascii_digit());
            if first.is_none() && filled(row) >= width {
                first = Some(if cells.iter().all(word) { at + 1 } else { 0 });
            }
        }
        first.unwrap_or(1)
    }

    /// The next row that is not blank.
    fn read(&mut self) -> Result<Option<Vec<Json>>> {
        loop {
            self.room.fetch_max(SAMPLE + ROW_MAX, Ordering::Relaxed);
            let row = match &mut self.reader {
                Reader::Sheet(rows) => rows.next().transpose().map_err(unread)?,
                Reader::Delimited(reader) => delimited(reader)?,
                Reader::Lines(input, widths) => line(input)?.map(|line| cut(&line, widths)),
                Reader::Json(input) => match line(input)? {
                    Some(text) if text.trim().is_empty() => Some(Vec::new()),
                    Some(text) => Some(vec![serde_json::from_str(&text).map_err(|error| {
                        bad(format!("a line is not JSON: {error}: {}", text.chars().take(80).collect::<String>()))
                    })?]),
                    None => None,
                },
            };
            match row {
                Some(row) if row.iter().all(|cell| text_of(cell).trim().is_empty()) => {}
                row => return Ok(row),
            }
        }
    }

    /// The next rows, at most `most`, by their columns' names.
    pub(super) fn take(&mut self, most: usize) -> Result<Vec<Map<String, Json>>> {
        let mut rows = Vec::with_capacity(most);
        while rows.len() < most {
            let row = match self.ahead.pop_front() {
                Some(row) => Some(row),
                None => self.read()?,
            };
            let Some(row) = row else { break };
            rows.push(self.named(row));
        }
        Ok(rows)
    }

    /// Leaves out the rows that were dealt with before.
    pub(super) fn skip(&mut self, count: u64) -> Result<()> {
        for _ in 0..count {
            if self.ahead.pop_front().is_none() && self.read()?.is_none() {
                return Err(bad("the file has fewer rows than were imported of it; go on with the same file"));
            }
        }
        Ok(())
    }

    /// A row by its columns' names.
    pub(super) fn named(&self, row: Vec<Json>) -> Map<String, Json> {
        if let (Reader::Json(_), [Json::Object(_)]) = (&self.reader, row.as_slice()) {
            let Some(Json::Object(row)) = row.into_iter().next() else { return Map::new() };
            return row.into_iter().filter(|(name, _)| name != REASON || self.columns.contains(name)).collect();
        }
        let trimmed = row.into_iter().map(|cell| match cell {
            Json::String(text) => text.trim().into(),
            other => other,
        });
        // A row that ends early has nothing in the columns that it lacks.
        let trimmed = trimmed.chain(std::iter::repeat(Json::Null));
        self.columns.iter().cloned().zip(trimmed).filter(|(name, _)| !name.is_empty()).collect()
    }
}

/// A cell as text.
pub(super) fn text_of(cell: &Json) -> String {
    match cell {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn workbook(
    file: Box<dyn Read + Send>,
    format: &FileFormat,
    sheets: Option<&Arc<dyn Sheets>>,
) -> Result<(Reader, Vec<String>)> {
    let none = || bad("workbooks are not read here; save the sheet as CSV and send that");
    let engine = sheets.ok_or_else(none)?;
    let mut content = Vec::new();
    file.take(WORKBOOK_MAX as u64 + 1).read_to_end(&mut content).map_err(unread)?;
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
    let inner: Box<dyn Read + Send> = Box::new(decoder.build(file));
    let source = Bounded { inner, room: Arc::clone(room) };
    Ok(match (format.form, format.delimiter.as_deref()) {
        (Some(Form::JsonLines), _) => Reader::Json(BufReader::new(source)),
        (Some(Form::Fixed), _) => {
            if format.widths.is_empty() || format.widths.contains(&0) {
                return Err(bad("columns of a fixed width need `widths`, such as [10, 30, 12]"));
            }
            Reader::Lines(BufReader::new(source), format.widths.clone())
        }
        (_, Some("whitespace")) => Reader::Lines(BufReader::new(source), Vec::new()),
        (_, delimiter) => {
            let delimiter = match delimiter {
                None => b',',
                Some("tab") => b'\t',
                Some(one) if one.len() == 1 => one.as_bytes()[0],
                Some(other) => {
                    return Err(bad(format!("the delimiter is one character, tab or whitespace, not `{other}`")));
                }
            };
            let quote = format.quote_byte()?;
            let mut builder = csv::ReaderBuilder::new();
            builder.delimiter(delimiter).has_headers(false).flexible(true);
            builder.quoting(quote.is_some()).quote(quote.unwrap_or(b'"'));
            Reader::Delimited(Box::new(builder.from_reader(source)))
        }
    })
}

fn delimited(reader: &mut csv::Reader<Source>) -> Result<Option<Vec<Json>>> {
    let mut record = csv::ByteRecord::new();
    if !reader.read_byte_record(&mut record).map_err(unread)? {
        return Ok(None);
    }
    if record.as_slice().len() > ROW_MAX {
        return Err(bad(format!("a row is longer than {ROW_MAX} bytes")));
    }
    let line = record.position().map_or(0, csv::Position::line);
    let cells = record.iter().map(|cell| std::str::from_utf8(cell).map(|cell| unguarded(cell).into()));
    let cells = cells.collect::<std::result::Result<Vec<_>, _>>();
    let not_text = || bad(format!("line {line} is not UTF-8; say the file's `encoding`, or save it as UTF-8"));
    cells.map(Some).map_err(|_| not_text())
}

fn line(input: &mut impl BufRead) -> Result<Option<String>> {
    let mut bytes = Vec::new();
    if input.read_until(b'\n', &mut bytes).map_err(unread)? == 0 {
        return Ok(None);
    }
    if bytes.len() > ROW_MAX {
        return Err(bad(format!("a row is longer than {ROW_MAX} bytes")));
    }
    let text = String::from_utf8(bytes);
    let mut text = text.map_err(|_| bad("a line is not UTF-8; say the file's `encoding`, or save it as UTF-8"))?;
    text.truncate(text.trim_end_matches(['\r', '\n']).len());
    Ok(Some(text))
}

/// Divides a line; the last column has what is left of it.
fn cut(line: &str, widths: &[usize]) -> Vec<Json> {
    let Some((_, widths)) = widths.split_last() else { return line.split_whitespace().map(Json::from).collect() };
    let mut rest = line;
    let mut cells = Vec::with_capacity(widths.len() + 1);
    for width in widths {
        let end = rest.char_indices().nth(*width).map_or(rest.len(), |(at, _)| at);
        let (cell, after) = rest.split_at(end);
        cells.push(cell.trim().into());
        rest = after;
    }
    cells.push(rest.trim().into());
    cells
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Found = (Vec<String>, Vec<Map<String, Json>>);

    fn rows(content: &[u8], format: FileFormat) -> Result<Found> {
        let mut rows = Rows::open(Box::new(Cursor::new(content.to_vec())), format, None, &|_| false)?;
        let mut all = Vec::new();
        loop {
            let some = rows.take(100)?;
            if some.is_empty() {
                return Ok((rows.columns.clone(), all));
            }
            all.extend(some);
        }
    }

    #[test]
    fn titles_above_the_headings_are_left_out() {
        let (columns, rows) =
            rows(b"Customers 2026;;\n\nName;City;Since\nAda;London;2024\n", FileFormat::default()).expect("rows");
        assert_eq!(columns, ["Name", "City", "Since"]);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0]["City"], "London");
    }

    #[test]
    fn rows_of_fixed_width_and_of_another_encoding_are_read() {
        let format = FileFormat { widths: vec![4, 6, 5], ..FileFormat::default() };
        let (_, found) = rows(b"codename  count\nA1  J\xfcrgen12\n", format).expect("rows");
        assert_eq!((&found[0]["name"], &found[0]["count"]), (&"Jürgen".into(), &"12".into()));
    }

    #[test]
    fn a_row_without_end_is_refused_and_not_held() {
        let mut content = b"a,b\n\"".to_vec();
        content.resize(4 << 20, b'x');
        let problem = rows(&content, FileFormat::default()).expect_err("it is refused");
        assert!(problem.detail.contains("a row is longer than"), "{problem}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn whatever_the_bytes_are_nothing_panics(content in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _ = rows(&content, FileFormat::default());
            let _ = rows(&content, FileFormat { widths: vec![3, 5], ..FileFormat::default() });
            let _ = rows(&[b"{".as_slice(), &content].concat(), FileFormat::default());
        }
    }
}
