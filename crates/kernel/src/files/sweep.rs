//! What is removed when: files that no record refers to, uploads that nobody goes on with, contents that no file needs.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use nexus_files::{Content, GRACE, Swept};
use nexus_model::{ObjectName, Problem, Record, Timestamp, Uuid, Value};
use nexus_store::{Cursor, Filter, Finding};

use super::{FILE, content_of, told};
use crate::core::File;
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::entity::Entity;
use crate::kernel::Kernel;
use crate::policy::READ;
use crate::principal::Principal;
use crate::registry::Registry;
use crate::{Result, Tenant};

/// The action that the log shows for files that were removed because nothing refers to them.
const SWEEP: &str = "core.sweep_files";
/// How long there is between two sweeps.
const PAUSE: Duration = Duration::from_secs(3_600);
/// Files looked at at a time.
const PAGE: usize = 500;
/// Contents that a verification names one by one.
const FINDINGS_MAX: usize = 100;

/// How long things are kept that nothing needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ages {
    /// A file that no record refers to, before it is deleted.
    pub loose: Duration,
    /// What a deleted file contained, so that it can be restored.
    pub deleted: Duration,
    /// An upload to which nothing is added.
    pub idle: Duration,
    /// A content that no file names, as it may be about to get one.
    pub content: Duration,
}

impl Default for Ages {
    fn default() -> Ages {
        let deleted = 30 * 24 * Duration::from_secs(3_600);
        Ages { loose: GRACE, deleted, idle: GRACE, content: GRACE }
    }
}

/// What a sweep of a tenant's files did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FilesSwept {
    /// Files that were deleted, as nothing referred to them.
    pub files: u64,
    /// Uploads that expired.
    pub uploads: u64,
    pub contents: Swept,
}

impl Kernel {
    /// Sweeps the files of the tenants that are open, until it is dropped.
    pub(crate) async fn sweep_now_and_then(self: Arc<Self>) {
        loop {
            tokio::time::sleep(PAUSE).await;
            if self.options.files.depot.is_none() {
                continue;
            }
            for tenant in self.open_tenants() {
                match self.sweep_files(&tenant, Ages::default()).await {
                    Ok(swept) => tracing::info!(tenant = tenant.slug, ?swept, "files were swept"),
                    Err(problem) => tracing::warn!(tenant = tenant.slug, %problem, "files could not be swept"),
                }
            }
        }
    }

    /// Removes of a tenant's files what nothing needs any more, and examines what was not yet.
    pub async fn sweep_files(&self, tenant: &Arc<Tenant>, ages: Ages) -> Result<FilesSwept> {
        let (chunks, uploads) = (self.chunks(tenant)?, self.uploads(tenant)?);
        let files = self.delete_loose(tenant, ages.loose).await?;
        let uploads = uploads.expire(ages.idle).await.map_err(told)?;
        // What is needed is asked last: a content that gets its record after this is younger than the grace.
        let needed = self.needed(tenant, ages.deleted).await?;
        let contents = chunks.sweep(&needed, ages.content).await.map_err(told)?;
        for id in self.unexamined(tenant).await? {
            self.examine(tenant, id).await?;
        }
        Ok(FilesSwept { files, uploads, contents })
    }

    /// Deletes the files to which nothing has referred for so long, and notes since when nothing does.
    async fn delete_loose(&self, tenant: &Arc<Tenant>, age: Duration) -> Result<u64> {
        let system = Arc::new(Principal::system());
        let (mut after, mut deleted) = (None, 0);
        loop {
            // Found beside the writer, and looked at once more in it.
            let found = self.read_in(tenant, &system, None, move |ctx| Box::pin(ctx.overdue(after, age)));
            let (overdue, next) = found.await?;
            if !overdue.is_empty() {
                let run = Uuid::now_v7();
                let done = self.write_in(tenant, &system, None, run, true, move |ctx| {
                    Box::pin(async move { ctx.delete_loose(overdue, age).await })
                });
                deleted += done.await?;
            }
            if next.is_none() {
                return Ok(deleted);
            }
            after = next;
        }
    }

    /// The contents of all versions of the files that are there, or were deleted no longer ago than that.
    async fn needed(&self, tenant: &Arc<Tenant>, deleted: Duration) -> Result<HashSet<Content>> {
        let system = Arc::new(Principal::system());
        self.read_in(tenant, &system, None, move |ctx| {
            Box::pin(async move {
                let mut needed = HashSet::new();
                let cutoff = before(ctx.now(), deleted)?;
                ctx.each_file(false, &mut |file| {
                    needed.extend(contents(file)?);
                    Ok(())
                })
                .await?;
                ctx.each_file(true, &mut |file| {
                    let kept = file.deleted_at().is_some_and(|at| at >= cutoff);
                    if kept {
                        needed.extend(contents(file)?);
                    }
                    Ok(())
                })
                .await?;
                Ok(needed)
            })
        })
        .await
    }

    async fn unexamined(&self, tenant: &Arc<Tenant>) -> Result<Vec<Uuid>> {
        if self.options.files.reader.is_none() {
            return Ok(Vec::new());
        }
        let system = Arc::new(Principal::system());
        self.read_in(tenant, &system, None, |ctx| {
            Box::pin(async move {
                let object = Arc::clone(ctx.registry.object(FILE)?);
                let not_yet = Filter::Equals("examined".to_owned(), Value::Bool(false));
                let ask = Ask { filters: vec![not_yet], limit: PAGE, fields: vec![0], ..Ask::default() };
                Ok(ctx.ask(&object, ask).await?.iter().map(Record::id).collect())
            })
        })
        .await
    }

    /// What of the contents that a tenant's files need is missing or damaged.
    pub(crate) async fn verify_files(&self, tenant: &Arc<Tenant>) -> Result<Vec<Finding>> {
        let needed = self.needed(tenant, Duration::ZERO).await?;
        if needed.is_empty() {
            return Ok(Vec::new());
        }
        let (chunks, mut findings) = (self.chunks(tenant)?, Vec::new());
        for content in needed {
            if let Err(error) = chunks.check(&content).await {
                findings.push(Finding { place: FILE.to_owned(), message: error.to_string() });
            }
            if findings.len() >= FINDINGS_MAX {
                break;
            }
        }
        Ok(findings)
    }
}

/// What the versions of a file contain.
fn contents(file: &Record) -> Result<Vec<Content>> {
    let nameless = || Problem::internal(format!("the file {} has a version that names no content", file.id()));
    file.get("versions").as_rows().iter().map(|version| content_of(version).ok_or_else(nameless)).collect()
}

fn before(now: Timestamp, age: Duration) -> Result<Timestamp> {
    now.checked_sub(age).map_err(|error| Problem::internal(error.to_string()))
}

impl Ctx {
    /// Hands every file to `each`, page by page, with what is needed of it here.
    async fn each_file(&mut self, deleted: bool, each: &mut (dyn FnMut(&Record) -> Result<()> + Send)) -> Result<()> {
        let object = Arc::clone(self.registry.object(FILE)?);
        let wanted = ["id", "created_at", "deleted_at", "versions"];
        let fields: Vec<usize> = wanted.iter().filter_map(|name| object.position(name)).collect();
        let sort = vec![("created_at".to_owned(), false)];
        let mut after: Option<Cursor> = None;
        loop {
            let ask = Ask { sort: sort.clone(), after, limit: PAGE, fields: fields.clone(), deleted, ..Ask::default() };
            let page = self.ask(&object, ask).await?;
            page.iter().try_for_each(&mut *each)?;
            let Some(last) = page.last().filter(|_| page.len() == PAGE) else { return Ok(()) };
            after = Some(Cursor::after(last, &sort));
        }
    }

    /// The files of a page that something is to be done about, and where the next page begins.
    async fn overdue(&mut self, after: Option<Cursor>, age: Duration) -> Result<(Vec<Uuid>, Option<Cursor>)> {
        let object = Arc::clone(self.registry.object(FILE)?);
        let sort = vec![("created_at".to_owned(), false)];
        let fields = ["id", "created_at", "loose_since"].iter().filter_map(|name| object.position(name)).collect();
        let page = self.ask(&object, Ask { sort: sort.clone(), after, limit: PAGE, fields, ..Ask::default() }).await?;
        let next = page.last().filter(|_| page.len() == PAGE).map(|last| Cursor::after(last, &sort));
        let referred = self.referred_to(page.iter().map(Record::id)).await?;
        let cutoff = before(self.now(), age)?;
        let is_overdue =
            |file: &&Record| Fate::of(referred.contains(&file.id()), loose_since(file), cutoff) != Fate::Stays;
        Ok((page.iter().filter(is_overdue).map(Record::id).collect(), next))
    }

    /// Does with files what is to be done by now; how many were deleted.
    async fn delete_loose(&mut self, ids: Vec<Uuid>, age: Duration) -> Result<u64> {
        let object = Arc::clone(self.registry.object(FILE)?);
        let referred = self.referred_to(ids.iter().copied()).await?;
        let cutoff = before(self.now(), age)?;
        self.begin_run(SWEEP).await?;
        let mut deleted = 0;
        for id in ids {
            let Some(record) = self.record_for(&object, id, READ, false).await? else { continue };
            let loose_since = match Fate::of(referred.contains(&id), loose_since(&record), cutoff) {
                Fate::Stays => continue,
                Fate::Goes => {
                    self.delete_record(&object, id).await?;
                    deleted += 1;
                    continue;
                }
                Fate::IsLoose => Some(self.now()),
                Fate::IsReferredTo => None,
            };
            self.save(File { loose_since, ..File::from_record(&record) }).await?;
        }
        Ok(deleted)
    }

    /// Those of the files to which a record refers that is there or can be restored.
    async fn referred_to(&mut self, ids: impl Iterator<Item = Uuid>) -> Result<HashSet<Uuid>> {
        let registry = Arc::clone(&self.registry);
        let mut referred = HashSet::new();
        for id in ids {
            if self.is_needed(&registry, id).await? {
                referred.insert(id);
            }
        }
        Ok(referred)
    }

    async fn is_needed(&mut self, registry: &Registry, id: Uuid) -> Result<bool> {
        let links = registry.links_to.get(FILE).into_iter().flatten();
        for (holder, field) in links.filter(|(holder, field)| holder.hangs_on.as_ref() != Some(field)) {
            for deleted in [false, true] {
                // Rows of a deleted record are among the live ones.
                if deleted && holder.child_of.is_some() {
                    continue;
                }
                let filters = vec![self.leading_to(holder, field, &ObjectName::resolve("", FILE), &[id])?];
                let ask = Ask { filters, limit: 1, deleted, ..Ask::default() };
                if self.count_of(holder, ask, Some(1)).await? > 0 {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

/// What is to be done with a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stays,
    /// Nothing refers to it any more: the time begins.
    IsLoose,
    /// Something refers to it: the time ends.
    IsReferredTo,
    Goes,
}

impl Fate {
    fn of(referred: bool, loose_since: Option<Timestamp>, cutoff: Timestamp) -> Fate {
        match (referred, loose_since) {
            (true, None) => Fate::Stays,
            (true, Some(_)) => Fate::IsReferredTo,
            (false, None) => Fate::IsLoose,
            (false, Some(since)) if since > cutoff => Fate::Stays,
            (false, Some(_)) => Fate::Goes,
        }
    }
}

fn loose_since(file: &Record) -> Option<Timestamp> {
    if let Value::DateTime(since) = file.get("loose_since") { Some(*since) } else { None }
}
