//! What is kept of an import: how far it is, what came of it, and each row that was refused.

use std::sync::Arc;

use nexus_model::json::JSON_MAX;
use nexus_model::{Object, Problem, Uuid};
use serde_json::{Value as Json, json};

use super::read::Rows;
use super::{ImportReport, Mapping, Progress, Reject};
use crate::core::{Import, ImportReject, ImportState};
use crate::ctx::Ctx;
use crate::entity::{Entity, Id};
use crate::kernel::Kernel;
use crate::policy::READ;
use crate::principal::Principal;
use crate::{Result, Tenant};

/// What the log shows as the action that moved an import on.
pub(super) const WORK: &str = "core.import_rows";
/// Refused rows that are kept of one import; it stops there, to go on when the mapping or the file was mended.
const KEPT_MAX: u64 = 100_000;

/// An import that is kept.
pub(super) struct Keep {
    id: Uuid,
    name: String,
    object: String,
    form: String,
    columns: Vec<String>,
    mapping: Json,
}

/// An import that was begun before.
pub(super) struct Before {
    pub(super) report: ImportReport,
    pub(super) done: bool,
}

impl Keep {
    pub(super) fn new(id: Uuid, name: String, object: &Object, rows: &Rows, mapping: &Mapping) -> Keep {
        let form = json!(rows.format.form).as_str().unwrap_or_default().to_owned();
        let mapping = json!(Mapping { file: rows.format.clone(), ..mapping.clone() });
        let columns = rows.columns().to_vec();
        Keep { id, name, object: object.name.to_string(), form, columns, mapping }
    }
}

/// The columns of the file that an import read.
pub(super) fn columns_of(import: &Import) -> Vec<String> {
    let columns = import.mapping.as_ref().and_then(|kept| kept.get("columns")).cloned().unwrap_or_default();
    serde_json::from_value(columns).unwrap_or_default()
}

/// How an import reads its file.
pub(super) fn mapping_of(import: &Import) -> Result<Mapping> {
    let mapping = import.mapping.as_ref().and_then(|kept| kept.get("mapping")).cloned().unwrap_or_default();
    serde_json::from_value(mapping).map_err(|error| Problem::internal(format!("a mapping: {error}")))
}

impl Kernel {
    /// How far an import came that may have been begun before.
    pub(super) async fn kept_import(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        keep: &Arc<Keep>,
    ) -> Result<Option<Before>> {
        let (keep, user) = (Arc::clone(keep), principal.user);
        self.read_in(tenant, &Arc::new(Principal::system()), None, move |ctx| {
            Box::pin(async move {
                let refused = |why: String| Problem::field("run", "run", why);
                crate::portions::not_undone(ctx, keep.id).await?;
                let Some(import) = ctx.import_of(keep.id).await? else {
                    // A run of something else would be undone with what this import did.
                    return match ctx.tx.run(keep.id).await? {
                        Some(run) => {
                            Err(refused(format!("is a run of {}; give the import an id of its own", run.action)))
                        }
                        None => Ok(None),
                    };
                };
                if import.owner.map(Id::uuid).unwrap_or_default() != user {
                    return Err(refused("is an import of somebody else; give yours an id of its own".to_owned()));
                }
                if import.object != keep.object {
                    let (own, asked) = (&import.object, &keep.object);
                    return Err(refused(format!("is an import of {own} and not of {asked}; begin another")));
                }
                let done = import.state == ImportState::Done;
                if !done && import.state != ImportState::Running {
                    return Err(stopped(&import));
                }
                let count = |number: i64| u64::try_from(number).unwrap_or_default();
                let report = ImportReport {
                    run: keep.id,
                    rows: count(import.position),
                    created: count(import.created),
                    updated: count(import.updated),
                    unchanged: count(import.unchanged),
                    rejected_count: count(import.rejected),
                    file: mapping_of(&import)?.file,
                    ..ImportReport::default()
                };
                // One that waits for its first portion has nothing to be compared with.
                if report.rows > 0 && columns_of(&import) != keep.columns {
                    let message = "was begun with a file of other columns; go on with the same file";
                    return Err(Problem::field("file", "run", message));
                }
                Ok(Some(Before { report, done }))
            })
        })
        .await
    }
}

fn stopped(import: &Import) -> Problem {
    Problem::conflict(format!("the import {} is {}; resume it first", import.id, import.state.as_str()))
}

impl Ctx {
    /// An import by its id, whosever it is.
    pub(super) async fn import_of(&mut self, id: Uuid) -> Result<Option<Import>> {
        let object = Arc::clone(self.registry.object(Import::OBJECT)?);
        let elevated = std::mem::replace(&mut self.elevated, true);
        let found = self.record_for(&object, id, READ, false).await;
        self.elevated = elevated;
        Ok(found?.as_ref().map(Import::from_record))
    }

    /// Notes a portion of an import beside its run: the rows after `before`, and whether they were the last.
    ///
    /// # Errors
    /// When it was stopped, or somebody else has dealt with these rows; then the portion is not kept either.
    pub(super) async fn keep_import(
        &mut self,
        keep: &Keep,
        before: u64,
        progress: &Progress,
        last: bool,
    ) -> Result<()> {
        let owner = (!self.principal.user.is_nil()).then(|| Id::new(self.principal.user));
        let aside = self.step_aside(WORK);
        let kept = self.note_import(keep, owner, before, progress, last).await;
        self.resume(aside);
        kept
    }

    async fn note_import(
        &mut self,
        keep: &Keep,
        owner: Option<Id<crate::core::User>>,
        before: u64,
        progress: &Progress,
        last: bool,
    ) -> Result<()> {
        let known = self.import_of(keep.id).await?;
        let is_new = known.is_none();
        let mut import = known.unwrap_or_else(|| Import {
            id: Id::new(keep.id),
            name: keep.name.clone(),
            object: keep.object.clone(),
            owner,
            ..Import::default()
        });
        if !is_new && import.state != ImportState::Running {
            return Err(stopped(&import));
        }
        if u64::try_from(import.position).ok() != Some(before) {
            return Err(Problem::conflict(format!("another process is at work on the import {}", keep.id)));
        }
        let report = &progress.report;
        if report.rejected_count > KEPT_MAX {
            let message = format!("more than {KEPT_MAX} rows are refused; look at the first and mend the mapping");
            return Err(Problem::field("file", "rejects", message));
        }
        let count = |number: u64| i64::try_from(number).map_err(|_| Problem::internal("more rows than are counted"));
        import.position = count(report.rows)?;
        import.created = count(report.created)?;
        import.updated = count(report.updated)?;
        import.unchanged = count(report.unchanged)?;
        import.rejected = count(report.rejected_count)?;
        if before == 0 {
            import.form = Some(keep.form.clone());
            import.mapping = Some(json!({"columns": keep.columns, "mapping": keep.mapping}));
        }
        if last {
            (import.state, import.finished_at, import.error) = (ImportState::Done, Some(self.now()), None);
        }
        let id = import.id;
        if is_new {
            self.create(import).await?
        } else {
            self.save(import).await?
        };
        for reject in &progress.refused {
            self.keep_reject(id, reject).await?;
        }
        Ok(())
    }

    async fn keep_reject(&mut self, import: Id<Import>, reject: &Reject) -> Result<()> {
        let told = reject.errors.iter().map(|error| match error.field.as_str() {
            "" => error.message.clone(),
            field => format!("{field} {}", error.message),
        });
        let reason = told.collect::<Vec<_>>().join("; ");
        let data = json!(reject.data);
        let fits = data.to_string().len() <= JSON_MAX;
        let reason =
            if fits { reason } else { format!("{reason}; the row is too long to be kept: mend it in the file") };
        let row = i64::try_from(reject.row).map_err(|_| Problem::internal("more rows than are counted"))?;
        let data = fits.then_some(data);
        self.create(ImportReject { source: import, row, reason, data, ..ImportReject::default() }).await.map(drop)
    }
}
