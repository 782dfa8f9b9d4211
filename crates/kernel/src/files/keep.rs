//! The record of a file: made of an upload, and how much room all of them take.

use std::sync::{Arc, PoisonError};

use nexus_files::Content;
use nexus_model::{Problem, Uuid};
use nexus_store::{Filter, MeasureOf, Rows, Run};

use super::{FILE, content_of};
use crate::core::{File, FileVersion};
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::entity::Id;
use crate::kernel::Kernel;
use crate::policy::READ;
use crate::principal::Principal;
use crate::{Result, Tenant};

/// The action that the log shows for a file that was uploaded.
const UPLOAD: &str = "core.upload_file";

impl Kernel {
    /// Makes the record of a content that is kept; one that was made before stays as it is.
    pub(super) async fn keep_file(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        id: Uuid,
        name: String,
        media_type: String,
        content: Content,
    ) -> Result<()> {
        let run = Uuid::now_v7();
        let kept = self.write_in(tenant, principal, None, run, true, move |ctx| {
            Box::pin(async move {
                if ctx.any_file(id).await?.is_some() {
                    return Ok(());
                }
                ctx.begin_run(UPLOAD).await?;
                let version = FileVersion {
                    name: Some(name.clone()),
                    media_type: Some(media_type.clone()),
                    size: size(&content)?,
                    digest: Some(content.digest.to_hex().to_string()),
                    at: Some(ctx.now()),
                    ..FileVersion::default()
                };
                let file = File {
                    id: Id::new(id),
                    name,
                    media_type: Some(media_type),
                    size: version.size,
                    digest: version.digest.clone(),
                    loose_since: Some(ctx.now()),
                    versions: vec![version],
                    ..File::default()
                };
                ctx.more_bytes += content.size;
                // Who may upload is everybody; how a record of a file looks is not theirs to say.
                let elevated = std::mem::replace(&mut ctx.elevated, true);
                let created = ctx.create(file).await;
                ctx.elevated = elevated;
                created.map(drop)
            })
        });
        kept.await?;
        if let Some((_, bytes)) = &mut *tenant.measured.lock().unwrap_or_else(PoisonError::into_inner) {
            *bytes += content.size;
        }
        Ok(())
    }

    /// What a file of one's own contains, if there is one.
    pub(super) async fn uploaded(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        id: Uuid,
    ) -> Result<Option<Content>> {
        self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move {
                let object = Arc::clone(ctx.registry.object(FILE)?);
                let found = ctx.record_for(&object, id, READ, false).await?;
                let own = found.filter(|file| file.link("created_by").unwrap_or_default() == ctx.principal.user);
                Ok(own.as_ref().and_then(content_of))
            })
        })
        .await
    }

    /// That the tenant's plan has room for a file.
    pub(super) async fn room_for(&self, tenant: &Arc<Tenant>, bytes: u64) -> Result<()> {
        let system = Arc::new(Principal::system());
        self.read_in(tenant, &system, None, move |ctx| {
            Box::pin(async move {
                ctx.more_bytes = bytes;
                ctx.hold_storage().await
            })
        })
        .await
    }
}

fn size(content: &Content) -> Result<Option<i64>> {
    i64::try_from(content.size).map(Some).map_err(|_| Problem::internal("a file has more bytes than are counted"))
}

impl Ctx {
    /// Begins a run that no face has asked for by its name.
    pub(super) async fn begin_run(&mut self, action: &str) -> Result<()> {
        let (id, at, principal) = (self.run_id(), self.now(), self.principal.user);
        self.tx.add_run(&Run { id, at, principal, action: action.to_owned(), undone_by: None }).await?;
        action.clone_into(&mut self.progress.action);
        Ok(())
    }

    /// A file by its id, deleted or not, whosever it is.
    pub(super) async fn any_file(&mut self, id: Uuid) -> Result<Option<nexus_model::Record>> {
        let object = Arc::clone(self.registry.object(FILE)?);
        let elevated = std::mem::replace(&mut self.elevated, true);
        let mut found = self.record_for(&object, id, READ, false).await;
        if let Ok(None) = found {
            found = self.record_for(&object, id, READ, true).await;
        }
        self.elevated = elevated;
        found
    }

    /// Bytes of all versions of the files that are not deleted.
    pub(crate) async fn file_bytes(&mut self) -> Result<u64> {
        let object = Arc::clone(self.registry.object("core.file_version")?);
        let live = Filter::Rows(Rows::Parent(Box::new(Rows::All)));
        let ask = Ask { filters: vec![live], limit: 1, ..Ask::default() };
        let elevated = std::mem::replace(&mut self.elevated, true);
        let sums = self.aggregate_of(&object, ask, Vec::new(), vec![MeasureOf::Sum("size".to_owned())]).await;
        self.elevated = elevated;
        let sum = sums?.pop().and_then(|row| row.first().and_then(nexus_model::Value::as_int));
        Ok(sum.and_then(|sum| u64::try_from(sum).ok()).unwrap_or_default())
    }
}
