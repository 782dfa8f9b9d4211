//! The few tools that serve any number of apps: find, describe and run actions; query, search, undo.

use std::sync::Arc;

use nexus_kernel::faces::ListParams;
use nexus_kernel::faces::aggregate::AggregateParams;
use nexus_kernel::faces::difference::ChangesParams;
use nexus_kernel::faces::explain::ExplainParams;
use nexus_kernel::faces::search::SearchParams;
use nexus_kernel::operation::{input, schema};
use nexus_kernel::{BulkRequest, Kernel, Problem};
use rmcp::model::{Tool, ToolAnnotations};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::face::Told;
use super::tools::Run;
use super::{Peer, describe};
use crate::auth::Caller;

/// Actions that a search answers, unless asked for otherwise, and at most.
const FOUND: usize = 10;
const FOUND_MAX: usize = 50;

#[derive(Deserialize, JsonSchema)]
struct SearchActions {
    /// What is to be done, in a few words: "post invoice"; everything when left out
    #[serde(default)]
    query: String,
    /// Only this app's
    app: Option<String>,
    /// At most so many, 10 unless said
    limit: Option<usize>,
}

#[derive(Deserialize, JsonSchema)]
struct DescribeAction {
    /// The full name, such as crm.convert_lead
    action: String,
    /// A record, to be told whether the action may be run on it by you, and what decides
    record: Option<Uuid>,
}

/// Records, or figures of groups of them when `group` or `measures` is given.
#[derive(Deserialize, JsonSchema)]
struct QueryRecords {
    /// Such as crm.lead
    object: String,
    /// A CEL condition over the fields: state == 'open' && amount > money('100')
    filter: Option<String>,
    /// Text that a searchable field contains
    q: Option<String>,
    /// The name of a tag that the records have
    tag: Option<String>,
    /// The id of a saved view, whose filter, order and columns are taken
    view: Option<String>,
    /// Only the record with this id, its rows included
    id: Option<Uuid>,
    /// Fields in order, descending with a leading minus: -amount,name
    sort: Option<String>,
    /// Fields to answer; all but rows when left out
    fields: Option<String>,
    /// Links to answer as whole records, rows to include: party,lines.product
    expand: Option<String>,
    /// Records of the page, 50 unless said, at most 500
    limit: Option<usize>,
    /// The `next` of the page before
    after: Option<String>,
    /// none, capped (at most 10,000) or exact
    count: Option<String>,
    /// Fields to group by, dates by day, week, month, quarter or year: stage,month(expected_close)
    group: Option<String>,
    /// Figures of each group: count(),sum(amount),min(date),max(date),avg(amount)
    measures: Option<String>,
    /// As of this moment, such as 2026-01-31T10:00:00Z; now when left out
    at: Option<String>,
    /// The language in which texts are told that are there in it, such as fr
    language: Option<String>,
    /// What became of the records, or of the one with the id, since this moment, instead of the records
    since: Option<String>,
}

/// One action on many records, as one run.
#[derive(Deserialize, JsonSchema)]
struct Bulk {
    /// Such as crm.lead
    object: String,
    #[serde(flatten)]
    request: BulkRequest,
}

#[derive(Deserialize, JsonSchema)]
struct Undo {
    /// The run, as a change answered it
    run: Uuid,
    /// Answer what would change, and change nothing
    #[serde(default)]
    preview: bool,
}

/// The tools; beside one app's own, those that find and run actions are not needed.
pub(super) fn tools(of_app: bool) -> Vec<Tool> {
    let run = ToolAnnotations::with_title("Run an action").read_only(false).idempotent(false).open_world(false);
    let bulk = ToolAnnotations::with_title("Change many records").read_only(false).idempotent(false);
    let undo = ToolAnnotations::with_title("Undo a run").read_only(false).destructive(false).idempotent(false);
    let mut tools = vec![
        tool::<QueryRecords>(
            "query",
            "Records of an object by filter, order and page; figures by group; or one record by id.",
            describe::reading("Query records"),
        ),
        tool::<SearchParams>(
            "search",
            "Records of every app that have all the words.",
            describe::reading("Search everything"),
        ),
        tool::<Bulk>(
            "bulk",
            "Runs one action on many records, or makes many, as one run. With preview, answers what would change.",
            bulk.open_world(false),
        ),
        tool::<Undo>(
            "undo",
            "Takes a whole run back, or nothing and says what is in the way. What was posted is reversed.",
            undo.open_world(false),
        ),
    ];
    if !of_app {
        let find = "Finds actions and reports by what they do. Answers names for describe_action and run_action.";
        let about = "An action's input as JSON Schema, its effect, and when it can be run.";
        let go = "Runs an action or a report. With preview, answers every change it would make and makes none.";
        tools.splice(
            0..0,
            [
                tool::<SearchActions>("search_actions", find, describe::reading("Find actions")),
                tool::<DescribeAction>("describe_action", about, describe::reading("Describe an action")),
                tool::<Run>("run_action", go, run),
            ],
        );
    }
    tools
}

fn tool<T: JsonSchema>(name: &'static str, about: &'static str, hints: ToolAnnotations) -> Tool {
    let members = match schema::<T>() {
        Json::Object(members) => members,
        _ => serde_json::Map::new(),
    };
    Tool::new(name, about, Arc::new(members)).with_annotations(hints)
}

/// Runs a general tool; hands the arguments back when the name is none of theirs.
pub(super) async fn call(kernel: &Kernel, peer: &Peer, name: &str, arguments: Json) -> Result<Told, Json> {
    let caller = &peer.caller;
    Ok(match (name, &peer.app) {
        ("query", _) => run(arguments, |params| query(kernel, caller, params)).await,
        ("search", _) => run(arguments, |params| search(kernel, caller, params)).await,
        ("bulk", _) => run(arguments, |params| bulk(kernel, caller, params)).await,
        ("undo", _) => run(arguments, |params| undo(kernel, caller, params)).await,
        ("search_actions", None) => run(arguments, |params| search_actions(kernel, caller, params)).await,
        ("describe_action", None) => run(arguments, |params| describe_action(kernel, caller, params)).await,
        ("run_action", None) => run(arguments, |params: Run| params.go(kernel, caller)).await,
        _ => return Err(arguments),
    })
}

async fn run<T, F>(arguments: Json, tool: impl FnOnce(T) -> F) -> Told
where
    T: serde::de::DeserializeOwned,
    F: Future<Output = Told>,
{
    tool(input(arguments)?).await
}

/// Actions by how many of the words they have, those in the name first.
async fn search_actions(kernel: &Kernel, caller: &Caller, params: SearchActions) -> Told {
    let offers = kernel.offers(&caller.tenant, &caller.principal, params.app.as_deref()).await?;
    let lines = offers.actions.iter().map(|action| describe::line(action));
    let reports = offers.reports.iter().map(|(app, report)| describe::report_line(app, report));
    let words: Vec<String> = params.query.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut found: Vec<(usize, Json)> = lines
        .chain(reports)
        .map(|line| (points(&line, &words), line))
        .filter(|(points, _)| *points > 0 || words.is_empty())
        .collect();
    found.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    let total = found.len();
    let limit = params.limit.unwrap_or(FOUND).clamp(1, FOUND_MAX);
    let actions: Vec<Json> = found.into_iter().take(limit).map(|(_, line)| line).collect();
    Ok(json!({"actions": actions, "found": total}))
}

fn points(line: &Json, words: &[String]) -> usize {
    let text = |key: &str| line[key].as_str().unwrap_or_default().to_lowercase();
    let (name, label, about) = (text("action"), text("label"), text("about"));
    let weights = |word: &String| {
        let word = word.trim_end_matches('s');
        usize::from(name.contains(word)) * 4 + usize::from(label.contains(word)) * 2 + usize::from(about.contains(word))
    };
    words.iter().map(weights).sum()
}

async fn describe_action(kernel: &Kernel, caller: &Caller, params: DescribeAction) -> Told {
    let (tenant, principal) = (&caller.tenant, &caller.principal);
    let explained = match (tenant.registry().action(&params.action).ok(), params.record) {
        (Some(action), Some(record)) if action.on_record => match &action.object {
            Some(object) => {
                let asked = ExplainParams { verb: action.segment.clone(), user: None };
                Some(json!(kernel.explain(tenant, principal, object, Some(record), asked).await?))
            }
            None => None,
        },
        _ => None,
    };
    let offers = kernel.offers(tenant, principal, None).await?;
    if let Some(action) = offers.actions.iter().find(|action| action.name == params.action) {
        let inputs = kernel.inputs(&caller.tenant, &caller.principal, vec![Arc::clone(action)]).await?;
        let mut described = describe::line(action);
        described["when"] = action.when.as_ref().map(|when| when.source().to_owned()).into();
        described["input"] = inputs.into_iter().next().unwrap_or_default();
        described["output"] = describe::output(action);
        described["annotations"] = json!(describe::hints(action));
        if let Some(explained) = explained {
            described["allowed"] = explained;
        }
        return Ok(described);
    }
    let report = offers.reports.iter().find(|(app, report)| describe::report_name(app, report) == params.action);
    let Some((app, report)) = report else {
        let message = format!("there is no action {} for you; search_actions finds those there are", params.action);
        return Err(Problem::not_found(message));
    };
    let mut described = describe::report_line(app, report);
    described["input"] = report.params.clone();
    described["annotations"] = json!(describe::reading(&report.label));
    Ok(described)
}

async fn query(kernel: &Kernel, caller: &Caller, params: QueryRecords) -> Told {
    let object = caller.tenant.object(&params.object)?;
    let (tenant, principal) = (&caller.tenant, &caller.principal);
    let QueryRecords {
        filter,
        q,
        sort,
        fields,
        expand,
        limit,
        after,
        count,
        group,
        measures,
        at,
        language,
        since,
        tag,
        view,
        ..
    } = params;
    if since.is_some() {
        let moments = ChangesParams { from: since, to: at };
        return Ok(match params.id {
            Some(id) => json!(kernel.difference(tenant, principal, object, id, moments).await?),
            None => json!(kernel.all_differences(tenant, principal, object, moments).await?),
        });
    }
    if let Some(id) = params.id {
        let params = ListParams { fields, expand, at, language, ..ListParams::default() };
        let record = kernel.get(tenant, principal, object, id, params).await?;
        return Ok(json!({"data": [record], "next": null}));
    }
    if group.is_some() || measures.is_some() {
        let params = AggregateParams { group, measures, filter, q, at };
        let rows = kernel.aggregate(tenant, principal, object, params).await?;
        return Ok(json!({"data": rows, "next": null}));
    }
    let page = ListParams { filter, sort, fields, expand, limit, after, count, ..ListParams::default() };
    let params = ListParams { q, tag, view, at, language, ..page };
    let page = kernel.list(tenant, principal, object, params).await?;
    Ok(json!(page))
}

async fn search(kernel: &Kernel, caller: &Caller, params: SearchParams) -> Told {
    let mut answer = json!(kernel.search(&caller.tenant, &caller.principal, params).await?);
    for hit in answer["data"].as_array_mut().into_iter().flatten() {
        let text = |key: &str| hit[key].as_str().unwrap_or_default().to_owned();
        hit["uri"] = format!("nexus://{}/{}/{}", text("app"), text("object"), text("id")).into();
    }
    Ok(answer)
}

async fn bulk(kernel: &Kernel, caller: &Caller, params: Bulk) -> Told {
    let object = Arc::clone(caller.tenant.object(&params.object)?);
    let report = kernel.bulk(&caller.tenant, &caller.principal, &object, caller.company, params.request).await?;
    Ok(json!(report))
}

async fn undo(kernel: &Kernel, caller: &Caller, params: Undo) -> Told {
    let mut reply = kernel.undo(&caller.tenant, &caller.principal, params.run, params.preview).await?;
    let mut answer = reply.outputs.pop().unwrap_or_default();
    answer["changes"] = reply.changes.into();
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_named_by_the_words_comes_first() {
        let line = |action: &str, label: &str| json!({"action": action, "label": label, "about": ""});
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let post = line("finance.post_invoice", "Post invoice");
        let create = line("finance.create_invoice", "Create invoice");
        assert!(points(&post, &words("post invoices")) > points(&create, &words("post invoices")));
        assert_eq!(points(&create, &words("lead")), 0);
    }

    #[test]
    fn the_face_is_small_whatever_the_apps() {
        let names: Vec<String> = tools(false).iter().map(|tool| tool.name.to_string()).collect();
        assert_eq!(names, ["search_actions", "describe_action", "run_action", "query", "search", "bulk", "undo"]);
        assert!(tools(false).iter().all(|tool| tool.input_schema["type"] == "object"));
    }
}
