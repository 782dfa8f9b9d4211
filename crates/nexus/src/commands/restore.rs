//! `nexus restore`: a data folder from a backup, or a tenant as it was.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use nexus_kernel::Kernel;
use nexus_kernel::model::Timestamp;
use nexus_kernel::store::{Control, Limits, waiting};
use serde_json::json;

use crate::archive::{Unpacked, unpack, unpack_backup};
use crate::failure::Failure;
use crate::open_archive;
use crate::order::Order;
use crate::output;
use crate::place::{Database, Found, Place, wait};

/// Make a data folder, or fill an empty database, from a backup
///
/// The folder must be missing or empty, the database without a company. Every file is checked against the hash that
/// the backup carries first. A backup of either database can be restored into the other.
///
/// An archive becomes a company of its own, beside those that there are.
///
/// With --at, one tenant beside those that there are, as it was at that moment: from a backup that was made later, or
/// without a file from the tenant itself. Its log is read backwards. A secret that was changed since stays as it is,
/// and numbers that were given out since are not given out again.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus restore nexus-2026-01-31.tar --data ./restored\n  \
                  nexus restore --tenant kibo-ltd --at 2026-01-31T14:05:00Z --as kibo-before --data ./data")]
pub(crate) struct Restore {
    /// The file that `nexus backup` or `nexus archive` wrote
    #[arg(required_unless_present = "at")]
    file: Option<PathBuf>,
    /// Only one tenant, as it was at this moment, such as 2026-01-31T14:05:00Z
    #[arg(long, value_name = "TIME", requires_all = ["tenant", "name"])]
    at: Option<Timestamp>,
    /// The tenant's short name
    #[arg(long, value_name = "SLUG", requires = "at")]
    tenant: Option<String>,
    /// The short name that it gets; of an archive its own when left out
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,
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
        if let (Some(at), Some(tenant), Some(name)) = (self.at, &self.tenant, &self.name) {
            return self.rewind(&found, tenant, at, name);
        }
        let file = self.file.as_deref().unwrap_or(Path::new(""));
        if let Some(done) = self.adopt(&found, file)? {
            return Ok(done);
        }
        if found.database != Database::Sqlite {
            return self.fill(&found, file);
        }
        let target = &found.folder;
        must_be_free(target)?;
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent).map_err(|error| Failure::file("make", parent, &error))?;
        let work = tempfile::Builder::new().prefix(".nexus-restore-").tempdir_in(parent);
        let work = work.map_err(|error| Failure::file("write to", parent, &error))?;
        let manifest = unpack_backup(file, work.path())?;
        // Renaming over an empty folder replaces it; over one that was filled meanwhile it fails.
        std::fs::rename(work.path(), target).map_err(|error| Failure::file("write", target, &error))?;
        let _moved = work.keep();
        let tenants = manifest.tenants();
        if self.json {
            output::json(&json!({"data": target, "tenants": tenants}));
        } else {
            output::line(format_args!("{}: {tenants} tenants restored", target.display()));
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Makes a company of an archive, beside those that there are; nothing where the file is a backup.
    fn adopt(&self, found: &Found, file: &Path) -> Result<Option<ExitCode>, Failure> {
        let work = tempfile::tempdir().map_err(|error| Failure::failed(format!("no temporary folder: {error}")))?;
        let Some(manifest) = unpack::<open_archive::Manifest>(file, work.path())? else { return Ok(None) };
        std::fs::create_dir_all(&found.folder).map_err(|error| Failure::file("make", &found.folder, &error))?;
        let _lock = found.lock()?;
        let kernel = found.open(Limits::default())?;
        let slug = self.name.as_deref().unwrap_or(&manifest.slug);
        // S3 is asked on a runtime.
        let content = wait(async { waiting(|| manifest.adopt(&kernel, work.path(), slug)) })?;
        if self.json {
            output::json(&json!({"tenant": slug, "rows": content.rows, "hash": content.hash}));
        } else {
            let (rows, hash) = (content.rows, content.hash);
            output::line(format_args!("{slug}: {} restored, {rows} rows, content {hash}", manifest.name));
        }
        Ok(Some(ExitCode::SUCCESS))
    }

    /// Copies the tenants of the backup into a database that has none.
    fn fill(&self, found: &Found, file: &Path) -> Result<ExitCode, Failure> {
        let kernel = found.open(Limits::default())?;
        // S3 is asked on a runtime.
        wait(async { self.copy(&kernel, file) })
    }

    fn copy(&self, kernel: &Kernel, file: &Path) -> Result<ExitCode, Failure> {
        if !kernel.control.tenants()?.is_empty() {
            return Err(Failure::failed("there are companies in the database already; restore into an empty one"));
        }
        let backup = Unpacked::new(file)?;
        let tenants = Control::open(&backup.storage())?.tenants()?;
        for tenant in &tenants {
            kernel.copy_files(&backup.contents(&tenant.slug)?, &tenant.slug)?;
            kernel.adopt(tenant, &backup.storage().tenant(&tenant.slug))?;
        }
        if self.json {
            output::json(&json!({ "tenants": tenants.len() }));
        } else {
            output::line(format_args!("{} tenants restored", tenants.len()));
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Makes a tenant from one as it was.
    fn rewind(&self, found: &Found, tenant: &str, at: Timestamp, name: &str) -> Result<ExitCode, Failure> {
        found.must_exist()?;
        // A server that does it may work in another folder.
        let absolute = |file: &PathBuf| std::path::absolute(file).map_err(|error| Failure::file("find", file, &error));
        let backup = self.file.as_ref().map(absolute).transpose()?;
        let order = Order::Rewind { tenant: tenant.to_owned(), at, name: name.to_owned(), backup };
        let done = order.give(found)?;
        if self.json {
            output::json(&done);
            return Ok(ExitCode::SUCCESS);
        }
        output::line(format_args!("{name} is {tenant} as of {at}: {} events were taken back", done["taken_back"]));
        for secret in done["secrets"].as_array().into_iter().flatten() {
            output::line(format_args!("stays as it is now, because the log keeps no secret: {secret}"));
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
