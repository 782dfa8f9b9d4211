//! A record: the values of one object, in the order of its fields.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use crate::object::Object;
use crate::value::{Money, Value};

static NULL: Value = Value::Null;

/// One record, system fields included. Fields that were not asked for are `Null`. A clone shares the values until one
/// of the two is changed.
#[derive(Clone, Debug)]
pub struct Record {
    object: Arc<Object>,
    values: Arc<Vec<Value>>,
}

impl PartialEq for Record {
    fn eq(&self, other: &Record) -> bool {
        self.object.name == other.object.name
            && (Arc::ptr_eq(&self.values, &other.values) || self.values == other.values)
    }
}

impl Record {
    /// A record of `object` with no values.
    pub fn new(object: Arc<Object>) -> Record {
        let values = vec![Value::Null; object.fields.len()];
        Record { object, values: Arc::new(values) }
    }

    /// A record from values in the order of `object.fields`.
    ///
    /// # Panics
    /// When the count differs, which is a mistake of the caller.
    pub fn from_values(object: Arc<Object>, values: Vec<Value>) -> Record {
        assert_eq!(object.fields.len(), values.len(), "one value a field");
        Record { object, values: Arc::new(values) }
    }

    pub fn object(&self) -> &Arc<Object> {
        &self.object
    }

    /// The values in the order of the object's fields.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The value of the field `name`; `Null` when there is no such field.
    pub fn get(&self, name: &str) -> &Value {
        self.object.position(name).map_or(&NULL, |position| &self.values[position])
    }

    pub fn at(&self, position: usize) -> &Value {
        &self.values[position]
    }

    pub fn at_mut(&mut self, position: usize) -> &mut Value {
        &mut Arc::make_mut(&mut self.values)[position]
    }

    /// Sets the field `name`.
    ///
    /// # Panics
    /// When the object has no such field, which is a mistake of the caller.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        let Some(position) = self.object.position(name) else {
            panic!("{} has no field {name}", self.object.name);
        };
        *self.at_mut(position) = value.into();
    }

    pub fn set_at(&mut self, position: usize, value: Value) {
        *self.at_mut(position) = value;
    }

    /// Takes the value of the field `name` out, leaving `Null`.
    pub fn take(&mut self, name: &str) -> Value {
        self.object.position(name).map_or(Value::Null, |position| std::mem::take(self.at_mut(position)))
    }

    /// The record's id; nil before it was given one.
    pub fn id(&self) -> Uuid {
        // The first of every object's fields.
        self.values.first().and_then(Value::as_id).unwrap_or_default()
    }

    /// Counts the changes of this record, from 1.
    pub fn version(&self) -> i64 {
        self.get("version").as_int().unwrap_or_default()
    }

    /// When the record was deleted, if it was.
    pub fn deleted_at(&self) -> Option<Timestamp> {
        if let Value::DateTime(at) = self.get("deleted_at") { Some(*at) } else { None }
    }

    /// The field's text, or nothing.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).as_text().unwrap_or_default()
    }

    /// The field's amount of money.
    pub fn money(&self, name: &str) -> Option<Money> {
        self.get(name).as_money()
    }

    /// The record a link leads to.
    pub fn link(&self, name: &str) -> Option<Uuid> {
        self.get(name).as_id()
    }

    /// The record as code that the app ships takes it: in the state that a tenant's own state is like.
    pub fn as_shipped(&self) -> Cow<'_, Record> {
        let states = self.object.states.as_ref().filter(|_| self.object.extended);
        let like = states.and_then(|states| Some((&states.field, states.get(self.text(&states.field))?.like.clone()?)));
        match like {
            None => Cow::Borrowed(self),
            Some((field, like)) => {
                let mut shipped = self.clone();
                shipped.set(field, like);
                Cow::Owned(shipped)
            }
        }
    }

    /// What a person calls this record: its title field, or its id.
    pub fn title(&self) -> String {
        match self.get(&self.object.title) {
            Value::Text(title) => title.clone(),
            Value::Null => self.id().to_string(),
            other => crate::json::shown(other),
        }
    }
}
