//! Links told as the records that they lead to, at any depth: one query a link for each 500 records that it leads to.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;
use nexus_model::{Field, FieldType, Object, ObjectName, Problem, Record, Uuid, Value};
use nexus_store::Filter;

use super::list::names;
use super::shown::{Shown, View};
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::{BoxFuture, Kind, Result};

/// Links that one request may expand.
const EXPAND_MAX: usize = 20;
/// Records that one answer tells, each as often as it is told.
pub const TOLD_MAX: usize = 100_000;
/// Records that one statement reads.
const PORTION: usize = 500;

/// Links and tables to be told as records, each with those to follow from there.
#[derive(Default)]
pub(crate) struct Paths(IndexMap<String, Paths>);

impl Paths {
    pub(crate) fn read(list: Option<&String>) -> Result<Paths> {
        let mut paths = Paths::default();
        let mut count = 0;
        for path in names(list) {
            let mut at = &mut paths;
            for name in path.split('.').map(str::trim) {
                count += usize::from(!at.0.contains_key(name));
                at = at.0.entry(name.to_owned()).or_default();
            }
            // Told before the path is followed further, which is bounded so as well.
            if count > EXPAND_MAX {
                return Err(Problem::malformed(format!("at most {EXPAND_MAX} links are expanded at once")));
            }
        }
        Ok(paths)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

impl Ctx {
    /// That each path follows links and tables which the caller may see.
    pub(crate) fn check_paths(&self, object: &Object, expand: &Paths) -> Result<()> {
        for (name, inner) in &expand.0 {
            let refused = |rule: &str, message: String| Problem {
                kind: Kind::Malformed,
                ..Problem::field("expand", rule, message)
            };
            let field = object.field(name).filter(|field| self.policy().shows(object, field));
            let field = field.ok_or_else(|| refused("unknown", format!("{} has no field {name}", object.name)))?;
            let target = match &field.kind {
                FieldType::Link(to) | FieldType::Links(to) | FieldType::Table(to) => to,
                _ => return Err(refused("link", format!("{name} of {} is no link", object.name))),
            };
            self.check_paths(self.schema().expect(target), inner)?;
        }
        Ok(())
    }

    /// The objects whose records are told with those of another when these paths are expanded. A table's own rows are
    /// part of its records.
    pub(crate) fn targets(&self, object: &Object, expand: &Paths) -> Vec<ObjectName> {
        let mut targets = Vec::new();
        for (name, inner) in &expand.0 {
            let Some(target) = object.field(name).and_then(|field| field.target()) else { continue };
            let Some(next) = self.schema().get(target.as_str()) else { continue };
            if next.child_of.is_none() {
                targets.push(target.clone());
            }
            targets.extend(self.targets(next, inner));
        }
        targets
    }

    /// Records in a view, the links of `expand` as whole records.
    pub(crate) fn expanded<'a>(
        &'a mut self,
        object: &'a Object,
        mut view: View,
        mut records: Vec<Record>,
        expand: &'a Paths,
    ) -> BoxFuture<'a, Result<Vec<Shown>>> {
        Box::pin(async move {
            self.say(object, &mut records).await?;
            for (name, inner) in &expand.0 {
                let Some(at) = object.position(name) else { continue };
                match &object.fields[at].kind {
                    FieldType::Link(to) | FieldType::Links(to) => {
                        let ids = records.iter().flat_map(|record| ids(record.at(at))).collect();
                        let found = self.shown_by_id(to, ids, inner).await?;
                        view.expand(at, Arc::new(found));
                    }
                    FieldType::Table(child) => {
                        let child = Arc::clone(self.schema().expect(child));
                        for (name, inner) in &inner.0 {
                            let Some(link) = child.position(name) else { continue };
                            let Some(to) = child.fields[link].target() else { continue };
                            let rows = records.iter().flat_map(|record| record.at(at).as_rows());
                            let ids = rows.flat_map(|row| ids(row.at(link))).collect();
                            let found = self.shown_by_id(to, ids, inner).await?;
                            if let Some(rows) = view.rows_mut(at) {
                                rows.expand(link, Arc::new(found));
                            }
                        }
                    }
                    _ => {}
                }
            }
            let view = Arc::new(view);
            let shown: Vec<Shown> = records.into_iter().map(|record| Shown::new(record, &view)).collect();
            // A few records that lead to one another are short to read and without end to tell.
            let told = shown.iter().map(Shown::told).fold(0, usize::saturating_add);
            if told > TOLD_MAX { Err(too_many()) } else { Ok(shown) }
        })
    }

    async fn shown_by_id(
        &mut self,
        target: &ObjectName,
        mut ids: Vec<Uuid>,
        expand: &Paths,
    ) -> Result<HashMap<Uuid, Shown>> {
        let object = Arc::clone(self.schema().expect(target));
        ids.sort_unstable();
        ids.dedup();
        if ids.len() > TOLD_MAX {
            return Err(too_many());
        }
        let told = |field: &Field| !is_table(field) || expand.has(&field.name);
        let fields: Vec<usize> = (0..object.fields.len()).filter(|at| told(&object.fields[*at])).collect();
        let mut records = Vec::with_capacity(ids.len());
        for ids in ids.chunks(PORTION) {
            let (filters, fields) = (vec![Filter::Ids(ids.to_vec())], fields.clone());
            records.extend(self.ask(&object, Ask { limit: ids.len(), filters, fields, ..Ask::default() }).await?);
        }
        let view = self.view(&object, &|name| object.field(name).is_some_and(told));
        let shown = self.expanded(&object, view, records, expand).await?;
        Ok(shown.into_iter().map(|shown| (shown.id(), shown)).collect())
    }
}

/// Why an answer is not given that would be too large, whoever put it together.
pub fn too_many() -> Problem {
    Problem::new(
        Kind::TooLarge,
        "the answer would tell more than 100,000 records; take a smaller page, or follow fewer links",
    )
}

/// The records that a link's value leads to.
pub(crate) fn ids(value: &Value) -> impl Iterator<Item = Uuid> + '_ {
    let several = match value {
        Value::List(several) => several.as_slice(),
        one => std::slice::from_ref(one),
    };
    several.iter().filter_map(Value::as_id)
}

/// Rows of a child object, which lists leave out unless they are asked for.
pub(crate) fn is_table(field: &Field) -> bool {
    matches!(field.kind, FieldType::Table(_))
}
