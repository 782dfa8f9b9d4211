//! A sheet of a workbook, row by row: a thread of its own takes it apart and is never far ahead of who asks.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use calamine::{DataRef, Reader, Xlsx};
use nexus_kernel::sheets::{Cells, Workbook};
use serde_json::{Number, Value as Json};

use crate::check::check;

/// Columns of a row.
const COLUMNS_MAX: u32 = 500;
/// Bytes of the texts of a row, of which many cells may name the same.
const ROW_MAX: usize = 1 << 20;
/// Rows that are read ahead.
const AHEAD: usize = 32;

type Row = Result<Cells, String>;

/// Opens a workbook at a sheet.
pub(crate) fn open(content: Vec<u8>, sheet: Option<&str>) -> Result<Workbook, String> {
    let (found, sheets) = sync_channel(1);
    let (to, rows) = sync_channel(AHEAD);
    let sheet = sheet.map(str::to_owned);
    let read = move || {
        let ended = catch_unwind(AssertUnwindSafe(|| rows_of(content, sheet.as_deref(), &found, &to)));
        let failed = ended.unwrap_or_else(|_| Err("the workbook is damaged".to_owned()));
        if let Err(why) = failed {
            // Whoever waits for the names or the rows has gone, or is told.
            let _ = found.send(Err(why.clone()));
            let _ = to.send(Err(why));
        }
    };
    std::thread::Builder::new().name("sheet".to_owned()).spawn(read).map_err(|error| error.to_string())?;
    let sheets = sheets.recv().map_err(|_| "the workbook is damaged".to_owned())??;
    Ok(Workbook { sheets, rows: Box::new(Rows(rows)) })
}

struct Rows(Receiver<Row>);

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        self.0.recv().ok()
    }
}

fn rows_of(
    content: Vec<u8>,
    sheet: Option<&str>,
    found: &SyncSender<Result<Vec<String>, String>>,
    to: &SyncSender<Row>,
) -> Result<(), String> {
    check(&content)?;
    let mut book = Xlsx::new(Cursor::new(content)).map_err(|error| format!("it is no workbook: {error}"))?;
    let names = book.sheet_names();
    let first = names.first().cloned().ok_or("the workbook has no sheet")?;
    let name = sheet.map_or(first, str::to_owned);
    if !names.contains(&name) {
        return Err(format!("the workbook has no sheet {name}; it has {}", names.join(", ")));
    }
    if found.send(Ok(names)).is_err() {
        return Ok(());
    }
    let mut cells = book.worksheet_cells_reader(&name).map_err(|error| error.to_string())?;
    let (mut row, mut at, mut bytes) = (Cells::new(), 0, 0);
    while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
        let (line, column) = cell.get_position();
        let told = |why: String| format!("row {}: {why}", u64::from(line) + 1);
        if line != at {
            if !row.is_empty() && to.send(Ok(std::mem::take(&mut row))).is_err() {
                return Ok(());
            }
            (at, bytes) = (line, 0);
        }
        let value = value(cell.get_value()).map_err(told)?;
        if value.is_null() {
            continue;
        }
        if column >= COLUMNS_MAX {
            return Err(told(format!("there are more than {COLUMNS_MAX} columns")));
        }
        bytes += value.as_str().map_or(0, str::len);
        if bytes > ROW_MAX {
            return Err(told(format!("it is longer than {ROW_MAX} bytes")));
        }
        let column = column as usize;
        if row.len() <= column {
            row.resize(column + 1, Json::Null);
        }
        row[column] = value;
    }
    if !row.is_empty() {
        // Nobody may wait for it any more.
        let _ = to.send(Ok(row));
    }
    Ok(())
}

fn value(cell: &DataRef<'_>) -> Result<Json, String> {
    Ok(match cell {
        DataRef::Empty => Json::Null,
        DataRef::Int(number) => (*number).into(),
        DataRef::Float(number) => self::number(*number),
        DataRef::String(text) => text.as_str().into(),
        DataRef::SharedString(text) => (*text).into(),
        DataRef::Bool(flag) => (*flag).into(),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            match (hour, minute, second, milli) {
                (0, 0, 0, 0) => date.into(),
                (.., 0) => format!("{date}T{hour:02}:{minute:02}:{second:02}Z").into(),
                _ => format!("{date}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z").into(),
            }
        }
        DataRef::DateTime(span) => self::number(span.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.as_str().into(),
        DataRef::Error(error) => return Err(format!("a cell has the error {error}; mend it in the workbook")),
    })
}

/// A number as the workbook shows it: with 15 digits, which is what its programs keep of one.
fn number(number: f64) -> Json {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    let text = rounded.to_string();
    match text.parse::<i64>() {
        Ok(whole) => whole.into(),
        Err(_) => Number::from_f64(rounded).map_or(Json::String(text), Json::Number),
    }
}
