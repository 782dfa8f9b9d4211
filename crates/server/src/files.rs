//! What travels as a file: exports, imports, printed documents.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures::{StreamExt, stream};
use nexus_kernel::faces::ListParams;
use nexus_kernel::sheets::Format;
use nexus_kernel::{ImportRequest, Kind, Mapping, Problem, Result};
use serde::Deserialize;
use tokio::fs::File;
use tokio::io::{AsyncSeekExt, AsyncWriteExt};

use crate::Shared;
use crate::answer::{Answer, Form, Path, Query};
use crate::auth::Caller;

/// Bytes of a mapping.
const MAPPING_MAX: usize = 65_536;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportParams {
    format: Option<String>,
    filter: Option<String>,
    sort: Option<String>,
    fields: Option<String>,
    q: Option<String>,
    tag: Option<String>,
    view: Option<String>,
    at: Option<String>,
}

/// A list as a file, streamed page by page.
pub(crate) async fn export(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects)): Path<(String, String)>,
    Query(params): Query<ExportParams>,
) -> Answer {
    let object = caller.tenant.object_at(&app, &objects)?;
    let format = Format::named(params.format.as_deref())?;
    let ExportParams { filter, sort, fields, q, tag, view, at, .. } = params;
    let list = ListParams { filter, sort, fields, q, tag, view, at, ..ListParams::default() };
    let mut export = shared.kernel.export(&caller.tenant, &caller.principal, object, list, format).await?;
    // The first page is read before the reply begins, so that a bad filter is still a problem document.
    let first = export.next().await?;
    let rest = stream::unfold(export, |mut export| async move { piece(export.next().await, export) });
    Ok(download(format, &format!("{objects}.{}", format.ending()), first, rest))
}

/// The rows that an import has refused, as a file that can be mended and sent again.
pub(crate) async fn rejects(State(shared): State<Shared>, caller: Caller, Path(import): Path<String>) -> Answer {
    let id = crate::records::id(caller.tenant.object_at("core", "imports")?, &import)?;
    let mut rejects = shared.kernel.rejects(&caller.tenant, &caller.principal, id).await?;
    let (format, name) = (rejects.format, rejects.name.clone());
    let first = rejects.next().await?;
    let rest = stream::unfold(rejects, |mut rejects| async move { piece(rejects.next().await, rejects) });
    Ok(download(format, &name, first, rest))
}

/// A piece of a file and what gives the next.
fn piece<T>(next: Result<Option<Vec<u8>>>, from: T) -> Option<(std::io::Result<Vec<u8>>, T)> {
    match next {
        Ok(piece) => piece.map(|piece| (Ok(piece), from)),
        Err(problem) => Some((Err(std::io::Error::other(problem.to_string())), from)),
    }
}

fn download(
    format: Format,
    name: &str,
    first: Option<Vec<u8>>,
    rest: impl stream::Stream<Item = std::io::Result<Vec<u8>>> + Send + 'static,
) -> Response {
    // What packs it on the way asks once more after the end.
    let pieces = stream::iter(first.map(Ok)).chain(rest).fuse();
    let safe: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '_' }).collect();
    let disposition = format!("attachment; filename=\"{safe}\"");
    let head = [(header::CONTENT_TYPE, format.media_type()), (header::CONTENT_DISPOSITION, disposition.as_str())];
    (head, Body::from_stream(pieces)).into_response()
}

/// A form with a file to import.
#[derive(Default)]
struct Upload {
    name: String,
    content: Option<File>,
    mapping: Mapping,
    preview: bool,
    run: Option<uuid::Uuid>,
}

/// `file`, optionally `mapping` (TOML, or JSON: a mapping, or field by column), `preview` and `run`.
async fn upload(mut form: axum::extract::Multipart) -> Result<Upload> {
    let bad = |error: axum::extract::multipart::MultipartError| {
        let too_large = error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE;
        Problem::new(if too_large { Kind::TooLarge } else { Kind::Malformed }, error.body_text())
    };
    let mut upload = Upload::default();
    while let Some(mut part) = form.next_field().await.map_err(bad)? {
        match part.name().unwrap_or_default() {
            "file" => {
                upload.name = part.file_name().filter(|name| !name.is_empty()).unwrap_or("file").to_owned();
                // It waits on disk, so that many large ones do not fill the memory.
                let unkept = |error: std::io::Error| {
                    tracing::error!(%error, "an upload cannot be kept");
                    Problem::new(Kind::Full, "there is no room to keep the file; free space on the server's disk")
                };
                let mut content = File::from_std(tempfile::tempfile().map_err(unkept)?);
                while let Some(bytes) = part.chunk().await.map_err(bad)? {
                    content.write_all(&bytes).await.map_err(unkept)?;
                }
                content.rewind().await.map_err(unkept)?;
                upload.content = Some(content);
            }
            "mapping" => upload.mapping = read_mapping(&part.text().await.map_err(bad)?)?,
            "preview" => upload.preview = part.text().await.map_err(bad)? == "true",
            "run" => {
                let text = part.text().await.map_err(bad)?;
                let run = uuid::Uuid::try_parse(&text);
                upload.run = Some(run.map_err(|_| Problem::field("run", "uuid", "is an id of your choice"))?);
            }
            other => {
                return Err(Problem::field(other, "unknown", "is no part; send file, mapping, preview and run"));
            }
        }
    }
    Ok(upload)
}

impl Upload {
    async fn file(&mut self) -> Result<Box<dyn std::io::Read + Send>> {
        let missing = || Problem::field("file", "required", "is required: the file to import");
        let content = self.content.take().ok_or_else(missing)?;
        Ok(Box::new(std::io::BufReader::new(content.into_std().await)))
    }
}

pub(crate) async fn import(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects)): Path<(String, String)>,
    Form(form): Form,
) -> Answer {
    let object = std::sync::Arc::clone(caller.tenant.object_at(&app, &objects)?);
    let mut upload = upload(form).await?;
    let file = upload.file().await?;
    let Upload { name, mapping, preview, run, .. } = upload;
    let request = ImportRequest {
        file,
        name,
        mapping,
        preview,
        company: caller.company,
        run: Some(run.unwrap_or_else(uuid::Uuid::now_v7)),
    };
    let report = shared.kernel.import(&caller.tenant, &caller.principal, &object, request).await?;
    Ok(Json(report).into_response())
}

/// What a file seems to be: its form, where its columns would go, and what has to be said before it is imported.
pub(crate) async fn inspect(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects)): Path<(String, String)>,
    Form(form): Form,
) -> Answer {
    let object = std::sync::Arc::clone(caller.tenant.object_at(&app, &objects)?);
    let mut upload = upload(form).await?;
    let file = upload.file().await?;
    let Upload { name, mapping, .. } = upload;
    let told = shared.kernel.inspect(&caller.tenant, &caller.principal, &object, file, &name, mapping).await?;
    Ok(Json(told).into_response())
}

fn read_mapping(text: &str) -> Result<Mapping> {
    if text.len() > MAPPING_MAX {
        return Err(Problem::field("mapping", "max", format!("is larger than {MAPPING_MAX} bytes")));
    }
    text.parse()
}

/// A record's document as PDF.
pub(crate) async fn print(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects, record, print)): Path<(String, String, String, String)>,
) -> Answer {
    let object = caller.tenant.object_at(&app, &objects)?;
    let id = crate::records::id(object, &record)?;
    let (title, pdf) = shared.kernel.print(&caller.tenant, &caller.principal, object, id, &print).await?;
    let safe: String = title.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    let mut response: Response = ([(header::CONTENT_TYPE, "application/pdf")], pdf).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("inline; filename=\"{safe}.pdf\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
