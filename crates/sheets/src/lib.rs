//! Workbooks and column files: XLSX read row by row and written, Parquet written. What is read anybody may have made:
//! it is bounded in size, and nothing panics beyond this crate.

mod check;
mod parquet;
mod read;
mod xlsx;

use nexus_kernel::sheets::{SheetColumn, SheetError, SheetForm, SheetWriter, Sheets, Workbook};

/// The engine of imports and exports.
pub struct Engine;

impl Sheets for Engine {
    fn read(&self, content: Vec<u8>, sheet: Option<&str>) -> Result<Workbook, String> {
        read::open(content, sheet)
    }

    fn write(
        &self,
        form: SheetForm,
        columns: &[SheetColumn],
        sheet: Option<&str>,
    ) -> Result<Box<dyn SheetWriter>, SheetError> {
        Ok(match form {
            SheetForm::Xlsx => Box::new(xlsx::Writer::begin(columns, sheet)?),
            SheetForm::Parquet => Box::new(parquet::Writer::begin(columns)?),
        })
    }
}
