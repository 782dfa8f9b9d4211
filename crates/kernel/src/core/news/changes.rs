//! Whoever follows a record is told of its changes, once a run and in words of what they see.
//!
//! The transaction that changes something asks for a job, so that nobody waits for the telling; where nobody follows
//! anything it asks nothing.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use nexus_model::{ObjectName, Record, Uuid, Value};
use nexus_store::{Change, EventFilter, Verb};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::Result;
use crate::core::{Follower, Job, User};
use crate::ctx::Ctx;
use crate::entity::{Id, Leads};
use crate::find::find;
use crate::jobs::JobCtx;
use crate::notify::Notice;
use crate::policy::READ;
use crate::undo::put;

/// The job that tells, and what the log shows as asking for it.
const NEWS: &str = "core.news";
/// Records that are asked about at a time.
const PAGE: usize = 200;
/// Followed records of one run of which followers are told.
const RECORDS_MAX: usize = 1_000;
/// Events of one record that are looked through for those of a run.
const EVENTS_MAX: usize = 500;

/// What a run changed that somebody follows.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Changed {
    run: Uuid,
    /// Object and id.
    records: Vec<(String, Uuid)>,
}

/// A record before and after a run.
struct Difference {
    before: Record,
    after: Record,
}

impl Ctx {
    /// Asks for the job that tells whoever follows what this work has changed.
    pub(crate) async fn ask_for_news(&mut self) -> Result<()> {
        let changed = std::mem::take(&mut self.changed);
        if changed.is_empty() {
            return Ok(());
        }
        let aside = self.step_aside(NEWS);
        let asked = self.ask_for_news_of(changed).await;
        self.resume(aside);
        asked
    }

    async fn ask_for_news_of(&mut self, changed: BTreeMap<Uuid, Vec<Leads>>) -> Result<()> {
        // The writer remembers that nobody follows anything.
        if self.first(find::<Follower>()).await?.is_none() {
            return Ok(());
        }
        for (run, mut records) in changed {
            let mut known = HashSet::new();
            records.retain(|record| known.insert(record.id));
            let mut followed = Vec::new();
            for page in records.chunks(PAGE) {
                let led = page.iter().map(|record| Value::Leads(record.object.clone(), record.id));
                let found = self.all(find::<Follower>().any("target", led)).await?;
                let found: HashSet<Uuid> = found.into_iter().filter_map(|found| Some(found.target?.id)).collect();
                followed.extend(page.iter().filter(|record| found.contains(&record.id)).cloned());
            }
            followed.truncate(RECORDS_MAX);
            if !followed.is_empty() {
                let records = followed.into_iter().map(|led| (led.object.as_str().to_owned(), led.id)).collect();
                let changed = Changed { run, records };
                self.enqueue(Job::action(NEWS).with(json!(changed)).queue("news")).await?;
            }
        }
        Ok(())
    }

    /// What a run made of a record; nothing when it did not change it, or the record is gone.
    async fn difference_of(&mut self, run: Uuid, record: &Leads) -> Result<Option<Difference>> {
        let Some(object) = self.schema().get(record.object.as_str()).map(Arc::clone) else { return Ok(None) };
        let Some(stored) = self.record_for(&object, record.id, READ, false).await? else { return Ok(None) };
        let filter = EventFilter::Record { record: record.id, before: i64::MAX };
        let events = self.tx.events(filter, EVENTS_MAX).await?;
        let of_run = events.into_iter().rev().filter(|event| event.event.run == run);
        let updates = of_run.filter(|event| event.event.verb == Verb::Update);
        let changes: Vec<Change> = updates.flat_map(|event| event.event.changes).collect();
        let schema = Arc::clone(self.schema());
        // Fields that are no longer there, and secrets, are left as they are.
        let mut after = stored;
        changes.iter().for_each(|change| drop(put(&mut after, &change.field, &change.to, &schema)));
        let mut before = after.clone();
        changes.iter().rev().for_each(|change| drop(put(&mut before, &change.field, &change.from, &schema)));
        Ok((!changes.is_empty()).then_some(Difference { before, after }))
    }

    /// What a reader may know of the changes: the sentences of each record that they may read and of which they see
    /// something that differs.
    async fn words_for(&mut self, reader: Id<User>, changed: &[(Leads, Difference)]) -> Result<Vec<(usize, String)>> {
        let Some(before) = self.stand_in(reader).await? else { return Ok(Vec::new()) };
        let mut told = Vec::new();
        let mut failed = None;
        for (index, (record, difference)) in changed.iter().enumerate() {
            match self.words_of(record, difference).await {
                Ok(words) if words.is_empty() => {}
                Ok(words) => told.push((index, words.join("\n"))),
                Err(problem) => {
                    failed = Some(problem);
                    break;
                }
            }
        }
        self.stand_back(before);
        failed.map_or(Ok(told), Err)
    }

    async fn words_of(&mut self, record: &Leads, difference: &Difference) -> Result<Vec<String>> {
        let Difference { before, after } = difference;
        if self.record_for(after.object(), record.id, READ, false).await?.is_none() {
            return Ok(Vec::new());
        }
        let titles = self.titles(&[before, after]).await?;
        let told = self.told_difference((Some(before), Some(after)), &titles);
        Ok(told.into_iter().map(|told| told.text).collect())
    }
}

/// Tells the followers of what a run changed, but for whoever did it.
pub(crate) async fn tell_of_changes(job: JobCtx, changed: Changed) -> Result<()> {
    let told = job.kernel.manage(&job.tenant, move |ctx| Box::pin(tell(ctx, changed)));
    told.await
}

async fn tell(ctx: &mut Ctx, Changed { run, records }: Changed) -> Result<()> {
    let Some(by) = ctx.tx.run(run).await?.map(|run| run.principal) else { return Ok(()) };
    let who = match ctx.first(find::<User>().eq("id", by)).await? {
        Some(user) => user.name,
        None => "Nexus".to_owned(),
    };
    let mut changed = Vec::new();
    for (object, id) in records {
        let record = Leads { object: ObjectName::resolve("", &object), id };
        if let Some(difference) = ctx.difference_of(run, &record).await? {
            changed.push((record, difference));
        }
    }
    let mut readers: BTreeMap<Id<User>, HashSet<Uuid>> = BTreeMap::new();
    for page in changed.chunks(PAGE) {
        let led = page.iter().map(|(record, _)| Value::Leads(record.object.clone(), record.id));
        for follower in ctx.all(find::<Follower>().any("target", led)).await? {
            let followed = follower.target.map(|target| target.id);
            readers.entry(follower.user).or_default().extend(followed);
        }
    }
    readers.remove(&Id::new(by));
    for (reader, followed) in readers {
        let told = ctx.words_for(reader, &changed).await?;
        let mut told = told.into_iter().filter(|(index, _)| followed.contains(&changed[*index].0.id));
        let Some((index, words)) = told.next() else { continue };
        let (record, difference) = &changed[index];
        let title = super::short(&difference.after.title());
        let title = match told.count() {
            0 => format!("{who} changes {title}"),
            more => format!("{who} changes {title} and {more} more that you follow"),
        };
        let notice = Notice::new("core.change", title).body(words).about_any(record.clone());
        ctx.notify(reader, notice.once(format!("change/{run}"))).await?;
    }
    Ok(())
}
