//! GraphQL (specification of October 2021) over the same records, actions and reports, at `POST /graphql`.
//!
//! The schema is made from the tenant's registry, what it has declared for itself included. The selection of a list or
//! record says beforehand which links are to be followed, so each is read with one statement for every 500 records of
//! its level, in one snapshot (`kernel::faces::expand`); no resolver below it asks the store for anything.

mod inputs;
mod mutations;
mod queries;
mod selection;
mod types;
mod weight;

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_graphql::dynamic::{FieldFuture, FieldValue, ResolverContext, Schema};
use async_graphql::{Context, Error, Pos, Response, ServerError, Value, Variables};
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use indexmap::IndexMap;
use nexus_kernel::faces::expand::{TOLD_MAX, too_many};
use nexus_kernel::{Kernel, Kind, Problem, Registry};
use serde::Deserialize;
use serde_json::Value as Plain;

use crate::Shared;
use crate::answer::{self, Answer, Body};
use crate::auth::Caller;

/// Bytes of a document; what is data comes as variables.
const QUERY_MAX: usize = 64 << 10;
/// Records that the lists of a request may ask for, each link of them counted once.
const RECORDS_MAX: usize = 20_000;

/// The schemas of the registries that tenants have.
pub(crate) type Schemas = crate::derived::Derived<Schema>;

/// A request as "GraphQL over HTTP" has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Question {
    query: String,
    #[serde(default)]
    variables: Plain,
    #[serde(default)]
    operation_name: Option<String>,
    /// What clients add for themselves.
    #[serde(default, rename = "extensions")]
    _extensions: Plain,
}

/// Who asks, and what is left of what one request may read and its answer tell.
struct Peer {
    kernel: Arc<Kernel>,
    caller: Caller,
    records: AtomicUsize,
    told: AtomicUsize,
}

impl Peer {
    fn of<'a>(ctx: &ResolverContext<'a>) -> Result<&'a Peer, Problem> {
        ctx.ctx.data::<Peer>().map_err(|error| Problem::internal(error.message))
    }

    /// Takes what a list is about to read from what this request may.
    fn spend(&self, records: usize) -> Result<(), Problem> {
        let left = self.records.try_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(records));
        left.map(drop).map_err(|left| {
            let message = format!(
                "the request may ask for {RECORDS_MAX} records in all, links counted, of which {left} are left and \
                 {records} are asked for here; take smaller pages or fewer links"
            );
            Problem::new(Kind::TooLarge, message)
        })
    }

    /// Takes what is about to be told from what the answer may tell.
    fn tell(&self, records: usize) -> Result<(), Problem> {
        let left = self.told.try_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(records));
        left.map(drop).map_err(|_| too_many())
    }
}

/// `POST /graphql`. Whoever is not signed in learns nothing, the schema included.
pub(crate) async fn ask(State(shared): State<Shared>, caller: Caller, Body(question): Body<Question>) -> Answer {
    let schema = shared.graphql.of(caller.tenant.registry(), || schema(caller.tenant.registry()))?;
    let Shared { kernel, .. } = shared;
    let peer = Peer { kernel, caller, records: AtomicUsize::new(RECORDS_MAX), told: AtomicUsize::new(TOLD_MAX) };
    Ok(Json(answered(&schema, peer, question).await).into_response())
}

async fn answered(schema: &Schema, peer: Peer, question: Question) -> Response {
    let document = match parsed(&question.query) {
        Ok(document) => document,
        Err(error) => return Response::from_errors(vec![error]),
    };
    let mut request = async_graphql::Request::new(question.query).data(peer);
    request.set_parsed_query(document);
    request.operation_name = question.operation_name;
    request = request.variables(Variables::from_json(question.variables));
    schema.execute(request).await
}

/// The document, once nothing in it is deeper or wider than it may be.
fn parsed(query: &str) -> Result<async_graphql::parser::types::ExecutableDocument, ServerError> {
    if query.len() > QUERY_MAX {
        let message = format!("the document has at most {QUERY_MAX} bytes; give values as variables");
        return Err(refused(Problem::new(Kind::TooLarge, message)).into_server_error(Pos::default()));
    }
    weight::check_nesting(query).map_err(|problem| refused(problem).into_server_error(Pos::default()))?;
    let document = async_graphql::parser::parse_query(query)?;
    weight::check(&document).map_err(|problem| refused(problem).into_server_error(Pos::default()))?;
    Ok(document)
}

/// The schema of a registry.
fn schema(registry: &Registry) -> Result<Schema, Problem> {
    let mut types = types::Types::default();
    types.add_objects(&registry.schema);
    let mut inputs = inputs::Inputs::new(&registry.schema);
    let queries = queries::root(registry, &mut types, &mut inputs);
    let mutations = mutations::root(registry, &mut types, &mut inputs);
    let mut builder = Schema::build(queries.type_name(), Some(mutations.type_name()), None);
    for made in types.into_types().into_iter().chain(inputs.into_types()) {
        builder = builder.register(made);
    }
    let schema = builder.register(queries).register(mutations).finish();
    schema.map_err(|error| Problem::internal(format!("the GraphQL schema cannot be made: {error}")))
}

/// The schema in its definition language, as clients generate code from it.
///
/// # Errors
/// When names of the registry do not fit together in one schema.
pub fn definition(registry: &Registry) -> Result<String, Problem> {
    Ok(schema(registry)?.sdl())
}

/// A problem as an error of GraphQL, whose extensions are the members of a problem document.
fn refused(problem: Problem) -> Error {
    let mut members = answer::members(answer::status(problem.kind), problem);
    let detail = members.shift_remove("detail").unwrap_or_default();
    let mut error = Error::new(detail.as_str().unwrap_or_default());
    let extensions = error.extensions.get_or_insert_default();
    for (name, value) in members {
        extensions.set(name, Value::from_json(value).unwrap_or_default());
    }
    error
}

/// A resolver that asks the kernel. What is refused is null with the reason beside it; the other fields are answered.
fn asks<'a>(ctx: &'a Context<'a>, told: impl Future<Output = Result<Plain, Problem>> + Send + 'a) -> FieldFuture<'a> {
    FieldFuture::new(async move { Ok(or_null(ctx, told.await).map(FieldValue::owned_any)) })
}

/// A resolver that asks the kernel for what has no type of its own.
fn asks_json<'a>(
    ctx: &'a Context<'a>,
    told: impl Future<Output = Result<Plain, Problem>> + Send + 'a,
) -> FieldFuture<'a> {
    FieldFuture::new(async move {
        Ok(or_null(ctx, told.await).and_then(|told| Value::from_json(told).ok()).map(FieldValue::value))
    })
}

/// The library leaves a field out whose resolver fails, where the specification (6.4.4) has it null.
fn or_null<T>(ctx: &Context<'_>, told: Result<T, Problem>) -> Option<T> {
    told.map_err(|problem| {
        let error = refused(problem).into_server_error(ctx.item.pos);
        ctx.add_error(ctx.set_error_path(error));
    })
    .ok()
}

/// The arguments of a field, without those that are null.
fn arguments(ctx: &ResolverContext<'_>) -> IndexMap<String, Plain> {
    let given = ctx.args.iter().map(|(name, value)| (name.to_string(), value.as_value().clone().into_json()));
    given.filter_map(|(name, value)| Some((name, value.ok()?))).filter(|(_, value)| !value.is_null()).collect()
}

/// The name of an action, or of an operation on an object, as the OpenAPI document has it: `crm_convert_lead`.
fn operation(app: &str, verb: &str, object: &str) -> String {
    format!("{app}_{verb}_{object}")
}
