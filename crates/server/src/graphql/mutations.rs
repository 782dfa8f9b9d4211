//! What is changed: every action under its own name, several as one transaction, and undo.

use std::sync::Arc;

use async_graphql::dynamic::{Field as Member, InputObject, InputValue, Object as Node, ResolverContext, TypeRef};
use indexmap::IndexMap;
use nexus_kernel::faces::ListParams;
use nexus_kernel::faces::schema::component;
use nexus_kernel::model::Object;
use nexus_kernel::{Action, Call, Effect, Problem, Registry, Reply, Request};
use serde_json::{Value as Plain, json};

use super::inputs::Inputs;
use super::queries::id;
use super::selection::Asked;
use super::types::{self, Types};
use super::{Peer, arguments, asks};

pub(super) fn root(registry: &Registry, types: &mut Types, inputs: &mut Inputs<'_>) -> Node {
    let mut members = IndexMap::new();
    for action in registry.actions().filter(|action| action.effect != Effect::Read) {
        let name = action.name.replace('.', "_");
        members.entry(name).or_insert_with_key(|name| run(name, action, types, inputs));
    }
    members.insert("batch".to_owned(), batch(types));
    members.insert("undo".to_owned(), undo(types));
    members.into_values().fold(Node::new("Mutation"), Node::field)
}

/// What a change answers: `output` is of the given type.
fn result(types: &mut Types, name: &str, output: Member) {
    let made = Node::new(name)
        .field(types::plain("run", TypeRef::named(TypeRef::ID)).description("What undo takes back"))
        .field(output)
        .field(types::plain("changes", TypeRef::named_nn_list("JSON")).description("Of a preview: what would change"))
        .field(
            types::plain("approval", TypeRef::named(TypeRef::ID)).description("What it waits for; nothing is done yet"),
        )
        .field(types::plain("replayed", TypeRef::named(TypeRef::BOOLEAN)).description("Kept from an earlier request"));
    types.add(made, name);
}

/// The object whose record an action answers.
fn answers(action: &Action, inputs: &Inputs<'_>) -> Option<Arc<Object>> {
    match &action.output {
        None if action.generic && action.segment != "delete" => action.object.clone(),
        Some(output) if output.get("properties").is_none() => {
            inputs.schema().get(output["x-object"].as_str()?).cloned()
        }
        _ => None,
    }
}

/// An action as a field, under its own name and with its own input.
pub(super) fn run(name: &str, action: &Arc<Action>, types: &mut Types, inputs: &mut Inputs<'_>) -> Member {
    let record = answers(action, inputs);
    let answer = match &record {
        Some(object) => {
            let kind = component(object.name.as_str());
            let answer = format!("{kind}_Result");
            result(types, &answer, types::node("output", &kind));
            answer
        }
        None => {
            result(types, "Result", types::plain("output", TypeRef::named("JSON")));
            "Result".to_owned()
        }
    };
    let of = Arc::clone(action);
    let mut member = Member::new(name, TypeRef::named(answer), move |ctx| {
        let (action, record) = (Arc::clone(&of), record.clone());
        asks(ctx.ctx, async move { dispatch(&ctx, &action, record.as_deref()).await })
    });
    let mut about = action.about.clone();
    if let Some(when) = &action.when {
        about.push_str(&format!(" Only while `{}`.", when.source()));
    }
    member = member.description(about);
    if action.on_record {
        member = member.argument(InputValue::new("record", TypeRef::named_nn(TypeRef::ID)));
    }
    if let Some(input) = inputs.whole(&format!("{}Input", component(&action.name)), action) {
        member = member.argument(input);
    }
    if action.effect == Effect::Read {
        return member;
    }
    if action.on_record {
        let about = "The version that you have seen; a later one is refused";
        member = member.argument(InputValue::new("if_match", TypeRef::named("Long")).description(about));
    }
    of_change(member)
}

/// The arguments of every change.
fn of_change(member: Member) -> Member {
    let preview = InputValue::new("preview", TypeRef::named(TypeRef::BOOLEAN));
    let key = InputValue::new("idempotency_key", TypeRef::named(TypeRef::STRING));
    member
        .argument(preview.description("Answer what would change, and change nothing"))
        .argument(key.description("A retry under the same key gets the first answer"))
}

/// The request that the arguments of a change describe.
fn request(peer: &Peer, given: &mut IndexMap<String, Plain>, calls: Vec<Call>) -> Request {
    Request {
        calls,
        preview: given.get("preview").and_then(Plain::as_bool).unwrap_or_default(),
        idempotency_key: given.get("idempotency_key").and_then(Plain::as_str).map(str::to_owned),
        if_match: given.get("if_match").and_then(Plain::as_i64),
        company: peer.caller.company,
    }
}

/// What a reply tells beside its outputs.
fn told(reply: Reply, preview: bool, output: (&str, Plain)) -> Plain {
    let run = (!preview && !reply.run.is_nil()).then_some(reply.run);
    let changes = preview.then_some(reply.changes);
    // What waits has no answer of its own yet.
    let answer = if reply.approval.is_some() { Plain::Null } else { output.1 };
    json!({
        "run": run, output.0: answer, "changes": changes, "replayed": reply.replayed, "approval": reply.approval
    })
}

async fn dispatch(ctx: &ResolverContext<'_>, action: &Action, answers: Option<&Object>) -> Result<Plain, Problem> {
    let peer = Peer::of(ctx)?;
    let mut given = arguments(ctx);
    let record = given.shift_remove("record").map(|record| id(record, "record")).transpose()?;
    // A member that is null says that there shall be no value, so the input comes as it was given.
    let input = ctx.args.get("input").map(|input| input.as_value().clone().into_json());
    let input = input.transpose().map_err(|error| Problem::malformed(error.to_string()))?.unwrap_or_else(|| json!({}));
    let call = Call { action: action.name.clone(), record, input };
    let request = request(peer, &mut given, vec![call]);
    let preview = request.preview;
    let caller = &peer.caller;
    let asked = answers.map(|object| Asked::of(ctx, peer, object, Some("output")));
    peer.spend(asked.as_ref().map_or(1, Asked::weight))?;
    let mut reply = peer.kernel.dispatch(&caller.tenant, &caller.principal, request).await?;
    let mut output = reply.outputs.pop().unwrap_or_default();
    if let (Some(asked), Some(of), false) = (asked, answers, preview)
        && asked.follows()
        && let Ok(id) = id(output["id"].clone(), "id")
    {
        let object = caller.tenant.object(of.name.as_str())?;
        let params = asked.params(ListParams::default());
        // What the caller made and may not read is answered by its id alone.
        if let Ok(found) = peer.kernel.get(&caller.tenant, &caller.principal, object, id, params).await
            && peer.tell(found.told()).is_ok()
        {
            output = Plain::Object(found.to_json());
        }
    }
    Ok(told(reply, preview, ("output", output)))
}

fn batch(types: &mut Types) -> Member {
    let call = InputObject::new("Call")
        .field(InputValue::new("action", TypeRef::named_nn(TypeRef::STRING)).description("Such as `crm.convert_lead`"))
        .field(InputValue::new("record", TypeRef::named(TypeRef::ID)))
        .field(InputValue::new("input", TypeRef::named("JSON")));
    types.add(call, "Call");
    result(types, "Batch_Result", types::plain("outputs", TypeRef::named_list("JSON")));
    let member = Member::new("batch", TypeRef::named("Batch_Result"), |ctx| {
        asks(ctx.ctx, async move {
            let peer = Peer::of(&ctx)?;
            let mut given = arguments(&ctx);
            let calls = given.shift_remove("calls").unwrap_or_default();
            let calls: Vec<Call> = nexus_kernel::operation::input(calls)?;
            peer.spend(calls.len())?;
            let request = request(peer, &mut given, calls);
            let preview = request.preview;
            let mut reply = peer.kernel.dispatch(&peer.caller.tenant, &peer.caller.principal, request).await?;
            let outputs = std::mem::take(&mut reply.outputs);
            Ok(told(reply, preview, ("outputs", outputs.into())))
        })
    });
    of_change(member)
        .description("Runs actions as one transaction; a failure names its step and changes nothing")
        .argument(InputValue::new("calls", TypeRef::named_nn_list_nn("Call")))
}

fn undo(types: &mut Types) -> Member {
    let made = Node::new("Undone")
        .field(types::plain("run", TypeRef::named(TypeRef::ID)).description("The run of the undoing"))
        .field(types::plain("undone", TypeRef::named(TypeRef::ID)).description("The run that was taken back"))
        .field(types::plain("changes", TypeRef::named_nn_list("JSON")));
    types.add(made, "Undone");
    let member = Member::new("undo", TypeRef::named("Undone"), |ctx| {
        asks(ctx.ctx, async move {
            let peer = Peer::of(&ctx)?;
            let given = arguments(&ctx);
            let run = id(given.get("run").cloned().unwrap_or_default(), "run")?;
            let preview = given.get("preview").and_then(Plain::as_bool).unwrap_or_default();
            peer.spend(1)?;
            let mut reply = peer.kernel.undo(&peer.caller.tenant, &peer.caller.principal, run, preview).await?;
            let mut told = reply.outputs.pop().unwrap_or_default();
            told["changes"] = reply.changes.into();
            Ok(told)
        })
    });
    member
        .description("Takes a run back: all of it, or nothing with the conflicts")
        .argument(InputValue::new("run", TypeRef::named_nn(TypeRef::ID)))
        .argument(InputValue::new("preview", TypeRef::named(TypeRef::BOOLEAN)))
}
