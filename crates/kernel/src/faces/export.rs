//! Lists as files: the same filter and the same rights as on the screen, page after page.

use std::sync::Arc;

use nexus_model::{FieldType, Object, Problem};
use serde_json::Value as Json;

use super::list::{LIMIT_MAX, ListParams};
use crate::kernel::Kernel;
use crate::policy::{EXPORT, READ};
use crate::principal::Principal;
use crate::{Result, Tenant};

/// The format of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    /// One record a line.
    Json,
}

/// An export under way; each call of [`Export::next`] gives the next piece.
pub struct Export {
    kernel: Arc<Kernel>,
    tenant: Arc<Tenant>,
    principal: Arc<Principal>,
    object: Arc<Object>,
    params: ListParams,
    format: Format,
    columns: Vec<String>,
    begun: bool,
    done: bool,
}

impl Kernel {
    /// Begins an export; refused to who may not export the object.
    pub async fn export(
        self: &Arc<Self>,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        params: ListParams,
        format: Format,
    ) -> Result<Export> {
        let asked = Arc::clone(object);
        let columns = self
            .read_in(tenant, principal, None, move |ctx| {
                Box::pin(async move {
                    if !ctx.policy().may(&asked, READ) || !ctx.policy().may(&asked, EXPORT) {
                        return Err(Problem::denied(format!("you may not export {}", asked.plural.to_lowercase())));
                    }
                    let flat = asked.fields.iter().filter(|field| {
                        ctx.policy().shows(&asked, field)
                            && !matches!(field.kind, FieldType::Table(_) | FieldType::Secret)
                            && field.name != nexus_model::object::system::DELETED_AT
                    });
                    Ok(flat.map(|field| field.name.clone()).collect::<Vec<_>>())
                })
            })
            .await?;
        Ok(Export {
            kernel: Arc::clone(self),
            tenant: Arc::clone(tenant),
            principal: Arc::clone(principal),
            object: Arc::clone(object),
            params: ListParams { limit: Some(LIMIT_MAX), count: None, expand: None, ..params },
            format,
            columns,
            begun: false,
            done: false,
        })
    }
}

impl Export {
    /// The next piece of the file; nothing after the last.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        if self.done {
            return Ok(None);
        }
        let page =
            self.kernel.list_for(&self.tenant, &self.principal, &self.object, self.params.clone(), EXPORT).await?;
        self.done = page.next.is_none();
        self.params.after = page.next;
        let mut piece = Vec::new();
        match self.format {
            Format::Json => {
                for record in &page.data {
                    piece.extend(serde_json::to_vec(record).map_err(|error| Problem::internal(error.to_string()))?);
                    piece.push(b'\n');
                }
            }
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(&mut piece);
                let write_error = |error: csv::Error| Problem::internal(error.to_string());
                if !self.begun {
                    let columns = self.columns.iter().flat_map(|name| self.headings(name));
                    writer.write_record(columns).map_err(write_error)?;
                }
                for record in &page.data {
                    let cells = self.columns.iter().flat_map(|name| self.cells(name, &record.get(name)));
                    writer.write_record(cells).map_err(write_error)?;
                }
                writer.flush().map_err(|error| Problem::internal(error.to_string()))?;
                drop(writer);
            }
        }
        self.begun = true;
        Ok(Some(piece))
    }

    /// The column of a field; two for money.
    fn headings(&self, name: &str) -> Vec<String> {
        match self.object.field(name).map(|field| &field.kind) {
            Some(FieldType::Money) => vec![name.to_owned(), nexus_model::field::currency_column(name)],
            _ => vec![name.to_owned()],
        }
    }

    fn cells(&self, name: &str, value: &Json) -> Vec<String> {
        let text = |value: &Json| match value {
            Json::Null => String::new(),
            Json::String(text) => guarded(text),
            Json::Array(items) => {
                let items = items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned));
                items.collect::<Vec<_>>().join(";")
            }
            other => other.to_string(),
        };
        match self.object.field(name).map(|field| &field.kind) {
            Some(FieldType::Money) => vec![text(&value["amount"]), text(&value["currency"])],
            Some(kind) if kind.scale().is_some() => vec![value.as_str().unwrap_or_default().to_owned()],
            _ => vec![text(value)],
        }
    }
}

/// A text that a spreadsheet would take for a formula gets a quote in front (OWASP, CSV injection).
fn guarded(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number = text.trim_start_matches(['+', '-']).chars().all(|c| c.is_ascii_digit() || " .()/-".contains(c));
    if formula && !number { format!("'{text}") } else { text.to_owned() }
}
