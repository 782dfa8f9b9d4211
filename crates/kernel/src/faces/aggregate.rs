//! Grouped figures, asked for in words: `group=month(date)&measures=sum(total),count()`.

use std::sync::Arc;

use nexus_model::{FieldType, Object, Problem, Value, json};
use nexus_store::{Bucket, Group, MeasureOf};
use serde_json::{Map, Value as Json};

use super::list::{ListParams, conditions};
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::kernel::Kernel;
use crate::past::{Scope, moment};
use crate::policy::READ;
use crate::principal::Principal;
use crate::{Kind, Result, Tenant};

/// Groups that one answer may have.
pub(super) const ROWS_MAX: usize = 5_000;
/// Fields to group by, and figures, of one question.
const PARTS_MAX: usize = 8;

/// What to group by and what to figure out.
#[derive(Clone, Debug, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AggregateParams {
    /// Fields, dates as `month(date)`: `stage,month(expected_close)`.
    pub group: Option<String>,
    /// `count()`, `sum(f)`, `min(f)`, `max(f)`, `avg(f)`.
    pub measures: Option<String>,
    pub filter: Option<String>,
    pub q: Option<String>,
    /// The moment as of which is read, such as `2026-01-31T10:00:00Z`; now when left out.
    pub at: Option<String>,
}

fn malformed(place: &str, message: String) -> Problem {
    Problem { kind: Kind::Malformed, ..Problem::field(place, "aggregate", message) }
}

/// `f(x)` as f and x; `x` as nothing and x.
fn call(text: &str) -> (&str, &str) {
    match text.trim().split_once('(') {
        Some((name, rest)) => (name.trim(), rest.trim_end_matches(')').trim()),
        None => ("", text.trim()),
    }
}

/// A field to group by, `month(date)` and its like included.
pub(crate) fn group(object: &Object, text: &str) -> Result<Group> {
    let (bucket, name) = call(text);
    let field = object.field(name).ok_or_else(|| malformed("group", format!("{} has no field {name}", object.name)))?;
    let dated = matches!(field.kind, FieldType::Date | FieldType::DateTime);
    let bucket = match bucket {
        "" => None,
        "day" => Some(Bucket::Day),
        "week" => Some(Bucket::Week),
        "month" => Some(Bucket::Month),
        "quarter" => Some(Bucket::Quarter),
        "year" => Some(Bucket::Year),
        other => return Err(malformed("group", format!("{other} is not day, week, month, quarter or year"))),
    };
    if bucket.is_some() && !dated {
        return Err(malformed("group", format!("{name} is no date")));
    }
    if !field.is_sortable() {
        return Err(malformed("group", format!("{name} cannot be grouped by")));
    }
    Ok(Group { field: name.to_owned(), bucket })
}

/// A figure, such as `sum(amount)`.
pub(super) fn measure(object: &Object, text: &str) -> Result<MeasureOf> {
    let (function, name) = call(text);
    if function == "count" {
        return Ok(MeasureOf::Count);
    }
    let field =
        object.field(name).ok_or_else(|| malformed("measures", format!("{} has no field {name}", object.name)))?;
    let number = field.kind.is_integer() || field.scale().is_some();
    let ordered = number || matches!(field.kind, FieldType::Date | FieldType::DateTime);
    if !ordered || field.is_virtual() || (!number && matches!(function, "sum" | "avg")) {
        return Err(malformed("measures", format!("{name} has no {function}")));
    }
    let name = name.to_owned();
    match function {
        "sum" => Ok(MeasureOf::Sum(name)),
        "min" => Ok(MeasureOf::Min(name)),
        "max" => Ok(MeasureOf::Max(name)),
        "avg" => Ok(MeasureOf::Average(name)),
        other => Err(malformed("measures", format!("{other} is not count, sum, min, max or avg"))),
    }
}

fn parts(text: Option<&String>) -> Vec<&str> {
    text.map(|text| text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect()).unwrap_or_default()
}

impl Kernel {
    /// Rows of `{group…, measure…}`, keyed by the texts that asked for them.
    pub async fn aggregate(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        params: AggregateParams,
    ) -> Result<Vec<Map<String, Json>>> {
        let object = Arc::clone(object);
        self.read_in(tenant, principal, None, move |ctx| Box::pin(async move { ctx.figures(&object, &params).await }))
            .await
    }
}

impl Ctx {
    /// The same inside an action, under the rights that it has.
    ///
    /// # Errors
    /// As those of the question from outside; also when there is no such object.
    pub async fn figures_of(&mut self, object: &str, params: &AggregateParams) -> Result<Vec<Map<String, Json>>> {
        let object = Arc::clone(self.registry.object(object)?);
        self.figures(&object, params).await
    }

    pub(crate) async fn figures(
        &mut self,
        object: &Arc<Object>,
        params: &AggregateParams,
    ) -> Result<Vec<Map<String, Json>>> {
        if !self.policy().may(object, READ) {
            return Err(Problem::denied(format!("you may not read {}", object.plural.to_lowercase())));
        }
        let group_texts = parts(params.group.as_ref());
        let mut measure_texts = parts(params.measures.as_ref());
        if measure_texts.is_empty() {
            measure_texts.push("count()");
        }
        if group_texts.len() > PARTS_MAX || measure_texts.len() > PARTS_MAX {
            return Err(malformed("group", format!("at most {PARTS_MAX} groups and {PARTS_MAX} measures")));
        }
        for text in group_texts.iter().chain(&measure_texts) {
            let (_, name) = call(text);
            if object.field(name).is_some_and(|field| !self.policy().shows(object, field)) {
                return Err(malformed("group", format!("{} has no field {name}", object.name)));
            }
        }
        let groups = group_texts.iter().map(|text| group(object, text)).collect::<Result<Vec<_>>>()?;
        let measures = measure_texts.iter().map(|text| measure(object, text)).collect::<Result<Vec<_>>>()?;
        let list = ListParams { filter: params.filter.clone(), q: params.q.clone(), ..ListParams::default() };
        let filters = self.filters(object, &list)?;
        if let Some(at) = moment("at", params.at.as_ref())? {
            let scope = Scope::of(&self.registry, object, &conditions(&filters), &[]);
            self.go_back(at, &scope).await?;
        }
        let ask = Ask { filters, limit: ROWS_MAX, ..Ask::default() };
        let rows = self.aggregate_of(object, ask, groups, measures).await?;
        let keys: Vec<String> = group_texts.iter().chain(&measure_texts).map(|text| (*text).to_owned()).collect();
        let row = |values: Vec<Value>| keys.iter().cloned().zip(values.iter().map(json::value)).collect();
        Ok(rows.into_iter().map(row).collect())
    }
}
