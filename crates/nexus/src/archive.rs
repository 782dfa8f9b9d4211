//! The form of a backup: a tar archive that begins with a list of its files and their hashes.

use std::collections::HashSet;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use nexus_kernel::contents::{Chunks, Depot};
use nexus_kernel::store::{Control, Home, Storage, TenantEntry};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::place::FILES;

/// The list, first in the archive.
const MANIFEST: &str = "nexus-backup.json";
/// The form of archive that this build writes and reads.
const FORMAT: u32 = 1;
/// Bytes that a list may have: a hundred thousand tenants, or a million files or chunks of them.
const LIST_BYTES_MAX: u64 = 256 << 20;

/// What an archive holds.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    format: u32,
    /// The Nexus that wrote it.
    version: String,
    pub(crate) files: Vec<Entry>,
}

/// One file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) path: String,
    pub(crate) bytes: u64,
    blake3: String,
}

impl Manifest {
    pub(crate) fn new(files: Vec<Entry>) -> Manifest {
        Manifest { format: FORMAT, version: env!("CARGO_PKG_VERSION").to_owned(), files }
    }

    /// How many tenants it holds.
    pub(crate) fn tenants(&self) -> usize {
        self.files.iter().filter(|entry| entry.path.starts_with("tenants/")).count()
    }

    pub(crate) fn append(&self, tar: &mut tar::Builder<impl Write>) -> std::io::Result<()> {
        append_text(tar, MANIFEST, &serde_json::to_vec_pretty(self)?)
    }
}

impl Listed for Manifest {
    const NAME: &'static str = MANIFEST;

    fn read(text: &str) -> Result<Manifest, Failure> {
        let unread = |error| Failure::failed(format!("{MANIFEST} cannot be read: {error}"));
        let manifest: Manifest = serde_json::from_str(text).map_err(unread)?;
        if manifest.format != FORMAT {
            let Manifest { format, version, .. } = manifest;
            return Err(Failure::failed(format!(
                "the backup has form {format}, written by Nexus {version}; this is {FORMAT}"
            )));
        }
        Ok(manifest)
    }

    fn files(&self) -> &[Entry] {
        &self.files
    }

    fn is_expected(path: &str) -> bool {
        is_expected(path)
    }
}

/// What stands first in an archive: the list of its files.
pub(crate) trait Listed: Sized {
    /// Its path in the archive.
    const NAME: &'static str;

    fn read(text: &str) -> Result<Self, Failure>;

    fn files(&self) -> &[Entry];

    /// Whether such an archive may hold this path; no other is ever written.
    fn is_expected(path: &str) -> bool;
}

/// Adds a text to an archive.
pub(crate) fn append_text(tar: &mut tar::Builder<impl Write>, name: &str, text: &[u8]) -> std::io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(text.len() as u64);
    header.set_mode(0o600);
    header.set_cksum();
    tar.append_data(&mut header, name, text)
}

/// The paths that a backup may hold; no other is ever written.
fn is_expected(path: &str) -> bool {
    let sound = |slug: &str| !slug.is_empty() && slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["control.db"] => true,
        ["tenants", name] => name.strip_suffix(".db").is_some_and(sound),
        [FILES, slug, "chunks" | "lists", folder, hash] => {
            let hex =
                hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
            sound(slug) && hex && hash.get(..2) == Some(folder)
        }
        _ => false,
    }
}

/// A file of a folder with its size and hash.
pub(crate) fn digest(folder: &Path, name: &str) -> Result<Entry, Failure> {
    let path = folder.join(name);
    let hash = || {
        let mut hasher = blake3::Hasher::new();
        let bytes = std::io::copy(&mut std::fs::File::open(&path)?, &mut hasher)?;
        Ok((bytes, hasher.finalize()))
    };
    let (bytes, hash) = hash().map_err(|error| Failure::file("read", &path, &error))?;
    Ok(Entry { path: name.to_owned(), bytes, blake3: hash.to_hex().to_string() })
}

impl Entry {
    /// That the file in the folder is the one that was backed up.
    pub(crate) fn check(&self, folder: &Path) -> Result<(), Failure> {
        let found = digest(folder, &self.path)?;
        if (found.bytes, &found.blake3) == (self.bytes, &self.blake3) {
            return Ok(());
        }
        Err(Failure::failed(format!("{} in the backup is damaged: it is not what was written", self.path)))
    }
}

/// Unpacks exactly the files that an archive's list names, and checks them; nothing where the file begins with something
/// else.
pub(crate) fn unpack<L: Listed>(file: &Path, folder: &Path) -> Result<Option<L>, Failure> {
    let archive = File::open(file).map_err(|error| Failure::file("read", file, &error))?;
    let broken = |error: std::io::Error| Failure::failed(format!("{} cannot be read: {error}", file.display()));
    let mut archive = tar::Archive::new(archive);
    let mut entries = archive.entries().map_err(broken)?;
    let Some(Ok(first)) = entries.next() else { return Ok(None) };
    if first.path().ok().as_deref() != Some(Path::new(L::NAME)) {
        return Ok(None);
    }
    let mut text = String::new();
    first.take(LIST_BYTES_MAX).read_to_string(&mut text).map_err(broken)?;
    let list = L::read(&text)?;
    if let Some(entry) = list.files().iter().find(|entry| !L::is_expected(&entry.path)) {
        return Err(Failure::failed(format!("{} names {}, which no such file holds", L::NAME, entry.path)));
    }
    let known: HashSet<&str> = list.files().iter().map(|entry| entry.path.as_str()).collect();
    for entry in entries {
        let mut entry = entry.map_err(broken)?;
        let path = entry.path().map_err(broken)?.to_string_lossy().into_owned();
        if !known.contains(path.as_str()) || !entry.header().entry_type().is_file() {
            return Err(Failure::failed(format!("{} holds {path}, which its list does not name", file.display())));
        }
        let target = folder.join(&path);
        let unkept = |error: std::io::Error| Failure::file("write", &target, &error);
        target.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(unkept)?;
        let mut out = File::create_new(&target).map_err(unkept)?;
        std::io::copy(&mut entry, &mut out).map_err(broken)?;
        out.sync_all().map_err(unkept)?;
    }
    list.files().iter().try_for_each(|entry| entry.check(folder))?;
    Ok(Some(list))
}

/// Unpacks a backup of a data folder.
pub(crate) fn unpack_backup(file: &Path, folder: &Path) -> Result<Manifest, Failure> {
    let foreign = || Failure::failed(format!("{} is neither a backup nor an archive of Nexus", file.display()));
    let manifest: Manifest = unpack(file, folder)?.ok_or_else(foreign)?;
    if !manifest.files.iter().any(|entry| entry.path == "control.db") {
        return Err(Failure::failed("the backup has no control file"));
    }
    Ok(manifest)
}

/// That nothing is there yet where a file is asked for.
pub(crate) fn must_be_free(target: &Path) -> Result<(), Failure> {
    if target.exists() { Err(taken(target)) } else { Ok(()) }
}

fn taken(target: &Path) -> Failure {
    Failure::failed(format!("{} exists already; choose another name", target.display()))
}

/// Puts a finished file where it was asked for, unless another came to be there meanwhile.
pub(crate) fn put(finished: &Path, target: &Path) -> Result<(), Failure> {
    let finished = tempfile::TempPath::try_from_path(finished);
    let finished = finished.map_err(|error| Failure::file("write", target, &error))?;
    finished.persist_noclobber(target).map_err(|error| match error.error.kind() {
        std::io::ErrorKind::AlreadyExists => taken(target),
        _ => Failure::file("write", target, &error.error),
    })
}

/// A backup in a folder of its own, until dropped.
pub(crate) struct Unpacked(tempfile::TempDir);

impl Unpacked {
    pub(crate) fn new(file: &Path) -> Result<Unpacked, Failure> {
        let work = tempfile::tempdir().map_err(|error| Failure::failed(format!("no temporary folder: {error}")))?;
        unpack_backup(file, work.path())?;
        Ok(Unpacked(work))
    }

    pub(crate) fn storage(&self) -> Storage {
        Storage::Folder(self.0.path().to_owned())
    }

    /// What a tenant's files contain.
    pub(crate) fn contents(&self, slug: &str) -> Result<Option<Chunks>, Failure> {
        let depot = Depot::folder(&self.0.path().join(FILES)).map_err(|error| Failure::failed(error.to_string()))?;
        Ok(Some(depot.chunks(slug)))
    }

    /// A tenant's entry and its data.
    pub(crate) fn tenant(&self, slug: &str) -> Result<(TenantEntry, Home), Failure> {
        let storage = self.storage();
        let entry = Control::open(&storage)?.tenant(slug)?;
        let missing = || Failure::failed(format!("there is no tenant {slug} in the backup"));
        Ok((entry.ok_or_else(missing)?, storage.tenant(slug)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_files_of_a_backup_are_expected() {
        let check = |path: &str, expect: bool| assert_eq!(is_expected(path), expect, "{path}");
        check("control.db", true);
        check("tenants/kibo-traders-ltd.db", true);
        check("tenants/../../etc/passwd.db", false);
        check("tenants/a/b.db", false);
        check("tenants/.db", false);
        check("/control.db", false);
        check("nexus.toml", false);
        let hash = "ab".repeat(32);
        check(&format!("files/kibo/chunks/ab/{hash}"), true);
        check(&format!("files/kibo/lists/ab/{hash}"), true);
        check(&format!("files/kibo/chunks/cd/{hash}"), false);
        check(&format!("files/../chunks/ab/{hash}"), false);
        check("files/kibo/chunks/ab/abcd", false);
        check("files/kibo/uploads/a/b", false);
    }
}
