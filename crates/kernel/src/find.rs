//! A typed question for records, asked through a context.

use std::marker::PhantomData;

use nexus_model::Value;

use crate::entity::Entity;

/// Records of `T` that fit; see [`find`].
#[derive(Clone, Debug)]
pub struct Find<T> {
    pub(crate) equals: Vec<(String, Value)>,
    pub(crate) any: Vec<(String, Vec<Value>)>,
    pub(crate) filters: Vec<String>,
    pub(crate) sort: Vec<(String, bool)>,
    pub(crate) limit: usize,
    kind: PhantomData<fn() -> T>,
}

/// Most records that a question answers when it names no limit.
const LIMIT: usize = 10_000;

/// All live records of `T` that the context may see, until narrowed.
pub fn find<T: Entity>() -> Find<T> {
    Find { equals: Vec::new(), any: Vec::new(), filters: Vec::new(), sort: Vec::new(), limit: LIMIT, kind: PhantomData }
}

impl<T: Entity> Find<T> {
    /// Whose field has this value; `Null` finds those without one.
    pub fn eq(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.equals.push((field.to_owned(), value.into()));
        self
    }

    /// Whose field has one of these values.
    pub fn any<V: Into<Value>>(mut self, field: &str, values: impl IntoIterator<Item = V>) -> Self {
        self.any.push((field.to_owned(), values.into_iter().map(Into::into).collect()));
        self
    }

    /// Which meet a CEL condition. Values from outside belong into [`Find::eq`], not into this text.
    pub fn filter(mut self, condition: impl Into<String>) -> Self {
        self.filters.push(condition.into());
        self
    }

    /// Ordered by a field, descending with a leading minus.
    pub fn sort(mut self, field: &str) -> Self {
        let (name, down) = field.strip_prefix('-').map_or((field, false), |name| (name, true));
        self.sort.push((name.to_owned(), down));
        self
    }

    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }
}
