//! Who may open a file, and what is in it.
//!
//! A file is open to whom its record is (its uploader and administrators), and to whoever may read a record that refers
//! to it in a field of the type `file` that they see. Nobody can refer to a file that is not open to them, so that
//! knowing an id opens nothing.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use futures::StreamExt;
use futures::stream::BoxStream;
use nexus_files::Content;
use nexus_model::{Problem, Record, Uuid, Value};
use nexus_store::{Filter, Rows};

use super::{FILE, content_of, told};
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::kernel::Kernel;
use crate::policy::READ;
use crate::principal::Principal;
use crate::{Result, Tenant};

/// Bytes of a picture that is made smaller.
const PICTURE_BYTES_MAX: usize = 32 << 20;

/// A version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFile {
    pub id: Uuid,
    pub name: String,
    pub media_type: String,
    pub content: Content,
}

impl Kernel {
    /// A file that is open to the principal; of its versions, counted from 1, the newest unless one is named.
    pub async fn file(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        id: Uuid,
        version: Option<usize>,
    ) -> Result<OpenFile> {
        let found = self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move {
                let found = ctx.openable(id).await?;
                found.ok_or_else(|| Problem::not_found(format!("there is no file {id}, or it is not open to you")))
            })
        });
        let file = found.await?;
        let versions = file.get("versions").as_rows();
        let missing = || Problem::not_found(format!("{} has {} versions", file.title(), versions.len()));
        let shown = match version {
            Some(version) => version.checked_sub(1).and_then(|at| versions.get(at)).ok_or_else(missing)?,
            None => &file,
        };
        let content = content_of(shown).ok_or_else(|| Problem::internal(format!("the file {id} names no content")))?;
        let (name, media_type) = (shown.text("name").to_owned(), shown.text("media_type").to_owned());
        Ok(OpenFile { id, name, media_type, content })
    }

    /// A part of what a file contains, in portions of at most 4 MiB.
    pub async fn file_range(
        &self,
        tenant: &Tenant,
        file: &OpenFile,
        range: Range<u64>,
    ) -> Result<BoxStream<'static, Result<Bytes>>> {
        let parts = self.chunks(tenant)?.get_range(&file.content, range).await.map_err(told)?;
        Ok(parts.map(|part| part.map_err(told)).boxed())
    }

    /// A file's picture as PNG, in a square of `edge` pixels.
    ///
    /// # Errors
    /// When it is no picture, or one that is too large.
    pub async fn thumbnail(&self, tenant: &Tenant, file: &OpenFile, edge: u32) -> Result<Vec<u8>> {
        let none = |why: &str| Problem::not_found(format!("{} has no picture: {why}", file.name));
        let reader = self.options.files.reader.clone().ok_or_else(|| none("this server makes none"))?;
        if !file.media_type.starts_with("image/") {
            return Err(none("it is no image"));
        }
        let made = self.seen_in(tenant, &file.content, PICTURE_BYTES_MAX, move |bytes| reader.thumbnail(&bytes, edge));
        made.await?.flatten().ok_or_else(|| none("it cannot be read, or is too large"))
    }
}

impl Ctx {
    /// A file, if it is open to the principal.
    pub(crate) async fn openable(&mut self, id: Uuid) -> Result<Option<Record>> {
        let object = Arc::clone(self.registry.object(FILE)?);
        if let Some(own) = self.record_for(&object, id, READ, false).await? {
            return Ok(Some(own));
        }
        if !self.is_referred_to(id).await? {
            return Ok(None);
        }
        let elevated = std::mem::replace(&mut self.elevated, true);
        let found = self.record_for(&object, id, READ, false).await;
        self.elevated = elevated;
        found
    }

    /// Whether the principal may read a record that refers to a file in a field of the type `file` that they see.
    async fn is_referred_to(&mut self, id: Uuid) -> Result<bool> {
        let registry = Arc::clone(&self.registry);
        for (holder, name) in registry.links_to.get(FILE).into_iter().flatten() {
            let Some(field) = holder.field(name).filter(|field| field.kind.is_file()) else { continue };
            if !self.policy().shows(holder, field) || !self.policy().may(holder, READ) {
                continue;
            }
            let mut filters = vec![Filter::Equals(name.clone(), Value::Id(id))];
            if holder.child_of.is_some() {
                // Rows of a deleted record are there, and not to be seen.
                filters.push(Filter::Rows(Rows::Parent(Box::new(Rows::All))));
            }
            let ask = Ask { filters, limit: 1, ..Ask::default() };
            if self.count_of(holder, ask, Some(1)).await? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
