//! `nexus export`: a list as a file, under the same filter and rights as everywhere.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use nexus_kernel::faces::ListParams;
use nexus_kernel::sheets;

use crate::failure::Failure;
use crate::place::{Place, Who, wait};

/// How the records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    /// One record a line
    Json,
    /// A workbook
    Xlsx,
    /// A file of columns
    Parquet,
}

impl From<Format> for sheets::Format {
    fn from(format: Format) -> sheets::Format {
        match format {
            Format::Csv => sheets::Format::Csv,
            Format::Json => sheets::Format::Json,
            Format::Xlsx => sheets::Format::Xlsx,
            Format::Parquet => sheets::Format::Parquet,
        }
    }
}

/// Export records as CSV, JSON lines, XLSX or Parquet
#[derive(Args)]
#[command(
    after_help = "Example:\n  nexus export finance.invoice --filter \"state == 'posted' && date >= date('2026-01-01')\" > invoices.csv"
)]
pub(crate) struct Export {
    /// The object, such as finance.invoice
    #[arg(value_name = "APP.OBJECT")]
    object: String,
    /// A CEL condition over the fields
    #[arg(long, value_name = "CEL")]
    filter: Option<String>,
    /// Fields in order, descending with a leading minus: -amount,name
    #[arg(long, value_name = "FIELDS", allow_hyphen_values = true)]
    sort: Option<String>,
    /// The columns in order, such as name,email; all when left out
    #[arg(long, value_name = "FIELDS")]
    fields: Option<String>,
    /// The id of a saved view, whose filter, order and columns are taken
    #[arg(long, value_name = "ID")]
    view: Option<String>,
    /// As of this moment, such as 2026-01-31T10:00:00Z; now when left out
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// The language in which texts are written that are there in it, such as fr
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// The form of the file
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// The file to write; standard output when left out
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Short for --format json
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Place,
}

impl Export {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let found = self.place.find()?;
        found.log("warn")?;
        let kernel = found.open_existing()?;
        wait(async {
            let (tenant, principal) = self.who.find(&kernel).await?;
            let object = tenant.object(&self.object).map_err(|problem| Failure::usage(problem.detail))?;
            let object = Arc::clone(object);
            let format = if self.json { Format::Json } else { self.format };
            let (filter, sort, fields, view) = (self.filter, self.sort, self.fields, self.view);
            let (at, language) = (self.at, self.language);
            let params = ListParams { filter, sort, fields, view, at, language, ..ListParams::default() };
            let mut export = kernel.export(&tenant, &principal, &object, params, format.into()).await?;
            // A bad filter fails here, before a file is made.
            let mut piece = export.next().await?;
            let mut out: Box<dyn Write> = match &self.output {
                None => Box::new(std::io::stdout()),
                Some(path) => {
                    Box::new(std::fs::File::create(path).map_err(|error| Failure::file("write", path, &error))?)
                }
            };
            while let Some(bytes) = piece {
                match out.write_all(&bytes).and_then(|()| out.flush()) {
                    Ok(()) => piece = export.next().await?,
                    // Whoever reads has seen enough.
                    Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => break,
                    Err(error) => return Err(Failure::failed(format!("cannot write the export: {error}"))),
                }
            }
            Ok(ExitCode::SUCCESS)
        })
    }
}
