//! The types that a field may have.

use serde::Deserialize;

use super::ColumnType;
use crate::object::ObjectName;
use crate::value::{MONEY_SCALE, PERCENT_SCALE, QUANTITY_SCALE, RATE_SCALE};
/// The type of a field, with what belongs to the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    Text,
    LongText,
    RichText,
    /// CommonMark.
    Markdown,
    /// Source text of a program, kept as it is.
    Code,
    Integer,
    /// Seconds.
    Duration,
    /// Marks from 0 to `max`, 5 unless said.
    Rating,
    /// Fixed point with [`QUANTITY_SCALE`] decimals.
    Decimal,
    /// An amount with its currency.
    Money,
    Quantity,
    Rate,
    Percent,
    Boolean,
    Date,
    DateTime,
    Choice(Vec<Choice>),
    Choices(Vec<Choice>),
    Tags,
    /// One record of the object.
    Link(ObjectName),
    /// One record of any of these objects; of any at all when there are none.
    DynamicLink(Vec<ObjectName>),
    /// Any number of records of the object.
    Links(ObjectName),
    /// Rows of a child object, ordered, owned by this record.
    Table(ObjectName),
    File,
    /// A file that is a picture.
    Image,
    /// A file that is the picture of a signature.
    Signature,
    Address,
    /// A point on the earth, WGS 84.
    Geo,
    /// `#rrggbb`
    Colour,
    Barcode,
    Phone,
    Email,
    Url,
    PersonName,
    /// A number from a naming series.
    Sequence(Series),
    /// Written, never read back through a face, and kept out of the log.
    Secret,
    Json,
    /// A record's own id; only the system field `id` has it.
    Id,
}

/// One of the values a choice allows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, serde::Serialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// A naming series such as `INV-{YYYY}-{#####}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Text with `{YYYY}`, `{YY}`, `{MM}`, `{DD}` and one run of `{####}`.
    pub pattern: String,
    /// No number may be missing: it is given by an action, inside the transaction that needs it.
    pub gapless: bool,
    /// The date field whose day fills the pattern; today when there is none.
    pub date: Option<String>,
}

impl FieldType {
    /// Every name that [`FieldType::name`] gives.
    #[rustfmt::skip]
    pub const NAMES: [&str; 38] = [
        "text", "long_text", "rich_text", "markdown", "code", "integer", "duration", "rating", "decimal", "money", "quantity", "rate", "percent", "boolean",
        "date", "datetime", "choice", "choices", "tags", "link", "dynamic_link", "links", "table", "file", "image",
        "signature", "address", "geo", "colour", "barcode",
        "phone", "email", "url", "person_name", "sequence", "secret", "json", "id",
    ];

    /// The name used in manifests and in `/meta`.
    pub fn name(&self) -> &'static str {
        match self {
            FieldType::Text => "text",
            FieldType::LongText => "long_text",
            FieldType::RichText => "rich_text",
            FieldType::Markdown => "markdown",
            FieldType::Code => "code",
            FieldType::Duration => "duration",
            FieldType::Rating => "rating",
            FieldType::DynamicLink(_) => "dynamic_link",
            FieldType::Image => "image",
            FieldType::Signature => "signature",
            FieldType::Geo => "geo",
            FieldType::Colour => "colour",
            FieldType::Barcode => "barcode",
            FieldType::Integer => "integer",
            FieldType::Decimal => "decimal",
            FieldType::Money => "money",
            FieldType::Quantity => "quantity",
            FieldType::Rate => "rate",
            FieldType::Percent => "percent",
            FieldType::Boolean => "boolean",
            FieldType::Date => "date",
            FieldType::DateTime => "datetime",
            FieldType::Choice(_) => "choice",
            FieldType::Choices(_) => "choices",
            FieldType::Tags => "tags",
            FieldType::Link(_) => "link",
            FieldType::Links(_) => "links",
            FieldType::Table(_) => "table",
            FieldType::File => "file",
            FieldType::Address => "address",
            FieldType::Phone => "phone",
            FieldType::Email => "email",
            FieldType::Url => "url",
            FieldType::PersonName => "person_name",
            FieldType::Sequence(_) => "sequence",
            FieldType::Secret => "secret",
            FieldType::Json => "json",
            FieldType::Id => "id",
        }
    }

    /// The type of its column, for types that have exactly one.
    pub fn column(&self) -> Option<ColumnType> {
        Some(match self {
            FieldType::Text
            | FieldType::LongText
            | FieldType::RichText
            | FieldType::Markdown
            | FieldType::Code
            | FieldType::Colour
            | FieldType::Barcode
            | FieldType::Choice(_)
            | FieldType::Phone
            | FieldType::Email
            | FieldType::Url
            | FieldType::PersonName
            | FieldType::Sequence(_) => ColumnType::Text,
            FieldType::Integer | FieldType::Duration | FieldType::Rating => ColumnType::Integer,
            FieldType::Decimal | FieldType::Quantity | FieldType::Rate | FieldType::Percent => {
                ColumnType::Scaled(self.scale().unwrap_or_default())
            }
            FieldType::Boolean => ColumnType::Boolean,
            FieldType::Date => ColumnType::Date,
            FieldType::DateTime => ColumnType::DateTime,
            FieldType::Link(_) | FieldType::File | FieldType::Image | FieldType::Signature | FieldType::Id => {
                ColumnType::Uuid
            }
            FieldType::Secret => ColumnType::Bytes,
            FieldType::Json => ColumnType::Json,
            FieldType::Money | FieldType::Address | FieldType::Geo | FieldType::DynamicLink(_) => return None,
            FieldType::Choices(_) | FieldType::Tags | FieldType::Links(_) | FieldType::Table(_) => return None,
        })
    }

    /// Decimals kept in storage, for numbers that have them.
    pub fn scale(&self) -> Option<u32> {
        match self {
            FieldType::Decimal | FieldType::Quantity => Some(QUANTITY_SCALE),
            FieldType::Rate => Some(RATE_SCALE),
            FieldType::Percent => Some(PERCENT_SCALE),
            FieldType::Money => Some(MONEY_SCALE),
            _ => None,
        }
    }

    /// Whether values are whole numbers.
    pub fn is_integer(&self) -> bool {
        self.column() == Some(ColumnType::Integer)
    }

    /// Whether values are ids of files.
    pub fn is_file(&self) -> bool {
        matches!(self, FieldType::File | FieldType::Image | FieldType::Signature)
    }

    /// Whether values are text of some kind.
    pub fn is_text(&self) -> bool {
        self.column() == Some(ColumnType::Text)
    }

    /// Whether values are words that a person reads.
    pub fn is_prose(&self) -> bool {
        matches!(self, FieldType::Text | FieldType::LongText | FieldType::RichText | FieldType::Markdown)
    }

    /// The allowed values of a choice.
    pub fn choices(&self) -> &[Choice] {
        match self {
            FieldType::Choice(of) | FieldType::Choices(of) => of,
            _ => &[],
        }
    }
}
