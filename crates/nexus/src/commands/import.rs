//! `nexus import`: the ordinary importer on a file.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use nexus_kernel::model::Uuid;
use nexus_kernel::{ImportReport, ImportRequest, Kernel, Mapping, Principal, Tenant};
use serde_json::json;

use crate::failure::Failure;
use crate::output;
use crate::place::{Place, Who, wait};

/// Refused rows that are printed one by one; --json gives more.
const SHOWN_MAX: usize = 20;

/// Import CSV, TSV, columns of a fixed width, XLSX or JSON lines
///
/// The whole import is one run, which `nexus undo` takes back. A row that is refused harms no other; the exit
/// code is 1 when any was. The form of the file, and of its numbers and days, is made out from its first rows; --inspect
/// shows it, and where the columns would go. An import that was cut off goes on under the same --run.
#[derive(Args)]
#[command(
    after_help = "Example:\n  nexus import contacts.party customers.csv --map 'Company name=name' --key reference\n  \
    nexus import contacts.party customers.xlsx --inspect > customers.json\n  \
    nexus import finance.invoice CDNOW_master.txt --map-file apps/business/finance/demo/cdnow.toml"
)]
pub(crate) struct Import {
    /// The object that rows become, such as contacts.party
    #[arg(value_name = "APP.OBJECT")]
    object: String,
    /// The file; - reads standard input
    file: PathBuf,
    /// A column and the field it goes to, where the heading is not the field's name; may be repeated
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = pair)]
    map: Vec<(String, String)>,
    /// A mapping file in TOML, or in JSON as --inspect writes it
    #[arg(long, value_name = "FILE")]
    map_file: Option<PathBuf>,
    /// The field that tells whether a record is there already; it is then updated
    #[arg(long, value_name = "FIELD")]
    key: Option<String>,
    /// Answer what would change, and change nothing
    #[arg(long)]
    preview: bool,
    /// Answer what the file seems to be, and where its columns would go, as JSON
    #[arg(long, conflicts_with_all = ["preview", "run"])]
    inspect: bool,
    /// A link whose record is made, with its title, when there is none; may be repeated
    #[arg(long, value_name = "FIELD")]
    create: Vec<String>,
    /// The id of the run; one that was begun under it goes on where it stood
    #[arg(long, value_name = "ID")]
    run: Option<Uuid>,
    /// Write the refused rows into this file, with their reasons, to be mended and imported again
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
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
        let file: Box<dyn std::io::Read + Send> = if self.file.as_os_str() == "-" {
            Box::new(std::io::stdin())
        } else {
            let file = File::open(&self.file).map_err(|error| Failure::file("read", &self.file, &error))?;
            Box::new(BufReader::new(file))
        };
        found.must_exist()?;
        let _lock = if self.preview || self.inspect { None } else { found.lock()? };
        let kernel = found.open_existing()?;
        wait(async {
            let (tenant, principal) = self.who.find(&kernel).await?;
            let object = tenant.object(&self.object).map_err(|problem| Failure::usage(problem.detail))?;
            let object = Arc::clone(object);
            let name = self.file.file_name().map_or("-".into(), |name| name.to_string_lossy().into_owned());
            if self.inspect {
                let told = kernel.inspect(&tenant, &principal, &object, file, &name, mapping).await?;
                output::json(&json!(told));
                return Ok(ExitCode::SUCCESS);
            }
            let run = Some(self.run.unwrap_or_else(Uuid::now_v7));
            let request = ImportRequest { file, name, mapping, preview: self.preview, company: None, run };
            let report = kernel.import(&tenant, &principal, &object, request).await?;
            if let (Some(path), false) = (&self.rejects, self.preview) {
                rejects(&kernel, &tenant, &principal, report.run, path).await?;
            }
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
        mapping.create.extend(self.create.iter().cloned());
        Ok(mapping)
    }
}

async fn rejects(
    kernel: &Arc<Kernel>,
    tenant: &Arc<Tenant>,
    principal: &Arc<Principal>,
    run: Uuid,
    path: &Path,
) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::file("write", path, &error);
    let mut rejects = kernel.rejects(tenant, principal, run).await?;
    let mut out = File::create(path).map_err(failed)?;
    while let Some(piece) = rejects.next().await? {
        out.write_all(&piece).map_err(failed)?;
    }
    out.flush().map_err(failed)
}

fn told(report: &ImportReport, preview: bool) {
    let ImportReport { rows, created, updated, unchanged, rejected_count, file, .. } = report;
    let would = if preview { " would be" } else { "" };
    output::line(format_args!(
        "{rows} rows: {created} records{would} created, {updated} updated, {unchanged} unchanged, {rejected_count} rows refused"
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
    let read = [
        ("form", file.form.map(|form| json!(form).as_str().unwrap_or_default().to_owned())),
        ("encoding", file.encoding.clone()),
        ("delimiter", file.delimiter.clone()),
        ("decimal", file.decimal.clone()),
        ("dates", file.dates.clone()),
    ];
    let read = read.into_iter().filter_map(|(what, how)| Some(format!("{what} {}", how?)));
    output::note(format_args!("read as {}", read.collect::<Vec<_>>().join(", ")));
}
