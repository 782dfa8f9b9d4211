//! Reading through the gate.

use std::collections::HashMap;
use std::sync::Arc;

use nexus_model::expr::{Env, Expr, Scope};
use nexus_model::{Object, ObjectName, Problem, Record, Uuid, Value};
use nexus_store::{Cursor, Filter, Query, Rows};

use super::Ctx;
use crate::Result;
use crate::faces::shown::{Shown, View};
use crate::operation::Answer;
use crate::policy::{DELETE, Policy, READ};

/// Records that a link led to, by object and id.
pub(crate) type Linked = HashMap<(ObjectName, Uuid), Arc<Record>>;

/// A question for records, whole or page by page.
#[derive(Default)]
pub(crate) struct Ask {
    pub(crate) filters: Vec<Filter>,
    pub(crate) sort: Vec<(String, bool)>,
    pub(crate) after: Option<Cursor>,
    pub(crate) limit: usize,
    pub(crate) fields: Vec<usize>,
    /// Deleted records, which are for those who may read and delete them.
    pub(crate) deleted: bool,
    /// The verb whose rows are meant; `read` when empty.
    pub(crate) verb: &'static str,
}

macro_rules! query {
    ($ctx:ident, $object:ident, $ask:ident => $query:ident, $body:expr) => {{
        let verb = if $ask.verb.is_empty() { READ } else { $ask.verb };
        let mut filters = vec![Filter::Rows($ctx.policy().rows($object, verb))];
        if $ask.deleted {
            filters.push(Filter::Rows($ctx.policy().rows($object, DELETE)));
        }
        filters.extend($ask.filters);
        let (registry, principal, elevated) = (&*$ctx.registry, &*$ctx.principal, $ctx.elevated);
        let policy = Policy { registry, principal, elevated, now: $ctx.began };
        let guard = move |object: &Object| policy.rows(object, READ);
        let $query = Query {
            object: $object,
            filters,
            sort: $ask.sort,
            after: $ask.after,
            limit: $ask.limit,
            fields: $ask.fields,
            deleted: $ask.deleted,
            vars: &$ctx.vars,
            guard: &guard,
        };
        $body
    }};
}

impl Ctx {
    /// Live records that fit and that the principal may read.
    pub(crate) async fn records(
        &mut self,
        object: &Arc<Object>,
        filters: Vec<Filter>,
        sort: Vec<(String, bool)>,
        limit: usize,
    ) -> Result<Vec<Record>> {
        self.ask(object, Ask { filters, sort, limit, ..Ask::default() }).await
    }

    pub(crate) async fn ask(&mut self, object: &Arc<Object>, ask: Ask) -> Result<Vec<Record>> {
        tracing::trace!(object = object.name.as_str(), "records are read");
        Ok(query!(self, object, ask => query, self.tx.find(&query).await)?)
    }

    pub(crate) async fn count_of(&mut self, object: &Arc<Object>, ask: Ask, most: Option<u64>) -> Result<u64> {
        Ok(query!(self, object, ask => query, self.tx.count(&query, most).await)?)
    }

    pub(crate) async fn aggregate_of(
        &mut self,
        object: &Arc<Object>,
        ask: Ask,
        groups: Vec<nexus_store::Group>,
        measures: Vec<nexus_store::MeasureOf>,
    ) -> Result<Vec<Vec<Value>>> {
        Ok(query!(self, object, ask => query, {
            self.tx.aggregate(&nexus_store::Aggregate { query, groups, measures }).await
        })?)
    }

    /// One live record, if the principal may do `verb` with it.
    pub(crate) async fn record_for(
        &mut self,
        object: &Arc<Object>,
        id: Uuid,
        verb: &'static str,
        deleted: bool,
    ) -> Result<Option<Record>> {
        let kept = !deleted && self.keeps(object, verb);
        if kept && let Some(record) = self.seen.record(object, id) {
            return Ok(Some(record.clone()));
        }
        let ask = Ask { filters: vec![Filter::Ids(vec![id])], limit: 1, verb, deleted, ..Ask::default() };
        let found = self.ask(object, ask).await?.pop();
        if let Some(record) = found.as_ref().filter(|_| kept) {
            self.seen.keep(record.clone());
        }
        Ok(found)
    }

    /// Reads records that are about to be asked for one by one with one statement, so far as they may be kept.
    pub(crate) async fn prefetch(&mut self, object: &Arc<Object>, mut missing: Vec<Uuid>) -> Result<()> {
        missing.retain(|id| self.seen.record(object, *id).is_none());
        missing.sort_unstable();
        missing.dedup();
        if missing.len() < 2 || !self.keeps(object, READ) {
            return Ok(());
        }
        let limit = missing.len();
        for record in self.records(object, vec![Filter::Ids(missing)], Vec::new(), limit).await? {
            self.seen.keep(record);
        }
        Ok(())
    }

    /// Whether records that are read for `verb` are kept: nothing but a write of their own changes them, and the
    /// principal may do it with all of them.
    pub(super) fn keeps(&self, object: &Object, verb: &str) -> bool {
        self.registry.self_contained.contains(object.name.as_str())
            && matches!(self.policy().rows(object, verb), Rows::All)
    }

    /// One live record that the principal may read.
    pub(crate) async fn record(&mut self, object: &Arc<Object>, id: Uuid) -> Result<Record> {
        let found = self.record_for(object, id, READ, false).await?;
        found.ok_or_else(|| missing(object, id))
    }

    /// A caller's condition over an object, refused when it reads fields that the caller may not see.
    pub(crate) fn condition(&self, object: &Object, source: &str) -> Result<Arc<Expr>> {
        let schema = self.schema();
        let scope = Scope { objects: schema.as_ref(), this: Some(object) };
        let expr = Expr::condition(source, &scope).map_err(|error| Problem {
            errors: vec![nexus_model::FieldError::new("filter", "filter", error.to_string())],
            ..Problem::malformed(format!("the filter cannot be read: {error}"))
        })?;
        for (owner, name) in expr.reads() {
            let hidden =
                |owner: &Arc<Object>| owner.field(&name).is_some_and(|field| !self.policy().shows(owner, field));
            if schema.get(owner.as_str()).is_some_and(hidden) {
                return Err(Problem::denied(format!("{owner} has a field {name} that you may not filter by")));
            }
        }
        Ok(Arc::new(expr))
    }

    /// Everything that expressions over `record` may follow links to, read with the system's rights:
    /// a computed value is the same whoever looks.
    pub(crate) async fn linked_for(&mut self, exprs: &[&Expr], record: &Record) -> Result<Linked> {
        let mut found = Linked::new();
        let followed: Vec<(ObjectName, String)> = exprs.iter().flat_map(|expr| expr.links()).collect();
        if followed.is_empty() {
            return Ok(found);
        }
        let mut frontier: Vec<Arc<Record>> = vec![Arc::new(record.clone())];
        while !frontier.is_empty() {
            let mut wanted: HashMap<ObjectName, Vec<Uuid>> = HashMap::new();
            for record in &frontier {
                let rows = record.values().iter().flat_map(Value::as_rows);
                for holder in rows.chain([record.as_ref()]) {
                    for (object, field) in &followed {
                        if holder.object().name != *object {
                            continue;
                        }
                        let (Some(id), Some(target)) =
                            (holder.link(field), holder.object().field(field).and_then(|f| f.target()))
                        else {
                            continue;
                        };
                        if !found.contains_key(&(target.clone(), id)) {
                            wanted.entry(target.clone()).or_default().push(id);
                        }
                    }
                }
            }
            frontier.clear();
            for (target, ids) in wanted {
                let object = Arc::clone(self.schema().expect(&target));
                let elevated = std::mem::replace(&mut self.elevated, true);
                let limit = ids.len();
                let records = self.records(&object, vec![Filter::Ids(ids)], Vec::new(), limit).await;
                self.elevated = elevated;
                for record in records? {
                    let record = Arc::new(record);
                    found.insert((target.clone(), record.id()), Arc::clone(&record));
                    frontier.push(record);
                }
            }
        }
        Ok(found)
    }

    /// The value of an expression over a record.
    pub(crate) fn eval(&self, expr: &Expr, record: &Record, linked: &Linked) -> Value {
        let follow = |object: &ObjectName, id: Uuid| linked.get(&(object.clone(), id)).cloned();
        expr.eval(&Env { record: Some(record), vars: &self.vars, linked: &follow })
    }

    /// Whether a condition holds for a record, its links followed.
    pub(crate) async fn holds(&mut self, expr: &Expr, record: &Record) -> Result<bool> {
        let linked = self.linked_for(&[expr], record).await?;
        let follow = |object: &ObjectName, id: Uuid| linked.get(&(object.clone(), id)).cloned();
        Ok(expr.holds(&Env { record: Some(record), vars: &self.vars, linked: &follow }))
    }

    /// What the principal may see of an object's records, of the `wanted` fields alone.
    pub(crate) fn view(&self, object: &Object, wanted: &dyn Fn(&str) -> bool) -> View {
        View::new(self.policy(), object, wanted)
    }

    /// A record without what the principal may not see and without secrets.
    pub(crate) fn visible(&self, record: Record) -> Answer {
        let view = self.view(record.object(), &|_| true);
        Answer::Record(Shown::new(record, &Arc::new(view)))
    }

    /// A stored record as the principal sees it, whatever authority the action at work has.
    pub async fn shown(&mut self, object: &str, id: Uuid) -> Result<Answer> {
        let object = Arc::clone(self.registry.object(object)?);
        let elevated = std::mem::replace(&mut self.elevated, false);
        let found = self.record_for(&object, id, READ, false).await;
        let shown = found.map(|found| match found {
            Some(record) => self.visible(record),
            // What the caller made and may not read is answered by its id alone.
            None => Answer::Json(serde_json::json!({ "id": id })),
        });
        self.elevated = elevated;
        shown
    }

    /// What people call a record.
    pub async fn title_of(&mut self, object: &str, id: Uuid) -> Result<String> {
        let object = Arc::clone(self.registry.object(object)?);
        Ok(self.record(&object, id).await?.title())
    }
}

pub(crate) fn missing(object: &Object, id: Uuid) -> Problem {
    Problem::not_found(format!("there is no {} {id}", object.label.to_lowercase()))
}
