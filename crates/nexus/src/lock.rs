//! One process at a time may change a data folder.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::failure::Failure;

/// The file whose lock is held; it names the holder.
const NAME: &str = "nexus.lock";

/// The right to change a data folder, until dropped. The operating system takes it back from a process that died.
pub(crate) struct FolderLock {
    file: File,
}

impl FolderLock {
    /// Takes the folder, made when missing.
    pub(crate) fn take(folder: &Path) -> Result<FolderLock, Failure> {
        std::fs::create_dir_all(folder).map_err(|error| Failure::file("make the folder", folder, &error))?;
        let path = folder.join(NAME);
        let opened = File::options().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.map_err(|error| Failure::file("open", &path, &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = note(&mut file);
                return Err(Failure::failed(format!(
                    "the data folder {} is in use by {holder}; end it first, or ask the server over HTTP",
                    folder.display()
                )));
            }
            Err(TryLockError::Error(error)) => return Err(Failure::file("lock", &path, &error)),
        }
        let mut lock = FolderLock { file };
        lock.describe(&format!("process {}", std::process::id()));
        Ok(lock)
    }

    /// Who has the folder, if anybody: nothing is made or changed.
    pub(crate) fn holder(folder: &Path) -> std::io::Result<Option<String>> {
        let mut file = match File::open(folder.join(NAME)) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        match file.try_lock_shared() {
            Ok(()) => Ok(None),
            Err(TryLockError::WouldBlock) => Ok(Some(note(&mut file))),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Says what the holder does, for who finds the folder taken.
    pub(crate) fn describe(&mut self, holder: &str) {
        let written = self
            .file
            .set_len(0)
            .and_then(|()| self.file.seek(SeekFrom::Start(0)))
            .and_then(|_| self.file.write_all(holder.as_bytes()));
        if let Err(error) = written {
            // The lock holds without its note.
            tracing::warn!(%error, "cannot write who holds the data folder");
        }
    }
}

fn note(file: &mut File) -> String {
    let mut holder = String::new();
    let _ = file.read_to_string(&mut holder);
    let holder = holder.trim();
    if holder.is_empty() { "another process".to_owned() } else { holder.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_taken_once_and_free_again_afterwards() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut held = FolderLock::take(folder.path()).expect("the first takes it");
        held.describe("process 7, which serves http://127.0.0.1:3000");
        let refused = FolderLock::take(folder.path()).err().map(|failure| failure.to_string()).unwrap_or_default();
        assert!(refused.contains("in use by process 7, which serves http://127.0.0.1:3000; end it first"), "{refused}");
        let holder = || FolderLock::holder(folder.path()).expect("the lock can be read");
        assert_eq!(holder().as_deref(), Some("process 7, which serves http://127.0.0.1:3000"));
        drop(held);
        assert_eq!(holder(), None);
        assert!(FolderLock::take(folder.path()).is_ok());
    }
}
