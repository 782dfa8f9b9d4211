//! Imports in the background: a file that was uploaded, worked on by a job, to be stopped and gone on with.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::{Buf, Bytes};
use futures::StreamExt;
use futures::executor::block_on;
use futures::stream::BoxStream;
use nexus_macros::action;
use nexus_model::{Problem, Uuid};
use nexus_store::waiting;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::{ImportRequest, Mapping, Watch};
use crate::core::{File, Import, ImportState, Job, JobState};
use crate::ctx::Ctx;
use crate::entity::Id;
use crate::jobs::JobCtx;
use crate::operation::NoInput;
use crate::{BoxFuture, Kind, Result};

/// The job that works on an import.
const JOB: &str = "core.import";
/// Seconds that one try may take: what is left is for the next.
const SECONDS_MAX: i64 = 86_400;

/// Which file becomes which records.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Begin {
    /// What the rows become, such as `contacts.party`
    object: String,
    /// The file, which was uploaded before
    file: Id<File>,
    /// How it is read and which column goes where, as an inspection answers it; made out when left out
    #[serde(default)]
    mapping: Mapping,
}

/// Imports a file that was uploaded, in the background. What the rows become is one run, whose id is the import's.
#[action(object = "import", name = "begin", effect = "reversible", label = "Import a file", elevated)]
pub async fn begin_import(ctx: &mut Ctx, input: Begin) -> Result<Import> {
    let object = ctx.tenant.object(&input.object)?.name.to_string();
    // The action is elevated for the sake of its record; a file is opened by who may open it.
    let elevated = std::mem::replace(&mut ctx.elevated, false);
    let file = ctx.openable(input.file.uuid()).await;
    ctx.elevated = elevated;
    let file = file?.ok_or_else(|| Problem::field("file", "file", "is no file that is open to you"))?;
    let import = Import {
        name: file.text("name").to_owned(),
        object,
        file: Some(input.file.uuid()),
        mapping: Some(json!({"columns": [], "mapping": input.mapping})),
        owner: ctx.user(),
        ..Import::default()
    };
    let import = ctx.create(import).await?;
    ask(ctx, import).await
}

async fn ask(ctx: &mut Ctx, import: Import) -> Result<Import> {
    let job = Job { timeout_seconds: SECONDS_MAX, ..Job::action(JOB).with(json!({"import": import.id})) };
    let job = ctx.enqueue(job).await?;
    ctx.save(Import { job: Some(job.uuid()), state: ImportState::Running, error: None, ..import }).await
}

/// Stops an import after the rows that it has dealt with; what they became stays.
#[action(object = "import", name = "cancel", effect = "reversible", when = "state == 'running'", elevated)]
pub async fn cancel_import(ctx: &mut Ctx, import: Id<Import>, _input: NoInput) -> Result<Import> {
    let import = ctx.get(import).await?;
    if let Some(job) = at_work(ctx, &import).await? {
        let (state, finished_at) = (JobState::Cancelled, Some(ctx.now()));
        ctx.save(Job { state, finished_at, process: None, ..job }).await?;
    }
    ctx.save(Import { state: ImportState::Cancelled, ..import }).await
}

/// The job that works on an import, or is about to. One that was given up or discarded leaves its import as it stood.
async fn at_work(ctx: &mut Ctx, import: &Import) -> Result<Option<Job>> {
    let Some(job) = import.job else { return Ok(None) };
    match ctx.get(Id::<Job>::new(job)).await {
        Ok(job) => Ok(Some(job).filter(|job| matches!(job.state, JobState::Queued | JobState::Running))),
        Err(problem) if problem.kind == Kind::NotFound => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// Goes on with an import that was stopped, after the rows that it has dealt with.
#[action(
    object = "import",
    name = "resume",
    effect = "reversible",
    when = "state in ['running', 'failed', 'cancelled']",
    elevated
)]
pub async fn resume_import(ctx: &mut Ctx, import: Id<Import>, _input: NoInput) -> Result<Import> {
    crate::portions::not_undone(ctx, import.uuid()).await?;
    let import = ctx.get(import).await?;
    if import.file.is_some() {
        if at_work(ctx, &import).await?.is_some() {
            return Err(Problem::conflict("a job is at work on this import already"));
        }
        return ask(ctx, import).await;
    }
    // Whoever has the file sends it again under the same run.
    ctx.save(Import { state: ImportState::Running, error: None, ..import }).await
}

/// Which import a job works on.
#[derive(Deserialize)]
pub(crate) struct ToImport {
    import: Id<Import>,
}

/// The job: imports what is left of a file.
pub(crate) async fn import_rows(mut job: JobCtx, given: ToImport) -> Result<()> {
    let id = given.import.uuid();
    let worked = work(&mut job, id).await;
    let Err(problem) = &worked else { return Ok(()) };
    // Of a conflict somebody else has the import: the job was stopped, or another goes on.
    if problem.kind == Kind::Conflict || !job.is_given_up(problem) {
        return worked;
    }
    let error = problem.to_string();
    let (tenant, system) = (Arc::clone(&job.tenant), Arc::new(crate::Principal::system()));
    let noted = job.kernel.write_in(&tenant, &system, None, Uuid::now_v7(), true, move |ctx| {
        Box::pin(async move {
            ctx.step_aside(super::kept::WORK);
            let Some(import) = ctx.import_of(id).await? else { return Ok(()) };
            if import.state != ImportState::Running {
                return Ok(());
            }
            ctx.save(Import { state: ImportState::Failed, error: Some(error), ..import }).await.map(drop)
        })
    });
    noted.await?;
    worked
}

async fn work(job: &mut JobCtx, id: Uuid) -> Result<()> {
    let (kernel, tenant, principal) = (Arc::clone(&job.kernel), Arc::clone(&job.tenant), Arc::clone(&job.principal));
    let system = Arc::new(crate::Principal::system());
    let found = kernel.read_in(&tenant, &system, None, move |ctx| Box::pin(async move { ctx.import_of(id).await }));
    let import = found.await?.ok_or_else(|| Problem::not_found(format!("there is no import {id}")))?;
    let company = (!import.company.is_nil()).then(|| import.company.uuid());
    let object = Arc::clone(tenant.object(&import.object)?);
    let file = import.file.ok_or_else(|| Problem::not_found("the import has no file"))?;
    let file = kernel.file(&tenant, &principal, file, None).await?;
    let size = file.content.size;
    let parts = kernel.file_range(&tenant, &file, 0..size).await?;
    let read = Arc::new(AtomicU64::new(0));
    let content = Content { parts, rest: Bytes::new(), read: Arc::clone(&read) };
    let mapping = super::kept::mapping_of(&import)?;
    let request =
        ImportRequest { file: Box::new(content), name: import.name, mapping, preview: false, company, run: Some(id) };
    let mut watch = Watched { job, read, size };
    kernel.import_watched(&tenant, &principal, &object, request, Some(&mut watch)).await.map(drop)
}

/// Tells the job how much of the file was read.
struct Watched<'a> {
    job: &'a mut JobCtx,
    read: Arc<AtomicU64>,
    size: u64,
}

impl Watch for Watched<'_> {
    fn told(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move { self.job.progress(self.read.load(Ordering::Relaxed), self.size).await })
    }
}

/// What a file contains, read portion by portion.
struct Content {
    parts: BoxStream<'static, Result<Bytes>>,
    rest: Bytes,
    read: Arc<AtomicU64>,
}

impl Read for Content {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.rest.is_empty() {
            match waiting(|| block_on(self.parts.next())) {
                Some(part) => self.rest = part.map_err(std::io::Error::other)?,
                None => return Ok(0),
            }
        }
        let count = self.rest.len().min(buffer.len());
        self.rest.copy_to_slice(&mut buffer[..count]);
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
