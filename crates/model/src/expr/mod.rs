//! The one expression language: CEL, checked against an object, evaluated here or compiled to SQL by the
//! store, with the same answer.
//!
//! The answer is total: there is no failing evaluation. Equality is null-safe, an order with null is false,
//! null is no truth, arithmetic with null, across currencies, by zero or beyond 64 bits (28 digits for
//! decimals) is null, and a link that leads to nothing visible reads null. Texts compare by code points.

mod calls;
mod check;
mod eval;
pub mod functions;
mod node;
mod operators;
mod parse;
mod source;

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

pub(crate) use check::closest;
pub use eval::fit;
pub use node::{Calc, Function, Node, Order, Quantifier, Source, TextTest, Var};
pub use source::{MAX_BRACKETS, MAX_DEPTH, MAX_SOURCE_BYTES};

use crate::object::{Object, ObjectName};
use crate::record::Record;
use crate::value::{Currency, Value};

/// Looks up objects while checking.
pub trait Objects {
    fn object(&self, name: &str) -> Option<&Object>;
}

/// What an expression may name.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub objects: &'a dyn Objects,
    /// The object whose fields stand bare; without one, only `principal` and functions are known.
    pub this: Option<&'a Object>,
}

/// The type of a value, known before there is one. Every value may be null.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Null,
    Bool,
    Int,
    Decimal,
    Money,
    Text,
    Date,
    DateTime,
    Id,
    /// A link to a record of the object.
    Record(ObjectName),
    Address,
    List(Box<Type>),
    Rows(ObjectName),
    Json,
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Null => f.write_str("null"),
            Type::Bool => f.write_str("true or false"),
            Type::Int => f.write_str("an integer"),
            Type::Decimal => f.write_str("a decimal"),
            Type::Money => f.write_str("money"),
            Type::Text => f.write_str("text"),
            Type::Date => f.write_str("a date"),
            Type::DateTime => f.write_str("a moment"),
            Type::Id => f.write_str("an id"),
            Type::Record(object) => write!(f, "a link to {object}"),
            Type::Address => f.write_str("an address"),
            Type::List(item) => write!(f, "a list ({item})"),
            Type::Rows(object) => write!(f, "rows of {object}"),
            Type::Json => f.write_str("JSON"),
        }
    }
}

/// Why a text is not an expression here: what is wrong, where, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}{}", .column.map(|column| format!(" (at character {column})")).unwrap_or_default())]
pub struct ExprError {
    pub message: String,
    /// The character it is about, counted from 1.
    pub column: Option<usize>,
}

/// Who is asking, as expressions see it.
#[derive(Clone, Debug, Default)]
pub struct Vars {
    pub user: Option<Uuid>,
    pub teams: Vec<Uuid>,
    pub roles: Vec<String>,
    pub company: Option<Uuid>,
    pub companies: Vec<Uuid>,
    /// The objects of which records may be made.
    pub creates: Arc<[String]>,
    /// The currency of the company, which `money('5')` is in.
    pub currency: Option<Currency>,
    pub now: Timestamp,
    pub today: Date,
}

/// What an expression is evaluated over.
#[derive(Clone, Copy)]
pub struct Env<'a> {
    pub record: Option<&'a Record>,
    pub vars: &'a Vars,
    /// The record a link leads to, unless it is deleted or the asker may not see it.
    pub linked: &'a dyn Fn(&ObjectName, Uuid) -> Option<Arc<Record>>,
}

/// A checked expression.
#[derive(Clone, Debug)]
pub struct Expr {
    source: Arc<str>,
    node: Node,
    ty: Type,
}

impl Expr {
    /// Reads and checks an expression of any type.
    pub fn parse(source: &str, scope: &Scope<'_>) -> Result<Expr, ExprError> {
        let (node, ty) = check::check(source, scope)?;
        Ok(Expr { source: source.into(), node, ty })
    }

    /// Reads and checks a condition: it is true or false, and null counts as false.
    pub fn condition(source: &str, scope: &Scope<'_>) -> Result<Expr, ExprError> {
        let expr = Expr::parse(source, scope)?;
        match expr.ty {
            Type::Bool => Ok(expr),
            other => Err(ExprError { message: format!("a condition is needed, and this is {other}"), column: None }),
        }
    }

    /// The text it was read from.
    pub fn source(&self) -> &str {
        &self.source
    }

    pub fn ty(&self) -> &Type {
        &self.ty
    }

    pub fn node(&self) -> &Node {
        &self.node
    }

    /// Names of the fields of the record itself that are read, each once.
    pub fn fields(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.node.walk(&mut |node| {
            if let Node::Field { of: Source::This, name, .. } | Node::Part { of: Source::This, name, .. } = node
                && !found.contains(name)
            {
                found.push(name.clone());
            }
        });
        found
    }

    /// Every field read of any object, those of rows and linked records included, each once: what a caller
    /// must be allowed to see.
    pub fn reads(&self) -> Vec<(ObjectName, String)> {
        let mut found = Vec::new();
        self.node.walk(&mut |node| {
            if let Node::Field { object, name, .. } | Node::Part { object, name, .. } = node {
                let read = (object.clone(), name.clone());
                if !found.contains(&read) {
                    found.push(read);
                }
            }
        });
        found
    }

    /// The link fields that are followed to another record, each once.
    pub fn links(&self) -> Vec<(ObjectName, String)> {
        let mut found = Vec::new();
        self.node.walk(&mut |node| {
            let (Node::Field { of: Source::Linked { link, .. }, .. }
            | Node::Part { of: Source::Linked { link, .. }, .. }) = node
            else {
                return;
            };
            // A link may also be chosen by a condition or be the item of a list of links.
            link.walk(&mut |below| {
                if let Node::Field { object, name, .. } = below {
                    let followed = (object.clone(), name.clone());
                    if !found.contains(&followed) {
                        found.push(followed);
                    }
                }
            });
        });
        found
    }

    /// What is read of other records, each with the links that lead there by name, such as `party.country`; nothing where
    /// a link is chosen by a condition or is one of a list, so that nobody can tell whence it leads.
    pub fn followed(&self) -> Option<Vec<Followed>> {
        let (mut found, mut plain) = (Vec::new(), true);
        self.node.walk(&mut |node| {
            let (Node::Field { of: Source::Linked { link, .. }, object, name }
            | Node::Part { of: Source::Linked { link, .. }, object, name, .. }) = node
            else {
                return;
            };
            match path(link) {
                Some(by) => {
                    let followed = Followed { by, object: object.clone(), field: name.clone() };
                    if !found.contains(&followed) {
                        found.push(followed);
                    }
                }
                None => plain = false,
            }
        });
        plain.then_some(found)
    }

    /// The value over `env`.
    pub fn eval(&self, env: &Env<'_>) -> Value {
        eval::value(&self.node, env)
    }

    /// Whether the condition holds over `env`.
    pub fn holds(&self, env: &Env<'_>) -> bool {
        eval::holds(&self.node, env)
    }
}

/// A field of a record that links lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Names of the links, in their order, joined by dots.
    pub by: String,
    pub object: ObjectName,
    pub field: String,
}

/// The names of links that lead from the record itself.
fn path(link: &Node) -> Option<String> {
    match link {
        Node::Field { of: Source::This, name, .. } => Some(name.clone()),
        Node::Field { of: Source::Linked { link, .. }, name, .. } => Some(format!("{}.{name}", path(link)?)),
        _ => None,
    }
}
