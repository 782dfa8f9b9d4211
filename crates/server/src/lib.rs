//! Floor 5: the faces. REST, OpenAPI, GraphQL, MCP, server-sent events and the user interface, over one kernel.
//!
//! A handler finds the object or action, hands the request to the kernel and words the answer; no rule of
//! business is here.

mod answer;
mod auth;
mod changes;
mod contents;
mod derived;
mod events;
mod files;
pub mod graphql;
mod health;
mod limits;
mod mcp;
pub mod openapi;
mod records;
pub mod setup;
mod tus;
mod ui;
mod unsubscribe;

pub use setup::Setup;

use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use nexus_kernel::Kernel;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// What every handler has.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) kernel: Arc<Kernel>,
    pub(crate) openapi: Arc<openapi::Documents>,
    pub(crate) graphql: Arc<graphql::Schemas>,
    pub(crate) metrics: metrics_exporter_prometheus::PrometheusHandle,
    /// How a first company is made from the browser; none where that is left to the command line.
    pub(crate) setup: Option<Arc<Setup>>,
    /// Turns true when the server ends: streams, which have no end of their own, end then.
    pub(crate) ending: watch::Receiver<bool>,
}

/// A server to be run.
pub struct Config<F> {
    pub kernel: Arc<Kernel>,
    pub listener: TcpListener,
    pub setup: Option<Setup>,
    /// When it ends, no new connection is taken and those that are open are finished.
    pub shutdown: F,
}

/// Serves until the shutdown signal, then finishes what was accepted.
///
/// # Errors
/// When the listener fails.
pub async fn serve<F>(config: Config<F>) -> std::io::Result<()>
where
    F: Future<Output = ()> + Send + 'static,
{
    let (ends, ending) = watch::channel(false);
    let keeper = tokio::spawn(Arc::clone(&config.kernel).keep());
    let app = routes(config.kernel, config.setup, ending);
    let shutdown = async move {
        config.shutdown.await;
        ends.send_replace(true);
    };
    let service = app.into_make_service_with_connect_info::<std::net::SocketAddr>();
    let served = axum::serve(config.listener, service).with_graceful_shutdown(shutdown).await;
    keeper.abort();
    served
}

/// All faces of a kernel.
pub fn router(kernel: Arc<Kernel>, setup: Option<Setup>) -> Router {
    routes(kernel, setup, watch::channel(false).1)
}

fn routes(kernel: Arc<Kernel>, setup: Option<Setup>, ending: watch::Receiver<bool>) -> Router {
    let shared = Shared {
        kernel: Arc::clone(&kernel),
        openapi: Arc::default(),
        graphql: Arc::default(),
        metrics: health::recorder(),
        setup: setup.map(Arc::new),
        ending,
    };
    let api = Router::new()
        .route("/session", post(auth::sign_in).get(auth::who).delete(auth::sign_out))
        .route("/setup", get(setup::needed).post(setup::set_up))
        .route("/meta", get(records::meta))
        .route("/shared/{token}", get(records::shared))
        .route("/unsubscribe/{token}", get(unsubscribe::page).post(unsubscribe::click))
        .route("/search", get(records::search))
        .route("/events", get(events::events))
        .route("/openapi.json", get(openapi::serve))
        .route("/graphql", post(graphql::ask))
        .route("/batch", post(changes::batch))
        .route("/runs", get(records::runs))
        .route("/undo", post(changes::undo))
        .route("/actions/{action}", post(changes::action))
        .route("/core/files/{file}/content", get(contents::content))
        .route("/core/files/{file}/thumbnail", get(contents::thumbnail))
        .route("/{app}/reports/{report}", get(records::report))
        .route("/{app}/{objects}", get(records::list).post(changes::create))
        .route("/{app}/{objects}/aggregate", get(records::aggregate))
        .route("/{app}/{objects}/bulk", post(changes::bulk).layer(limits::upload()))
        .route("/{app}/{objects}/changes", get(records::all_changes))
        .route("/{app}/{objects}/duplicates", get(records::duplicates))
        .route("/{app}/{objects}/explain", get(records::explain_all))
        .route("/{app}/{objects}/export", get(files::export))
        .route("/{app}/{objects}/import", post(files::import).layer(limits::upload()))
        .route("/{app}/{objects}/import/inspect", post(files::inspect).layer(limits::upload()))
        .route("/core/imports/{import}/rejects", get(files::rejects))
        .route(
            "/{app}/{objects}/{id}",
            get(records::get).patch(changes::update).delete(changes::delete).post(changes::object_action),
        )
        .route("/{app}/{objects}/{id}/history", get(records::history))
        .route("/{app}/{objects}/{id}/changes", get(records::changes))
        .route("/{app}/{objects}/{id}/explain", get(records::explain))
        .route("/{app}/{objects}/{id}/print/{print}", get(files::print))
        .route("/{app}/{objects}/{id}/{action}", post(changes::record_action))
        .merge(tus::routes())
        .fallback(answer::nothing_here)
        .method_not_allowed_fallback(answer::wrong_method)
        .layer(limits::body());
    let router = Router::new()
        .nest("/api/v1", api)
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .fallback(ui::page)
        .with_state(shared)
        .merge(mcp::router(kernel));
    limits::around(router)
}
