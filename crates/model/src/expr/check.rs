//! Names and types: from CEL's syntax tree to a [`Node`].

use cel::common::ast::{CallExpr, Expr as Cel, IdedExpr, LiteralValue, SelectExpr, operators as cel_op};

use super::node::{Node, Source, Var};
use super::parse::{Parsed, parse};
use super::{ExprError, Scope, Type, functions};
use crate::field::{Field, FieldType};
use crate::object::{Object, ObjectName};
use crate::value::{ADDRESS_PARTS, Value};

/// Nodes a syntax tree may have.
const MAX_NODES: usize = 1_000;
/// Links that one path may follow.
const MAX_HOPS: usize = 4;
/// Macros that may stand inside one another; each multiplies the work by the length of its list.
const MAX_MACROS: usize = 3;

/// A checked part of an expression.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) node: Node,
    pub(super) ty: Type,
    pub(super) column: Option<usize>,
    /// The values a choice or a state allows, with the field's name.
    pub(super) choices: Option<(String, Vec<String>)>,
}

impl Typed {
    pub(super) fn new(node: Node, ty: Type, column: Option<usize>) -> Typed {
        Typed { node, ty, column, choices: None }
    }

    pub(super) fn boxed(self) -> Box<Node> {
        Box::new(self.node)
    }

    pub(super) fn fail<T>(&self, message: impl Into<String>) -> Result<T, ExprError> {
        Err(ExprError { message: message.into(), column: self.column })
    }
}

/// What a macro's variable stands for.
pub(super) enum Bound {
    Row(ObjectName),
    Item(Type, Option<(String, Vec<String>)>),
}

pub(super) struct Checker<'c> {
    parsed: &'c Parsed<'c>,
    pub(super) scope: &'c Scope<'c>,
    pub(super) bound: Vec<(String, Bound)>,
    nodes: usize,
}

pub(super) fn check(source: &str, scope: &Scope<'_>) -> Result<(Node, Type), ExprError> {
    let parsed = parse(source)?;
    let mut checker = Checker { parsed: &parsed, scope, bound: Vec::new(), nodes: 0 };
    let typed = checker.check(&parsed.tree)?;
    Ok((typed.node, typed.ty))
}

impl Checker<'_> {
    pub(super) fn fail<T>(&self, at: &IdedExpr, message: impl Into<String>) -> Result<T, ExprError> {
        Err(ExprError { message: message.into(), column: self.parsed.column(at.id) })
    }

    pub(super) fn column(&self, at: &IdedExpr) -> Option<usize> {
        self.parsed.column(at.id)
    }

    pub(super) fn check(&mut self, cel: &IdedExpr) -> Result<Typed, ExprError> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return self.fail(cel, format!("the expression has more than {MAX_NODES} parts"));
        }
        match &cel.expr {
            Cel::Literal(literal) => self.literal(cel, literal),
            Cel::Ident(name) => self.name(cel, name),
            Cel::Select(select) => self.select(cel, select),
            Cel::Call(call) => self.call(cel, call),
            Cel::List(list) => self.list(cel, &list.elements),
            Cel::Map(_) | Cel::Struct(_) | Cel::Comprehension(_) | Cel::Unspecified => {
                self.fail(cel, "this is not part of the language")
            }
        }
    }

    fn literal(&self, cel: &IdedExpr, literal: &LiteralValue) -> Result<Typed, ExprError> {
        let (value, ty) = match literal {
            LiteralValue::Null => (Value::Null, Type::Null),
            LiteralValue::Boolean(value) => (Value::Bool(*value.inner()), Type::Bool),
            LiteralValue::Int(value) => (Value::Int(*value.inner()), Type::Int),
            LiteralValue::String(value) => (Value::Text(value.inner().to_owned()), Type::Text),
            LiteralValue::Double(value) => {
                // The tree holds a binary float; the digits as they were written are exact.
                let token = self.parsed.token(cel.id);
                let same = token.parse::<f64>().is_ok_and(|float| float == value.inner().abs());
                let Some(mut exact) = functions::read_decimal(token).filter(|_| same) else {
                    return self.fail(cel, "a number has at most 28 digits");
                };
                if value.inner().is_sign_negative() {
                    exact = functions::plain(-exact);
                }
                (Value::Decimal(exact), Type::Decimal)
            }
            LiteralValue::UInt(_) => return self.fail(cel, "write the number without 'u'"),
            LiteralValue::Bytes(_) => return self.fail(cel, "bytes are not part of the language"),
        };
        Ok(Typed::new(Node::Value(value), ty, self.column(cel)))
    }

    fn name(&self, cel: &IdedExpr, name: &str) -> Result<Typed, ExprError> {
        if let Some(depth) = self.bound.iter().rposition(|(bound, _)| bound == name) {
            return match &self.bound[depth].1 {
                Bound::Row(_) => self.fail(cel, format!("'{name}' is a row; name one of its fields, as in {name}.id")),
                Bound::Item(ty, choices) => {
                    let item = Typed::new(Node::Item(depth), ty.clone(), self.column(cel));
                    Ok(Typed { choices: choices.clone(), ..item })
                }
            };
        }
        if name == "principal" {
            return self.fail(cel, "name one of principal.user, .teams, .roles, .company, .companies, .creates");
        }
        match self.scope.this {
            Some(this) => self.field(cel, Source::This, this, name),
            None => self.fail(cel, format!("'{name}' is unknown: there is no record here, only principal")),
        }
    }

    fn select(&mut self, cel: &IdedExpr, select: &SelectExpr) -> Result<Typed, ExprError> {
        if let Cel::Ident(root) = &select.operand.expr {
            match self.bound.iter().rposition(|(bound, _)| bound == root) {
                Some(depth) => {
                    if let (_, Bound::Row(object)) = &self.bound[depth] {
                        let object = self.object(cel, object)?;
                        return self.field(cel, Source::Row(depth), object, &select.field);
                    }
                }
                None if root == "principal" => return self.principal(cel, &select.field),
                None => {}
            }
        }
        let of = self.check(&select.operand)?;
        let column = self.column(cel);
        match (of.ty, of.node) {
            (Type::Record(to), link) => {
                let of = Source::Linked { link: Box::new(link), to: to.clone() };
                if hops(&of) > MAX_HOPS {
                    return self.fail(cel, format!("a path follows at most {MAX_HOPS} links"));
                }
                let object = self.object(cel, &to)?;
                self.field(cel, of, object, &select.field)
            }
            (Type::Address, Node::Field { of, object, name }) => {
                let Some(part) = ADDRESS_PARTS.iter().find(|part| **part == select.field) else {
                    let parts = ADDRESS_PARTS.join(", ");
                    return self.fail(cel, format!("an address has no '{}'; its parts are {parts}", select.field));
                };
                Ok(Typed::new(Node::Part { of, object, name, part }, Type::Text, column))
            }
            (Type::Money, node) => match select.field.as_str() {
                "amount" => Ok(Typed::new(Node::Amount(Box::new(node)), Type::Decimal, column)),
                "currency" => Ok(Typed::new(Node::Currency(Box::new(node)), Type::Text, column)),
                other => self.fail(cel, format!("money has no '{other}', only amount and currency")),
            },
            (ty, _) => self.fail(cel, format!("'{}' cannot be read from {ty}", select.field)),
        }
    }

    fn principal(&self, cel: &IdedExpr, member: &str) -> Result<Typed, ExprError> {
        let (var, ty) = match member {
            "user" => (Var::User, Type::Id),
            "teams" => (Var::Teams, Type::List(Box::new(Type::Id))),
            "roles" => (Var::Roles, Type::List(Box::new(Type::Text))),
            "company" => (Var::Company, Type::Id),
            "companies" => (Var::Companies, Type::List(Box::new(Type::Id))),
            "creates" => (Var::Creates, Type::List(Box::new(Type::Text))),
            _ => {
                let known = "user, teams, roles, company, companies, creates";
                return self.fail(cel, format!("principal has no '{member}'; it has {known}"));
            }
        };
        Ok(Typed::new(Node::Var(var), ty, self.column(cel)))
    }

    fn object(&self, cel: &IdedExpr, name: &ObjectName) -> Result<&Object, ExprError> {
        match self.scope.objects.object(name.as_str()) {
            Some(object) => Ok(object),
            None => self.fail(cel, format!("there is no object {name}")),
        }
    }

    fn field(&self, cel: &IdedExpr, of: Source, object: &Object, name: &str) -> Result<Typed, ExprError> {
        let Some(field) = object.field(name) else {
            let hint = match closest(name, object.fields.iter().map(|field| field.name.as_str())) {
                Some(near) => format!("; did you mean '{near}'?"),
                None => format!("; see /meta/{} for its fields", object.name),
            };
            return self.fail(cel, format!("{} has no field '{name}'{hint}", object.name));
        };
        let Some(ty) = field_type(field) else {
            return self.fail(cel, format!("'{name}' is secret: no expression reads it"));
        };
        let node = Node::Field { of, object: object.name.clone(), name: name.to_owned() };
        let choices = allowed(object, field).map(|values| (name.to_owned(), values));
        Ok(Typed { choices, ..Typed::new(node, ty, self.column(cel)) })
    }

    fn call(&mut self, cel: &IdedExpr, call: &CallExpr) -> Result<Typed, ExprError> {
        match (&call.target, call.args.as_slice()) {
            (None, [a, b]) if call.func_name == cel_op::ADD || call.func_name == cel_op::SUBSTRACT => {
                self.plus_minus(cel, call.func_name == cel_op::ADD, a, b)
            }
            (None, args) if call.func_name.contains('_') || call.func_name.starts_with('@') => {
                let mut typed = args.iter().map(|arg| self.check(arg)).collect::<Result<Vec<_>, _>>()?;
                match typed.len() {
                    1 => self.unary(cel, &call.func_name, typed.remove(0)),
                    2 => {
                        let b = typed.remove(1);
                        self.binary(cel, &call.func_name, typed.remove(0), b)
                    }
                    3 => {
                        let (c, b) = (typed.remove(2), typed.remove(1));
                        self.choice(cel, typed.remove(0), b, c)
                    }
                    _ => self.fail(cel, format!("'{}' is unknown", call.func_name)),
                }
            }
            (None, args) => self.function(cel, &call.func_name, args),
            (Some(target), args) => self.method(cel, target, &call.func_name, args),
        }
    }

    /// Runs `check` with a variable in scope.
    pub(super) fn with_bound<T>(
        &mut self,
        at: &IdedExpr,
        name: &str,
        bound: Bound,
        check: impl FnOnce(&mut Self, usize) -> Result<T, ExprError>,
    ) -> Result<T, ExprError> {
        if self.bound.len() == MAX_MACROS {
            return self.fail(at, format!("at most {MAX_MACROS} macros stand inside one another"));
        }
        let depth = self.bound.len();
        self.bound.push((name.to_owned(), bound));
        let result = check(self, depth);
        self.bound.pop();
        result
    }
}

/// The type of a field's values; `None` for a secret.
fn field_type(field: &Field) -> Option<Type> {
    let list = |item| Type::List(Box::new(item));
    Some(match &field.kind {
        FieldType::Secret => return None,
        FieldType::Integer | FieldType::Duration | FieldType::Rating => Type::Int,
        FieldType::Decimal | FieldType::Quantity | FieldType::Rate | FieldType::Percent => Type::Decimal,
        FieldType::Money => Type::Money,
        FieldType::Boolean => Type::Bool,
        FieldType::Date => Type::Date,
        FieldType::DateTime => Type::DateTime,
        FieldType::Choices(_) | FieldType::Tags => list(Type::Text),
        FieldType::Link(to) => Type::Record(to.clone()),
        FieldType::Links(to) => list(Type::Record(to.clone())),
        FieldType::Table(child) => Type::Rows(child.clone()),
        FieldType::File | FieldType::Image | FieldType::Signature | FieldType::Id | FieldType::DynamicLink(_) => {
            Type::Id
        }
        FieldType::Address => Type::Address,
        // It may be asked for, and no more.
        FieldType::Json | FieldType::Geo => Type::Json,
        _ => Type::Text,
    })
}

/// The values of a choice, of choices or of the state field.
fn allowed(object: &Object, field: &Field) -> Option<Vec<String>> {
    if let Some(states) = object.states.as_ref().filter(|states| states.field == field.name) {
        return Some(states.list.iter().map(|state| state.value.clone()).collect());
    }
    match &field.kind {
        FieldType::Choice(of) | FieldType::Choices(of) => Some(of.iter().map(|choice| choice.value.clone()).collect()),
        _ => None,
    }
}

/// Links followed on the way to a record.
fn hops(source: &Source) -> usize {
    let Source::Linked { link, .. } = source else { return 0 };
    let mut deepest = 0;
    link.walk(&mut |node| {
        if let Node::Field { of, .. } = node {
            deepest = deepest.max(hops(of));
        }
    });
    1 + deepest
}

/// The name among `names` that differs from `name` in at most a third of its letters.
pub(crate) fn closest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let near = names.map(|other| (distance(name, other), other)).min()?;
    (near.0 <= name.len().div_ceil(3)).then_some(near.1)
}

/// Letters to insert, delete or replace to make `b` of `a` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
