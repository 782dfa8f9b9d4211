//! What operators and functions give, written once: evaluation and the store's SQL functions call these.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use rust_decimal::{Decimal, RoundingStrategy};

use super::node::{Calc, TextTest};

/// Microseconds of a day without leap seconds.
const DAY_MICROS: i64 = 86_400_000_000;

/// Integers as CEL has them: division drops the remainder, the remainder has the sign of the first.
pub fn int(calc: Calc, a: i64, b: i64) -> Option<i64> {
    match calc {
        Calc::Add => a.checked_add(b),
        Calc::Subtract => a.checked_sub(b),
        Calc::Multiply => a.checked_mul(b),
        Calc::Divide => a.checked_div(b),
        Calc::Remainder if b == -1 => Some(0),
        Calc::Remainder => a.checked_rem(b),
    }
}

/// Decimals, exact where 28 digits suffice, else rounded half to even at the last of them.
pub fn decimal(calc: Calc, a: Decimal, b: Decimal) -> Option<Decimal> {
    // Trailing zeros would take digits from the result, and two equal operands must give equal results.
    let (a, b) = (plain(a), plain(b));
    let result = match calc {
        Calc::Add => a.checked_add(b),
        Calc::Subtract => a.checked_sub(b),
        Calc::Multiply => a.checked_mul(b),
        Calc::Divide => a.checked_div(b),
        Calc::Remainder => a.checked_rem(b),
    };
    result.map(plain)
}

/// The one form of a decimal: no trailing zeros, no negative zero.
pub fn plain(value: Decimal) -> Decimal {
    let mut value = value.normalize();
    if value.is_zero() {
        value.set_sign_positive(true);
    }
    value
}

/// A decimal rounded to `scale` decimals, halves away from zero, as the integer that is stored.
pub fn round_to_scaled(value: Decimal, scale: u32) -> Option<i64> {
    let rounded = value.round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero);
    crate::value::to_scaled(rounded, scale)
}

/// The text that two texts equal but for case share.
pub fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// A test on two texts.
pub fn text(test: TextTest, a: &str, b: &str) -> bool {
    match test {
        TextTest::Contains => a.contains(b),
        TextTest::ContainsFolded => fold(a).contains(&fold(b)),
        TextTest::StartsWith => a.starts_with(b),
        TextTest::EndsWith => a.ends_with(b),
    }
}

/// The day `days` later; null outside the years 0 to 9999, which is what a database can hold.
pub fn add_days(date: Date, days: i64) -> Option<Date> {
    let later = date.checked_add(Span::new().try_days(days).ok()?).ok()?;
    (0..=9999).contains(&later.year()).then_some(later)
}

/// The first moment of the year 0, before which no database can be asked to go.
const FIRST_MOMENT: i64 = -62_167_219_200_000_000;

/// The moment `days` times 24 hours later; null before the year 0.
pub fn add_days_to_moment(moment: Timestamp, days: i64) -> Option<Timestamp> {
    let micros = moment.as_microsecond().checked_add(days.checked_mul(DAY_MICROS)?)?;
    Timestamp::from_microsecond(micros).ok().filter(|_| micros >= FIRST_MOMENT)
}

/// Days from `from` to `to`.
pub fn days_between(to: Date, from: Date) -> i64 {
    to.since(from).map_or(0, |span| i64::from(span.get_days()))
}

/// The day of a moment in UTC.
pub fn day_of(moment: Timestamp) -> Date {
    moment.to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// A moment without what is finer than storage keeps.
pub fn to_micros(moment: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(moment.as_microsecond()).unwrap_or(moment)
}

/// A day written `2026-01-31`, between the years 0 and 9999.
pub fn read_date(text: &str) -> Option<Date> {
    let shape = text.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if shape && text.len() == 10 { text.parse().ok() } else { None }
}

/// A moment by RFC 3339 from the year 0 on, at most to the microsecond; a day alone is its first moment in UTC.
pub fn read_moment(text: &str) -> Option<Timestamp> {
    if let Some(date) = read_date(text) {
        return date.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    }
    let moment: Timestamp = text.parse().ok()?;
    (to_micros(moment) == moment && moment.as_microsecond() >= FIRST_MOMENT).then_some(moment)
}

/// A number, also with an exponent; nothing when it would have to be rounded.
pub fn read_decimal(text: &str) -> Option<Decimal> {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let mut value = Decimal::from_str_exact(digits).ok()?;
    let tenth = Decimal::new(1, 1);
    for _ in 0..exponent.unsigned_abs().min(60) {
        let step = if exponent < 0 { tenth } else { Decimal::TEN };
        let next = value.checked_mul(step)?;
        // A step that rounded cannot be undone.
        if next.checked_div(step)? != value {
            return None;
        }
        value = next;
    }
    Some(plain(value))
}
