//! `nexus archive`: a whole company in an open form, for other programs and other installations.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use nexus_kernel::Principal;
use serde_json::json;

use super::manifest::own;
use crate::archive::{must_be_free, put};
use crate::failure::Failure;
use crate::open_archive::gather;
use crate::output;
use crate::place::{Place, one_tenant, wait};

/// Write a company as an open archive: JSON lines, manifests and files
///
/// A tar archive that begins with manifest.json: versions, each table with its columns, each file with its hash, and the
/// content hash of all. It also works while a server runs, and holds the rows as of one moment. `nexus restore` makes a
/// company of it in any installation, on either database. Hashes of passwords and other secrets are in it: keep it as
/// you keep a backup.
#[derive(Args)]
#[command(
    after_help = "Example:\n  nexus archive kibo.tar --tenant kibo-ltd\n  nexus restore kibo.tar --data ./elsewhere"
)]
pub(crate) struct Archive {
    /// The file to make; one that exists is left alone
    file: PathBuf,
    /// The company's short name, needed where several live
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// Print what was written as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    place: Place,
}

impl Archive {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let found = self.place.find()?;
        found.log("warn")?;
        found.must_exist()?;
        must_be_free(&self.file)?;
        let parent = self.file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let work = tempfile::Builder::new().prefix(".nexus-archive-").tempdir_in(parent);
        let work = work.map_err(|error| Failure::file("write to", parent, &error))?;
        let kernel = found.open_existing()?;
        wait(async {
            let tenant = kernel.tenant(&one_tenant(&kernel, self.tenant.as_deref())?)?;
            let own = own(&kernel, &tenant, &Arc::new(Principal::system())).await?;
            let own = own.into_values().map(|(_, own)| own).collect();
            let manifest = gather(&kernel, &tenant, own, work.path()).await?;
            let archive = work.path().join("archive.tar");
            manifest.pack(work.path(), &archive).map_err(|error| Failure::file("write", &archive, &error))?;
            put(&archive, &self.file)?;
            let content = &manifest.content;
            if self.json {
                output::json(&json!({"file": self.file, "rows": content.rows, "hash": content.hash}));
            } else {
                let (file, rows, hash) = (self.file.display(), content.rows, &content.hash);
                output::line(format_args!("{file}: {rows} rows, content {hash}"));
            }
            Ok(ExitCode::SUCCESS)
        })
    }
}
