//! Where the files of all tenants are: a folder, or a bucket of S3.

use std::path::Path as Folder;
use std::sync::Arc;

use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt};
use tokio::sync::RwLock;
use url::Url;

use crate::{Chunks, FilesError, Result, Uploads};

/// What [`Depot::probe`] writes; no tenant is called so.
const PROBE: &str = "_probe";

/// The files of all tenants.
#[derive(Clone, Debug)]
pub struct Depot {
    store: Arc<dyn ObjectStore>,
    /// A chunk is not looked for while one is removed: found just before, it would be missing after.
    removing: Arc<RwLock<()>>,
}

impl Depot {
    fn new(store: Arc<dyn ObjectStore>) -> Depot {
        Depot { store, removing: Arc::default() }
    }

    /// In memory, for tests.
    pub fn memory() -> Depot {
        Depot::new(Arc::new(InMemory::new()))
    }

    /// In a folder, made when missing. What is written is on the disk before it is told of.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn folder(folder: &Folder) -> Result<Depot> {
        let there = std::fs::create_dir_all(folder);
        there.map_err(|error| FilesError::Place(format!("cannot make {}: {error}", folder.display())))?;
        // A folder that is empty would count as an upload.
        let files = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true).with_automatic_cleanup(true);
        Ok(Depot::new(Arc::new(files)))
    }

    /// What a URL names: `file:DIR` or `s3://BUCKET/PREFIX`. The key, the region and an endpoint other than Amazon's come
    /// from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT` and their like.
    ///
    /// # Errors
    /// When the URL names neither, or what it names cannot be used.
    pub fn open(url: &str) -> Result<Depot> {
        if let Some(folder) = url.strip_prefix("file:").filter(|folder| !folder.is_empty()) {
            return Depot::folder(Folder::new(folder.strip_prefix("//").unwrap_or(folder)));
        }
        let parsed = Url::parse(url).ok().filter(|url| url.scheme() == "s3" && url.host_str().is_some());
        let Some(parsed) = parsed else {
            return Err(FilesError::Place("write file:DIR or s3://BUCKET/PREFIX".to_owned()));
        };
        // One TLS for all: the first who asks installs it.
        let _installed = rustls::crypto::ring::default_provider().install_default();
        let bucket = AmazonS3Builder::from_env().with_url(format!("s3://{}", parsed.host_str().unwrap_or_default()));
        let store = PrefixStore::new(bucket.build()?, Path::from(parsed.path()));
        Ok(Depot::new(Arc::new(store)))
    }

    /// Writes a small content, reads it and removes it again.
    ///
    /// # Errors
    /// When one of the three is refused, or what is read is not what was written.
    pub async fn probe(&self) -> Result<()> {
        let (path, content) = (Path::from(PROBE), uuid::Uuid::now_v7().to_string());
        self.store.put(&path, content.clone().into()).await?;
        let read = self.store.get(&path).await?.bytes().await?;
        self.store.delete(&path).await?;
        let other = || FilesError::Place("what was written is read as something else".to_owned());
        if read == content.as_bytes() { Ok(()) } else { Err(other()) }
    }

    fn of(&self, slug: &str) -> Arc<dyn ObjectStore> {
        Arc::new(PrefixStore::new(Arc::clone(&self.store), Path::from(slug)))
    }

    /// The chunks of a tenant.
    pub fn chunks(&self, slug: &str) -> Chunks {
        Chunks { store: self.of(slug), removing: Arc::clone(&self.removing) }
    }

    /// What a tenant's people are uploading.
    pub fn uploads(&self, slug: &str) -> Uploads {
        Uploads { store: self.of(slug) }
    }
}
