//! Running an action as a step of a run.

use std::sync::Arc;

use nexus_model::{Object, Problem, Record, Uuid};
use nexus_store::{Filter, StepRow};
use serde_json::Value as Json;

use super::Ctx;
use super::read::Ask;
use crate::Result;
use crate::operation::{Answer, Effect};
use crate::policy::verb;
use crate::registry::Action;

/// Actions that may ask for one another before it is taken for a circle.
const DEPTH_MAX: usize = 32;

impl Ctx {
    /// Runs `action`, checked against the policy and its own condition, as the next step of the run.
    pub(crate) fn perform<'a>(
        &'a mut self,
        action: &'a Arc<Action>,
        record: Option<Uuid>,
        input: Json,
    ) -> crate::BoxFuture<'a, Result<Answer>> {
        Box::pin(async move {
            if !self.policy().may_run(action) {
                let what = match &action.object {
                    Some(object) => format!("{} {}", action.segment, object.plural.to_lowercase()),
                    None => format!("run {}", action.name),
                };
                return Err(Problem::denied(format!("you may not {what}")));
            }
            if self.progress.depth >= DEPTH_MAX {
                return Err(Problem::conflict(format!("{} is asked for by itself, {DEPTH_MAX} deep", action.name)));
            }
            if !action.generic {
                self.check_record(action, record).await?;
            }
            self.check_hold(action, record, &input).await?;
            let outer = self.progress.clone();
            self.progress.step = outer.next_step;
            self.progress.next_step += 1;
            self.progress.action.clone_from(&action.name);
            self.progress.verbs.push(action.segment.clone());
            self.progress.depth += 1;
            if action.effect != Effect::Read {
                let step = StepRow {
                    step: self.progress.step,
                    parent: (outer.depth > 0).then_some(outer.step),
                    action: action.name.clone(),
                    record,
                    inverse: action.inverse.clone(),
                };
                self.tx.add_step(self.progress.run, &step).await?;
            }
            let elevated = self.elevated;
            self.elevated = elevated || action.elevated;
            let company = self.vars.company;
            let result = (action.body)(self, record, input).await;
            self.elevated = elevated;
            if self.vars.company != company {
                self.enter_company(company)?;
            }
            self.progress = super::Progress { next_step: self.progress.next_step, ..outer };
            result
        })
    }

    async fn check_record(&mut self, action: &Arc<Action>, record: Option<Uuid>) -> Result<()> {
        let (Some(object), true) = (&action.object, action.on_record) else { return Ok(()) };
        let id = record.ok_or_else(|| Problem::malformed(format!("{} needs the id of a record", action.name)))?;
        let found = self.record(object, id).await?;
        if !self.elevated && !self.principal.administrator {
            let may = Filter::Rows(self.policy().rows(object, &verb(action)));
            let ask = Ask { filters: vec![Filter::Ids(vec![id]), may], limit: 1, ..Ask::default() };
            if self.count_of(object, ask, Some(1)).await? == 0 {
                return Err(Problem::denied(format!("you may not run {} on {}", action.name, found.title())));
            }
        }
        self.check_when(object, action, &found).await?;
        if object.per_company
            && let Some(company) = found.link("company")
        {
            self.enter_company(Some(company))?;
        }
        Ok(())
    }

    /// The action's own condition holds for the record.
    pub(crate) async fn check_when(&mut self, object: &Object, action: &Action, found: &Record) -> Result<()> {
        if let Some(when) = &action.when
            && !self.holds(when, &found.as_shipped()).await?
        {
            let state = object.state_field().map(|field| format!(", it is {}", found.text(field)));
            return Err(Problem::conflict(format!(
                "{} {} cannot {}{}: it asks for {}",
                object.label,
                found.title(),
                action.label.to_lowercase(),
                state.unwrap_or_default(),
                when.source()
            )));
        }
        Ok(())
    }
}
