//! Stored values that follow what they are worked out from: a change of a record asks, in its own transaction, for the
//! records that read it by a link to be worked out anew soon after.
//!
//! It is a job, because one change may have any number of followers, and because nobody waits for them. What was posted
//! keeps the values that it was posted with.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::HashMap;
use nexus_model::field::Recompute;
use nexus_model::object::system;
use nexus_model::{Field, Object, Record, Schema, Uuid};
use nexus_store::{Change, Cursor, Filter, Verb};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::core::Job;
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::jobs::JobCtx;
use crate::portions::{CHUNK, Item, begin};
use crate::principal::Principal;
use crate::{Problem, Result};

/// The job, and the action that the log shows for what it changes.
const RECOMPUTE: &str = "core.recompute";

/// Changed records of one job; their ids stand in a condition, whose length is bounded.
const SOURCES_MAX: usize = 100;

/// Records that follow those of another object.
pub(crate) struct Followers {
    /// Whose values they are; of rows, the object of the rows.
    holder: Arc<Object>,
    /// The links that lead from the holder, joined by dots.
    by: String,
    /// The fields that are read there.
    reads: Vec<String>,
}

/// Records that were changed and which others follow, by the object of those and the links that lead from them.
pub(crate) type Sources = BTreeMap<(String, String), BTreeSet<Uuid>>;

/// Which records follow those of each object.
pub(crate) fn followers(schema: &Schema) -> HashMap<String, Vec<Followers>> {
    let mut all: HashMap<String, Vec<Followers>> = HashMap::default();
    for holder in schema.objects() {
        let fields = holder.fields.iter().filter(|field| field.recompute == Recompute::Source);
        for read in fields.filter_map(|field| field.computed.as_ref()?.followed()).flatten() {
            let of = all.entry(read.object.as_str().to_owned()).or_default();
            match of.iter_mut().find(|known| known.holder.name == holder.name && known.by == read.by) {
                Some(known) => known.reads.push(read.field),
                None => of.push(Followers { holder: Arc::clone(holder), by: read.by, reads: vec![read.field] }),
            }
        }
    }
    all
}

/// What a job is asked to do: to work out the records of `holder` that the links `by` lead from to `sources`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Following {
    holder: String,
    by: String,
    sources: Vec<Uuid>,
}

impl Ctx {
    /// Remembers that others follow a change.
    pub(super) fn note_source(&mut self, record: &Record, verb: Verb, changes: &[Change]) {
        // Nothing leads yet to what is new, and to what was put away nothing does that may be read.
        if self.registry.followers.is_empty() || matches!(verb, Verb::Create | Verb::Delete) {
            return;
        }
        let object = record.object().name.as_str();
        for followers in self.registry.followers.get(object).into_iter().flatten() {
            let changed = |field: &str| {
                let mut names = changes.iter().map(|change| change.field.split(['/', '.']).next().unwrap_or_default());
                names.any(|name| name == field)
            };
            if followers.reads.iter().any(|field| changed(field)) {
                let key = (followers.holder.name.as_str().to_owned(), followers.by.clone());
                self.sources.entry(key).or_default().insert(record.id());
            }
        }
    }

    /// Whether values of the object's records, or of their rows, follow other records.
    pub(crate) fn is_follower(&self, object: &Object) -> bool {
        let rows = object.table_fields().filter_map(|(_, child)| self.schema().get(child.as_str()).map(Arc::as_ref));
        let follows = |field: &Field| field.recompute == Recompute::Source;
        std::iter::once(object).chain(rows).any(|holder| holder.fields.iter().any(follows))
    }

    /// Asks for the records that follow what was changed to be worked out anew.
    pub(crate) async fn ask_followers(&mut self) -> Result<()> {
        let sources = std::mem::take(&mut self.sources);
        if sources.is_empty() {
            return Ok(());
        }
        // Undo of what was changed asks for the same once more, and takes no job back that was done.
        let aside = self.step_aside(RECOMPUTE);
        let asked = self.ask_each(sources).await;
        self.resume(aside);
        asked
    }

    async fn ask_each(&mut self, sources: Sources) -> Result<()> {
        for ((holder, by), sources) in sources {
            let sources: Vec<Uuid> = sources.into_iter().collect();
            for sources in sources.chunks(SOURCES_MAX) {
                let following = Following { holder: holder.clone(), by: by.clone(), sources: sources.to_vec() };
                // One after the other, so that no two of them meet at one record.
                self.enqueue(Job::action(RECOMPUTE).with(json!(following)).key(RECOMPUTE)).await?;
            }
        }
        Ok(())
    }
}

/// Works out the followers of some records, portion by portion, under one run that can be undone.
pub(crate) async fn recompute(mut job: JobCtx, following: Following) -> Result<()> {
    let holder = Arc::clone(job.tenant.registry().object(&following.holder)?);
    let ids: Vec<String> = following.sources.iter().map(|id| format!("'{id}'")).collect();
    let condition = Arc::new(format!("{} in [{}]", following.by, ids.join(", ")));
    let system = Arc::new(Principal::system());
    let (mut after, mut done) = (None, 0);
    loop {
        let (holder, condition) = (Arc::clone(&holder), Arc::clone(&condition));
        let (found, next) = job
            .kernel
            .write_in(&job.tenant, &system, None, job.id.uuid(), true, move |ctx| {
                Box::pin(async move {
                    begin(ctx, RECOMPUTE).await?;
                    ctx.keeps_written = false;
                    ctx.recompute_portion(&holder, &condition, after).await
                })
            })
            .await?;
        done += found;
        if next.is_none() {
            return Ok(());
        }
        after = next;
        job.progress(done, done + 1).await?;
    }
}

impl Ctx {
    /// Works out the next followers; also how many there were, and where those after them begin.
    async fn recompute_portion(
        &mut self,
        holder: &Arc<Object>,
        condition: &str,
        after: Option<Cursor>,
    ) -> Result<(u64, Option<Cursor>)> {
        let sort = vec![(system::ID.to_owned(), false)];
        let filters = vec![Filter::Where(self.condition(holder, condition)?)];
        let parent = holder.position(system::PARENT).filter(|_| holder.child_of.is_some());
        let fields = holder.position(system::ID).into_iter().chain(parent).collect();
        let ask = Ask { filters, sort: sort.clone(), after, limit: CHUNK, fields, ..Ask::default() };
        let page = self.ask(holder, ask).await?;
        let next = page.last().filter(|_| page.len() == CHUNK).map(|last| Cursor::after(last, &sort));
        // Rows are worked out with the record that they are of.
        let ids: BTreeSet<Uuid> =
            page.iter().filter_map(|found| parent.map_or(Some(found.id()), |at| found.at(at).as_id())).collect();
        let object = match &holder.child_of {
            Some(parent) => Arc::clone(self.schema().expect(parent)),
            None => Arc::clone(holder),
        };
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let count = u64::try_from(ids.len()).unwrap_or(u64::MAX);
        for record in self.stored(&object, &ids).await? {
            if record.deleted_at().is_some() || self.is_frozen(&record).await? {
                continue;
            }
            let id = record.id();
            let item = Item::begin(self).await?;
            let ran = self.work_out(record).await;
            if let Err(problem) = item.end(self, ran).await? {
                // It says what it said until somebody mends and saves it.
                tracing::warn!(tenant = self.tenant.slug, object = %object.name, record = %id, %problem, "a value does not follow");
            }
        }
        Ok((count, next))
    }

    async fn work_out(&mut self, record: Record) -> std::result::Result<(), Problem> {
        self.enter_company(record.link(system::COMPANY))?;
        self.update_record(record.clone(), record).await.map(drop)
    }
}
