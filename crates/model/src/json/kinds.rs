//! Types whose values have a form of their own: addresses of the net, numbers to call, colours, codes, spans of time,
//! points and links to records of any object.

use std::str::FromStr;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::{TEXT_MAX, decimal, fail, id, integer, kind_of, line};
use crate::field::{Field, GEO_PARTS};
use crate::object::ObjectName;
use crate::problem::FieldError;
use crate::value::{GEO_SCALE, Geo, Value};

pub(super) fn email(field: &Field, text: &str) -> Result<Value, FieldError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Ok(Value::Null);
    }
    match email_address::EmailAddress::from_str(trimmed) {
        Ok(address) if address.domain().contains('.') => Ok(Value::from(trimmed)),
        _ => Err(fail(field, "email", "is not an e-mail address such as ada@example.com")),
    }
}

static PHONE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\+?[0-9 ()./\-]{3,30}(?: ?(?:x|ext\.?) ?[0-9]{1,6})?$").expect("a valid pattern"));

pub(super) fn phone(field: &Field, text: &str) -> Result<Value, FieldError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Ok(Value::Null);
    }
    if PHONE.is_match(trimmed) && trimmed.bytes().any(|b| b.is_ascii_digit()) {
        return Ok(Value::from(trimmed));
    }
    Err(fail(field, "phone", "is not a telephone number such as +254 700 000 000"))
}

pub(super) fn web_address(field: &Field, text: &str) -> Result<Value, FieldError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Ok(Value::Null);
    }
    match url::Url::parse(trimmed) {
        Ok(parsed) if matches!(parsed.scheme(), "http" | "https") && trimmed.len() <= 2_000 => Ok(Value::from(trimmed)),
        _ => Err(fail(field, "url", "is not a web address such as https://example.com")),
    }
}

/// `#RGB` or `#RRGGBB`, kept as the latter in small letters.
pub(super) fn colour(field: &Field, text: &str) -> Result<Value, FieldError> {
    let digits = text.trim().strip_prefix('#').unwrap_or(text.trim()).to_ascii_lowercase();
    if digits.is_empty() {
        return Ok(Value::Null);
    }
    let whole: String = if digits.len() == 3 { digits.chars().flat_map(|c| [c, c]).collect() } else { digits };
    if whole.len() == 6 && whole.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(Value::from(format!("#{whole}")));
    }
    Err(fail(field, "colour", "is a colour such as #1a73e8"))
}

/// A code of printable characters. One of digits alone that has the length of a GTIN (8, 12, 13 or 14) has its check
/// digit (GS1 General Specifications, 7.9), so that a mistyped one is found.
pub(super) fn barcode(field: &Field, text: &str) -> Result<Value, FieldError> {
    let value = line(field, text, TEXT_MAX)?;
    let Some(code) = value.as_text() else { return Ok(value) };
    if matches!(code.len(), 8 | 12 | 13 | 14) && code.bytes().all(|byte| byte.is_ascii_digit()) {
        let weigh = |(at, byte): (usize, u8)| u32::from(byte - b'0') * if at % 2 == 0 { 1 } else { 3 };
        let sum: u32 = code.bytes().rev().enumerate().map(weigh).sum();
        if !sum.is_multiple_of(10) {
            return Err(fail(field, "check_digit", format!("{code} has the wrong check digit; scan or type it again")));
        }
    }
    Ok(value)
}

/// Seconds, or a text such as `PT1H30M`, `1h 30m` or `1:30:00`.
pub(super) fn duration(field: &Field, json: &Json) -> Result<Value, FieldError> {
    let Json::String(text) = json else { return integer(field, json).map(Value::Int) };
    let text = text.trim();
    if text.is_empty() {
        return Ok(Value::Null);
    }
    // Hours and minutes, as people write them.
    let whole = if text.matches(':').count() == 1 { format!("{text}:00") } else { text.to_owned() };
    let parsed = text.parse::<i64>().ok().or_else(|| Some(jiff::SignedDuration::from_str(&whole).ok()?.as_secs()));
    let wrong = || fail(field, "duration", "is a number of seconds, or a text such as 1h 30m, 1:30 or PT1H30M");
    parsed.map(Value::Int).ok_or_else(wrong)
}

/// `{"latitude": "-1.2921", "longitude": "36.8219"}`, or a text with both and a comma between.
pub(super) fn geo(field: &Field, json: &Json) -> Result<Value, FieldError> {
    let form =
        || fail(field, "geo", "is {\"latitude\": \"-1.2921\", \"longitude\": \"36.8219\"} or \"-1.2921, 36.8219\"");
    let parts: [Json; 2] = match json {
        Json::String(text) if text.trim().is_empty() => return Ok(Value::Null),
        Json::String(text) => {
            let (latitude, longitude) = text.split_once(',').ok_or_else(form)?;
            [latitude.trim().into(), longitude.trim().into()]
        }
        Json::Object(parts) if parts.len() == 2 => {
            let part = |name: &str| parts.get(name).cloned().ok_or_else(form);
            [part(GEO_PARTS[0])?, part(GEO_PARTS[1])?]
        }
        _ => return Err(form()),
    };
    let [latitude, longitude] = parts;
    let degrees = |json: &Json, most: i64| -> Result<Decimal, FieldError> {
        let exact = decimal(&Field { kind: crate::FieldType::Rate, ..field.clone() }, json).map_err(|_| form())?;
        if exact.abs() > Decimal::from(most) {
            return Err(fail(field, "geo", format!("has at most {most} degrees either way, not {exact}")));
        }
        Ok(exact.round_dp(GEO_SCALE).normalize())
    };
    Ok(Value::Geo(Geo { latitude: degrees(&latitude, 90)?, longitude: degrees(&longitude, 180)? }))
}

/// `{"object": "crm.lead", "id": "…"}`
pub(super) fn leads(field: &Field, to: &[ObjectName], json: &Json) -> Result<Value, FieldError> {
    let form = || fail(field, "link", "is {\"object\": \"crm.lead\", \"id\": \"the id of one\"}");
    let Json::Object(parts) = json else {
        return Err(fail(field, "type", format!("is an object and an id, not {}", kind_of(json))));
    };
    let object = parts.get("object").and_then(Json::as_str).ok_or_else(form)?;
    let object = to.iter().find(|known| known.as_str() == object).cloned().or_else(|| {
        let named =
            object.split_once('.').filter(|(app, name)| crate::names::is_name(app) && crate::names::is_name(name));
        named.filter(|_| to.is_empty()).map(|(app, name)| ObjectName::new(app, name))
    });
    let Some(object) = object else {
        let known: Vec<&str> = to.iter().map(ObjectName::as_str).collect();
        let known = if known.is_empty() { "app.object".to_owned() } else { known.join(", ") };
        return Err(fail(field, "link", format!("leads to a record of {known}")));
    };
    Ok(Value::Leads(object, id(field, parts.get("id").ok_or_else(form)?)?))
}
