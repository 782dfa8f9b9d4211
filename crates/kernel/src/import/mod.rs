//! Import: rows of a file become records, many transactions, one run that can be undone.
//!
//! A row is all or nothing. A row that is refused is answered with its reason and harms no other. How far an import is
//! and what it refused is kept with each portion, in the portion's own transaction: one that was cut off goes on where
//! it stood, with no row twice and none left out.

mod begin;
mod convention;
mod format;
mod guess;
mod inspect;
mod kept;
mod mapping;
mod read;
mod rejects;
mod row;
mod source;

use std::collections::HashMap;
use std::sync::Arc;

use nexus_model::{FieldError, Object, Problem, Uuid};
use serde_json::{Map, Value as Json};

pub(crate) use begin::{ToImport, begin_import, cancel_import, import_rows, resume_import};
pub use format::{FileFormat, Form};
pub use guess::Guess;
pub use inspect::Inspection;
pub use mapping::Mapping;
pub use read::Rows;
pub use rejects::Rejects;

use crate::ctx::Ctx;
use crate::kernel::Kernel;
use crate::portions::{CHUNK, Item, PREVIEW_ITEMS, PREVIEW_SHOWN, REJECTS_MAX, begin, reasons};
use crate::principal::Principal;
use crate::{Kind, Result, Tenant};
use read::weight;

/// Records remembered by key during an import.
const FOUND_MAX: usize = 100_000;
/// Bytes of the refused rows that a report holds.
const SHOWN_MAX: usize = 4 << 20;
/// The column with the reasons in a file of refused rows; it is no field of a record.
const REASON: &str = "import_error";

/// What to import.
pub struct ImportRequest {
    /// The file: delimited text, columns of a fixed width, JSON lines or a workbook.
    pub file: Box<dyn std::io::Read + Send>,
    /// What the file is called.
    pub name: String,
    pub mapping: Mapping,
    pub preview: bool,
    /// The company to work in; the principal's own when left out.
    pub company: Option<Uuid>,
    /// The run, under which the import is kept as a record of `core.import`: begun under it before, it goes on where it
    /// stood. Of an import without one nothing is kept but what it wrote.
    pub run: Option<Uuid>,
}

/// A row that was refused.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Reject {
    /// Counted from 1, the heading not included.
    pub row: u64,
    pub errors: Vec<FieldError>,
    pub data: Map<String, Json>,
}

/// What an import did, or, as a preview, would do with the first 1,000 rows.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct ImportReport {
    pub run: Uuid,
    pub rows: u64,
    pub created: u64,
    pub updated: u64,
    /// Records that were as the file has them.
    pub unchanged: u64,
    pub rejected_count: u64,
    pub rejected: Vec<Reject>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub preview: Vec<Json>,
    /// How the file was read: what was said of it, and what was made out.
    pub file: FileFormat,
}

/// What lasts from row to row.
#[derive(Default)]
struct Progress {
    report: ImportReport,
    /// Rows of the portion at work that were refused.
    refused: Vec<Reject>,
    /// Bytes of the refused rows that the report holds.
    shown: usize,
    /// Records that a step found or made, by step and key.
    found: HashMap<(usize, String), Uuid>,
}

/// Is told of each portion that was kept; an error ends the import.
pub(crate) trait Watch: Send {
    fn told(&mut self) -> crate::BoxFuture<'_, Result<()>>;
}

fn bad(message: impl Into<String>) -> Problem {
    Problem { kind: Kind::Malformed, ..Problem::field("mapping", "mapping", message) }
}

impl Kernel {
    /// Imports a file into `object`, or as the mapping's steps say.
    ///
    /// # Errors
    /// When the file cannot be read, the mapping does not fit, or the file's form leaves something open; then nothing
    /// is written. A refused row is none: it is in the report.
    pub async fn import(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        request: ImportRequest,
    ) -> Result<ImportReport> {
        self.import_watched(tenant, principal, object, request, None).await
    }

    pub(crate) async fn import_watched(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        request: ImportRequest,
        mut watch: Option<&mut dyn Watch>,
    ) -> Result<ImportReport> {
        let ImportRequest { file, name, mapping, preview, company, run } = request;
        let mut rows = self.open_rows(file, &name, &mapping, object)?;
        let mapping = self.mapping_for(tenant, principal, object, rows.columns(), mapping).await?;
        let (plan, questions) = mapping.plan(tenant.registry(), object, &rows)?;
        if !questions.is_empty() {
            let asked = questions.into_iter();
            let asked = asked.map(|ask| FieldError::new(format!("mapping/file/{}", ask.about), "ask", ask.message));
            return Err(Problem::fields(asked.collect()));
        }
        rows.format = plan.reading.told(rows.format);
        let plan = Arc::new(plan);
        let id = run.unwrap_or_else(Uuid::now_v7);
        let mut progress =
            Progress { report: ImportReport { run: id, ..ImportReport::default() }, ..Progress::default() };
        let keep = run.filter(|_| !preview).map(|id| Arc::new(kept::Keep::new(id, name, object, &rows, &mapping)));
        if let Some(keep) = &keep
            && let Some(before) = self.kept_import(tenant, principal, keep).await?
        {
            progress.report = before.report;
            if before.done {
                return Ok(progress.report);
            }
            rows.skip(progress.report.rows)?;
        }
        progress.report.file = rows.format.clone();
        let name = format!("{}.import_{}", object.name.app(), object.name.object());
        let most = if preview { PREVIEW_ITEMS } else { CHUNK };
        loop {
            let chunk = rows.take(most)?;
            let last = rows.is_done();
            let (plan, name, keep) = (Arc::clone(&plan), name.clone(), keep.clone());
            progress = self
                .write_in(tenant, principal, company, id, !preview, move |ctx| {
                    Box::pin(async move {
                        begin(ctx, &name).await?;
                        ctx.keeps_written = preview;
                        ctx.wants_ids = true;
                        let before = progress.report.rows;
                        progress.refused.clear();
                        for data in chunk {
                            import_row(ctx, &plan, data, &mut progress).await?;
                        }
                        if preview {
                            ctx.written.truncate(PREVIEW_SHOWN);
                            progress.report.preview = ctx.told_changes().await?;
                        }
                        if let Some(keep) = keep {
                            ctx.keep_import(&keep, before, &progress, last).await?;
                        }
                        Ok(progress)
                    })
                })
                .await?;
            if last || preview {
                return Ok(progress.report);
            }
            if let Some(watch) = &mut watch {
                watch.told().await?;
            }
        }
    }

    fn open_rows(
        &self,
        file: Box<dyn std::io::Read + Send>,
        name: &str,
        mapping: &Mapping,
        object: &Object,
    ) -> Result<Rows> {
        let known = |heading: &str| mapping.map.contains_key(heading) || object.field(heading).is_some();
        Rows::open(file, mapping.for_file(name), self.options.sheets.as_ref(), &known)
    }
}

/// One row in its own savepoint.
async fn import_row(
    ctx: &mut Ctx,
    plan: &mapping::Plan,
    data: Map<String, Json>,
    progress: &mut Progress,
) -> Result<()> {
    progress.report.rows += 1;
    let row = progress.report.rows;
    let item = Item::begin(ctx).await?;
    let mut new = Vec::new();
    let ran = match plan.unknown(&data) {
        Some(column) => Err(Problem::field(column, "column", "is none of the columns of the first rows")),
        None => row::run(ctx, plan, &data, &progress.found, &mut new).await,
    };
    match item.end(ctx, ran).await? {
        Ok(counts) => {
            progress.report.created += counts.created;
            progress.report.updated += counts.updated;
            progress.report.unchanged += counts.unchanged;
            if progress.found.len() >= FOUND_MAX {
                progress.found.clear();
            }
            progress.found.extend(new);
        }
        Err(problem) => {
            progress.report.rejected_count += 1;
            let size = data.values().map(weight).sum::<usize>();
            let reject = Reject { row, errors: reasons(problem), data };
            if progress.report.rejected.len() < REJECTS_MAX && progress.shown + size <= SHOWN_MAX {
                progress.shown += size;
                progress.report.rejected.push(reject.clone());
            }
            progress.refused.push(reject);
        }
    }
    Ok(())
}
