//! What typed records need of the kernel.

use std::marker::PhantomData;
use std::sync::Arc;

use nexus_model::value::Address;
use nexus_model::{Date, Decimal, Money, Problem, Record, Schema, Timestamp, Uuid, Value};

/// The id of a record of `T`.
pub struct Id<T>(Uuid, PhantomData<fn() -> T>);

impl<T> Id<T> {
    pub fn new(id: Uuid) -> Id<T> {
        Id(id, PhantomData)
    }
    pub fn uuid(self) -> Uuid {
        self.0
    }
}
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> Default for Id<T> {
    fn default() -> Self {
        Id::new(Uuid::nil())
    }
}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> std::fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A typed record.
pub trait Entity: Sized + Send + Sync + 'static {
    const OBJECT: &'static str;
    fn from_record(record: &Record) -> Self;
    fn into_record(self, schema: &Schema) -> Record;
    fn id(&self) -> Id<Self>;
}

/// A Rust type that a field's value can have.
pub trait FieldValue: Sized {
    /// `None` when there is no value of this type.
    fn read(value: &Value) -> Option<Self>;
    fn write(self) -> Value;
}

/// An enum of a choice field or of states.
pub trait Choice: Copy + Eq + Send + Sync + 'static {
    /// Variant, value and label.
    const OPTIONS: &'static [(Self, &'static str, &'static str)];
}

macro_rules! field_values {
    ($($ty:ty => $variant:ident),*) => {$(
        impl FieldValue for $ty {
            fn read(value: &Value) -> Option<Self> {
                if let Value::$variant(value) = value { Some(value.clone()) } else { None }
            }
            fn write(self) -> Value {
                Value::$variant(self)
            }
        }
    )*};
}
field_values!(bool => Bool, i64 => Int, Money => Money, Date => Date, Timestamp => DateTime, Uuid => Id,
    serde_json::Value => Json);

impl FieldValue for Decimal {
    fn read(value: &Value) -> Option<Self> {
        value.as_decimal()
    }
    fn write(self) -> Value {
        Value::Decimal(self)
    }
}
impl FieldValue for String {
    fn read(value: &Value) -> Option<Self> {
        value.as_text().map(str::to_owned)
    }
    fn write(self) -> Value {
        if self.is_empty() { Value::Null } else { Value::Text(self) }
    }
}
impl FieldValue for Address {
    fn read(value: &Value) -> Option<Self> {
        if let Value::Address(address) = value { Some((**address).clone()) } else { None }
    }
    fn write(self) -> Value {
        Value::Address(Box::new(self))
    }
}
impl<T> FieldValue for Id<T> {
    fn read(value: &Value) -> Option<Self> {
        value.as_id().map(Id::new)
    }
    fn write(self) -> Value {
        if self.0.is_nil() { Value::Null } else { Value::Id(self.0) }
    }
}
impl<T: Choice> FieldValue for T {
    fn read(value: &Value) -> Option<Self> {
        choice(value.as_text()?).ok()
    }
    fn write(self) -> Value {
        Value::Text(shown(self).0.to_owned())
    }
}
impl<T: FieldValue> FieldValue for Option<T> {
    fn read(value: &Value) -> Option<Self> {
        Some(T::read(value))
    }
    fn write(self) -> Value {
        self.map_or(Value::Null, T::write)
    }
}
impl<T: FieldValue> FieldValue for Vec<T> {
    fn read(value: &Value) -> Option<Self> {
        if let Value::List(items) = value { Some(items.iter().filter_map(T::read).collect()) } else { None }
    }
    fn write(self) -> Value {
        Value::List(self.into_iter().map(T::write).collect())
    }
}

/// The value of a field; the type's default when it has none.
pub fn read<T: FieldValue + Default>(record: &Record, field: &str, place: usize) -> T {
    assert_eq!(record.object().position(field), Some(place), "{}.{field}", record.object().name);
    T::read(record.at(place)).unwrap_or_default()
}

pub fn write(record: &mut Record, field: &str, place: usize, value: Value) {
    assert_eq!(record.object().position(field), Some(place), "{}.{field}", record.object().name);
    record.set_at(place, value);
}

/// The child rows of a table field.
pub fn rows<T: Entity>(record: &Record, field: &str, place: usize) -> Vec<T> {
    assert_eq!(record.object().position(field), Some(place), "{}.{field}", record.object().name);
    record.at(place).as_rows().iter().map(T::from_record).collect()
}

pub fn write_rows<T: Entity>(rows: Vec<T>, schema: &Schema) -> Value {
    Value::Rows(rows.into_iter().map(|row| row.into_record(schema)).collect())
}

/// A record of `T` without values.
///
/// # Panics
/// When the schema lacks the app that declares `T`.
pub fn blank<T: Entity>(schema: &Schema) -> Record {
    Record::new(Arc::clone(schema.get(T::OBJECT).expect("the app of a typed record is part of the schema")))
}

/// The variant of a value.
///
/// # Errors
/// Names the values that there are.
pub fn choice<T: Choice>(value: &str) -> Result<T, String> {
    T::OPTIONS.iter().find(|option| option.1 == value).map(|option| option.0).ok_or_else(|| {
        let known: Vec<_> = T::OPTIONS.iter().map(|option| option.1).collect();
        format!("is one of {}, not {value}", known.join(", "))
    })
}

pub fn choice_schema<T: Choice>() -> schemars::Schema {
    let values: Vec<_> = T::OPTIONS.iter().map(|option| option.1).collect();
    schemars::json_schema!({ "type": "string", "enum": values })
}

/// The conflict of a record in another state than an operation needs.
pub fn state_conflict<T: Choice>(object_label: &str, field: &str, is: T, wanted: T) -> Problem {
    let detail = format!("{} is {}, not {}", object_label.to_lowercase(), shown(is).0, shown(wanted).0);
    Problem { errors: vec![nexus_model::FieldError::new(field, "state", &detail)], ..Problem::conflict(&detail) }
}

/// Value and label.
fn shown<T: Choice>(choice: T) -> (&'static str, &'static str) {
    let option = T::OPTIONS.iter().find(|option| option.0 == choice);
    option.map_or(("", ""), |option| (option.1, option.2))
}
