//! A sheet of a workbook, row by row: a thread of its own takes it apart and is never far ahead of who asks.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use calamine::{DataRef, Reader, Xlsx};
use nexus_kernel::sheets::{Cells, Workbook};
use serde_json::{Number, Value as Json};

/// Bytes of a workbook once its parts are unpacked. Its texts are held in memory, its sheets are not.
const UNPACKED_MAX: u64 = 1 << 30;
/// Bytes of the texts of all sheets, unpacked.
const STRINGS_MAX: u64 = 256 << 20;
/// Columns of a row.
const COLUMNS_MAX: u32 = 500;
/// Rows that are read ahead.
const AHEAD: usize = 256;

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
    check_size(&content)?;
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
    let (mut row, mut at) = (Cells::new(), 0);
    while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
        let (line, column) = cell.get_position();
        if line != at {
            if !row.is_empty() && to.send(Ok(std::mem::take(&mut row))).is_err() {
                return Ok(());
            }
            at = line;
        }
        if column >= COLUMNS_MAX {
            return Err(format!("row {} has more than {COLUMNS_MAX} columns", line + 1));
        }
        let column = column as usize;
        if row.len() <= column {
            row.resize(column + 1, Json::Null);
        }
        row[column] = value(cell.get_value()).map_err(|why| format!("row {}: {why}", line + 1))?;
    }
    if !row.is_empty() {
        // Nobody may wait for it any more.
        let _ = to.send(Ok(row));
    }
    Ok(())
}

/// That a small file does not become one beyond all measure. What a part says of its size may be a lie, so each is
/// unpacked, to nowhere.
fn check_size(content: &[u8]) -> Result<(), String> {
    let unread = |error: &dyn std::fmt::Display| format!("it is no workbook: {error}");
    let mut parts = zip::ZipArchive::new(Cursor::new(content)).map_err(|error| unread(&error))?;
    let mut whole = 0;
    for index in 0..parts.len() {
        let mut part = parts.by_index(index).map_err(|error| unread(&error))?;
        let most =
            if part.name().is_ok_and(|name| name.ends_with("sharedStrings.xml")) { STRINGS_MAX } else { UNPACKED_MAX };
        let bytes = std::io::copy(&mut part.by_ref().take(most + 1), &mut std::io::sink());
        whole += bytes.map_err(|error| unread(&error))?;
        if whole > most {
            return Err(format!("unpacked, a workbook has at most {most} bytes; save the sheet as CSV"));
        }
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
