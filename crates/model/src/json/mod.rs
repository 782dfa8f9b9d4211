//! Values as JSON and back, as `docs/faces.md` lays down; events and every face use this one form.

mod kinds;

use std::borrow::Cow;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::field::{Field, FieldType, GEO_PARTS};
use crate::problem::FieldError;
use crate::record::Record;
use crate::value::{Address, Currency, Money, Value, decimal_text, to_scaled};

/// Characters that a one-line text may have.
pub const TEXT_MAX: usize = 1_000;
/// Characters that a text of several lines may have.
pub const LONG_TEXT_MAX: usize = 100_000;
/// Bytes that a json field may have when written out.
pub const JSON_MAX: usize = 65_536;
/// Entries of a choices, tags or links field.
pub const LIST_MAX: usize = 1_000;

/// A record as a flat JSON object, fields for which `show` is false left out.
pub fn record(record: &Record, show: impl Fn(&Field) -> bool) -> serde_json::Map<String, Json> {
    let object = record.object().clone();
    let fields = object.fields.iter().enumerate().filter(|(_, field)| show(field));
    fields.map(|(position, field)| (field.name.clone(), value(record.at(position)))).collect()
}

/// One value. A secret, which is text in memory, must not come here.
pub fn value(value: &Value) -> Json {
    serde_json::to_value(Written(value)).unwrap_or_default()
}

/// One value as it is written; the same rule as [`value`], without the JSON in between.
pub struct Written<'a>(pub &'a Value);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => to.serialize_unit(),
            Value::Bool(flag) => to.serialize_bool(*flag),
            Value::Int(number) => to.serialize_i64(*number),
            Value::Decimal(number) => to.serialize_str(&decimal_text(*number, 0)),
            Value::Money(money) => {
                let mut parts = to.serialize_map(Some(2))?;
                parts.serialize_entry("amount", &money.amount_text())?;
                parts.serialize_entry("currency", money.currency.code())?;
                parts.end()
            }
            Value::Text(text) => to.serialize_str(text),
            Value::Date(date) => to.collect_str(date),
            Value::DateTime(at) => to.collect_str(at),
            Value::Id(id) => to.serialize_str(id.hyphenated().encode_lower(&mut Uuid::encode_buffer())),
            Value::Address(address) => address.serialize(to),
            Value::Leads(object, id) => {
                let mut parts = to.serialize_map(Some(2))?;
                parts.serialize_entry("object", object.as_str())?;
                parts.serialize_entry("id", id)?;
                parts.end()
            }
            Value::Geo(point) => {
                let mut parts = to.serialize_map(Some(2))?;
                parts.serialize_entry(GEO_PARTS[0], &decimal_text(point.latitude, 0))?;
                parts.serialize_entry(GEO_PARTS[1], &decimal_text(point.longitude, 0))?;
                parts.end()
            }
            Value::List(items) => to.collect_seq(items.iter().map(Written)),
            Value::Rows(rows) => {
                let told = |field: &Field| field.name != crate::object::system::PARENT;
                to.collect_seq(rows.iter().map(|row| record(row, told)))
            }
            Value::Json(json) => json.serialize(to),
        }
    }
}

/// `{"amount":"240.00","currency":"EUR"}`
pub fn money_json(money: &Money) -> Json {
    value(&Value::Money(*money))
}

/// A value as a person reads it.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Decimal(number) => decimal_text(*number, 0),
        Value::Money(money) => money.to_string(),
        Value::Text(text) => text.clone(),
        Value::Date(date) => date.to_string(),
        Value::DateTime(at) => at.to_string(),
        Value::Id(id) => id.to_string(),
        Value::Address(address) => {
            let parts = crate::value::ADDRESS_PARTS.iter().filter_map(|part| address.part(part));
            parts.collect::<Vec<_>>().join(", ")
        }
        Value::Leads(object, id) => format!("{object} {id}"),
        Value::Geo(point) => format!("{}, {}", decimal_text(point.latitude, 0), decimal_text(point.longitude, 0)),
        Value::List(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Rows(rows) => format!("{} rows", rows.len()),
        Value::Json(json) => json.to_string(),
    }
}

/// The value that `json` gives `field`, every rule of its type and bounds checked.
///
/// A bare decimal for money comes back as `Value::Decimal`: its currency is the document's or the
/// company's, which is known where the record is written. Child rows are not read here.
pub fn parse(field: &Field, json: &Json) -> Result<Value, FieldError> {
    let value = typed(field, json)?;
    bounds(field, &value)?;
    Ok(value)
}

/// That a value made by code meets every rule that one from JSON would.
///
/// # Errors
/// Those of [`parse`] for the value's JSON.
pub fn check(field: &Field, value: &Value) -> Result<(), FieldError> {
    let fixed = match (&field.kind, value) {
        (FieldType::Text | FieldType::PersonName | FieldType::Sequence(_), Value::Text(text)) => {
            line(field, text, TEXT_MAX)?
        }
        (FieldType::LongText | FieldType::RichText | FieldType::Markdown | FieldType::Code, Value::Text(text)) => {
            paragraphs(field, text)?
        }
        (FieldType::Choice(_), Value::Text(text)) => choice(field, text)?,
        (FieldType::Money, Value::Money(money)) => {
            scaled(field, money.amount)?;
            return bounds(field, value);
        }
        (FieldType::Decimal | FieldType::Quantity | FieldType::Rate | FieldType::Percent, Value::Decimal(number)) => {
            scaled(field, *number)?;
            return bounds(field, value);
        }
        (FieldType::Integer, Value::Int(_)) | (FieldType::Date, Value::Date(_)) => return bounds(field, value),
        (FieldType::Boolean, Value::Bool(_)) | (FieldType::Link(_) | FieldType::Id, Value::Id(_)) => return Ok(()),
        (kind, Value::Id(_)) if kind.is_file() => return Ok(()),
        _ => return parse(field, &self::value(value)).map(drop),
    };
    bounds(field, &fixed)
}

/// The value of a `default`, `min` or `max` in a manifest; of money, its amount.
pub(crate) fn bound(field: &Field, json: &Json) -> Result<Value, FieldError> {
    typed(field, json)
}

fn fail(field: &Field, rule: &str, message: impl Into<String>) -> FieldError {
    FieldError::new(&field.name, rule, message)
}

fn typed(field: &Field, json: &Json) -> Result<Value, FieldError> {
    if json.is_null() {
        return Ok(Value::Null);
    }
    let text = || json.as_str().ok_or_else(|| fail(field, "type", format!("is text, not {}", kind_of(json))));
    Ok(match &field.kind {
        FieldType::Text | FieldType::PersonName | FieldType::Sequence(_) => line(field, text()?, TEXT_MAX)?,
        FieldType::LongText | FieldType::RichText | FieldType::Markdown | FieldType::Code => {
            paragraphs(field, text()?)?
        }
        FieldType::Email => kinds::email(field, text()?)?,
        FieldType::Phone => kinds::phone(field, text()?)?,
        FieldType::Url => kinds::web_address(field, text()?)?,
        FieldType::Colour => kinds::colour(field, text()?)?,
        FieldType::Barcode => kinds::barcode(field, text()?)?,
        FieldType::Duration => kinds::duration(field, json)?,
        FieldType::Geo => kinds::geo(field, json)?,
        FieldType::DynamicLink(to) => kinds::leads(field, to, json)?,
        FieldType::Secret => line(field, text()?, LONG_TEXT_MAX)?,
        FieldType::Choice(_) => choice(field, text()?)?,
        FieldType::Integer | FieldType::Rating => Value::Int(integer(field, json)?),
        FieldType::Decimal | FieldType::Quantity | FieldType::Rate | FieldType::Percent => {
            Value::Decimal(decimal(field, json)?)
        }
        FieldType::Money => money(field, json)?,
        FieldType::Boolean => match json.as_bool() {
            Some(flag) => Value::Bool(flag),
            None => return Err(fail(field, "type", format!("is true or false, not {}", kind_of(json)))),
        },
        FieldType::Date => {
            Value::Date(date(text()?).ok_or_else(|| fail(field, "date", "is a day such as 2026-01-31"))?)
        }
        FieldType::DateTime => Value::DateTime(
            Timestamp::from_str(text()?)
                .map_err(|_| fail(field, "datetime", "is a time as in RFC 3339, such as 2026-01-31T10:00:00Z"))?,
        ),
        FieldType::Link(_) | FieldType::File | FieldType::Image | FieldType::Signature | FieldType::Id => {
            Value::Id(id(field, json)?)
        }
        FieldType::Links(_) => list(field, json, |item| id(field, item).map(Value::Id))?,
        FieldType::Tags => list(field, json, |item| match item.as_str() {
            Some(tag) => line(field, tag, 100),
            None => Err(fail(field, "type", "is an array of texts")),
        })?,
        FieldType::Choices(_) => list(field, json, |item| choice(field, item.as_str().unwrap_or_default()))?,
        FieldType::Address => {
            let address: Address = serde_json::from_value(json.clone()).map_err(|_| {
                let parts = crate::value::ADDRESS_PARTS.join(", ");
                fail(field, "address", format!("is an object with the texts {parts}"))
            })?;
            if address.country.as_ref().is_some_and(|c| c.len() != 2 || !c.bytes().all(|b| b.is_ascii_uppercase())) {
                return Err(fail(field, "address", "has a country that is not a code as in ISO 3166, such as KE"));
            }
            if address.is_empty() { Value::Null } else { Value::Address(Box::new(address)) }
        }
        FieldType::Json => {
            if json.to_string().len() > JSON_MAX {
                return Err(fail(field, "max", format!("is larger than {JSON_MAX} bytes")));
            }
            Value::Json(json.clone())
        }
        FieldType::Table(_) => return Err(fail(field, "type", "is an array of rows")),
    })
}

fn integer(field: &Field, json: &Json) -> Result<i64, FieldError> {
    let wrong = || fail(field, "type", format!("is a whole number of 64 bits, not {}", kind_of(json)));
    json.as_i64().ok_or_else(wrong)
}

fn kind_of(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(number) if number.is_f64() => "a number with a fraction",
        Json::Number(_) => "a number",
        Json::String(_) => "text",
        Json::Array(_) => "an array",
        Json::Object(_) => "an object",
    }
}

fn line(field: &Field, text: &str, max: usize) -> Result<Value, FieldError> {
    if text.chars().any(char::is_control) {
        return Err(fail(field, "text", "is one line of text without control characters"));
    }
    let trimmed = text.trim();
    if trimmed.chars().count() > max {
        return Err(fail(field, "max", format!("is longer than {max} characters")));
    }
    Ok(if trimmed.is_empty() { Value::Null } else { Value::from(trimmed) })
}

fn paragraphs(field: &Field, text: &str) -> Result<Value, FieldError> {
    if text.chars().count() > LONG_TEXT_MAX {
        return Err(fail(field, "max", format!("is longer than {LONG_TEXT_MAX} characters")));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(fail(field, "text", "holds control characters"));
    }
    Ok(if text.trim().is_empty() { Value::Null } else { Value::from(text) })
}

fn choice(field: &Field, text: &str) -> Result<Value, FieldError> {
    let of = field.kind.choices();
    if of.iter().any(|choice| choice.value == text) {
        return Ok(Value::from(text));
    }
    let allowed = of.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>().join(", ");
    Err(fail(field, "choice", format!("is one of {allowed}")))
}

fn id(field: &Field, json: &Json) -> Result<Uuid, FieldError> {
    let text = match json {
        Json::Object(expanded) => expanded.get("id").and_then(Json::as_str),
        other => other.as_str(),
    };
    text.and_then(|text| Uuid::try_parse(text).ok()).ok_or_else(|| fail(field, "link", "is the id of a record, a UUID"))
}

fn list(field: &Field, json: &Json, each: impl Fn(&Json) -> Result<Value, FieldError>) -> Result<Value, FieldError> {
    let items = json.as_array().ok_or_else(|| fail(field, "type", "is an array"))?;
    if items.len() > LIST_MAX {
        return Err(fail(field, "max", format!("has more than {LIST_MAX} entries")));
    }
    let mut values: Vec<Value> = Vec::with_capacity(items.len());
    for item in items {
        let value = each(item)?;
        if value != Value::Null && !values.contains(&value) {
            values.push(value);
        }
    }
    Ok(Value::List(values))
}

fn decimal(field: &Field, json: &Json) -> Result<Decimal, FieldError> {
    let text: Cow<'_, str> = match json {
        Json::String(text) => text.trim().into(),
        Json::Number(number) if !number.is_f64() => number.to_string().into(),
        other => {
            let message = format!("is a decimal as text, such as \"12.50\", not {}", kind_of(other));
            return Err(fail(field, "type", message));
        }
    };
    let number = Decimal::from_str_exact(&text)
        .map_err(|_| fail(field, "decimal", "is a decimal as text, such as \"12.50\""))?;
    scaled(field, number)?;
    Ok(number.normalize())
}

/// That a number fits the column of its field.
fn scaled(field: &Field, number: Decimal) -> Result<(), FieldError> {
    let scale = field.scale().unwrap_or_default();
    match to_scaled(number, scale) {
        Some(_) => Ok(()),
        None => Err(fail(field, "precision", format!("has at most {scale} decimals and 18 digits in all"))),
    }
}

fn money(field: &Field, json: &Json) -> Result<Value, FieldError> {
    let Json::Object(parts) = json else {
        return decimal(field, json).map(Value::Decimal);
    };
    if let Some(unknown) = parts.keys().find(|key| !matches!(key.as_str(), "amount" | "currency")) {
        return Err(fail(field, "money", format!("has `amount` and `currency`, not `{unknown}`")));
    }
    let amount = parts.get("amount").ok_or_else(|| fail(field, "money", "needs `amount`"))?;
    if amount.is_null() {
        return Ok(Value::Null);
    }
    let amount = decimal(field, amount)?;
    match parts.get("currency") {
        None | Some(Json::Null) => Ok(Value::Decimal(amount)),
        Some(code) => {
            let currency = Currency::from_str(code.as_str().unwrap_or_default());
            let currency = currency.map_err(|message| fail(field, "currency", message))?;
            Ok(Value::Money(Money::new(amount, currency)))
        }
    }
}

/// A day written as `2026-01-31`, nothing else.
pub fn date(text: &str) -> Option<Date> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    if shape { Date::from_str(text).ok() } else { None }
}

fn bounds(field: &Field, value: &Value) -> Result<(), FieldError> {
    if let Some(pattern) = &field.pattern
        && let Some(text) = value.as_text()
        && !pattern.matches(text)
    {
        return Err(fail(field, "pattern", format!("does not match the pattern {}", pattern.source())));
    }
    let outside = |bound: &Option<Value>, wrong: std::cmp::Ordering| {
        bound.as_ref().is_some_and(|bound| compare(value, bound) == Some(wrong))
    };
    if outside(&field.min, std::cmp::Ordering::Less) {
        let min = field.min.as_ref().map(shown).unwrap_or_default();
        return Err(fail(field, "min", format!("is at least {min}")));
    }
    if outside(&field.max, std::cmp::Ordering::Greater) {
        let max = field.max.as_ref().map(shown).unwrap_or_default();
        return Err(fail(field, "max", format!("is at most {max}")));
    }
    Ok(())
}

/// How a value stands to a bound of its field; money by its amount.
fn compare(value: &Value, bound: &Value) -> Option<std::cmp::Ordering> {
    let amount = |value: &Value| value.as_money().map(|money| money.amount).or_else(|| value.as_decimal());
    match (value, bound) {
        (Value::Date(value), Value::Date(bound)) => Some(value.cmp(bound)),
        (Value::DateTime(value), Value::DateTime(bound)) => Some(value.cmp(bound)),
        _ => Some(amount(value)?.cmp(&amount(bound)?)),
    }
}
