//! Replies: JSON, and problems as `application/problem+json` (RFC 9457).

use axum::extract::multipart::MultipartRejection;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nexus_kernel::{Kind, Problem};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json, json};

/// Arrays and objects within one another that a body may have.
const DEPTH_MAX: usize = 64;

/// A problem as a reply.
pub(crate) struct Failure(pub(crate) Problem);

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Failure {
        Failure(problem)
    }
}

pub(crate) type Answer<T = Response> = Result<T, Failure>;

pub(crate) fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Malformed => StatusCode::BAD_REQUEST,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Denied => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Stale => StatusCode::PRECONDITION_FAILED,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::Locked => StatusCode::LOCKED,
        Kind::Busy => StatusCode::TOO_MANY_REQUESTS,
        Kind::Full => StatusCode::INSUFFICIENT_STORAGE,
        Kind::Away => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Failure(problem) = self;
        document(status(problem.kind), problem)
    }
}

/// The members of a problem document (RFC 9457). What broke inside is for the log; a caller learns where to look it up.
pub(crate) fn members(status: StatusCode, problem: Problem) -> Map<String, Json> {
    let mut detail = problem.detail.clone();
    if problem.kind == Kind::Internal {
        tracing::error!(problem = %problem, "internal failure");
        detail = "the request failed inside; the log has the reason under this request's id".to_owned();
    }
    let kind = format!("/problems/{}", json!(problem.kind).as_str().unwrap_or("problem").replace('_', "-"));
    let title = status.canonical_reason().unwrap_or("Problem");
    let mut members = Map::new();
    members.insert("type".to_owned(), kind.into());
    members.insert("title".to_owned(), title.into());
    members.insert("status".to_owned(), status.as_u16().into());
    members.insert("detail".to_owned(), detail.into());
    members.insert("errors".to_owned(), json!(problem.errors));
    members.extend(problem.more);
    members
}

pub(crate) fn document(status: StatusCode, problem: Problem) -> Response {
    let retry = problem.more.get("retry_after").and_then(Json::as_i64).unwrap_or(1);
    let kind = problem.kind;
    let mut response = (status, axum::Json(members(status, problem))).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if matches!(kind, Kind::Locked | Kind::Busy | Kind::Away) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(retry));
    }
    if kind == Kind::Unauthenticated {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// A JSON body; an empty one reads as `{}`.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Answer<Body<T>> {
        let bytes = bytes::Bytes::from_request(request, state).await.map_err(|rejection| {
            let kind = match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => Kind::TooLarge,
                _ => Kind::Malformed,
            };
            Problem::new(kind, rejection.body_text())
        })?;
        let bytes = if bytes.is_empty() { bytes::Bytes::from_static(b"{}") } else { bytes };
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            Problem::malformed(format!("the body is not UTF-8 from byte {} on", error.valid_up_to()))
        })?;
        check_depth(text)?;
        match serde_json::from_str(text) {
            Ok(parsed) => Ok(Body(parsed)),
            Err(error) => Err(refusal::<T>(text, &error).into()),
        }
    }
}

/// Why a text is not a `T`: no JSON at all, or which member is not as it should be.
fn refusal<T: DeserializeOwned>(text: &str, error: &serde_json::Error) -> Problem {
    let whole = || Problem::malformed(format!("the body is not JSON: {error}"));
    let Ok(json) = serde_json::from_str::<Json>(text) else { return whole() };
    match nexus_kernel::operation::input::<T>(json) {
        Err(problem) => Problem { kind: Kind::Malformed, ..problem },
        Ok(_) => whole(),
    }
}

/// Refuses nesting that no record has before a parser meets it.
fn check_depth(text: &str) -> Result<(), Problem> {
    let (mut depth, mut deepest, mut quoted, mut escaped) = (0usize, 0usize, false, false);
    for byte in text.bytes() {
        match (quoted, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => quoted = !quoted,
            (false, b'{' | b'[') => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if deepest > DEPTH_MAX {
        return Err(Problem::malformed(format!("the body nests {deepest} deep; at most {DEPTH_MAX}")));
    }
    Ok(())
}

/// The query string; an unknown or ill-typed parameter is named.
pub(crate) struct Query<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Answer<Query<T>> {
        let query = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        let axum::extract::Query(parsed) = query.map_err(|error| parameter(&error.body_text()))?;
        Ok(Query(parsed))
    }
}

/// A complaint about a query string, which reads `…: limit: invalid digit found in string`.
fn parameter(text: &str) -> Problem {
    let text = text.trim_start_matches("Failed to deserialize query string: ");
    let (field, message) = match text.split_once(": ") {
        Some((field, message)) if !field.contains(' ') => (field, message),
        _ => (text.split('`').nth(1).unwrap_or_default(), text),
    };
    Problem { kind: Kind::Malformed, ..Problem::field(field, "parameter", message) }
}

/// The segments of a path.
pub(crate) struct Path<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Answer<Path<T>> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        let axum::extract::Path(segments) = path.map_err(|error| Problem::malformed(error.body_text()))?;
        Ok(Path(segments))
    }
}

/// A form with files.
pub(crate) struct Form(pub(crate) Multipart);

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Answer<Form> {
        let form = Multipart::from_request(request, state).await.map_err(|error: MultipartRejection| {
            Problem::malformed(format!("send multipart/form-data: {}", error.body_text()))
        });
        Ok(Form(form?))
    }
}

pub(crate) async fn nothing_here(request: Request) -> Failure {
    Failure(Problem::not_found(format!("there is nothing at {}", request.uri().path())))
}

pub(crate) async fn wrong_method(request: Request) -> Response {
    let problem = Problem::malformed(format!("{} is not answered at {}", request.method(), request.uri().path()));
    document(StatusCode::METHOD_NOT_ALLOWED, problem)
}

/// The version of a record as an entity tag.
pub(crate) fn etag(version: i64) -> (header::HeaderName, String) {
    (header::ETAG, format!("\"{version}\""))
}
