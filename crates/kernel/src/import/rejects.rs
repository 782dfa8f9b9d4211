//! Refused rows as a file in the form of the one that they came from, to be mended and sent again.

use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8};
use nexus_model::{Problem, Uuid};
use serde_json::Value as Json;

use super::REASON;
use super::format::{FileFormat, Form};
use super::kept::{columns_of, mapping_of};
use crate::core::{Import, ImportReject};
use crate::entity::{Entity, Id};
use crate::find::find;
use crate::kernel::Kernel;
use crate::policy::READ;
use crate::principal::Principal;
use crate::sheets::{CellKind, Format, SheetColumn, Style, Writing};
use crate::{Result, Tenant};

/// Rows read at a time.
const PAGE: usize = 500;

/// A file of refused rows under way; each call of [`Rejects::next`] gives the next piece.
pub struct Rejects {
    kernel: Arc<Kernel>,
    tenant: Arc<Tenant>,
    principal: Arc<Principal>,
    import: Id<Import>,
    columns: Vec<String>,
    after: i64,
    /// Nothing after the last piece.
    writing: Option<Writing>,
    pub format: Format,
    /// What the file is called.
    pub name: String,
}

impl Kernel {
    /// Begins a file of the rows that an import has refused, with a column that says why.
    ///
    /// # Errors
    /// Not found, where there is no such import that the principal may see.
    pub async fn rejects(
        self: &Arc<Self>,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        import: Uuid,
    ) -> Result<Rejects> {
        let found = self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move {
                let object = Arc::clone(ctx.registry.object(Import::OBJECT)?);
                Ok(ctx.record_for(&object, import, READ, false).await?.as_ref().map(Import::from_record))
            })
        });
        let found = found.await?.ok_or_else(|| Problem::not_found(format!("there is no import {import} of yours")))?;
        let file = mapping_of(&found)?.file;
        let format = match file.form {
            Some(Form::Xlsx) => Format::Xlsx,
            Some(Form::JsonLines) => Format::Json,
            _ => Format::Csv,
        };
        let mut columns = columns_of(&found);
        columns.retain(|column| !column.is_empty() && column != REASON);
        let text = |name: &String| SheetColumn { name: name.clone(), kind: CellKind::Text };
        let named = columns.iter().map(text).chain([text(&REASON.to_owned())]).collect();
        let writing = Writing::begin(format, named, style(&file)?, self.options.sheets.as_ref())?;
        let (stem, ending) = match found.name.rsplit_once('.') {
            Some((stem, "tsv")) if format == Format::Csv => (stem, "tsv"),
            Some((stem, _)) => (stem, format.ending()),
            None => (found.name.as_str(), format.ending()),
        };
        Ok(Rejects {
            kernel: Arc::clone(self),
            tenant: Arc::clone(tenant),
            principal: Arc::clone(principal),
            import: found.id,
            columns,
            after: 0,
            writing: Some(writing),
            format,
            name: format!("{stem}-rejects.{ending}"),
        })
    }
}

/// As the file was written that the rows are from. Columns that nothing divides, or white space, are divided by tabs here,
/// because the reasons have blanks.
fn style(file: &FileFormat) -> Result<Style> {
    let spaced = file.form == Some(Form::Fixed) || file.delimiter.as_deref() == Some("whitespace");
    let delimiter = if spaced { b'\t' } else { file.delimiter_byte()? };
    let encoding = file.encoding.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()));
    Ok(Style { delimiter, encoding: encoding.unwrap_or(UTF_8), sheet: file.sheet.clone() })
}

impl Rejects {
    /// The next piece of the file; nothing after the last.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let Some(mut writing) = self.writing.take() else { return Ok(None) };
        let (import, after) = (self.import, self.after);
        let page = self.kernel.read_in(&self.tenant, &self.principal, None, move |ctx| {
            Box::pin(async move {
                let beyond = format!("row > {after}");
                let query = find().eq("source", import.uuid()).filter(beyond).sort("row").limit(PAGE);
                ctx.all::<ImportReject>(query).await
            })
        });
        let page = page.await?;
        for reject in &page {
            let cell = |column: &String| reject.data.as_ref().and_then(|data| data.get(column)).cloned();
            let mut cells: Vec<Json> = self.columns.iter().map(|column| cell(column).unwrap_or_default()).collect();
            cells.push(reject.reason.clone().into());
            writing.row(&cells)?;
            self.after = reject.row;
        }
        if page.len() < PAGE {
            return writing.finish().map(Some);
        }
        let piece = writing.take()?;
        self.writing = Some(writing);
        Ok(Some(piece))
    }
}
