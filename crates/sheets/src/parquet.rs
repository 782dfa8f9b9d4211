//! A list as a Parquet file, one group of rows after the other, with the types that the fields have.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use nexus_kernel::sheets::{CellKind, SheetColumn, SheetError, SheetWriter};
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use rust_decimal::Decimal;
use serde_json::Value as Json;

/// Rows of a group, which is held in memory.
const GROUP: usize = 10_000;
/// Digits of a 64-bit decimal.
const PRECISION: i32 = 18;

/// What is finished, until it is taken.
#[derive(Clone, Default)]
struct Finished(Arc<Mutex<Vec<u8>>>);

impl Write for Finished {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Finished {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

pub(crate) struct Writer {
    file: SerializedFileWriter<Finished>,
    finished: Finished,
    kinds: Vec<CellKind>,
    rows: Vec<Vec<Json>>,
}

fn told(error: ParquetError) -> SheetError {
    SheetError::Failed(error.to_string())
}

fn column(column: &SheetColumn) -> Result<Type, ParquetError> {
    let (physical, logical) = match column.kind {
        CellKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        CellKind::Integer => (Physical::INT64, None),
        CellKind::Decimal(scale) => {
            (Physical::INT64, Some(LogicalType::decimal(i32::try_from(scale).unwrap_or_default(), PRECISION)))
        }
        CellKind::Boolean => (Physical::BOOLEAN, None),
        CellKind::Date => (Physical::INT32, Some(LogicalType::Date)),
        CellKind::Moment => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MICROS))),
    };
    let built = Type::primitive_type_builder(&column.name, physical).with_repetition(Repetition::OPTIONAL);
    let built = match column.kind {
        CellKind::Decimal(scale) => {
            built.with_precision(PRECISION).with_scale(i32::try_from(scale).unwrap_or_default())
        }
        _ => built,
    };
    built.with_logical_type(logical).build()
}

impl Writer {
    pub(crate) fn begin(columns: &[SheetColumn]) -> Result<Writer, SheetError> {
        let fields = columns.iter().map(|one| column(one).map(Arc::new)).collect::<Result<Vec<_>, _>>();
        let schema = Type::group_type_builder("records").with_fields(fields.map_err(told)?).build().map_err(told)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let finished = Finished::default();
        let file = SerializedFileWriter::new(finished.clone(), Arc::new(schema), Arc::new(properties));
        let kinds = columns.iter().map(|column| column.kind).collect();
        Ok(Writer { file: file.map_err(told)?, finished, kinds, rows: Vec::new() })
    }

    /// Writes the rows that are held as a group.
    fn group(&mut self) -> Result<(), SheetError> {
        let rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return Ok(());
        }
        let mut group = self.file.next_row_group().map_err(told)?;
        for (at, kind) in self.kinds.iter().enumerate() {
            let cells: Vec<&Json> = rows.iter().map(|row| row.get(at).unwrap_or(&Json::Null)).collect();
            let there: Vec<i16> = cells.iter().map(|cell| i16::from(!cell.is_null())).collect();
            let filled = cells.iter().copied().filter(|cell| !cell.is_null());
            let mut column = group.next_column().map_err(told)?.ok_or_else(|| broken("a column is missing"))?;
            match column.untyped() {
                ColumnWriter::ByteArrayColumnWriter(writer) => {
                    let texts = filled.map(|cell| ByteArray::from(text(cell).into_bytes()));
                    writer.write_batch(&texts.collect::<Vec<_>>(), Some(&there), None)
                }
                ColumnWriter::BoolColumnWriter(writer) => {
                    let flags = filled.map(|cell| cell.as_bool().unwrap_or_default());
                    writer.write_batch(&flags.collect::<Vec<_>>(), Some(&there), None)
                }
                ColumnWriter::Int32ColumnWriter(writer) => {
                    let days = filled.map(day).collect::<Result<Vec<_>, _>>()?;
                    writer.write_batch(&days, Some(&there), None)
                }
                ColumnWriter::Int64ColumnWriter(writer) => {
                    let numbers = filled.map(|cell| number(cell, *kind)).collect::<Result<Vec<_>, _>>()?;
                    writer.write_batch(&numbers, Some(&there), None)
                }
                _ => return Err(broken("a column has a type that is not written")),
            }
            .map_err(told)?;
            column.close().map_err(told)?;
        }
        group.close().map_err(told).map(drop)
    }
}

fn text(cell: &Json) -> String {
    cell.as_str().map_or_else(|| cell.to_string(), str::to_owned)
}

fn broken(why: impl std::fmt::Display) -> SheetError {
    SheetError::Failed(why.to_string())
}

/// Days since 1970.
fn day(cell: &Json) -> Result<i32, SheetError> {
    let date: jiff::civil::Date = text(cell).parse().map_err(|error| broken(format!("{cell} is no day: {error}")))?;
    let epoch = jiff::civil::Date::constant(1970, 1, 1);
    Ok(epoch.until(date).map_err(broken)?.get_days())
}

fn number(cell: &Json, kind: CellKind) -> Result<i64, SheetError> {
    let wrong = || SheetError::Limit(format!("{cell} is beyond what a column of numbers holds; export as csv or json"));
    match kind {
        CellKind::Moment => {
            let at: jiff::Timestamp =
                text(cell).parse().map_err(|error| broken(format!("{cell} is no time: {error}")))?;
            Ok(at.as_microsecond())
        }
        CellKind::Decimal(scale) => {
            let exact: Decimal = text(cell).parse().map_err(|_| wrong())?;
            let mut scaled = exact;
            scaled.rescale(scale);
            if scaled != exact {
                return Err(wrong());
            }
            i64::try_from(scaled.mantissa()).map_err(|_| wrong())
        }
        _ => cell.as_i64().or_else(|| text(cell).parse().ok()).ok_or_else(wrong),
    }
}

impl SheetWriter for Writer {
    fn row(&mut self, cells: &[Json]) -> Result<(), SheetError> {
        self.rows.push(cells.to_vec());
        if self.rows.len() < GROUP { Ok(()) } else { self.group() }
    }

    fn take(&mut self) -> Result<Vec<u8>, SheetError> {
        Ok(self.finished.take())
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<u8>, SheetError> {
        self.group()?;
        self.file.finish().map_err(told)?;
        Ok(self.finished.take())
    }
}
