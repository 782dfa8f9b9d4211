//! Fields: their columns, and what virtual ones are worked out from.

use nexus_model::expr::functions;
use nexus_model::field::{Field, FieldType, GEO_PARTS, Measure, Rollup, RollupOver, currency_column};
use nexus_model::object::system;
use nexus_model::value::MONEY_SCALE;
use nexus_model::{Object, Value};
use sea_query::{Expr as Sql, ExprTrait, Func};

use super::compiler::{Compiler, Place};
use super::part::{Items, Money, Part, call, case, column, integer, literal, number, sum};
use super::{CompileError, Dialect, refuse};

/// Computed fields may read computed fields so deep, as in memory.
const MAX_COMPUTED: usize = 16;

impl Compiler<'_> {
    /// A field of the row under `alias`; a virtual one as what it is worked out from.
    pub(super) fn field(
        &self,
        field: &Field,
        object: &Object,
        alias: &str,
        computed: usize,
    ) -> Result<Part, CompileError> {
        self.spend(1)?;
        if field.is_virtual() {
            return self.worked_out(field, object, alias, computed);
        }
        let own = || column(alias, &field.name);
        Ok(match &field.kind {
            FieldType::Integer | FieldType::Duration | FieldType::Rating => Part::Scaled(own(), 0),
            FieldType::Decimal | FieldType::Quantity | FieldType::Rate | FieldType::Percent => {
                Part::Scaled(own(), field.scale().unwrap_or_default())
            }
            FieldType::Money => Part::Money(Box::new(Money {
                amount: Part::Scaled(own(), MONEY_SCALE),
                currency: column(alias, &currency_column(&field.name)),
                plain: true,
            })),
            FieldType::Boolean => Part::Bool(own()),
            FieldType::Date => Part::Date(own()),
            FieldType::DateTime => Part::DateTime(own()),
            FieldType::Link(_)
            | FieldType::DynamicLink(_)
            | FieldType::File
            | FieldType::Image
            | FieldType::Signature
            | FieldType::Id => Part::Id(own()),
            FieldType::Address => Part::Address(field.columns().iter().map(|part| column(alias, &part.name)).collect()),
            FieldType::Json => Part::Json(own()),
            FieldType::Geo => Part::Json(column(alias, &format!("{}_{}", field.name, GEO_PARTS[0]))),
            FieldType::Choices(_) | FieldType::Tags | FieldType::Links(_) => Part::Items(Items::Stored {
                table: object.list_table(&field.name),
                owner: column(alias, system::ID),
                ids: matches!(field.kind, FieldType::Links(_)),
            }),
            FieldType::Table(child) => {
                Part::Items(Items::Rows { object: child.clone(), parent: column(alias, system::ID) })
            }
            FieldType::Secret => return refuse("a secret"),
            _ => Part::Text(own()),
        })
    }

    /// What a field is worked out from, wherever its values are kept.
    pub(super) fn worked_out(
        &self,
        field: &Field,
        object: &Object,
        alias: &str,
        computed: usize,
    ) -> Result<Part, CompileError> {
        if computed == MAX_COMPUTED {
            return Ok(Part::null());
        }
        let place = Place { computed: computed + 1, ..Place::of(object, alias) };
        let part = match (field.computed.as_ref().or(field.fetch.as_ref()), &field.rollup) {
            (Some(expr), _) => self.value(expr.node(), &place)?,
            (None, Some(rollup)) => self.rollup(rollup, object, alias, &place)?,
            (None, None) => return refuse("this field"),
        };
        self.fit(part, field)
    }

    /// A computed value as its field holds it, as [`nexus_model::expr::fit`] has it in memory.
    pub(super) fn fit(&self, part: Part, field: &Field) -> Result<Part, CompileError> {
        let Some(scale) = field.scale() else { return Ok(part) };
        let fitted = |part: Part| -> Result<Part, CompileError> {
            Ok(match part {
                Part::Scaled(sql, own) if own == scale => Part::Scaled(sql, own),
                other => {
                    let wide = other.wide(self.dialect)?;
                    Part::Scaled(call("nexus_scaled", [wide, number(i64::from(scale))]), scale)
                }
            })
        };
        Ok(match part {
            Part::Known(value) => Part::Known(nexus_model::expr::fit(value, field)),
            Part::Money(money) => {
                let Money { amount, currency, plain } = *money;
                Part::Money(Box::new(Money { amount: fitted(amount)?, currency, plain }))
            }
            other => fitted(other)?,
        })
    }

    /// A figure over the records that link to the row under `alias`.
    pub(super) fn rollup(
        &self,
        rollup: &Rollup,
        object: &Object,
        alias: &str,
        place: &Place<'_>,
    ) -> Result<Part, CompileError> {
        let (target, link) = match &rollup.over {
            RollupOver::Linked { object: target, field } => (self.object(target)?, field.as_str()),
            RollupOver::Rows(field) => match object.field(field).and_then(Field::target) {
                Some(child) => (self.object(child)?, system::PARENT),
                None => return refuse("this rollup"),
            },
        };
        let rows = |aggregate: &dyn Fn(&str) -> Result<Sql, CompileError>| -> Result<Sql, CompileError> {
            let inner = self.alias();
            let mut select = self.rows(target, &inner, false);
            select.expr(aggregate(&inner)?).and_where(column(&inner, link).eq(column(alias, system::ID)));
            if let Some(when) = &rollup.when {
                let there = Place { computed: place.computed, ..Place::of(target, &inner) };
                select.and_where(self.test(when.node(), &there, false)?);
            }
            Ok(Sql::SubQuery(None, Box::new(select.into())))
        };
        let measured = |name: &str, inner: &str| match target.field(name) {
            Some(field) => self.field(field, target, inner, place.computed),
            None => Err(CompileError(format!("{} has no field '{name}'", target.name))),
        };
        let (name, total): (&str, &dyn Fn(Sql) -> Sql) = match &rollup.measure {
            Measure::Count => return Ok(Part::Scaled(rows(&|inner| Ok(column(inner, system::ID).count()))?, 0)),
            Measure::Sum(name) => (name, &sum),
            Measure::Min(name) => (name, &|sql| sql.min()),
            Measure::Max(name) => (name, &|sql| sql.max()),
        };
        let one = |inner: &str| measured(name, inner)?.single_column(self.dialect);
        Ok(match measured(name, "")? {
            Part::Money(_) => {
                // Amounts of different currencies have no sum.
                let amount = rows(&|inner| {
                    let money = measured(name, inner)?.money(self.dialect)?;
                    let alike = money.currency.clone().min().eq(money.currency.max());
                    Ok(case(alike, total(money.amount.single_column(self.dialect)?), None))
                })?;
                let currency = rows(&|inner| Ok(measured(name, inner)?.money(self.dialect)?.currency.min()))?;
                Part::Money(Box::new(Money { amount: Part::Scaled(amount, MONEY_SCALE), currency, plain: false }))
            }
            Part::Scaled(_, scale) => {
                let empty = matches!(rollup.measure, Measure::Sum(_));
                let figure = rows(&|inner| {
                    let total = total(one(inner)?);
                    Ok(if empty { Func::coalesce([total, number(0)]).into() } else { total })
                })?;
                Part::Scaled(figure, scale)
            }
            Part::Date(_) => Part::Date(rows(&|inner| Ok(total(one(inner)?)))?),
            Part::DateTime(_) => Part::DateTime(rows(&|inner| Ok(total(one(inner)?)))?),
            _ => return refuse("this rollup"),
        })
    }

    /// A field's columns.
    pub(super) fn columns(&self, part: Part, field: &Field) -> Result<Vec<Sql>, CompileError> {
        Ok(match (part, &field.kind) {
            (Part::Address(parts), _) => parts,
            (part, FieldType::Money) => {
                let Money { amount, currency, plain } = part.money(self.dialect)?;
                let amount = amount.stored(MONEY_SCALE, self.dialect)?;
                let currency = if plain { currency } else { case(amount.clone().is_not_null(), currency, None) };
                vec![amount, currency]
            }
            (part, kind) => match kind.scale() {
                Some(scale) => vec![part.stored(scale, self.dialect)?],
                None => vec![part.single(self.dialect)?],
            },
        })
    }
}

impl Part {
    /// The one column of a stored value.
    fn single_column(self, dialect: Dialect) -> Result<Sql, CompileError> {
        if let Part::Scaled(sql, _) = self { Ok(sql) } else { self.single(dialect) }
    }

    /// A number as the integer that a field with `scale` decimals stores.
    fn stored(self, scale: u32, dialect: Dialect) -> Result<Sql, CompileError> {
        Ok(match self {
            Part::Scaled(sql, own) if own == scale => sql,
            Part::Known(Value::Null) => literal(&Value::Null, dialect)?,
            Part::Known(value) => match value.as_decimal().and_then(|value| functions::round_to_scaled(value, scale)) {
                Some(stored) => integer(stored, dialect),
                None => Sql::null(),
            },
            other => call("nexus_scaled", [other.wide(dialect)?, number(i64::from(scale))]),
        })
    }
}
