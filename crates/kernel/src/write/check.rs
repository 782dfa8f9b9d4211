//! What must hold before a record is stored. Every complaint of a record comes back at once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use nexus_model::field::When;
use nexus_model::object::{State, States, system};
use nexus_model::{FieldError, FieldType, Object, ObjectName, Problem, Record, Uuid, Value, json};
use nexus_store::Filter;

use crate::Result;
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::files::FILE;
use crate::policy::READ;

/// Levels of a tree, before it is taken for a circle.
const TREE_MAX: usize = 64;

impl Ctx {
    pub(super) async fn check(&mut self, record: &Record, old: Option<&Record>) -> Result<()> {
        let mut errors = Vec::new();
        Box::pin(self.check_fields(record, old, &mut errors)).await?;
        let object = Arc::clone(record.object());
        for (field, _) in object.table_fields() {
            let before = old.map(|old| old.get(&field.name).as_rows()).unwrap_or_default();
            for (index, row) in record.get(&field.name).as_rows().iter().enumerate() {
                let known = before.iter().find(|known| known.id() == row.id());
                if known == Some(row) {
                    continue;
                }
                let mut inner = Vec::new();
                Box::pin(self.check_fields(row, known, &mut inner)).await?;
                let place = format!("{}/{index}", field.name);
                errors.extend(inner.into_iter().map(|error| error.within(&place)));
            }
        }
        if !errors.is_empty() {
            return Err(Problem::fields(errors));
        }
        self.check_links(record, old).await?;
        self.check_tree(record, old).await?;
        self.check_state(record, old).await
    }

    async fn check_fields(
        &mut self,
        record: &Record,
        old: Option<&Record>,
        errors: &mut Vec<FieldError>,
    ) -> Result<()> {
        let object = Arc::clone(record.object());
        for (position, field) in object.fields.iter().enumerate() {
            let value = record.at(position);
            if field.is_virtual() {
                continue;
            }
            if let Some(old) = old
                && field.set_once
                && *old.at(position) != Value::Null
                && value != old.at(position)
            {
                errors.push(FieldError::new(&field.name, "set_once", "is set once and then stays"));
            }
            let changed = old.is_none_or(|old| old.at(position) != value);
            if value.is_empty() {
                let required = match &field.required {
                    When::Never => false,
                    When::Always => true,
                    When::If(expr) => self.holds(expr, record).await?,
                };
                if required {
                    errors.push(FieldError::new(&field.name, "required", "is required"));
                }
            } else if changed {
                if !field.system && !matches!(field.kind, FieldType::Table(_) | FieldType::Secret) {
                    // Values that came from code meet the same rules as values that came as JSON.
                    errors.extend(json::check(field, value).err());
                }
                if let (When::If(expr), Some(old), false) = (&field.read_only, old, self.elevated)
                    && self.holds(expr, old).await?
                {
                    let message = format!("may not be changed while {}", expr.source());
                    errors.push(FieldError::new(&field.name, "read_only", message));
                }
            }
        }
        for rule in &object.rules {
            if !self.holds(&rule.check, record).await? {
                let field = rule.field.clone().unwrap_or_default();
                errors.push(FieldError::new(field, &rule.name, &rule.message));
            }
        }
        Ok(())
    }

    /// What a record leads to is there when the record comes back, whoever brings it.
    pub(crate) async fn check_leads(&mut self, record: &Record, old: Option<&Record>) -> Result<()> {
        let elevated = std::mem::replace(&mut self.elevated, true);
        let checked = self.check_links(record, old).await;
        self.elevated = elevated;
        checked
    }

    /// New links must lead to live records that the principal may read.
    async fn check_links(&mut self, record: &Record, old: Option<&Record>) -> Result<()> {
        let mut wanted: HashMap<ObjectName, Vec<(String, Uuid)>> = HashMap::new();
        gather(record, old, "", &mut wanted);
        let mut errors = Vec::new();
        for (target, places) in wanted {
            // A dynamic link may name any object.
            let Some(object) = self.schema().get(target.as_str()).filter(|object| object.child_of.is_none()) else {
                let wrong = |(place, _)| FieldError::new(place, "link", format!("there is no object {target}"));
                errors.extend(places.into_iter().map(wrong));
                continue;
            };
            let object = Arc::clone(object);
            if let (Some(on), Some(_)) = (&record.object().hangs_on, &object.hangs_on)
                && let Some((place, _)) = places.iter().find(|(place, _)| place == on)
            {
                let message = format!("nothing hangs on a {}; name what that hangs on", object.label.to_lowercase());
                errors.push(FieldError::new(place, "hangs_on", message));
                continue;
            }
            let all = matches!(self.policy().rows(&object, READ), nexus_store::Rows::All);
            let mut ids: HashSet<Uuid> = places.iter().map(|(_, id)| *id).collect();
            ids.retain(|id| !(all && self.seen.has_id(&object, *id)));
            if ids.is_empty() {
                continue;
            }
            let asked = ids.clone();
            let ask = Ask {
                limit: ids.len(),
                filters: vec![Filter::Ids(ids.into_iter().collect())],
                fields: vec![0],
                ..Ask::default()
            };
            let mut found: HashSet<Uuid> = self.ask(&object, ask).await?.iter().map(Record::id).collect();
            if target.as_str() == FILE {
                // Who may open a file through another record may refer to it as well.
                for id in asked.difference(&found.clone()) {
                    found.extend(self.openable(*id).await?.map(|file| file.id()));
                }
            }
            if all {
                found.iter().for_each(|id| self.seen.keep_id(&object, *id));
            }
            for (place, id) in places.into_iter().filter(|(_, id)| asked.contains(id) && !found.contains(id)) {
                let message = format!("leads to no {} with the id {id}", object.label.to_lowercase());
                errors.push(FieldError::new(place, "link", message));
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(Problem::fields(errors)) }
    }

    pub(crate) async fn check_tree(&mut self, record: &Record, old: Option<&Record>) -> Result<()> {
        let object = Arc::clone(record.object());
        let Some(tree) = &object.tree else { return Ok(()) };
        if old.is_some_and(|old| old.get(tree) == record.get(tree)) {
            return Ok(());
        }
        let mut above = record.link(tree);
        for _ in 0..TREE_MAX {
            let Some(id) = above else { return Ok(()) };
            if id == record.id() {
                break;
            }
            let elevated = std::mem::replace(&mut self.elevated, true);
            let parent = self.record(&object, id).await;
            self.elevated = elevated;
            above = parent?.link(tree);
        }
        Err(Problem::field(tree, "tree", "would make a circle: the record would stand below itself"))
    }

    async fn check_state(&mut self, record: &Record, old: Option<&Record>) -> Result<()> {
        let object = Arc::clone(record.object());
        let Some(states) = &object.states else { return Ok(()) };
        let now = record.text(&states.field).to_owned();
        let before = old.map(|old| old.text(&states.field).to_owned());
        let Some(state) = states.get(&now) else {
            return Err(Problem::field(&states.field, "state", format!("there is no state {now}")));
        };
        if before.as_ref() != Some(&now) {
            self.check_transition(record, &object, states, state, before.as_deref())?;
            if let Some(when) = &state.when
                && !self.holds(when, record).await?
            {
                let message = format!("cannot become {}: it asks for {}", state.label.to_lowercase(), when.source());
                return Err(conflict(&states.field, "when", message));
            }
        }
        let missing = state.requires.iter().filter(|name| record.get(name).is_empty());
        let errors: Vec<_> = missing
            .map(|name| FieldError::new(name, "required", format!("is required when {}", state.label.to_lowercase())))
            .collect();
        if errors.is_empty() { Ok(()) } else { Err(Problem::fields(errors)) }
    }

    fn check_transition(
        &self,
        record: &Record,
        object: &Object,
        states: &States,
        state: &State,
        before: Option<&str>,
    ) -> Result<()> {
        let title = record.title();
        let from = before.and_then(|before| states.get(before));
        let leads = from.is_some_and(|from| from.to.contains(&state.value));
        // Out of a state that a tenant has added there are no other ways than it has drawn, for actions either.
        let drawn_alone = from.is_some_and(|from| from.like.is_some());
        if let Some(by) = &state.by
            && !(self.elevated || self.progress.verbs.iter().any(|verb| verb.replace('-', "_") == *by))
        {
            let message =
                format!("{} {title} becomes {} by the action {by} alone", object.label, state.label.to_lowercase());
            return Err(conflict(&states.field, "by", message));
        }
        // Actions carry a record along ways of their own; a person takes the ones that are drawn.
        let free = self.elevated || state.by.is_some();
        if let Some(before) = before
            && !leads
            && (drawn_alone || !free)
        {
            let ways = from.map(|from| from.to.join(", ")).filter(|ways| !ways.is_empty());
            let ways = ways.unwrap_or_else(|| "nothing".to_owned());
            let message = format!("{} {title} is {before} and can become {ways}, not {}", object.label, state.value);
            return Err(conflict(&states.field, "transition", message));
        }
        if state.by.is_some() {
            return Ok(());
        }
        let granted = state.roles.is_empty()
            || self.elevated
            || self.principal.administrator
            || state.roles.iter().any(|role| self.principal.roles.contains(role));
        if !granted {
            let message = format!("you may not bring {title} to {}", state.label.to_lowercase());
            return Err(Problem { kind: crate::Kind::Denied, ..Problem::field(&states.field, "roles", message) });
        }
        Ok(())
    }

    /// No live record may lead to one that is put away.
    pub(crate) async fn check_unreferenced(&mut self, record: &Record) -> Result<()> {
        let registry = Arc::clone(&self.registry);
        let links = registry.holding(&record.object().name);
        // What hangs on a record is out of sight with it, and there again when it comes back.
        let keeps = links.filter(|(holder, field)| holder.hangs_on.as_ref() != Some(field));
        for (object, field) in keeps {
            let elevated = std::mem::replace(&mut self.elevated, true);
            let found = self.first_leading_to(object, field, record).await;
            self.elevated = elevated;
            // A tree's own children and everything else that still needs the record keep it.
            if let Some(user) = found? {
                return Err(Problem::conflict(format!(
                    "{} {} is used by {} {}; change or delete that first",
                    record.object().label,
                    record.title(),
                    object.label,
                    self.name_of(&user).await?
                )));
            }
        }
        Ok(())
    }

    async fn first_leading_to(&mut self, object: &Arc<Object>, field: &str, to: &Record) -> Result<Option<Record>> {
        let filter = self.leading_to(object, field, &to.object().name, &[to.id()])?;
        Ok(self.records(object, vec![filter], Vec::new(), 1).await?.pop())
    }

    /// The condition that a field leads to one of some records of an object.
    pub(crate) fn leading_to(&self, object: &Object, field: &str, to: &ObjectName, ids: &[Uuid]) -> Result<Filter> {
        let values: Vec<Value> = match object.field(field).map(|field| &field.kind) {
            Some(FieldType::DynamicLink(_)) => ids.iter().map(|id| Value::Leads(to.clone(), *id)).collect(),
            Some(FieldType::Links(_)) => {
                let any: Vec<String> = ids.iter().map(|id| format!("'{id}' in {field}")).collect();
                return Ok(Filter::Where(self.condition(object, &any.join(" || "))?));
            }
            _ => ids.iter().copied().map(Value::Id).collect(),
        };
        Ok(Filter::OneOf(field.to_owned(), values))
    }

    /// A record's title where the principal may read it, its id otherwise.
    pub(crate) async fn name_of(&mut self, record: &Record) -> Result<String> {
        let object = Arc::clone(record.object());
        let deleted = record.deleted_at().is_some();
        let seen = self.record_for(&object, record.id(), crate::policy::READ, deleted).await?.is_some();
        Ok(if seen { record.title() } else { record.id().to_string() })
    }
}

fn conflict(field: &str, rule: &str, message: String) -> Problem {
    Problem { kind: crate::Kind::Conflict, ..Problem::field(field, rule, message) }
}

/// Links of a record and its rows that differ from the stored form, with their places.
fn gather(record: &Record, old: Option<&Record>, place: &str, wanted: &mut HashMap<ObjectName, Vec<(String, Uuid)>>) {
    let object = record.object();
    for (position, field) in object.fields.iter().enumerate() {
        let value = record.at(position);
        let skip = field.is_virtual() || matches!(field.name.as_str(), system::PARENT | system::CREATED_BY);
        if skip || old.is_some_and(|old| old.at(position) == value) {
            continue;
        }
        let at = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}/{name}") };
        match (&field.kind, value) {
            (FieldType::Link(to), Value::Id(id)) => wanted.entry(to.clone()).or_default().push((at(&field.name), *id)),
            (FieldType::DynamicLink(_), Value::Leads(to, id)) => {
                wanted.entry(to.clone()).or_default().push((at(&field.name), *id));
            }
            (kind, Value::Id(id)) if kind.is_file() => {
                wanted.entry(ObjectName::resolve("", FILE)).or_default().push((at(&field.name), *id));
            }
            (FieldType::Links(to), Value::List(items)) => {
                let ids = items.iter().filter_map(Value::as_id);
                wanted.entry(to.clone()).or_default().extend(ids.map(|id| (at(&field.name), id)));
            }
            (FieldType::Table(_), Value::Rows(rows)) => {
                let before = old.map(|old| old.at(position).as_rows()).unwrap_or_default();
                for (index, row) in rows.iter().enumerate() {
                    let known = before.iter().find(|known| known.id() == row.id());
                    gather(row, known, &at(&format!("{}/{index}", field.name)), wanted);
                }
            }
            _ => {}
        }
    }
}
