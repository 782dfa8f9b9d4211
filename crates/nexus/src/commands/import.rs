//! `nexus import`: the ordinary importer on a file.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use nexus_kernel::{ImportReport, ImportRequest, Mapping};
use serde_json::json;

use crate::failure::Failure;
use crate::output;
use crate::place::{Place, Who, wait};

/// Refused rows that are printed one by one; --json gives more.
const SHOWN_MAX: usize = 20;

/// Import delimited text
///
/// The whole import is one run, which `nexus undo` takes back. A row that is refused harms no other; the exit
/// code is 1 when any was.
#[derive(Args)]
#[command(
    after_help = "Example:\n  nexus import contacts.party customers.csv --map 'Company name=name' --key reference\n  \
    nexus import finance.invoice CDNOW_master.txt --map-file apps/business/finance/demo/cdnow.toml"
)]
pub(crate) struct Import {
    /// The object that rows become, such as contacts.party
    #[arg(value_name = "APP.OBJECT")]
    object: String,
    /// The file, UTF-8; - reads standard input
    file: PathBuf,
    /// A column and the field it goes to, where the heading is not the field's name; may be repeated
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = pair)]
    map: Vec<(String, String)>,
    /// A mapping file in TOML
    #[arg(long, value_name = "FILE.toml")]
    map_file: Option<PathBuf>,
    /// The field that tells whether a record is there already; it is then updated
    #[arg(long, value_name = "FIELD")]
    key: Option<String>,
    /// Answer what would change, and change nothing
    #[arg(long)]
    preview: bool,
    /// Print the report as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Place,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (column, field) = text.rsplit_once('=').ok_or("write COLUMN=FIELD")?;
    Ok((column.trim().to_owned(), field.trim().to_owned()))
}

impl Import {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let found = self.place.find()?;
        found.log("warn")?;
        let mapping = self.mapping()?;
        let text: Box<dyn std::io::Read + Send> = if self.file.as_os_str() == "-" {
            Box::new(std::io::stdin())
        } else {
            let file = File::open(&self.file).map_err(|error| Failure::file("read", &self.file, &error))?;
            Box::new(BufReader::new(file))
        };
        found.must_exist()?;
        let _lock = if self.preview { None } else { found.lock()? };
        let kernel = found.open_existing()?;
        wait(async {
            let (tenant, principal) = self.who.find(&kernel).await?;
            let object = tenant.object(&self.object).map_err(|problem| Failure::usage(problem.detail))?;
            let object = Arc::clone(object);
            let request = ImportRequest { text, mapping, preview: self.preview, company: None };
            let report = kernel.import(&tenant, &principal, &object, request).await?;
            if self.json {
                output::json(&json!(report))
            } else {
                told(&report, self.preview)
            }
            Ok(if report.rejected_count == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
        })
    }

    fn mapping(&self) -> Result<Mapping, Failure> {
        let mut mapping = match &self.map_file {
            None => Mapping::default(),
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))?;
                let parsed = text.parse::<Mapping>();
                parsed.map_err(|problem| Failure::usage(format!("{}: {}", path.display(), problem.detail)))?
            }
        };
        mapping.map.extend(self.map.iter().cloned());
        mapping.key = self.key.clone().or(mapping.key);
        Ok(mapping)
    }
}

fn told(report: &ImportReport, preview: bool) {
    let ImportReport { rows, created, updated, rejected_count, .. } = report;
    let would = if preview { " would be" } else { "" };
    output::line(format_args!(
        "{rows} rows: {created} records{would} created, {updated} updated, {rejected_count} rows refused"
    ));
    if !preview && created + updated > 0 {
        output::line(format_args!("run {}; `nexus undo {}` takes it back", report.run, report.run));
    }
    for reject in report.rejected.iter().take(SHOWN_MAX) {
        for error in &reject.errors {
            let field = if error.field.is_empty() { String::new() } else { format!(" {}:", error.field) };
            output::note(format_args!("row {}:{field} {}", reject.row, error.message));
        }
    }
    let more = rejected_count.saturating_sub(SHOWN_MAX as u64);
    if more > 0 {
        output::note(format_args!("and {more} more; --json lists them"));
    }
}
