//! Schedules: when they are due they ask for a job, once however many processes look and however often was missed.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use nexus_model::Problem;

use super::timetable::{Timetable, next_after};
use crate::core::{Job, JobState, Schedule};
use crate::ctx::Ctx;
use crate::find::find;
use crate::kernel::Kernel;
use crate::{Kind, Result, Tenant};

/// Schedules that are seen to in one transaction.
const BATCH: usize = 100;
/// The savepoint of a schedule that comes round.
const FIRE: &str = "fire";

/// A schedule that can be read has its next time.
pub(crate) async fn settle(ctx: &mut Ctx, schedule: &mut Schedule) -> Result<()> {
    schedule.agent |= ctx.principal.is_agent();
    let known = ctx.get(schedule.id).await.ok();
    // Whoever has one of Nexus's own do something else has it done in their own name, and a model never in Nexus's.
    let other = |known: &Schedule| (&known.action, known.record) != (&schedule.action, schedule.record);
    if schedule.owner.is_none() && known.as_ref().is_some_and(|known| ctx.principal.is_agent() || other(known)) {
        schedule.owner = ctx.user();
    }
    let same = |known: &Schedule| {
        (&known.cron, &known.zone, known.active) == (&schedule.cron, &schedule.zone, schedule.active)
            && (&known.action, known.record) == (&schedule.action, schedule.record)
    };
    if known.as_ref().is_some_and(same) {
        return Ok(());
    }
    let next = next_after(&schedule.cron, &schedule.zone, ctx.now())?;
    ctx.check_work(&schedule.action, schedule.record)?;
    schedule.next_at = schedule.active.then_some(next);
    schedule.error = None;
    Ok(())
}

impl Kernel {
    /// Asks for the jobs of schedules that have come round.
    pub(super) async fn fire_schedules(&self, tenant: &Arc<Tenant>) -> Result<()> {
        self.manage(tenant, |ctx| {
            Box::pin(async move {
                let due = find::<Schedule>().eq("active", true).filter("next_at <= now()").sort("next_at");
                for schedule in ctx.all(due.limit(BATCH)).await? {
                    ctx.fire(schedule).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Makes the schedules that the tenant's apps bring along, those that it has not had in this form.
    pub(super) async fn declare_schedules(&self, tenant: &Arc<Tenant>) -> Result<()> {
        if tenant.scheduled.load(Ordering::Acquire) {
            return Ok(());
        }
        let missing = self.survey(tenant, |ctx| {
            Box::pin(async move {
                let registry = Arc::clone(&ctx.registry);
                let mut missing = Vec::new();
                for (app, timetable) in &registry.schedules {
                    if ctx.tx.last_number(&mark(app, timetable)).await?.is_none() {
                        missing.push((app.clone(), timetable.clone()));
                    }
                }
                Ok(missing)
            })
        });
        let missing = missing.await?;
        if !missing.is_empty() {
            self.manage(tenant, move |ctx| {
                Box::pin(async move {
                    for (app, timetable) in missing {
                        // Another process may have been here first.
                        if ctx.tx.next_number(&mark(&app, &timetable)).await? == 1 {
                            ctx.declare(&app, &timetable).await?;
                        }
                    }
                    Ok(())
                })
            })
            .await?;
        }
        tenant.scheduled.store(true, Ordering::Release);
        Ok(())
    }
}

/// The series that tells that a tenant has had a schedule in this form, so that one that was changed or deleted there
/// stays so.
fn mark(app: &str, timetable: &Timetable) -> String {
    let Timetable { name, cron, zone, action, input } = timetable;
    let form = blake3::hash(serde_json::json!([cron, zone, action, input]).to_string().as_bytes()).to_hex();
    format!("_schedule {app}.{name} {}", &form[..16])
}

impl Ctx {
    async fn declare(&mut self, app: &str, timetable: &Timetable) -> Result<()> {
        let name = format!("{app}.{}", timetable.name);
        let known = self.first(find::<Schedule>().eq("declared", name.as_str())).await?;
        let schedule = Schedule {
            name: nexus_model::names::label(timetable.name),
            cron: timetable.cron.to_owned(),
            zone: timetable.zone.to_owned(),
            action: timetable.action.to_owned(),
            input: Some(timetable.input.clone()).filter(|input| !input.is_null()),
            active: true,
            declared: Some(name),
            ..known.clone().unwrap_or_default()
        };
        if known.is_some() { self.save(schedule).await.map(drop) } else { self.create(schedule).await.map(drop) }
    }

    /// Asks for the job of a schedule, unless the one before has not come to its end.
    async fn fire(&mut self, mut schedule: Schedule) -> Result<()> {
        let (now, id) = (self.now(), schedule.id.uuid());
        let open = [JobState::Queued, JobState::Running].map(|state| state.as_str());
        let at_work = self.first(find::<Job>().eq("schedule", id).any("state", open)).await?.is_some();
        schedule.error = None;
        if !at_work {
            match self.ask_for(&schedule).await {
                Ok(()) => schedule.last_at = Some(now),
                Err(problem) if problem.kind == Kind::Internal => return Err(problem),
                // An app may have gone since, with its actions; others come round all the same.
                Err(problem) => schedule.error = Some(problem.to_string()),
            }
        }
        match next_after(&schedule.cron, &schedule.zone, now) {
            Ok(next) => schedule.next_at = Some(next),
            Err(problem) => self.stop(&mut schedule, &problem),
        }
        self.save(schedule).await.map(drop)
    }

    /// Asks for the job of a schedule, or leaves nothing behind.
    async fn ask_for(&mut self, schedule: &Schedule) -> Result<()> {
        self.check_work(&schedule.action, schedule.record)?;
        self.tx.savepoint(FIRE).await?;
        let mut asked = self.enqueue(job_of(schedule)).await.map(drop);
        if asked.is_ok()
            && let Err(error) = self.tx.release().await
        {
            asked = Err(error.into());
        }
        if asked.is_err() {
            self.tx.rollback_to(FIRE).await?;
            self.seen.forget_all();
        }
        asked
    }

    /// A time zone may have gone with the tables of the system.
    fn stop(&self, schedule: &mut Schedule, problem: &Problem) {
        schedule.next_at = None;
        schedule.error = Some(problem.to_string());
    }
}

fn job_of(schedule: &Schedule) -> Job {
    Job {
        action: schedule.action.clone(),
        record: schedule.record,
        input: schedule.input.clone(),
        owner: schedule.owner,
        agent: schedule.agent,
        company: schedule.company,
        schedule: Some(schedule.id.uuid()),
        ..Job::default()
    }
}
