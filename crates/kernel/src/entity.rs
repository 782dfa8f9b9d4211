//! Typed ids and typed records.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

use nexus_model::value::{Address, Geo};
use nexus_model::{Date, Decimal, Money, ObjectName, Problem, Record, Schema, Timestamp, Uuid, Value};

/// A record of an object as a Rust struct; implemented by the `objects!` macro.
pub trait Entity: Sized + Send + Sync + 'static {
    /// `app.object`
    const OBJECT: &'static str;

    fn from_record(record: &Record) -> Self;

    /// The values it declares; system fields but id, version and company are left to the engine.
    fn into_record(self, schema: &Schema) -> Record;

    fn id(&self) -> Id<Self>;
}

/// The id of a record of a known object. Nil stands for "none yet".
pub struct Id<T>(Uuid, PhantomData<fn() -> T>);

impl<T> Id<T> {
    pub const fn new(id: Uuid) -> Id<T> {
        Id(id, PhantomData)
    }

    pub const fn uuid(self) -> Uuid {
        self.0
    }

    pub fn is_nil(self) -> bool {
        self.0.is_nil()
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
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<T> From<Id<T>> for Value {
    fn from(id: Id<T>) -> Value {
        if id.is_nil() { Value::Null } else { Value::Id(id.0) }
    }
}
impl<T> serde::Serialize for Id<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
impl<'de, T> serde::Deserialize<'de> for Id<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Id::new)
    }
}
impl<T: Entity> schemars::JsonSchema for Id<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Id_{}", T::OBJECT).into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "uuid", "x-object": T::OBJECT})
    }
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
        self.into()
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

/// The record that a dynamic link leads to, and its object.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(from = "GivenLeads")]
#[schemars(with = "GivenLeads", inline)]
pub struct Leads {
    pub object: ObjectName,
    pub id: Uuid,
}

/// The same as a caller gives it.
#[derive(serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct GivenLeads {
    /// The object, such as `crm.lead`.
    object: String,
    id: Uuid,
}

impl From<GivenLeads> for Leads {
    fn from(given: GivenLeads) -> Leads {
        Leads { object: ObjectName::resolve("", &given.object), id: given.id }
    }
}

impl Leads {
    /// To a record of a known object.
    pub fn to<T: Entity>(id: Id<T>) -> Leads {
        Leads { object: ObjectName::resolve("", T::OBJECT), id: id.uuid() }
    }
}

impl From<Leads> for Value {
    fn from(target: Leads) -> Value {
        Value::Leads(target.object, target.id)
    }
}

impl FieldValue for Leads {
    fn read(value: &Value) -> Option<Self> {
        if let Value::Leads(object, id) = value { Some(Leads { object: object.clone(), id: *id }) } else { None }
    }
    fn write(self) -> Value {
        self.into()
    }
}
impl FieldValue for Geo {
    fn read(value: &Value) -> Option<Self> {
        if let Value::Geo(point) = value { Some(*point) } else { None }
    }
    fn write(self) -> Value {
        Value::Geo(self)
    }
}

/// Where a field stands that was declared at `place`; fields that a tenant adds may have moved it.
fn position(record: &Record, field: &str, place: usize) -> Option<usize> {
    let object = record.object();
    let stays = object.fields.get(place).is_some_and(|declared| declared.name == field);
    if stays { Some(place) } else { object.position(field) }
}

/// The value of the field declared at `place`; the type's default when it has none.
pub fn read<T: FieldValue + Default>(record: &Record, field: &str, place: usize) -> T {
    let Some(position) = position(record, field, place) else { return T::default() };
    T::read(record.at(position)).or_else(|| T::read(record.as_shipped().at(position))).unwrap_or_default()
}

/// `record` with what `entity`, which was made from it, says otherwise; the engine's own and derived fields stay, and
/// so does what a tenant has added and no code knows of.
pub(crate) fn overlay<T: Entity>(mut record: Record, entity: T, schema: &Schema) -> Record {
    let known = record.object().extended.then(|| T::from_record(&record).into_record(schema));
    let values = entity.into_record(schema);
    let object = Arc::clone(record.object());
    for (position, field) in object.fields.iter().enumerate() {
        if !field.system && !field.is_virtual() {
            put(&mut record, position, &values, known.as_ref());
        }
    }
    record
}

/// Puts one value in, unless it is as code was shown it.
fn put(record: &mut Record, position: usize, values: &Record, known: Option<&Record>) {
    let (value, known) = (values.at(position), known.map(|known| known.at(position)));
    if known == Some(value) {
        return;
    }
    if let (Value::Rows(old), Value::Rows(new), Some(known)) = (record.at(position), value, known) {
        let find = |rows: &[Record], id: Uuid| rows.iter().find(|row| row.id() == id && !id.is_nil()).cloned();
        let merged = new.iter().map(|row| match (find(old, row.id()), find(known.as_rows(), row.id())) {
            (Some(mut old), Some(known)) => {
                (0..old.values().len()).for_each(|at| put(&mut old, at, row, Some(&known)));
                old
            }
            _ => row.clone(),
        });
        let merged = Value::Rows(merged.collect());
        return record.set_at(position, merged);
    }
    record.set_at(position, value.clone());
}

/// Sets the field declared at `place`.
///
/// # Panics
/// When the object has no such field, which is a mistake of the caller.
pub fn write(record: &mut Record, field: &str, place: usize, value: Value) {
    match position(record, field, place) {
        Some(position) => record.set_at(position, value),
        None => panic!("{} has no field {field}", record.object().name),
    }
}

/// The child rows of the table field declared at `place`.
pub fn rows<T: Entity>(record: &Record, field: &str, place: usize) -> Vec<T> {
    position(record, field, place)
        .map_or(&[][..], |position| record.at(position).as_rows())
        .iter()
        .map(T::from_record)
        .collect()
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
