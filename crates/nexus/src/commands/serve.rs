//! `nexus serve`: the server, in the foreground.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, CommandFactory};
use nexus_kernel::store::Limits;
use nexus_kernel::{BoxFuture, Broker, Kernel, Problem, TENANTS_MAX, Tenant};
use nexus_nats::Nats;
use nexus_server::Setup;
use nexus_server::setup::Made;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::Cli;
use crate::failure::Failure;
use crate::place::{Place, wait};
use crate::plans::GLOBAL;
use crate::settings::{self, Service};
use crate::telemetry::Traces;
use crate::{countries, demo, order, output};

/// The address when nothing names one: this machine alone.
pub(crate) const LISTEN: &str = "127.0.0.1:3000";
/// How long requests under way may take to finish after the signal to end. A stream that a client keeps
/// open has no end of its own.
const GRACE: Duration = Duration::from_secs(10);
/// Tenants opened, and brought to the apps' form, before the first request; further ones when they are asked for.
const OPENED_MAX: usize = 16;

/// Serve the UI, REST and MCP
///
/// Every flag is also a NEXUS_… variable and a key of nexus.toml, written with underscores: --waiting-max is
/// NEXUS_WAITING_MAX and waiting_max; docs/configuration.md lists them. Where OTEL_EXPORTER_OTLP_ENDPOINT names a
/// collector, traces go there. Ends in order on Ctrl C or SIGTERM.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus serve --data ./data --listen 127.0.0.1:3000")]
pub(crate) struct Serve {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    service: Service,
    /// Print the address as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

impl Serve {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let mut found = self.place.find_for(&self.service)?;
        let traces = Traces::from_environment()?;
        found.log_and_trace("info,tokio_postgres=warn", traces.as_ref())?;
        for unknown in settings::unknown_variables(&Cli::command(), settings::variables()) {
            output::note(unknown);
        }
        let default = Limits::default();
        let limits = Limits {
            waiting_max: found.service.waiting_max.unwrap_or(default.waiting_max),
            group_max: found.service.group_max.unwrap_or(default.group_max),
            readers_max: found.service.readers_max.unwrap_or(default.readers_max),
        };
        let listen = found.service.listen.clone().unwrap_or_else(|| LISTEN.to_owned());
        let mut lock = found.lock()?;
        let nats = found.service.nats.clone();
        let ended = wait(async {
            let broker = match nats.as_deref() {
                Some(url) => Some(Arc::new(Nats::connect(url).await?) as Arc<dyn Broker>),
                None => None,
            };
            // Links in mail lead to the address, whose port the system may have chosen.
            let listener = TcpListener::bind(&listen).await;
            let listener =
                listener.map_err(|error| Failure::failed(format!("--listen: cannot listen on {listen}: {error}")))?;
            let address = listener.local_addr().map_err(|error| Failure::failed(format!("--listen: {error}")))?;
            found.service.public_url = found.service.reached_at(address);
            let kernel = found.open_with(limits, broker)?;
            let first = kernel.control.first_tenants(OPENED_MAX)?;
            let kept = first.iter().filter(|entry| entry.purge_at.is_none());
            for entry in kept.take(found.service.tenants_max.unwrap_or(TENANTS_MAX)) {
                kernel.tenant(&entry.slug)?;
            }
            let setup = Setup::new(Some(GLOBAL.to_owned()), countries::all(), Box::new(samples));
            let begin = first.is_empty().then(|| setup.address(&format!("http://{address}")));
            let end = end_signal()?;
            let mut orders = None;
            if let Some(lock) = &mut lock {
                lock.describe(&format!("process {}, which serves http://{address}", std::process::id()));
                match order::take(&found.folder, &kernel) {
                    Ok(socket) => orders = Some(socket),
                    Err(error) => tracing::warn!(%error, "no socket for commands such as `nexus tenant move`"),
                }
            }
            if self.json {
                output::line(json!({"listening": format!("http://{address}"), "setup": begin}));
            } else {
                if let Some(begin) = begin {
                    output::line(format_args!("there is no company yet: set yours up at {begin}"));
                }
                output::line(format_args!("listening on http://{address}"));
            }
            let carried = tokio::spawn(Arc::clone(&kernel).carry(end.clone()));
            let server = nexus_server::serve(nexus_server::Config {
                kernel,
                listener,
                setup: Some(setup),
                shutdown: ended(end.clone()),
            });
            tokio::select! {
                served = server => {
                    served.map_err(|error| Failure::failed(format!("the server stopped: {error}")))?;
                    // What it did not come to is found at the next start.
                    let _ = tokio::time::timeout(GRACE, carried).await;
                }
                () = async { ended(end).await; tokio::time::sleep(GRACE).await } => {
                    tracing::warn!("some requests did not end in time and were cut off");
                    // What they wait for may never come, and must not keep the process.
                    std::process::exit(0);
                }
            }
            drop(orders);
            Ok(ExitCode::SUCCESS)
        });
        if let Some(traces) = traces {
            traces.end();
        }
        ended
    }
}

/// What a company that is set up from the browser gets to try things with: who may sign in besides the administrator.
fn samples(kernel: Arc<Kernel>, tenant: Arc<Tenant>, email: String, password: String) -> BoxFuture<'static, Made> {
    Box::pin(async move {
        let made = demo::fill(&kernel, &tenant, &email, &password).await;
        let made = made.map_err(|failure| Problem::internal(failure.to_string()))?;
        let people = made["users"].as_array().into_iter().flatten();
        Ok(people.map(|user| json!({"email": user["email"], "title": user["title"]})).collect())
    })
}

/// Turns true at the first signal to end; a second one ends the process at once.
fn end_signal() -> Result<watch::Receiver<bool>, Failure> {
    let listen = |kind| signal(kind).map_err(|error| Failure::failed(format!("cannot listen for signals: {error}")));
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    let (ending, end) = watch::channel(false);
    tokio::spawn(async move {
        loop {
            tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
            if ending.send_replace(true) {
                std::process::exit(1);
            }
            tracing::info!("ending: no new connections, those open are finished");
        }
    });
    Ok(end)
}

async fn ended(mut end: watch::Receiver<bool>) {
    // The sender lives as long as the process.
    let _ = end.wait_for(|ended| *ended).await;
}
