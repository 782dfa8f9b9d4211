//! One app's actions and reports as tools of their own.

use std::sync::Arc;

use nexus_kernel::{Action, Call, Kernel, Problem, Request, Tenant};
use rmcp::model::Tool;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::describe;
use super::face::Told;
use crate::auth::Caller;

/// Members of a tool's arguments that are the request's, not the action's.
const RECORD: &str = "record";
const PREVIEW: &str = "preview";
const KEY: &str = "idempotency_key";

/// The tools of an app, as far as the caller may use them.
pub(super) async fn of_app(kernel: &Kernel, caller: &Caller, app: &str) -> Result<Vec<Tool>, Problem> {
    let offers = kernel.offers(&caller.tenant, &caller.principal, Some(app)).await?;
    let inputs = kernel.inputs(&caller.tenant, &caller.principal, offers.actions.clone()).await?;
    let mut tools: Vec<Tool> = offers.actions.iter().zip(inputs).map(|(action, input)| tool(action, input)).collect();
    for (app, report) in &offers.reports {
        let name = describe::report_name(app, report);
        let name = name.split_once('.').map_or(name.as_str(), |(_, name)| name).to_owned();
        let tool = Tool::new(name, report.about.clone(), Arc::new(members(report.params.clone())));
        tools.push(tool.with_title(report.label.clone()).with_annotations(describe::reading(&report.label)));
    }
    Ok(tools)
}

fn tool(action: &Action, input: Json) -> Tool {
    let mut input = members(input);
    let properties = input.entry("properties").or_insert_with(|| json!({}));
    let mut required = Vec::new();
    if action.on_record {
        let object = action.object.as_ref().map(|object| object.name.as_str().to_owned());
        properties[RECORD] =
            json!({"type": "string", "format": "uuid", "x-object": object, "description": "The record's id"});
        required.push(Json::from(RECORD));
    }
    if action.effect != nexus_kernel::Effect::Read {
        properties[PREVIEW] = json!({"type": "boolean", "description": "Answer what would change, and change nothing"});
        properties[KEY] = json!({"type": "string", "description": "A retry under the same key gets the first answer"});
    }
    if let Some(own) = input.get("required").and_then(Json::as_array) {
        required.extend(own.iter().cloned());
    }
    input.insert("required".to_owned(), Json::Array(required));
    let name = action.name.split_once('.').map_or(action.name.as_str(), |(_, name)| name).to_owned();
    let mut output = describe::output(action);
    let definitions = output.as_object_mut().and_then(|output| output.remove("$defs"));
    let mut answer = json!({
        "type": "object",
        "properties": {
            "run": {"type": "string", "description": "What undo takes back"},
            "output": output,
            "approval": {"type": "string", "description": "What it waits for; nothing is done until somebody approves it"},
            "changes": {"type": "array", "description": "Of a preview: what would change", "items": {"type": "object"}}
        }
    });
    if let Some(definitions) = definitions {
        answer["$defs"] = definitions;
    }
    Tool::new(name, describe::about(action), Arc::new(input))
        .with_title(describe::label(action))
        .with_annotations(describe::hints(action))
        .with_raw_output_schema(Arc::new(members(answer)))
}

/// A schema's members; a tool takes an object, whatever the schema says.
fn members(schema: Json) -> Map<String, Json> {
    let mut members = match schema {
        Json::Object(members) => members,
        _ => Map::new(),
    };
    members.insert("type".to_owned(), "object".into());
    members
}

/// Runs a tool of an app.
pub(super) async fn call(kernel: &Kernel, caller: &Caller, app: &str, name: &str, arguments: Json) -> Told {
    let mut input = members_of(arguments)?;
    let record = input.remove(RECORD).map(|id| uuid(&id, RECORD)).transpose()?;
    let preview = match input.remove(PREVIEW) {
        None | Some(Json::Null) => false,
        Some(preview) => preview.as_bool().ok_or_else(|| Problem::field(PREVIEW, "type", "is true or false"))?,
    };
    let key = match input.remove(KEY) {
        None | Some(Json::Null) => None,
        Some(Json::String(key)) => Some(key),
        Some(_) => return Err(Problem::field(KEY, "type", "is text")),
    };
    let run =
        Run { action: format!("{app}.{name}"), record, input: Json::Object(input), preview, idempotency_key: key };
    run.go(kernel, caller).await
}

fn members_of(arguments: Json) -> Result<Map<String, Json>, Problem> {
    match arguments {
        Json::Object(members) => Ok(members),
        Json::Null => Ok(Map::new()),
        _ => Err(Problem::malformed("the arguments are an object")),
    }
}

fn uuid(id: &Json, member: &str) -> Result<Uuid, Problem> {
    let id = id.as_str().and_then(|id| Uuid::try_parse(id).ok());
    id.ok_or_else(|| Problem::field(member, "uuid", "is the id of a record"))
}

/// One action or report to run.
#[derive(serde::Deserialize, schemars::JsonSchema)]
pub(super) struct Run {
    /// The full name, such as crm.convert_lead
    pub(super) action: String,
    /// The id of the record that the action is about, where it needs one
    #[serde(default)]
    pub(super) record: Option<Uuid>,
    /// The input, as describe_action gives its schema
    #[serde(default)]
    #[schemars(with = "Map<String, Json>")]
    pub(super) input: Json,
    /// Answer every change it would make, and make none
    #[serde(default)]
    pub(super) preview: bool,
    /// A retry under the same key gets the first answer
    #[serde(default)]
    pub(super) idempotency_key: Option<String>,
}

impl Run {
    pub(super) async fn go(self, kernel: &Kernel, caller: &Caller) -> Told {
        let Run { action, record, input, preview, idempotency_key } = self;
        if caller.tenant.registry().action(&action).is_err()
            && let Some((app, name)) = report(&caller.tenant, &action)
        {
            let mut params = members_of(input)?;
            params.retain(|_, value| !value.is_null());
            let answer = kernel.report(&caller.tenant, &caller.principal, &app, &name, Json::Object(params)).await?;
            return Ok(json!({"output": answer}));
        }
        let calls = vec![Call { action, record, input }];
        let request = Request { calls, preview, idempotency_key, if_match: None, company: caller.company };
        let mut reply = kernel.dispatch(&caller.tenant, &caller.principal, request).await?;
        if let Some(approval) = reply.approval {
            let detail = reply.outputs.first().map(|output| output["detail"].clone());
            return Ok(json!({"approval": approval, "detail": detail, "run": reply.run}));
        }
        let mut answer = json!({"output": reply.outputs.pop().unwrap_or_default()});
        if preview {
            answer["changes"] = reply.changes.into();
        } else if !reply.run.is_nil() {
            answer["run"] = reply.run.to_string().into();
        }
        if reply.replayed {
            answer["replayed"] = true.into();
        }
        Ok(answer)
    }
}

/// App and name of the report that runs under an action's name.
pub(super) fn report(tenant: &Tenant, action: &str) -> Option<(String, String)> {
    let found = tenant.registry().reports.iter().find(|(app, report)| describe::report_name(app, report) == action);
    found.map(|(app, report)| (app.clone(), report.name.clone()))
}
