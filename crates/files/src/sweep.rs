//! Removing what nothing needs any more.

use std::collections::HashSet;
use std::time::{Duration, SystemTime};

use blake3::Hash;
use futures::TryStreamExt;
use object_store::path::Path;
use object_store::{Error, ObjectMeta, ObjectStoreExt};

use crate::chunks::{CHUNKS, LISTS, is_one_chunk};
use crate::{Chunks, Content, Result};

/// How long what nothing needs is left alone: longer than any upload takes from its first chunk to its record.
pub const GRACE: Duration = Duration::from_secs(24 * 3_600);

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Chunks and lists that were removed.
    pub removed: u64,
    /// Bytes that they had.
    pub bytes: u64,
    /// Chunks and lists that are left.
    pub left: u64,
}

/// How long ago an object was written, by the clock of its place.
pub(crate) fn age(object: &ObjectMeta) -> Duration {
    SystemTime::now().duration_since(object.last_modified.into()).unwrap_or_default()
}

impl Chunks {
    /// Removes the chunks and lists that none of the contents needs and that were written longer than `grace` ago.
    /// [`Chunks::put`] writes anew what it finds older than half of [`GRACE`], so that with this grace nothing is
    /// removed that an upload at work counts on.
    ///
    /// # Errors
    /// When the list of a needed content cannot be read: then nothing was removed, as it is not known what is needed.
    pub async fn sweep(&self, needed: &HashSet<Content>, grace: Duration) -> Result<Swept> {
        let (mut chunks, mut lists) = (HashSet::<Hash>::new(), HashSet::<Hash>::new());
        for content in needed {
            chunks.extend(self.list(content).await?.iter().map(|chunk| chunk.hash));
            if !is_one_chunk(content.size) {
                lists.insert(content.digest);
            }
        }
        let mut swept = Swept::default();
        // Lists first: a content whose list is left has its chunks.
        for (folder, needed) in [(LISTS, lists), (CHUNKS, chunks)] {
            let mut found = self.store.list(Some(&Path::from(folder)));
            while let Some(object) = found.try_next().await? {
                let hash = object.location.filename().and_then(|name| Hash::from_hex(name).ok());
                let is_needed = hash.is_none_or(|hash| needed.contains(&hash));
                if is_needed || age(&object) < grace || !self.remove(&object.location, grace).await? {
                    swept.left += 1;
                    continue;
                }
                swept.removed += 1;
                swept.bytes += object.size;
            }
        }
        Ok(swept)
    }

    /// Removes an object, unless it was written anew since it was listed.
    async fn remove(&self, at: &Path, grace: Duration) -> Result<bool> {
        let _alone = self.removing.write().await;
        match self.store.head(at).await {
            Ok(object) if age(&object) >= grace => {}
            Ok(_) => return Ok(false),
            Err(Error::NotFound { .. }) => return Ok(true),
            Err(error) => return Err(error.into()),
        }
        self.store.delete(at).await?;
        Ok(true)
    }
}
