//! What a change would store under unique keys, so that whoever is refused can be told which record has it already.

use std::sync::Arc;

use nexus_model::object::system;
use nexus_model::problem::Kind;
use nexus_model::{Object, Problem, Record, Uuid, Value};

use crate::StoreError;
use crate::migrate::index_name;

/// The record of a change, and the values of its unique keys.
#[derive(Clone)]
pub struct Claim {
    object: Arc<Object>,
    id: Uuid,
    /// By position of the field.
    keys: Vec<(usize, Value)>,
}

impl std::fmt::Debug for Claim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.object.name, self.id)
    }
}

impl Claim {
    /// Of a record that is written.
    pub(crate) fn of(record: &Record) -> Box<Claim> {
        let object = record.object();
        let fields = object.unique.iter().flat_map(|key| &key.fields).filter_map(|name| object.position(name));
        let keys = fields.map(|position| (position, record.at(position).clone())).collect();
        Box::new(Claim { object: Arc::clone(object), id: record.id(), keys })
    }

    /// A taken unique key in the words of the manifest. SQLite names the columns of a plain key, and the index of one
    /// that holds for some rows alone; PostgreSQL names the index.
    fn refused(&self, index: &str) -> Problem {
        let object = &self.object;
        let named = object.unique.iter().find(|key| index == index_name(object, &format!("u_{}", key.name)));
        let fields: Vec<&str> = match named {
            Some(key) => key.fields.iter().map(String::as_str).collect(),
            None => {
                let columns = index.split(", ").filter_map(|column| column.rsplit('.').next());
                columns.filter(|name| object.field(name).is_some()).collect()
            }
        };
        let first = fields.iter().copied().find(|name| *name != system::COMPANY).unwrap_or(system::ID);
        let value = self.keys.iter().find(|(position, _)| object.position(first) == Some(*position));
        let shown = match value {
            Some((_, value)) => nexus_model::json::shown(value),
            None => self.id.to_string(),
        };
        let others: Vec<&str> = fields.iter().copied().filter(|name| *name != first).collect();
        let within = if others.is_empty() { String::new() } else { format!(" with the same {}", others.join(" and ")) };
        let message = format!("another {} has {shown}{within}", object.label.to_lowercase());
        Problem { kind: Kind::Conflict, detail: message.clone(), ..Problem::field(first, "unique", message) }
    }
}

/// A refusal in the words of whoever asked.
pub(crate) fn refusal(index: &str, claim: Option<&Claim>) -> Problem {
    match claim {
        Some(claim) => claim.refused(index),
        None => Problem::conflict(format!("the unique key {index} is taken")),
    }
}

impl StoreError {
    /// The same with the claim that was refused, where one was.
    pub(crate) fn of(self, claim: Option<Box<Claim>>) -> StoreError {
        match self {
            StoreError::Unique { index, .. } => StoreError::Unique { index, claim },
            other => other,
        }
    }
}
