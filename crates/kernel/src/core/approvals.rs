//! Approvals: what waits until somebody decides, and what is run when they do.

use std::sync::Arc;

use nexus_macros::action;
use nexus_model::{FieldType, Problem, Uuid};
use nexus_store::Run;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::objects::{Approval, ApprovalState, User};
use crate::ctx::Ctx;
use crate::entity::{Id, Leads};
use crate::find::find;
use crate::kernel::{Call, Kernel, Reply, Request};
use crate::notify::Notice;
use crate::operation::{Answer, NoInput};
use crate::policy::READ;
use crate::principal::{Principal, PrincipalKind};
use crate::registry::Action;
use crate::serve::kept;
use crate::write::hold::{Approved, Hold};
use crate::{Result, Tenant};

/// The action that the log shows for what was asked for.
const ASK: &str = "core.ask_for_approval";
/// Users among whom those are looked for who decide.
const USERS_MAX: usize = 5_000;
/// Of them, those who are told.
const TOLD_MAX: usize = 50;
/// Letters of a summary.
const SUMMARY_MAX: usize = 200;
/// Records of which those who decide read what would become of them.
const FORESEEN_MAX: usize = 100;
/// Fields of each.
const FIELDS_MAX: usize = 50;
/// Approvals that one round lets expire.
const EXPIRED_MAX: usize = 1_000;

/// A call that waits, and the version of its record that it was asked for.
#[derive(Deserialize, Serialize)]
struct Waiting {
    action: String,
    record: Option<Uuid>,
    version: Option<i64>,
    input: Json,
}

/// What a request would do to a record, for whoever decides to read.
#[derive(Serialize)]
pub(crate) struct Foreseen {
    summary: String,
    /// The changes of its fields, each a sentence.
    changes: Vec<String>,
}

impl Foreseen {
    /// All of it in one line, whatever was typed into what it tells of.
    fn line(&self) -> String {
        let changes = if self.changes.is_empty() { String::new() } else { format!(": {}", self.changes.join(", ")) };
        format!("{}{changes}", self.summary).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The changes of a preview, as they are kept.
pub(crate) fn foreseen(changes: &[Json]) -> Vec<Foreseen> {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let fields = |change: &Json| {
        let fields = change["fields"].as_array().into_iter().flatten();
        fields.take(FIELDS_MAX).map(|field| text(&field["text"])).collect()
    };
    let told = |change: &Json| Foreseen { summary: text(&change["summary"]), changes: fields(change) };
    let more = changes.len().saturating_sub(FORESEEN_MAX);
    let more = (more > 0).then(|| Foreseen { summary: format!("and {more} more"), changes: Vec::new() });
    changes.iter().take(FORESEEN_MAX).map(told).chain(more).collect()
}

impl Kernel {
    /// Keeps a request until somebody approves it. What it would change is tried and told; what it cannot do is refused
    /// now.
    pub(crate) async fn ask_for_approval(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        request: Request,
        hold: Hold,
    ) -> Result<Reply> {
        let run = Uuid::now_v7();
        self.write_in(tenant, principal, request.company, run, true, move |ctx| {
            Box::pin(async move {
                let (at, user) = (ctx.now(), ctx.principal.user);
                // A retry may have been here since it was held.
                if let Some(key) = &request.idempotency_key
                    && let Some((_, reply)) = ctx.tx.kept_reply(user, key).await?
                {
                    return kept(&reply);
                }
                let foreseen = foreseen(&ctx.foresee(request.clone()).await?);
                ctx.tx.add_run(&Run { id: run, at, principal: user, action: ASK.to_owned(), undone_by: None }).await?;
                ctx.progress.action = ASK.to_owned();
                let approval = ctx.ask_for_approval(&request.calls, hold, foreseen).await?;
                let outputs = vec![waits(approval)];
                if let Some(key) = &request.idempotency_key {
                    let digest = crate::serve::digest(&request, ctx.principal.kind);
                    let reply = json!({"run": run, "outputs": outputs, "approval": approval});
                    ctx.tx.keep_reply(user, key, &digest, &reply, at).await?;
                }
                Ok(Reply { run, outputs, changes: Vec::new(), replayed: false, approval: Some(approval.uuid()) })
            })
        })
        .await
    }
}

impl Kernel {
    /// Lets go of what nobody decided in time.
    pub(super) async fn expire_approvals(&self, tenant: &Arc<Tenant>) -> Result<()> {
        let gone = self.manage(tenant, |ctx| {
            Box::pin(async move {
                let over = find::<Approval>().eq("state", ApprovalState::Asked).filter("expires_at <= now()");
                for approval in ctx.all(over.sort("expires_at").limit(EXPIRED_MAX)).await? {
                    ctx.transition(approval.id, ApprovalState::Expired).await?;
                }
                Ok(())
            })
        });
        gone.await
    }
}

/// A secret that an input gives, by the name of its field.
fn secret_in<'i>(action: &Action, input: &'i Json) -> Option<&'i str> {
    let object = action.object.as_ref().filter(|_| action.generic)?;
    let given = input.as_object()?.iter().filter(|(_, value)| !value.is_null());
    let is_secret = |name: &str| object.field(name).is_some_and(|field| matches!(field.kind, FieldType::Secret));
    given.map(|(name, _)| name.as_str()).find(|name| is_secret(name))
}

/// What is answered in place of an action's own answer.
fn waits(approval: Id<Approval>) -> Json {
    json!({"approval": approval, "state": ApprovalState::Asked.as_str(), "detail": "nothing is changed until somebody approves it"})
}

impl Ctx {
    /// Writes down what waits, and tells those who decide.
    pub(crate) async fn ask_for_approval(
        &mut self,
        calls: &[Call],
        hold: Hold,
        foreseen: Vec<Foreseen>,
    ) -> Result<Id<Approval>> {
        let mut waiting = Vec::with_capacity(calls.len());
        let mut target = None;
        let mut titles = Vec::new();
        for call in calls {
            let action = Arc::clone(self.registry.action(&call.action)?);
            let mut version = None;
            let mut title = String::new();
            if let (Some(object), Some(id)) = (&action.object, call.record)
                && let Some(record) = self.record_for(object, id, READ, false).await?
            {
                version = Some(record.version());
                title = format!(" {}", record.title());
                target.get_or_insert(Leads { object: object.name.clone(), id });
            }
            let label = action.object.as_ref().map(|object| object.label.to_lowercase()).unwrap_or_default();
            titles.push(format!("{} {label}{title}", action.label).trim().to_owned());
            if let Some(secret) = secret_in(&action, &call.input) {
                let message = "is secret, and what waits for approval is kept to be read; leave it out, or have it set by \
                               somebody who needs no approval";
                return Err(Problem::field(secret, "secret", message));
            }
            let Call { action, record, input } = call.clone();
            waiting.push(Waiting { action, record, version, input });
        }
        let more = if titles.len() > 1 { format!(" and {} more", titles.len() - 1) } else { String::new() };
        let summary = format!("{}{more}", titles.first().map(String::as_str).unwrap_or_default());
        let approval = Approval {
            summary: summary.chars().take(SUMMARY_MAX).collect(),
            action: if let [call] = calls { call.action.clone() } else { "core.batch".to_owned() },
            target,
            calls: Some(json!(waiting)),
            preview: (!foreseen.is_empty()).then(|| json!(foreseen)),
            asked_by: self.user(),
            agent: self.principal.is_agent(),
            approvers: hold.approvers,
            own: hold.own,
            ..Approval::default()
        };
        let elevated = std::mem::replace(&mut self.elevated, true);
        let asked = self.create(approval).await;
        let asked = match asked {
            Ok(asked) => self.tell_deciders(&asked, &foreseen).await.map(|()| asked.id),
            Err(problem) => Err(problem),
        };
        self.elevated = elevated;
        asked
    }

    async fn tell_deciders(&mut self, asked: &Approval, foreseen: &[Foreseen]) -> Result<()> {
        let who = self.principal.name.clone();
        let lines: Vec<String> = foreseen.iter().map(Foreseen::line).collect();
        for user in self.deciders(asked).await? {
            let notice = Notice::new("core.approval", format!("{who} asks: {}", asked.summary)).about(asked.id);
            let notice = if lines.is_empty() { notice } else { notice.body(lines.join("\n")) };
            self.notify(user, notice).await?;
        }
        Ok(())
    }

    /// Those who may decide and are told of it: whoever has a role that does, or the person whom a model works for.
    async fn deciders(&mut self, asked: &Approval) -> Result<Vec<Id<User>>> {
        if asked.approvers.is_empty() {
            return Ok(asked.asked_by.into_iter().collect());
        }
        let users = self.all(find::<User>().eq("active", true).limit(USERS_MAX)).await?;
        let schema = Arc::clone(self.schema());
        let decides = |user: &&User| {
            let mut roles = user.roles.iter().flat_map(|role| schema.role_closure(role));
            roles.any(|role| asked.approvers.contains(&role)) && (asked.own || asked.asked_by != Some(user.id))
        };
        Ok(users.iter().filter(decides).map(|user| user.id).take(TOLD_MAX).collect())
    }

    /// An approval that the principal may decide now.
    async fn decidable(&mut self, approval: Id<Approval>) -> Result<Approval> {
        let approval = self.get(approval).await?;
        if self.principal.kind != PrincipalKind::Person && self.principal.kind != PrincipalKind::ApiKey {
            return Err(Problem::denied("a person decides; sign in and decide it yourself"));
        }
        if approval.asked_by == self.user() && !approval.own {
            return Err(Problem::denied("nobody decides what they asked for themselves; ask somebody else who may"));
        }
        if let Some(at) = approval.expires_at.filter(|at| *at <= self.now()) {
            return Err(Problem::conflict(format!("nobody decided it until {at}; have it asked for again")));
        }
        Ok(approval)
    }

    /// Runs what was asked for as whoever asked, with the rights that they have now.
    async fn run_approved(&mut self, approval: &Approval) -> Result<()> {
        let calls = serde_json::from_value(approval.calls.clone().unwrap_or_default());
        let calls: Vec<Waiting> = calls.map_err(|error| Problem::internal(error.to_string()))?;
        for call in &calls {
            self.check_unchanged(call).await?;
        }
        let asker = approval.asked_by.ok_or_else(|| Problem::conflict("whoever asked for it is not known any more"))?;
        let before = self.stand_in(asker).await?;
        let before =
            before.ok_or_else(|| Problem::conflict("whoever asked for it may no longer sign in; refuse it"))?;
        if approval.agent {
            self.principal = Arc::new(Principal { kind: PrincipalKind::Agent, ..(*self.principal).clone() });
        }
        let (approvers, own) = (approval.approvers.clone(), approval.own);
        let asked = std::mem::replace(&mut self.approved, Approved::By(Hold { approvers, own }));
        // What whoever approves has seen is the approval, not the records that it is about.
        let seen = self.if_match.take();
        let ran = self.run_each(calls).await;
        (self.approved, self.if_match) = (asked, seen);
        self.stand_back(before);
        ran.map_err(|problem| Problem {
            detail: format!("what was asked for is refused: {}", problem.detail),
            ..problem
        })
    }

    async fn run_each(&mut self, calls: Vec<Waiting>) -> Result<()> {
        for call in calls {
            let action = Arc::clone(self.registry.action(&call.action)?);
            self.perform(&action, call.record, call.input).await.map(Answer::into_json)?;
        }
        Ok(())
    }

    /// What is approved is what was asked for, of the record as it was then.
    async fn check_unchanged(&mut self, call: &Waiting) -> Result<()> {
        let (Some(id), Some(version)) = (call.record, call.version) else { return Ok(()) };
        let action = Arc::clone(self.registry.action(&call.action)?);
        let Some(object) = &action.object else { return Ok(()) };
        match self.record_for(object, id, READ, false).await? {
            Some(record) if record.version() == version => Ok(()),
            Some(record) => Err(Problem::conflict(format!(
                "{} {} was changed since it was asked for; refuse it, and have it asked for again",
                object.label,
                record.title()
            ))),
            None => Err(Problem::conflict(format!("{} {id} is gone; refuse it", object.label))),
        }
    }

    async fn decide(&mut self, approval: Approval, state: ApprovalState, note: Option<String>) -> Result<Json> {
        let (asker, target, summary) = (approval.asked_by, approval.id, approval.summary.clone());
        let run = (state == ApprovalState::Approved).then_some(self.progress.run);
        let decided = Approval {
            state,
            decided_by: self.user(),
            decided_at: Some(self.now()),
            note: note.filter(|note| !note.trim().is_empty()),
            run,
            ..approval
        };
        let note = self.save(decided).await?.note;
        let word = if run.is_some() { "approves" } else { "refuses" };
        if let Some(asker) = asker.filter(|asker| Some(*asker) != self.user()) {
            let title = format!("{} {word}: {summary}", self.principal.name);
            let notice = Notice::new("core.approval", title).about(target);
            let notice = note.iter().fold(notice, |notice, note| notice.body(note));
            self.notify(asker, notice).await?;
        }
        Ok(json!({"id": target, "state": state.as_str(), "run": run}))
    }
}

/// Whether an action decides what waits.
pub(crate) fn is_decision(action: &str) -> bool {
    ["core.approve", "core.refuse"].contains(&action)
}

/// What whoever decides says of it.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Decision {
    /// Why; whoever asked is told.
    #[serde(default)]
    note: Option<String>,
}

/// Runs what was asked for, as whoever asked for it and with both names on the run, which undo takes back.
#[action(object = "approval", name = "approve", effect = "reversible", when = "state == 'asked'", elevated)]
pub async fn approve(ctx: &mut Ctx, approval: Id<Approval>, input: Decision) -> Result<Json> {
    let approval = ctx.decidable(approval).await?;
    ctx.run_approved(&approval).await?;
    ctx.decide(approval, ApprovalState::Approved, input.note).await
}

/// Refuses what was asked for.
#[action(object = "approval", name = "refuse", effect = "reversible", when = "state == 'asked'", elevated)]
pub async fn refuse(ctx: &mut Ctx, approval: Id<Approval>, input: Decision) -> Result<Json> {
    let approval = ctx.decidable(approval).await?;
    ctx.decide(approval, ApprovalState::Refused, input.note).await
}

/// Takes back what you asked for.
#[action(object = "approval", name = "withdraw", effect = "reversible", when = "state == 'asked'", elevated)]
pub async fn withdraw(ctx: &mut Ctx, approval: Id<Approval>, _input: NoInput) -> Result<Approval> {
    let approval = ctx.get(approval).await?;
    if approval.asked_by != ctx.user() {
        return Err(Problem::denied("whoever asked for it takes it back; refuse it instead"));
    }
    ctx.transition(approval.id, ApprovalState::Withdrawn).await
}
