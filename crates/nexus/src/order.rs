//! Administrative work on the tenants of a place, done by whoever has the place.
//!
//! A data folder belongs to one process. While a server has it, the server does the work for the command that asks,
//! over a Unix socket in the folder: one order a connection, one line of JSON each way.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use nexus_kernel::Kernel;
use nexus_kernel::model::Timestamp;
use nexus_kernel::store::TenantEntry;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};

use crate::archive::Unpacked;
use crate::failure::Failure;
use crate::place::{Database, Found, HOME, wait};

/// The socket's name in the data folder.
const NAME: &str = "nexus.sock";
/// Bytes that an order may have.
const ORDER_BYTES_MAX: u64 = 16 << 10;
/// How long an order may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(5);

/// What is to be done.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Order {
    /// Move a tenant to the place of this name.
    Move { tenant: String, to: String },
    /// Copy a tenant to rehearse on.
    Branch { tenant: String, branch: String },
    /// Make the search index of a tenant anew.
    Reindex { tenant: String },
    /// Make a tenant from another one, or from the one in a backup, as that was at a moment.
    Rewind { tenant: String, at: Timestamp, name: String, backup: Option<PathBuf> },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reply {
    Done(Json),
    Refused(String),
}

impl Order {
    /// Does it here, or has the server do it that holds the data folder; what it came to.
    pub(crate) fn give(&self, found: &Found) -> Result<Json, Failure> {
        let _lock = match found.lock() {
            Ok(lock) => lock,
            Err(taken) if found.database == Database::Sqlite => {
                return match std::os::unix::net::UnixStream::connect(found.folder.join(NAME)) {
                    Ok(server) => self.hand_over(server),
                    Err(_) => Err(taken),
                };
            }
            Err(taken) => return Err(taken),
        };
        let kernel = found.open_existing()?;
        wait(async { self.perform(&kernel) })
    }

    fn perform(&self, kernel: &Kernel) -> Result<Json, Failure> {
        Ok(match self {
            Order::Move { tenant, to } => {
                let content = kernel.move_tenant(tenant, Some(to.as_str()).filter(|to| *to != HOME))?;
                json!({"tenant": tenant, "place": to, "rows": content.rows, "hash": content.hash})
            }
            Order::Branch { tenant, branch } => {
                let content = kernel.branch_tenant(tenant, branch)?;
                json!({"tenant": branch, "branch_of": tenant, "rows": content.rows, "hash": content.hash})
            }
            Order::Reindex { tenant } => {
                let tenant = kernel.tenant(tenant)?;
                tokio::task::block_in_place(|| {
                    tokio::runtime::Handle::current().block_on(async {
                        kernel.rebuild_index(&tenant).await?;
                        kernel.index(&tenant).await
                    })
                })?;
                json!({"tenant": tenant.slug})
            }
            Order::Rewind { tenant, at, name, backup } => {
                let unpacked = backup.as_deref().map(Unpacked::new).transpose()?;
                let (source, from) = match &unpacked {
                    Some(unpacked) => unpacked.tenant(tenant)?,
                    None => kernel.found(tenant)?,
                };
                let place = source.place.filter(|_| unpacked.is_none());
                let entry = TenantEntry { slug: name.clone(), name: source.name, place, ..TenantEntry::default() };
                let contents = match &unpacked {
                    Some(unpacked) => unpacked.contents(tenant)?,
                    None => kernel.contents_of(tenant),
                };
                kernel.copy_files(&contents, name)?;
                let done = kernel.rewind_tenant(&entry, &from, *at)?;
                json!({"tenant": name, "of": tenant, "at": at, "taken_back": done.events, "secrets": done.secrets})
            }
        })
    }

    fn hand_over(&self, mut server: std::os::unix::net::UnixStream) -> Result<Json, Failure> {
        let lost = |error: &dyn std::fmt::Display| {
            Failure::failed(format!(
                "the server that has the data folder went away before it answered ({error}); ask again"
            ))
        };
        let mut answer = String::new();
        writeln!(server, "{}", json!(self))
            .and_then(|()| BufReader::new(&server).read_line(&mut answer))
            .map_err(|error| lost(&error))?;
        match serde_json::from_str(&answer).map_err(|error| lost(&error))? {
            Reply::Done(done) => Ok(done),
            Reply::Refused(why) => Err(Failure::failed(format!("the server that has the data folder says: {why}"))),
        }
    }
}

/// The socket of a server; removed when dropped.
pub(crate) struct Socket(PathBuf);

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Takes orders for the folder that this process has, one after the other. Only the owner of the process and root may
/// give them.
pub(crate) fn take(folder: &Path, kernel: &Arc<Kernel>) -> std::io::Result<Socket> {
    let path = folder.join(NAME);
    // Left by a server that was killed: the folder is ours.
    let _ = std::fs::remove_file(&path);
    let listener = UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    let owner = std::fs::metadata(&path)?.uid();
    let kernel = Arc::clone(kernel);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if stream.peer_cred().is_ok_and(|peer| peer.uid() == owner || peer.uid() == 0)
                && let Err(error) = serve(stream, &kernel).await
            {
                tracing::warn!(%error, "an order was not answered");
            }
        }
    });
    Ok(Socket(path))
}

async fn serve(stream: UnixStream, kernel: &Arc<Kernel>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    let mut read = tokio::io::BufReader::new(read.take(ORDER_BYTES_MAX));
    tokio::time::timeout(ARRIVAL, read.read_line(&mut line)).await??;
    let reply = match serde_json::from_str::<Order>(&line) {
        Ok(order) => {
            tracing::info!(?order, "ordered");
            let kernel = Arc::clone(kernel);
            let done = tokio::task::spawn_blocking(move || order.perform(&kernel)).await;
            match done.map_err(|error| Failure::failed(error.to_string())).flatten() {
                Ok(done) => Reply::Done(done),
                Err(failure) => Reply::Refused(failure.to_string()),
            }
        }
        Err(error) => Reply::Refused(format!("this is no order that it knows: {error}")),
    };
    write.write_all(format!("{}\n", json!(reply)).as_bytes()).await
}
