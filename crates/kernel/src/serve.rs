//! One request inside its transaction.

use std::sync::Arc;

use nexus_model::{Problem, Uuid};
use nexus_store::Run;
use serde_json::{Value as Json, json};

use crate::ctx::Ctx;
use crate::kernel::{Reply, Request};
use crate::operation::Answer;
use crate::portions::Item;
use crate::principal::PrincipalKind;
use crate::write::hold::{Approved, Hold};
use crate::{Kind, Result};

/// What became of a request.
pub(crate) enum Served {
    /// It was run; answers that are not in the reply yet.
    Done(Reply, Option<Vec<Answer>>),
    /// Nothing was run: it waits until somebody approves it.
    Held(Box<Request>, Hold),
}

/// Runs the calls of a request, unless they wait for somebody.
pub(crate) async fn serve(ctx: &mut Ctx, request: Request) -> Result<Served> {
    let digest = request.idempotency_key.as_ref().map(|_| digest(&request, ctx.principal.kind));
    let run = ctx.progress.run;
    if let (Some(key), Some(digest)) = (&request.idempotency_key, &digest)
        && !request.preview
        && let Some((kept_digest, reply)) = ctx.tx.kept_reply(ctx.principal.user, key).await?
    {
        if kept_digest != *digest {
            let message = "this idempotency key was used for another request; choose a new one";
            return Err(Problem::field("Idempotency-Key", "idempotency", message));
        }
        return kept(&reply).map(|reply| Served::Done(reply, None));
    }
    let writes = !run.is_nil();
    ctx.approved = if request.preview { Approved::Preview } else { Approved::Nothing };
    if writes && let Some(hold) = ctx.hold_of(&request.calls).await? {
        return Ok(Served::Held(Box::new(request), hold));
    }
    if writes {
        let action = request.name();
        let (at, principal) = (ctx.now(), ctx.principal.user);
        ctx.tx.add_run(&Run { id: run, at, principal, action, undone_by: None }).await?;
    }
    ctx.if_match = request.if_match;
    ctx.keeps_written = request.preview;
    let mut answers = Vec::with_capacity(request.calls.len());
    let batch = request.calls.len() > 1;
    for (index, call) in request.calls.into_iter().enumerate() {
        let action = Arc::clone(ctx.registry.action(&call.action)?);
        let mut output = ctx.perform(&action, call.record, call.input).await;
        // A refusal names the step that it is of.
        if batch
            && output.is_ok()
            && let Err(error) = ctx.tx.settle().await
        {
            output = Err(error.into());
        }
        answers.push(output.map_err(|problem| {
            let step = |problem: Problem| Problem {
                detail: format!("step {index}, {}: {}", call.action, problem.detail),
                ..problem
            };
            if batch { step(problem).with("step", json!(index)) } else { problem }
        })?);
    }
    let changes = ctx.told_changes().await?;
    let reply = Reply { run, outputs: Vec::new(), changes, replayed: false, approval: None };
    if let (Some(key), Some(digest)) = (&request.idempotency_key, &digest)
        && writes
    {
        let outputs: Vec<Json> = answers.into_iter().map(Answer::into_json).collect();
        let (principal, now) = (ctx.principal.user, ctx.now());
        ctx.tx.keep_reply(principal, key, digest, &json!({"run": run, "outputs": outputs}), now).await?;
        return Ok(Served::Done(Reply { outputs, ..reply }, None));
    }
    Ok(Served::Done(reply, Some(answers)))
}

impl Ctx {
    /// What a request would change; it is tried, and nothing of it is kept.
    pub(crate) async fn foresee(&mut self, request: Request) -> Result<Vec<Json>> {
        let noted = (std::mem::take(&mut self.changed), std::mem::take(&mut self.sources));
        let (if_match, keeps_written) = (self.if_match, self.keeps_written);
        let item = Item::begin(self).await?;
        let mut tried = serve(self, Request { preview: true, idempotency_key: None, ..request }).await;
        if tried.is_ok()
            && let Err(error) = self.tx.settle().await
        {
            tried = Err(error.into());
        }
        item.give_up(self).await?;
        (self.changed, self.sources) = noted;
        (self.if_match, self.keeps_written, self.approved) = (if_match, keeps_written, Approved::Nothing);
        match tried? {
            Served::Done(reply, _) => Ok(reply.changes),
            Served::Held(..) => Err(Problem::internal("a preview waits for nobody")),
        }
    }
}

/// Tells one request from another under the same key; what a person was answered is not for their agents.
pub(crate) fn digest(request: &Request, kind: PrincipalKind) -> String {
    let calls = request.calls.iter().map(|call| json!([call.action, call.record, call.input]));
    let agent = kind == PrincipalKind::Agent;
    let text = json!([calls.collect::<Vec<_>>(), request.if_match, request.company, agent]).to_string();
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

pub(crate) fn kept(reply: &Json) -> Result<Reply> {
    let run = reply["run"].as_str().and_then(|run| Uuid::try_parse(run).ok());
    let outputs = reply["outputs"].as_array().cloned();
    let approval = reply["approval"].as_str().and_then(|id| Uuid::try_parse(id).ok());
    match (run, outputs) {
        (Some(run), Some(outputs)) => Ok(Reply { run, outputs, changes: Vec::new(), replayed: true, approval }),
        _ => Err(Problem::new(Kind::Internal, "the kept reply cannot be read")),
    }
}
