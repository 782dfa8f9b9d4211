//! Lists and single records, with links expanded in a constant number of queries.

use std::sync::Arc;

use nexus_model::expr::Expr;
use nexus_model::object::{ARCHIVED, system};
use nexus_model::{Object, ObjectName, Problem, Record, Uuid, Value};
use nexus_store::{Cursor, Filter, Rows};
use serde_json::Value as Json;

use crate::core::{Tag, Tagging};
use crate::ctx::Ctx;
use crate::ctx::read::{Ask, missing};
use crate::entity::Entity;
use crate::faces::expand::{Paths, is_table};
use crate::faces::shown::Shown;
use crate::kernel::Kernel;
use crate::past::{Scope, moment};
use crate::policy::READ;
use crate::principal::Principal;
use crate::write::translate::language;
use crate::{Result, Tenant};

/// Records of a page, unless asked for otherwise.
pub const LIMIT: usize = 50;
/// Most records of a page.
pub const LIMIT_MAX: usize = 500;
/// A capped count stops here.
const COUNT_CAP: u64 = 10_000;
/// Characters of a search.
const TEXT_MAX: usize = 200;

/// A question for a page, as the query string gives it.
#[derive(Clone, Debug, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ListParams {
    /// A CEL condition over the fields.
    pub filter: Option<String>,
    /// Fields in order, descending with a leading minus: `-amount,name`.
    pub sort: Option<String>,
    /// Fields to answer; all when left out.
    pub fields: Option<String>,
    /// Links to answer as whole records, and those to follow from there: `company,lines.product,party.parent.owner`.
    pub expand: Option<String>,
    /// Records of the page, 50 unless said, at most 500.
    pub limit: Option<usize>,
    /// The `next` of the page before.
    pub after: Option<String>,
    /// `none`, `capped` (at most 10,000) or `exact`.
    pub count: Option<String>,
    /// Text that a searchable field contains.
    pub q: Option<String>,
    /// The name of a tag that the records have.
    pub tag: Option<String>,
    /// The id of a saved view, whose filter, order and columns are taken.
    pub view: Option<String>,
    /// The filter of the view, which holds beside `filter`.
    #[serde(skip)]
    pub kept: Option<String>,
    /// Deleted records instead of live ones, for who may delete.
    pub deleted: bool,
    /// The moment as of which is read, such as `2026-01-31T10:00:00Z`; now when left out.
    pub at: Option<String>,
    /// The language in which texts are told that are there in it, such as `fr` or `pt-BR`. Filters and orders are of the
    /// texts themselves.
    pub language: Option<String>,
}

/// A page of records.
#[derive(Clone, Default, serde::Serialize)]
pub struct Page {
    pub data: Vec<Shown>,
    /// The `after` of the next page; null on the last.
    pub next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
}

impl Page {
    /// How many records are told, with those that expanded links lead to.
    pub fn told(&self) -> usize {
        self.data.iter().map(Shown::told).fold(0, usize::saturating_add)
    }
}

pub(crate) fn names(list: Option<&String>) -> Vec<&str> {
    list.map(|list| list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()).unwrap_or_default()
}

impl Kernel {
    /// A page of records under the caller's own rights.
    pub async fn list(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        params: ListParams,
    ) -> Result<Page> {
        self.list_for(tenant, principal, object, params, READ).await
    }

    /// A page of those records that the caller may read and do `verb` with.
    pub(crate) async fn list_for(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        params: ListParams,
        verb: &'static str,
    ) -> Result<Page> {
        let object = Arc::clone(object);
        self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move { ctx.page(&object, &params, verb).await })
        })
        .await
    }

    /// One record.
    pub async fn get(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        id: Uuid,
        params: ListParams,
    ) -> Result<Shown> {
        let object = Arc::clone(object);
        self.read_in(tenant, principal, None, move |ctx| {
            Box::pin(async move {
                let (expand, only) = (Paths::read(params.expand.as_ref())?, names(params.fields.as_ref()));
                ctx.wanted(&object, &only, &expand)?;
                ctx.language = language(params.language.as_ref())?;
                if let Some(at) = moment("at", params.at.as_ref())? {
                    let mut looked_at = ctx.targets(&object, &expand);
                    looked_at.extend(ctx.translations());
                    let scope = Scope::one(&ctx.registry, &object, id, &looked_at);
                    ctx.go_back(at, &scope).await?;
                }
                let record = ctx.record(&object, id).await?;
                let view = ctx.view(&object, &|name| {
                    only.is_empty() || name == system::ID || only.contains(&name) || expand.has(name)
                });
                let shown = ctx.expanded(&object, view, vec![record], &expand).await?.pop();
                shown.ok_or_else(|| missing(&object, id))
            })
        })
        .await
    }
}

impl Ctx {
    /// A page inside an action, under the rights that it has.
    ///
    /// # Errors
    /// As those of the question from outside; also when there is no such object.
    pub async fn page_of(&mut self, object: &str, params: &ListParams) -> Result<Page> {
        let object = Arc::clone(self.registry.object(object)?);
        self.page(&object, params, READ).await
    }

    /// The order of a list: what is asked for, else the object's, else newest first.
    pub(crate) fn order(&self, object: &Object, sort: Option<&String>) -> Result<Vec<(String, bool)>> {
        let text = sort.or(object.sort.as_ref());
        let mut order = Vec::new();
        for name in names(text) {
            let (name, down) = name.strip_prefix('-').map_or((name, false), |name| (name, true));
            let field = object.field(name).filter(|field| self.policy().shows(object, field));
            let Some(field) = field else {
                // The object's own order goes on without what the principal may not see.
                if sort.is_none() {
                    continue;
                }
                return Err(Problem {
                    kind: crate::Kind::Malformed,
                    ..Problem::field("sort", "unknown", format!("{} has no field {name}", object.name))
                });
            };
            if !field.is_sortable() {
                return Err(Problem {
                    kind: crate::Kind::Malformed,
                    ..Problem::field("sort", "sort", format!("{name} cannot be sorted by: it has no order of its own"))
                });
            }
            order.push((name.to_owned(), down));
        }
        if order.is_empty() {
            let field = if object.child_of.is_some() { system::ID } else { system::CREATED_AT };
            order.push((field.to_owned(), object.child_of.is_none()));
        }
        Ok(order)
    }

    /// The conditions of a list, the caller's filter checked. Archived records are there for a filter that asks about them.
    pub(crate) fn filters(&self, object: &Object, params: &ListParams) -> Result<Vec<Filter>> {
        let mut filters = Vec::new();
        for source in [&params.kept, &params.filter].into_iter().flatten().filter(|source| !source.trim().is_empty()) {
            filters.push(Filter::Where(self.condition(object, source)?));
        }
        let asks = |expr: &Expr| expr.fields().iter().any(|name| name == ARCHIVED);
        if object.archivable && !conditions(&filters).into_iter().any(asks) {
            filters.push(Filter::Where(self.condition(object, "!archived")?));
        }
        if let Some(text) = params.q.as_ref().filter(|text| !text.trim().is_empty()) {
            filters.push(self.searching(object, text));
        }
        if let Some(name) = params.tag.as_ref().filter(|name| !name.trim().is_empty()) {
            filters.push(self.tagged(name.trim())?);
        }
        Ok(filters)
    }

    /// The condition that a record has a tag. Whoever reads a record reads its tags.
    fn tagged(&self, name: &str) -> Result<Filter> {
        let by = self.registry.object(Tagging::OBJECT)?;
        // What is a text in JSON is the same text in CEL.
        let named = self.condition(by, &format!("tag.name == {}", Json::from(name)))?;
        let (field, rows) = ("target".to_owned(), Box::new(Rows::Where(named)));
        Ok(Filter::Rows(Rows::LedToBy { by: by.name.clone(), field, rows }))
    }

    /// The condition that a searchable field contains the text; fields that are not shown do not count.
    pub(crate) fn searching(&self, object: &Object, text: &str) -> Filter {
        let policy = self.policy();
        let fields = object.fields.iter().filter(|field| field.search && policy.shows(object, field));
        let fields = fields.map(|field| field.name.clone()).collect();
        Filter::Search { text: text.trim().chars().take(TEXT_MAX).collect(), fields }
    }

    pub(crate) async fn page(&mut self, object: &Arc<Object>, params: &ListParams, verb: &str) -> Result<Page> {
        if !self.policy().may(object, READ) {
            return Err(Problem::denied(format!("you may not read {}", object.plural.to_lowercase())));
        }
        let params = &self.through_view(object, params).await?;
        let limit = params.limit.unwrap_or(LIMIT).clamp(1, LIMIT_MAX);
        let sort = self.order(object, params.sort.as_ref())?;
        let mut filters = self.filters(object, params)?;
        if verb != READ {
            filters.push(Filter::Rows(self.policy().rows(object, verb)));
        }
        let after = match &params.after {
            Some(text) => Some(Cursor::decode(text, &sort).ok_or_else(|| Problem {
                kind: crate::Kind::Malformed,
                ..Problem::field("after", "cursor", "is not a cursor of this list and order; start without it")
            })?),
            None => None,
        };
        let expand = Paths::read(params.expand.as_ref())?;
        let only = names(params.fields.as_ref());
        let fields = self.wanted(object, &only, &expand)?;
        self.language = language(params.language.as_ref())?;
        if let Some(at) = moment("at", params.at.as_ref())? {
            let mut looked_at = self.targets(object, &expand);
            if params.tag.is_some() {
                looked_at.extend([Tagging::OBJECT, Tag::OBJECT].map(|name| ObjectName::resolve("", name)));
            }
            looked_at.extend(self.translations());
            let scope = Scope::of(&self.registry, object, &conditions(&filters), &looked_at);
            self.go_back(at, &scope).await?;
        }
        let ask = Ask {
            filters: filters.clone(),
            sort: sort.clone(),
            after,
            limit: limit + 1,
            fields,
            deleted: params.deleted,
            ..Ask::default()
        };
        let mut records = self.ask(object, ask).await?;
        let more = records.len() > limit;
        records.truncate(limit);
        let next = records.last().filter(|_| more).map(|last| Cursor::after(last, &sort).encode());
        let count = match params.count.as_deref() {
            None | Some("none") => None,
            Some(kind @ ("capped" | "exact")) => {
                let ask = Ask { filters, deleted: params.deleted, ..Ask::default() };
                Some(self.count_of(object, ask, (kind == "capped").then_some(COUNT_CAP)).await?)
            }
            Some(other) => {
                return Err(Problem {
                    kind: crate::Kind::Malformed,
                    ..Problem::field("count", "choice", format!("is none, capped or exact, not {other}"))
                });
            }
        };
        let view = self.view(object, &|name| {
            let table = object.field(name).is_some_and(is_table);
            let asked = only.contains(&name) || expand.has(name);
            name == system::ID || asked || (only.is_empty() && !table)
        });
        let data = self.expanded(object, view, records, &expand).await?;
        Ok(Page { data, next, count })
    }

    /// Positions of the fields that a page needs; child rows only when they are asked for.
    fn wanted(&self, object: &Object, only: &[&str], expand: &Paths) -> Result<Vec<usize>> {
        for name in only {
            if !object.field(name).is_some_and(|field| self.policy().shows(object, field)) {
                return Err(Problem {
                    kind: crate::Kind::Malformed,
                    ..Problem::field("fields", "unknown", format!("{} has no field {name}", object.name))
                });
            }
        }
        self.check_paths(object, expand)?;
        let positions = object.fields.iter().enumerate().filter(|(_, field)| {
            let asked = only.contains(&field.name.as_str()) || expand.has(&field.name);
            asked
                || (only.is_empty() && !is_table(field))
                || matches!(field.name.as_str(), system::ID | system::VERSION)
        });
        Ok(positions.map(|(position, _)| position).collect())
    }
}

/// The conditions among filters that are written as such.
pub(crate) fn conditions(filters: &[Filter]) -> Vec<&Expr> {
    let mut written = Vec::new();
    for filter in filters {
        if let Filter::Where(expr) = filter {
            written.push(expr.as_ref());
        }
    }
    written
}

/// The value of a record's field as text, for lines that name it.
pub(crate) fn text_of(record: &Record, field: &str) -> Option<String> {
    match record.get(field) {
        Value::Null => None,
        value => Some(nexus_model::json::shown(value)),
    }
}
