//! What is read: records, lists, figures, searches, reports, and actions that change nothing.

use std::sync::Arc;

use async_graphql::dynamic::{Field as Member, InputValue, Object as Node, TypeRef};
use indexmap::IndexMap;
use nexus_kernel::app::Report;
use nexus_kernel::faces::ListParams;
use nexus_kernel::faces::aggregate::AggregateParams;
use nexus_kernel::faces::list::{LIMIT, LIMIT_MAX};
use nexus_kernel::faces::schema::component;
use nexus_kernel::faces::search::SearchParams;
use nexus_kernel::model::Object;
use nexus_kernel::{Effect, Problem, Registry};
use serde_json::{Value as Plain, json};
use uuid::Uuid;

use super::inputs::Inputs;
use super::selection::Asked;
use super::types::{self, Types};
use super::{Peer, arguments, asks, asks_json, mutations, operation};

pub(super) fn root(registry: &Registry, types: &mut Types, inputs: &mut Inputs<'_>) -> Node {
    let mut members = IndexMap::new();
    for object in registry.schema.objects().filter(|object| object.child_of.is_none()) {
        let (app, name) = (object.name.app(), object.name.object());
        members.insert(operation(app, "get", name), get(object));
        members.insert(operation(app, "list", name), list(object, types));
        members.insert(operation(app, "aggregate", name), aggregate(object));
    }
    for (app, report) in &registry.reports {
        let name = operation(app, "report", &report.name.replace('-', "_"));
        members.insert(name.clone(), self::report(&name, app, report, inputs));
    }
    for action in registry.actions().filter(|action| action.effect == Effect::Read) {
        let name = action.name.replace('.', "_");
        members.entry(name).or_insert_with_key(|name| mutations::run(name, action, types, inputs));
    }
    members.insert("search".to_owned(), search(types));
    members.into_values().fold(Node::new("Query"), Node::field)
}

/// An argument that may be left out, with what it is.
fn argument(name: &str, kind: &str, about: &str) -> InputValue {
    InputValue::new(name, TypeRef::named(kind)).description(about)
}

fn at() -> InputValue {
    argument("at", "DateTime", "The moment as of which is read; now when left out")
}

fn language() -> InputValue {
    argument("language", TypeRef::STRING, "The language in which texts are told that are there in it, such as `fr`")
}

fn filter() -> InputValue {
    argument("filter", TypeRef::STRING, "A CEL condition over the fields, `state == 'posted' && total > money('100')`")
}

fn words() -> InputValue {
    argument("q", TypeRef::STRING, "Text that a searchable field contains")
}

fn get(object: &Arc<Object>) -> Member {
    let name = operation(object.name.app(), "get", object.name.object());
    let of = Arc::clone(object);
    let member = Member::new(name, TypeRef::named(component(object.name.as_str())), move |ctx| {
        let object = Arc::clone(&of);
        asks(ctx.ctx, async move {
            let peer = Peer::of(&ctx)?;
            let mut given = arguments(&ctx);
            let id = id(given.shift_remove("id").unwrap_or_default(), "id")?;
            let asked = Asked::of(&ctx, peer, &object, None);
            peer.spend(asked.weight())?;
            let params = asked.params(params(given)?);
            let caller = &peer.caller;
            let found = peer.kernel.get(&caller.tenant, &caller.principal, &object, id, params).await?;
            peer.tell(found.told())?;
            Ok(Plain::Object(found.to_json()))
        })
    });
    let about = format!("One {}", object.label.to_lowercase());
    member
        .description(about)
        .argument(InputValue::new("id", TypeRef::named_nn(TypeRef::ID)))
        .argument(at())
        .argument(language())
}

fn list(object: &Arc<Object>, types: &mut Types) -> Member {
    let record = component(object.name.as_str());
    let page = format!("{record}_Page");
    let next = types::plain("next", TypeRef::named(TypeRef::STRING));
    let made = Node::new(&page)
        .field(types::nodes("data", &record))
        .field(next.description("The `after` of the next page; null on the last"))
        .field(types::plain("count", TypeRef::named("Long")).description("How many there are, where it was asked for"));
    types.add(made, &page);
    let of = Arc::clone(object);
    let member =
        Member::new(operation(object.name.app(), "list", object.name.object()), TypeRef::named(&page), move |ctx| {
            let object = Arc::clone(&of);
            asks(ctx.ctx, async move {
                let peer = Peer::of(&ctx)?;
                let asked = Asked::of(&ctx, peer, &object, Some("data"));
                let params = params(arguments(&ctx))?;
                peer.spend(params.limit.unwrap_or(LIMIT).clamp(1, LIMIT_MAX) * asked.weight())?;
                let caller = &peer.caller;
                let params = asked.params(params);
                let page = peer.kernel.list(&caller.tenant, &caller.principal, &object, params).await?;
                peer.tell(page.told())?;
                Ok(json!(page))
            })
        });
    member
        .description(object.plural.clone())
        .argument(filter())
        .argument(words())
        .argument(argument("sort", TypeRef::STRING, "Fields in order, descending with a leading minus: `-amount,name`"))
        .argument(argument("limit", TypeRef::INT, "Records of the page, 50 unless said, at most 500"))
        .argument(argument("after", TypeRef::STRING, "The `next` of the page before"))
        .argument(argument("count", TypeRef::STRING, "`none`, `capped` (at most 10,000) or `exact`"))
        .argument(argument("deleted", TypeRef::BOOLEAN, "Deleted records instead, for who may delete"))
        .argument(at())
        .argument(language())
}

fn aggregate(object: &Arc<Object>) -> Member {
    let of = Arc::clone(object);
    let name = operation(object.name.app(), "aggregate", object.name.object());
    let member = Member::new(name, TypeRef::named_nn_list("JSON"), move |ctx| {
        let object = Arc::clone(&of);
        asks_json(ctx.ctx, async move {
            let peer = Peer::of(&ctx)?;
            peer.spend(LIMIT_MAX)?;
            let params: AggregateParams = read(arguments(&ctx))?;
            let caller = &peer.caller;
            let rows = peer.kernel.aggregate(&caller.tenant, &caller.principal, &object, params).await?;
            Ok(json!(rows))
        })
    });
    member
        .description(format!("Figures of {}: rows keyed by the groups and measures", object.plural.to_lowercase()))
        .argument(argument("group", TypeRef::STRING, "Fields, dates as `month(date)`: `stage,month(date)`"))
        .argument(argument("measures", TypeRef::STRING, "`count()`, `sum(f)`, `min(f)`, `max(f)`, `avg(f)`"))
        .argument(filter())
        .argument(words())
        .argument(at())
}

fn search(types: &mut Types) -> Member {
    let text = || TypeRef::named(TypeRef::STRING);
    let hit = ["app", "object", "title", "subtitle"]
        .into_iter()
        .fold(Node::new("SearchHit"), |hit, name| hit.field(types::plain(name, text())));
    let hit = hit
        .field(types::plain("id", TypeRef::named_nn(TypeRef::ID)))
        .field(types::plain("snippet", text()).description("Where the words stand, as HTML with `<mark>` around them"))
        .field(types::plain("at", TypeRef::named("DateTime")).description("When it was changed last"));
    types.add(hit, "SearchHit");
    let hits = Node::new("SearchHits")
        .field(types::nodes("data", "SearchHit"))
        .field(types::plain("next", text()).description("The `after` of the next page; null on the last"))
        .field(types::plain("count", TypeRef::named("Long")).description("Records found"))
        .field(types::plain("capped", TypeRef::named(TypeRef::BOOLEAN)).description("There may be more"))
        .field(types::plain("facets", TypeRef::named("JSON")).description("Counts by app, object, owner and time"))
        .field(types::plain("behind", TypeRef::named("Long")).description("Events that the index does not know yet"))
        .field(types::plain("making", TypeRef::named(TypeRef::BOOLEAN)).description("The index is being made"));
    types.add(hits, "SearchHits");
    let member = Member::new("search", TypeRef::named("SearchHits"), move |ctx| {
        asks(ctx.ctx, async move {
            let peer = Peer::of(&ctx)?;
            // Counts and facets are of all that is found, whatever the page.
            peer.spend(LIMIT_MAX)?;
            let params: SearchParams = read(arguments(&ctx))?;
            let caller = &peer.caller;
            Ok(json!(peer.kernel.search(&caller.tenant, &caller.principal, params).await?))
        })
    });
    let q = InputValue::new("q", TypeRef::named_nn(TypeRef::STRING));
    member
        .description("Records of all objects by their words, best first")
        .argument(q.description("Words, all of which are found; the last may be a beginning"))
        .argument(argument("app", TypeRef::STRING, "Only records of this app"))
        .argument(argument("object", TypeRef::STRING, "Only records of this object, such as `crm.lead`"))
        .argument(argument("owner", TypeRef::ID, "Only records of this user"))
        .argument(argument("from", TypeRef::STRING, "Changed at this day or time, or later"))
        .argument(argument("to", TypeRef::STRING, "Changed before this day or time"))
        .argument(argument("filter", TypeRef::STRING, "A CEL condition over the fields of `object`"))
        .argument(argument("limit", TypeRef::INT, "Hits of the page, 20 unless said, at most 100"))
        .argument(argument("after", TypeRef::STRING, "The `next` of the page before"))
}

fn report(name: &str, app: &str, report: &Report, inputs: &mut Inputs<'_>) -> Member {
    let (of, title) = (app.to_owned(), report.name.clone());
    let member = Member::new(name, TypeRef::named("JSON"), move |ctx| {
        let (of, title) = (of.clone(), title.clone());
        asks_json(ctx.ctx, async move {
            let peer = Peer::of(&ctx)?;
            peer.spend(LIMIT_MAX)?;
            let (caller, params) = (&peer.caller, Plain::Object(arguments(&ctx).into_iter().collect()));
            peer.kernel.report(&caller.tenant, &caller.principal, &of, &title, params).await
        })
    });
    let owner = component(&format!("{app}.report_{}", report.name.replace('-', "_")));
    let mut arguments = inputs.arguments(&owner, &report.params);
    for (known, kind) in [("company", TypeRef::ID), ("at", "DateTime")] {
        arguments.entry(known.to_owned()).or_insert_with(|| InputValue::new(known, TypeRef::named(kind)));
    }
    arguments.into_values().fold(member.description(format!("{}: {}", report.label, report.about)), Member::argument)
}

/// Parameters of the kernel from arguments of the same names.
fn read<T: serde::de::DeserializeOwned>(given: IndexMap<String, Plain>) -> Result<T, Problem> {
    nexus_kernel::operation::input(Plain::Object(given.into_iter().collect()))
}

fn params(given: IndexMap<String, Plain>) -> Result<ListParams, Problem> {
    read(given)
}

/// An id in an argument.
pub(super) fn id(value: Plain, name: &str) -> Result<Uuid, Problem> {
    let id = value.as_str().and_then(|id| Uuid::try_parse(id).ok());
    id.ok_or_else(|| Problem::field(name, "uuid", "is the id of a record"))
}
