//! Contents in chunks, each kept once under its own hash.

use std::ops::Range;
use std::sync::Arc;

use blake3::{Hash, Hasher};
use bytes::Bytes;
use futures::stream::{self, BoxStream};
use futures::{Stream, StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt};
use tokio::sync::RwLock;

use crate::cut::{CHUNK_MAX, CHUNK_MIN, Cutter};
use crate::sweep::{GRACE, age};
use crate::{FilesError, Result};

/// The folder of chunks, each under the hash of its bytes.
pub(crate) const CHUNKS: &str = "chunks";
/// The folder of lists of chunks, each under the hash of the whole content.
pub(crate) const LISTS: &str = "lists";
/// Bytes of an entry of a list: the chunk's hash, and its length as a big-endian number.
const ENTRY: usize = 36;

/// What a file contains: named by its hash, and how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Content {
    /// BLAKE3 of all of it.
    pub digest: Hash,
    /// Bytes.
    pub size: u64,
}

/// A part of a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub(crate) hash: Hash,
    pub(crate) bytes: usize,
}

/// The contents of one tenant.
#[derive(Clone, Debug)]
pub struct Chunks {
    pub(crate) store: Arc<dyn ObjectStore>,
    pub(crate) removing: Arc<RwLock<()>>,
}

/// Where something with this hash is in a folder; in 256 sub-folders, as large folders are slow.
pub(crate) fn place(folder: &str, hash: &Hash) -> Path {
    let name = hash.to_hex();
    Path::from_iter([folder, &name[..2], name.as_str()])
}

impl Chunks {
    /// Keeps a content, as it comes. It may be read when this is done, and is swept a day later unless it is needed.
    ///
    /// # Errors
    /// When the source breaks off or the place cannot be written; what was kept by then is swept.
    pub async fn put(&self, source: impl Stream<Item = Result<Bytes>>) -> Result<Content> {
        let mut source = std::pin::pin!(source);
        let (mut cutter, mut whole, mut size, mut list) = (Cutter::default(), Hasher::new(), 0, Vec::new());
        while let Some(bytes) = source.try_next().await? {
            whole.update(&bytes);
            size += bytes.len() as u64;
            for chunk in cutter.push(&bytes) {
                list.push(self.keep_chunk(chunk).await?);
            }
        }
        for chunk in cutter.finish() {
            list.push(self.keep_chunk(chunk).await?);
        }
        let content = Content { digest: whole.finalize(), size };
        if !is_one_chunk(size) {
            self.keep(&place(LISTS, &content.digest), written(&list)).await?;
        }
        Ok(content)
    }

    async fn keep_chunk(&self, bytes: Bytes) -> Result<Chunk> {
        let chunk = Chunk { hash: blake3::hash(&bytes), bytes: bytes.len() };
        self.keep(&place(CHUNKS, &chunk.hash), bytes).await?;
        Ok(chunk)
    }

    /// Writes what is not there, and anew what is so old that it might be swept before it is needed.
    async fn keep(&self, at: &Path, bytes: Bytes) -> Result<()> {
        let _nothing_is_removed = self.removing.read().await;
        match self.store.head(at).await {
            Ok(known) if known.size == bytes.len() as u64 && age(&known) < GRACE / 2 => return Ok(()),
            Ok(_) | Err(Error::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        self.store.put(at, bytes.into()).await?;
        Ok(())
    }

    /// The chunks of a content.
    pub(crate) async fn list(&self, content: &Content) -> Result<Vec<Chunk>> {
        let Content { digest, size } = *content;
        if is_one_chunk(size) {
            let bytes = usize::try_from(size).unwrap_or_default();
            return Ok(if size == 0 { Vec::new() } else { vec![Chunk { hash: digest, bytes }] });
        }
        let text = self.get(&place(LISTS, &digest), digest).await?;
        read(&text, size)
            .ok_or_else(|| FilesError::Damaged(digest, "the list of its chunks is not what was written".to_owned()))
    }

    async fn get(&self, at: &Path, digest: Hash) -> Result<Bytes> {
        match self.store.get(at).await {
            Ok(found) => Ok(found.bytes().await?),
            Err(Error::NotFound { .. }) => Err(FilesError::Missing(digest)),
            Err(error) => Err(error.into()),
        }
    }

    /// A chunk of a content, held against its hash.
    pub(crate) async fn chunk(&self, digest: Hash, chunk: &Chunk) -> Result<Bytes> {
        let bytes = self.get(&place(CHUNKS, &chunk.hash), digest).await?;
        if blake3::hash(&bytes) == chunk.hash {
            return Ok(bytes);
        }
        Err(FilesError::Damaged(digest, format!("its chunk {} is not what was written", chunk.hash)))
    }

    /// A range of a content, chunk by chunk; what lies beyond its end is left out.
    ///
    /// # Errors
    /// At once when the content is not there; in the stream when a chunk is missing or damaged.
    pub async fn get_range(&self, content: &Content, range: Range<u64>) -> Result<BoxStream<'static, Result<Bytes>>> {
        let (mut begin, mut wanted) = (0_u64, Vec::new());
        for chunk in self.list(content).await? {
            let end = begin + chunk.bytes as u64;
            let (from, to) = (range.start.max(begin), range.end.min(end));
            if from < to {
                let within = |at: u64| usize::try_from(at - begin).unwrap_or(usize::MAX);
                wanted.push((chunk, within(from)..within(to)));
            }
            begin = end;
        }
        let (chunks, digest) = (self.clone(), content.digest);
        Ok(stream::iter(wanted)
            .then(move |(chunk, part)| {
                let chunks = chunks.clone();
                async move { Ok(chunks.chunk(digest, &chunk).await?.slice(part)) }
            })
            .boxed())
    }

    /// All of a content in memory, if it has no more than `max` bytes.
    pub async fn get_whole(&self, content: &Content, max: usize) -> Result<Option<Bytes>> {
        if content.size > max as u64 {
            return Ok(None);
        }
        let parts: Vec<Bytes> = self.get_range(content, 0..content.size).await?.try_collect().await?;
        Ok(Some(parts.concat().into()))
    }

    /// That a content is there, each chunk and the whole with its hash.
    ///
    /// # Errors
    /// What is missing or damaged.
    pub async fn check(&self, content: &Content) -> Result<()> {
        let mut parts = self.get_range(content, 0..content.size).await?;
        let mut whole = Hasher::new();
        while let Some(bytes) = parts.try_next().await? {
            whole.update(&bytes);
        }
        if whole.finalize() == content.digest {
            return Ok(());
        }
        Err(FilesError::Damaged(content.digest, "its chunks do not make it up".to_owned()))
    }

    /// Copies every content into another place, where it is then as new.
    pub async fn copy_to(&self, other: &Chunks) -> Result<()> {
        for folder in [CHUNKS, LISTS] {
            let mut found = self.store.list(Some(&Path::from(folder)));
            while let Some(object) = found.try_next().await? {
                let bytes = match self.store.get(&object.location).await {
                    Ok(found) => found.bytes().await?,
                    // It was swept meanwhile: nothing needs it.
                    Err(Error::NotFound { .. }) => continue,
                    Err(error) => return Err(error.into()),
                };
                other.keep(&object.location, bytes).await?;
            }
        }
        Ok(())
    }

    /// The paths of all chunks and lists below the tenant's folder.
    pub async fn names(&self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for folder in [CHUNKS, LISTS] {
            let mut found = self.store.list(Some(&Path::from(folder)));
            while let Some(object) = found.try_next().await? {
                names.push(object.location.to_string());
            }
        }
        Ok(names)
    }

    /// Removes every content, and what is being uploaded.
    pub async fn clear(&self) -> Result<()> {
        let found = self.store.list(None).map_ok(|object| object.location).boxed();
        self.store.delete_stream(found).try_for_each(|_| std::future::ready(Ok(()))).await?;
        Ok(())
    }
}

/// Whether a content of this size is a single chunk, which then has the name of the content and needs no list.
pub(crate) fn is_one_chunk(size: u64) -> bool {
    size <= CHUNK_MIN as u64
}

/// A list of chunks as it is stored, behind the hash of itself.
fn written(list: &[Chunk]) -> Bytes {
    let mut text = Vec::with_capacity(32 + list.len() * ENTRY);
    text.extend_from_slice(&[0; 32]);
    for chunk in list {
        text.extend_from_slice(chunk.hash.as_bytes());
        text.extend_from_slice(&u32::try_from(chunk.bytes).unwrap_or(u32::MAX).to_be_bytes());
    }
    let own = blake3::hash(&text[32..]);
    text[..32].copy_from_slice(own.as_bytes());
    text.into()
}

fn read(text: &[u8], size: u64) -> Option<Vec<Chunk>> {
    let (own, entries) = text.split_first_chunk::<32>()?;
    if blake3::hash(entries) != Hash::from(*own) || entries.len() % ENTRY != 0 {
        return None;
    }
    let chunk = |entry: &[u8]| {
        let (hash, bytes) = entry.split_first_chunk::<32>()?;
        let bytes = usize::try_from(u32::from_be_bytes(bytes.try_into().ok()?)).ok()?;
        (bytes <= CHUNK_MAX).then(|| Chunk { hash: Hash::from(*hash), bytes })
    };
    let list: Vec<Chunk> = entries.chunks_exact(ENTRY).map(chunk).collect::<Option<_>>()?;
    let sum: u64 = list.iter().map(|chunk| chunk.bytes as u64).sum();
    (sum == size).then_some(list)
}
