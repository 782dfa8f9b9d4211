//! The same gate for typed records.

use std::sync::Arc;

use nexus_model::{Date, Object, ObjectName, Problem, Uuid, Value};
use nexus_store::Filter;
use serde::Serialize;
use serde_json::Value as Json;

use super::Ctx;
use super::read::Ask;
use crate::Result;
use crate::entity::{Entity, Id};
use crate::find::Find;
use crate::operation::Operation;
use crate::policy::READ;

/// Groups that sums may have, unless a question sets a higher limit.
const SUMS_MAX: usize = 100_000;

impl Ctx {
    fn object_of<T: Entity>(&self) -> Arc<Object> {
        let name = ObjectName::resolve("", T::OBJECT);
        Arc::clone(self.schema().expect(&name))
    }

    /// The record, if the principal may read it.
    pub async fn get<T: Entity>(&mut self, id: Id<T>) -> Result<T> {
        let object = self.object_of::<T>();
        Ok(T::from_record(&self.record(&object, id.uuid()).await?))
    }

    /// Reads records that [`Ctx::get`] is about to be asked for, all at once.
    pub async fn prefetch_all<T: Entity>(&mut self, ids: &[Id<T>]) -> Result<()> {
        let object = self.object_of::<T>();
        self.prefetch(&object, ids.iter().map(|id| id.uuid()).collect()).await
    }

    fn asked<T: Entity>(&self, object: &Object, find: Find<T>) -> Result<Ask> {
        let named = find.equals.iter().map(|(field, _)| field).chain(find.any.iter().map(|(field, _)| field));
        if let Some(unknown) = named.into_iter().find(|field| object.field(field).is_none()) {
            return Err(Problem::internal(format!("{} has no field {unknown}", object.name)));
        }
        let equals = find.equals.into_iter().map(|(field, value)| Filter::Equals(field, value));
        let any = find.any.into_iter().map(|(field, values)| Filter::OneOf(field, values));
        let mut filters: Vec<Filter> = equals.chain(any).collect();
        for source in &find.filters {
            filters.push(Filter::Where(self.condition(object, source)?));
        }
        Ok(Ask { filters, sort: find.sort, limit: find.limit, ..Ask::default() })
    }

    pub async fn all<T: Entity>(&mut self, find: Find<T>) -> Result<Vec<T>> {
        let object = self.object_of::<T>();
        let ask = self.asked(&object, find)?;
        Ok(self.ask(&object, ask).await?.iter().map(T::from_record).collect())
    }

    pub async fn first<T: Entity>(&mut self, find: Find<T>) -> Result<Option<T>> {
        let object = self.object_of::<T>();
        let plain = find.any.is_empty() && find.filters.is_empty() && find.sort.is_empty();
        if !plain || !self.keeps(&object, READ) {
            return Ok(self.all(find.limit(1)).await?.pop());
        }
        let equals = find.equals.clone();
        if let Some(known) = self.seen.first(&object, &equals) {
            return Ok(known.map(T::from_record));
        }
        let ask = self.asked(&object, find.limit(1))?;
        let found = self.ask(&object, ask).await?.pop();
        self.seen.keep_first(&object, equals, found.as_ref());
        Ok(found.as_ref().map(T::from_record))
    }

    pub async fn count<T: Entity>(&mut self, find: Find<T>) -> Result<u64> {
        let object = self.object_of::<T>();
        let ask = self.asked(&object, find)?;
        self.count_of(&object, ask, None).await
    }

    /// Sums by groups: each row has the groups' values, then the sums. A sum of money has one row for each
    /// currency. A group may be `month(date)` and its like, a sum `count()`.
    pub async fn sums<T: Entity>(&mut self, find: Find<T>, groups: &[&str], sums: &[&str]) -> Result<Vec<Vec<Value>>> {
        let object = self.object_of::<T>();
        let most = find.limit.max(SUMS_MAX);
        let ask = Ask { limit: most, ..self.asked(&object, find)? };
        let groups = groups.iter().map(|group| crate::faces::aggregate::group(&object, group));
        let groups = groups.collect::<Result<Vec<_>>>()?;
        let measure = |sum: &&str| match *sum {
            "count()" => nexus_store::MeasureOf::Count,
            field => nexus_store::MeasureOf::Sum(field.to_owned()),
        };
        let sums = sums.iter().map(measure).collect();
        self.aggregate_of(&object, ask, groups, sums).await
    }

    pub async fn create<T: Entity>(&mut self, entity: T) -> Result<T> {
        let record = entity.into_record(&Arc::clone(self.schema()));
        Ok(T::from_record(&self.create_record(record).await?))
    }

    /// Writes what differs from the stored form.
    pub async fn save<T: Entity>(&mut self, entity: T) -> Result<T> {
        let object = self.object_of::<T>();
        let old = self.record(&object, entity.id().uuid()).await?;
        let new = crate::entity::overlay(old.clone(), entity, self.schema());
        Ok(T::from_record(&self.update_record(old, new).await?))
    }

    /// Brings a record into a state; inside an action also into one that only this action leads to.
    pub async fn transition<T: Entity>(&mut self, id: Id<T>, state: impl ToString) -> Result<T> {
        let object = self.object_of::<T>();
        let field = object.state_field().unwrap_or_default().to_owned();
        if field.is_empty() {
            return Err(Problem::internal(format!("{} has no states", object.name)));
        }
        let old = self.record(&object, id.uuid()).await?;
        let mut new = old.clone();
        new.set(&field, state.to_string());
        Ok(T::from_record(&self.update_record(old, new).await?))
    }

    pub async fn delete<T: Entity>(&mut self, id: Id<T>) -> Result<()> {
        let object = self.object_of::<T>();
        self.delete_record(&object, id.uuid()).await
    }

    /// Another action as a step of this run.
    pub async fn run<O: Operation>(
        &mut self,
        operation: O,
        record: Option<Uuid>,
        input: impl Serialize,
    ) -> Result<Json> {
        let spec = operation.spec();
        let input = serde_json::to_value(input).map_err(|error| Problem::internal(error.to_string()))?;
        let action = self.registry.actions().find(|action| {
            action.name.split_once('.').is_some_and(|(_, function)| function == spec.function)
                && action.object.as_ref().map(|object| object.name.object()) == spec.object
        });
        let action = Arc::clone(action.ok_or_else(|| Problem::internal(format!("{} is in no app", spec.function)))?);
        Ok(self.perform(&action, record, input).await?.into_json())
    }

    /// The next number of a sequence field's series, in the company at work, for a document of `date`.
    pub async fn number<T: Entity>(&mut self, field: &str, date: Date) -> Result<String> {
        let object = self.object_of::<T>();
        self.next_in_series(&object, field, date).await
    }

    /// The next number of a series whose pattern data decide, such as a journal's; it counts for the company
    /// at work and what the pattern leaves of the date.
    pub async fn number_as(&mut self, pattern: &str, date: Date) -> Result<String> {
        self.number_by(&format!("series/{}", self.vars.company.unwrap_or_default()), pattern, date).await
    }

    /// Whether this work takes another run back.
    pub fn undoing(&self) -> bool {
        self.undoing
    }
}
