//! One row: its texts become values by the fields' types, its steps become actions.

use std::collections::HashMap;
use std::sync::Arc;

use nexus_model::expr::Env;
use nexus_model::{Field, FieldError, FieldType, Object, Problem, Record, Uuid, Value};
use nexus_store::Filter;
use serde_json::{Map, Value as Json};

use super::mapping::{Plan, Step};
use crate::Result;
use crate::ctx::Ctx;

#[derive(Default)]
pub(super) struct Counts {
    pub(super) created: u64,
    pub(super) updated: u64,
}

type Found = HashMap<(usize, String), Uuid>;
/// Those that a row adds to them, once it is kept.
type New = Vec<((usize, String), Uuid)>;

/// Runs the steps of a row. Records found or made under a key are put into `new`.
pub(super) async fn run(
    ctx: &mut Ctx,
    plan: &Plan,
    data: &Map<String, Json>,
    found: &Found,
    new: &mut New,
) -> Result<Counts> {
    let mut names = data.clone();
    let mut counts = Counts::default();
    for (index, step) in plan.steps.iter().enumerate() {
        if !wanted(ctx, step, data) {
            continue;
        }
        let id = match &step.record {
            Some(record) => {
                let id = fill(record, &names);
                let id = id.as_str().and_then(|id| Uuid::try_parse(id).ok());
                id.ok_or_else(|| Problem::field("mapping", "record", "names no record of an earlier step"))?
            }
            None => found_or_made(ctx, plan, index, &names, found, (&mut *new, &mut counts)).await?,
        };
        names.insert(step.name.clone(), id.to_string().into());
        if let Some(action) = &step.action {
            ctx.perform(action, Some(id), fill(&step.input, &names)).await?;
        }
    }
    Ok(counts)
}

/// The record that a step's key finds, updated where the plan says so, or a new one.
async fn found_or_made(
    ctx: &mut Ctx,
    plan: &Plan,
    index: usize,
    names: &Map<String, Json>,
    found: &Found,
    (new, counts): (&mut New, &mut Counts),
) -> Result<Uuid> {
    let step = &plan.steps[index];
    let Json::Object(set) = fill(&step.set, names) else { return Err(Problem::internal("a step sets fields")) };
    let input = coerce(ctx, &step.object, set, plan.dates.as_deref()).await?;
    let key = step.find.as_ref().and_then(|field| input.get(field)).and_then(Json::as_str).map(str::to_owned);
    let known = match (&step.find, &key) {
        (Some(field), Some(key)) => match found.get(&(index, key.clone())) {
            Some(id) => Some(*id),
            None => by_key(ctx, &step.object, field, key).await?,
        },
        _ => None,
    };
    let id = match (known, &step.update) {
        (Some(id), Some(update)) => {
            ctx.perform(update, Some(id), Json::Object(input)).await?;
            counts.updated += 1;
            id
        }
        (Some(id), None) => id,
        (None, _) => {
            let made = ctx.perform(&step.create, None, Json::Object(input)).await?;
            counts.created += 1;
            made.id().ok_or_else(|| Problem::internal("a created record has no id"))?
        }
    };
    if let Some(key) = key
        && !found.contains_key(&(index, key.clone()))
    {
        new.push(((index, key), id));
    }
    Ok(id)
}

fn wanted(ctx: &Ctx, step: &Step, data: &Map<String, Json>) -> bool {
    let Some((object, when)) = &step.when else { return true };
    let mut row = Record::new(Arc::clone(object));
    for (name, text) in data {
        row.set(name, text.as_str().map(str::to_owned));
    }
    when.holds(&Env { record: Some(&row), vars: &ctx.vars, linked: &|_, _| None })
}

/// A template with `{name}` replaced by the row's texts and the earlier steps' ids.
fn fill(template: &Json, names: &Map<String, Json>) -> Json {
    match template {
        Json::String(text) => {
            let mut filled = String::with_capacity(text.len());
            let mut rest = text.as_str();
            while let Some((before, after)) = rest.split_once('{') {
                filled.push_str(before);
                match after.split_once('}') {
                    Some((name, after)) if names.contains_key(name) => {
                        filled.push_str(names[name].as_str().unwrap_or_default());
                        rest = after;
                    }
                    _ => {
                        filled.push('{');
                        rest = after;
                    }
                }
            }
            filled.push_str(rest);
            filled.into()
        }
        Json::Array(items) => items.iter().map(|item| fill(item, names)).collect(),
        Json::Object(members) => {
            Json::Object(members.iter().map(|(name, value)| (name.clone(), fill(value, names))).collect())
        }
        other => other.clone(),
    }
}

/// Texts as the JSON that their fields take; empty texts are no values.
fn coerce<'a>(
    ctx: &'a mut Ctx,
    object: &'a Arc<Object>,
    input: Map<String, Json>,
    dates: Option<&'a str>,
) -> crate::BoxFuture<'a, Result<Map<String, Json>>> {
    Box::pin(async move {
        let mut output = Map::new();
        for (name, value) in input {
            let Some(field) = object.field(&name) else {
                output.insert(name, value);
                continue;
            };
            let value = match (&field.kind, value) {
                (FieldType::Table(child), Json::Array(rows)) => {
                    let child = Arc::clone(ctx.schema().expect(child));
                    let mut coerced = Vec::new();
                    for row in rows {
                        if let Json::Object(row) = row {
                            let row = coerce(ctx, &child, row, dates).await?;
                            // A row whose columns are all empty is no row.
                            if !row.is_empty() {
                                coerced.push(Json::Object(row));
                            }
                        }
                    }
                    if coerced.is_empty() { Json::Null } else { Json::Array(coerced) }
                }
                (FieldType::Address | FieldType::Money | FieldType::Geo, Json::Object(parts)) => {
                    let parts: Map<_, _> = parts.into_iter().filter(|(_, part)| part.as_str() != Some("")).collect();
                    if parts.is_empty() { Json::Null } else { Json::Object(parts) }
                }
                (_, Json::String(text)) if text.is_empty() => Json::Null,
                (FieldType::Link(to), Json::String(text)) => {
                    let target = Arc::clone(ctx.schema().expect(to));
                    let id = by_name(ctx, &target, field, &text).await?;
                    id.to_string().into()
                }
                (FieldType::Links(to), Json::String(text)) => {
                    let target = Arc::clone(ctx.schema().expect(to));
                    let mut ids = Vec::new();
                    for name in text.split(';').map(str::trim).filter(|name| !name.is_empty()) {
                        ids.push(Json::from(by_name(ctx, &target, field, name).await?.to_string()));
                    }
                    Json::Array(ids)
                }
                (_, Json::String(text)) => scalar(ctx, field, text, dates),
                (_, other) => other,
            };
            if !value.is_null() {
                output.insert(name, value);
            }
        }
        Ok(output)
    })
}

fn scalar(ctx: &Ctx, field: &Field, text: String, dates: Option<&str>) -> Json {
    match &field.kind {
        kind if kind.is_integer() => text.parse::<i64>().map_or_else(|_| text.into(), Json::from),
        FieldType::Boolean => match text.to_lowercase().as_str() {
            "true" | "yes" | "y" | "1" | "x" => true.into(),
            "false" | "no" | "n" | "0" => false.into(),
            _ => text.into(),
        },
        FieldType::Tags | FieldType::Choices(_) => {
            text.split(';').map(str::trim).filter(|item| !item.is_empty()).map(|item| choice(field, item)).collect()
        }
        FieldType::Choice(_) => choice(field, &text).into(),
        // `+14` and `-30` are days from today, so that a sample never grows old.
        FieldType::Date if text.starts_with(['+', '-']) => {
            let days = text.parse::<i64>().ok().map(|days| jiff::Span::new().try_days(days));
            match days.and_then(|days| ctx.today().checked_add(days.ok()?).ok()) {
                Some(date) => date.to_string().into(),
                None => text.into(),
            }
        }
        FieldType::Date => match dates.map(|form| nexus_model::Date::strptime(form, &text)) {
            Some(Ok(date)) => date.to_string().into(),
            _ => text.into(),
        },
        _ => text.into(),
    }
}

/// A choice by its value or, as people write it, by its label.
fn choice(field: &Field, text: &str) -> String {
    let named = field.kind.choices().iter().find(|choice| choice.label.eq_ignore_ascii_case(text));
    named.map_or_else(|| text.to_owned(), |choice| choice.value.clone())
}

async fn by_key(ctx: &mut Ctx, object: &Arc<Object>, field: &str, key: &str) -> Result<Option<Uuid>> {
    if !object.field(field).is_some_and(|field| ctx.policy().shows(object, field)) {
        return Err(Problem::field(field, "level", "is no field that you may find records by"));
    }
    let filters = vec![Filter::Equals(field.to_owned(), Value::Text(key.to_owned()))];
    Ok(ctx.records(object, filters, Vec::new(), 1).await?.first().map(Record::id))
}

/// The record that a text names: its id, a unique field's value, or a title that only one has.
async fn by_name(ctx: &mut Ctx, target: &Arc<Object>, field: &Field, text: &str) -> Result<Uuid> {
    if let Ok(id) = Uuid::try_parse(text) {
        return Ok(id);
    }
    let wrong = |message: String| Problem::fields(vec![FieldError::new(&field.name, "link", message)]);
    let policy = ctx.policy();
    let unique = |field: &&Field| field.unique.is_some() && field.kind.is_text() && policy.shows(target, field);
    let unique = target.fields.iter().filter(unique);
    for name in unique.map(|field| field.name.clone()).collect::<Vec<_>>() {
        let filters = vec![Filter::Equals(name, Value::Text(text.to_owned()))];
        if let [one] = ctx.records(target, filters, Vec::new(), 2).await?.as_slice() {
            return Ok(one.id());
        }
    }
    let filters = vec![Filter::Equals(target.title.clone(), Value::Text(text.to_owned()))];
    match ctx.records(target, filters, Vec::new(), 2).await?.as_slice() {
        [one] => Ok(one.id()),
        [] => Err(wrong(format!("there is no {} called {text}", target.label.to_lowercase()))),
        _ => Err(wrong(format!("several are called {text}; name it by its id or another unique field"))),
    }
}
