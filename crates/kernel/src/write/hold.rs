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

/// Why an action waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hold {
    /// The roles that approve; none where the person approves whom a model works for.
    pub(crate) approvers: Vec<String>,
    /// Whoever asks may approve it themselves.
    pub(crate) own: bool,
}

impl Ctx {
    /// What keeps an action waiting, if anything does.
    pub(crate) async fn hold(
        &mut self,
        action: &Arc<Action>,
        record: Option<Uuid>,
        input: &Json,
    ) -> Result<Option<Hold>> {
        let is_free = self.approved || self.elevated || self.undoing || self.principal.kind == PrincipalKind::System;
        if is_free || action.effect == Effect::Read {
            return Ok(None);
        }
        let (object, name) = (action.object.as_ref(), action.segment.replace('-', "_"));
        if let Some((object, rule)) = object.and_then(|object| Some((object, object.approvals.get(&name)?))) {
            let held = match &rule.when {
                None => true,
                Some(when) => match self.subject(object, action, record, input).await? {
                    Some(subject) => self.holds(when, &subject.as_shipped()).await?,
                    // The action itself says what is wrong.
                    None => false,
                },
            };
            if held {
                return Ok(Some(Hold { approvers: rule.by.clone(), own: rule.own }));
            }
        }
        let is_grave = matches!(action.effect, Effect::External | Effect::Money | Effect::Irreversible);
        Ok((is_grave && self.principal.is_agent()).then(|| Hold { approvers: Vec::new(), own: true }))
    }

    /// What keeps any of some calls waiting.
    pub(crate) async fn hold_of(&mut self, calls: &[Call]) -> Result<Option<Hold>> {
        for call in calls {
            let action = Arc::clone(self.registry.action(&call.action)?);
            if let Some(hold) = self.hold(&action, call.record, &call.input).await? {
                return Ok(Some(hold));
            }
        }
        Ok(None)
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

    /// The record that a rule is held against: as it is, and for what is created or changed with the values that it
    /// would have.
    async fn subject(
        &mut self,
        object: &Arc<nexus_model::Object>,
        action: &Action,
        record: Option<Uuid>,
        input: &Json,
    ) -> Result<Option<Record>> {
        let stored = match record {
            Some(id) => self.record_for(object, id, READ, false).await?,
            None => None,
        };
        let mut subject = match (stored, action.on_record) {
            (Some(stored), _) => stored,
            (None, false) => Record::new(Arc::clone(object)),
            (None, true) => return Ok(None),
        };
        let takes_fields = action.generic && ["create", "update", "copy"].contains(&action.segment.as_str());
        if takes_fields {
            let applied = self.apply(&mut subject, input);
            if applied.is_err() || self.complete(&mut subject, None).await.is_err() {
                return Ok(None);
            }
        }
        Ok(Some(subject))
    }
}
