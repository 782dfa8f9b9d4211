//! One search over all that the principal may read.
//!
//! The index proposes, the policy disposes: which objects and which of their texts are looked through comes from the
//! policy, and where it restricts rows, the store is asked which of the proposed records the principal may read. Hits,
//! counts and facets are of these alone, and what is told of a record is read from it, not from the index.

mod facets;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use nexus_model::object::system;
use nexus_model::{Date, FieldError, Object, ObjectName, Problem, Record, Timestamp, Uuid};
use nexus_store::{Filter, Rows};
use serde::Serialize;

use super::list::{ListParams, text_of};
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::kernel::Kernel;
use crate::policy::READ;
use crate::principal::Principal;
use crate::search::feed::Lag;
use crate::search::texts::{Searched, timestamp};
use crate::search::{Candidate, IndexError, Indexer, Question};
use crate::{Kind, Result, Tenant};
pub use facets::{Facet, Facets};

/// Hits of a page, unless asked for otherwise, and at most.
const LIMIT: usize = 20;
const LIMIT_MAX: usize = 100;
/// Records that are looked at; counts and facets of more are of the best of them.
const CANDIDATES_MAX: usize = 10_000;
/// Ids that one question to the store has.
const IDS_MAX: usize = 500;
/// Characters of a search.
const TEXT_MAX: usize = 200;
/// Fields beside the title that name a hit.
const SUBTITLES: usize = 2;

/// What to search for, as the query string gives it.
#[derive(Clone, Debug, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchParams {
    /// Words, all of which are found; the last may be a beginning, and longer ones may have a slip.
    pub q: String,
    /// Only records of this app.
    pub app: Option<String>,
    /// Only records of this object, such as crm.lead.
    pub object: Option<String>,
    /// Only records that this user owns, or made where the object names no owner.
    pub owner: Option<Uuid>,
    /// Changed at this time or later: 2026-05-01, or 2026-05-01T08:00:00Z.
    pub from: Option<String>,
    /// Changed before this time.
    pub to: Option<String>,
    /// A CEL condition over the fields of `object`.
    pub filter: Option<String>,
    /// Hits of the page, 20 unless said, at most 100.
    pub limit: Option<usize>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// What was found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Hits {
    pub data: Vec<Hit>,
    /// The `after` of the next page; null on the last.
    pub next: Option<String>,
    /// Records found.
    pub count: usize,
    /// There may be more: no more than the best 10,000 were looked at.
    pub capped: bool,
    pub facets: Facets,
    /// Events that the index does not know yet.
    pub behind: i64,
    /// The index is being made, or made anew because fields or languages came to it: not every record is found yet.
    pub making: bool,
}

/// A record that was found.
#[derive(Clone, Debug, Serialize)]
pub struct Hit {
    pub app: String,
    pub object: String,
    pub id: Uuid,
    pub title: String,
    pub subtitle: String,
    /// Where the words stand, as HTML with `<mark>` around them.
    pub snippet: Option<String>,
    /// When it was changed last.
    pub at: Timestamp,
}

/// A search whose parameters are understood.
struct Asked {
    text: String,
    app: Option<String>,
    object: Option<ObjectName>,
    owner: Option<Uuid>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    filter: Option<String>,
    offset: usize,
    limit: usize,
}

impl Kernel {
    /// Records whose searchable fields have the words, best first.
    ///
    /// # Errors
    /// When a parameter is wrong, or where no index is kept.
    pub async fn search(&self, tenant: &Arc<Tenant>, principal: &Arc<Principal>, params: SearchParams) -> Result<Hits> {
        let asked = Arc::new(Asked::new(tenant, params)?);
        let indexer = Arc::clone(self.indexer()?);
        let mut lag = self.up_to_date(tenant).await?;
        for last in [false, true] {
            let (asked, indexer, slug) = (Arc::clone(&asked), Arc::clone(&indexer), tenant.slug.clone());
            let found = self.read_in(tenant, principal, None, move |ctx| {
                Box::pin(async move { ctx.hits(&*indexer, &slug, &asked).await })
            });
            match found.await? {
                Ok(hits) => return Ok(Hits { behind: lag.events, making: lag.making, ..hits }),
                Err(error) if last => {
                    return Err(Problem::new(Kind::Away, format!("the search index cannot be read: {error}")));
                }
                Err(error) => {
                    tracing::warn!(tenant = tenant.slug, %error, "a search index is damaged and made anew");
                    self.discard_index(tenant).await?;
                    lag = self.up_to_date(tenant).await?;
                }
            }
        }
        Err(Problem::internal("a search ends with its second try"))
    }

    /// Brings the index up to date, so that whoever has just changed something finds it. What takes longer is left to be
    /// done beside.
    async fn up_to_date(&self, tenant: &Arc<Tenant>) -> Result<Lag> {
        let lag = self.freshen(tenant).await;
        if lag.as_ref().ok() != Some(&Lag::default()) {
            self.index_soon(tenant);
        }
        lag
    }
}

impl Asked {
    fn new(tenant: &Tenant, params: SearchParams) -> Result<Asked> {
        let wrong = |name: &str, rule: &str, message: &str| Problem {
            kind: Kind::Malformed,
            ..Problem::fields(vec![FieldError::new(name, rule, message)])
        };
        let given = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
        let (app, filter) = (given(params.app), given(params.filter));
        if let Some(app) = &app {
            tenant.has(app)?;
            if !tenant.registry().schema.apps.contains_key(app) {
                return Err(wrong("app", "unknown", &format!("there is no app {app}")));
            }
        }
        let object = given(params.object).map(|name| tenant.object(&name).map(|object| object.name.clone()));
        let object = object.transpose()?;
        if filter.is_some() && object.is_none() {
            return Err(wrong("filter", "object", "is over the fields of one object; say which with `object`"));
        }
        let moment = |name: &str, text: Option<String>| match given(text) {
            None => Ok(None),
            Some(text) => moment(&text).map(Some).ok_or_else(|| {
                wrong(name, "time", "is no day such as 2026-05-01 and no time such as 2026-05-01T08:00:00Z")
            }),
        };
        let offset = given(params.after).map_or(Ok(0), |after| after.parse::<usize>());
        let offset = offset.ok().filter(|offset| *offset <= CANDIDATES_MAX);
        Ok(Asked {
            text: params.q.chars().take(TEXT_MAX).collect(),
            app,
            object,
            owner: params.owner,
            from: moment("from", params.from)?,
            to: moment("to", params.to)?,
            filter,
            offset: offset
                .ok_or_else(|| wrong("after", "cursor", "is not the `next` of a search; start without it"))?,
            limit: params.limit.unwrap_or(LIMIT).clamp(1, LIMIT_MAX),
        })
    }

    fn is_of(&self, object: &Object) -> bool {
        self.app.as_ref().is_none_or(|app| app == object.name.app())
            && self.object.as_ref().is_none_or(|name| *name == object.name)
    }
}

fn moment(text: &str) -> Option<Timestamp> {
    let day = || Some(text.parse::<Date>().ok()?.at(0, 0, 0, 0).in_tz("UTC").ok()?.timestamp());
    text.parse().ok().or_else(day)
}

impl Ctx {
    /// A page of what an index finds; its error, where it finds nothing because it cannot be read.
    async fn hits(
        &mut self,
        indexer: &dyn Indexer,
        slug: &str,
        asked: &Asked,
    ) -> Result<std::result::Result<Hits, IndexError>> {
        let mut all = Vec::new();
        let mut scopes = Vec::new();
        let registry = Arc::clone(&self.registry);
        for searched in registry.searched.iter().filter(|searched| asked.is_of(&searched.object)) {
            if let Some(scope) = searched.scope(&self.policy()) {
                all.push(searched);
                scopes.push(scope);
            }
        }
        let filter = match (&asked.filter, all.first()) {
            (Some(source), Some(one)) => {
                let params = ListParams { filter: Some(source.clone()), ..ListParams::default() };
                Some(self.filters(&one.object, &params)?)
            }
            _ => None,
        };
        let (countries, now) = (self.countries(), self.now());
        let question = Question {
            text: &asked.text,
            countries: &countries,
            scopes: &scopes,
            owner: asked.owner,
            from: asked.from,
            to: asked.to,
            now,
            limit: CANDIDATES_MAX + 1,
        };
        let mut candidates = match indexer.find(slug, &question) {
            Ok(candidates) => candidates,
            Err(error) => return Ok(Err(error)),
        };
        let capped = candidates.len() > CANDIDATES_MAX;
        candidates.truncate(CANDIDATES_MAX);
        let found = self.readable(&all, candidates, filter).await?;
        let page: Vec<Candidate> = found.iter().skip(asked.offset).take(asked.limit).copied().collect();
        let end = asked.offset + page.len();
        let hits = Hits {
            data: self.told_hits(indexer, &question, &all, &page).await?,
            next: (end < found.len()).then(|| end.to_string()),
            count: found.len(),
            capped,
            facets: self.facets(&scopes, &found).await?,
            ..Hits::default()
        };
        Ok(Ok(hits))
    }

    /// Those of the candidates that the principal may read and that meet the filter, in their order.
    async fn readable(
        &mut self,
        all: &[&Searched],
        mut candidates: Vec<Candidate>,
        filter: Option<Vec<Filter>>,
    ) -> Result<Vec<Candidate>> {
        for (scope, searched) in all.iter().enumerate() {
            let filter = match &filter {
                Some(asked) => asked.clone(),
                None => self.filters(&searched.object, &ListParams::default())?,
            };
            if filter.is_empty() && matches!(self.policy().rows(&searched.object, READ), Rows::All) {
                continue;
            }
            let of = candidates.iter().filter(|candidate| candidate.scope == scope);
            let ids: Vec<Uuid> = of.map(|candidate| candidate.id).collect();
            let mut readable = HashSet::with_capacity(ids.len());
            for ids in ids.chunks(IDS_MAX) {
                let filters = std::iter::once(Filter::Ids(ids.to_vec())).chain(filter.iter().cloned()).collect();
                let fields = searched.object.position(system::ID).into_iter().collect();
                let ask = Ask { limit: ids.len(), filters, fields, ..Ask::default() };
                readable.extend(self.ask(&searched.object, ask).await?.iter().map(Record::id));
            }
            candidates.retain(|candidate| candidate.scope != scope || readable.contains(&candidate.id));
        }
        Ok(candidates)
    }

    /// What is told of the hits of a page, in their order. One that was deleted a moment ago is left out.
    async fn told_hits(
        &mut self,
        indexer: &dyn Indexer,
        question: &Question<'_>,
        all: &[&Searched],
        page: &[Candidate],
    ) -> Result<Vec<Hit>> {
        let mut told = HashMap::with_capacity(page.len());
        for (scope, searched) in all.iter().enumerate() {
            let of = page.iter().filter(|candidate| candidate.scope == scope);
            let ids: Vec<Uuid> = of.map(|candidate| candidate.id).collect();
            if ids.is_empty() {
                continue;
            }
            let ask =
                Ask { limit: ids.len(), filters: vec![Filter::Ids(ids)], fields: searched.fields(), ..Ask::default() };
            for record in self.ask(&searched.object, ask).await? {
                told.insert((scope, record.id()), self.hit(indexer, question, searched, &record));
            }
        }
        Ok(page.iter().filter_map(|candidate| told.remove(&(candidate.scope, candidate.id))).collect())
    }

    fn hit(&self, indexer: &dyn Indexer, question: &Question<'_>, searched: &Searched, record: &Record) -> Hit {
        let (object, policy) = (&searched.object, self.policy());
        let shown = || searched.sources.iter().filter(|source| searched.shows(&policy, source));
        let title = record.title();
        let named = shown().filter(|source| source.table.is_none());
        let subtitle = named.filter_map(|source| text_of(record, &object.fields[source.field].name)).take(SUBTITLES);
        let mut texts = shown().flat_map(|source| source.texts(record));
        let snippet = texts.find_map(|text| indexer.mark(question, &text)).or_else(|| indexer.mark(question, &title));
        Hit {
            app: object.name.app().to_owned(),
            object: object.name.object().to_owned(),
            id: record.id(),
            subtitle: subtitle.collect::<Vec<_>>().join(" · "),
            title,
            snippet,
            at: timestamp(record),
        }
    }
}
