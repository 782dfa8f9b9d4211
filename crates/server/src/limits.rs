//! Around every request: bounds, safe headers, an id, a line in the log, a figure in the metrics.

use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode, Version, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use nexus_kernel::Problem;
use opentelemetry::global;
use opentelemetry_http::HeaderExtractor;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use tower_http::timeout::TimeoutLayer;
use tracing::field::Empty;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use crate::answer::Failure;

/// Bytes of a request's body.
const BODY_MAX: usize = 2 << 20;
/// Bytes of an uploaded file.
const UPLOAD_MAX: usize = 256 << 20;
/// Bytes of a form with a file, which is held in memory; what is larger comes by tus.
const FORM_MAX: usize = 16 << 20;
/// How long a request may take.
const TIME_MAX: Duration = Duration::from_secs(300);
/// Characters of a path and query.
const URI_MAX: usize = 16_384;
/// The header that names a request in the log.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Nothing from elsewhere, no framing; styles inline, as the component library sets them on elements.
const CONTENT_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

pub(crate) fn body() -> DefaultBodyLimit {
    DefaultBodyLimit::max(BODY_MAX)
}

pub(crate) fn upload() -> DefaultBodyLimit {
    DefaultBodyLimit::max(UPLOAD_MAX)
}

pub(crate) fn form() -> DefaultBodyLimit {
    DefaultBodyLimit::max(FORM_MAX)
}

/// Marks a reply whose bytes its tag names: it is not compressed.
#[derive(Clone, Copy)]
pub(crate) struct AsItIs;

fn may_be_compressed(_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions) -> bool {
    extensions.get::<AsItIs>().is_none()
}

/// Wraps a router in all of it.
pub(crate) fn around(router: Router) -> Router {
    router
        .layer(middleware::from_fn(watch))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(may_be_compressed)))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, TIME_MAX))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            axum::response::IntoResponse::into_response(Failure(Problem::internal("a handler panicked")))
        }))
}

async fn watch(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let given = request.headers().get(&REQUEST_ID).and_then(|value| value.to_str().ok());
    let sound =
        |id: &&str| !id.is_empty() && id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let id = given.filter(sound).map_or_else(|| uuid::Uuid::now_v7().to_string(), str::to_owned);
    let method = request.method().clone();
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "page".to_owned(), |path| path.as_str().to_owned());
    let api = request.uri().path().starts_with("/api/");
    let mut response = if request.uri().to_string().len() > URI_MAX {
        let problem =
            Problem::malformed(format!("the address is longer than {URI_MAX} characters; shorten the filter"));
        axum::response::IntoResponse::into_response(Failure(problem))
    } else {
        let span = tracing::info_span!(
            "request",
            id,
            otel.kind = "server",
            otel.name = format!("{method} {route}"),
            http.request.method = method.as_str(),
            http.route = route,
            http.response.status_code = Empty,
        );
        // Who asks may be at work on something that is traced (W3C Trace Context, `traceparent`).
        let parent = global::get_text_map_propagator(|headers| headers.extract(&HeaderExtractor(request.headers())));
        // Where nothing is traced, there is nothing to be part of.
        let _ = span.set_parent(parent);
        let response = tracing::Instrument::instrument(next.run(request), span.clone()).await;
        span.record("http.response.status_code", response.status().as_u16());
        response
    };
    let (status, seconds) = (response.status().as_u16(), begun.elapsed());
    tracing::info!(id, %method, route, status, ms = seconds.as_millis(), "answered");
    let labels = [("method", method.to_string()), ("route", route), ("status", status.to_string())];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_seconds", "route" => labels[1].1.clone()).record(seconds);
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "same-origin");
    put(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()");
    // What is in a file has rules of its own.
    let mut put_unless = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put_unless(header::CONTENT_SECURITY_POLICY, CONTENT_POLICY);
    if api {
        put_unless(header::CACHE_CONTROL, "no-store");
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    response
}
