//! An amount as a caller gives it to an action.

use nexus_model::{Currency, Decimal, Money, Problem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::Result;

/// An amount as a caller gives it: `"120.00"`, in the currency of the document, or with its own currency.
#[derive(Clone, Copy, Debug)]
pub enum Amount {
    Plain(Decimal),
    Money(Money),
}

impl Amount {
    /// The amount as money; a plain one is in `default`.
    pub fn money(self, default: Currency) -> Money {
        match self {
            Amount::Plain(amount) => Money::new(amount, default),
            Amount::Money(money) => money,
        }
    }

    /// The amount, which must be in `currency`.
    ///
    /// # Errors
    /// When it names another currency.
    pub fn in_currency(self, currency: Currency, field: &str) -> Result<Decimal> {
        match self {
            Amount::Plain(amount) => Ok(amount),
            Amount::Money(money) if money.currency == currency => Ok(money.amount),
            Amount::Money(money) => Err(Problem::field(
                field,
                "currency",
                format!("is in {}, but the document is in {currency}", money.currency),
            )),
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let plain = |text: &str| {
            Decimal::from_str_exact(text.trim())
                .map_err(|_| D::Error::custom("is a decimal as text, such as \"12.50\""))
        };
        match Json::deserialize(deserializer)? {
            Json::String(text) => plain(&text).map(Amount::Plain),
            // A number with a fraction is a float to most writers, and no amount passes through a float.
            Json::Number(number) if !number.is_f64() => plain(&number.to_string()).map(Amount::Plain),
            json @ Json::Object(_) => serde_json::from_value(json).map(Amount::Money).map_err(D::Error::custom),
            _ => Err(D::Error::custom("is a decimal as text, such as \"12.50\", or an amount with its currency")),
        }
    }
}

impl Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Amount::Plain(amount) => serializer.serialize_str(&amount.to_string()),
            Amount::Money(money) => money.serialize(serializer),
        }
    }
}

impl JsonSchema for Amount {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": ["string", "object"], "x-type": "money"})
    }
}
