//! Records in and out: whole, with their lists and child rows.

use std::collections::HashMap;
use std::sync::Arc;

use nexus_model::expr::Vars;
use nexus_model::field::{ColumnType, Field, FieldType};
use nexus_model::object::system;
use nexus_model::{Object, Record, Uuid, Value};
use sea_query::{Alias, Expr as Sql, ExprTrait, Order, Query as Statement, SelectStatement, Value as Cell};

use crate::cells::{self, Stored, decode, encode};
use crate::claim::Claim;
use crate::query::{ROOT, column};
use crate::statements::{Shape, Text, is_lasting};
use crate::{Conditions, Query, StoreError, Tx};

/// Ids asked for by one statement, below every database's limit of parameters.
const IDS_MAX: usize = 500;

/// Names of the columns of a list table.
pub(crate) mod list {
    pub(crate) const OWNER: &str = "owner";
    pub(crate) const POSITION: &str = "position";
    pub(crate) const VALUE: &str = "value";
}

impl Tx {
    /// The records of a query, with the lists and child rows of the fields that were asked for.
    ///
    /// The number of statements depends on the fields alone, not on the number of records (in pages of
    /// [`IDS_MAX`]).
    pub async fn find(&mut self, query: &Query<'_>) -> Result<Vec<Record>, StoreError> {
        let object = query.object;
        let wanted = |position: usize| query.fields.is_empty() || query.fields.contains(&position);
        let (text, cells) = self.selection(object, query.plain(), || {
            let mut select = query.statement(self)?;
            let positions = self.add_columns(&mut select, query.vars, object, &|position| {
                // The id is always read, and what the order needs to make a cursor.
                let name = &object.fields[position].name;
                wanted(position) || name == system::ID || query.sort.iter().any(|(sort, _)| sort == name)
            })?;
            Ok((select, positions, Some(query.limit)))
        })?;
        let mut records = self.rows(object, &text, &cells)?;
        for (position, field) in object.fields.iter().enumerate().filter(|(position, _)| wanted(*position)) {
            self.load_many(&mut records, position, field, query.vars)?;
        }
        Ok(records)
    }

    /// The text of a `SELECT` and its values: the kept text of a plain shape with that shape's values, else what
    /// `make` builds, with the positions of the fields in it and how many of the first rows are meant. Their number
    /// stands in the text: for a bound one SQLite cannot tell that a page is wanted, and would sort all rows where an
    /// index has them in order.
    fn selection(
        &self,
        object: &Object,
        plain: Option<(Shape, Vec<Cell>)>,
        make: impl FnOnce() -> Result<(SelectStatement, Vec<usize>, Option<usize>), StoreError>,
    ) -> Result<(Arc<Text>, Vec<Cell>), StoreError> {
        if let Some((shape, cells)) = &plain
            && let Some(text) = self.statements.known(shape)
        {
            let cells = text.bound.iter().chain(cells).cloned().collect();
            return Ok((text, cells));
        }
        let (select, positions, limit) = make()?;
        let (mut sql, sea_query::Values(bound)) = self.dialect().build(&select);
        if let Some(limit) = limit {
            sql.push_str(&format!(" LIMIT {limit}"));
        }
        let mut text = Text { sql, positions, bound: Vec::new() };
        let lasting = |position: &usize| {
            let field = &object.fields[*position];
            !field.is_virtual() || is_lasting(field, &self.schema)
        };
        if let Some((shape, cells)) = plain
            && let Some(before) = bound.strip_suffix(cells.as_slice())
            && text.positions.iter().all(lasting)
        {
            text.bound = before.to_vec();
            let text = Arc::new(text);
            self.statements.keep(shape, &text);
            return Ok((text, bound));
        }
        Ok((Arc::new(text), bound))
    }

    /// The rows of a `SELECT` as records, with the fields that it has columns of.
    fn rows(&self, object: &Arc<Object>, text: &Text, cells: &[Cell]) -> Result<Vec<Record>, StoreError> {
        self.query(&text.sql, cells, |cells| {
            let mut cells = cells.into_iter();
            let mut values = vec![Value::Null; object.fields.len()];
            for position in &text.positions {
                values[*position] = decode(&object.fields[*position], &mut cells).map_err(|e| in_table(e, object))?;
            }
            Ok(Record::from_values(Arc::clone(object), values))
        })
    }

    /// Adds the columns of the wanted fields, those of the row first and then what is worked out; positions of
    /// the fields in that order. Fields that live in tables of their own have none.
    fn add_columns(
        &self,
        select: &mut SelectStatement,
        vars: &Vars,
        object: &Object,
        wanted: &dyn Fn(usize) -> bool,
    ) -> Result<Vec<usize>, StoreError> {
        let fields = || object.fields.iter().enumerate().filter(|(position, _)| wanted(*position));
        let mut positions = Vec::with_capacity(object.fields.len());
        for (position, field) in fields().filter(|(_, field)| in_row(field)) {
            for column_ in field.columns() {
                select.expr(column(ROOT, &column_.name));
            }
            positions.push(position);
        }
        for (position, field) in fields().filter(|(_, field)| field.is_virtual()) {
            let conditions = Conditions { schema: &self.schema, vars, dialect: self.dialect(), guard: None };
            for expr in conditions.worked_out(field, object, ROOT)? {
                select.expr(expr);
            }
            positions.push(position);
        }
        Ok(positions)
    }

    fn load_many(
        &mut self,
        records: &mut [Record],
        position: usize,
        field: &Field,
        vars: &Vars,
    ) -> Result<(), StoreError> {
        let Some(object) = records.first().map(|record| Arc::clone(record.object())) else { return Ok(()) };
        if !list_table_of(field) && !matches!(field.kind, FieldType::Table(_)) {
            return Ok(());
        }
        let ids: Vec<Uuid> = records.iter().map(Record::id).collect();
        let mut found: HashMap<Uuid, Value> = HashMap::new();
        for page in ids.chunks(IDS_MAX) {
            match &field.kind {
                FieldType::Table(child) => {
                    for row in self.child_rows(child.as_str(), page, vars)? {
                        let parent = row.get(system::PARENT).as_id().unwrap_or_default();
                        match found.entry(parent).or_insert_with(|| Value::Rows(Vec::new())) {
                            Value::Rows(rows) => rows.push(row),
                            _ => unreachable!("only rows are put in"),
                        }
                    }
                }
                _ => {
                    for (owner, value) in self.list_values(&object, position, page)? {
                        match found.entry(owner).or_insert_with(|| Value::List(Vec::new())) {
                            Value::List(items) => items.push(value),
                            _ => unreachable!("only lists are put in"),
                        }
                    }
                }
            }
        }
        let empty = if matches!(field.kind, FieldType::Table(_)) { Value::Rows(vec![]) } else { Value::List(vec![]) };
        for record in records {
            let value = found.remove(&record.id()).unwrap_or_else(|| empty.clone());
            record.set_at(position, value);
        }
        Ok(())
    }

    fn child_rows(&mut self, child: &str, parents: &[Uuid], vars: &Vars) -> Result<Vec<Record>, StoreError> {
        let Some(child) = self.schema.get(child).cloned() else { return Ok(Vec::new()) };
        let shape = Shape::Rows(child.name.clone(), parents.len());
        let (text, cells) = self.selection(&child, Some((shape, keys(parents))), || {
            let mut select = Statement::select();
            select
                .from_as(Alias::new(child.table()), Alias::new(ROOT))
                .and_where(column(ROOT, system::PARENT).is_in(parents.iter().copied()))
                .order_by_expr(column(ROOT, system::PARENT), Order::Asc)
                .order_by_expr(column(ROOT, system::POSITION), Order::Asc);
            let positions = self.add_columns(&mut select, vars, &child, &|_| true)?;
            Ok((select, positions, None))
        })?;
        let mut rows = self.rows(&child, &text, &cells)?;
        for (position, field) in child.fields.iter().enumerate() {
            self.load_many(&mut rows, position, field, vars)?;
        }
        Ok(rows)
    }

    fn list_values(&self, object: &Object, position: usize, owners: &[Uuid]) -> Result<Vec<(Uuid, Value)>, StoreError> {
        let field = &object.fields[position];
        let shape = Shape::List(object.name.clone(), position, owners.len());
        let (text, cells) = self.selection(object, Some((shape, keys(owners))), || {
            let select = Statement::select()
                .columns([Alias::new(list::OWNER), Alias::new(list::VALUE)])
                .from(Alias::new(object.list_table(&field.name)))
                .and_where(Sql::col(Alias::new(list::OWNER)).is_in(owners.iter().copied()))
                .order_by(Alias::new(list::OWNER), Order::Asc)
                .order_by(Alias::new(list::POSITION), Order::Asc)
                .take();
            Ok((select, Vec::new(), None))
        })?;
        let kind = list_column(field);
        self.query(&text.sql, &cells, |cells| {
            let mut cells = cells.into_iter();
            let owner = match cells.next() {
                Some(Stored::Bytes(bytes)) => cells::read_uuid(field, &bytes)?,
                _ => Uuid::nil(),
            };
            Ok((owner, cells::decode_cell(field, kind, cells.next().unwrap_or(Stored::Null))?))
        })
    }

    /// Writes a new record with its lists and child rows.
    pub async fn insert(&mut self, record: &Record) -> Result<(), StoreError> {
        self.insert_row(record)
    }

    fn insert_row(&mut self, record: &Record) -> Result<(), StoreError> {
        let object = record.object();
        let insert = self.statements.insert(object, self.dialect());
        let mut cells = Vec::with_capacity(object.fields.len());
        for (field, value) in object.fields.iter().zip(record.values()) {
            if !field.is_virtual() {
                encode(field, value, &mut cells)?;
            }
        }
        // Whoever made a record may have chosen an id that is taken; rows of records get theirs here.
        let refusable = object.child_of.is_none() || !object.unique.is_empty();
        self.store(insert, cells, refusable.then(|| Claim::of(record)))?;
        for (field, value) in object.fields.iter().zip(record.values()) {
            match value {
                Value::Rows(rows) => rows.iter().try_for_each(|row| self.insert_row(row))?,
                Value::List(items) => self.insert_list(object, field, record.id(), items)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Writes what differs between two forms of a record.
    pub async fn update(&mut self, old: &Record, new: &Record) -> Result<(), StoreError> {
        self.update_row(old, new)
    }

    fn update_row(&mut self, old: &Record, new: &Record) -> Result<(), StoreError> {
        let object = new.object();
        let (mut positions, mut cells, mut beside) = (Vec::new(), Vec::new(), Vec::new());
        for (position, field) in object.fields.iter().enumerate() {
            let after = new.at(position);
            if old.at(position) == after || field.is_virtual() {
                continue;
            }
            if in_row(field) {
                encode(field, after, &mut cells)?;
                positions.push(position);
            } else {
                beside.push((position, field));
            }
        }
        // First what a unique key may refuse: then nothing was made yet that would have to be taken back.
        if !positions.is_empty() {
            let of_key = |position: &usize| {
                let name = &object.fields[*position].name;
                // What is put away holds no key, and takes it again when it comes back.
                name == system::DELETED_AT || object.unique.iter().any(|key| key.fields.contains(name))
            };
            let sometimes = object.unique.iter().any(|key| key.when.is_some());
            let refusable = sometimes || (!object.unique.is_empty() && positions.iter().any(of_key));
            let update = self.statements.update(object, positions, self.dialect());
            cells.push(cells::uuid(new.id()));
            self.store(update, cells, refusable.then(|| Claim::of(new)))?;
        }
        for (position, field) in beside {
            let (before, after) = (old.at(position), new.at(position));
            if let FieldType::Table(_) = field.kind {
                self.update_rows(before.as_rows(), after.as_rows())?;
                continue;
            }
            let delete = Statement::delete()
                .from_table(Alias::new(object.list_table(&field.name)))
                .and_where(Sql::col(Alias::new(list::OWNER)).eq(new.id()))
                .take();
            self.write(&delete)?;
            if let Value::List(items) = after {
                self.insert_list(object, field, new.id(), items)?;
            }
        }
        Ok(())
    }

    fn update_rows(&mut self, old: &[Record], new: &[Record]) -> Result<(), StoreError> {
        for gone in old.iter().filter(|row| !new.iter().any(|kept| kept.id() == row.id())) {
            self.delete_row(gone)?;
        }
        for row in new {
            match old.iter().find(|known| known.id() == row.id()) {
                Some(known) => self.update_row(known, row)?,
                None => self.insert_row(row)?,
            }
        }
        Ok(())
    }

    pub(crate) fn delete_row(&mut self, row: &Record) -> Result<(), StoreError> {
        let object = row.object();
        let tables = object
            .fields
            .iter()
            .filter(|field| list_table_of(field))
            .map(|f| (object.list_table(&f.name), list::OWNER));
        for (table, key) in tables.chain([(object.table(), system::ID)]) {
            let delete = Statement::delete()
                .from_table(Alias::new(table))
                .and_where(Sql::col(Alias::new(key)).eq(row.id()))
                .take();
            self.write(&delete)?;
        }
        for (field, _) in object.table_fields() {
            row.get(&field.name).as_rows().iter().try_for_each(|inner| self.delete_row(inner))?;
        }
        Ok(())
    }

    fn insert_list(&self, object: &Object, field: &Field, owner: Uuid, items: &[Value]) -> Result<(), StoreError> {
        if items.is_empty() {
            return Ok(());
        }
        let mut insert = Statement::insert();
        insert
            .into_table(Alias::new(object.list_table(&field.name)))
            .columns([list::OWNER, list::POSITION, list::VALUE].map(Alias::new));
        let kind = list_column(field);
        for (position, item) in items.iter().enumerate() {
            let value = cells::cell(item, kind).unwrap_or_else(cells::null);
            let position = Cell::BigInt(i64::try_from(position).ok());
            insert.values_panic([Sql::val(owner), Sql::val(position), Sql::val(value)]);
        }
        self.write(&insert)
    }
}

fn keys(ids: &[Uuid]) -> Vec<Cell> {
    ids.iter().copied().map(cells::uuid).collect()
}

/// Whether the field's value lives in the row itself.
fn in_row(field: &Field) -> bool {
    !field.is_virtual() && !list_table_of(field) && !matches!(field.kind, FieldType::Table(_))
}

/// Whether the field's values live in a list table.
pub(crate) fn list_table_of(field: &Field) -> bool {
    matches!(field.kind, FieldType::Choices(_) | FieldType::Tags | FieldType::Links(_))
}

/// The column type of a list table's values.
pub(crate) fn list_column(field: &Field) -> ColumnType {
    if matches!(field.kind, FieldType::Links(_)) { ColumnType::Uuid } else { ColumnType::Text }
}

fn in_table(error: StoreError, object: &Object) -> StoreError {
    match error {
        StoreError::Corrupt { column, found, .. } => StoreError::Corrupt { table: object.table(), column, found },
        other => other,
    }
}
