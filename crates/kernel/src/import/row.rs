//! One row: its texts become values by the fields' types, its steps become actions.

use std::collections::HashMap;
use std::sync::Arc;

use nexus_model::expr::Env;
use nexus_model::object::system;
use nexus_model::{Field, FieldError, FieldType, Object, Problem, Record, Uuid, Value};
use nexus_store::Filter;
use serde_json::{Map, Value as Json};

use super::convention;
use super::guess::is_given;
use super::mapping::{Plan, Reading, Step};
use super::read::text_of;
use crate::Result;
use crate::ctx::Ctx;

/// Bytes of a key that is remembered.
const KEY_MAX: usize = 200;

#[derive(Default)]
pub(super) struct Counts {
    pub(super) created: u64,
    pub(super) updated: u64,
    pub(super) unchanged: u64,
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
    let mut input = coerce(ctx, &step.object, set, &plan.reading).await?;
    let key = step.find.as_ref().and_then(|field| input.get(field)).map(text_of);
    let known = match (&step.find, &key) {
        (Some(field), Some(key)) => match found.get(&(index, key.clone())) {
            Some(id) => Some(*id),
            None => by_key(ctx, &step.object, field, &input[field]).await?,
        },
        _ => None,
    };
    if let Some(id) = input.shift_remove(system::ID)
        && known.is_none()
    {
        let label = step.object.label.to_lowercase();
        return Err(Problem::field(system::ID, "key", format!("there is no {label} with the id {}", text_of(&id))));
    }
    let id = match (known, &step.update) {
        (Some(id), Some(update)) => {
            let before = ctx.changes;
            ctx.perform(update, Some(id), Json::Object(input)).await?;
            if ctx.changes == before {
                counts.unchanged += 1
            } else {
                counts.updated += 1
            }
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
        && key.len() <= KEY_MAX
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
        row.set(name, text_of(text));
    }
    when.holds(&Env { record: Some(&row), vars: &ctx.vars, linked: &|_, _| None })
}

/// A template with `{name}` replaced by the row's texts and the earlier steps' ids.
fn fill(template: &Json, names: &Map<String, Json>) -> Json {
    match template {
        // A cell alone keeps its type, which workbooks and JSON lines give it.
        Json::String(text) if names.contains_key(name_of(text)) => names[name_of(text)].clone(),
        Json::String(text) => {
            let mut filled = String::with_capacity(text.len());
            let mut rest = text.as_str();
            while let Some((before, after)) = rest.split_once('{') {
                filled.push_str(before);
                match after.split_once('}') {
                    Some((name, after)) if names.contains_key(name) => {
                        filled.push_str(&text_of(&names[name]));
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

/// The name in a template, if it is nothing else. A heading may have braces in it.
fn name_of(template: &str) -> &str {
    template.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default()
}

/// Texts as the JSON that their fields take; empty texts are no values.
fn coerce<'a>(
    ctx: &'a mut Ctx,
    object: &'a Arc<Object>,
    input: Map<String, Json>,
    reading: &'a Reading,
) -> crate::BoxFuture<'a, Result<Map<String, Json>>> {
    Box::pin(async move {
        let mut output = Map::new();
        for (name, value) in input {
            let Some(field) = object.field(&name) else {
                output.insert(name, value);
                continue;
            };
            // A number is the text that it looks like, such as a telephone number in a workbook, unless it is wanted; then
            // it is read by no convention of texts.
            let value = match value {
                Json::Number(number) if field.kind.scale().is_some() => {
                    output.insert(name, plain(&number).into());
                    continue;
                }
                Json::Number(number) if !field.kind.is_integer() && field.kind != FieldType::Json => {
                    number.to_string().into()
                }
                value => value,
            };
            let value = match (&field.kind, value) {
                (FieldType::Table(child), Json::Array(rows)) => {
                    let child = Arc::clone(ctx.schema().expect(child));
                    let mut coerced = Vec::new();
                    for row in rows {
                        if let Json::Object(mut row) = row {
                            // What was exported has what Nexus itself keeps of each row.
                            row.retain(|name, _| child.field(name).is_none_or(is_given));
                            let row = coerce(ctx, &child, row, reading).await?;
                            // A row whose columns are all empty is no row.
                            if !row.is_empty() {
                                coerced.push(Json::Object(row));
                            }
                        }
                    }
                    if coerced.is_empty() { Json::Null } else { Json::Array(coerced) }
                }
                (FieldType::Address | FieldType::Money | FieldType::Geo, Json::Object(mut parts)) => {
                    // JSON lines have an amount and its currency as one.
                    if let Some(Json::Object(whole)) = parts.get("amount") {
                        parts = whole.clone();
                    }
                    parts.retain(|_, part| part.as_str() != Some("") && !part.is_null());
                    match parts.get_mut("amount") {
                        Some(Json::String(amount)) => *amount = number(field, amount, reading)?,
                        Some(Json::Number(amount)) => parts["amount"] = plain(amount).into(),
                        _ => {}
                    }
                    if parts.is_empty() { Json::Null } else { Json::Object(parts) }
                }
                (_, Json::String(text)) if text.is_empty() => Json::Null,
                (FieldType::Link(to), Json::String(text)) => {
                    let target = Arc::clone(ctx.schema().expect(to));
                    let id = by_name(ctx, &target, field, &text, reading).await?;
                    id.to_string().into()
                }
                (FieldType::Link(to), Json::Object(keys)) => {
                    let target = Arc::clone(ctx.schema().expect(to));
                    match keys.into_iter().find(|(_, key)| !text_of(key).is_empty()) {
                        Some((by, key)) => linked(ctx, &target, field, &by, &key).await?.to_string().into(),
                        None => Json::Null,
                    }
                }
                (FieldType::Links(to), Json::String(text)) => {
                    let target = Arc::clone(ctx.schema().expect(to));
                    let mut ids = Vec::new();
                    for name in text.split(';').map(str::trim).filter(|name| !name.is_empty()) {
                        ids.push(Json::from(by_name(ctx, &target, field, name, reading).await?.to_string()));
                    }
                    Json::Array(ids)
                }
                (_, Json::String(text)) => scalar(ctx, field, text, reading)?,
                (_, other) => other,
            };
            if !value.is_null() {
                output.insert(name, value);
            }
        }
        Ok(output)
    })
}

/// A number of a text as its field takes it.
fn number(field: &Field, text: &str, reading: &Reading) -> Result<String> {
    convention::number(text, reading.decimal).map_err(|why| Problem::field(&field.name, "number", why))
}

/// A number without an exponent.
fn plain(number: &serde_json::Number) -> String {
    let text = number.to_string();
    rust_decimal::Decimal::from_scientific(&text).map_or(text, |number| number.to_string())
}

fn scalar(ctx: &Ctx, field: &Field, text: String, reading: &Reading) -> Result<Json> {
    Ok(match &field.kind {
        FieldType::Duration => text.into(),
        kind if kind.is_integer() => {
            let number = number(field, &text, reading)?;
            number.parse::<i64>().map_or_else(|_| number.into(), Json::from)
        }
        kind if kind.scale().is_some() => number(field, &text, reading)?.into(),
        FieldType::Boolean => truth(&text).map_or_else(|| text.into(), Json::from),
        FieldType::Json | FieldType::DynamicLink(_) => serde_json::from_str(&text).unwrap_or_else(|_| text.into()),
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
        FieldType::Date => convention::day(&text, reading.dates.as_deref()).unwrap_or(text).into(),
        FieldType::DateTime => convention::moment(&text, reading.dates.as_deref()).unwrap_or(text).into(),
        _ => text.into(),
    })
}

/// Whether a text says yes or no.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "x" => Some(true),
        "false" | "no" | "n" | "0" => Some(false),
        _ => None,
    }
}

/// A choice by its value or, as people write it, by its label.
fn choice(field: &Field, text: &str) -> String {
    let named = field.kind.choices().iter().find(|choice| choice.label.eq_ignore_ascii_case(text));
    named.map_or_else(|| text.to_owned(), |choice| choice.value.clone())
}

/// The record whose field has a value, if there is one.
async fn by_key(ctx: &mut Ctx, object: &Arc<Object>, name: &str, key: &Json) -> Result<Option<Uuid>> {
    let field = object.field(name).filter(|field| ctx.policy().shows(object, field));
    let field = field.ok_or_else(|| Problem::field(name, "level", "is no field that you may find records by"))?;
    let value = nexus_model::json::parse(field, key).map_err(|error| Problem::fields(vec![error]))?;
    let filters = vec![match value {
        Value::Id(id) if name == system::ID => Filter::Ids(vec![id]),
        value => Filter::Equals(name.to_owned(), value),
    }];
    Ok(ctx.records(object, filters, Vec::new(), 1).await?.first().map(Record::id))
}

fn wrong(field: &Field, message: String) -> Problem {
    Problem::fields(vec![FieldError::new(&field.name, "link", message)])
}

/// The one record that a link leads to by a field of it.
async fn linked(ctx: &mut Ctx, target: &Arc<Object>, field: &Field, by: &str, key: &Json) -> Result<Uuid> {
    let found = by_key(ctx, target, by, key).await?;
    let none = || wrong(field, format!("there is no {} whose {by} is {}", target.label.to_lowercase(), text_of(key)));
    found.ok_or_else(none)
}

/// The record that a text names: its id, a unique field's value, or a title that only one has; one that is made for it
/// where the mapping says so.
async fn by_name(ctx: &mut Ctx, target: &Arc<Object>, field: &Field, text: &str, reading: &Reading) -> Result<Uuid> {
    if let Ok(id) = Uuid::try_parse(text) {
        return Ok(id);
    }
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
        [] if reading.create.contains(&field.name) => {
            let action = format!("{}.create_{}", target.name.app(), target.name.object());
            let action = Arc::clone(ctx.registry.action(&action)?);
            let input = Map::from_iter([(target.title.clone(), Json::from(text))]);
            let made = ctx.perform(&action, None, Json::Object(input)).await?;
            made.id().ok_or_else(|| Problem::internal("a created record has no id"))
        }
        [] => Err(wrong(field, format!("there is no {} called {text}", target.label.to_lowercase()))),
        _ => Err(wrong(field, format!("several are called {text}; name it by its id or another unique field"))),
    }
}
