//! Reading: lists, single records, figures, histories, searches, reports.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use nexus_kernel::Problem;
use nexus_kernel::faces::ListParams;
use nexus_kernel::faces::aggregate::AggregateParams;
use nexus_kernel::faces::difference::ChangesParams;
use nexus_kernel::faces::duplicates::DuplicatesParams;
use nexus_kernel::faces::explain::ExplainParams;
use nexus_kernel::faces::runs::RunsParams;
use nexus_kernel::faces::search::SearchParams;
use nexus_kernel::model::Object;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::Shared;
use crate::answer::{Answer, Path, Query, etag};
use crate::auth::Caller;

/// An id in a path; anything else finds nothing.
pub(crate) fn id(object: &Object, text: &str) -> Result<Uuid, Problem> {
    let id = Uuid::try_parse(text);
    id.map_err(|_| Problem::not_found(format!("{text} is no id of a {}", object.label.to_lowercase())))
}

pub(crate) async fn meta(State(shared): State<Shared>, caller: Caller) -> Answer {
    Ok(Json(shared.kernel.meta(&caller.tenant, &caller.principal, caller.company).await?).into_response())
}

/// What a link shares, for whoever has it.
pub(crate) async fn shared(State(shared): State<Shared>, Path(token): Path<String>) -> Answer {
    Ok(Json(shared.kernel.shared(&token).await?).into_response())
}

pub(crate) async fn list(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects)): Path<(String, String)>,
    Query(params): Query<ListParams>,
) -> Answer {
    let object = caller.tenant.object_at(&app, &objects)?;
    let page = shared.kernel.list(&caller.tenant, &caller.principal, object, params).await?;
    Ok(Json(page).into_response())
}

pub(crate) async fn get(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects, record)): Path<(String, String, String)>,
    Query(params): Query<ListParams>,
    headers: HeaderMap,
) -> Answer {
    let object = caller.tenant.object_at(&app, &objects)?;
    let id = id(object, &record)?;
    let record = shared.kernel.get(&caller.tenant, &caller.principal, object, id, params).await?;
    let tag = etag(record.version());
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    // What is expanded may have changed while the record has not, so only the plain form is revalidated.
    if known == Some(tag.1.as_str()) && !record.is_expanded() {
        return Ok((StatusCode::NOT_MODIFIED, [tag]).into_response());
    }
    Ok(([tag], Json(record)).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HistoryParams {
    after: Option<i64>,
}

pub(crate) async fn history(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects, record)): Path<(String, String, String)>,
    Query(params): Query<HistoryParams>,
) -> Answer {
    let object = caller.tenant.object_at(&app, &objects)?;
    let id = id(object, &record)?;
    let told = shared.kernel.history(&caller.tenant, &caller.principal, object, id, params.after).await?;
    Ok(Json(told).into_response())
}

pub(crate) async fn runs(State(shared): State<Shared>, caller: Caller, Query(params): Query<RunsParams>) -> Answer {
    Ok(Json(shared.kernel.runs(&caller.tenant, &caller.principal, params).await?).into_response())
}

pub(crate) async fn changes(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects, record)): Path<(String, String, String)>,
    Query(params): Query<ChangesParams>,
) -> Answer {
    let object = caller.tenant.object_at(&app, &objects)?;
    let id = id(object, &record)?;
    let told = shared.kernel.difference(&caller.tenant, &caller.principal, object, id, params).await?;
    Ok(Json(told).into_response())
}

pub(crate) async fn all_changes(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects)): Path<(String, String)>,
    Query(params): Query<ChangesParams>,
) -> Answer {
    let object = caller.tenant.object_at(&app, &objects)?;
    let told = shared.kernel.all_differences(&caller.tenant, &caller.principal, object, params).await?;
    Ok(Json(told).into_response())
}

pub(crate) async fn duplicates(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects)): Path<(String, String)>,
    Query(params): Query<DuplicatesParams>,
) -> Answer {
    let object = caller.tenant.object_at(&app, &objects)?;
    let groups = shared.kernel.duplicates(&caller.tenant, &caller.principal, object, params).await?;
    Ok(Json(json!({"data": groups})).into_response())
}

pub(crate) async fn explain(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects, record)): Path<(String, String, String)>,
    Query(params): Query<ExplainParams>,
) -> Answer {
    let object = caller.tenant.object_at(&app, &objects)?;
    let id = Some(id(object, &record)?);
    let told = shared.kernel.explain(&caller.tenant, &caller.principal, object, id, params).await?;
    Ok(Json(told).into_response())
}

pub(crate) async fn explain_all(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects)): Path<(String, String)>,
    Query(params): Query<ExplainParams>,
) -> Answer {
    let object = caller.tenant.object_at(&app, &objects)?;
    let told = shared.kernel.explain(&caller.tenant, &caller.principal, object, None, params).await?;
    Ok(Json(told).into_response())
}

pub(crate) async fn aggregate(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects)): Path<(String, String)>,
    Query(params): Query<AggregateParams>,
) -> Answer {
    let object = caller.tenant.object_at(&app, &objects)?;
    let rows = shared.kernel.aggregate(&caller.tenant, &caller.principal, object, params).await?;
    Ok(Json(json!({"data": rows})).into_response())
}

pub(crate) async fn search(State(shared): State<Shared>, caller: Caller, Query(params): Query<SearchParams>) -> Answer {
    let hits = shared.kernel.search(&caller.tenant, &caller.principal, params).await?;
    Ok(Json(hits).into_response())
}

pub(crate) async fn report(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, report)): Path<(String, String)>,
    Query(params): Query<Map<String, Value>>,
) -> Answer {
    // An empty parameter of a form is one that was not given.
    let given: Map<String, Value> = params.into_iter().filter(|(_, value)| value.as_str() != Some("")).collect();
    let params = Value::Object(given);
    let rows = shared.kernel.report(&caller.tenant, &caller.principal, &app, &report, params).await?;
    Ok(Json(rows).into_response())
}
