//! `nexus reference`: a page for each app.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::reference;

/// Write the reference of each app in Markdown
///
/// A page says what the app declares: objects, fields, states, rights, actions with their input, reports. Needs no data.
#[derive(Args)]
#[command(after_help = "Example:\n  nexus reference docs/reference")]
pub(crate) struct Reference {
    /// The folder to write to, made when missing
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Print what was written as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    place: Place,
}

impl Reference {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let registry = self.place.find()?.registry()?;
        let refused = |path: &PathBuf, error| Failure::failed(format!("cannot write {}: {error}", path.display()));
        std::fs::create_dir_all(&self.folder).map_err(|error| refused(&self.folder, error))?;
        let mut written = Vec::new();
        for app in registry.schema.apps.keys() {
            let Some(page) = reference::page(&registry, app) else { continue };
            let path = self.folder.join(format!("{app}.md"));
            std::fs::write(&path, page).map_err(|error| refused(&path, error))?;
            written.push(path.display().to_string());
        }
        if self.json {
            output::line(json!({ "written": written }));
        } else {
            written.iter().for_each(output::line);
        }
        Ok(ExitCode::SUCCESS)
    }
}
