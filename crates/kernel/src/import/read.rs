//! Rows of a file by the names of its columns, read one by one in bounded memory.

use std::collections::VecDeque;
use std::io::{Cursor, Read};
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::format::{FileFormat, Form, common};
use super::source::{COLUMNS_MAX, Source, broken};
use super::{REASON, bad};
use crate::Result;
use crate::sheets::{Cells, Sheets};

/// Bytes that the form of a file is told by.
const SAMPLE: usize = 256 << 10;
/// Rows that are looked at before the first is taken.
const AHEAD: usize = 200;
/// Rows among which the headings are looked for.
const HEADING: usize = 10;
/// Letters of a heading.
const HEADING_MAX: usize = 200;
/// Bytes that rows which are held together take, but for the last of them.
const HELD_MAX: usize = 16 << 20;

/// Rows of a file.
pub struct Rows {
    source: Source,
    /// As it was made out and said.
    pub(super) format: FileFormat,
    columns: Vec<String>,
    ahead: VecDeque<Cells>,
    /// Whether the source has no more.
    ended: bool,
}

impl Rows {
    /// Opens a file; `known` tells whether a heading is one that the object knows.
    ///
    /// # Errors
    /// When the file cannot be read as its form says, or has no sound headings.
    pub fn open(
        mut file: Box<dyn Read + Send>,
        mut format: FileFormat,
        engine: Option<&Arc<dyn Sheets>>,
        known: &dyn Fn(&str) -> bool,
    ) -> Result<Rows> {
        let mut sample = Vec::new();
        file.by_ref().take(SAMPLE as u64).read_to_end(&mut sample).map_err(broken)?;
        let whole = sample.len() < SAMPLE;
        format.detect(&sample, whole)?;
        let source = Source::open(Box::new(Cursor::new(sample).chain(file)), &format, engine)?;
        let mut rows = Rows { source, format, columns: Vec::new(), ahead: VecDeque::new(), ended: false };
        let mut held = 0;
        while rows.ahead.len() < AHEAD
            && held < HELD_MAX
            && let Some(row) = rows.read()?
        {
            held += row.iter().map(weight).sum::<usize>();
            rows.ahead.push_back(row);
        }
        rows.name_columns(known)?;
        Ok(rows)
    }

    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The names of a workbook's sheets.
    pub(super) fn sheets(&self) -> &[String] {
        &self.source.sheets
    }

    /// The first rows, which are still to be taken.
    pub(super) fn sample(&self) -> impl Iterator<Item = &Cells> {
        self.ahead.iter()
    }

    /// Whether each row carries its own names.
    fn by_name(&self) -> bool {
        self.format.form == Some(Form::JsonLines)
    }

    fn name_columns(&mut self, known: &dyn Fn(&str) -> bool) -> Result<()> {
        self.columns.clone_from(&self.format.columns);
        // Rows that were refused come back with headings above them, whatever the file had that they are from.
        let refused = self.ahead.front().is_some_and(|row| row.iter().any(|cell| text_of(cell).trim() == REASON));
        if self.by_name() {
            // Those of the first rows are the columns.
            for name in self.ahead.iter().filter_map(|row| row.first()?.as_object()).flat_map(Map::keys) {
                if self.columns.len() <= COLUMNS_MAX && !self.columns.contains(name) {
                    self.columns.push(name.clone());
                }
            }
        } else if self.columns.is_empty() || refused {
            let heading = if refused { 1 } else { self.format.heading.unwrap_or_else(|| self.heading(known)) };
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
        if let Some(long) = self.columns.iter().find(|name| name.chars().count() > HEADING_MAX) {
            let begin: String = long.chars().take(40).collect();
            return Err(bad(format!(
                "the heading that begins with {begin} has more than {HEADING_MAX} letters; say which row has the headings"
            )));
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
    fn read(&mut self) -> Result<Option<Cells>> {
        while !self.ended {
            match self.source.next()? {
                None => self.ended = true,
                Some(row) if row.iter().all(|cell| text_of(cell).trim().is_empty()) => {}
                Some(row) => return Ok(Some(row)),
            }
        }
        Ok(None)
    }

    fn next(&mut self) -> Result<Option<Cells>> {
        match self.ahead.pop_front() {
            Some(row) => Ok(Some(row)),
            None => self.read(),
        }
    }

    /// The next rows by their columns' names: at most `most`, fewer where they are long, none after the last.
    ///
    /// # Errors
    /// When what comes next cannot be read.
    pub fn take(&mut self, most: usize) -> Result<Vec<Map<String, Json>>> {
        let (mut rows, mut held) = (Vec::new(), 0);
        while rows.len() < most && held < HELD_MAX {
            let Some(row) = self.next()? else { break };
            held += row.iter().map(weight).sum::<usize>();
            rows.push(self.named(row));
        }
        Ok(rows)
    }

    /// Whether all rows were taken; the end is known once it was looked for.
    pub(super) fn is_done(&self) -> bool {
        self.ended && self.ahead.is_empty()
    }

    /// Leaves out the rows that were dealt with before.
    pub(super) fn skip(&mut self, count: u64) -> Result<()> {
        for _ in 0..count {
            if self.next()?.is_none() {
                return Err(bad("the file has fewer rows than were imported of it; go on with the same file"));
            }
        }
        Ok(())
    }

    /// A row by its columns' names.
    pub(super) fn named(&self, row: Cells) -> Map<String, Json> {
        if self.by_name() {
            let Some(Json::Object(mut row)) = row.into_iter().next() else { return Map::new() };
            row.retain(|name, _| name != REASON || self.columns.contains(name));
            // A row that has not all names has nothing in the columns of the others.
            for name in &self.columns {
                row.entry(name).or_insert(Json::Null);
            }
            return row;
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

/// Bytes that a cell takes in memory, about.
pub(super) fn weight(cell: &Json) -> usize {
    size_of::<Json>()
        + match cell {
            Json::String(text) => text.len(),
            Json::Array(items) => items.iter().map(weight).sum(),
            Json::Object(members) => members.iter().map(|(name, value)| 2 * name.len() + weight(value)).sum(),
            _ => 0,
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
        let check = |begin: &[u8], fill: u8, form: Option<Form>| {
            let mut content = begin.to_vec();
            content.resize(4 << 20, fill);
            let format = FileFormat { form, widths: vec![3, 3], ..FileFormat::default() };
            let problem = rows(&content, format).expect_err("it is refused");
            assert!(problem.detail.contains("a row is longer than 1048576 bytes"), "{form:?}: {problem}");
        };
        check(b"a,b\n\"", b'x', Some(Form::Delimited));
        check(b"a,b\n", b'x', Some(Form::Delimited));
        check(b"a  b\n", b'x', Some(Form::Fixed));
        check(b"{\"a\": \"", b'x', Some(Form::JsonLines));
    }

    #[test]
    fn odd_headings_are_refused_or_left_out() {
        let check = |heading: String, expect: &str| {
            let content = format!("{heading}\nx,y\n");
            match rows(content.as_bytes(), FileFormat { heading: Some(1), ..FileFormat::default() }) {
                Ok((columns, _)) => assert_eq!(columns.join("|"), expect),
                Err(problem) => assert!(problem.to_string().contains(expect), "{problem}"),
            }
        };
        check("a,,b,,".to_owned(), "a||b");
        check(",,".to_owned(), "x|y");
        check("a,b,a".to_owned(), "two columns a");
        check(vec!["c"; 10_000].join(","), "more than 500 columns");
        check(format!("a,{}", "b".repeat(201)), "more than 200 letters");
        check(format!("a,b{}", ",".repeat(10_000)), "a|b");
    }

    #[test]
    fn lines_of_json_are_objects_of_so_many_names() {
        let check = |content: &str, expect: &str| {
            let format = FileFormat { form: Some(Form::JsonLines), ..FileFormat::default() };
            let problem = rows(content.as_bytes(), format).expect_err("it is refused");
            assert!(problem.to_string().contains(expect), "{problem}");
        };
        check("{\"a\": 1}\n[1, 2]\n", "a line is no JSON object: [1, 2]");
        let many = (0..501).map(|at| format!("\"n{at}\": 1")).collect::<Vec<_>>().join(",");
        check(&format!("{{{many}}}\n"), "a line has 501 names");
        let each = |from: usize| (from..from + 300).map(|at| format!("\"n{at}\": 1")).collect::<Vec<_>>().join(",");
        check(&format!("{{{}}}\n{{{}}}\n", each(0), each(300)), "from 1 to 500 columns");
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
