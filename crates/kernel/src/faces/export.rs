//! Lists as files: the same filter and the same rights as on the screen, page after page.

use std::collections::HashSet;
use std::sync::Arc;

use nexus_model::field::currency_column;
use nexus_model::object::system;
use nexus_model::value::{ADDRESS_PARTS, MONEY_SCALE};
use nexus_model::{Field, FieldType, Object, Problem};
use serde_json::Value as Json;

use super::list::{LIMIT_MAX, ListParams, names};
use super::shown::Shown;
use crate::kernel::Kernel;
use crate::policy::{EXPORT, READ};
use crate::principal::Principal;
use crate::sheets::{CellKind, Format, SheetColumn, Style, Writing};
use crate::{Result, Tenant};

/// An export under way; each call of [`Export::next`] gives the next piece.
pub struct Export {
    kernel: Arc<Kernel>,
    tenant: Arc<Tenant>,
    principal: Arc<Principal>,
    object: Arc<Object>,
    params: ListParams,
    to: To,
    done: bool,
}

/// Where the records go.
enum To {
    /// Whole records with their rows, one a line.
    Lines,
    /// A row a record, with the columns of these fields; nothing after the last piece.
    Table(Vec<Field>, Option<Writing>),
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
        let (fields, params) = self
            .read_in(tenant, principal, None, move |ctx| {
                Box::pin(async move {
                    if !ctx.policy().may(&asked, READ) || !ctx.policy().may(&asked, EXPORT) {
                        return Err(Problem::denied(format!("you may not export {}", asked.plural.to_lowercase())));
                    }
                    // A view is looked up once, so that a change of it does not divide the file.
                    let params = ctx.through_view(&asked, &params).await?;
                    let shown = |field: &&Field| {
                        ctx.policy().shows(&asked, field)
                            && !matches!(field.kind, FieldType::Table(_) | FieldType::Secret)
                            && field.name != system::DELETED_AT
                    };
                    let mut only = names(params.fields.as_ref());
                    let fields: Vec<Field> = if only.is_empty() {
                        asked.fields.iter().filter(shown).cloned().collect()
                    } else {
                        // In the order that was asked for, each once; what there is not, the first page tells.
                        let mut seen = HashSet::new();
                        only.retain(|name| seen.insert(*name));
                        only.iter().filter_map(|name| asked.field(name)).filter(shown).cloned().collect()
                    };
                    Ok((fields, params))
                })
            })
            .await?;
        let to = if format == Format::Json {
            To::Lines
        } else {
            let columns = fields.iter().flat_map(columns).collect();
            To::Table(fields, Some(Writing::begin(format, columns, Style::default(), self.options.sheets.as_ref())?))
        };
        Ok(Export {
            kernel: Arc::clone(self),
            tenant: Arc::clone(tenant),
            principal: Arc::clone(principal),
            object: Arc::clone(object),
            params: ListParams { limit: Some(LIMIT_MAX), count: None, expand: None, ..params },
            to,
            done: false,
        })
    }
}

impl Export {
    /// The next piece of the file; nothing after the last. A form that is known only as a whole, as a workbook is, comes
    /// as one piece, so that a limit of it is told before there is a file.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        while !self.done {
            let piece = self.page().await?;
            if !piece.is_empty() {
                return Ok(Some(piece));
            }
        }
        Ok(None)
    }

    /// What the next page of the list finishes.
    async fn page(&mut self) -> Result<Vec<u8>> {
        let page =
            self.kernel.list_for(&self.tenant, &self.principal, &self.object, self.params.clone(), EXPORT).await?;
        self.done = page.next.is_none();
        self.params.after = page.next;
        let (fields, writing) = match &mut self.to {
            To::Lines => return lines(&page.data),
            To::Table(fields, writing) => (fields, writing),
        };
        let Some(mut table) = writing.take() else { return Ok(Vec::new()) };
        for record in &page.data {
            let cells: Vec<Json> = fields.iter().flat_map(|field| cells(field, record.get(&field.name))).collect();
            table.row(&cells)?;
        }
        if self.done {
            return table.finish();
        }
        let piece = table.take()?;
        *writing = Some(table);
        Ok(piece)
    }
}

fn lines(records: &[Shown]) -> Result<Vec<u8>> {
    let mut piece = Vec::new();
    for record in records {
        serde_json::to_writer(&mut piece, record).map_err(|error| Problem::internal(error.to_string()))?;
        piece.push(b'\n');
    }
    Ok(piece)
}

/// The columns of a field: two of money, six of an address, one of every other.
fn columns(field: &Field) -> Vec<SheetColumn> {
    let column = |name: String, kind: CellKind| SheetColumn { name, kind };
    let one = |kind: CellKind| vec![column(field.name.clone(), kind)];
    match &field.kind {
        FieldType::Money => vec![
            column(field.name.clone(), CellKind::Decimal(MONEY_SCALE)),
            column(currency_column(&field.name), CellKind::Text),
        ],
        FieldType::Address => {
            ADDRESS_PARTS.iter().map(|part| column(format!("{}.{part}", field.name), CellKind::Text)).collect()
        }
        FieldType::Boolean => one(CellKind::Boolean),
        FieldType::Date => one(CellKind::Date),
        FieldType::DateTime => one(CellKind::Moment),
        kind if kind.is_integer() => one(CellKind::Integer),
        kind => one(kind.scale().map_or(CellKind::Text, CellKind::Decimal)),
    }
}

/// The cells of a value, one for each of [`columns`].
fn cells(field: &Field, value: Json) -> Vec<Json> {
    let part = |name: &str| value.get(name).cloned().unwrap_or_default();
    match &field.kind {
        FieldType::Money => vec![part("amount"), part("currency")],
        FieldType::Address => ADDRESS_PARTS.iter().map(|name| part(name)).collect(),
        FieldType::Geo if value.is_object() => {
            let degrees = ["latitude", "longitude"].map(|name| part(name).as_str().unwrap_or_default().to_owned());
            vec![degrees.join(", ").into()]
        }
        FieldType::Json | FieldType::DynamicLink(_) if !value.is_null() => vec![value.to_string().into()],
        _ => match &value {
            Json::Array(items) => {
                let items = items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned));
                vec![items.collect::<Vec<_>>().join(";").into()]
            }
            _ => vec![value],
        },
    }
}
