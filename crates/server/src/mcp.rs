//! The Model Context Protocol: the same objects and actions for a model, over Streamable HTTP.
//!
//! `/mcp` is small whatever the number of apps: tools to find, describe and run actions, and to query.
//! `/mcp/{app}` offers each action of one app as a tool of its own. Every request carries its bearer token
//! and stands alone; there is no session to keep or to steal.

mod describe;
mod face;
mod general;
mod resources;
mod tools;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Uri, header};
use axum::response::IntoResponse;
use axum::routing::any;
use nexus_kernel::{Kernel, Problem};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};

use crate::answer::{Answer, Failure, Path};
use crate::auth::{self, Caller};
use face::Face;

/// Bytes of a message.
const MESSAGE_MAX: usize = 2 << 20;

type Service = StreamableHttpService<Face, NeverSessionManager>;

#[derive(Clone)]
struct Shared {
    kernel: Arc<Kernel>,
    service: Service,
}

/// Who speaks, and of which app.
#[derive(Clone)]
struct Peer {
    caller: Caller,
    app: Option<String>,
}

/// The routes of `/mcp`.
pub(crate) fn router(kernel: Arc<Kernel>) -> Router {
    let face = Face { kernel: Arc::clone(&kernel) };
    // Origins are checked in `serve`; a host name that was rebound to us brings no bearer token along.
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(MESSAGE_MAX)
        .disable_allowed_hosts();
    let service = StreamableHttpService::new(move || Ok(face.clone()), Arc::default(), config);
    Router::new().route("/mcp", any(every_app)).route("/mcp/{app}", any(one_app)).with_state(Shared { kernel, service })
}

async fn every_app(State(shared): State<Shared>, request: Request) -> Answer {
    serve(shared, None, request).await
}

async fn one_app(State(shared): State<Shared>, Path(app): Path<String>, request: Request) -> Answer {
    serve(shared, Some(app), request).await
}

async fn serve(shared: Shared, app: Option<String>, mut request: Request) -> Answer {
    check_origin(request.headers(), request.uri())?;
    // The cookie of a browser is not enough here: a page elsewhere could send it.
    let token: Arc<str> = auth::bearer(request.headers()).ok_or_else(auth::unauthenticated)?.into();
    let (tenant, principal, _) = shared.kernel.authenticate(&token).await?;
    tenant.count_call()?;
    if let Some(app) = &app {
        tenant.has(app)?;
        // A company may have declared one of its own.
        if !tenant.registry().schema.apps.contains_key(app) {
            return Err(Problem::not_found(format!("there is no app {app} here")).into());
        }
    }
    let company = auth::company(request.headers())?;
    request.extensions_mut().insert(Peer { caller: Caller { tenant, principal, company, token }, app });
    Ok(shared.service.handle(request).await.map(Body::new).into_response())
}

/// A browser says where its page is from: it must be from here or from this machine (MCP, transports,
/// security warning).
fn check_origin(headers: &HeaderMap, uri: &Uri) -> Result<(), Failure> {
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    let origin = origin.to_str().ok().and_then(|origin| origin.parse::<Uri>().ok());
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.or_else(|| uri.authority().map(|authority| authority.as_str()));
    let from_here = origin.as_ref().and_then(Uri::authority).is_some_and(|origin| {
        Some(origin.as_str()) == host || matches!(origin.host(), "localhost" | "127.0.0.1" | "[::1]")
    });
    if from_here { Ok(()) } else { Err(Problem::denied("a page from another origin may not speak MCP here").into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_pages_from_here_or_this_machine_may_speak() {
        let check = |origin: Option<&'static str>, expect: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("nexus.example:8443"));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            assert_eq!(check_origin(&headers, &Uri::from_static("/mcp")).is_ok(), expect, "{origin:?}");
        };
        check(None, true);
        check(Some("https://nexus.example:8443"), true);
        check(Some("http://localhost:6274"), true);
        check(Some("http://127.0.0.1"), true);
        check(Some("https://nexus.example"), false);
        check(Some("https://evil.example"), false);
        check(Some("http://localhost.evil.example"), false);
        check(Some("null"), false);
    }
}
