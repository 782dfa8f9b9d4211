//! Uploads: the tus protocol 1.0.0 (tus.io/protocols/resumable-upload) with the extensions creation,
//! creation-with-upload, termination and expiration; and a form for what is small.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, middleware, routing};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures::stream::BoxStream;
use futures::{StreamExt, stream};
use nexus_kernel::contents::FilesError;
use nexus_kernel::{Kind, NewUpload, Problem, Uploading};
use serde_json::json;
use tokio::time::{Instant, timeout, timeout_at};
use uuid::Uuid;

use crate::Shared;
use crate::answer::{Answer, Form, Path, document};
use crate::auth::Caller;
use crate::limits;

const VERSION: &str = "1.0.0";
const EXTENSIONS: &str = "creation,creation-with-upload,termination,expiration";
/// The media type of what is added to an upload.
const PORTION: &str = "application/offset+octet-stream";
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");
/// Bytes of the metadata.
const METADATA_MAX: usize = 4_096;
/// How long a request may be silent, and may take: what has arrived by then stays, and the client goes on from there.
const SILENCE_MAX: Duration = Duration::from_secs(30);
const REQUEST_MAX: Duration = Duration::from_secs(240);

/// The paths of uploads.
pub(crate) fn routes() -> Router<Shared> {
    let one = routing::head(head).patch(patch).delete(delete).post(overridden).options(options);
    Router::new()
        .route("/files", routing::post(create).options(options).layer(limits::form()))
        .route("/files/{upload}", one)
        .route_layer(middleware::from_fn(versioned))
}

/// What this server speaks.
async fn options(State(shared): State<Shared>) -> Response {
    let max = shared.kernel.file_bytes_max().to_string();
    let said = [("tus-version", VERSION), ("tus-extension", EXTENSIONS), ("tus-max-size", max.as_str())];
    resumable((StatusCode::NO_CONTENT, said).into_response())
}

/// Announces an upload, with its first bytes if they are sent along; or takes a form with one small file.
async fn create(State(shared): State<Shared>, caller: Caller, request: Request) -> Answer {
    let form = text(request.headers(), &header::CONTENT_TYPE)?.is_some_and(|kind| kind.starts_with("multipart/"));
    if form {
        return small(&shared, &caller, Form::from_request(request, &()).await?).await;
    }
    if let Some(refused) = other_version(request.headers()) {
        return Ok(refused);
    }
    let headers = request.headers();
    let size = number(headers, &LENGTH)?.ok_or_else(|| {
        Problem::malformed("Upload-Length is needed: how many bytes the file has. Its length cannot be deferred")
    })?;
    let metadata = text(headers, &METADATA)?.map(str::to_owned);
    let new = described(size, metadata)?;
    let with_first_bytes = is_portion(headers);
    let mut upload = shared.kernel.begin_upload(&caller.tenant, &caller.principal, new).await?;
    if with_first_bytes && upload.offset < upload.size {
        // Whatever becomes of them, the upload is there: what arrived is told by the next request.
        let bytes = bytes(request.into_body());
        upload = shared.kernel.append_upload(&caller.tenant, &caller.principal, upload.id, 0, bytes).await?;
    }
    let place = format!("/api/v1/files/{}", upload.id);
    let mut response = told(StatusCode::CREATED, &upload);
    put(&mut response, header::LOCATION, place);
    Ok(response)
}

/// How far an upload has come.
async fn head(State(shared): State<Shared>, caller: Caller, Path(upload): Path<String>, headers: HeaderMap) -> Answer {
    if let Some(refused) = other_version(&headers) {
        return Ok(refused);
    }
    let upload = shared.kernel.upload(&caller.tenant, &caller.principal, id(&upload)?).await?;
    let mut response = told(StatusCode::OK, &upload);
    put(&mut response, LENGTH, upload.size.to_string());
    if let Some(note) = upload.note {
        put(&mut response, METADATA, note);
    }
    Ok(response)
}

/// Adds to an upload.
async fn patch(State(shared): State<Shared>, caller: Caller, Path(upload): Path<String>, request: Request) -> Answer {
    append(&shared, &caller, &upload, request).await
}

/// Ends an upload that is not a file yet.
async fn delete(
    State(shared): State<Shared>,
    caller: Caller,
    Path(upload): Path<String>,
    headers: HeaderMap,
) -> Answer {
    cancel(&shared, &caller, &upload, &headers).await
}

/// For clients that can only POST: the method that they mean is in a header.
async fn overridden(
    State(shared): State<Shared>,
    caller: Caller,
    Path(upload): Path<String>,
    request: Request,
) -> Answer {
    match text(request.headers(), &OVERRIDE)?.map(str::to_ascii_uppercase).as_deref() {
        Some("PATCH") => append(&shared, &caller, &upload, request).await,
        Some("DELETE") => cancel(&shared, &caller, &upload, request.headers()).await,
        _ => Err(Problem::malformed("POST to an upload needs X-HTTP-Method-Override: PATCH or DELETE").into()),
    }
}

async fn append(shared: &Shared, caller: &Caller, upload: &str, request: Request) -> Answer {
    if let Some(refused) = other_version(request.headers()) {
        return Ok(refused);
    }
    if !is_portion(request.headers()) {
        let problem = Problem::malformed(format!("the Content-Type of what is added to an upload is {PORTION}"));
        return Ok(resumable(document(StatusCode::UNSUPPORTED_MEDIA_TYPE, problem)));
    }
    let offset = number(request.headers(), &OFFSET)?;
    let offset =
        offset.ok_or_else(|| Problem::malformed("Upload-Offset is needed: how many bytes are there already"))?;
    let bytes = bytes(request.into_body());
    let upload = shared.kernel.append_upload(&caller.tenant, &caller.principal, id(upload)?, offset, bytes).await?;
    Ok(told(StatusCode::NO_CONTENT, &upload))
}

async fn cancel(shared: &Shared, caller: &Caller, upload: &str, headers: &HeaderMap) -> Answer {
    if let Some(refused) = other_version(headers) {
        return Ok(refused);
    }
    shared.kernel.cancel_upload(&caller.tenant, &caller.principal, id(upload)?).await?;
    Ok(resumable(StatusCode::NO_CONTENT.into_response()))
}

/// A form with the part `file`, answered with the record.
async fn small(shared: &Shared, caller: &Caller, Form(mut form): Form) -> Answer {
    let bad = |error: axum::extract::multipart::MultipartError| {
        let too_large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
        let advice = if too_large { "; send what is larger by the tus protocol" } else { "" };
        let kind = if too_large { Kind::TooLarge } else { Kind::Malformed };
        Problem::new(kind, format!("{}{advice}", error.body_text()))
    };
    let missing = || Problem::field("file", "required", "is required: a part with the file and its name");
    let part = form.next_field().await.map_err(bad)?.filter(|part| part.name() == Some("file")).ok_or_else(missing)?;
    let name = part.file_name().map(str::to_owned).ok_or_else(missing)?;
    let media_type = part.content_type().map(str::to_owned);
    let bytes = part.bytes().await.map_err(bad)?;
    let (kernel, tenant, principal) = (&shared.kernel, &caller.tenant, &caller.principal);
    let new = NewUpload { name, media_type, size: bytes.len() as u64, note: None };
    let mut upload = kernel.begin_upload(tenant, principal, new).await?;
    if !bytes.is_empty() {
        let whole = stream::iter([Ok(bytes)]).boxed();
        upload = kernel.append_upload(tenant, principal, upload.id, 0, whole).await?;
    }
    let file = kernel.file(tenant, principal, upload.id, None).await?;
    let digest = file.content.digest.to_hex().to_string();
    let body = json!({
        "id": file.id, "name": file.name, "media_type": file.media_type, "size": file.content.size, "digest": digest
    });
    let mut response = (StatusCode::CREATED, Json(body)).into_response();
    put(&mut response, header::LOCATION, format!("/api/v1/core/files/{}", file.id));
    Ok(response)
}

/// The bytes of a body until it ends, breaks off or takes too long.
fn bytes(body: Body) -> BoxStream<'static, Result<bytes::Bytes, FilesError>> {
    let until = Instant::now() + REQUEST_MAX;
    stream::unfold(body.into_data_stream(), move |mut body| async move {
        let next = timeout_at(until, timeout(SILENCE_MAX, body.next())).await;
        match next {
            Ok(Ok(Some(bytes))) => Some((bytes.map_err(|error| FilesError::Source(error.to_string())), body)),
            _ => None,
        }
    })
    .boxed()
}

fn id(upload: &str) -> Result<Uuid, Problem> {
    Uuid::try_parse(upload).map_err(|_| Problem::not_found(format!("there is no upload {upload}")))
}

/// The refusal of another version of the protocol.
fn other_version(headers: &HeaderMap) -> Option<Response> {
    if headers.get(RESUMABLE).is_some_and(|version| version == VERSION) {
        return None;
    }
    let problem = Problem::malformed(format!("send Tus-Resumable: {VERSION}, the version of tus that is spoken here"));
    let mut response = document(StatusCode::PRECONDITION_FAILED, problem);
    response.headers_mut().insert("tus-version", HeaderValue::from_static(VERSION));
    Some(resumable(response))
}

/// What the metadata say of a file: pairs of a key and its value in Base64, between commas.
fn described(size: u64, metadata: Option<String>) -> Result<NewUpload, Problem> {
    let bad = |why: &str| Problem::malformed(format!("Upload-Metadata {why}"));
    let note = metadata.filter(|text| !text.trim().is_empty());
    if note.as_ref().is_some_and(|text| text.len() > METADATA_MAX) {
        return Err(bad(&format!("has more than {METADATA_MAX} characters")));
    }
    let mut new = NewUpload { name: "unnamed".to_owned(), size, ..NewUpload::default() };
    for pair in note.iter().flat_map(|text| text.split(',')) {
        let (key, value) = pair.trim().split_once(' ').unwrap_or((pair.trim(), ""));
        if !matches!(key, "filename" | "name" | "filetype" | "type") {
            continue;
        }
        let value = STANDARD.decode(value.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let value = value.ok_or_else(|| bad(&format!("has no Base64 of a text under {key}")))?;
        match key {
            "filename" | "name" => new.name = value,
            _ => new.media_type = Some(value).filter(|text| !text.is_empty()),
        }
    }
    Ok(NewUpload { note, ..new })
}

fn is_portion(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == PORTION)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Problem> {
    let plain =
        |value: &'a HeaderValue| value.to_str().map_err(|_| Problem::malformed(format!("{name} is plain text")));
    headers.get(name).map(plain).transpose()
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<Option<u64>, Problem> {
    let parse = |text: &str| {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| digits).ok_or_else(|| Problem::malformed(format!("{name} is a number of bytes")))
    };
    text(headers, name)?.map(parse).transpose()
}

fn told(status: StatusCode, upload: &Uploading) -> Response {
    let mut response = resumable(status.into_response());
    put(&mut response, OFFSET, upload.offset.to_string());
    if let Some(at) = upload.expires_at {
        put(&mut response, EXPIRES, at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string());
    }
    response
}

fn resumable(mut response: Response) -> Response {
    response.headers_mut().insert(RESUMABLE, HeaderValue::from_static(VERSION));
    response
}

fn put(response: &mut Response, name: HeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        response.headers_mut().insert(name, value);
    }
}

/// The protocol asks for its version in every answer, refusals too; a browser's question whether it may ask is none.
async fn versioned(request: Request, next: middleware::Next) -> Response {
    let asked = request.headers().contains_key(RESUMABLE) || request.method() == Method::OPTIONS;
    let response = next.run(request).await;
    if asked { resumable(response) } else { response }
}
