//! What a file is, before anything is done with it: its form, its columns, where they seem to go, and what has to be
//! asked.

use std::sync::Arc;

use nexus_model::{Object, Problem};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::convention::Question;
use super::format::FileFormat;
use super::guess::Guess;
use super::mapping::Mapping;
use crate::core::ImportMapping;
use crate::find::find;
use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::{Result, Tenant};

/// Mappings that are looked through for one that fits.
const MAPPINGS_MAX: usize = 500;

/// What a file seems to be.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Inspection {
    /// The form that was made out, as a mapping says it.
    pub file: FileFormat,
    /// The sheets of a workbook.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<String>,
    pub columns: Vec<Guess>,
    /// A mapping to be corrected, sent with the file, and kept as a record of `core.import_mapping`.
    pub mapping: Mapping,
    /// What the file leaves open.
    pub questions: Vec<Question>,
    /// The kept mapping that was taken, because it is for the same columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saved: Option<String>,
    /// Why the mapping does not do yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

impl Kernel {
    /// Looks at a file's first rows; nothing is written.
    ///
    /// # Errors
    /// When the file cannot be read, or the principal may not see the object.
    pub async fn inspect(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        file: Box<dyn std::io::Read + Send>,
        mapping: Mapping,
    ) -> Result<Inspection> {
        let seen = Arc::clone(object);
        let may = self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move { Ok(ctx.policy().may(&seen, crate::policy::READ)) })
        });
        if !may.await? {
            return Err(Problem::denied(format!("you may not read {}", object.plural.to_lowercase())));
        }
        let rows = self.open_rows(file, &mapping, object)?;
        let saved = if is_plain(&mapping) {
            self.saved_mapping(tenant, principal, object, rows.columns()).await?
        } else {
            None
        };
        let (saved, mut mapping) = match saved {
            Some((name, saved)) => (Some(name), saved),
            None => (None, mapping),
        };
        let registry = tenant.registry();
        let columns = mapping.guess(registry, object, &rows);
        if mapping.steps.is_empty() {
            for guess in &columns {
                let field = guess.field.clone().unwrap_or_default();
                if field != guess.column {
                    mapping.map.insert(guess.column.clone(), field);
                }
            }
        }
        let (questions, problem) = match mapping.plan(registry, object, &rows) {
            Ok((plan, questions)) => {
                mapping.file = FileFormat {
                    dates: plan.reading.dates.clone(),
                    decimal: plan.reading.decimal.map(String::from),
                    ..rows.format.clone()
                };
                (questions, None)
            }
            Err(problem) => {
                mapping.file = rows.format.clone();
                (Vec::new(), Some(problem.detail))
            }
        };
        Ok(Inspection { file: mapping.file.clone(), sheets: rows.sheets, columns, mapping, questions, saved, problem })
    }

    /// The mapping that was given, or one that was kept for files with these headings.
    pub(super) async fn mapping_for(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        columns: &[String],
        given: Mapping,
    ) -> Result<Mapping> {
        if !is_plain(&given) {
            return Ok(given);
        }
        let saved = self.saved_mapping(tenant, principal, object, columns).await?;
        Ok(saved.map_or(given, |(_, saved)| saved))
    }

    async fn saved_mapping(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        columns: &[String],
    ) -> Result<Option<(String, Mapping)>> {
        let (object, columns) = (object.name.to_string(), json!(columns));
        self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move {
                let kept: Vec<ImportMapping> =
                    ctx.all(find().eq("object", object).sort("name").limit(MAPPINGS_MAX)).await?;
                let Some(kept) = kept.into_iter().find(|kept| kept.columns.as_ref() == Some(&columns)) else {
                    return Ok(None);
                };
                Ok(Some((kept.name.clone(), read_mapping(&kept.name, kept.mapping.unwrap_or_default())?)))
            })
        })
        .await
    }
}

fn read_mapping(name: &str, mapping: Json) -> Result<Mapping> {
    serde_json::from_value(mapping)
        .map_err(|error| super::bad(format!("the kept mapping {name} cannot be read: {error}; correct or delete it")))
}

/// Whether the caller has said nothing of columns, so that a kept mapping may.
fn is_plain(mapping: &Mapping) -> bool {
    mapping.map.is_empty() && mapping.key.is_none() && mapping.create.is_empty() && mapping.steps.is_empty()
}
