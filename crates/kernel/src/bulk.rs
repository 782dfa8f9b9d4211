//! One action on many records, or many new records: one run, in portions, undone as one.
//!
//! Each record is all or nothing by itself, under the caller's rights to it, and one that is refused harms no other;
//! unless the whole is asked for as one. Work that was cut off goes on under the same run.

use std::collections::HashSet;
use std::sync::Arc;

use nexus_model::{FieldError, Object, Problem, Record, Uuid};
use nexus_store::Filter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::faces::ListParams;
use crate::kernel::{BATCH_MAX, Kernel};
use crate::operation::Effect;
use crate::policy::READ;
use crate::portions::{CHUNK, Item, PREVIEW_ITEMS, PREVIEW_SHOWN, REJECTS_MAX, begin, reasons};
use crate::principal::Principal;
use crate::registry::Action;
use crate::{Kind, Result, Tenant};

/// Records that one call may work on.
const RECORDS_MAX: usize = 100_000;
/// Ids read at a time.
const PAGE: usize = 500;
/// Steps of a run read at a time.
const STEPS: usize = 2_000;

/// What is to be done with which records: those of `ids`, those that `filter` selects, or one for each of `records`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BulkRequest {
    /// `create`, `update`, `delete`, `restore`, or the name of an action on a record, such as `convert`
    pub action: String,
    /// The records with these ids
    pub ids: Option<Vec<Uuid>>,
    /// The records for which this CEL condition over the fields holds; `true` for all
    pub filter: Option<String>,
    /// For `create` the new records; for every other action objects of the `id` and the input of this record alone
    #[schemars(with = "Option<Vec<serde_json::Map<String, Json>>>")]
    pub records: Option<Vec<Json>>,
    /// The input for all of them
    #[schemars(with = "Option<serde_json::Map<String, Json>>")]
    pub input: Json,
    /// Answer what would change, and change nothing
    pub preview: bool,
    /// All of it or nothing, for at most 500 records
    pub whole: bool,
    /// The run to go on with after the work was cut off; a new one when left out
    pub run: Option<Uuid>,
}

/// A record that was refused.
#[derive(Clone, Debug, Serialize)]
pub struct Refused {
    /// Of a new record its place, from 0; none of a stored one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<usize>,
    pub id: Option<Uuid>,
    /// What the caller calls the record, where it may be read.
    pub title: String,
    pub errors: Vec<FieldError>,
}

/// What became of the records.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BulkReport {
    pub run: Uuid,
    /// Records that were asked for.
    pub selected: usize,
    pub done: usize,
    /// Records that no longer fitted the filter when their turn came, and those that the run had dealt with before.
    pub skipped: usize,
    pub refused_count: usize,
    /// At most 1,000.
    pub refused: Vec<Refused>,
    /// Of a preview: how many records were tried, at most 1,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tried: Option<usize>,
    /// Of a preview: the first changes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Json>,
}

/// What is done with one record.
struct Task {
    index: usize,
    record: Option<Uuid>,
    input: Json,
}

/// The same for all portions.
struct Work {
    object: Arc<Object>,
    action: Arc<Action>,
    /// What a record must still fit when its turn comes.
    filter: Option<String>,
    deleted: bool,
    whole: bool,
}

impl Kernel {
    /// Runs an action on many records, or makes many records, as one run.
    pub async fn bulk(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        company: Option<Uuid>,
        request: BulkRequest,
    ) -> Result<BulkReport> {
        let name = format!("{}.bulk_{}_{}", object.name.app(), request.action.replace('-', "_"), object.name.object());
        let work = Arc::new(Work::of(tenant, object, &request)?);
        let run = request.run.unwrap_or_else(Uuid::now_v7);
        let preview = request.preview;
        let (asked, given, of) = (request.run, request, Arc::clone(&work));
        let named = name.clone();
        let (selected, mut tasks) = self
            .read_in(tenant, principal, company, move |ctx| {
                Box::pin(async move {
                    let known = match asked {
                        Some(run) => ctx.dealt_with(run, &named, &of.action).await?,
                        None => HashSet::new(),
                    };
                    let mut tasks = ctx.tasks(&of, given).await?;
                    let selected = tasks.len();
                    tasks.retain(|task| task.record.is_none_or(|id| !known.contains(&id)));
                    Ok((selected, tasks))
                })
            })
            .await?;
        if work.whole && tasks.len() > BATCH_MAX {
            let message =
                format!("is for at most {BATCH_MAX} records, and {selected} are asked for; leave `whole` out");
            return Err(Problem::field("whole", "max", message));
        }
        let mut report = BulkReport { run, selected, skipped: selected - tasks.len(), ..BulkReport::default() };
        if preview {
            tasks.truncate(PREVIEW_ITEMS);
            report.tried = Some(tasks.len());
        }
        let most = if preview || work.whole { tasks.len().max(1) } else { CHUNK };
        let mut tasks = tasks.into_iter();
        loop {
            let portion: Vec<Task> = tasks.by_ref().take(most).collect();
            if portion.is_empty() {
                return Ok(report);
            }
            let (work, name) = (Arc::clone(&work), name.clone());
            report = self
                .write_in(tenant, principal, company, run, !preview, move |ctx| {
                    Box::pin(async move {
                        begin(ctx, &name).await?;
                        ctx.keeps_written = preview;
                        ctx.wants_ids = true;
                        ctx.portion(&work, portion, &mut report).await?;
                        if preview {
                            ctx.written.truncate(PREVIEW_SHOWN);
                            report.changes = ctx.told_changes().await?;
                        }
                        Ok(report)
                    })
                })
                .await?;
        }
    }
}

impl Work {
    fn of(tenant: &Tenant, object: &Arc<Object>, request: &BulkRequest) -> Result<Work> {
        let create = request.action == "create";
        let found = tenant.registry().action_at(object, &request.action.replace('_', "-"), !create);
        let action = found.map_err(|_| {
            let message = format!("{} is no action on {}", request.action, object.plural.to_lowercase());
            Problem::field("action", "action", message)
        })?;
        if action.effect == Effect::Read {
            return Err(Problem::field("action", "effect", "changes nothing; read the records by a list"));
        }
        let given = [request.ids.is_some(), request.filter.is_some(), request.records.is_some()];
        if given.iter().filter(|given| **given).count() != 1 {
            return Err(Problem::malformed("say which records: give one of `ids`, `filter` and `records`"));
        }
        if create && request.records.is_none() {
            return Err(Problem::field("records", "required", "is required: the new records"));
        }
        Ok(Work {
            object: Arc::clone(object),
            action: Arc::clone(action),
            filter: request.filter.clone(),
            deleted: action.generic && request.action == "restore",
            whole: request.whole,
        })
    }
}

impl Ctx {
    /// The records that a run cut off before has dealt with already.
    async fn dealt_with(&mut self, run: Uuid, name: &str, action: &Action) -> Result<HashSet<Uuid>> {
        let mut found = HashSet::new();
        // Whoever chose the run's id before it began has nothing done yet.
        let Some(known) = self.tx.run(run).await? else { return Ok(found) };
        if known.principal != self.principal.user || known.action != name || known.undone_by.is_some() {
            return Err(Problem::field("run", "run", "is none of yours that could go on with this"));
        }
        let mut before = i64::MAX;
        loop {
            let page = self.tx.steps(run, before, STEPS).await?;
            let Some(last) = page.last() else { return Ok(found) };
            before = last.step;
            let own = page.iter().filter(|step| step.parent.is_none() && step.action == action.name);
            found.extend(own.filter_map(|step| step.record));
        }
    }

    /// What is to be done, record by record.
    async fn tasks(&mut self, work: &Work, request: BulkRequest) -> Result<Vec<Task>> {
        let BulkRequest { ids, filter, records, input, .. } = request;
        let too_many = || {
            let message = format!("more than {RECORDS_MAX} records are asked for; take them in parts");
            Problem::new(Kind::TooLarge, message)
        };
        if let Some(records) = records {
            if records.len() > RECORDS_MAX {
                return Err(too_many());
            }
            return records.into_iter().enumerate().map(|(index, own)| task(work, index, own, &input)).collect();
        }
        let ids = match (ids, filter) {
            (Some(ids), _) => {
                let mut known = HashSet::new();
                ids.into_iter().filter(|id| known.insert(*id)).collect()
            }
            (None, filter) => self.selected(work, filter).await?,
        };
        if ids.len() > RECORDS_MAX {
            return Err(too_many());
        }
        let ids = ids.into_iter().enumerate();
        Ok(ids.map(|(index, id)| Task { index, record: Some(id), input: input.clone() }).collect())
    }

    /// The ids that a filter selects, in the order in which they were given; one more than are allowed at most.
    async fn selected(&mut self, work: &Work, filter: Option<String>) -> Result<Vec<Uuid>> {
        if !self.policy().may(&work.object, READ) {
            return Err(Problem::denied(format!("you may not read {}", work.object.plural.to_lowercase())));
        }
        let filters = self.filters(&work.object, &ListParams { filter, ..ListParams::default() })?;
        let sort = vec![("id".to_owned(), false)];
        let (mut found, mut after) = (Vec::new(), None);
        while found.len() <= RECORDS_MAX {
            let ask = Ask {
                filters: filters.clone(),
                sort: sort.clone(),
                after: after.take(),
                limit: PAGE,
                fields: vec![0],
                deleted: work.deleted,
                ..Ask::default()
            };
            let page = self.ask(&work.object, ask).await?;
            found.extend(page.iter().map(Record::id));
            match page.last().filter(|_| page.len() == PAGE) {
                Some(last) => after = Some(nexus_store::Cursor::after(last, &sort)),
                None => break,
            }
        }
        Ok(found)
    }

    /// One portion of the work, in the transaction at hand.
    async fn portion(&mut self, work: &Work, tasks: Vec<Task>, report: &mut BulkReport) -> Result<()> {
        let fitting = self.still_fitting(work, &tasks).await?;
        for Task { index, record, input } in tasks {
            if let (Some(fitting), Some(id)) = (&fitting, &record)
                && !fitting.contains(id)
            {
                report.skipped += 1;
                continue;
            }
            let item = Item::begin(self).await?;
            let ran = self.perform(&work.action, record, input).await;
            match item.end(self, ran).await? {
                Ok(_) => report.done += 1,
                Err(problem) => {
                    report.refused_count += 1;
                    if report.refused.len() < REJECTS_MAX {
                        let title = self.title_if_seen(work, record).await?;
                        let index = record.is_none().then_some(index);
                        report.refused.push(Refused { index, id: record, title, errors: reasons(problem) });
                    }
                }
            }
        }
        if work.whole && report.refused_count > 0 {
            let detail =
                format!("{} of {} records are refused, so nothing was changed", report.refused_count, report.selected);
            return Err(Problem::conflict(detail).with("refused", json!(report.refused)));
        }
        Ok(())
    }

    /// Those of the records that fit the filter now, where there is one.
    async fn still_fitting(&mut self, work: &Work, tasks: &[Task]) -> Result<Option<HashSet<Uuid>>> {
        let Some(filter) = &work.filter else { return Ok(None) };
        let ids: Vec<Uuid> = tasks.iter().filter_map(|task| task.record).collect();
        let params = ListParams { filter: Some(filter.clone()), ..ListParams::default() };
        let mut filters = self.filters(&work.object, &params)?;
        let limit = ids.len();
        filters.push(Filter::Ids(ids));
        let ask = Ask { filters, limit, fields: vec![0], deleted: work.deleted, ..Ask::default() };
        Ok(Some(self.ask(&work.object, ask).await?.iter().map(Record::id).collect()))
    }

    async fn title_if_seen(&mut self, work: &Work, record: Option<Uuid>) -> Result<String> {
        let Some(id) = record else { return Ok(String::new()) };
        let found = self.record_for(&work.object, id, READ, work.deleted).await?;
        Ok(found.map(|record| record.title()).unwrap_or_default())
    }
}

/// What one of `records` asks for, over the input for all.
fn task(work: &Work, index: usize, own: Json, shared: &Json) -> Result<Task> {
    let Json::Object(mut own) = own else {
        return Err(Problem::field(format!("records/{index}"), "type", "is an object"));
    };
    let mut record = None;
    if work.action.on_record {
        let id = own.shift_remove("id");
        let id = id.as_ref().and_then(Json::as_str).and_then(|id| Uuid::try_parse(id).ok());
        let place = format!("records/{index}/id");
        record = Some(id.ok_or_else(|| Problem::field(place, "uuid", "is the id of a record"))?);
    }
    for (name, value) in shared.as_object().into_iter().flatten() {
        if !own.contains_key(name) {
            own.insert(name.clone(), value.clone());
        }
    }
    Ok(Task { index, record, input: Json::Object(own) })
}
