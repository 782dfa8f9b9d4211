//! Actions: named, typed operations, written once and reached from every face.

use std::sync::Arc;

use nexus_model::{FieldError, Problem, Uuid};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::ctx::Ctx;
use crate::entity::{Entity, Id};
use crate::faces::Shown;
use crate::{BoxFuture, Result};

/// What an action does to the world, which decides how carefully it is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    Read,
    /// Undo restores every value.
    Reversible,
    /// Undo runs another action that makes up for it.
    Compensatable,
    Irreversible,
    /// Reaches people or systems outside.
    External,
    /// Moves money.
    Money,
}

/// What the `#[action]` macro knows of a function.
#[derive(Clone)]
pub struct OperationSpec {
    /// The function, last part of the full name: `convert_lead`.
    pub function: &'static str,
    pub object: Option<&'static str>,
    /// The REST segment: `convert`.
    pub name: &'static str,
    pub on_record: bool,
    pub label: Option<&'static str>,
    pub about: &'static str,
    pub effect: Effect,
    pub when: Option<&'static str>,
    pub inverse: Option<&'static str>,
    pub elevated: bool,
    pub input: Json,
    pub output: Option<Json>,
}

/// Implemented by the `#[action]` macro.
pub trait Operation: Copy + Send + Sync + 'static {
    fn spec(&self) -> OperationSpec;
    fn run<'a>(&'a self, ctx: &'a mut Ctx, record: Option<Uuid>, input: Json) -> BoxFuture<'a, Result<Answer>>;
}

/// The body of an action, whatever it was written as; that of a report or a print answers JSON.
pub type Body<T = Answer> =
    Arc<dyn for<'a> Fn(&'a mut Ctx, Option<Uuid>, Json) -> BoxFuture<'a, Result<T>> + Send + Sync>;

/// An action's input from JSON; unknown members are refused by name.
pub fn input<T: DeserializeOwned>(json: Json) -> Result<T> {
    let json = if json.is_null() { Json::Object(serde_json::Map::new()) } else { json };
    let (mut unknown, mut track) = (Vec::new(), serde_path_to_error::Track::new());
    let tracked = serde_path_to_error::Deserializer::new(json, &mut track);
    let parsed =
        serde_ignored::deserialize::<_, _, T>(tracked, |path| unknown.push(path.to_string().replace('.', "/")));
    if !unknown.is_empty() {
        let errors = unknown.into_iter().map(|field| FieldError::new(field, "unknown", "is not known here"));
        return Err(Problem::fields(errors.collect()));
    }
    parsed.map_err(|error| {
        let (text, mut path) = (error.to_string(), steps(&track.path()));
        let quoted = text.split('`').nth(1).unwrap_or_default();
        let (rule, message) = match text.split_once(", expected ") {
            _ if text.starts_with("missing field") => ("required", "is required".to_owned()),
            _ if text.starts_with("unknown field") => ("unknown", "is not known here".to_owned()),
            // What was given is left out: it may be a secret in the wrong place.
            Some((_, expected)) => ("type", format!("is {expected}")),
            None => ("input", text.clone()),
        };
        if matches!(rule, "required" | "unknown") && path.last().is_none_or(|last| last != quoted) {
            path.push(quoted.to_owned());
        }
        Problem::field(path.join("/"), rule, message)
    })
}

fn steps(path: &serde_path_to_error::Path) -> Vec<String> {
    use serde_path_to_error::Segment;
    let named = path.iter().filter(|segment| !matches!(segment, Segment::Unknown));
    named.map(|segment| segment.to_string().trim_matches(['[', ']']).to_owned()).collect()
}

/// The JSON Schema of an input.
pub fn schema<T: JsonSchema>() -> Json {
    let mut schema = schemars::schema_for!(T).to_value();
    if let Some(object) = schema.as_object_mut() {
        object.remove("$schema");
    }
    schema
}

/// The record an action is about.
pub fn record<T>(record: Option<Uuid>) -> Result<Id<T>> {
    record.map(Id::new).ok_or_else(|| Problem::malformed("this action needs the id of a record"))
}

/// The input of an action that takes none.
#[derive(serde::Deserialize, JsonSchema)]
pub struct NoInput {}

/// What an action can answer with: anything that serialises, and every typed record.
pub trait Output: Sized + Send + 'static {
    /// The JSON Schema of the answer, where there is one.
    fn schema() -> Option<Json> {
        None
    }

    fn into_answer<'a>(self, ctx: &'a mut Ctx) -> BoxFuture<'a, Result<Answer>>;
}

impl<T: serde::Serialize + Send + 'static> Output for T {
    fn into_answer<'a>(self, _: &'a mut Ctx) -> BoxFuture<'a, Result<Answer>> {
        let json = serde_json::to_value(self).map_err(|error| Problem::internal(error.to_string()));
        Box::pin(std::future::ready(json.map(Answer::Json)))
    }
}

/// What an action answered with. A record is written out when it is read, which need not be while others wait for the
/// tenant's writer.
pub enum Answer {
    Json(Json),
    Record(Shown),
}

impl Answer {
    pub fn into_json(self) -> Json {
        match self {
            Answer::Json(json) => json,
            Answer::Record(record) => Json::Object(record.to_json()),
        }
    }

    /// The id of the record that was answered.
    pub(crate) fn id(&self) -> Option<Uuid> {
        match self {
            Answer::Json(json) => json.get("id").and_then(Json::as_str).and_then(|id| Uuid::try_parse(id).ok()),
            Answer::Record(record) => Some(record.id()),
        }
    }
}

/// An action's answer.
pub async fn output<T: Output>(ctx: &mut Ctx, value: T) -> Result<Answer> {
    value.into_answer(ctx).await
}

/// The schema of an answer that is a record: the record's own, by reference.
pub fn entity_schema(object: &'static str) -> Option<Json> {
    Some(serde_json::json!({"type": "object", "x-object": object}))
}

/// A record is answered as it is stored, with the fields that the caller may see.
pub fn entity_output<'a, T: Entity>(ctx: &'a mut Ctx, id: Id<T>) -> BoxFuture<'a, Result<Answer>> {
    Box::pin(async move {
        if ctx.answers_id() {
            return Ok(Answer::Json(serde_json::json!({ "id": id })));
        }
        ctx.shown(T::OBJECT, id.uuid()).await
    })
}
