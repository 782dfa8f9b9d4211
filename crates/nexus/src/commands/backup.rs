//! `nexus backup`: all data as one file, consistent while a server runs.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use nexus_kernel::Kernel;
use nexus_kernel::contents::{Depot, FilesError};
use nexus_kernel::model::Timestamp;
use nexus_kernel::store::{self, Storage, TenantEntry};
use serde_json::json;

use crate::archive::{Entry, Manifest, digest};
use crate::failure::Failure;
use crate::output;
use crate::place::{FILES, Place, wait};

/// Write all data into one file, also while a server runs
///
/// A tar archive of the list of tenants and one SQLite database a tenant, each a snapshot of one moment, and what
/// the tenants' files contain, with a list of what it holds and its hashes. The form is the same whatever database the data are in.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus backup nexus-2026-01-31.tar --data ./data")]
pub(crate) struct Backup {
    /// The file to make; one that exists is left alone
    file: PathBuf,
    /// Only this tenant, by its short name
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// Print what was written as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    place: Place,
}

impl Backup {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let found = self.place.find()?;
        found.log("warn")?;
        found.must_exist()?;
        if self.file.exists() {
            return Err(Failure::failed(format!("{} exists already; choose another name", self.file.display())));
        }
        let kernel = found.open_existing()?;
        let tenants = match &self.tenant {
            Some(slug) => vec![kernel.entry(slug)?],
            None => kernel.control.tenants()?,
        };
        let manifest = back_up(&kernel, &tenants, &self.file)?;
        let bytes: u64 = manifest.files.iter().map(|entry| entry.bytes).sum();
        if self.json {
            output::json(&json!({"file": self.file, "tenants": tenants.len(), "bytes": bytes}));
        } else {
            let (file, tenants) = (self.file.display(), tenants.len());
            output::line(format_args!("{file}: {tenants} tenants, {bytes} bytes"));
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Writes tenants into one file, which is not there yet.
pub(crate) fn back_up(kernel: &Kernel, tenants: &[TenantEntry], file: &Path) -> Result<Manifest, Failure> {
    // Everything is gathered beside the target, so that a backup that stops half-way leaves no file.
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let work = tempfile::Builder::new().prefix(".nexus-backup-").tempdir_in(parent);
    let work = work.map_err(|error| Failure::file("write to", parent, &error))?;
    // The control file goes first, so that there is a database for each tenant that it names.
    let copy = Storage::Folder(work.path().to_owned());
    list(tenants, &copy)?;
    let mut files = vec![digest(work.path(), "control.db")?];
    for tenant in tenants {
        kernel.copy_tenant(tenant, &copy.tenant(&tenant.slug))?;
        files.push(digest(work.path(), &format!("tenants/{}.db", tenant.slug))?);
        // After the database: whatever its records name is there, and stays for a day at least.
        files.extend(contents(kernel, &tenant.slug, work.path())?);
    }
    let manifest = Manifest::new(files);
    let archive = work.path().join("backup.tar");
    write(&archive, work.path(), &manifest).map_err(|error| Failure::file("write", &archive, &error))?;
    std::fs::hard_link(&archive, file)
        .or_else(|_| std::fs::rename(&archive, file))
        .map_err(|error| Failure::file("write", file, &error))?;
    Ok(manifest)
}

/// What a tenant's files contain, copied into the folder.
fn contents(kernel: &Kernel, slug: &str, work: &Path) -> Result<Vec<Entry>, Failure> {
    let Some(chunks) = kernel.contents_of(slug) else { return Ok(Vec::new()) };
    let failed = |error: FilesError| Failure::failed(error.to_string());
    let copy = Depot::folder(&work.join(FILES)).map_err(failed)?.chunks(slug);
    wait(async { chunks.copy_to(&copy).await.map_err(failed) })?;
    let names = wait(async { copy.names().await.map_err(failed) })?;
    names.iter().map(|name| digest(work, &format!("{FILES}/{slug}/{name}"))).collect()
}

/// The list of tenants as control tables of their own: all of them are beside it then, and nobody is signed in.
fn list(tenants: &[TenantEntry], to: &Storage) -> Result<(), Failure> {
    let control = store::Control::open(to)?;
    for tenant in tenants {
        // Its entry says when it was made.
        control.add_tenant(&TenantEntry { place: None, ..tenant.clone() }, Timestamp::default())?;
    }
    Ok(())
}

fn write(archive: &Path, folder: &Path, manifest: &Manifest) -> std::io::Result<()> {
    let mut tar = tar::Builder::new(File::create_new(archive)?);
    manifest.append(&mut tar)?;
    for entry in &manifest.files {
        tar.append_path_with_name(folder.join(&entry.path), &entry.path)?;
    }
    let file = tar.into_inner()?;
    file.sync_all()
}
