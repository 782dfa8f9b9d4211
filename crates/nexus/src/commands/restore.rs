//! `nexus restore`: a data folder from a backup.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use nexus_kernel::store::{Control, Limits, Storage};
use serde_json::json;

use crate::archive::Manifest;
use crate::failure::Failure;
use crate::output;
use crate::place::{Database, Found, Place};

/// Make a data folder, or fill an empty database, from a backup
///
/// The folder must be missing or empty, the database without a company. Every file is checked against the hash that
/// the backup carries first. A backup of either database can be restored into the other.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus restore nexus-2026-01-31.tar --data ./restored")]
pub(crate) struct Restore {
    /// The file that `nexus backup` wrote
    file: PathBuf,
    /// Print what was restored as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    place: Place,
}

impl Restore {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let found = self.place.find()?;
        found.log("warn")?;
        if found.database != Database::Sqlite {
            return self.fill(&found);
        }
        let target = &found.folder;
        must_be_free(target)?;
        let archive = File::open(&self.file).map_err(|error| Failure::file("read", &self.file, &error))?;
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent).map_err(|error| Failure::file("make", parent, &error))?;
        let work = tempfile::Builder::new().prefix(".nexus-restore-").tempdir_in(parent);
        let work = work.map_err(|error| Failure::file("write to", parent, &error))?;
        let manifest = unpack(archive, work.path())?;
        // Renaming over an empty folder replaces it; over one that was filled meanwhile it fails.
        std::fs::rename(work.path(), target).map_err(|error| Failure::file("write", target, &error))?;
        let _moved = work.keep();
        let tenants = manifest.files.len() - 1;
        if self.json {
            output::json(&json!({"data": target, "tenants": tenants}));
        } else {
            output::line(format_args!("{}: {tenants} tenants restored", target.display()));
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Copies the tenants of the backup into a database that has none.
    fn fill(&self, found: &Found) -> Result<ExitCode, Failure> {
        let archive = File::open(&self.file).map_err(|error| Failure::file("read", &self.file, &error))?;
        let kernel = found.open(Limits::default())?;
        if !kernel.control.tenants()?.is_empty() {
            return Err(Failure::failed("there are companies in the database already; restore into an empty one"));
        }
        let work = tempfile::tempdir().map_err(|error| Failure::failed(format!("no temporary folder: {error}")))?;
        unpack(archive, work.path())?;
        let backup = Storage::Folder(work.path().to_owned());
        let tenants = Control::open(&backup)?.tenants()?;
        for tenant in &tenants {
            kernel.adopt(tenant, &backup.tenant(&tenant.slug))?;
        }
        if self.json {
            output::json(&json!({ "tenants": tenants.len() }));
        } else {
            output::line(format_args!("{} tenants restored", tenants.len()));
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn must_be_free(folder: &Path) -> Result<(), Failure> {
    let mut entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::file("read", folder, &error)),
    };
    if entries.next().is_none() {
        return Ok(());
    }
    let folder = folder.display();
    Err(Failure::failed(format!("{folder} is not empty; restore into a new folder, such as --data {folder}-restored")))
}

/// Unpacks exactly the files that the archive's list names, and checks them.
fn unpack(archive: File, folder: &Path) -> Result<Manifest, Failure> {
    let broken = |error: std::io::Error| Failure::failed(format!("the backup cannot be read: {error}"));
    let mut archive = tar::Archive::new(archive);
    let mut entries = archive.entries().map_err(broken)?;
    let mut first = match entries.next() {
        Some(first) => first.map_err(broken)?,
        None => return Err(Failure::failed("the file is no backup of Nexus: it is empty")),
    };
    let manifest = Manifest::read(&mut first)?;
    std::fs::create_dir_all(folder.join("tenants")).map_err(broken)?;
    for entry in entries {
        let mut entry = entry.map_err(broken)?;
        let path = entry.path().map_err(broken)?.to_string_lossy().into_owned();
        if !manifest.files.iter().any(|known| known.path == path) || !entry.header().entry_type().is_file() {
            return Err(Failure::failed(format!("the backup holds {path}, which its list does not name")));
        }
        let mut file = File::create_new(folder.join(&path)).map_err(broken)?;
        std::io::copy(&mut entry, &mut file).map_err(broken)?;
        file.sync_all().map_err(broken)?;
    }
    if !manifest.files.iter().any(|entry| entry.path == "control.db") {
        return Err(Failure::failed("the backup has no control file"));
    }
    manifest.files.iter().try_for_each(|entry| entry.check(folder))?;
    Ok(manifest)
}
