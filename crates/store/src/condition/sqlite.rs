//! The `nexus_…` functions on SQLite: the same Rust that evaluation in memory runs.

use nexus_model::expr::{Calc, functions};
use nexus_model::value::{decimal_text, from_scaled};
use nexus_model::{Currency, Date, Decimal, Timestamp};
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Result};

/// Makes the functions known on a connection; without them no compiled condition can be prepared.
pub fn register(connection: &Connection) -> Result<()> {
    let add = |name: &str, arguments: i32, function: fn(&Context<'_>) -> Option<Value>| {
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
        connection
            .create_scalar_function(name, arguments, flags, move |context| Ok(function(context).unwrap_or(Value::Null)))
    };
    // Case folding by Unicode, where SQLite's own lower() knows ASCII alone.
    add("nexus_fold", 1, |c| Some(Value::Text(functions::fold(text(c, 0)?))))?;
    add("nexus_int", 3, |c| functions::int(calc(c)?, int(c, 1)?, int(c, 2)?).map(Value::Integer))?;
    add("nexus_decimal", 2, |c| Some(number(from_scaled(int(c, 0)?, u32::try_from(int(c, 1)?).ok()?))))?;
    add("nexus_number", 3, |c| functions::decimal(calc(c)?, decimal(c, 1)?, decimal(c, 2)?).map(number))?;
    add("nexus_compare", 2, |c| Some(Value::Integer(decimal(c, 0)?.cmp(&decimal(c, 1)?) as i64)))?;
    add("nexus_scaled", 2, |c| {
        functions::round_to_scaled(decimal(c, 0)?, u32::try_from(int(c, 1)?).ok()?).map(Value::Integer)
    })?;
    add("nexus_currency", 1, |c| text(c, 0)?.parse::<Currency>().ok().map(|code| Value::Text(code.to_string())))?;
    add("nexus_date_part", 2, |c| {
        let date = date(c, 1)?;
        Some(Value::Integer(match text(c, 0)? {
            "year" => date.year().into(),
            "month" => date.month().into(),
            "day" => date.day().into(),
            _ => return None,
        }))
    })?;
    add("nexus_date_add_days", 2, |c| {
        functions::add_days(date(c, 0)?, int(c, 1)?).map(|date| Value::Text(date.to_string()))
    })?;
    add("nexus_moment_add_days", 2, |c| {
        functions::add_days_to_moment(moment(c, 0)?, int(c, 1)?).map(|moment| Value::Integer(moment.as_microsecond()))
    })?;
    add("nexus_days_between", 2, |c| Some(Value::Integer(functions::days_between(date(c, 0)?, date(c, 1)?))))?;
    add("nexus_day_of", 1, |c| Some(Value::Text(functions::day_of(moment(c, 0)?).to_string())))
}

fn text<'c>(context: &'c Context<'_>, at: usize) -> Option<&'c str> {
    context.get_raw(at).as_str().ok()
}

fn int(context: &Context<'_>, at: usize) -> Option<i64> {
    if let ValueRef::Integer(value) = context.get_raw(at) { Some(value) } else { None }
}

fn calc(context: &Context<'_>) -> Option<Calc> {
    Calc::of_sign(text(context, 0)?)
}

fn decimal(context: &Context<'_>, at: usize) -> Option<Decimal> {
    text(context, at)?.parse().ok()
}

/// The one text of a decimal, so that equal decimals are equal texts.
fn number(value: Decimal) -> Value {
    Value::Text(decimal_text(value, 0))
}

fn date(context: &Context<'_>, at: usize) -> Option<Date> {
    text(context, at)?.parse().ok()
}

fn moment(context: &Context<'_>, at: usize) -> Option<Timestamp> {
    Timestamp::from_microsecond(int(context, at)?).ok()
}
