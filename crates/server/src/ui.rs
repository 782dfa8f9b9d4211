//! The user interface, built into the binary.

use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

/// What `npm run build` left in `web/dist`; empty when the interface was not built.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// A built file by its path, and the page itself for every other path: its router reads the address.
pub(crate) async fn page(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let Some((name, file)) = Dist::get(path).map(|file| (path, file)).or_else(|| {
        // A missing script is not a page.
        let page = !path.starts_with("assets/");
        page.then(|| Dist::get("index.html").map(|file| ("index.html", file))).flatten()
    }) else {
        let text = if path.is_empty() { "the user interface is not part of this build\n" } else { "not found\n" };
        return (StatusCode::NOT_FOUND, text).into_response();
    };
    let media = file.metadata.mimetype().to_owned();
    // Names of built files carry a hash of their content; the page that names them does not.
    let lasting = name.starts_with("assets/");
    let cache = if lasting { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = file.data.into_owned().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Ok(media) = HeaderValue::from_str(&media) {
        headers.insert(header::CONTENT_TYPE, media);
    }
    response
}
