//! Import: rows of a file become records, many transactions, one run that can be undone.
//!
//! A row is all or nothing. A row that is refused is answered with its reason and harms no other.

mod mapping;
mod row;

use std::collections::HashMap;
use std::sync::Arc;

use nexus_model::{FieldError, Object, Uuid};
use serde_json::{Map, Value as Json};

pub use mapping::Mapping;

use crate::ctx::Ctx;
use crate::kernel::Kernel;
use crate::portions::{CHUNK, Item, PREVIEW_ITEMS, PREVIEW_SHOWN, REJECTS_MAX, begin, reasons};
use crate::principal::Principal;
use crate::{Result, Tenant};

/// Records remembered by key during an import.
const FOUND_MAX: usize = 1_000_000;

/// What to import.
pub struct ImportRequest {
    /// The text of the file, UTF-8.
    pub text: Box<dyn std::io::Read + Send>,
    pub mapping: Mapping,
    pub preview: bool,
    /// The company to work in; the principal's own when left out.
    pub company: Option<Uuid>,
}

/// A row that was refused.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Reject {
    /// Counted from 1, the heading not included.
    pub row: u64,
    pub errors: Vec<FieldError>,
    pub data: Map<String, Json>,
}

/// What an import did.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct ImportReport {
    pub run: Uuid,
    pub rows: u64,
    pub created: u64,
    pub updated: u64,
    pub rejected_count: u64,
    pub rejected: Vec<Reject>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub preview: Vec<Json>,
}

/// What lasts from row to row.
#[derive(Default)]
struct Progress {
    report: ImportReport,
    /// Records that a step found or made, by step and key.
    found: HashMap<(usize, String), Uuid>,
}

impl Kernel {
    /// Imports a file into `object`, or as the mapping's steps say.
    pub async fn import(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        request: ImportRequest,
    ) -> Result<ImportReport> {
        let ImportRequest { text, mapping, preview, company } = request;
        let mut rows = mapping.open(text)?;
        let plan = Arc::new(mapping.plan(tenant.registry(), object, rows.columns())?);
        let run = Uuid::now_v7();
        let name = format!("{}.import_{}", object.name.app(), object.name.object());
        let mut progress = Progress { report: ImportReport { run, ..ImportReport::default() }, ..Progress::default() };
        let most = if preview { PREVIEW_ITEMS } else { CHUNK };
        loop {
            let chunk = rows.take(most)?;
            let last = chunk.len() < most;
            let (plan, name) = (Arc::clone(&plan), name.clone());
            progress = self
                .write_in(tenant, principal, company, run, !preview, move |ctx| {
                    Box::pin(async move {
                        begin(ctx, &name).await?;
                        ctx.keeps_written = preview;
                        ctx.wants_ids = true;
                        for data in chunk {
                            import_row(ctx, &plan, data, &mut progress).await?;
                        }
                        if preview {
                            ctx.written.truncate(PREVIEW_SHOWN);
                            progress.report.preview = ctx.told_changes().await?;
                        }
                        Ok(progress)
                    })
                })
                .await?;
            if last || preview {
                return Ok(progress.report);
            }
        }
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
    let ran = row::run(ctx, plan, &data, &progress.found, &mut new).await;
    match item.end(ctx, ran).await? {
        Ok(counts) => {
            progress.report.created += counts.created;
            progress.report.updated += counts.updated;
            if progress.found.len() >= FOUND_MAX {
                progress.found.clear();
            }
            progress.found.extend(new);
        }
        Err(problem) => {
            progress.report.rejected_count += 1;
            if progress.report.rejected.len() < REJECTS_MAX {
                progress.report.rejected.push(Reject { row, errors: reasons(problem), data });
            }
        }
    }
    Ok(())
}
