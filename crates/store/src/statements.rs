//! Texts of statements, built once for each shape of a question: a text names tables, columns and places for values,
//! and the values themselves are bound.

use std::sync::{Arc, PoisonError, RwLock};

use nexus_model::expr::{Expr, Node};
use nexus_model::field::{Measure, Rollup, RollupOver};
use nexus_model::{Field, Object, ObjectName, Schema};
use sea_query::{Alias, Expr as Sql, ExprTrait, Query as Statement, Value as Cell};

use crate::Dialect;

/// Texts kept at a time; beyond, all are built anew.
const TEXTS_MAX: usize = 4_096;

/// All that a statement's text depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    /// All columns of a row.
    Insert(ObjectName),
    /// The fields at these positions of the row with an id.
    Update(ObjectName, Vec<usize>),
    /// Records that fit plain conditions.
    Find(Box<Find>),
    /// Child rows of so many parents.
    Rows(ObjectName, usize),
    /// Values of the list field at a position, of so many owners.
    List(ObjectName, usize, usize),
}

/// The shape of a query whose conditions compare fields with values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Find {
    pub(crate) object: ObjectName,
    pub(crate) tests: Vec<Test>,
    pub(crate) sort: Vec<(String, bool)>,
    pub(crate) fields: Vec<usize>,
    pub(crate) limit: usize,
    pub(crate) deleted: bool,
}

/// How one condition of a query compares.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Test {
    /// The id is one of so many.
    Ids(usize),
    /// The field has a value, or none.
    Equals(String, bool),
    /// The field has one of so many values.
    OneOf(String, usize),
}

/// A statement's text, and of a `SELECT` what its columns are.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub(crate) sql: String,
    /// Positions of the fields whose columns it answers, in their order.
    pub(crate) positions: Vec<usize>,
    /// Values that columns which are worked out bind, before those of the conditions.
    pub(crate) bound: Vec<Cell>,
}

/// A statement's text, wherever it is kept.
pub(crate) enum SqlText {
    Fixed(&'static str),
    Kept(Arc<Text>),
    Own(String),
}

impl std::ops::Deref for SqlText {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            SqlText::Fixed(sql) => sql,
            SqlText::Kept(text) => &text.sql,
            SqlText::Own(sql) => sql,
        }
    }
}

impl From<&'static str> for SqlText {
    fn from(sql: &'static str) -> SqlText {
        SqlText::Fixed(sql)
    }
}

impl From<String> for SqlText {
    fn from(sql: String) -> SqlText {
        SqlText::Own(sql)
    }
}

impl From<Arc<Text>> for SqlText {
    fn from(text: Arc<Text>) -> SqlText {
        SqlText::Kept(text)
    }
}

/// Levels of computed fields that are looked through.
const DEPTH_MAX: usize = 16;

/// Whether a virtual field is worked out in the same way whoever asks and whenever: nothing in it reads a variable.
pub(crate) fn is_lasting(field: &Field, schema: &Schema) -> bool {
    lasts(field, schema, DEPTH_MAX)
}

fn lasts(field: &Field, schema: &Schema, depth: usize) -> bool {
    let read = |owner: &ObjectName, name: &str| {
        let field = schema.get(owner.as_str()).and_then(|object| object.field(name));
        depth > 0 && field.is_some_and(|field| !field.is_virtual() || lasts(field, schema, depth - 1))
    };
    let lasting = |expr: &Expr| {
        let mut plain = true;
        expr.node().walk(&mut |node| plain &= !matches!(node, Node::Var(_)));
        plain && expr.reads().iter().all(|(owner, name)| read(owner, name))
    };
    let measured = |rollup: &Rollup| match (&rollup.over, &rollup.measure) {
        (_, Measure::Count) => true,
        (RollupOver::Linked { object, .. }, Measure::Sum(of) | Measure::Min(of) | Measure::Max(of)) => read(object, of),
        (RollupOver::Rows(_), _) => false,
    };
    field.computed.as_ref().is_none_or(lasting)
        && field.rollup.as_ref().is_none_or(|rollup| measured(rollup) && rollup.when.as_ref().is_none_or(lasting))
}

/// Texts by shape.
#[derive(Default)]
pub(crate) struct Statements {
    texts: RwLock<foldhash::HashMap<Shape, Arc<Text>>>,
}

impl Statements {
    pub(crate) fn known(&self, shape: &Shape) -> Option<Arc<Text>> {
        self.texts.read().unwrap_or_else(PoisonError::into_inner).get(shape).cloned()
    }

    pub(crate) fn keep(&self, shape: Shape, text: &Arc<Text>) {
        let mut texts = self.texts.write().unwrap_or_else(PoisonError::into_inner);
        if texts.len() >= TEXTS_MAX {
            texts.clear();
        }
        texts.insert(shape, Arc::clone(text));
    }

    /// The text of a shape, made when it is asked for first.
    fn kept(&self, shape: Shape, make: impl FnOnce() -> String) -> Arc<Text> {
        self.known(&shape).unwrap_or_else(|| {
            let text = Arc::new(Text { sql: make(), ..Text::default() });
            self.keep(shape, &text);
            text
        })
    }

    /// `INSERT` of all the object's columns, in the order of its fields.
    pub(crate) fn insert(&self, object: &Object, dialect: Dialect) -> Arc<Text> {
        self.kept(Shape::Insert(object.name.clone()), || {
            let columns = object.fields.iter().flat_map(Field::columns);
            let columns: Vec<_> = columns.map(|column| Alias::new(column.name)).collect();
            let blanks = columns.iter().map(|_| Sql::val(0));
            let insert = Statement::insert()
                .into_table(Alias::new(object.table()))
                .columns(columns.iter().cloned())
                .values_panic(blanks)
                .take();
            dialect.build(&insert).0
        })
    }

    /// `UPDATE` of the columns of the fields at `positions`, in their order, of the row whose id is bound last.
    pub(crate) fn update(&self, object: &Object, positions: Vec<usize>, dialect: Dialect) -> Arc<Text> {
        self.kept(Shape::Update(object.name.clone(), positions.clone()), || {
            let columns = positions.iter().flat_map(|position| object.fields[*position].columns());
            let update = Statement::update()
                .table(Alias::new(object.table()))
                .values(columns.map(|column| (Alias::new(column.name), Sql::val(0))))
                .and_where(Sql::col(Alias::new(nexus_model::object::system::ID)).eq(Cell::BigInt(None)))
                .take();
            dialect.build(&update).0
        })
    }
}
