//! The values a field can hold, exact and typed.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};
use uuid::Uuid;

use crate::object::ObjectName;
use crate::record::Record;

/// Decimals kept of an amount of money.
pub const MONEY_SCALE: u32 = 4;
/// Decimals kept of a quantity and of a plain decimal.
pub const QUANTITY_SCALE: u32 = 6;
/// Decimals kept of a rate, such as an exchange rate.
pub const RATE_SCALE: u32 = 8;
/// Decimals kept of a percentage; `10` means 10 %.
pub const PERCENT_SCALE: u32 = 4;

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The code, such as `EUR`.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a currency code is ASCII")
    }

    /// Decimals of the smallest coin or note in use (ISO 4217, column "minor unit").
    pub fn decimals(&self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            b"CLF" | b"UYW" => 4,
            _ => 2,
        }
    }

    /// An amount rounded to what can be paid, halves away from zero as commerce does.
    pub fn round(&self, amount: Decimal) -> Decimal {
        amount.round_dp_with_strategy(self.decimals(), RoundingStrategy::MidpointAwayFromZero)
    }
}

impl FromStr for Currency {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        match code.as_bytes() {
            [a, b, c] if code.bytes().all(|byte| byte.is_ascii_uppercase()) => Ok(Currency([*a, *b, *c])),
            _ => Err("a currency is three capital letters as in ISO 4217, such as EUR".to_owned()),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl serde::Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> serde::Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        code.parse().map_err(serde::de::Error::custom)
    }
}

/// An amount in a currency. The amount has at most [`MONEY_SCALE`] decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Money {
    pub amount: Decimal,
    pub currency: Currency,
}

impl Money {
    /// `amount` in `currency`, as it is.
    pub fn new(amount: Decimal, currency: Currency) -> Money {
        Money { amount, currency }
    }

    /// Nothing, in `currency`.
    pub fn zero(currency: Currency) -> Money {
        Money { amount: Decimal::ZERO, currency }
    }

    /// Whether the amount is zero.
    pub fn is_zero(&self) -> bool {
        self.amount.is_zero()
    }

    /// The amount as text with the currency's decimals, or more where it has more: `240.00`, `0.0035`.
    pub fn amount_text(&self) -> String {
        decimal_text(self.amount, self.currency.decimals())
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount_text(), self.currency)
    }
}

/// A decimal without trailing zeros, but with at least `min_decimals` decimals.
pub fn decimal_text(amount: Decimal, min_decimals: u32) -> String {
    let mut shown = amount.normalize();
    if shown.scale() < min_decimals {
        shown.rescale(min_decimals);
    }
    if shown.is_zero() {
        shown.set_sign_positive(true);
    }
    shown.to_string()
}

/// A decimal as the fixed-point integer that is stored: `amount × 10^scale`, which must be exact.
///
/// `None` where it does not fit 64 bits or has more decimals than `scale`.
pub fn to_scaled(amount: Decimal, scale: u32) -> Option<i64> {
    let mut shown = amount.normalize();
    if shown.scale() > scale {
        return None;
    }
    shown.rescale(scale);
    if shown.scale() != scale {
        return None;
    }
    i64::try_from(shown.mantissa()).ok()
}

/// The decimal that a stored fixed-point integer stands for.
pub fn from_scaled(stored: i64, scale: u32) -> Decimal {
    Decimal::new(stored, scale)
}

/// A postal address; each part is optional text, the country an ISO 3166-1 alpha-2 code.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Address {
    pub street: Option<String>,
    pub street2: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<String>,
}

/// Names of the parts of an address, in the order of its columns.
pub const ADDRESS_PARTS: [&str; 6] = ["street", "street2", "city", "region", "postal_code", "country"];

impl Address {
    /// The part called `name`, one of [`ADDRESS_PARTS`].
    pub fn part(&self, name: &str) -> Option<&str> {
        match name {
            "street" => self.street.as_deref(),
            "street2" => self.street2.as_deref(),
            "city" => self.city.as_deref(),
            "region" => self.region.as_deref(),
            "postal_code" => self.postal_code.as_deref(),
            "country" => self.country.as_deref(),
            _ => None,
        }
    }

    /// The parts in the order of [`ADDRESS_PARTS`].
    pub fn from_parts(parts: [Option<String>; 6]) -> Address {
        let [street, street2, city, region, postal_code, country] = parts;
        Address { street, street2, city, region, postal_code, country }
    }

    /// Whether no part is given.
    pub fn is_empty(&self) -> bool {
        ADDRESS_PARTS.iter().all(|part| self.part(part).is_none())
    }
}

/// Decimals kept of a point's degrees: a centimetre.
pub const GEO_SCALE: u32 = 7;

/// A point on the earth in degrees (WGS 84): latitude from -90 to 90, longitude from -180 to 180.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Geo {
    pub latitude: Decimal,
    pub longitude: Decimal,
}

/// What a field holds. Two values of one field always have the same variant, or are `Null`.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Int(i64),
    /// Decimal, quantity, rate and percent.
    Decimal(Decimal),
    Money(Money),
    /// Every kind of text, choices and states included.
    Text(String),
    Date(Date),
    DateTime(Timestamp),
    /// A record's id; of a link, the record it leads to.
    Id(Uuid),
    Address(Box<Address>),
    /// Of a dynamic link: the record and its object.
    Leads(ObjectName, Uuid),
    Geo(Geo),
    /// Choices, tags, links.
    List(Vec<Value>),
    /// Child rows of a table field.
    Rows(Vec<Record>),
    Json(serde_json::Value),
}

impl Value {
    /// Whether there is no value: null, an empty list, no rows, an address without a part.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Null => true,
            Value::List(items) => items.is_empty(),
            Value::Rows(rows) => rows.is_empty(),
            Value::Address(address) => address.is_empty(),
            _ => false,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(value) = self { Some(*value) } else { None }
    }

    pub fn as_int(&self) -> Option<i64> {
        if let Value::Int(value) = self { Some(*value) } else { None }
    }

    /// The decimal, also of an integer.
    pub fn as_decimal(&self) -> Option<Decimal> {
        match self {
            Value::Decimal(value) => Some(*value),
            Value::Int(value) => Some(Decimal::from(*value)),
            _ => None,
        }
    }

    pub fn as_money(&self) -> Option<Money> {
        if let Value::Money(value) = self { Some(*value) } else { None }
    }

    pub fn as_text(&self) -> Option<&str> {
        if let Value::Text(value) = self { Some(value) } else { None }
    }

    pub fn as_date(&self) -> Option<Date> {
        if let Value::Date(value) = self { Some(*value) } else { None }
    }

    pub fn as_id(&self) -> Option<Uuid> {
        if let Value::Id(value) | Value::Leads(_, value) = self { Some(*value) } else { None }
    }

    pub fn as_rows(&self) -> &[Record] {
        if let Value::Rows(rows) = self { rows } else { &[] }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}
impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Int(value)
    }
}
impl From<Decimal> for Value {
    fn from(value: Decimal) -> Value {
        Value::Decimal(value)
    }
}
impl From<Money> for Value {
    fn from(value: Money) -> Value {
        Value::Money(value)
    }
}
impl From<&str> for Value {
    fn from(value: &str) -> Value {
        Value::Text(value.to_owned())
    }
}
impl From<String> for Value {
    fn from(value: String) -> Value {
        Value::Text(value)
    }
}
impl From<Date> for Value {
    fn from(value: Date) -> Value {
        Value::Date(value)
    }
}
impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Value {
        Value::DateTime(value)
    }
}
impl From<Uuid> for Value {
    fn from(value: Uuid) -> Value {
        Value::Id(value)
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}
