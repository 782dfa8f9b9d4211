//! From a checked expression to SQL, node by node.

use std::cell::Cell;

use nexus_model::expr::{Calc, Node, Quantifier, Source, Var, functions};
use nexus_model::object::system;
use nexus_model::value::ADDRESS_PARTS;
use nexus_model::{Decimal, Object, ObjectName, Value};
use sea_query::{Alias, Expr as Sql, ExprTrait, Query, SelectStatement};

use super::compare::Equality;
use super::part::{Items, Money, Part, call, case, column, constant, definite, joined, sign};
use super::{CompileError, Conditions, Dialect, refuse};

/// Nodes that one expression may come to, computed fields and repetitions included.
const MAX_NODES: usize = 20_000;

pub(super) struct Compiler<'c> {
    pub(super) conditions: &'c Conditions<'c>,
    pub(super) dialect: Dialect,
    prefix: String,
    aliases: Cell<usize>,
    nodes: Cell<usize>,
}

/// The item that a macro stands at.
pub(super) enum Bound<'p> {
    Row(&'p Object, String),
    /// A value, and the nodes that writing it costs.
    Item(Part, usize),
}

/// The rows around a node.
pub(super) struct Place<'p> {
    pub(super) object: &'p Object,
    pub(super) alias: &'p str,
    pub(super) bound: Option<Bound<'p>>,
    pub(super) outer: Option<&'p Place<'p>>,
    /// Macros around.
    pub(super) depth: usize,
    /// Computed fields around.
    pub(super) computed: usize,
}

impl<'p> Place<'p> {
    pub(super) fn of(object: &'p Object, alias: &'p str) -> Place<'p> {
        Place { object, alias, bound: None, outer: None, depth: 0, computed: 0 }
    }

    pub(super) fn within(&'p self, bound: Bound<'p>) -> Place<'p> {
        Place { bound: Some(bound), outer: Some(self), depth: self.depth + 1, ..*self }
    }

    fn bound(&self, depth: usize) -> Option<&Bound<'p>> {
        let mut place = self;
        while place.depth > depth + 1 {
            place = place.outer?;
        }
        place.bound.as_ref()
    }
}

impl<'c> Compiler<'c> {
    pub(super) fn new(conditions: &'c Conditions<'c>, alias: &str) -> Compiler<'c> {
        Compiler {
            conditions,
            dialect: conditions.dialect,
            prefix: alias.to_owned(),
            aliases: Cell::new(0),
            nodes: Cell::new(0),
        }
    }

    /// A name for the rows of one subselect. It extends the outer alias, so that a guard compiled inside for
    /// this alias makes names of its own.
    pub(super) fn alias(&self) -> String {
        self.aliases.set(self.aliases.get() + 1);
        format!("{}_{}", self.prefix, self.aliases.get())
    }

    pub(super) fn spend(&self, nodes: usize) -> Result<(), CompileError> {
        self.nodes.set(self.nodes.get() + nodes);
        if self.nodes.get() > MAX_NODES { refuse("an expression of this size") } else { Ok(()) }
    }

    pub(super) fn spent(&self) -> usize {
        self.nodes.get()
    }

    pub(super) fn value(&self, node: &Node, place: &Place<'_>) -> Result<Part, CompileError> {
        self.spend(1)?;
        let value = |node: &Node| self.value(node, place);
        Ok(match node {
            Node::Value(value) => Part::Known(value.clone()),
            Node::Var(var) => self.var(*var),
            Node::Field { of, object, name } => self.read(of, object, name, place)?,
            Node::Part { of, object, name, part } => match self.read(of, object, name, place)? {
                Part::Address(parts) => {
                    let at = ADDRESS_PARTS.iter().position(|known| known == part);
                    match at.and_then(|at| parts.into_iter().nth(at)) {
                        Some(sql) => Part::Text(sql),
                        None => return refuse("this part of an address"),
                    }
                }
                _ => Part::null(),
            },
            Node::Item(depth) => match place.bound(*depth) {
                Some(Bound::Item(part, cost)) => {
                    self.spend(*cost)?;
                    part.clone()
                }
                _ => return refuse("this name"),
            },
            Node::Amount(a) => value(a)?.money(self.dialect)?.amount,
            Node::Currency(a) => {
                let Money { amount, currency, plain } = value(a)?.money(self.dialect)?;
                Part::Text(if plain { currency } else { case(amount.has()?, currency, None) })
            }
            Node::Money { amount, currency } => self.money(amount, currency.as_deref(), place)?,
            // An integer is a decimal with no decimals.
            Node::Decimal(a) => match value(a)? {
                Part::Known(Value::Int(value)) => Part::Known(Decimal::from(value).into()),
                other => other,
            },
            Node::Int(calc, a, b) => match (value(a)?, value(b)?) {
                (Part::Known(Value::Int(a)), Part::Known(Value::Int(b))) => {
                    Part::Known(functions::int(*calc, a, b).into())
                }
                (a, b) => {
                    let arguments = [sign(calc.sign()), a.single(self.dialect)?, b.single(self.dialect)?];
                    Part::Scaled(call("nexus_int", arguments), 0)
                }
            },
            Node::Number(calc, a, b) => self.calculate(*calc, value(a)?, value(b)?)?,
            Node::MoneySum(calc, a, b) => {
                let (a, b) = (value(a)?.money(self.dialect)?, value(b)?.money(self.dialect)?);
                let sum = self.calculate(*calc, a.amount, b.amount)?.wide(self.dialect)?;
                let amount = Part::Number(case(a.currency.clone().eq(b.currency), sum, None));
                Part::Money(Box::new(Money { amount, currency: a.currency, plain: false }))
            }
            Node::MoneyScale(calc, a, b) => {
                let Money { amount, currency, .. } = value(a)?.money(self.dialect)?;
                let amount = Part::Number(self.calculate(*calc, amount, value(b)?)?.wide(self.dialect)?);
                Part::Money(Box::new(Money { amount, currency, plain: false }))
            }
            Node::MoneyRatio(a, b) => {
                let (a, b) = (value(a)?.money(self.dialect)?, value(b)?.money(self.dialect)?);
                let ratio = self.calculate(Calc::Divide, a.amount, b.amount)?.wide(self.dialect)?;
                Part::Number(case(a.currency.eq(b.currency), ratio, None))
            }
            Node::Concat(a, b) => Part::Text(joined(value(a)?.single(self.dialect)?, value(b)?.single(self.dialect)?)),
            Node::AddDays(a, days) => self.add_days(value(a)?, value(days)?)?,
            Node::DaysBetween(a, b) => match (value(a)?, value(b)?) {
                (Part::Known(Value::Date(a)), Part::Known(Value::Date(b))) => {
                    Part::Known(functions::days_between(a, b).into())
                }
                (a, b) => {
                    let dates = [a.single(self.dialect)?, b.single(self.dialect)?];
                    Part::Scaled(call("nexus_days_between", dates), 0)
                }
            },
            Node::Apply(function, a) => self.apply(*function, value(a)?)?,
            Node::Size(over) => self.size(over, place)?,
            Node::If(a, b, c) => self.choose(a, b, c, place)?,
            Node::List(items) => Part::Items(Items::Given(items.iter().map(value).collect::<Result<_, _>>()?)),
            Node::Quantify { how: Quantifier::Count, over, test, .. } => self.count(over, test, place)?,
            _ => Part::Bool(self.test(node, place, true)?),
        })
    }

    /// A condition. One that is `definite` is true or false; another may be null where it does not hold,
    /// which an index serves better.
    pub(super) fn test(&self, node: &Node, place: &Place<'_>, strict: bool) -> Result<Sql, CompileError> {
        let made = |sql: Sql| Ok(if strict { definite(sql) } else { sql });
        match node {
            Node::And(a, b) => {
                self.spend(1)?;
                Ok(self.test(a, place, strict)?.and(self.test(b, place, strict)?))
            }
            Node::Or(a, b) => {
                self.spend(1)?;
                Ok(self.test(a, place, strict)?.or(self.test(b, place, strict)?))
            }
            Node::Not(a) => {
                self.spend(1)?;
                Ok(self.test(a, place, true)?.not())
            }
            Node::Equal(a, b) => {
                let (a, b) = (self.value(a, place)?, self.value(b, place)?);
                self.equal(a, b, if strict { Equality::Strict } else { Equality::Test })
            }
            Node::Compare(order, a, b) => {
                let (a, b) = (self.value(a, place)?, self.value(b, place)?);
                made(self.compare(*order, a, b)?)
            }
            Node::In(a, list) => made(self.contained(a, list, place)?),
            Node::Has(a) => match self.value(a, place)? {
                Part::Items(items) => self.any(items),
                other => other.has(),
            },
            Node::Text(test, a, b) => {
                let (a, b) = (self.value(a, place)?, self.value(b, place)?);
                made(self.text(*test, a, b)?)
            }
            Node::Quantify { how, over, test, .. } => self.quantify(*how, over, test, place),
            Node::Matches(..) => refuse("matches(…)"),
            Node::If(a, b, c) => {
                let condition = self.test(a, place, false)?;
                Ok(case(condition, self.test(b, place, strict)?, Some(self.test(c, place, strict)?)))
            }
            _ => match self.value(node, place)? {
                Part::Known(value) => Ok(constant(value == Value::Bool(true))),
                // Compared, because an index on the column serves only that.
                Part::Bool(sql) => made(sql.eq(true)),
                _ => refuse("this as a condition"),
            },
        }
    }

    fn var(&self, var: Var) -> Part {
        let vars = self.conditions.vars;
        let ids = |ids: &[nexus_model::Uuid]| {
            Part::Items(Items::Given(ids.iter().map(|id| Part::Known(Value::Id(*id))).collect()))
        };
        let texts = |texts: &[String]| {
            Part::Items(Items::Given(texts.iter().map(|text| Part::Known(text.as_str().into())).collect()))
        };
        match var {
            Var::User => Part::Known(vars.user.into()),
            Var::Company => Part::Known(vars.company.into()),
            Var::Teams => ids(&vars.teams),
            Var::Companies => ids(&vars.companies),
            Var::Roles => texts(&vars.roles),
            Var::Creates => texts(&vars.creates),
            Var::Now => Part::Known(functions::to_micros(vars.now).into()),
            Var::Today => Part::Known(vars.today.into()),
        }
    }

    fn read(&self, of: &Source, object: &ObjectName, name: &str, place: &Place<'_>) -> Result<Part, CompileError> {
        let known = |object: &'c Object, name: &str| match object.field(name) {
            Some(field) => Ok(field),
            None => Err(CompileError(format!("{} has no field '{name}'", object.name))),
        };
        match of {
            Source::This => match place.object.field(name) {
                Some(field) => self.field(field, place.object, place.alias, place.computed),
                None => Err(CompileError(format!("{} has no field '{name}'", place.object.name))),
            },
            Source::Row(depth) => match place.bound(*depth) {
                Some(Bound::Row(object, alias)) => match object.field(name) {
                    Some(field) => self.field(field, object, alias, place.computed),
                    None => Err(CompileError(format!("{} has no field '{name}'", object.name))),
                },
                _ => refuse("this name"),
            },
            Source::Linked { link, .. } => {
                let target = self.object(object)?;
                let field = known(target, name)?;
                let alias = self.alias();
                let part = self.field(field, target, &alias, place.computed)?.written(self.dialect)?;
                part.map(&mut |sql| {
                    let id = self.value(link, place)?.single(self.dialect)?;
                    let mut select = self.rows(target, &alias, place.computed == 0);
                    select.expr(sql).and_where(column(&alias, system::ID).eq(id));
                    Ok(Sql::SubQuery(None, Box::new(select.into())))
                })
            }
        }
    }

    pub(super) fn object(&self, name: &ObjectName) -> Result<&'c Object, CompileError> {
        match self.conditions.schema.get(name.as_str()) {
            Some(object) => Ok(object),
            None => Err(CompileError(format!("there is no object {name}"))),
        }
    }

    /// `SELECT … FROM` the rows of `object` that are not deleted and, unless a declared rule asks, visible.
    pub(super) fn rows(&self, object: &Object, alias: &str, guarded: bool) -> SelectStatement {
        let mut select = Query::select();
        select.from_as(Alias::new(object.table()), Alias::new(alias));
        if object.child_of.is_none() {
            select.and_where(column(alias, system::DELETED_AT).is_null());
        }
        if let Some(guard) = self.conditions.guard.filter(|_| guarded)
            && let Some(visible) = guard(object, alias)
        {
            select.and_where(visible);
        }
        select
    }
}
