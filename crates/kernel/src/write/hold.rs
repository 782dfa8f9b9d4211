//! Which actions wait until somebody approves them.
//!
//! A manifest says it of an action (`[approval.post]`); and what a model asks for waits for the person whom it works for
//! when it reaches outside, moves money or cannot be taken back. The gate is asked at each step of a run, so that no action
//! goes around it with another inside.

use std::sync::Arc;

use nexus_model::{Problem, Record, Uuid};
use serde_json::Value as Json;

use crate::Result;
use crate::ctx::Ctx;
use crate::kernel::Call;
use crate::operation::Effect;
use crate::policy::READ;
use crate::principal::PrincipalKind;
use crate::registry::Action;
use crate::write::copy::as_new;

/// The savepoint in which a record is tried.
const SUBJECT: &str = "subject";

/// Why an action waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hold {
    /// The roles that approve; none where the person approves whom a model works for.
    pub(crate) approvers: Vec<String>,
    /// Whoever asks may approve it themselves.
    pub(crate) own: bool,
}

/// What need not wait any more in the work at hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Approved {
    #[default]
    Nothing,
    /// What somebody approved of those who decide it, and what a model may then do as well.
    By(Hold),
    /// All of it: nothing is kept.
    Preview,
}

impl Approved {
    /// Whether it covers what an action waits for. Who decides by a rule decides for a model too.
    fn covers(&self, hold: &Hold) -> bool {
        match self {
            Approved::Nothing => false,
            Approved::By(approved) => approved == hold || hold.approvers.is_empty(),
            Approved::Preview => true,
        }
    }
}

impl Ctx {
    /// What keeps an action waiting, if anything does that was not approved.
    pub(crate) async fn hold(
        &mut self,
        action: &Arc<Action>,
        record: Option<Uuid>,
        input: &Json,
    ) -> Result<Option<Hold>> {
        if self.principal.kind == PrincipalKind::System || action.effect == Effect::Read {
            return Ok(None);
        }
        let hold = self.hold_by_rule(action, record, input).await?;
        Ok(hold.filter(|hold| !self.approved.covers(hold)))
    }

    async fn hold_by_rule(&mut self, action: &Arc<Action>, record: Option<Uuid>, input: &Json) -> Result<Option<Hold>> {
        let (object, name) = (action.object.as_ref(), action.segment.replace('-', "_"));
        if let Some((object, rule)) = object.and_then(|object| Some((object, object.approvals.get(&name)?))) {
            let held = match &rule.when {
                None => true,
                Some(when) => match self.subject(object, action, record, input).await? {
                    Some(Ok(subject)) => self.holds(when, &subject.as_shipped()).await?,
                    // What cannot be told waits; trying it says what is wrong.
                    Some(Err(_)) => true,
                    None => false,
                },
            };
            if held {
                return Ok(Some(Hold { approvers: rule.by.clone(), own: rule.own }));
            }
        }
        // What an action does by its own authority is no more than that action, which was asked for before.
        let is_grave = matches!(action.effect, Effect::External | Effect::Money | Effect::Irreversible);
        Ok((is_grave && self.principal.is_agent() && !self.elevated).then(|| Hold { approvers: Vec::new(), own: true }))
    }

    /// What keeps some calls waiting; all that wait do so for the same people, so that nobody decides for others.
    pub(crate) async fn hold_of(&mut self, calls: &[Call]) -> Result<Option<Hold>> {
        let mut held: Option<Hold> = None;
        for call in calls {
            let action = Arc::clone(self.registry.action(&call.action)?);
            match (&held, self.hold(&action, call.record, &call.input).await?) {
                (None, hold) => held = hold,
                (Some(known), Some(hold)) if *known != hold => {
                    let message = "the actions of this batch wait for different people; ask for each by itself";
                    return Err(Problem::conflict(message));
                }
                _ => {}
            }
        }
        Ok(held)
    }

    /// Refuses a step that waits: what is asked for by itself was held before.
    pub(crate) async fn check_hold(&mut self, action: &Arc<Action>, record: Option<Uuid>, input: &Json) -> Result<()> {
        let Some(hold) = self.hold(action, record, input).await? else { return Ok(()) };
        let who = match hold.approvers.as_slice() {
            [] => "the person whom you work for".to_owned(),
            roles => roles.join(" or "),
        };
        Err(Problem::conflict(format!("{} waits for approval by {who}; ask for it by itself", action.name)))
    }

    /// The record that a rule is held against: as it is, and for what is created, copied or changed with the values that
    /// it would have; or why it cannot have them.
    async fn subject(
        &mut self,
        object: &Arc<nexus_model::Object>,
        action: &Action,
        record: Option<Uuid>,
        input: &Json,
    ) -> Result<Option<Result<Record>>> {
        let stored = match record {
            Some(id) => self.record_for(object, id, READ, false).await?,
            None => None,
        };
        let stored = match (stored, action.on_record) {
            (None, true) => return Ok(None),
            (stored, _) => stored,
        };
        let takes_fields = action.generic && ["create", "update", "copy"].contains(&action.segment.as_str());
        if !takes_fields {
            return Ok(Some(Ok(stored.unwrap_or_else(|| Record::new(Arc::clone(object))))));
        }
        // Numbers that are given on the way are given back.
        self.tx.savepoint(SUBJECT).await?;
        let (new, old) = match (stored, action.segment.as_str()) {
            (Some(old), "update") => (old.clone(), Some(old)),
            (Some(old), _) => (as_new(&old), None),
            (None, _) => (Record::new(Arc::clone(object)), None),
        };
        let subject = self.as_written(new, old.as_ref(), input).await;
        self.tx.rollback_to(SUBJECT).await?;
        Ok(Some(subject))
    }

    /// A record as the engine would store it, before the app's own code has worked on it.
    async fn as_written(&mut self, mut new: Record, old: Option<&Record>, input: &Json) -> Result<Record> {
        self.apply(&mut new, input)?;
        let blank = Record::new(Arc::clone(new.object()));
        self.fill_system(&mut new, old.is_none());
        self.fill_defaults(&mut new, old.unwrap_or(&blank)).await?;
        self.fetch(&mut new, old).await?;
        self.complete(&mut new, old).await?;
        Ok(new)
    }
}
