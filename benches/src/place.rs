//! A data folder of its own with one company in it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use anyhow::Result;
use nexus_kernel::core::NewTenant;
use nexus_kernel::faces::ListParams;
use nexus_kernel::model::Uuid;
use nexus_kernel::store::{Limits, Storage};
use nexus_kernel::{Call, Kernel, Options, Principal, Registry, Reply, Request, Tenant};
use serde_json::Value as Json;
use tempfile::TempDir;

/// Callers that wait at the same time, and changes that one commit makes durable.
pub(crate) const WAITING: usize = 64;

/// A kernel with contacts and finance, one tenant and its administrator.
pub(crate) struct Place {
    folder: TempDir,
    pub(crate) kernel: Arc<Kernel>,
    pub(crate) tenant: Arc<Tenant>,
    pub(crate) admin: Arc<Principal>,
    pub(crate) company: Uuid,
}

impl Place {
    pub(crate) async fn open() -> Result<Place> {
        // On the disk that holds the checkout's build: a folder in memory would make nothing durable.
        let folder = tempfile::tempdir_in(disk()?)?;
        let kernel = kernel(folder.path())?;
        let tenant = kernel
            .create_tenant(NewTenant {
                company: "Example Ltd".to_owned(),
                email: "admin@example.com".to_owned(),
                password: "correct horse battery".to_owned(),
                country: "GB".to_owned(),
                currency: "GBP".to_owned(),
                plan: None,
            })
            .await?;
        let system = Arc::new(Principal::system());
        let first = async |object: &str| -> Result<Uuid> {
            let object = kernel.registry.object(object)?;
            let page = kernel.list(&tenant, &system, object, ListParams::default()).await?;
            Ok(page.data[0]["id"].as_str().unwrap_or_default().parse()?)
        };
        let admin = kernel.principal(&tenant, first("core.user").await?).await?;
        let company = first("core.company").await?;
        Ok(Place { kernel, admin, company, tenant, folder })
    }

    /// The same folder opened anew: what hand-written SQL told the planner meanwhile is known to every connection.
    pub(crate) fn reopened(self) -> Result<Place> {
        let Place { folder, kernel: before, tenant, .. } = self;
        let slug = tenant.slug.clone();
        drop((tenant, before));
        let kernel = kernel(folder.path())?;
        Ok(Place { tenant: kernel.tenant(&slug)?, kernel, folder, ..self })
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

fn kernel(folder: &Path) -> Result<Arc<Kernel>> {
    let registry = Registry::new(vec![contacts::app(), finance::app()], None)?;
    let limits = Limits { group_max: WAITING, ..Limits::default() };
    Ok(Arc::new(Kernel::open(registry, Options { limits, ..Options::new(Storage::Folder(folder.to_owned())) })?))
}

static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// Decides where data are kept: on a file system in memory a commit costs nothing, and the processor alone counts.
pub(crate) fn put_into(folder: PathBuf) {
    FOLDER.get_or_init(|| folder);
}

fn disk() -> Result<PathBuf> {
    if let Some(folder) = FOLDER.get() {
        return Ok(folder.clone());
    }
    let build = std::env::current_exe()?;
    Ok(build.parent().map(PathBuf::from).unwrap_or_default())
}
