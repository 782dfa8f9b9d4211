//! Lists and single records, with links expanded in a constant number of queries.

use std::collections::HashMap;
use std::sync::Arc;

use nexus_model::expr::Expr;
use nexus_model::object::{ARCHIVED, system};
use nexus_model::{FieldType, Object, ObjectName, Problem, Record, Uuid, Value};
use nexus_store::{Cursor, Filter, Rows};
use serde_json::Value as Json;

use crate::core::{Tag, Tagging};
use crate::ctx::Ctx;
use crate::ctx::read::{Ask, missing};
use crate::entity::Entity;
use crate::faces::shown::{Shown, View};
use crate::kernel::Kernel;
use crate::past::{Scope, moment};
use crate::policy::READ;
use crate::principal::Principal;
use crate::{Result, Tenant};

/// Records of a page, unless asked for otherwise.
pub const LIMIT: usize = 50;
/// Most records of a page.
pub const LIMIT_MAX: usize = 500;
/// A capped count stops here.
const COUNT_CAP: u64 = 10_000;
/// Characters of a search.
const TEXT_MAX: usize = 200;
/// Links that one request may expand.
const EXPAND_MAX: usize = 20;

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
    /// Links to answer as whole records: `company,lines.product`.
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
    /// Deleted records instead of live ones, for who may delete.
    pub deleted: bool,
    /// The moment as of which is read, such as `2026-01-31T10:00:00Z`; now when left out.
    pub at: Option<String>,
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

fn names(list: Option<&String>) -> Vec<&str> {
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
                let (expand, only) = (names(params.expand.as_ref()), names(params.fields.as_ref()));
                ctx.wanted(&object, &only, &expand)?;
                if let Some(at) = moment("at", params.at.as_ref())? {
                    let scope = Scope::one(&ctx.registry, &object, id, &ctx.targets(&object, &expand));
                    ctx.go_back(at, &scope).await?;
                }
                let record = ctx.record(&object, id).await?;
                let view = ctx.view(&object, &|name| only.is_empty() || name == system::ID || only.contains(&name));
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
        if let Some(source) = params.filter.as_ref().filter(|source| !source.trim().is_empty()) {
            filters.push(Filter::Where(self.condition(object, source)?));
        }
        let asks = |expr: &Expr| expr.reads().iter().any(|(of, name)| *of == object.name && name == ARCHIVED);
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
        let expand = names(params.expand.as_ref());
        let only = names(params.fields.as_ref());
        let fields = self.wanted(object, &only, &expand)?;
        if let Some(at) = moment("at", params.at.as_ref())? {
            let mut looked_at = self.targets(object, &expand);
            if params.tag.is_some() {
                looked_at.extend([Tagging::OBJECT, Tag::OBJECT].map(|name| ObjectName::resolve("", name)));
            }
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
            let asked = only.contains(&name) || expand.iter().any(|path| path.split('.').next() == Some(name));
            name == system::ID || asked || (only.is_empty() && !table)
        });
        let data = self.expanded(object, view, records, &expand).await?;
        Ok(Page { data, next, count })
    }

    /// Positions of the fields that a page needs; child rows only when they are asked for.
    fn wanted(&self, object: &Object, only: &[&str], expand: &[&str]) -> Result<Vec<usize>> {
        let expanded: Vec<&str> = expand.iter().filter_map(|path| path.split('.').next()).collect();
        for name in only.iter().chain(&expanded) {
            if !object.field(name).is_some_and(|field| self.policy().shows(object, field)) {
                let place = if only.contains(name) { "fields" } else { "expand" };
                return Err(Problem {
                    kind: crate::Kind::Malformed,
                    ..Problem::field(place, "unknown", format!("{} has no field {name}", object.name))
                });
            }
        }
        let positions = object.fields.iter().enumerate().filter(|(_, field)| {
            let asked = only.contains(&field.name.as_str()) || expanded.contains(&field.name.as_str());
            let table = matches!(field.kind, FieldType::Table(_));
            asked || (only.is_empty() && !table) || matches!(field.name.as_str(), system::ID | system::VERSION)
        });
        Ok(positions.map(|(position, _)| position).collect())
    }

    /// The objects whose records are told with those of another when these paths are expanded.
    fn targets(&self, object: &Object, expand: &[&str]) -> Vec<ObjectName> {
        let mut targets = Vec::new();
        for path in expand {
            let (name, inner) = path.split_once('.').map_or((*path, None), |(name, inner)| (name, Some(inner)));
            let Some(first) = object.field(name).and_then(|field| field.target()) else { continue };
            let linked = inner.and_then(|inner| self.schema().get(first.as_str())?.field(inner)?.target());
            targets.extend(linked.or(Some(first)).cloned());
        }
        // A table's own rows are part of its records.
        targets.retain(|target| self.schema().get(target.as_str()).is_some_and(|object| object.child_of.is_none()));
        targets
    }

    /// Records in a view, the links of `expand` as whole records: one query a link, whatever the page size.
    pub(crate) async fn expanded(
        &mut self,
        object: &Arc<Object>,
        mut view: View,
        records: Vec<Record>,
        expand: &[&str],
    ) -> Result<Vec<Shown>> {
        if expand.len() > EXPAND_MAX {
            return Err(Problem::malformed(format!("at most {EXPAND_MAX} links are expanded at once")));
        }
        for path in expand {
            let (name, inner) = path.split_once('.').map_or((*path, None), |(name, inner)| (name, Some(inner)));
            let field = object.position(name).map(|at| (at, &object.fields[at].kind));
            match (field, inner) {
                (Some((at, FieldType::Link(to))), _) => {
                    let ids = records.iter().filter_map(|record| record.at(at).as_id()).collect();
                    let found = self.shown_by_id(&to.clone(), ids).await?;
                    view.expand(at, Arc::new(found));
                }
                (Some((table, FieldType::Table(child))), Some(inner)) => {
                    let child = Arc::clone(self.schema().expect(child));
                    let Some(at) = child.position(inner) else { continue };
                    let FieldType::Link(to) = &child.fields[at].kind else { continue };
                    let rows = records.iter().flat_map(|record| record.at(table).as_rows());
                    let ids = rows.filter_map(|row| row.at(at).as_id()).collect();
                    let found = self.shown_by_id(to, ids).await?;
                    if let Some(rows) = view.rows_mut(table) {
                        rows.expand(at, Arc::new(found));
                    }
                }
                (Some((_, FieldType::Table(_))), None) => {}
                _ => {
                    return Err(Problem {
                        kind: crate::Kind::Malformed,
                        ..Problem::field("expand", "link", format!("{name} of {} is no link", object.name))
                    });
                }
            }
        }
        let view = Arc::new(view);
        Ok(records.into_iter().map(|record| Shown::new(record, &view)).collect())
    }

    async fn shown_by_id(
        &mut self,
        target: &nexus_model::ObjectName,
        mut ids: Vec<Uuid>,
    ) -> Result<HashMap<Uuid, Shown>> {
        let object = Arc::clone(self.schema().expect(target));
        ids.sort_unstable();
        ids.dedup();
        let fields = (0..object.fields.len()).filter(|position| !is_table(&object.fields[*position])).collect();
        let ask = Ask { limit: ids.len(), filters: vec![Filter::Ids(ids)], fields, ..Ask::default() };
        let records = self.ask(&object, ask).await?;
        let view = Arc::new(self.view(&object, &|name| !object.field(name).is_some_and(is_table)));
        Ok(records.into_iter().map(|record| (record.id(), Shown::new(record, &view))).collect())
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

fn is_table(field: &nexus_model::Field) -> bool {
    matches!(field.kind, FieldType::Table(_))
}

/// The value of a record's field as text, for lines that name it.
pub(crate) fn text_of(record: &Record, field: &str) -> Option<String> {
    match record.get(field) {
        Value::Null => None,
        value => Some(nexus_model::json::shown(value)),
    }
}
