//! `nexus serve`: the server, in the foreground.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use nexus_kernel::store::Limits;
use nexus_kernel::{Broker, JOBS_MAX, TENANTS_MAX};
use nexus_nats::Nats;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::failure::Failure;
use crate::order;
use crate::output;
use crate::place::{Place, wait};
use crate::telemetry::Traces;

/// The address when nothing names one: this machine alone.
const LISTEN: &str = "127.0.0.1:3000";
/// How long requests under way may take to finish after the signal to end. A stream that a client keeps
/// open has no end of its own.
const GRACE: Duration = Duration::from_secs(10);
/// Tenants opened, and brought to the apps' form, before the first request; further ones when they are asked for.
const OPENED_MAX: usize = 16;

/// Serve the UI, REST and MCP
///
/// Every flag is also a NEXUS_… variable and a key of nexus.toml, written with underscores: --waiting-max is
/// NEXUS_WAITING_MAX and waiting_max. Ends in order on Ctrl C or SIGTERM. Where OTEL_EXPORTER_OTLP_ENDPOINT names a
/// collector, traces go there.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus serve --data ./data --listen 127.0.0.1:3000")]
pub(crate) struct Serve {
    #[command(flatten)]
    place: Place,
    /// The address to listen on; port 0 takes a free one [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDR", env = "NEXUS_LISTEN")]
    listen: Option<String>,
    /// The NATS server, with JetStream, that gets every event, such as nats://nexus:secret@localhost:4222
    #[arg(long, value_name = "URL", env = "NEXUS_NATS", hide_env_values = true)]
    nats: Option<String>,
    /// Changes that may wait for a tenant's writer; further ones get 429 [default: 2048]
    #[arg(long, value_name = "N", env = "NEXUS_WAITING_MAX")]
    waiting_max: Option<usize>,
    /// Changes made durable by one commit [default: 128]
    #[arg(long, value_name = "N", env = "NEXUS_GROUP_MAX")]
    group_max: Option<usize>,
    /// Connections of a tenant that read side by side [default: 4]
    #[arg(long, value_name = "N", env = "NEXUS_READERS_MAX")]
    readers_max: Option<usize>,
    /// Connections to PostgreSQL, shared by all tenants [default: 16]
    #[arg(long, value_name = "N", env = "NEXUS_CONNECTIONS_MAX")]
    connections_max: Option<usize>,
    /// Tenants open at a time, the least recently used of which are closed for others; as many more as are in use at
    /// once [default: 256]
    #[arg(long, value_name = "N", env = "NEXUS_TENANTS_MAX")]
    tenants_max: Option<usize>,
    /// MiB that a file may have [default: 4096]
    #[arg(long, value_name = "N", env = "NEXUS_FILE_MIB_MAX")]
    file_mib_max: Option<u64>,
    /// A clamd that is asked before a file is kept: tcp:HOST:PORT or unix:PATH [default: none is asked]
    #[arg(long, value_name = "ADDR", env = "NEXUS_SCANNER")]
    scanner: Option<String>,
    /// Jobs run at a time [default: 16]
    #[arg(long, value_name = "N", env = "NEXUS_JOBS_MAX")]
    jobs_max: Option<usize>,
    /// Print the address as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

impl Serve {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let mut found = self.place.find()?;
        let traces = Traces::from_environment()?;
        found.log_and_trace("info,tokio_postgres=warn", traces.as_ref())?;
        let config = &mut found.config;
        config.connections_max = self.connections_max.or(config.connections_max);
        config.tenants_max = Some(bound("--tenants-max", self.tenants_max.or(config.tenants_max), TENANTS_MAX)?);
        config.file_mib_max = self.file_mib_max.or(config.file_mib_max);
        config.scanner = self.scanner.clone().or(config.scanner.take());
        config.jobs_max = Some(bound("--jobs-max", self.jobs_max.or(config.jobs_max), JOBS_MAX)?);
        let config = &found.config;
        let default = Limits::default();
        let limits = Limits {
            waiting_max: bound("--waiting-max", self.waiting_max.or(config.waiting_max), default.waiting_max)?,
            group_max: bound("--group-max", self.group_max.or(config.group_max), default.group_max)?,
            readers_max: bound("--readers-max", self.readers_max.or(config.readers_max), default.readers_max)?,
        };
        let listen = self.listen.as_deref().or(config.listen.as_deref()).unwrap_or(LISTEN);
        let mut lock = found.lock()?;
        let nats = self.nats.as_deref().or(config.nats.as_deref());
        let ended = wait(async {
            let broker = match nats {
                Some(url) => Some(Arc::new(Nats::connect(url).await?) as Arc<dyn Broker>),
                None => None,
            };
            let kernel = found.open_with(limits, broker)?;
            let first = kernel.control.first_tenants(OPENED_MAX)?;
            let kept = first.iter().filter(|entry| entry.purge_at.is_none());
            for entry in kept.take(found.config.tenants_max.unwrap_or(TENANTS_MAX)) {
                kernel.tenant(&entry.slug)?;
            }
            if first.is_empty() {
                output::note(format_args!("there is no company yet: {}", found.how_to_begin()));
            }
            let end = end_signal()?;
            let listener = TcpListener::bind(listen).await;
            let listener =
                listener.map_err(|error| Failure::failed(format!("--listen: cannot listen on {listen}: {error}")))?;
            let address = listener.local_addr().map_err(|error| Failure::failed(format!("--listen: {error}")))?;
            let mut orders = None;
            if let Some(lock) = &mut lock {
                lock.describe(&format!("process {}, which serves http://{address}", std::process::id()));
                match order::take(&found.folder, &kernel) {
                    Ok(socket) => orders = Some(socket),
                    Err(error) => tracing::warn!(%error, "no socket for commands such as `nexus tenant move`"),
                }
            }
            if self.json {
                output::line(json!({"listening": format!("http://{address}")}));
            } else {
                output::line(format_args!("listening on http://{address}"));
            }
            let carried = tokio::spawn(Arc::clone(&kernel).carry(end.clone()));
            let server = nexus_server::serve(nexus_server::Config { kernel, listener, shutdown: ended(end.clone()) });
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

fn bound(flag: &str, given: Option<usize>, default: usize) -> Result<usize, Failure> {
    match given {
        Some(0) => Err(Failure::usage(format!("{flag}: at least 1"))),
        Some(given) => Ok(given),
        None => Ok(default),
    }
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
