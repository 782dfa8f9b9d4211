//! `nexus backup`: all data as one file, consistent while a server runs.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use nexus_kernel::store;
use serde_json::json;

use crate::archive::{Entry, Manifest, digest};
use crate::failure::Failure;
use crate::output;
use crate::place::Place;

/// Write all data into one file, also while a server runs
///
/// A tar archive of the control file and one database a tenant, each a snapshot of one moment, with a list
/// of what it holds and its hashes.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus backup nexus-2026-01-31.tar --data ./data")]
pub(crate) struct Backup {
    /// The file to make; one that exists is left alone
    file: PathBuf,
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
        // Everything is gathered beside the target, so that a backup that stops half-way leaves no file.
        let parent = self.file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let work = tempfile::Builder::new().prefix(".nexus-backup-").tempdir_in(parent);
        let work = work.map_err(|error| Failure::file("write to", parent, &error))?;
        // The control file goes first, so that there is a database for each tenant that it names.
        let mut files = vec![snapshot(&found.folder, work.path(), "control.db")?];
        let tenants = store::Control::open(&found.storage()?)?.tenants()?;
        for tenant in &tenants {
            let name = format!("tenants/{}.db", tenant.slug);
            if found.folder.join(&name).exists() {
                files.push(snapshot(&found.folder, work.path(), &name)?);
            }
        }
        let manifest = Manifest::new(files);
        let archive = work.path().join("backup.tar");
        write(&archive, work.path(), &manifest).map_err(|error| Failure::file("write", &archive, &error))?;
        std::fs::hard_link(&archive, &self.file)
            .or_else(|_| std::fs::rename(&archive, &self.file))
            .map_err(|error| Failure::file("write", &self.file, &error))?;
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

fn snapshot(from: &Path, to: &Path, name: &str) -> Result<Entry, Failure> {
    if let Some(folder) = to.join(name).parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::file("make", folder, &error))?;
    }
    store::copy(&from.join(name), &to.join(name))?;
    digest(to, name)
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
