//! The form of an archive: a whole company as JSON lines, its manifests and its files, for other programs and other
//! installations.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use futures::TryStreamExt;
use futures::executor::block_on;
use nexus_kernel::contents::{Chunks, Content, FilesError, Hash};
use nexus_kernel::model::Timestamp;
use nexus_kernel::model::schema::OwnManifest;
use nexus_kernel::store::{self, Archived, ArchivedTable, Home, TenantEntry, waiting};
use nexus_kernel::{Kernel, Kind, Problem, Tenant};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::archive::{Entry, Listed, append_text, digest};
use crate::failure::Failure;

/// What is in the archive, first in it.
const MANIFEST: &str = "manifest.json";
/// What the archive says that it is.
const KIND: &str = "nexus-archive";
/// The form of archive that this build writes and reads.
const FORMAT: u32 = 1;
/// Folders of the archive.
const DATA: &str = "data";
const FILES: &str = "files";
const MANIFESTS: &str = "manifests";
/// The tables that name contents.
const NAMING: [&str; 2] = ["core__file", "core__file_version"];
/// Bytes of a file that are read at a time.
const PART: usize = 1 << 20;

/// What an archive holds.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    kind: String,
    format: u32,
    /// The Nexus that wrote it.
    version: String,
    at: Timestamp,
    pub(crate) slug: String,
    pub(crate) name: String,
    apps: Vec<String>,
    pub(crate) content: store::Content,
    tables: Vec<ArchivedTable>,
    files: Vec<Entry>,
}

/// Gathers a tenant in a folder.
pub(crate) async fn gather(
    kernel: &Kernel,
    tenant: &Tenant,
    own: Vec<OwnManifest>,
    folder: &Path,
) -> Result<Manifest, Failure> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error: std::io::Error| Failure::file("write", &path, &error)
    };
    for inside in [DATA, FILES, MANIFESTS] {
        let path = folder.join(inside);
        std::fs::create_dir_all(&path).map_err(failed(&path))?;
    }
    let line = |table: &str| folder.join(DATA).join(format!("{table}.jsonl"));
    let Archived { tables, content } =
        kernel.write_tenant(&tenant.slug, |table| File::create_new(line(table)).map(BufWriter::new))?;
    let mut files = Vec::new();
    for table in &tables {
        files.push(digest(folder, &format!("{DATA}/{}.jsonl", table.name))?);
    }
    for own in own {
        let path = format!("{MANIFESTS}/{}", own.file().replace('/', "-"));
        std::fs::write(folder.join(&path), &own.text).map_err(failed(&folder.join(&path)))?;
        files.push(digest(folder, &path)?);
    }
    if let Some(chunks) = kernel.contents_of(&tenant.slug) {
        for content in contents(&tables, &line)? {
            let path = format!("{FILES}/{}", content.digest.to_hex());
            fetch(&chunks, &content, &folder.join(&path)).await?;
            files.push(digest(folder, &path)?);
        }
    }
    let apps = tenant.registry().schema.apps.keys().cloned().collect();
    let (slug, name) = (tenant.slug.clone(), tenant.name.clone());
    let version = env!("CARGO_PKG_VERSION").to_owned();
    Ok(Manifest {
        kind: KIND.to_owned(),
        format: FORMAT,
        version,
        at: tenant.now(),
        slug,
        name,
        apps,
        content,
        tables,
        files,
    })
}

/// What the files of the written rows contain.
fn contents(
    tables: &[ArchivedTable],
    line: &dyn Fn(&str) -> std::path::PathBuf,
) -> Result<impl Iterator<Item = Content>, Failure> {
    let mut found = BTreeSet::new();
    for table in tables.iter().filter(|table| NAMING.contains(&table.name.as_str())) {
        let path = line(&table.name);
        let read = |error: std::io::Error| Failure::file("read", &path, &error);
        for row in BufReader::new(File::open(&path).map_err(read)?).lines() {
            let row: Map<String, Json> =
                serde_json::from_str(&row.map_err(read)?).map_err(|error| Failure::failed(error.to_string()))?;
            if let (Some(digest), Some(size)) = (row["digest"].as_str(), row["size"].as_u64()) {
                found.insert((digest.to_owned(), size));
            }
        }
    }
    let content = |(digest, size): (String, u64)| Hash::from_hex(digest).ok().map(|digest| Content { digest, size });
    Ok(found.into_iter().filter_map(content))
}

async fn fetch(chunks: &Chunks, content: &Content, to: &Path) -> Result<(), Failure> {
    let failed = |error: FilesError| Failure::failed(format!("a file cannot be read: {error}"));
    let write = |error: std::io::Error| Failure::file("write", to, &error);
    let mut parts = chunks.get_range(content, 0..content.size).await.map_err(failed)?;
    let mut out = File::create_new(to).map_err(write)?;
    while let Some(part) = parts.try_next().await.map_err(failed)? {
        out.write_all(&part).map_err(write)?;
    }
    Ok(())
}

impl Manifest {
    /// Writes what was gathered as one file.
    pub(crate) fn pack(&self, folder: &Path, archive: &Path) -> std::io::Result<()> {
        let mut tar = tar::Builder::new(BufWriter::new(File::create_new(archive)?));
        append_text(&mut tar, MANIFEST, &serde_json::to_vec_pretty(self)?)?;
        for entry in &self.files {
            tar.append_path_with_name(folder.join(&entry.path), &entry.path)?;
        }
        tar.into_inner()?.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()
    }

    /// Makes a tenant of what was unpacked.
    pub(crate) fn adopt(&self, kernel: &Kernel, folder: &Path, slug: &str) -> Result<store::Content, Failure> {
        let entry = TenantEntry {
            slug: slug.to_owned(),
            name: self.name.clone(),
            place: None,
            branch_of: None,
            created_at: None,
            plan: None,
            plan_since: None,
            suspended: None,
            purge_at: None,
            customised_at: None,
        };
        let archived = Archived { tables: self.tables.clone(), content: self.content.clone() };
        let work = Home::File(folder.join("work.db"));
        let open = |table: &str| File::open(folder.join(DATA).join(format!("{table}.jsonl"))).map(BufReader::new);
        let files = || self.keep_files(kernel, &folder.join(FILES), slug);
        Ok(kernel.read_tenant(&entry, &work, &archived, open, files)?)
    }

    /// Keeps what the files contain.
    fn keep_files(&self, kernel: &Kernel, folder: &Path, slug: &str) -> Result<(), Problem> {
        let digests: Vec<&str> = self.files.iter().filter_map(|entry| entry.path.strip_prefix("files/")).collect();
        match kernel.contents_of(slug) {
            Some(chunks) => waiting(|| {
                block_on(async {
                    for digest in digests {
                        keep(&chunks, &folder.join(digest), digest).await?;
                    }
                    Ok(())
                })
            }),
            None if digests.is_empty() => Ok(()),
            None => Err(Problem::conflict("the archive has files, and there is no place for them: give --files")),
        }
    }
}

impl Listed for Manifest {
    const NAME: &'static str = MANIFEST;

    fn read(text: &str) -> Result<Manifest, Failure> {
        let unread = |error: serde_json::Error| Failure::failed(format!("{MANIFEST} cannot be read: {error}"));
        let told: Json = serde_json::from_str(text).map_err(unread)?;
        if told["kind"] != KIND || told["format"] != FORMAT {
            let (kind, format) = (&told["kind"], &told["format"]);
            let message =
                format!("the file says that it is {kind} of form {format}; this reads {KIND} of form {FORMAT}");
            return Err(Failure::failed(message));
        }
        serde_json::from_value(told).map_err(unread)
    }

    fn files(&self) -> &[Entry] {
        &self.files
    }

    fn is_expected(path: &str) -> bool {
        is_expected(path)
    }
}

/// Keeps a content, and sees that it is the one of its name.
async fn keep(chunks: &Chunks, path: &Path, digest: &str) -> Result<(), Problem> {
    let unread = |error: std::io::Error| Problem::internal(format!("cannot read {}: {error}", path.display()));
    let mut file = File::open(path).map_err(unread)?;
    let parts = std::iter::from_fn(move || {
        let mut part = vec![0; PART];
        match file.read(&mut part) {
            Ok(0) => None,
            Ok(count) => {
                part.truncate(count);
                Some(Ok(part.into()))
            }
            Err(error) => Some(Err(FilesError::Source(error.to_string()))),
        }
    });
    let kept = chunks.put(futures::stream::iter(parts)).await;
    let kept = kept.map_err(|error| Problem::new(Kind::Away, format!("the files cannot be kept: {error}")))?;
    if kept.digest.to_hex().as_str() == digest {
        return Ok(());
    }
    Err(Problem::conflict(format!("the file {digest} of the archive contains something else")))
}

/// The paths that an archive may hold; no other is ever written.
fn is_expected(path: &str) -> bool {
    let sound = |name: &str, more: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || more.as_bytes().contains(&b))
    };
    match path.split_once('/') {
        Some((DATA, name)) => name.strip_suffix(".jsonl").is_some_and(|name| sound(name, "")),
        Some((FILES, name)) => name.len() == 64 && sound(name, ""),
        Some((MANIFESTS, name)) => name.strip_suffix(".toml").is_some_and(|name| sound(name, "-.")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_files_of_an_archive_are_expected() {
        let check = |path: &str, expect: bool| assert_eq!(is_expected(path), expect, "{path}");
        check("data/crm__lead.jsonl", true);
        check("data/_event.jsonl", true);
        check("data/../../etc/passwd.jsonl", false);
        check("data/a/b.jsonl", false);
        check("manifests/custom-objects-vehicle.toml", true);
        check("manifests/../app.toml", false);
        check(&format!("files/{}", "ab".repeat(32)), true);
        check("files/ab", false);
        check("manifest.json", false);
        check("/data/x.jsonl", false);
    }
}
