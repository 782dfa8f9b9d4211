//! A data folder of its own with one company in it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::{Context, Result};
use nexus_kernel::core::NewTenant;
use nexus_kernel::faces::ListParams;
use nexus_kernel::model::Uuid;
use nexus_kernel::search::Indexer;
use nexus_kernel::store::{Limits, Server, Storage};
use nexus_kernel::{Call, Kernel, Options, Principal, Registry, Reply, Request, Tenant};
use nexus_search::{OPEN_MAX, Tantivy};
use serde_json::Value as Json;
use tempfile::TempDir;
use tokio_postgres::NoTls;

use crate::{postgres, raw};

/// Callers that wait at the same time, and changes that one commit makes durable.
pub(crate) const WAITING: usize = 64;

pub(crate) use nexus_testkit::{ADMIN_EMAIL, ADMIN_PASSWORD};

/// The database that a place is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    Sqlite,
    Postgres,
}

impl Base {
    /// How rows of the table are called that are measured on it.
    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Base::Sqlite => "",
            Base::Postgres => "-postgres",
        }
    }
}

/// A kernel with contacts and finance, one tenant and its administrator.
pub(crate) struct Place {
    pub(crate) base: Base,
    /// Of the files, where there are some.
    folder: TempDir,
    /// Of the database on PostgreSQL.
    pub(crate) url: String,
    pub(crate) kernel: Arc<Kernel>,
    pub(crate) tenant: Arc<Tenant>,
    pub(crate) admin: Arc<Principal>,
    pub(crate) company: Uuid,
}

impl Place {
    pub(crate) async fn open(base: Base) -> Result<Place> {
        let (folder, url) = (tempfile::tempdir_in(disk()?)?, new_database(base).await?);
        let kernel = kernel(base, folder.path(), &url)?;
        let tenant = kernel
            .create_tenant(NewTenant {
                company: "Example Ltd".to_owned(),
                email: ADMIN_EMAIL.to_owned(),
                password: ADMIN_PASSWORD.to_owned(),
                country: "GB".to_owned(),
                currency: "GBP".to_owned(),
                ..NewTenant::default()
            })
            .await?;
        let system = Arc::new(Principal::system());
        let first = async |object: &str| -> Result<Uuid> {
            let object = kernel.registry.object(object)?;
            let page = kernel.list(&tenant, &system, object, ListParams::default()).await?;
            page.data.first().map(nexus_kernel::faces::Shown::id).context("there is one")
        };
        let admin = kernel.principal(&tenant, first("core.user").await?).await?;
        let company = first("core.company").await?;
        Ok(Place { base, kernel, admin, company, tenant, folder, url })
    }

    /// The same folder opened anew: what hand-written SQL told the planner meanwhile is known to every connection.
    pub(crate) fn reopened(self) -> Result<Place> {
        let Place { base, folder, url, kernel: before, tenant, .. } = self;
        let slug = tenant.slug.clone();
        drop((tenant, before));
        let kernel = kernel(base, folder.path(), &url)?;
        Ok(Place { tenant: kernel.tenant(&slug)?, kernel, folder, url, ..self })
    }

    /// The ids that a query answers, a few a row.
    pub(crate) async fn ids<const N: usize>(&self, sql: &str) -> Result<Vec<[Uuid; N]>> {
        if self.base == Base::Postgres {
            let rows = postgres::open(self).await?.query(sql, &[]).await?;
            return Ok(rows.iter().map(|row| std::array::from_fn(|at| row.get::<_, postgres::Key>(at).0)).collect());
        }
        let connection = raw::open(&self.file())?;
        let mut found = connection.prepare(sql)?;
        let rows = found.query_map([], |row| {
            (0..N).map(|at| row.get(at).map(Uuid::from_bytes)).collect::<rusqlite::Result<Vec<_>>>()
        })?;
        let row = |row: rusqlite::Result<Vec<Uuid>>| -> Result<[Uuid; N]> {
            row?.try_into().map_err(|_| anyhow::anyhow!("a row has {N} ids"))
        };
        rows.map(row).collect()
    }

    /// The tenant's file, for hand-written SQL.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("tenants").join(format!("{}.db", self.tenant.slug))
    }

    pub(crate) async fn act(&self, action: &str, record: Option<Uuid>, input: Json) -> Result<Reply> {
        let call = Call { action: action.to_owned(), record, input };
        Ok(self.kernel.dispatch(&self.tenant, &self.admin, Request { calls: vec![call], ..Request::default() }).await?)
    }

    /// Runs an action for each of `calls`, with [`WAITING`] callers that each wait for their answer.
    pub(crate) async fn act_all(
        self: &Arc<Self>,
        action: &'static str,
        calls: Vec<(Option<Uuid>, Json)>,
    ) -> Result<()> {
        let queue = Arc::new(std::sync::Mutex::new(calls));
        let callers: Vec<_> = (0..WAITING)
            .map(|_| {
                let (place, queue) = (Arc::clone(self), Arc::clone(&queue));
                tokio::spawn(async move {
                    loop {
                        let next = queue.lock().expect("no caller panics while it takes a call").pop();
                        let Some((record, input)) = next else { return anyhow::Ok(()) };
                        place.act(action, record, input).await?;
                    }
                })
            })
            .collect();
        for caller in callers {
            caller.await??;
        }
        Ok(())
    }
}

fn kernel(base: Base, folder: &Path, url: &str) -> Result<Arc<Kernel>> {
    let registry = Registry::new(vec![contacts::app(), finance::app()], None)?;
    let limits = Limits { group_max: WAITING, ..Limits::default() };
    let storage = match base {
        Base::Sqlite => Storage::Folder(folder.to_owned()),
        Base::Postgres => Storage::Server(Server::connect(url, CONNECTIONS)?),
    };
    let indexer: Option<Arc<dyn Indexer>> = Some(Arc::new(Tantivy::in_folder(folder.join("search"), OPEN_MAX)));
    Ok(Arc::new(Kernel::open(registry, Options { limits, indexer, ..Options::new(storage) })?))
}

/// Connections that Nexus may open to PostgreSQL: a writer's and those of as many readers as the store has of a file.
const CONNECTIONS: usize = 5;

/// The PostgreSQL server of this process, and where it keeps its data.
static SERVER: Mutex<Option<(TempDir, String)>> = Mutex::new(None);

/// Removes what the server kept, when it is dropped.
pub(crate) struct Leave;

impl Drop for Leave {
    fn drop(&mut self) {
        drop(SERVER.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// A new database on a server of this process's own, which flushes every commit; none where files are.
pub(crate) async fn new_database(base: Base) -> Result<String> {
    if base == Base::Sqlite {
        return Ok(String::new());
    }
    let server = {
        let mut kept = SERVER.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.is_none() {
            // On a disk, and where another user may go: the server refuses to run as root.
            let folder = tempfile::tempdir_in(FOLDER.get().map_or(Path::new("/var/tmp"), PathBuf::as_path))?;
            let url = nexus_testkit::start_server(folder.path(), "durable");
            *kept = Some((folder, url));
        }
        kept.as_ref().map(|(_, url)| url.clone()).context("there is one now")?
    };
    let (client, connection) = tokio_postgres::connect(&format!("{server}/postgres"), NoTls).await?;
    tokio::spawn(connection);
    let name = format!("bench_{}", Uuid::now_v7().simple());
    client.batch_execute(&format!("CREATE DATABASE {name}")).await?;
    Ok(format!("{server}/{name}"))
}

static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// Decides where data are kept: on a file system in memory a commit costs nothing, and the processor alone counts.
pub(crate) fn put_into(folder: PathBuf) {
    FOLDER.get_or_init(|| folder);
}

/// The disk that holds the checkout's build: a folder in memory would make nothing durable.
pub(crate) fn disk() -> Result<PathBuf> {
    if let Some(folder) = FOLDER.get() {
        return Ok(folder.clone());
    }
    let build = std::env::current_exe()?;
    Ok(build.parent().map(PathBuf::from).unwrap_or_default())
}
