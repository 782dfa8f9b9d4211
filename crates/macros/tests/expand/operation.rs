//! What operations need of the kernel.

use nexus_model::problem::Result;
use nexus_model::{Problem, Uuid};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::{BoxFuture, Ctx, Entity, Id};

/// What an operation does to the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "the test declares only some")]
pub enum Effect {
    Read,
    Reversible,
    Compensatable,
    Irreversible,
    External,
    Money,
}

/// What is declared about an operation.
#[derive(Debug, PartialEq)]
pub struct OperationSpec {
    pub function: &'static str,
    pub object: Option<&'static str>,
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

pub trait Operation: Copy + Send + Sync + 'static {
    fn spec(&self) -> OperationSpec;
    fn run<'a>(&'a self, ctx: &'a mut Ctx, record: Option<Uuid>, input: Json) -> BoxFuture<'a, Result<Answer>>;
}

/// What an action answered with.
pub type Answer = Json;

/// What an action may return.
pub trait Output: Sized + Send + 'static {
    fn schema() -> Option<Json>;
    fn into_answer<'a>(self, ctx: &'a mut Ctx) -> BoxFuture<'a, Result<Answer>>;
}

impl<T: Serialize + Send + 'static> Output for T {
    fn schema() -> Option<Json> {
        None
    }
    fn into_answer<'a>(self, _: &'a mut Ctx) -> BoxFuture<'a, Result<Answer>> {
        Box::pin(async move { serde_json::to_value(self).map_err(|error| Problem::internal(error.to_string())) })
    }
}

/// The input of an action that takes none.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoInput {}

pub fn record<T: Entity>(record: Option<Uuid>) -> Result<Id<T>> {
    record.map(Id::new).ok_or_else(|| Problem::malformed(format!("needs the id of a {}", T::OBJECT)))
}

pub fn input<T: DeserializeOwned>(input: Json) -> Result<T> {
    serde_json::from_value(input).map_err(|error| Problem::malformed(error.to_string()))
}

pub fn schema<T: JsonSchema>() -> Json {
    schemars::schema_for!(T).to_value()
}

pub async fn output<T: Output>(ctx: &mut Ctx, value: T) -> Result<Answer> {
    value.into_answer(ctx).await
}

pub fn entity_schema(object: &'static str) -> Option<Json> {
    Some(json!({ "x-object": object }))
}

pub fn entity_output<T: Entity>(_: &mut Ctx, id: Id<T>) -> BoxFuture<'_, Result<Answer>> {
    Box::pin(async move { Ok(json!({ "object": T::OBJECT, "id": id.uuid().to_string() })) })
}
