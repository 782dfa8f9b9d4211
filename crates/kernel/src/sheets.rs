//! Tables in files: what an engine reads and writes for imports and exports. Delimited text and JSON lines are the
//! kernel's own; workbooks and column files come from whom the binary wires in.

use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8};
use serde_json::{Map, Value as Json};

use crate::{Kind, Problem, Result};

/// Cells of one row. A text, a number, true or false; null where there is nothing.
pub type Cells = Vec<Json>;

/// Rows of a sheet, one after the other; a failure ends them.
pub type SheetRows = Box<dyn Iterator<Item = std::result::Result<Cells, String>> + Send>;

/// A workbook that was opened at one of its sheets.
pub struct Workbook {
    /// The names of all its sheets.
    pub sheets: Vec<String>,
    /// The rows of the one that was asked for, or of the first.
    pub rows: SheetRows,
}

/// What the cells of a column are, each given as the JSON of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    Text,
    Integer,
    /// A decimal text with at most so many decimals.
    Decimal(u32),
    Boolean,
    /// `2026-01-31`
    Date,
    /// RFC 3339, UTC.
    Moment,
}

/// A column of a file that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetColumn {
    pub name: String,
    pub kind: CellKind,
}

/// The forms of file that need an engine to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetForm {
    Xlsx,
    Parquet,
}

/// Why a file is not written.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The form holds no such thing; in words that name another way.
    #[error("{0}")]
    Limit(String),
    #[error("a file could not be written: {0}")]
    Failed(String),
}

impl From<SheetError> for Problem {
    fn from(error: SheetError) -> Problem {
        match error {
            SheetError::Limit(why) => Problem::field("format", "max", why),
            SheetError::Failed(_) => Problem::internal(error.to_string()),
        }
    }
}

/// Writes one file. What is finished of it is taken piece by piece, so that it need not be held whole.
pub trait SheetWriter: Send {
    /// Adds a row: a cell a column, null where there is nothing.
    fn row(&mut self, cells: &[Json]) -> std::result::Result<(), SheetError>;
    /// The bytes that are finished since they were asked for last.
    fn take(&mut self) -> std::result::Result<Vec<u8>, SheetError>;
    /// The rest of the file.
    fn finish(self: Box<Self>) -> std::result::Result<Vec<u8>, SheetError>;
}

/// Reads workbooks, which anybody may have made, and writes files.
pub trait Sheets: Send + Sync {
    /// Opens a workbook at the sheet of this name, or the first.
    ///
    /// # Errors
    /// In words, when it is none, has no such sheet, or is too large.
    fn read(&self, content: Vec<u8>, sheet: Option<&str>) -> std::result::Result<Workbook, String>;

    /// Begins a file with these columns; a workbook with one sheet of this name.
    fn write(
        &self,
        form: SheetForm,
        columns: &[SheetColumn],
        sheet: Option<&str>,
    ) -> std::result::Result<Box<dyn SheetWriter>, SheetError>;
}

/// The forms in which lists are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    /// One record a line.
    Json,
    Xlsx,
    Parquet,
}

impl Format {
    /// Every form by the name that the faces use.
    pub const ALL: [(&'static str, Format); 4] =
        [("csv", Format::Csv), ("json", Format::Json), ("xlsx", Format::Xlsx), ("parquet", Format::Parquet)];

    /// The form of this name; CSV when none is given.
    ///
    /// # Errors
    /// With those that there are.
    pub fn named(name: Option<&str>) -> Result<Format> {
        let Some(name) = name else { return Ok(Format::Csv) };
        let found = Format::ALL.iter().find(|(known, _)| *known == name).map(|(_, format)| *format);
        found.ok_or_else(|| {
            let message = format!("{name} is not written; csv, json (one record a line), xlsx and parquet are");
            Problem { kind: Kind::Malformed, ..Problem::field("format", "choice", message) }
        })
    }

    /// The ending of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Json => "jsonl",
            Format::Xlsx => "xlsx",
            Format::Parquet => "parquet",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Json => "application/x-ndjson",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Parquet => "application/vnd.apache.parquet",
        }
    }
}

/// How a file is written where its form leaves that open.
pub(crate) struct Style {
    pub(crate) delimiter: u8,
    pub(crate) encoding: &'static Encoding,
    /// The name of a workbook's sheet.
    pub(crate) sheet: Option<String>,
}

impl Default for Style {
    fn default() -> Style {
        Style { delimiter: b',', encoding: UTF_8, sheet: None }
    }
}

/// A file under way.
pub(crate) struct Writing {
    columns: Vec<SheetColumn>,
    to: To,
}

enum To {
    Csv(Box<csv::Writer<Vec<u8>>>, Style),
    Json(Vec<u8>),
    Engine(Box<dyn SheetWriter>),
}

fn failed(error: impl std::fmt::Display) -> Problem {
    SheetError::Failed(error.to_string()).into()
}

impl Writing {
    pub(crate) fn begin(
        format: Format,
        columns: Vec<SheetColumn>,
        style: Style,
        engine: Option<&Arc<dyn Sheets>>,
    ) -> Result<Writing> {
        let by_engine = |form: SheetForm| -> Result<To> {
            let none = || Problem::new(Kind::Away, "this server writes csv and json alone");
            Ok(To::Engine(engine.ok_or_else(none)?.write(form, &columns, style.sheet.as_deref())?))
        };
        let to = match format {
            Format::Csv => {
                // What has no encoder of its own, such as UTF-16, is written as UTF-8, which a mark tells.
                let mark =
                    if style.encoding != UTF_8 && style.encoding.output_encoding() == UTF_8 { "\u{feff}" } else { "" };
                let mut writer = delimited(&style, mark.into());
                writer.write_record(columns.iter().map(|column| &column.name)).map_err(failed)?;
                To::Csv(Box::new(writer), style)
            }
            Format::Json => To::Json(Vec::new()),
            Format::Xlsx => by_engine(SheetForm::Xlsx)?,
            Format::Parquet => by_engine(SheetForm::Parquet)?,
        };
        Ok(Writing { columns, to })
    }

    /// Adds a row: a cell a column.
    pub(crate) fn row(&mut self, cells: &[Json]) -> Result<()> {
        match &mut self.to {
            To::Engine(writer) => Ok(writer.row(cells)?),
            To::Csv(writer, _) => {
                let texts = cells.iter().zip(&self.columns).map(|(cell, column)| match cell {
                    Json::Null => String::new(),
                    Json::String(text) if column.kind == CellKind::Text => guarded(text),
                    Json::String(text) => text.clone(),
                    other => other.to_string(),
                });
                writer.write_record(texts).map_err(failed)
            }
            To::Json(lines) => {
                let names = self.columns.iter().map(|column| column.name.clone());
                let row: Map<String, Json> = names.zip(cells.iter().cloned()).collect();
                serde_json::to_writer(&mut *lines, &row).map_err(failed)?;
                lines.push(b'\n');
                Ok(())
            }
        }
    }

    /// What is finished since it was asked for last.
    pub(crate) fn take(&mut self) -> Result<Vec<u8>> {
        match &mut self.to {
            To::Engine(writer) => Ok(writer.take()?),
            To::Json(lines) => Ok(std::mem::take(lines)),
            To::Csv(writer, style) => {
                let next = delimited(style, Vec::new());
                let written = std::mem::replace(&mut **writer, next).into_inner().map_err(failed)?;
                if style.encoding.output_encoding() == UTF_8 {
                    return Ok(written);
                }
                let text = String::from_utf8(written).map_err(failed)?;
                Ok(style.encoding.encode(&text).0.into_owned())
            }
        }
    }

    /// The rest of the file.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>> {
        match self.to {
            To::Engine(writer) => Ok(writer.finish()?),
            _ => self.take(),
        }
    }
}

fn delimited(style: &Style, begun: Vec<u8>) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().flexible(true).delimiter(style.delimiter).from_writer(begun)
}

/// Whether a spreadsheet would take a text for a formula (OWASP, CSV injection). A number is none.
fn is_formula(text: &str) -> bool {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number = text.trim_start_matches(['+', '-']).chars().all(|c| c.is_ascii_digit() || " .()/-".contains(c));
    formula && !number
}

/// A text that a spreadsheet would take for a formula gets a quote in front; [`unguarded`] takes it away again.
fn guarded(text: &str) -> String {
    if is_formula(text.trim_start_matches('\'')) { format!("'{text}") } else { text.to_owned() }
}

pub(crate) fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_guarded_text_comes_back(text in "['=+@a1 -]{0,6}") {
            prop_assert!(!is_formula(&guarded(&text)));
            let guarded = guarded(&text);
            prop_assert_eq!(unguarded(&guarded), text);
        }
    }
}
