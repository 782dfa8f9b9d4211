//! Which records, in which order, from where on.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use nexus_model::expr::{Expr, Vars};
use nexus_model::field::{Field, FieldType, object_column};
use nexus_model::object::system;
use nexus_model::{Object, ObjectName, Record, Uuid, Value, json};
use sea_query::{Alias, Cond, Expr as Sql, ExprTrait, Func, NullOrdering, Order, Query as Statement, SelectStatement};

use crate::cells::{cell, uuid};
use crate::statements::{Find, Shape, Test};
use crate::{Conditions, StoreError, Tx};

/// The alias of the table that a query is about.
pub(crate) const ROOT: &str = "r";

/// Which records of an object a principal may reach.
#[derive(Clone, Debug)]
pub enum Rows {
    All,
    None,
    Where(Arc<Expr>),
    AnyOf(Vec<Rows>),
    AllOf(Vec<Rows>),
    /// Child rows whose parent is among these.
    Parent(Box<Rows>),
    Ids(Vec<Uuid>),
    /// Those whose dynamic link leads to a live record among these, by the object that it is of.
    LeadTo(String, Vec<(ObjectName, Rows)>),
    /// Those to which a live record of another object leads by a dynamic link, which is among these.
    LedToBy {
        by: ObjectName,
        field: String,
        rows: Box<Rows>,
    },
}

/// One condition of a query; all must hold.
#[derive(Clone, Debug)]
pub enum Filter {
    /// The policy's.
    Rows(Rows),
    /// A caller's own; the policy of every object that it follows a link to is added inside.
    Where(Arc<Expr>),
    Ids(Vec<Uuid>),
    Equals(String, Value),
    /// The field has one of the values.
    OneOf(String, Vec<Value>),
    /// Any of the fields contains the text, letter case aside.
    Search {
        text: String,
        fields: Vec<String>,
    },
}

/// A question for records of one object.
pub struct Query<'a> {
    pub object: &'a Arc<Object>,
    pub filters: Vec<Filter>,
    /// Field and whether it descends.
    pub sort: Vec<(String, bool)>,
    pub after: Option<Cursor>,
    pub limit: usize,
    /// Positions of the fields to read; all when empty.
    pub fields: Vec<usize>,
    /// Deleted records instead of live ones.
    pub deleted: bool,
    pub vars: &'a Vars,
    /// What the principal may reach of other objects, for conditions that follow links.
    pub guard: &'a (dyn Fn(&Object) -> Rows + Sync),
}

/// Where a page ended: the sort values and the id of its last record.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Cursor {
    keys: Vec<serde_json::Value>,
    id: Uuid,
    /// The order it belongs to, so that a cursor is refused under another.
    sort: String,
}

impl Cursor {
    /// The cursor after `last` in the order of `sort`.
    pub fn after(last: &Record, sort: &[(String, bool)]) -> Cursor {
        let keys = sort.iter().map(|(field, _)| json::value(last.get(field))).collect();
        Cursor { keys, id: last.id(), sort: sort_text(sort) }
    }

    /// Opaque text for a client.
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// The cursor of [`Cursor::encode`], if it belongs to this order.
    pub fn decode(text: &str, sort: &[(String, bool)]) -> Option<Cursor> {
        let cursor: Cursor = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        (cursor.sort == sort_text(sort) && cursor.keys.len() == sort.len()).then_some(cursor)
    }
}

fn sort_text(sort: &[(String, bool)]) -> String {
    sort.iter().map(|(field, down)| format!("{}{field},", if *down { "-" } else { "" })).collect()
}

pub(crate) fn column(alias: &str, name: &str) -> Sql {
    Sql::col((Alias::new(alias), Alias::new(name)))
}

pub(crate) fn never() -> Sql {
    Sql::Constant(false.into())
}

fn always() -> Sql {
    Sql::Constant(true.into())
}

/// The condition that a row under `alias` is among `rows`.
pub(crate) fn rows_condition(
    conditions: &Conditions<'_>,
    rows: &Rows,
    object: &Object,
    alias: &str,
) -> Result<Sql, StoreError> {
    let many = |parts: &[Rows]| -> Result<Vec<Sql>, StoreError> {
        parts.iter().map(|part| rows_condition(conditions, part, object, alias)).collect()
    };
    Ok(match rows {
        Rows::All => always(),
        Rows::None => never(),
        Rows::Where(expr) => conditions.compile(expr, object, alias)?,
        Rows::AnyOf(parts) => many(parts)?.into_iter().reduce(ExprTrait::or).unwrap_or_else(never),
        Rows::AllOf(parts) => many(parts)?.into_iter().reduce(ExprTrait::and).unwrap_or_else(always),
        Rows::Parent(rows) => {
            let Some(parent) = object.child_of.as_ref().and_then(|name| conditions.schema.get(name.as_str())) else {
                return Ok(never());
            };
            let inner = format!("{alias}p");
            let parents = column(&inner, system::ID).equals((Alias::new(alias), Alias::new(system::PARENT)));
            live(parent, &inner, parents, rows_condition(conditions, rows, parent, &inner)?)
        }
        Rows::Ids(ids) => column(alias, system::ID).is_in(ids.iter().copied()),
        Rows::LeadTo(field, targets) => {
            let inner = format!("{alias}t");
            let mut any = Vec::with_capacity(targets.len());
            for (name, rows) in targets {
                let Some(target) = conditions.schema.get(name.as_str()) else { continue };
                let led = column(&inner, system::ID).equals((Alias::new(alias), Alias::new(field.as_str())));
                let found = live(target, &inner, led, rows_condition(conditions, rows, target, &inner)?);
                any.push(column(alias, &object_column(field)).eq(name.as_str()).and(found));
            }
            any.into_iter().reduce(ExprTrait::or).unwrap_or_else(never)
        }
        Rows::LedToBy { by, field, rows } => {
            let Some(by) = conditions.schema.get(by.as_str()) else { return Ok(never()) };
            let inner = format!("{alias}b");
            let leads = column(&inner, field).equals((Alias::new(alias), Alias::new(system::ID)));
            let leads = leads.and(column(&inner, &object_column(field)).eq(object.name.as_str()));
            live(by, &inner, leads, rows_condition(conditions, rows, by, &inner)?)
        }
    })
}

/// That there is a live record of an object, under an alias, for which both hold.
fn live(object: &Object, alias: &str, joined: Sql, condition: Sql) -> Sql {
    Sql::exists(
        Statement::select()
            .expr(Sql::val(1))
            .from_as(Alias::new(object.table()), Alias::new(alias))
            .and_where(joined)
            .and_where(column(alias, system::DELETED_AT).is_null())
            .and_where(condition)
            .take(),
    )
}

impl Query<'_> {
    /// The condition of the whole query on rows under [`ROOT`], without the cursor's.
    pub(crate) fn condition(&self, tx: &Tx) -> Result<Cond, StoreError> {
        let plain = Conditions { schema: &tx.schema, vars: self.vars, dialect: tx.dialect(), guard: None };
        let guard = |object: &Object, alias: &str| match (self.guard)(object) {
            Rows::All => None,
            rows => Some(rows_condition(&plain, &rows, object, alias).unwrap_or_else(|_| never())),
        };
        let guarded = Conditions { schema: &tx.schema, vars: self.vars, dialect: tx.dialect(), guard: Some(&guard) };
        let mut condition = Cond::all();
        if self.object.child_of.is_none() {
            let deleted = column(ROOT, system::DELETED_AT);
            condition = condition.add(if self.deleted { deleted.is_not_null() } else { deleted.is_null() });
        }
        for filter in &self.filters {
            let sql = match filter {
                Filter::Rows(rows) => rows_condition(&plain, rows, self.object, ROOT)?,
                Filter::Where(expr) => guarded.compile(expr, self.object, ROOT)?,
                Filter::Ids(ids) => column(ROOT, system::ID).is_in(ids.iter().copied()),
                Filter::Equals(field, value) => equals(self.object, field, value)?,
                Filter::OneOf(field, values) => one_of(self.object, field, values)?,
                Filter::Search { text, fields } => search(text, fields),
            };
            condition = condition.add(sql);
        }
        Ok(condition)
    }

    /// The shape and the values of a query whose conditions compare fields with values: what its text depends on, and
    /// what is bound, in the order of [`Query::condition`].
    pub(crate) fn plain(&self) -> Option<(Shape, Vec<sea_query::Value>)> {
        if self.after.is_some() {
            return None;
        }
        let (mut tests, mut cells) = (Vec::with_capacity(self.filters.len()), Vec::new());
        for filter in &self.filters {
            match filter {
                Filter::Rows(Rows::All) => {}
                // What leads to a record of whichever object is compared by two columns.
                Filter::Equals(_, Value::Leads(..)) => return None,
                Filter::OneOf(_, values) if values.iter().any(|value| matches!(value, Value::Leads(..))) => {
                    return None;
                }
                Filter::Ids(ids) if !ids.is_empty() => {
                    tests.push(Test::Ids(ids.len()));
                    cells.extend(ids.iter().copied().map(uuid));
                }
                Filter::Equals(name, value) => {
                    let cell = single(self.object.field(name)?, value);
                    tests.push(Test::Equals(name.clone(), cell.is_some()));
                    cells.extend(cell);
                }
                Filter::OneOf(name, values) if !values.is_empty() => {
                    let field = self.object.field(name)?;
                    let before = cells.len();
                    cells.extend(values.iter().filter_map(|value| single(field, value)));
                    tests.push(Test::OneOf(name.clone(), cells.len() - before));
                }
                _ => return None,
            }
        }
        let find = Find {
            object: self.object.name.clone(),
            tests,
            sort: self.sort.clone(),
            fields: self.fields.clone(),
            limit: self.limit,
            deleted: self.deleted,
        };
        Some((Shape::Find(Box::new(find)), cells))
    }

    /// `SELECT` of the rows, ordered and after the cursor, with no columns and no limit yet.
    pub(crate) fn statement(&self, tx: &Tx) -> Result<SelectStatement, StoreError> {
        let mut select = Statement::select();
        select.from_as(Alias::new(self.object.table()), Alias::new(ROOT)).cond_where(self.condition(tx)?);
        for (field, down) in &self.sort {
            let order = if *down { Order::Desc } else { Order::Asc };
            match tx.dialect() {
                // This is SQLite's own order, and said aloud it would keep an index from being used.
                crate::Dialect::Sqlite => select.order_by_expr(column(ROOT, field), order),
                crate::Dialect::Postgres => {
                    let nulls = if *down { NullOrdering::Last } else { NullOrdering::First };
                    select.order_by_expr_with_nulls(column(ROOT, field), order, nulls)
                }
            };
        }
        let last_down = self.sort.first().is_some_and(|(_, down)| *down);
        select.order_by_expr(column(ROOT, system::ID), if last_down { Order::Desc } else { Order::Asc });
        if let Some(cursor) = &self.after {
            select.and_where(self.beyond(cursor, last_down)?);
        }
        Ok(select)
    }

    /// Rows that come after the cursor: null sorts before every value.
    fn beyond(&self, cursor: &Cursor, id_down: bool) -> Result<Sql, StoreError> {
        let id = column(ROOT, system::ID);
        let mut beyond = if id_down { id.lt(cursor.id) } else { id.gt(cursor.id) };
        let mut seek = None;
        for ((name, down), key) in self.sort.iter().zip(&cursor.keys).rev() {
            let col = || column(ROOT, name);
            let Some(field) = self.object.field(name) else { return Ok(never()) };
            let value = json::parse(&Field { min: None, max: None, pattern: None, ..field.clone() }, key);
            let value = value.unwrap_or_default();
            let stored = single(field, &value);
            (beyond, seek) = match (stored, *down) {
                (None, true) => (col().is_null().and(beyond), None),
                (None, false) => (col().is_not_null().or(col().is_null().and(beyond)), None),
                // A column that is never null can be sought from both ends.
                (Some(at), true) if field.system => {
                    (col().lt(at.clone()).or(col().eq(at.clone()).and(beyond)), Some(col().lte(at)))
                }
                (Some(at), true) => {
                    let lower = col().lt(at.clone()).or(col().is_null());
                    (lower.or(col().eq(at).and(beyond)), None)
                }
                (Some(at), false) => (col().gt(at.clone()).or(col().eq(at.clone()).and(beyond)), Some(col().gte(at))),
            };
        }
        // The plain bound on the first key lets the database begin at the right place of an index.
        Ok(match seek {
            Some(seek) => seek.and(beyond),
            None => beyond,
        })
    }
}

fn single(field: &Field, value: &Value) -> Option<sea_query::Value> {
    let kind = if field.kind == FieldType::Money {
        nexus_model::field::ColumnType::Scaled(nexus_model::value::MONEY_SCALE)
    } else {
        field.kind.column()?
    };
    if *value == Value::Null { None } else { cell(value, kind) }
}

fn equals(object: &Object, name: &str, value: &Value) -> Result<Sql, StoreError> {
    let Some(field) = object.field(name) else { return Ok(never()) };
    if let Value::Leads(to, id) = value {
        return Ok(column(ROOT, name).eq(*id).and(column(ROOT, &object_column(name)).eq(to.as_str())));
    }
    Ok(match single(field, value) {
        Some(cell) => column(ROOT, name).eq(cell),
        None => column(ROOT, name).is_null(),
    })
}

fn one_of(object: &Object, name: &str, values: &[Value]) -> Result<Sql, StoreError> {
    let Some(field) = object.field(name) else { return Ok(never()) };
    if matches!(field.kind, FieldType::DynamicLink(_)) {
        let each = values.iter().map(|value| equals(object, name, value)).collect::<Result<Vec<_>, _>>()?;
        return Ok(each.into_iter().reduce(ExprTrait::or).unwrap_or_else(never));
    }
    Ok(column(ROOT, name).is_in(values.iter().filter_map(|value| single(field, value))))
}

fn search(text: &str, fields: &[String]) -> Sql {
    let folded = text.to_lowercase();
    let found = fields.iter().map(|field| {
        let whole = Func::cust(Alias::new("nexus_fold")).arg(column(ROOT, field));
        Sql::from(Func::cust(Alias::new("instr")).arg(whole).arg(folded.as_str())).gt(0)
    });
    found.reduce(ExprTrait::or).unwrap_or_else(never)
}

impl Tx {
    /// How many records, counting no further than `most`.
    pub async fn count(&mut self, query: &Query<'_>, most: Option<u64>) -> Result<u64, StoreError> {
        let mut inner = Statement::select();
        inner
            .expr(Sql::val(1))
            .from_as(Alias::new(query.object.table()), Alias::new(ROOT))
            .cond_where(query.condition(self)?);
        if let Some(most) = most {
            inner.limit(most);
        }
        let outer = Statement::select().expr(Sql::cust("count(*)")).from_subquery(inner, Alias::new("counted")).take();
        let counts = self.select(&outer, |cells| {
            Ok(if let Some(crate::cells::Stored::Int(count)) = cells.first() { *count } else { 0 })
        })?;
        Ok(u64::try_from(counts.first().copied().unwrap_or_default()).unwrap_or_default())
    }
}
