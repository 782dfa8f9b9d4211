//! Whether the process lives, is ready, and how it does.

use std::sync::OnceLock;
use std::time::Duration;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use metrics_util::MetricKindMask;

use crate::Shared;
use crate::answer::Answer;

/// How long a figure is shown that nobody sets any more.
const CLOSED: Duration = Duration::from_secs(300);

/// The process's one recorder of metrics.
pub(crate) fn recorder() -> PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER
        .get_or_init(|| {
            // What is told of a tenant is told no longer once it is closed.
            let builder = PrometheusBuilder::new().idle_timeout(MetricKindMask::GAUGE, Some(CLOSED));
            let recorder = builder.build_recorder();
            let handle = recorder.handle();
            // A process that embeds the server may have a recorder of its own; ours is then empty.
            let _ = metrics::set_global_recorder(recorder);
            metrics::describe_counter!("http_requests_total", "Requests answered, by method, route and status");
            metrics::describe_histogram!("http_request_seconds", "Time to answer a request");
            metrics::describe_gauge!("store_waiting", "Changes that wait for a tenant's writer");
            metrics::describe_gauge!("events_behind", "Events that a consumer of the log has yet to deal with");
            metrics::describe_gauge!("search_events_behind", "Events that a tenant's search index does not know yet");
            metrics::describe_gauge!("search_index_making", "1 while a tenant's search index is being made");
            metrics::describe_counter!("events_carried_total", "Events that a consumer of the log has dealt with");
            metrics::describe_gauge!("jobs", "Jobs that wait, are at work or have failed for good, by queue and state");
            metrics::describe_counter!("jobs_done_total", "Jobs that were done, by queue");
            metrics::describe_counter!("jobs_failed_total", "Tries of a job that failed, by queue");
            metrics::describe_counter!("events_failed_total", "Tries of a consumer of the log that failed");
            handle
        })
        .clone()
}

pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// Ready when the control store answers.
pub(crate) async fn readyz(State(shared): State<Shared>) -> Answer {
    shared.kernel.control.first_tenants(1).map_err(nexus_kernel::Problem::from)?;
    Ok("ready\n".into_response())
}

pub(crate) async fn metrics(State(shared): State<Shared>) -> Response {
    for tenant in shared.kernel.open_tenants() {
        let waiting = u32::try_from(tenant.database.waiting()).unwrap_or(u32::MAX);
        metrics::gauge!("store_waiting", "tenant" => tenant.slug.clone()).set(waiting);
        for (consumer, behind) in shared.kernel.behind(&tenant).await.unwrap_or_default() {
            let behind = u32::try_from(behind).unwrap_or(u32::MAX);
            metrics::gauge!("events_behind", "tenant" => tenant.slug.clone(), "consumer" => consumer).set(behind);
        }
        if let Ok(Some(lag)) = shared.kernel.index_lag(&tenant).await {
            let behind = u32::try_from(lag.events).unwrap_or(u32::MAX);
            metrics::gauge!("search_events_behind", "tenant" => tenant.slug.clone()).set(behind);
            metrics::gauge!("search_index_making", "tenant" => tenant.slug.clone()).set(u32::from(lag.making));
        }
        for ((queue, state), count) in shared.kernel.jobs_by_queue(&tenant).await.unwrap_or_default() {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            metrics::gauge!("jobs", "tenant" => tenant.slug.clone(), "queue" => queue, "state" => state).set(count);
        }
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], shared.metrics.render()).into_response()
}
