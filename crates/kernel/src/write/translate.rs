//! What a record says in other languages: a translation of a field is a record that hangs on it, so that it has its
//! rights, its history and its undo, and it is told in place of the field's own text to who asks for that language.
//!
//! Languages are named by tags after BCP 47. One is looked for as RFC 4647 (3.4) says: `pt-BR`, then `pt`, then the text
//! itself.

use std::collections::HashMap;
use std::sync::Arc;

use nexus_model::{Field, Object, ObjectName, Problem, Record, Uuid, Value, json};
use nexus_store::Filter;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::Result;
use crate::core::Translation;
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::entity::{Entity, Leads};
use crate::find::find;
use crate::operation::{self, Answer, Effect};
use crate::policy::UPDATE;
use crate::registry::Action;

/// Records whose translations are read at a time.
const PAGE: usize = 500;
/// Characters of a language's tag.
const TAG_MAX: usize = 35;

/// The fields of an object that may be said in other languages.
fn fields(object: &Object) -> impl Iterator<Item = &Field> {
    object.fields.iter().filter(|field| field.translatable)
}

/// The action by which whoever may change a record says it in another language.
pub(crate) fn action(object: &Arc<Object>) -> Option<Action> {
    fields(object).next()?;
    let of = Arc::clone(object);
    let texts: Map<String, Json> = fields(object)
        .map(|field| (field.name.clone(), json!({"type": ["string", "null"], "title": field.label})))
        .collect();
    let texts = json!({"type": "object", "properties": texts, "additionalProperties": false});
    Some(Action {
        name: format!("{}.translate_{}", object.name.app(), object.name.object()),
        app: object.name.app().to_owned(),
        object: Some(Arc::clone(object)),
        segment: "translate".to_owned(),
        on_record: true,
        label: "Translate".to_owned(),
        about: format!(
            "Says fields of a {} in another language; null takes back what was said.",
            object.label.to_lowercase()
        ),
        effect: Effect::Reversible,
        when: None,
        inverse: None,
        granted_by: Some(UPDATE),
        // A translation is written by who may change the record, and by nobody else.
        elevated: true,
        input: json!({
            "type": "object",
            "properties": {
                "language": {"type": "string", "title": "Language", "description": "Its tag after BCP 47, such as `fr` or `pt-BR`"},
                "fields": texts
            },
            "required": ["language", "fields"],
            "additionalProperties": false
        }),
        output: Some(json!({
            "type": "object",
            "properties": {"language": {"type": "string"}, "fields": texts},
            "required": ["language", "fields"]
        })),
        generic: false,
        body: Arc::new(move |ctx, id, input| {
            let object = Arc::clone(&of);
            Box::pin(async move { translate(ctx, &object, operation::record::<()>(id)?.uuid(), input).await })
        }),
    })
}

/// What is to be said, by field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    language: String,
    fields: Map<String, Json>,
}

async fn translate(ctx: &mut Ctx, object: &Arc<Object>, id: Uuid, input: Json) -> Result<Answer> {
    let said: Said = serde_json::from_value(input).map_err(|error| Problem::malformed(error.to_string()))?;
    let target = Leads { object: object.name.clone(), id };
    let led = Value::Leads(object.name.clone(), id);
    for (field, text) in &said.fields {
        let text = match text {
            Json::Null => None,
            Json::String(text) => Some(text.clone()),
            _ => return Err(Problem::field(format!("fields/{field}"), "type", "is a text, or null to take it back")),
        };
        let known = find::<Translation>().eq("target", led.clone()).eq("field", field.as_str());
        let known = ctx.first(known.eq("language", said.language.as_str())).await?;
        match (known, text) {
            (Some(known), None) => ctx.delete(known.id).await?,
            (Some(known), Some(text)) => drop(ctx.save(Translation { text, ..known }).await?),
            (None, Some(text)) => {
                let (target, field, language) = (Some(target.clone()), field.clone(), said.language.clone());
                ctx.create(Translation { target, field, language, text, ..Translation::default() }).await?;
            }
            (None, None) => {}
        }
    }
    let now = find::<Translation>().eq("target", led).eq("language", said.language.as_str());
    let now = ctx.all(now).await?.into_iter().map(|told| (told.field, Json::from(told.text)));
    Ok(Answer::Json(json!({"language": said.language, "fields": now.collect::<Map<String, Json>>()})))
}

/// A translation is of a field that has translations, and obeys what that field asks of a text.
pub(crate) fn check(ctx: &mut Ctx, translation: &mut Translation) -> Result<()> {
    let Some(target) = &translation.target else { return Ok(()) };
    let object = ctx.registry.object(target.object.as_str())?;
    let Some(field) = fields(object).find(|field| field.name == translation.field) else {
        let message = match fields(object).map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => format!("a {} has no field that is `translatable`", object.label.to_lowercase()),
            known => format!("is none of the translatable fields of a {}: {known}", object.label.to_lowercase()),
        };
        return Err(Problem::field("field", "translatable", message));
    };
    let fits = json::parse(field, &Json::from(translation.text.as_str()));
    fits.map(drop).map_err(|error| Problem::field("text", error.rule, error.message))
}

/// A language that somebody asks for.
///
/// # Errors
/// When it is no tag.
pub(crate) fn language(asked: Option<&String>) -> Result<Option<String>> {
    let Some(tag) = asked.map(|tag| tag.trim()).filter(|tag| !tag.is_empty()) else { return Ok(None) };
    let part = |part: &str| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric());
    if tag.len() > TAG_MAX || !tag.split('-').all(part) {
        let problem = Problem::field("language", "tag", "is the tag of a language, such as `fr` or `pt-BR`");
        return Err(Problem { kind: crate::Kind::Malformed, ..problem });
    }
    Ok(Some(tag.to_owned()))
}

/// The tags under which a text in a language is looked for, the best first.
fn range(tag: &str) -> Vec<Value> {
    let mut tags = vec![tag];
    while let Some((shorter, last)) = tags.last().and_then(|tag| tag.rsplit_once('-')) {
        // What one letter introduces is nothing without what follows.
        let shorter = if shorter.rsplit('-').next().is_some_and(|part| part.len() == 1) && !last.is_empty() {
            shorter.rsplit_once('-').map_or(shorter, |(rest, _)| rest)
        } else {
            shorter
        };
        tags.push(shorter);
    }
    tags.into_iter().map(Value::from).collect()
}

impl Ctx {
    /// What is read besides where a language is asked for.
    pub(crate) fn translations(&self) -> Option<ObjectName> {
        self.language.as_ref().map(|_| ObjectName::resolve("", Translation::OBJECT))
    }

    /// Says records in the language that is asked for, where one is: one query for every five hundred of them. What may
    /// be translated everybody sees who sees the record, so the rights were asked with the records.
    pub(crate) async fn say(&mut self, object: &Object, records: &mut [Record]) -> Result<()> {
        let Some(tag) = self.language.clone() else { return Ok(()) };
        if fields(object).next().is_none() {
            return Ok(());
        }
        let range = range(&tag);
        let of = Arc::clone(self.registry.object(Translation::OBJECT)?);
        for page in records.chunks_mut(PAGE) {
            let targets = page.iter().map(|record| Value::Leads(object.name.clone(), record.id())).collect();
            let filters =
                vec![Filter::OneOf("target".to_owned(), targets), Filter::OneOf("language".to_owned(), range.clone())];
            let limit = PAGE * range.len() * fields(object).count();
            let elevated = std::mem::replace(&mut self.elevated, true);
            let found = self.ask(&of, Ask { filters, limit, ..Ask::default() }).await;
            self.elevated = elevated;
            let mut best: HashMap<(Uuid, String), (usize, String)> = HashMap::new();
            for told in found?.iter().map(Translation::from_record) {
                let place = range.iter().position(|tag| tag.as_text() == Some(told.language.as_str()));
                let (Some(target), Some(place)) = (told.target, place) else { continue };
                let known = best.entry((target.id, told.field)).or_insert((usize::MAX, String::new()));
                if place < known.0 {
                    *known = (place, told.text);
                }
            }
            for record in page {
                for field in fields(object) {
                    if let Some((_, text)) = best.remove(&(record.id(), field.name.clone())) {
                        record.set(&field.name, text);
                    }
                }
            }
        }
        Ok(())
    }
}
