//! A field: its type, and what is asked of its values.

mod kind;

use serde::Deserialize;

pub use kind::{Choice, FieldType, Series};

use crate::expr::Expr;
use crate::object::{Object, ObjectName};
use crate::pattern::Pattern;
use crate::value::{ADDRESS_PARTS, GEO_SCALE, MONEY_SCALE, Value};

/// What law says about data on a person (GDPR art. 4 and 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Personal {
    Identity,
    Contact,
    Financial,
    Sensitive,
}

/// `true`, `false`, or a condition over the record.
#[derive(Clone, Debug, Default)]
pub enum When {
    #[default]
    Never,
    Always,
    If(Expr),
}

impl When {
    /// The condition's text, if it is one.
    pub fn source(&self) -> Option<&str> {
        if let When::If(expr) = self { Some(expr.source()) } else { None }
    }
}

/// What a field gets when nothing is given.
#[derive(Clone, Debug)]
pub enum Default {
    Literal(Value),
    Computed(Expr),
}

/// A figure over other rows: child rows of this record, or records that link to it.
#[derive(Clone, Debug)]
pub struct Rollup {
    /// A table field of this object, or `app.object.field`: the link field by which others point here.
    pub over: RollupOver,
    pub measure: Measure,
    /// Which rows count.
    pub when: Option<Expr>,
}

/// The rows of a rollup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RollupOver {
    /// Child rows of this table field; the figure is stored.
    Rows(String),
    /// Records of `object` whose link `field` is this record; the figure is read when asked for.
    Linked { object: ObjectName, field: String },
}

/// How rows become one figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    Count,
    Sum(String),
    Min(String),
    Max(String),
}

/// A declared field of an object.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub label: String,
    pub kind: FieldType,
    /// Given by the engine, not by a manifest: `id`, `version`, `created_at` and their like.
    pub system: bool,
    pub required: When,
    pub visible: Option<Expr>,
    /// While it holds, a date that has passed is overdue.
    pub due_when: Option<Expr>,
    pub read_only: When,
    /// Once it has a value, it keeps it.
    pub set_once: bool,
    /// May still change, by an action, after the record was frozen by `ledger`.
    pub mutable: bool,
    pub default: Option<Default>,
    /// Where it comes from as long as nobody gives another: worked out when what it reads has changed, such as
    /// `party.email` with the party.
    pub fetch: Option<Expr>,
    /// A copy of a record has it too.
    pub copied: bool,
    /// What it leads to may be deleted and removed for all that; it then leads to nothing that is there.
    pub weak: bool,
    pub computed: Option<Expr>,
    /// A computed value is kept in a column, not worked out at each read.
    pub stored: bool,
    pub rollup: Option<Rollup>,
    /// No two live records share a value; within records that agree on these fields.
    pub unique: Option<Vec<String>>,
    pub min: Option<Value>,
    pub max: Option<Value>,
    pub pattern: Option<Pattern>,
    /// For money: the field with the currency, a field of the parent as `parent.currency`.
    pub currency: Option<String>,
    pub in_list: bool,
    pub in_filter: bool,
    pub search: bool,
    pub unit: Option<String>,
    /// Roles see and write levels that they are granted; everyone has level 0.
    pub level: u8,
    pub personal: Option<Personal>,
    pub agent_visible: bool,
    pub agent_writable: bool,
    /// Written by outsiders: agents are told that it is data, not instruction.
    pub untrusted: bool,
    pub help: Option<String>,
    /// Line of the manifest, for errors.
    pub line: usize,
}

/// How a column is stored, the same idea on every database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    Text,
    Integer,
    /// A fixed-point integer with this many decimals.
    Scaled(u32),
    Boolean,
    /// ISO 8601 day.
    Date,
    /// Microseconds since 1970 UTC.
    DateTime,
    Uuid,
    Json,
    /// Bytes of a secret.
    Bytes,
}

/// One column of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: ColumnType,
}

/// The second column of a money field, its currency.
pub fn currency_column(field: &str) -> String {
    format!("{field}_currency")
}

/// The second column of a dynamic link, the object that it leads to.
pub fn object_column(field: &str) -> String {
    format!("{field}_object")
}

/// Names of the parts of a point, in the order of its columns.
pub const GEO_PARTS: [&str; 2] = ["latitude", "longitude"];

impl Field {
    /// A plain field of `kind`, with every attribute at its default.
    pub fn new(name: &str, kind: FieldType) -> Field {
        Field {
            name: name.to_owned(),
            label: crate::names::label(name),
            kind,
            system: false,
            required: When::Never,
            visible: None,
            due_when: None,
            read_only: When::Never,
            set_once: false,
            mutable: false,
            default: None,
            fetch: None,
            copied: true,
            weak: false,
            computed: None,
            stored: false,
            rollup: None,
            unique: None,
            min: None,
            max: None,
            pattern: None,
            currency: None,
            in_list: false,
            in_filter: true,
            search: false,
            unit: None,
            level: 0,
            personal: None,
            agent_visible: true,
            agent_writable: true,
            untrusted: false,
            help: None,
            line: 0,
        }
    }

    /// Decimals kept in storage, for numbers that have them.
    pub fn scale(&self) -> Option<u32> {
        self.kind.scale()
    }

    /// What the field of a record holds that nobody gave a value, where that is the same whatever the record.
    pub fn initial_value(&self, object: &Object) -> Option<Value> {
        let states = object.states.as_ref().filter(|states| states.field == self.name);
        match (&self.default, states) {
            (Some(Default::Literal(value)), _) => Some(value.clone()),
            // One that is worked out is of the moment at which a record is made.
            (Some(Default::Computed(_)), _) => None,
            (None, Some(states)) => Some(Value::from(states.initial.as_str())),
            (None, None) => (self.kind == FieldType::Boolean).then_some(Value::Bool(false)),
        }
    }

    /// Worked out when read: it has no column.
    pub fn is_virtual(&self) -> bool {
        (self.computed.is_some() && !self.stored)
            || matches!(&self.rollup, Some(Rollup { over: RollupOver::Linked { .. }, .. }))
    }

    /// Worked out by the engine, never given by a caller.
    pub fn is_derived(&self) -> bool {
        self.computed.is_some() || self.rollup.is_some()
    }

    /// The columns in the object's own table; none for lists, child rows and virtual fields.
    pub fn columns(&self) -> Vec<Column> {
        if self.is_virtual() {
            return Vec::new();
        }
        match &self.kind {
            FieldType::Money => vec![
                Column { name: self.name.clone(), kind: ColumnType::Scaled(MONEY_SCALE) },
                Column { name: currency_column(&self.name), kind: ColumnType::Text },
            ],
            FieldType::DynamicLink(_) => vec![
                Column { name: self.name.clone(), kind: ColumnType::Uuid },
                Column { name: object_column(&self.name), kind: ColumnType::Text },
            ],
            FieldType::Geo => GEO_PARTS
                .iter()
                .map(|part| Column { name: format!("{}_{part}", self.name), kind: ColumnType::Scaled(GEO_SCALE) })
                .collect(),
            FieldType::Address => ADDRESS_PARTS
                .iter()
                .map(|part| Column { name: format!("{}_{part}", self.name), kind: ColumnType::Text })
                .collect(),
            kind => kind.column().map(|kind| Column { name: self.name.clone(), kind }).into_iter().collect(),
        }
    }

    /// Whether lists may be sorted by it: it has one comparable column.
    pub fn is_sortable(&self) -> bool {
        !self.is_virtual()
            && !matches!(
                self.kind,
                FieldType::Choices(_)
                    | FieldType::Tags
                    | FieldType::Links(_)
                    | FieldType::Table(_)
                    | FieldType::Address
                    | FieldType::Geo
                    | FieldType::DynamicLink(_)
                    | FieldType::Secret
                    | FieldType::Json
            )
    }

    /// The object that a link, links or table field leads to.
    pub fn target(&self) -> Option<&ObjectName> {
        match &self.kind {
            FieldType::Link(to) | FieldType::Links(to) | FieldType::Table(to) => Some(to),
            _ => None,
        }
    }
}
