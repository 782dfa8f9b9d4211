//! Changes: each becomes one request to the kernel's dispatch.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nexus_kernel::{BulkRequest, Call, Problem, Reply, Request};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::Shared;
use crate::answer::{Answer, Body, Path, Query, etag};
use crate::auth::Caller;

/// The header with the run that a change belongs to.
const RUN: &str = "nexus-run";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Options {
    #[serde(default)]
    preview: bool,
}

/// What the headers of a change ask for.
fn request(caller: &Caller, headers: &HeaderMap, options: &Options, calls: Vec<Call>) -> Result<Request, Problem> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().map(str::to_owned));
    let key = text("idempotency-key").transpose().map_err(|_| Problem::malformed("Idempotency-Key is plain text"))?;
    let if_match = match headers.get(header::IF_MATCH).map(|value| value.to_str().unwrap_or_default()) {
        None | Some("*") => None,
        Some(tag) => {
            let version = tag.trim_start_matches("W/").trim_matches('"').parse();
            Some(version.map_err(|_| Problem::malformed("If-Match is the ETag of the record, such as \"3\""))?)
        }
    };
    Ok(Request { calls, preview: options.preview, idempotency_key: key, if_match, company: caller.company })
}

async fn run(
    shared: &Shared,
    caller: &Caller,
    headers: &HeaderMap,
    options: &Options,
    calls: Vec<Call>,
) -> Result<Reply, Problem> {
    let request = request(caller, headers, options, calls)?;
    shared.kernel.dispatch(&caller.tenant, &caller.principal, request).await
}

/// That nothing is done until somebody approves it (202), and where that is.
fn waiting(approval: Uuid, reply: Reply) -> Response {
    let output = reply.outputs.into_iter().next().unwrap_or_default();
    let mut response = (StatusCode::ACCEPTED, Json(output)).into_response();
    if let Ok(place) = HeaderValue::from_str(&format!("/api/v1/core/approvals/{approval}")) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    with_run(response, reply.run)
}

/// The reply of one action: its output, or what a preview would change.
fn answered(options: &Options, mut reply: Reply, status: StatusCode) -> Answer {
    if let Some(approval) = reply.approval {
        return Ok(waiting(approval, reply));
    }
    let mut output = reply.outputs.pop().unwrap_or_default();
    if options.preview {
        return Ok(Json(json!({"output": output, "changes": reply.changes})).into_response());
    }
    let version = output.get("version").and_then(Value::as_i64);
    if output.is_null() && status == StatusCode::OK {
        output = json!({});
    }
    let mut response = (status, Json(output)).into_response();
    if let Some(version) = version {
        let (name, value) = etag(version);
        response.headers_mut().extend(HeaderValue::from_str(&value).ok().map(|value| (name, value)));
    }
    Ok(with_run(response, reply.run))
}

fn with_run(mut response: Response, run: Uuid) -> Response {
    if let (false, Ok(value)) = (run.is_nil(), HeaderValue::from_str(&run.to_string())) {
        response.headers_mut().insert(RUN, value);
    }
    response
}

pub(crate) async fn create(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects)): Path<(String, String)>,
    Query(options): Query<Options>,
    headers: HeaderMap,
    Body(input): Body<Value>,
) -> Answer {
    let object = caller.tenant.object_at(&app, &objects)?;
    let action = caller.tenant.registry().action_at(object, "create", false)?.name.clone();
    let reply = run(&shared, &caller, &headers, &options, vec![Call { action, record: None, input }]).await?;
    let id = reply.outputs.first().and_then(|output| output["id"].as_str()).unwrap_or_default().to_owned();
    let status = if options.preview { StatusCode::OK } else { StatusCode::CREATED };
    let mut response = answered(&options, reply, status)?;
    if response.status() != StatusCode::ACCEPTED
        && let Ok(value) = HeaderValue::from_str(&format!("/api/v1/{app}/{objects}/{id}"))
    {
        response.headers_mut().insert(header::LOCATION, value);
    }
    Ok(response)
}

pub(crate) async fn update(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects, id)): Path<(String, String, String)>,
    Query(options): Query<Options>,
    headers: HeaderMap,
    Body(input): Body<Value>,
) -> Answer {
    on_record(&shared, &caller, (&app, &objects, &id, "update"), &options, &headers, input).await
}

pub(crate) async fn delete(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects, id)): Path<(String, String, String)>,
    Query(options): Query<Options>,
    headers: HeaderMap,
) -> Answer {
    let mut response =
        on_record(&shared, &caller, (&app, &objects, &id, "delete"), &options, &headers, json!({})).await?;
    if !options.preview && response.status() != StatusCode::ACCEPTED {
        *response.status_mut() = StatusCode::NO_CONTENT;
        *response.body_mut() = axum::body::Body::empty();
        response.headers_mut().remove(header::CONTENT_TYPE);
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    Ok(response)
}

pub(crate) async fn record_action(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects, id, action)): Path<(String, String, String, String)>,
    Query(options): Query<Options>,
    headers: HeaderMap,
    Body(input): Body<Value>,
) -> Answer {
    on_record(&shared, &caller, (&app, &objects, &id, &action), &options, &headers, input).await
}

async fn on_record(
    shared: &Shared,
    caller: &Caller,
    (app, objects, id, action): (&str, &str, &str, &str),
    options: &Options,
    headers: &HeaderMap,
    input: Value,
) -> Answer {
    let object = caller.tenant.object_at(app, objects)?;
    let record = Some(crate::records::id(object, id)?);
    let action = caller.tenant.registry().action_at(object, action, true)?.name.clone();
    let reply = run(shared, caller, headers, options, vec![Call { action, record, input }]).await?;
    answered(options, reply, StatusCode::OK)
}

/// `POST /{app}/{objects}/{action}`: an action on the object as a whole.
pub(crate) async fn object_action(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects, action)): Path<(String, String, String)>,
    Query(options): Query<Options>,
    headers: HeaderMap,
    Body(input): Body<Value>,
) -> Answer {
    let object = caller.tenant.object_at(&app, &objects)?;
    let action = caller.tenant.registry().action_at(object, &action, false)?.name.clone();
    let reply = run(&shared, &caller, &headers, &options, vec![Call { action, record: None, input }]).await?;
    answered(&options, reply, StatusCode::OK)
}

/// `POST /actions/{app}.{action}`, the record as `record` beside the input's members.
pub(crate) async fn action(
    State(shared): State<Shared>,
    caller: Caller,
    Path(action): Path<String>,
    Query(options): Query<Options>,
    headers: HeaderMap,
    Body(mut input): Body<Value>,
) -> Answer {
    let record = match input.as_object_mut().and_then(|members| members.remove("record")) {
        None | Some(Value::Null) => None,
        Some(id) => {
            let id = id.as_str().and_then(|id| Uuid::try_parse(id).ok());
            Some(id.ok_or_else(|| Problem::field("record", "uuid", "is the id of a record"))?)
        }
    };
    let reply = run(&shared, &caller, &headers, &options, vec![Call { action, record, input }]).await?;
    answered(&options, reply, StatusCode::OK)
}

/// A list of actions as one transaction.
pub(crate) async fn batch(
    State(shared): State<Shared>,
    caller: Caller,
    Query(options): Query<Options>,
    headers: HeaderMap,
    Body(calls): Body<Vec<Call>>,
) -> Answer {
    let reply = run(&shared, &caller, &headers, &options, calls).await?;
    if let Some(approval) = reply.approval {
        return Ok(waiting(approval, reply));
    }
    let run = reply.run;
    let mut body = json!({"run": run, "outputs": reply.outputs});
    if options.preview {
        body["changes"] = reply.changes.into();
    }
    Ok(with_run(Json(body).into_response(), run))
}

/// One action on many records as one run, in many transactions.
pub(crate) async fn bulk(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects)): Path<(String, String)>,
    Body(request): Body<BulkRequest>,
) -> Answer {
    let object = Arc::clone(caller.tenant.object_at(&app, &objects)?);
    let preview = request.preview;
    let report = shared.kernel.bulk(&caller.tenant, &caller.principal, &object, caller.company, request).await?;
    let run = if preview { Uuid::nil() } else { report.run };
    Ok(with_run(Json(report).into_response(), run))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Undo {
    run: Uuid,
}

pub(crate) async fn undo(
    State(shared): State<Shared>,
    caller: Caller,
    Query(options): Query<Options>,
    Body(Undo { run }): Body<Undo>,
) -> Answer {
    let mut reply = shared.kernel.undo(&caller.tenant, &caller.principal, run, options.preview).await?;
    let mut body = reply.outputs.pop().unwrap_or_default();
    body["changes"] = reply.changes.into();
    Ok(with_run(Json(body).into_response(), reply.run))
}
