//! Why somebody may do something, or may not: the grant, the condition, the company, the state.
//!
//! The verdict comes from the gate itself, [`crate::policy`], and from the checks that the action would run; only the
//! words are made here. Of a record that the asker may not read nothing is told, not even whether there is one.

use std::sync::Arc;

use nexus_model::expr::Expr;
use nexus_model::{Object, Problem, Record, Uuid};
use nexus_store::{Filter, Rows};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::kernel::Kernel;
use crate::policy::{DELETE, EXPORT, READ, UPDATE, granting, verb};
use crate::principal::{Principal, PrincipalKind, Shared};
use crate::registry::Action;
use crate::{Result, Tenant};

/// What is asked.
#[derive(Clone, Debug, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainParams {
    /// `read`, `create`, `update`, `delete`, `restore`, `export` or the name of an action, such as `convert`.
    pub verb: String,
    /// Another user, which administrators may ask about; the caller when left out.
    #[serde(default)]
    pub user: Option<Uuid>,
}

/// Who may do what, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    pub object: String,
    pub verb: String,
    pub record: Option<Uuid>,
    pub user: Uuid,
    /// Of a record: whether it may be done. Without one: whether there may be records with which it may be done.
    pub allowed: bool,
    /// The answer in one sentence.
    pub summary: String,
    pub reasons: Vec<Reason>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Reason {
    /// `administrator`, `grant`, `missing`, `company`, `share`, `target`, `state`, `ledger`, `reference` or `unseen`.
    pub rule: &'static str,
    /// Whether it lets, or denies; null where that is not looked at or not told.
    pub allows: Option<bool>,
    /// The role whose entry it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The manifest and its entry: `crm/objects/lead.toml [access.agent]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// The CEL condition that the record is held against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// The `core.share` by which the record is shared with the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<Uuid>,
    pub text: String,
}

impl Reason {
    fn new(rule: &'static str, allows: Option<bool>, text: impl Into<String>) -> Reason {
        Reason { rule, allows, role: None, entry: None, condition: None, share: None, text: text.into() }
    }
}

impl Kernel {
    /// Why a user may do something with an object's records, or with one of them, or may not.
    pub async fn explain(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        object: &Arc<Object>,
        record: Option<Uuid>,
        params: ExplainParams,
    ) -> Result<Explanation> {
        if let Some(parent) = &object.child_of {
            let message = format!("{} are rows of {parent}; ask about the record that they are rows of", object.plural);
            return Err(Problem::malformed(message));
        }
        let other = params.user.filter(|user| *user != principal.user);
        if other.is_some() && !principal.administrator {
            return Err(Problem::denied("only an administrator may ask what others may do"));
        }
        let asked = match other {
            Some(user) => self.principal(tenant, user).await?,
            None => Arc::clone(principal),
        };
        let of = Arc::clone(object);
        // Whoever asks about others sees the record with their own eyes, or is told as if there were none.
        let seen =
            self.read_in(tenant, principal, None, move |ctx| Box::pin(async move { ctx.is_seen(&of, record).await }));
        let seen = seen.await?;
        let of = Arc::clone(object);
        self.read_in(tenant, &asked, None, move |ctx| {
            Box::pin(
                async move { ctx.explained(&of, record.map(|id| (id, seen)), &params.verb, other.is_some()).await },
            )
        })
        .await
    }
}

impl Ctx {
    async fn is_seen(&mut self, object: &Arc<Object>, record: Option<Uuid>) -> Result<bool> {
        let Some(id) = record else { return Ok(false) };
        Ok(self.record_for(object, id, READ, false).await?.is_some()
            || self.record_for(object, id, READ, true).await?.is_some())
    }

    /// The explanation for the principal at work. The record comes with whether its asker sees it.
    async fn explained(
        &mut self,
        object: &Arc<Object>,
        record: Option<(Uuid, bool)>,
        asked: &str,
        of_other: bool,
    ) -> Result<Explanation> {
        let asked = asked.trim().replace('-', "_");
        let registry = Arc::clone(&self.registry);
        let action = registry.actions().find(|action| {
            action.object.as_ref().is_some_and(|of| of.name == object.name) && action.segment.replace('-', "_") == asked
        });
        let right = match (action, asked.as_str()) {
            (Some(action), _) => verb(action),
            (None, READ | EXPORT) => asked.clone(),
            (None, _) => return Err(unknown(self, object, &asked)),
        };
        // What is done with the object as a whole has no record.
        let record = record.filter(|_| action.is_none_or(|action| action.on_record));
        let mut reasons = Vec::new();
        let allowed = match record {
            Some((id, seen)) => {
                let found = self.within(object, id, &asked, &right).await?;
                // Who does not see a record is told what holds for all of them.
                let told = if seen { Some(id) } else { None };
                self.grounds(object, &right, told, of_other, &mut reasons).await?;
                let obstacles = match &found {
                    Some(record) => self.obstacles(object, record, &asked, action).await?,
                    None => Vec::new(),
                };
                if found.is_none() {
                    reasons.push(unseen(object, &asked));
                }
                let free = obstacles.is_empty();
                reasons.extend(obstacles);
                found.is_some() && free
            }
            None => {
                self.grounds(object, &right, None, of_other, &mut reasons).await?;
                action.map_or_else(|| self.policy().may(object, &right), |action| self.policy().may_run(action))
            }
        };
        let summary = self.summary(object, &asked, record.is_some(), allowed, &reasons);
        Ok(Explanation {
            object: object.name.as_str().to_owned(),
            verb: asked,
            record: record.map(|(id, _)| id),
            user: self.principal.user,
            allowed,
            summary,
            reasons,
        })
    }

    /// The record, if it may be read and is among those with which the right may be used: what each operation asks
    /// before it does anything.
    async fn within(&mut self, object: &Arc<Object>, id: Uuid, asked: &str, right: &str) -> Result<Option<Record>> {
        let Some(record) = self.record_for(object, id, READ, asked == "restore").await? else { return Ok(None) };
        let rows = Filter::Rows(self.policy().rows(object, right));
        let deleted = asked == "restore";
        let ask = Ask { filters: vec![Filter::Ids(vec![id]), rows], limit: 1, deleted, ..Ask::default() };
        Ok((self.count_of(object, ask, Some(1)).await? == 1).then_some(record))
    }

    /// What the record itself, as it is now, has against it.
    async fn obstacles(
        &mut self,
        object: &Arc<Object>,
        record: &Record,
        asked: &str,
        action: Option<&Arc<Action>>,
    ) -> Result<Vec<Reason>> {
        let (rule, checked) = match asked {
            UPDATE => ("ledger", self.check_editable(record).await),
            DELETE => ("reference", self.check_deletable(record).await),
            "restore" => ("reference", self.check_leads(record, None).await),
            _ => match action.filter(|action| !action.generic) {
                Some(action) => ("state", self.check_when(object, action, record).await),
                None => return Ok(Vec::new()),
            },
        };
        match checked {
            Ok(()) => Ok(Vec::new()),
            Err(problem) if problem.kind == crate::Kind::Internal => Err(problem),
            Err(problem) => Ok(vec![Reason::new(rule, Some(false), problem.to_string())]),
        }
    }

    /// The entries that grant the right, or could; with a record, whether their conditions hold for it.
    async fn grounds(
        &mut self,
        object: &Arc<Object>,
        right: &str,
        record: Option<Uuid>,
        of_other: bool,
        reasons: &mut Vec<Reason>,
    ) -> Result<()> {
        let entry = |role: &str| Some(format!("{} [access.{role}]", object.file));
        if self.principal.administrator {
            reasons.push(Reason::new("administrator", Some(true), "an administrator may do everything"));
        } else {
            let principal = Arc::clone(&self.principal);
            let mut granted = false;
            for (role, access) in granting(object, right) {
                let held = principal.roles.contains(role);
                if !held {
                    continue;
                }
                granted = true;
                let holds = match (&access.rows, record) {
                    (None, _) => Some(true),
                    (Some(rows), Some(id)) => self.told_whether(object, id, rows, of_other).await?,
                    (Some(_), None) => None,
                };
                let condition = access.rows.as_ref().map(|rows| rows.source().to_owned());
                let text = match (&condition, holds) {
                    (None, _) => format!("the role {role} grants {right}"),
                    (Some(rows), Some(true)) => format!("the role {role} grants {right} where {rows}, which holds"),
                    (Some(rows), Some(false)) => {
                        format!("the role {role} grants {right} where {rows}, which does not hold")
                    }
                    (Some(rows), None) => format!("the role {role} grants {right} where {rows}"),
                };
                let reason = Reason::new("grant", holds, text);
                reasons.push(Reason { role: Some(role.clone()), entry: entry(role), condition, ..reason });
            }
            let shared: Vec<Shared> = self.policy().shared(object, right).copied().collect();
            for shared in shared.iter().filter(|shared| record.is_none_or(|id| id == shared.record)) {
                granted = true;
                reasons.push(shared_for(right, shared, record.is_some()));
            }
            if !granted {
                let others: Vec<&str> = granting(object, right).map(|(role, _)| role.as_str()).collect();
                let text = match others.as_slice() {
                    [] => format!("no role grants {right}; an administrator alone may do it"),
                    roles => format!("{right} is granted by {}, and none of them is held", roles.join(", ")),
                };
                let reason = Reason::new("missing", Some(false), text);
                reasons.push(Reason { entry: Some(object.file.clone()), ..reason });
            }
        }
        let registry = Arc::clone(&self.registry);
        if let Some(company) = registry.company_rows.get(object.name.as_str())
            && !self.principal.companies.is_empty()
        {
            let holds = match record {
                Some(id) => self.told_whether(object, id, company, of_other).await?,
                None => None,
            };
            let text = match holds {
                Some(true) => "the record is of a company that the user works in",
                Some(false) => "the record is of a company that the user does not work in",
                None => "the user is limited to some companies",
            };
            let reason = Reason::new("company", holds, text);
            reasons.push(Reason { condition: Some(company.source().to_owned()), ..reason });
        }
        if let Some(rows) = self.policy().hanging(object, right) {
            let holds = match record {
                Some(id) => Some(self.is_among(object, id, rows).await?),
                None => None,
            };
            let text = match holds {
                Some(true) => "the record that it hangs on may be read",
                Some(false) => "the record that it hangs on may not be read, or nothing may be hung on it",
                None => "it hangs on records, and needs a right to each of them",
            };
            // That right alone grants nothing.
            reasons.push(Reason::new("target", holds.filter(|holds| !holds), text));
        }
        Ok(())
    }

    /// Whether a condition of the policy holds for a record; nothing where it reads what the asker may not see.
    async fn told_whether(
        &mut self,
        object: &Arc<Object>,
        id: Uuid,
        rows: &Expr,
        of_other: bool,
    ) -> Result<Option<bool>> {
        let schema = Arc::clone(self.schema());
        let hidden = rows.reads().into_iter().any(|(owner, name)| {
            let owner = schema.get(owner.as_str());
            owner.is_some_and(|of| of.field(&name).is_some_and(|field| !self.policy().shows(of, field)))
        });
        if hidden && !of_other {
            return Ok(None);
        }
        self.is_among(object, id, Rows::Where(Arc::new(rows.clone()))).await.map(Some)
    }

    /// Whether a record, deleted or not, is among rows.
    async fn is_among(&mut self, object: &Arc<Object>, id: Uuid, rows: Rows) -> Result<bool> {
        let rows = Filter::Rows(rows);
        let elevated = std::mem::replace(&mut self.elevated, true);
        let mut held = Ok(false);
        for deleted in [false, true] {
            let filters = vec![Filter::Ids(vec![id]), rows.clone()];
            let ask = Ask { filters, limit: 1, deleted, ..Ask::default() };
            let count = self.count_of(object, ask, Some(1)).await;
            held = held.and_then(|known| count.map(|count| known || count == 1));
        }
        self.elevated = elevated;
        held
    }

    fn summary(&self, object: &Object, asked: &str, one: bool, allowed: bool, reasons: &[Reason]) -> String {
        let who = if self.principal.kind == PrincipalKind::System { "the system" } else { &self.principal.name };
        let what = match (one, asked) {
            (true, _) => format!("{asked} this {}", object.label.to_lowercase()),
            (false, _) => format!("{asked} {}", object.plural.to_lowercase()),
        };
        // What denies alone comes last; of grants one that holds is enough.
        let why = if allowed {
            reasons.iter().find(|reason| reason.allows == Some(true)).or_else(|| reasons.first())
        } else {
            let denies = |reason: &&Reason| reason.allows == Some(false);
            reasons.iter().filter(denies).rfind(|reason| reason.rule != "unseen").or_else(|| reasons.last())
        };
        let may = if allowed { "may" } else { "may not" };
        let why = why.map(|reason| format!(": {}", reason.text)).unwrap_or_default();
        format!("{who} {may} {what}{why}")
    }
}

fn shared_for(right: &str, shared: &Shared, one: bool) -> Reason {
    let until = shared.expires_at.map(|at| format!(" until {at}")).unwrap_or_default();
    let what = if one { "the record" } else { "a record" };
    let text = format!("{what} is shared with the user, which lets {right} it{until}");
    Reason { share: Some(shared.share), ..Reason::new("share", one.then_some(true), text) }
}

fn unseen(object: &Object, asked: &str) -> Reason {
    let place = if asked == "restore" { "deleted " } else { "" };
    let label = object.label.to_lowercase();
    let text = format!("no {place}{label} with this id is among those with which the user may do this");
    Reason::new("unseen", Some(false), text)
}

fn unknown(ctx: &Ctx, object: &Object, asked: &str) -> Problem {
    let of = |action: &&Arc<Action>| action.object.as_ref().is_some_and(|of| of.name == object.name);
    let actions = ctx.registry.actions().filter(of).map(|action| action.segment.replace('-', "_"));
    let known: Vec<String> = [READ.to_owned(), EXPORT.to_owned()].into_iter().chain(actions).collect();
    let message = format!("{asked} is nothing that is done with {}; it is one of {}", object.name, known.join(", "));
    Problem { kind: crate::Kind::Malformed, ..Problem::field("verb", "verb", message) }
}
