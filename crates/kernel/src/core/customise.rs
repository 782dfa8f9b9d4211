//! Entries of a tenant's own manifests, set one by one: what a person does with a form and an agent with a call.

use nexus_model::schema::{OWN_APP, OWN_APP_MANIFEST};
use nexus_model::{Problem, names};
use serde_json::{Map, Value as Json, json};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Key, Table, Value};

use super::{Manifest, ManifestKind};
use crate::Result;
use crate::action;
use crate::ctx::Ctx;
use crate::find::find;

/// Entries that one call sets.
const SET_MAX: usize = 200;
/// Nesting of a value.
const DEPTH_MAX: usize = 16;

/// What to declare, and where.
#[derive(serde::Deserialize, schemars::JsonSchema)]
pub(crate) struct Customise {
    /// An app's object to add to, such as `crm.lead`; an object of your own, `custom.vehicle`, made when there is none;
    /// `custom.reports.fleet`, a report of your own; or `custom` for your roles and menu.
    object: String,
    /// Values by their place in the manifest, in the notation of every app's: `fields.x_region` as
    /// `{"type": "choice", "of": ["coast"]}`, `views.list`, `states.x_waiting`, `rules.x_enough`, `access.driver`,
    /// `choices.source`, `naming.number`, `roles.driver`. Null takes an entry away.
    set: Map<String, Json>,
}

/// Adds fields, states, choices, rules, views, rights or series to an object while it is in use, or makes an object or a
/// report of your own. Names that you add to an app's object begin with `x_`.
#[action(effect = "reversible", label = "Customise")]
pub async fn customise(ctx: &mut Ctx, input: Customise) -> Result<Json> {
    if input.set.is_empty() || input.set.len() > SET_MAX {
        return Err(Problem::field("set", "size", format!("has from 1 to {SET_MAX} entries")));
    }
    let (kind, name) = match input.object.split_once('.') {
        None if input.object == OWN_APP => (ManifestKind::App, OWN_APP),
        Some((OWN_APP, own)) => match own.strip_prefix("reports.") {
            Some(report) => (ManifestKind::Report, report),
            None => (ManifestKind::Object, own),
        },
        Some(_) => (ManifestKind::Extension, input.object.as_str()),
        None => return Err(Problem::field("object", "object", "is an object, such as crm.lead or custom.vehicle")),
    };
    let known: Option<Manifest> = ctx.first(find().eq("kind", kind).eq("name", name)).await?;
    let first = match kind {
        ManifestKind::App => OWN_APP_MANIFEST.to_owned(),
        ManifestKind::Object | ManifestKind::Report => format!("label = \"{}\"\n", names::label(name)),
        ManifestKind::Extension => String::new(),
    };
    let text = known.as_ref().map_or(first, |known| known.text.clone());
    let mut document: DocumentMut = text.parse().map_err(|error| {
        Problem::conflict(format!("the manifest of {} cannot be read: {error}; write it anew", input.object))
    })?;
    for (path, value) in &input.set {
        set(document.as_table_mut(), path, value)?;
    }
    let text = document.to_string();
    match known {
        Some(known) if text.trim().is_empty() => ctx.delete(known.id).await?,
        Some(known) => drop(ctx.save(Manifest { text: text.clone(), ..known }).await?),
        None => {
            drop(
                ctx.create(Manifest { kind, name: name.to_owned(), text: text.clone(), ..Manifest::default() }).await?,
            );
        }
    }
    Ok(json!({"object": input.object, "manifest": text}))
}

fn set(table: &mut Table, path: &str, value: &Json) -> Result<()> {
    let wrong = |why: String| Problem::field(format!("set/{path}"), "path", why);
    let keys = Key::parse(path).map_err(|error| wrong(format!("is a place such as fields.x_region: {error}")))?;
    let [outer @ .., last] = keys.as_slice() else { return Err(wrong("is empty".to_owned())) };
    let mut at: &mut dyn toml_edit::TableLike = table;
    for key in outer {
        let item = at.entry(key.get()).or_insert_with(|| Item::Table(Table::new()));
        at = item
            .as_table_like_mut()
            .ok_or_else(|| wrong(format!("leads through {}, which has no entries", key.get())))?;
    }
    if value.is_null() {
        at.remove(last.get());
    } else {
        let value = toml(value, 0).map_err(wrong)?;
        at.insert(last.get(), Item::Value(value));
    }
    // What has become empty is not left standing.
    if let [outer] = outer
        && table.get(outer.get()).and_then(Item::as_table_like).is_some_and(toml_edit::TableLike::is_empty)
    {
        table.remove(outer.get());
    }
    Ok(())
}

fn toml(json: &Json, depth: usize) -> std::result::Result<Value, String> {
    if depth > DEPTH_MAX {
        return Err(format!("nests deeper than {DEPTH_MAX}"));
    }
    Ok(match json {
        Json::Null => return Err("holds null; leave the entry out".to_owned()),
        Json::Bool(flag) => (*flag).into(),
        Json::Number(number) => number.as_i64().map(Value::from).ok_or("numbers are whole; write decimals as text")?,
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => {
            let items = items.iter().map(|item| toml(item, depth + 1)).collect::<std::result::Result<Array, _>>()?;
            Value::Array(items)
        }
        Json::Object(entries) => {
            let mut table = InlineTable::new();
            for (name, value) in entries {
                table.insert(name.as_str(), toml(value, depth + 1)?);
            }
            Value::InlineTable(table)
        }
    })
}
