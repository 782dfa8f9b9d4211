//! A list as a workbook of one sheet. Its rows wait in a temporary file, since the parts of a workbook are known last.

use nexus_kernel::sheets::{CellKind, SheetColumn, SheetError, SheetWriter};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};
use serde_json::Value as Json;

/// Rows of a sheet, the headings included (ECMA-376).
const ROWS_MAX: u32 = 1_048_576;
/// Digits that programs keep of a number; one with more is written as text.
const DIGITS_MAX: usize = 15;

pub(crate) struct Writer {
    book: Workbook,
    kinds: Vec<CellKind>,
    date: Format,
    moment: Format,
    row: u32,
}

fn told(error: XlsxError) -> SheetError {
    match error {
        XlsxError::MaxStringLengthExceeded => {
            let why = "a workbook has no text of more than 32,767 characters; export as csv or json";
            SheetError::Limit(why.to_owned())
        }
        other => SheetError::Failed(other.to_string()),
    }
}

impl Writer {
    pub(crate) fn begin(columns: &[SheetColumn], name: Option<&str>) -> Result<Writer, SheetError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet_with_constant_memory().map_err(told)?;
        if let Some(name) = name {
            sheet.set_name(name).map_err(told)?;
        }
        sheet.set_freeze_panes(1, 0).map_err(told)?;
        let bold = Format::new().set_bold();
        for (at, column) in (0..).zip(columns) {
            sheet.write_string_with_format(0, at, &column.name, &bold).map_err(told)?;
        }
        let kinds = columns.iter().map(|column| column.kind).collect();
        let (date, moment) =
            (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"));
        Ok(Writer { book, kinds, date, moment, row: 1 })
    }
}

impl SheetWriter for Writer {
    fn row(&mut self, cells: &[Json]) -> Result<(), SheetError> {
        let Writer { book, kinds, date, moment, row } = self;
        if *row >= ROWS_MAX {
            let why = format!("a sheet has at most {ROWS_MAX} rows; filter the list, or export as csv or parquet");
            return Err(SheetError::Limit(why));
        }
        let sheet = book.worksheet_from_index(0).map_err(told)?;
        for ((at, cell), kind) in (0..).zip(cells).zip(kinds) {
            let text = match cell {
                Json::Null => continue,
                Json::Bool(flag) => {
                    sheet.write_boolean(*row, at, *flag).map_err(told)?;
                    continue;
                }
                Json::String(text) => text.clone(),
                other => other.to_string(),
            };
            let number = text.parse::<f64>().ok().filter(|_| {
                (cell.is_number() || matches!(kind, CellKind::Integer | CellKind::Decimal(_)))
                    && text.bytes().filter(u8::is_ascii_digit).count() <= DIGITS_MAX
            });
            let at_moment = matches!(kind, CellKind::Date | CellKind::Moment)
                .then(|| ExcelDateTime::parse_from_str(&text).ok())
                .flatten();
            match (number, at_moment) {
                (Some(number), _) => sheet.write_number(*row, at, number),
                (None, Some(when)) => {
                    let form = if *kind == CellKind::Date { &*date } else { &*moment };
                    sheet.write_datetime_with_format(*row, at, &when, form)
                }
                // What looks like a formula stays text: only a cell that is written as one is one.
                (None, None) => sheet.write_string(*row, at, &text),
            }
            .map_err(told)?;
        }
        *row += 1;
        Ok(())
    }

    fn take(&mut self) -> Result<Vec<u8>, SheetError> {
        Ok(Vec::new())
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<u8>, SheetError> {
        self.book.save_to_buffer().map_err(told)
    }
}
