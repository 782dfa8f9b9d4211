//! What travels as a file: exports, imports, printed documents.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures::stream;
use nexus_kernel::faces::ListParams;
use nexus_kernel::faces::export::Format;
use nexus_kernel::{ImportRequest, Kind, Mapping, Problem};
use serde::Deserialize;
use serde_json::{Map, Value};

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
    q: Option<String>,
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
    let (format, media, ending) = match params.format.as_deref() {
        None | Some("csv") => (Format::Csv, "text/csv; charset=utf-8", "csv"),
        Some("json") => (Format::Json, "application/x-ndjson", "jsonl"),
        Some(other) => {
            let message = format!("{other} is not written; csv and json (one record a line) are");
            return Err(Problem { kind: Kind::Malformed, ..Problem::field("format", "choice", message) }.into());
        }
    };
    let ExportParams { filter, sort, q, at, .. } = params;
    let list = ListParams { filter, sort, q, at, ..ListParams::default() };
    let mut export = shared.kernel.export(&caller.tenant, &caller.principal, object, list, format).await?;
    // The first page is read before the reply begins, so that a bad filter is still a problem document.
    let first = export.next().await?;
    let rest = stream::unfold(export, |mut export| async move {
        match export.next().await {
            Ok(Some(piece)) => Some((Ok(piece), export)),
            Ok(None) => None,
            Err(problem) => Some((Err(std::io::Error::other(problem.to_string())), export)),
        }
    });
    let pieces = futures::StreamExt::chain(stream::iter(first.map(Ok)), rest);
    let name = format!("attachment; filename=\"{objects}.{ending}\"");
    Ok(([(header::CONTENT_TYPE, media), (header::CONTENT_DISPOSITION, name.as_str())], Body::from_stream(pieces))
        .into_response())
}

/// `file`, optionally `mapping` (TOML, or JSON of column to field) and `preview`.
pub(crate) async fn import(
    State(shared): State<Shared>,
    caller: Caller,
    Path((app, objects)): Path<(String, String)>,
    Form(mut form): Form,
) -> Answer {
    let object = std::sync::Arc::clone(caller.tenant.object_at(&app, &objects)?);
    let (mut text, mut mapping, mut preview) = (None, Mapping::default(), false);
    let bad = |error: axum::extract::multipart::MultipartError| {
        let too_large = error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE;
        Problem::new(if too_large { Kind::TooLarge } else { Kind::Malformed }, error.body_text())
    };
    while let Some(part) = form.next_field().await.map_err(bad)? {
        match part.name().unwrap_or_default() {
            "file" => {
                if part.file_name().is_some_and(|name| name.to_lowercase().ends_with(".xlsx")) {
                    let message = "is a workbook; save the sheet as CSV and send that";
                    return Err(Problem::field("file", "format", message).into());
                }
                text = Some(part.bytes().await.map_err(bad)?);
            }
            "mapping" => mapping = read_mapping(&part.text().await.map_err(bad)?)?,
            "preview" => preview = part.text().await.map_err(bad)? == "true",
            other => return Err(Problem::field(other, "unknown", "is no part; send file, mapping and preview").into()),
        }
    }
    let bytes = text.ok_or_else(|| Problem::field("file", "required", "is required: the text to import"))?;
    let request =
        ImportRequest { text: Box::new(std::io::Cursor::new(bytes)), mapping, preview, company: caller.company };
    let report = shared.kernel.import(&caller.tenant, &caller.principal, &object, request).await?;
    Ok(Json(report).into_response())
}

fn read_mapping(text: &str) -> Result<Mapping, Problem> {
    if text.len() > MAPPING_MAX {
        return Err(Problem::field("mapping", "max", format!("is larger than {MAPPING_MAX} bytes")));
    }
    if !text.trim_start().starts_with('{') {
        return text.parse();
    }
    let parsed: Map<String, Value> = serde_json::from_str(text)
        .map_err(|error| Problem::field("mapping", "json", format!("is not JSON of column to field: {error}")))?;
    let pairs = parsed.into_iter().map(|(column, field)| (column, field.as_str().unwrap_or_default().to_owned()));
    Ok(Mapping { map: pairs.collect(), ..Mapping::default() })
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
