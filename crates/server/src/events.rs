//! The event log as JSON, or as server-sent events that go on where a client left off.

use std::convert::Infallible;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::Stream;
use serde::Deserialize;
use serde_json::json;

use crate::Shared;
use crate::answer::{Answer, Query};
use crate::auth::Caller;

/// How often a quiet stream says that it lives.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Params {
    after: Option<i64>,
}

pub(crate) async fn events(
    State(shared): State<Shared>,
    caller: Caller,
    Query(params): Query<Params>,
    headers: HeaderMap,
) -> Answer {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    let after = last.or(params.after);
    if accepts.contains("text/event-stream") {
        // Without a place to go on from, a stream begins now.
        let after = after.unwrap_or_else(|| *caller.tenant.database.committed().borrow());
        return Ok(stream(shared, caller, after));
    }
    let (data, next) = shared.kernel.events(&caller.tenant, &caller.principal, after.unwrap_or(0)).await?;
    Ok(Json(json!({"data": data, "next": next})).into_response())
}

fn stream(shared: Shared, caller: Caller, after: i64) -> Response {
    let committed = caller.tenant.database.committed();
    let stream = futures::stream::unfold(
        (shared, caller, after, committed, Vec::new().into_iter()),
        |(shared, caller, mut after, mut committed, mut ready)| async move {
            loop {
                if let Some(event) = ready.next() {
                    return Some((Ok(told(&event)), (shared, caller, after, committed, ready)));
                }
                let mut standing = caller.tenant.standing();
                // What came before the mark is read below; what comes after it wakes the next wait.
                committed.mark_unchanged();
                // The bearer is asked for anew, so that a stream ends with its session and with its rights.
                let (tenant, principal, _) = shared.kernel.authenticate(&caller.token).await.ok()?;
                if !std::sync::Arc::ptr_eq(&tenant, &caller.tenant) {
                    // It was opened anew, as it is now; whoever follows comes again.
                    return None;
                }
                let (events, last) = shared.kernel.events(&caller.tenant, &principal, after).await.ok()?;
                let more = last > after;
                after = last;
                ready = events.into_iter();
                if !more {
                    let mut ending = shared.ending.clone();
                    tokio::select! {
                        changed = committed.changed() => changed.ok()?,
                        changed = standing.changed() => changed.ok()?,
                        Ok(_) = ending.wait_for(|ending| *ending) => return None,
                    }
                }
            }
        },
    );
    sse(stream)
}

fn told(event: &serde_json::Value) -> Event {
    let id = event["seq"].to_string();
    Event::default().id(id).event(event["verb"].as_str().unwrap_or("event")).data(event.to_string())
}

fn sse(stream: impl Stream<Item = Result<Event, Infallible>> + Send + 'static) -> Response {
    Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response()
}
