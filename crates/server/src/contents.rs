//! What files contain: whole, in part, and as a small picture.

use std::ops::Range;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use nexus_kernel::contents::media;
use nexus_kernel::{OpenFile, Problem};
use serde::Deserialize;
use uuid::Uuid;

use crate::Shared;
use crate::answer::{Answer, Path, Query};
use crate::auth::Caller;
use crate::limits::AsItIs;

/// Pixels of a thumbnail's edge, unless the request says how many.
const EDGE: u32 = 256;
const EDGES: std::ops::RangeInclusive<u32> = 16..=1_024;
/// Whatever is in a file, it runs nothing, asks for nothing and is shown nowhere but here.
const SANDBOX: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
/// The viewer of a browser is no page of ours, and does not start in a sandbox.
const VIEWER: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContentParams {
    /// Counted from 1; the newest when left out.
    version: Option<usize>,
    /// To be saved, also where a browser could show it.
    #[serde(default)]
    download: bool,
}

/// What a file contains, or a range of it (RFC 9110, section 14).
pub(crate) async fn content(
    State(shared): State<Shared>,
    caller: Caller,
    Path(file): Path<String>,
    Query(params): Query<ContentParams>,
    headers: HeaderMap,
) -> Answer {
    let file = shared.kernel.file(&caller.tenant, &caller.principal, id(&file)?, params.version).await?;
    let tag = format!("\"{}\"", file.content.digest.to_hex());
    if is_known(&headers, &tag) {
        return Ok(as_it_is(StatusCode::NOT_MODIFIED.into_response(), &tag));
    }
    let size = file.content.size;
    let whole = header_text(&headers, header::IF_RANGE).is_some_and(|known| known != tag);
    let range = header_text(&headers, header::RANGE).filter(|_| !whole);
    let (status, range) = match range.map_or(Asked::Whole, |text| asked(text, size)) {
        Asked::Whole => (StatusCode::OK, 0..size),
        Asked::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
        Asked::Nothing => {
            let beyond = (header::CONTENT_RANGE, format!("bytes */{size}"));
            return Ok(as_it_is((StatusCode::RANGE_NOT_SATISFIABLE, [beyond]).into_response(), &tag));
        }
    };
    let parts = shared.kernel.file_range(&caller.tenant, &file, range.clone()).await?;
    let parts = parts.map(|part| {
        // The status is out; the connection ends before the announced length, so that nobody takes it for whole.
        part.inspect_err(|problem| tracing::error!(%problem, "a content broke off")).map_err(std::io::Error::other)
    });
    let mut response = (status, Body::from_stream(parts)).into_response();
    let head = response.headers_mut();
    head.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    head.insert(header::CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
    if status == StatusCode::PARTIAL_CONTENT {
        put(head, header::CONTENT_RANGE, format!("bytes {}-{}/{size}", range.start, range.end - 1));
    }
    describe(head, &file, params.download);
    Ok(as_it_is(response, &tag))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ThumbnailParams {
    size: Option<u32>,
    version: Option<usize>,
}

/// A picture made small, as PNG.
pub(crate) async fn thumbnail(
    State(shared): State<Shared>,
    caller: Caller,
    Path(file): Path<String>,
    Query(params): Query<ThumbnailParams>,
    headers: HeaderMap,
) -> Answer {
    let edge = params.size.unwrap_or(EDGE);
    if !EDGES.contains(&edge) {
        let message = format!("is from {} to {} pixels", EDGES.start(), EDGES.end());
        return Err(Problem::field("size", "range", message).into());
    }
    let file = shared.kernel.file(&caller.tenant, &caller.principal, id(&file)?, params.version).await?;
    let tag = format!("\"{}-{edge}\"", file.content.digest.to_hex());
    if is_known(&headers, &tag) {
        return Ok(as_it_is(StatusCode::NOT_MODIFIED.into_response(), &tag));
    }
    let png = shared.kernel.thumbnail(&caller.tenant, &file, edge).await?;
    Ok(as_it_is(([(header::CONTENT_TYPE, "image/png")], png).into_response(), &tag))
}

fn id(file: &str) -> Result<Uuid, Problem> {
    Uuid::try_parse(file).map_err(|_| Problem::not_found(format!("{file} is no id of a file")))
}

/// A reply that may be kept by its reader alone, who asks each time whether it is still open to them.
fn as_it_is(mut response: Response, tag: &str) -> Response {
    let head = response.headers_mut();
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    put(head, header::ETAG, tag.to_owned());
    response.extensions_mut().insert(AsItIs);
    response
}

/// What it is, and what a browser may do with it.
fn describe(head: &mut HeaderMap, file: &OpenFile, download: bool) {
    let shown = media::is_shown(&file.media_type) && !download;
    let charset = if file.media_type.starts_with("text/") { "; charset=utf-8" } else { "" };
    put(head, header::CONTENT_TYPE, format!("{}{charset}", file.media_type));
    put(head, header::CONTENT_DISPOSITION, disposition(if shown { "inline" } else { "attachment" }, &file.name));
    let policy = if shown && file.media_type == "application/pdf" { VIEWER } else { SANDBOX };
    head.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
}

/// The name for old readers in ASCII, and for all others as it is (RFC 6266, RFC 8187).
fn disposition(kind: &str, name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' };
    let ascii: String = name.chars().map(plain).collect();
    let mut coded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            coded.push(char::from(byte));
        } else {
            coded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("{kind}; filename=\"{ascii}\"; filename*=UTF-8''{coded}")
}

fn header_text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known =
        |text: &str| text.trim() == "*" || text.split(',').any(|one| one.trim().trim_start_matches("W/") == tag);
    header_text(headers, header::IF_NONE_MATCH).is_some_and(known)
}

#[derive(Debug, PartialEq)]
enum Asked {
    Whole,
    Part(Range<u64>),
    /// Nothing of it is there.
    Nothing,
}

/// One range; whoever asks for several, or for what cannot be read, gets the whole.
fn asked(text: &str, size: u64) -> Asked {
    let number = |text: &str| text.parse::<u64>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    let Some((from, to)) = text.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-')) else {
        return Asked::Whole;
    };
    let range = match (number(from), number(to)) {
        (Some(from), Some(to)) if from <= to => from..to.saturating_add(1).min(size),
        (Some(from), None) if to.is_empty() => from..size,
        (None, Some(last)) if from.is_empty() => size.saturating_sub(last)..size,
        _ => return Asked::Whole,
    };
    if range.start < range.end { Asked::Part(range) } else { Asked::Nothing }
}

fn put(head: &mut HeaderMap, name: HeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        head.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_the_standard_says() {
        let check = |text: &str, expect: Asked| assert_eq!(asked(text, 100), expect, "{text}");
        check("bytes=0-9", Asked::Part(0..10));
        check("bytes=90-", Asked::Part(90..100));
        check("bytes=90-1000", Asked::Part(90..100));
        check("bytes=-30", Asked::Part(70..100));
        check("bytes=-300", Asked::Part(0..100));
        check("bytes=99-99", Asked::Part(99..100));
        check("bytes=100-", Asked::Nothing);
        check("bytes=-0", Asked::Nothing);
        for whole in ["bytes=9-0", "bytes=", "bytes=a-b", "lines=0-1", "bytes=0-1,5-6", "bytes=+1-2", "bytes=--1"] {
            check(whole, Asked::Whole);
        }
        check("bytes=0-18446744073709551615", Asked::Part(0..100));
        assert_eq!(asked("bytes=0-", 0), Asked::Nothing);
    }

    #[test]
    fn a_name_can_say_nothing_but_itself() {
        let name = "Zür\"ich; filename=x.exe\r\nSet-Cookie: a.pdf";
        let said = disposition("attachment", name);
        assert_eq!(
            said,
            "attachment; filename=\"Z_r_ich_ filename_x.exe__Set-Cookie_ a.pdf\"; \
             filename*=UTF-8''Z%C3%BCr%22ich%3B%20filename%3Dx.exe%0D%0ASet-Cookie%3A%20a.pdf"
        );
    }
}
