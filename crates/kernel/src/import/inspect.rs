//! What a file is, before anything is done with it: its form, its columns, where they seem to go, and what has to be
//! asked.

use std::sync::Arc;

use nexus_model::{Object, Problem};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as Json;

use super::convention::Question;
use super::format::FileFormat;
use super::guess::Guess;
use super::mapping::Mapping;
use super::read::Rows;
use crate::core::ImportMapping;
use crate::find::find;
use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::registry::Registry;
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
    /// Looks at the first rows of a file of this name; nothing is written.
    ///
    /// # Errors
    /// When the file cannot be read, or the principal may not see the object.
    pub async fn inspect(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        file: Box<dyn std::io::Read + Send>,
        name: &str,
        mapping: Mapping,
    ) -> Result<Inspection> {
        let seen = Arc::clone(object);
        let may = self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move { Ok(ctx.policy().may(&seen, crate::policy::READ)) })
        });
        if !may.await? {
            return Err(Problem::denied(format!("you may not read {}", object.plural.to_lowercase())));
        }
        let rows = self.open_rows(file, name, &mapping, object)?;
        let (saved, mapping) = match self.saved_mapping(tenant, principal, object, rows.columns(), &mapping).await? {
            Some((name, saved)) => (Some(name), saved),
            None => (None, mapping),
        };
        Ok(Inspection { saved, ..Inspection::of(tenant.registry(), object, &rows, mapping) })
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
        let saved = self.saved_mapping(tenant, principal, object, columns, &given).await?;
        Ok(saved.map_or(given, |(_, saved)| saved))
    }

    /// A mapping that was kept for files with these headings, in whatever order, where the caller has said nothing of
    /// columns. What the caller has said of the file holds before what was kept.
    async fn saved_mapping(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        columns: &[String],
        given: &Mapping,
    ) -> Result<Option<(String, Mapping)>> {
        if !is_plain(given) {
            return Ok(None);
        }
        let mut columns = columns.to_vec();
        columns.sort_unstable();
        let object = object.name.to_string();
        let fits = move |kept: &ImportMapping| {
            let mut of: Vec<String> = kept.columns.clone().and_then(|of| serde_json::from_value(of).ok())?;
            of.sort_unstable();
            (of == columns).then_some(())
        };
        let kept = self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move {
                let kept: Vec<ImportMapping> =
                    ctx.all(find().eq("object", object).sort("name").limit(MAPPINGS_MAX)).await?;
                Ok(kept.into_iter().find(|kept| fits(kept).is_some()))
            })
        });
        let Some(kept) = kept.await? else { return Ok(None) };
        let saved = read_mapping(&kept.name, kept.mapping.unwrap_or_default())?;
        let (dates, decimal) = (saved.file.dates.clone(), saved.file.decimal.clone());
        let file = given.file.clone();
        let file = FileFormat { dates: file.dates.or(dates), decimal: file.decimal.or(decimal), ..file };
        Ok(Some((kept.name, Mapping { file, ..saved })))
    }
}

impl Inspection {
    /// What a file with these rows seems to be, as records of an object.
    pub fn of(registry: &Registry, object: &Arc<Object>, rows: &Rows, mut mapping: Mapping) -> Inspection {
        let columns = mapping.guess(registry, object, rows);
        if mapping.steps.is_empty() {
            for guess in &columns {
                let field = guess.field.clone().unwrap_or_default();
                if field != guess.column {
                    mapping.map.insert(guess.column.clone(), field);
                }
            }
        }
        let (file, questions, problem) = match mapping.plan(registry, object, rows) {
            Ok((plan, questions)) => (plan.reading.told(rows.format.clone()), questions, None),
            Err(problem) => (rows.format.clone(), Vec::new(), Some(problem.detail)),
        };
        mapping.file = file.clone();
        Inspection { file, sheets: rows.sheets().to_vec(), columns, mapping, questions, saved: None, problem }
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
