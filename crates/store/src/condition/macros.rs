//! Lists and rows: `in`, `size`, `exists`, `all` and their like.

use nexus_model::Value;
use nexus_model::expr::{Node, Quantifier};
use nexus_model::object::system;
use sea_query::{Alias, Expr as Sql, ExprTrait, Query, SelectStatement};

use super::compiler::{Bound, Compiler, Place};
use super::part::{Items, Part, column, constant};
use super::{CompileError, refuse};

/// Columns of a list table.
const OWNER: &str = "owner";
const VALUE: &str = "value";
/// Items of a list known while compiling that a macro is written out for.
const MAX_UNROLLED: usize = 200;

impl Compiler<'_> {
    pub(super) fn items(&self, node: &Node, place: &Place<'_>) -> Result<Items, CompileError> {
        match self.value(node, place)? {
            Part::Items(items) => Ok(items),
            Part::Known(Value::Null) => Ok(Items::Given(Vec::new())),
            _ => refuse("this list"),
        }
    }

    /// `a in list`; may be null where it does not hold.
    pub(super) fn contained(&self, a: &Node, list: &Node, place: &Place<'_>) -> Result<Sql, CompileError> {
        match self.items(list, place)? {
            Items::Given(items) => self.among(&|| self.value(a, place), items),
            Items::Stored { table, owner, .. } => {
                let item = self.value(a, place)?.single(self.dialect)?;
                let alias = self.alias();
                let mut select = list_rows(&table, &alias, owner);
                select.expr(Sql::val(1)).and_where(column(&alias, VALUE).eq(item));
                Ok(Sql::exists(select))
            }
            Items::Rows { .. } => refuse("'in' rows"),
        }
    }

    /// Whether there is an item at all.
    pub(super) fn any(&self, items: Items) -> Result<Sql, CompileError> {
        Ok(match items {
            Items::Given(items) => constant(!items.is_empty()),
            Items::Stored { table, owner, .. } => {
                Sql::exists(list_rows(&table, &self.alias(), owner).expr(Sql::val(1)).take())
            }
            Items::Rows { object, parent } => {
                let alias = self.alias();
                let mut select = self.rows(self.object(&object)?, &alias, false);
                select.expr(Sql::val(1)).and_where(column(&alias, system::PARENT).eq(parent));
                Sql::exists(select)
            }
        })
    }

    pub(super) fn size(&self, over: &Node, place: &Place<'_>) -> Result<Part, CompileError> {
        match self.items(over, place)? {
            Items::Given(items) => Ok(Part::Known(Value::Int(items.len() as i64))),
            items => self.tally(items, None, place),
        }
    }

    pub(super) fn count(&self, over: &Node, test: &Node, place: &Place<'_>) -> Result<Part, CompileError> {
        match self.items(over, place)? {
            Items::Given(_) => refuse("a count of a list that is not stored"),
            items => self.tally(items, Some((test, Wanted::True)), place),
        }
    }

    /// A quantifier other than `Count`; true or false.
    pub(super) fn quantify(
        &self,
        how: Quantifier,
        over: &Node,
        test: &Node,
        place: &Place<'_>,
    ) -> Result<Sql, CompileError> {
        let before = self.spent();
        let items = self.items(over, place)?;
        let cost = self.spent() - before;
        if let Items::Given(items) = items {
            return self.unrolled(how, items, cost, test, place);
        }
        Ok(match how {
            Quantifier::Exists => Sql::exists(self.matching(items, Some((test, Wanted::True)), place, false)?),
            Quantifier::All => Sql::not_exists(self.matching(items, Some((test, Wanted::False)), place, false)?),
            Quantifier::ExistsOne => match self.tally(items, Some((test, Wanted::True)), place)? {
                Part::Scaled(count, _) => count.eq(1),
                _ => return refuse("this count"),
            },
            Quantifier::Count => return refuse("a count as a condition"),
        })
    }

    fn tally(&self, items: Items, test: Option<(&Node, Wanted)>, place: &Place<'_>) -> Result<Part, CompileError> {
        let select = self.matching(items, test, place, true)?;
        Ok(Part::Scaled(Sql::SubQuery(None, Box::new(select.into())), 0))
    }

    /// `SELECT 1`, or the count, of the items for which the test comes out as wanted.
    fn matching(
        &self,
        items: Items,
        test: Option<(&Node, Wanted)>,
        place: &Place<'_>,
        count: bool,
    ) -> Result<SelectStatement, CompileError> {
        let alias = self.alias();
        let (mut select, bound) = match items {
            Items::Stored { table, owner, ids } => {
                let value = column(&alias, VALUE);
                let item = if ids { Part::Id(value) } else { Part::Text(value) };
                (list_rows(&table, &alias, owner), Bound::Item(item, 1))
            }
            Items::Rows { object, parent } => {
                let object = self.object(&object)?;
                let mut select = self.rows(object, &alias, false);
                select.and_where(column(&alias, system::PARENT).eq(parent));
                (select, Bound::Row(object, alias))
            }
            Items::Given(_) => return refuse("a list that is not stored"),
        };
        if let Some((test, wanted)) = test {
            let inside = place.within(bound);
            select.and_where(match wanted {
                Wanted::True => self.test(test, &inside, false)?,
                Wanted::False => self.test(test, &inside, true)?.not(),
            });
        }
        select.expr(if count { Sql::cust("COUNT(*)") } else { Sql::val(1) });
        Ok(select)
    }

    /// A macro over a list known while compiling, written out item by item.
    fn unrolled(
        &self,
        how: Quantifier,
        items: Vec<Part>,
        cost: usize,
        test: &Node,
        place: &Place<'_>,
    ) -> Result<Sql, CompileError> {
        if items.len() > MAX_UNROLLED {
            return refuse("a macro over so long a list");
        }
        let mut tests = Vec::with_capacity(items.len());
        for item in items {
            tests.push(self.test(test, &place.within(Bound::Item(item, cost)), true)?);
        }
        match how {
            Quantifier::Exists => Ok(tests.into_iter().reduce(ExprTrait::or).unwrap_or_else(|| constant(false))),
            Quantifier::All => Ok(tests.into_iter().reduce(ExprTrait::and).unwrap_or_else(|| constant(true))),
            Quantifier::ExistsOne | Quantifier::Count => refuse("a count of a list that is not stored"),
        }
    }
}

#[derive(Clone, Copy)]
enum Wanted {
    True,
    False,
}

fn list_rows(table: &str, alias: &str, owner: Sql) -> SelectStatement {
    let mut select = Query::select();
    select.from_as(Alias::new(table), Alias::new(alias)).and_where(column(alias, OWNER).eq(owner));
    select
}
