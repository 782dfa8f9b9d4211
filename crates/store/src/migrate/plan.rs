//! The difference between the tables that are there and the form that manifests ask for: steps, each with its statements.

use std::collections::{BTreeMap, BTreeSet};

use nexus_model::field::ColumnType;
use nexus_model::object::system;
use nexus_model::{Schema, Uuid};

use super::fill::{self, Fill};
use super::form::{Column, Form, Index, create_table};
use super::shape::{self, Kinds};
use super::step::{Step, StepKind};
use crate::cells::Stored;
use crate::link::Link;
use crate::live::{Live, live_columns, live_indexes};
use crate::query::ROOT;
use crate::{Dialect, StoreError};

/// Records that an obstacle names.
const NAMED_MAX: usize = 3;

/// What brings the tables to a form.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    /// What the columns hold afterwards.
    pub(super) kinds: Kinds,
}

/// A plan in the making.
struct Draft<'a> {
    link: &'a mut Link,
    schema: &'a Schema,
    dialect: Dialect,
    live: &'a Live,
    kinds: Kinds,
    /// Rows of tables that are there, as far as they were counted.
    counted: BTreeMap<String, u64>,
    /// Columns, by table and name, over which an index cannot be made before they are.
    changed: BTreeSet<(String, String)>,
}

impl Plan {
    /// What is missing to a form, and where `declared` is given, what stands in no form that this process knows.
    pub(super) fn of(
        link: &mut Link,
        schema: &Schema,
        form: &Form,
        declared: Option<&Form>,
    ) -> Result<Plan, StoreError> {
        let (dialect, live) = (link.dialect(), live_columns(link)?);
        let (indexes, kinds) = (live_indexes(link)?, shape::known(link, &live)?);
        let (counted, changed) = (BTreeMap::new(), BTreeSet::new());
        let mut draft = Draft { link, schema, dialect, live: &live, kinds, counted, changed };
        let tables = draft.tables(form);
        let mut removals = declared.map_or(Ok(Vec::new()), |declared| draft.undeclared(declared))?;
        let (mut added, mut kept) = (Vec::new(), Vec::new());
        for (table, columns) in form.tables.iter().filter(|(table, _)| live.contains_key(*table)) {
            draft.columns(table, columns, &mut added, &mut kept)?;
        }
        let [dropped, early, late] = draft.indexes(form, &indexes)?;
        removals.append(&mut kept);
        draft.in_order(&mut added);
        // Whoever reads is held up on PostgreSQL from the first change of a table that is there to the end, but not
        // by an index that is being made: so that comes first wherever it can.
        let steps = [tables, early, dropped, removals, added, late].concat();
        let mut kinds = draft.kinds;
        for step in steps.iter().filter(|step| step.needs_consent()) {
            kinds.retain(|place, _| !step.is_of(place));
        }
        kinds.extend(shape::asked(form));
        Ok(Plan { steps, kinds })
    }

    /// That it may be taken: nothing stands in its way, and nothing is lost without consent.
    pub(super) fn check(&self, consent: bool) -> Result<(), StoreError> {
        if let Some(step) = self.steps.iter().find(|step| step.obstacle.is_some()) {
            return Err(StoreError::Migration(format!("{step}; nothing was changed")));
        }
        match self.steps.iter().find(|step| step.needs_consent()).filter(|_| !consent) {
            None => Ok(()),
            Some(step) => Err(StoreError::Migration(format!(
                "{step}; nothing was changed. Give the field a new name, or end every server and run \
                 `nexus migrate --allow-destructive`, which keeps a copy first"
            ))),
        }
    }

    /// Whether rows that are there are touched, so that it is tried on a copy first.
    pub(super) fn touches_rows(&self) -> bool {
        self.steps.iter().any(|step| step.rows > 0)
    }

    /// The tables that are there and are touched.
    pub(super) fn touched(&self) -> BTreeSet<&str> {
        let there = self.steps.iter().filter(|step| step.kind != StepKind::AddTable);
        let made: BTreeSet<&str> =
            self.steps.iter().filter(|step| step.kind == StepKind::AddTable).map(|s| s.table.as_str()).collect();
        there.map(|step| step.table.as_str()).filter(|table| !made.contains(table)).collect()
    }
}

impl Draft<'_> {
    fn tables(&self, form: &Form) -> Vec<Step> {
        let missing = form.tables.iter().filter(|(table, _)| !self.live.contains_key(*table));
        missing
            .map(|(table, columns)| {
                Step::new(StepKind::AddTable, table, None, 0, vec![create_table(table, columns, self.dialect)])
            })
            .collect()
    }

    /// What has no manifest in any app of the process. The engine's own tables begin with an underscore.
    fn undeclared(&mut self, declared: &Form) -> Result<Vec<Step>, StoreError> {
        let mut steps = Vec::new();
        let live = self.live;
        for (table, columns) in
            live.iter().filter(|(table, _)| !table.starts_with('_') && !table.starts_with("sqlite_"))
        {
            let Some(known) = declared.tables.get(table) else {
                let (rows, sql) = (self.rows(table)?, format!("DROP TABLE \"{table}\""));
                steps.push(Step::new(StepKind::DropTable, table, None, rows, vec![sql]));
                continue;
            };
            for column in columns.keys().filter(|column| known.iter().all(|known| known.name != **column)) {
                let rows = self.count(&format!("SELECT count(\"{column}\") FROM \"{table}\""))?;
                let sql = format!("ALTER TABLE \"{table}\" DROP COLUMN \"{column}\"");
                self.changed.insert((table.clone(), column.clone()));
                steps.push(Step::new(StepKind::DropColumn, table, Some(column), rows, vec![sql]));
            }
        }
        Ok(steps)
    }

    /// The columns that are added to a table that is there, and those that it has which are to hold something else.
    fn columns(
        &mut self,
        table: &str,
        columns: &[Column],
        added: &mut Vec<Step>,
        kept: &mut Vec<Step>,
    ) -> Result<(), StoreError> {
        let (live, dialect) = (self.live, self.dialect);
        let known = &live[table];
        for column in columns {
            let (name, declared) = (column.name.as_str(), column.declared(dialect));
            let add = format!("ALTER TABLE \"{table}\" ADD COLUMN {declared}");
            let place = shape::place(table, name);
            match known.get(name) {
                None => {
                    let rows = self.rows(table)?;
                    let (kind, statements) = match fill::of(self.schema, table, name, dialect) {
                        Fill::Empty => (StepKind::AddColumn, vec![add]),
                        Fill::Same(value) => (StepKind::FillColumn, vec![format!("{add} DEFAULT {value}")]),
                        Fill::Each(value) => {
                            let fill = format!("UPDATE \"{table}\" AS \"{ROOT}\" SET \"{name}\" = {value}");
                            (StepKind::FillColumn, vec![add, fill])
                        }
                        Fill::Later => (StepKind::FillLater, vec![add]),
                    };
                    added.push(Step::new(kind, table, Some(name), rows, statements));
                }
                Some(stored) => {
                    let was = self.kinds.get(&place).and_then(|kind| shape::parse(kind));
                    let same = |was: ColumnType| was == column.kind || shape::factor(was, column.kind) == Some(1);
                    if stored == column.stored && was.is_none_or(same) {
                        continue;
                    }
                    let step = self.replaced(table, column, was, add)?;
                    kept.push(step);
                }
            }
            self.changed.insert((table.to_owned(), name.to_owned()));
        }
        Ok(())
    }

    /// A column that is there and is to hold something else.
    fn replaced(
        &mut self,
        table: &str,
        column: &Column,
        was: Option<ColumnType>,
        add: String,
    ) -> Result<Step, StoreError> {
        let name = column.name.as_str();
        let rows = self.count(&format!("SELECT count(\"{name}\") FROM \"{table}\""))?;
        if let Some(factor) = was.and_then(|was| shape::factor(was, column.kind)) {
            let beyond = i64::MAX / factor;
            let large =
                format!("SELECT count(*) FROM \"{table}\" WHERE \"{name}\" > {beyond} OR \"{name}\" < -{beyond}");
            let large = self.count(&large)?;
            let sql = format!("UPDATE \"{table}\" SET \"{name}\" = \"{name}\" * {factor} WHERE \"{name}\" IS NOT NULL");
            let step = Step::new(StepKind::Rescale, table, Some(name), rows, vec![sql]);
            let obstacle = (large > 0).then(|| format!("in {large} of them the number is too large for that"));
            return Ok(Step { obstacle, ..step });
        }
        let mut statements = vec![format!("ALTER TABLE \"{table}\" DROP COLUMN \"{name}\""), add];
        if column.whole {
            statements.insert(0, format!("DELETE FROM \"{table}\""));
        }
        Ok(Step::new(StepKind::Replace, table, Some(name), rows, statements))
    }

    /// The indexes that go, those that can be made at once, and those that need a column that is not there yet.
    fn indexes(&mut self, form: &Form, known: &BTreeMap<String, String>) -> Result<[Vec<Step>; 3], StoreError> {
        let touched = |draft: &Self, table: &str, sql: &str| {
            draft.changed.iter().any(|(changed, column)| changed == table && sql.contains(&format!("\"{column}\"")))
        };
        let mut dropped = Vec::new();
        for (name, sql) in known.iter().filter(|(name, _)| !name.starts_with('_')) {
            let table = sql.split(" ON \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            if form.indexes.get(name).map(|index| &index.sql) != Some(sql) || touched(self, table, sql) {
                let drop = vec![format!("DROP INDEX \"{name}\"")];
                dropped.push(Step::new(StepKind::DropIndex, table, Some(name), 0, drop));
            }
        }
        let (mut early, mut late) = (Vec::new(), Vec::new());
        for (name, index) in &form.indexes {
            let gone = dropped.iter().any(|step| step.part.as_ref() == Some(name));
            if known.get(name) == Some(&index.sql) && !gone {
                continue;
            }
            let there = self.live.contains_key(&index.table);
            let rows = if there { self.rows(&index.table)? } else { 0 };
            let mut statements = vec![index.sql.clone()];
            if self.dialect == Dialect::Postgres {
                // PostgreSQL keeps no text of what was asked for.
                let text = index.sql.replace('\'', "''");
                statements.push(format!("COMMENT ON INDEX \"{name}\" IS '{text}'"));
            }
            let kind = if index.key.is_some() { StepKind::AddUnique } else { StepKind::AddIndex };
            let mut step = Step::new(kind, &index.table, Some(name), rows, statements);
            if gone || (there && touched(self, &index.table, &index.sql)) {
                late.push(step);
            } else {
                step.obstacle = if rows > 0 { self.alike(index)? } else { None };
                early.push(step);
            }
        }
        Ok([dropped, early, late])
    }

    /// Why a unique key cannot be made, if several rows have it.
    fn alike(&mut self, Index { table, key, when, .. }: &Index) -> Result<Option<String>, StoreError> {
        let Some(key) = key else { return Ok(None) };
        let given: Vec<String> = key.split(", ").map(|column| format!("{column} IS NOT NULL")).collect();
        let of = given.into_iter().chain(when.clone()).collect::<Vec<_>>().join(" AND ");
        let several = format!("SELECT {key} FROM \"{table}\" WHERE {of} GROUP BY {key} HAVING count(*) > 1");
        let keys = self.count(&format!("SELECT count(*) FROM ({several}) AS several"))?;
        if keys == 0 {
            return Ok(None);
        }
        let id = system::ID;
        let sql = format!(
            "SELECT \"{id}\" FROM \"{table}\" WHERE {of} AND ({key}) IN ({several}) ORDER BY {key}, \"{id}\" LIMIT {NAMED_MAX}"
        );
        let id = |mut row: Vec<Stored>| match row.pop() {
            Some(Stored::Bytes(id)) => Ok(Uuid::from_slice(&id).unwrap_or_default().hyphenated().to_string()),
            _ => Ok(String::new()),
        };
        let named = self.link.query(&sql, &[], id)?;
        let (fields, named) = (key.replace('"', ""), named.join(", "));
        let values = if keys == 1 { "one value".to_owned() } else { format!("{keys} values") };
        Ok(Some(format!("{values} of {fields} stand in several records, such as {named}; change or merge them first")))
    }

    /// Puts those that are filled after those that they read.
    fn in_order(&self, added: &mut Vec<Step>) {
        let mut waiting = std::mem::take(added);
        while !waiting.is_empty() {
            let open: BTreeSet<(String, String)> =
                waiting.iter().map(|step| (step.table.clone(), step.part.clone().unwrap_or_default())).collect();
            let ready = |step: &Step| {
                let own = (step.table.clone(), step.part.clone().unwrap_or_default());
                let read = fill::reads(self.schema, &own.0, &own.1);
                read.iter().all(|read| *read == own || !open.contains(read))
            };
            let (now, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(ready);
            if now.is_empty() {
                // They read one another: in whichever order, as when a record is changed.
                added.extend(later);
                return;
            }
            added.extend(now);
            waiting = later;
        }
    }

    fn rows(&mut self, table: &str) -> Result<u64, StoreError> {
        if let Some(known) = self.counted.get(table) {
            return Ok(*known);
        }
        let rows = self.count(&format!("SELECT count(*) FROM \"{table}\""))?;
        self.counted.insert(table.to_owned(), rows);
        Ok(rows)
    }

    fn count(&mut self, sql: &str) -> Result<u64, StoreError> {
        count(self.link, sql)
    }
}

pub(super) fn count(link: &mut Link, sql: &str) -> Result<u64, StoreError> {
    let found = link.query(sql, &[], |mut row| Ok(row.pop().and_then(Stored::int).unwrap_or_default()))?;
    Ok(found.first().map_or(0, |count| u64::try_from(*count).unwrap_or_default()))
}
