//! What is on its way: gathered in parts, each on its own at the place, until all of it has arrived.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures::stream::{self, BoxStream};
use futures::{Stream, StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{Error, ObjectMeta, ObjectStore, ObjectStoreExt};
use uuid::Uuid;

use crate::sweep::age;
use crate::{FilesError, Result};

/// The folder of uploads: one folder for each person, in it one for each upload.
const UPLOADS: &str = "uploads";
/// What says what an upload is to become.
const ABOUT: &str = "about";
/// Bytes that are held in memory before they are written as a part.
const PART: usize = 4 << 20;
/// A last part smaller than this is written again with what comes after it, so that many small portions do not
/// become as many parts.
const SMALL: u64 = 256 << 10;

/// The uploads of one tenant.
#[derive(Clone, Debug)]
pub struct Uploads {
    pub(crate) store: Arc<dyn ObjectStore>,
}

/// How far an upload came.
#[derive(Debug)]
pub struct Appended {
    /// Bytes that are there to stay.
    pub offset: u64,
    /// Why what was sent ended early, if it did.
    pub broken: Option<FilesError>,
}

struct Part {
    offset: u64,
    bytes: u64,
    at: Path,
}

fn folder(owner: Uuid, id: Uuid) -> Path {
    Path::from_iter([UPLOADS.to_owned(), owner.to_string(), id.to_string()])
}

fn part(owner: Uuid, id: Uuid, offset: u64) -> Path {
    folder(owner, id).join(format!("{offset:020}"))
}

impl Uploads {
    /// Begins an upload; `about` comes back from [`Uploads::about`].
    pub async fn begin(&self, owner: Uuid, id: Uuid, about: Bytes) -> Result<()> {
        self.store.put(&folder(owner, id).join(ABOUT), about.into()).await?;
        Ok(())
    }

    /// What was said of an upload when it began.
    ///
    /// # Errors
    /// [`FilesError::NoUpload`] when there is no such upload of this owner.
    pub async fn about(&self, owner: Uuid, id: Uuid) -> Result<Bytes> {
        match self.store.get(&folder(owner, id).join(ABOUT)).await {
            Ok(found) => Ok(found.bytes().await?),
            Err(Error::NotFound { .. }) => Err(FilesError::NoUpload),
            Err(error) => Err(error.into()),
        }
    }

    /// How many uploads a person has under way.
    pub async fn count(&self, owner: Uuid) -> Result<usize> {
        let own = Path::from_iter([UPLOADS.to_owned(), owner.to_string()]);
        Ok(self.store.list_with_delimiter(Some(&own)).await?.common_prefixes.len())
    }

    /// How many bytes of an upload are there.
    pub async fn offset(&self, owner: Uuid, id: Uuid) -> Result<u64> {
        Ok(self.parts(owner, id).await?.last().map_or(0, |part| part.offset + part.bytes))
    }

    /// The parts from the beginning to the first gap.
    async fn parts(&self, owner: Uuid, id: Uuid) -> Result<Vec<Part>> {
        let found: Vec<ObjectMeta> = self.store.list(Some(&folder(owner, id))).try_collect().await?;
        let part = |object: ObjectMeta| {
            let offset = object.location.filename()?.parse().ok()?;
            Some(Part { offset, bytes: object.size, at: object.location })
        };
        let mut parts: Vec<Part> = found.into_iter().filter_map(part).collect();
        parts.sort_unstable_by_key(|part| part.offset);
        let mut end = 0;
        parts.retain(|part| {
            let follows = part.offset == end && part.bytes > 0;
            end += if follows { part.bytes } else { 0 };
            follows
        });
        Ok(parts)
    }

    /// Adds what comes at the end of an upload, at most up to `size` bytes in all. What arrived before the source broke
    /// off stays.
    ///
    /// # Errors
    /// When the place cannot be read or written.
    pub async fn append(
        &self,
        owner: Uuid,
        id: Uuid,
        size: u64,
        source: impl Stream<Item = Result<Bytes>>,
    ) -> Result<Appended> {
        let mut source = std::pin::pin!(source);
        let last = self.parts(owner, id).await?.pop();
        let mut end = last.as_ref().map_or(0, |part| part.offset + part.bytes);
        let mut held = BytesMut::new();
        if let Some(last) = last.filter(|part| part.bytes < SMALL) {
            held.extend_from_slice(&self.store.get(&last.at).await?.bytes().await?);
        }
        let mut begin = end - held.len() as u64;
        let mut broken = None;
        loop {
            let bytes = match source.try_next().await {
                Ok(Some(bytes)) => bytes,
                Ok(None) => break,
                Err(error) => {
                    broken = Some(error);
                    break;
                }
            };
            if bytes.len() as u64 > size - end {
                broken = Some(FilesError::Source(format!("there are more than the {size} bytes that were announced")));
                break;
            }
            end += bytes.len() as u64;
            held.extend_from_slice(&bytes);
            while held.len() >= PART {
                let full = held.split_to(PART).freeze();
                self.store.put(&part(owner, id, begin), full.into()).await?;
                begin += PART as u64;
            }
        }
        if !held.is_empty() {
            self.store.put(&part(owner, id, begin), held.freeze().into()).await?;
        }
        Ok(Appended { offset: end, broken })
    }

    /// All that has arrived of an upload.
    pub async fn read(&self, owner: Uuid, id: Uuid) -> Result<BoxStream<'static, Result<Bytes>>> {
        let (parts, store) = (self.parts(owner, id).await?, Arc::clone(&self.store));
        let read = move |part: Part| {
            let store = Arc::clone(&store);
            async move { Ok(store.get(&part.at).await?.bytes().await?) }
        };
        Ok(stream::iter(parts).then(read).boxed())
    }

    /// Removes an upload, also one that is not there.
    pub async fn remove(&self, owner: Uuid, id: Uuid) -> Result<()> {
        let found: Vec<Path> =
            self.store.list(Some(&folder(owner, id))).map_ok(|object| object.location).try_collect().await?;
        // What says what it is goes last, so that one that is removed in part is found again.
        let (about, parts): (Vec<Path>, Vec<Path>) =
            found.into_iter().partition(|at| at.filename().is_some_and(|name| name == ABOUT));
        for at in parts.iter().chain(&about) {
            match self.store.delete(at).await {
                Ok(()) | Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Removes the uploads to which nothing was added for longer than `idle`; how many.
    pub async fn expire(&self, idle: Duration) -> Result<u64> {
        let mut expired = 0;
        let owners = self.store.list_with_delimiter(Some(&Path::from(UPLOADS))).await?.common_prefixes;
        for owner in owners {
            for upload in self.store.list_with_delimiter(Some(&owner)).await?.common_prefixes {
                let newest = self.store.list(Some(&upload)).try_fold(None, |newest: Option<Duration>, object| {
                    let age = age(&object);
                    std::future::ready(Ok(Some(newest.map_or(age, |newest| newest.min(age)))))
                });
                let ids = [&owner, &upload].map(|at| at.filename().and_then(|name| Uuid::try_parse(name).ok()));
                if let ([Some(owner), Some(id)], Some(age)) = (ids, newest.await?)
                    && age >= idle
                {
                    self.remove(owner, id).await?;
                    expired += 1;
                }
            }
        }
        Ok(expired)
    }
}
