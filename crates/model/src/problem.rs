//! What went wrong, in the words a person needs: which field, which rule, what to do.

use serde::Serialize;

/// One field's complaint. `field` is a path such as `lines/0/quantity`, empty for the whole record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    pub field: String,
    pub rule: String,
    pub message: String,
}

impl FieldError {
    pub fn new(field: impl Into<String>, rule: impl Into<String>, message: impl Into<String>) -> FieldError {
        FieldError { field: field.into(), rule: rule.into(), message: message.into() }
    }

    /// The same complaint about a field inside `outer`.
    pub fn within(mut self, outer: &str) -> FieldError {
        self.field = if self.field.is_empty() { outer.to_owned() } else { format!("{outer}/{}", self.field) };
        self
    }
}

/// The kinds of failure a caller can tell apart; each face maps them to its own code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The request cannot be understood (HTTP 400).
    Malformed,
    /// Nobody is signed in (401).
    Unauthenticated,
    /// Signed in, but not allowed (403).
    Denied,
    /// Not there, or not visible to this principal (404).
    NotFound,
    /// In the way of another change, or in the wrong state (409).
    Conflict,
    /// The record has changed since it was read (412).
    Stale,
    /// Larger than the limit (413).
    TooLarge,
    /// A rule of the data is broken (422).
    Invalid,
    /// Somebody else is at work on it just now (423).
    Locked,
    /// Too many at once (429).
    Busy,
    /// What holds the data cannot be reached just now (503).
    Away,
    /// What holds the data has no room left (507).
    Full,
    /// Our own fault (500).
    Internal,
}

/// A failure that says what failed and what would help.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{detail}{}", fields_text(.errors))]
pub struct Problem {
    pub kind: Kind,
    pub detail: String,
    pub errors: Vec<FieldError>,
    /// Further machine-readable members of the reply, such as `conflicts`.
    pub more: serde_json::Map<String, serde_json::Value>,
}

fn fields_text(errors: &[FieldError]) -> String {
    errors.iter().map(|error| format!("; {}: {}", error.field, error.message)).collect()
}

/// The result of anything that can be refused.
pub type Result<T, E = Problem> = std::result::Result<T, E>;

impl Problem {
    pub fn new(kind: Kind, detail: impl Into<String>) -> Problem {
        Problem { kind, detail: detail.into(), errors: Vec::new(), more: serde_json::Map::new() }
    }

    pub fn malformed(detail: impl Into<String>) -> Problem {
        Problem::new(Kind::Malformed, detail)
    }
    pub fn denied(detail: impl Into<String>) -> Problem {
        Problem::new(Kind::Denied, detail)
    }
    pub fn not_found(detail: impl Into<String>) -> Problem {
        Problem::new(Kind::NotFound, detail)
    }
    pub fn conflict(detail: impl Into<String>) -> Problem {
        Problem::new(Kind::Conflict, detail)
    }
    pub fn internal(detail: impl Into<String>) -> Problem {
        Problem::new(Kind::Internal, detail)
    }

    /// A broken rule of one field.
    pub fn field(field: impl Into<String>, rule: impl Into<String>, message: impl Into<String>) -> Problem {
        Problem::fields(vec![FieldError::new(field, rule, message)])
    }

    /// Broken rules of several fields, all reported at once.
    pub fn fields(errors: Vec<FieldError>) -> Problem {
        let detail = match errors.as_slice() {
            [one] if one.field.is_empty() => one.message.clone(),
            [one] => format!("{} {}", one.field, one.message),
            many => format!("{} fields need attention", many.len()),
        };
        Problem { errors, ..Problem::new(Kind::Invalid, detail) }
    }

    /// The same problem with one more member in the reply.
    pub fn with(mut self, key: &str, value: serde_json::Value) -> Problem {
        self.more.insert(key.to_owned(), value);
        self
    }
}
