//! The indexes of all tenants: where they are, and the few of them that are open.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use nexus_kernel::search::Which;
use tantivy::directory::MmapDirectory;
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyError};

use crate::shape::{Shape, WORDS};
use crate::words::into_words;

/// An index with what reads it.
pub(crate) struct Open {
    pub(crate) index: Index,
    pub(crate) reader: IndexReader,
    /// What was noted at the write that the reader shows.
    shown: Mutex<Option<String>>,
}

impl Open {
    /// What was noted at the last write, which the reader shows from now on, though another process made it.
    pub(crate) fn renew(&self) -> tantivy::Result<Option<String>> {
        let noted = self.index.load_metas()?.payload;
        let shown = &mut *self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if *shown != noted {
            self.reader.reload()?;
            shown.clone_from(&noted);
        }
        Ok(noted)
    }
}

type Key = (String, Which);

/// Open indexes by tenant, those that were asked for longest ago closed first. An open one holds its files mapped, and
/// neither a thread nor a buffer.
pub(crate) struct Shelf {
    /// Without one, indexes live as long as the process.
    folder: Option<PathBuf>,
    max: usize,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    /// Each with the turn at which it was asked for last.
    open: HashMap<Key, (Arc<Open>, u64)>,
    turn: u64,
}

impl Shelf {
    pub(crate) fn new(folder: Option<PathBuf>, max: usize) -> Shelf {
        // What is in memory alone is not there again when it is asked for next.
        let max = if folder.is_some() { max.max(1) } else { usize::MAX };
        Shelf { folder, max, held: Mutex::default() }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, tenant: &str, which: Which) -> Option<PathBuf> {
        let name = match which {
            Which::Serving => tenant.to_owned(),
            Which::Making => format!("{tenant}.making"),
        };
        self.folder.as_ref().map(|folder| folder.join(name))
    }

    /// An index that is there.
    pub(crate) fn get(&self, tenant: &str, which: Which) -> tantivy::Result<Option<Arc<Open>>> {
        let key = (tenant.to_owned(), which);
        {
            let held = &mut *self.held();
            held.turn += 1;
            if let Some((open, turn)) = held.open.get_mut(&key) {
                *turn = held.turn;
                return Ok(Some(Arc::clone(open)));
            }
        }
        let Some(path) = self.path(tenant, which) else { return Ok(None) };
        if !path.join("meta.json").exists() {
            return Ok(None);
        }
        let index = Index::open_or_create(MmapDirectory::open(&path)?, Shape::new().1)?;
        let damaged = index.validate_checksum()?;
        if !damaged.is_empty() {
            return Err(TantivyError::InternalError(format!("damaged files: {damaged:?}")));
        }
        self.keep(key, index).map(Some)
    }

    /// An index, made when missing.
    pub(crate) fn get_or_make(&self, tenant: &str, which: Which) -> tantivy::Result<Arc<Open>> {
        if let Some(open) = self.get(tenant, which)? {
            return Ok(open);
        }
        let schema = Shape::new().1;
        let index = match self.path(tenant, which) {
            None => Index::create_in_ram(schema),
            Some(path) => {
                fs::create_dir_all(&path)?;
                Index::open_or_create(MmapDirectory::open(&path)?, schema)?
            }
        };
        self.keep((tenant.to_owned(), which), index)
    }

    fn keep(&self, key: Key, index: Index) -> tantivy::Result<Arc<Open>> {
        index.tokenizers().register(WORDS, into_words());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let open = Arc::new(Open { index, reader, shown: Mutex::default() });
        let held = &mut *self.held();
        while held.open.len() >= self.max {
            let Some(oldest) = held.open.iter().min_by_key(|(_, (_, turn))| *turn).map(|(key, _)| key.clone()) else {
                break;
            };
            held.open.remove(&oldest);
        }
        held.turn += 1;
        held.open.insert(key, (Arc::clone(&open), held.turn));
        Ok(open)
    }

    /// Puts the index that was made in the place of the one that answers.
    pub(crate) fn switch(&self, tenant: &str) -> io::Result<()> {
        let (serving, making) = ((tenant.to_owned(), Which::Serving), (tenant.to_owned(), Which::Making));
        let (Some(old), Some(new)) = (self.path(tenant, Which::Serving), self.path(tenant, Which::Making)) else {
            let held = &mut *self.held();
            if let Some(made) = held.open.remove(&making) {
                held.open.insert(serving, made);
            }
            return Ok(());
        };
        // Whoever reads the old one now goes on in files that have no name any more.
        remove(&old)?;
        fs::rename(&new, &old)?;
        let held = &mut *self.held();
        held.open.remove(&serving);
        held.open.remove(&making);
        Ok(())
    }

    pub(crate) fn discard(&self, tenant: &str, which: Which) -> io::Result<()> {
        self.held().open.remove(&(tenant.to_owned(), which));
        self.path(tenant, which).map_or(Ok(()), |path| remove(&path))
    }

    /// Indexes that are open now.
    pub(crate) fn open(&self) -> usize {
        self.held().open.len()
    }
}

/// Removes a folder that may be there: first its name, so that none is ever half there.
fn remove(path: &Path) -> io::Result<()> {
    let mut trash = path.as_os_str().to_owned();
    trash.push(".old");
    let trash = PathBuf::from(trash);
    let there = |done: io::Result<()>| match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    };
    there(fs::remove_dir_all(&trash))?;
    there(fs::rename(path, &trash))?;
    there(fs::remove_dir_all(&trash))
}
