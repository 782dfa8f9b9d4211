//! How many of the records that a search found there are of each kind.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use nexus_model::Uuid;
use nexus_model::object::system;
use nexus_store::Filter;
use serde::Serialize;

use crate::Result;
use crate::ctx::Ctx;
use crate::search::{Candidate, Scope};

/// Groups of the facet of owners.
const OWNERS_MAX: usize = 20;
/// Facets of time: changed within so many days.
const TIMES: [(&str, i64); 4] = [("day", 1), ("week", 7), ("month", 30), ("year", 365)];

/// How many of the records found there are of each kind.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Facets {
    pub app: Vec<Facet>,
    pub object: Vec<Facet>,
    pub owner: Vec<Facet>,
    pub time: Vec<Facet>,
}

/// One kind; `value` is what narrows the search to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facet {
    pub value: String,
    pub label: String,
    pub count: usize,
}

impl Ctx {
    /// The facets of what was found and may be read.
    pub(super) async fn facets(&mut self, scopes: &[Scope], found: &[Candidate]) -> Result<Facets> {
        let schema = Arc::clone(self.schema());
        let app_of = |scope: usize| scopes[scope].object.split('.').next().unwrap_or_default();
        let now = self.now();
        let age = |candidate: &Candidate| {
            let days = now.duration_since(candidate.at).as_hours() / 24;
            TIMES.iter().find(|(_, within)| days < *within).map_or("older", |(name, _)| *name)
        };
        let app = tally(found.iter().map(|hit| app_of(hit.scope)));
        let object = tally(found.iter().map(|hit| scopes[hit.scope].object.as_str()));
        let times = tally(found.iter().map(age));
        let mut owners = tally(found.iter().filter_map(|hit| hit.owner));
        owners.truncate(OWNERS_MAX);
        let names = self.names(owners.iter().map(|(id, _)| *id).collect()).await?;
        let app_label = |app: &str| schema.apps.get(app).map_or_else(|| app.to_owned(), |app| app.label.clone());
        let object_label = |object: &str| schema.get(object).map_or_else(String::new, |object| object.plural.clone());
        let order = TIMES.iter().map(|(name, _)| *name).chain(["older"]);
        Ok(Facets {
            app: app.into_iter().map(|(app, count)| Facet::new(app, app_label(app), count)).collect(),
            object: object.into_iter().map(|(name, count)| Facet::new(name, object_label(name), count)).collect(),
            owner: owners
                .into_iter()
                .map(|(id, count)| Facet::new(&id.to_string(), names.get(&id).cloned().unwrap_or_default(), count))
                .collect(),
            time: order
                .filter_map(|name| times.iter().find(|(known, _)| *known == name))
                .map(|(name, count)| Facet::new(name, (*name).to_owned(), *count))
                .collect(),
        })
    }

    /// The names of users, so far as the principal may read them.
    async fn names(&mut self, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
        let users = Arc::clone(self.registry.object(system::USER_OBJECT)?);
        let limit = ids.len();
        let found = self.records(&users, vec![Filter::Ids(ids)], Vec::new(), limit).await?;
        Ok(found.iter().map(|user| (user.id(), user.title())).collect())
    }
}

impl Facet {
    fn new(value: &str, label: String, count: usize) -> Facet {
        Facet { value: value.to_owned(), label, count }
    }
}

/// How often each comes, most frequent first.
fn tally<T: Copy + Ord>(values: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_insert(0) += 1;
    }
    let mut counts: Vec<(T, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
