//! The kernel of a process: its apps, its tenants, and the one way in to change something.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use nexus_model::{Problem, Timestamp, Uuid};
use nexus_store::{Control, Database, StoreError, TenantEntry, Tx, Verdict};
use serde_json::Value as Json;
use tracing::Instrument;
use tracing::field::Empty;

use crate::carry::Carriage;
use crate::ctx::Ctx;
use crate::files::Turns;
use crate::jobs::Jobs;
use crate::open::Open;
use crate::operation::{Answer, Effect};
use crate::options::Options;
use crate::principal::Principal;
use crate::registry::Registry;
use crate::serve::{Served, serve};
use crate::standing::Standing;
use crate::terms::Registries;
use crate::{BoxFuture, Result, Tenant, trace};

/// One action to run.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    pub action: String,
    #[serde(default)]
    pub record: Option<Uuid>,
    #[serde(default)]
    pub input: Json,
}

/// One or more actions as one transaction.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub calls: Vec<Call>,
    /// Answer the diff and change nothing.
    pub preview: bool,
    /// A retry under the same key gets the first reply.
    pub idempotency_key: Option<String>,
    /// The version that the caller has seen.
    pub if_match: Option<i64>,
    /// The company to work in; the principal's own when left out.
    pub company: Option<Uuid>,
}

impl Request {
    /// The action that it is, or that it is several.
    pub(crate) fn name(&self) -> String {
        if self.calls.len() == 1 { self.calls[0].action.clone() } else { "core.batch".to_owned() }
    }
}

/// What a request did.
#[derive(Clone, Debug)]
pub struct Reply {
    pub run: Uuid,
    /// One output a call.
    pub outputs: Vec<Json>,
    /// What a preview would change, an undo has changed; only of records that the caller may see.
    pub changes: Vec<Json>,
    /// The reply was kept from an earlier request under the same key.
    pub replayed: bool,
    /// Nothing was done: the request waits under this approval, and the run is that of asking.
    pub approval: Option<Uuid>,
}

/// What a write came to, and what follows from it once it is kept.
type Written<T> = (Verdict, (Result<T>, Follows));

/// What follows from a write that was kept.
#[derive(Default)]
struct Follows {
    /// Where people or companies were touched, whose sessions end.
    signed_out: Option<Vec<Uuid>>,
    /// The tenant's own manifests are other ones.
    reformed: bool,
    /// When it left work to do.
    work_at: Option<Timestamp>,
}

/// A process's apps and tenants.
pub struct Kernel {
    pub registry: Arc<Registry>,
    pub control: Arc<Control>,
    pub(crate) options: Options,
    pub(crate) tenants: Open,
    pub(crate) registries: Registries,
    opening: Mutex<()>,
    /// One tenant is made at a time.
    pub(crate) making: tokio::sync::Mutex<()>,
    pub(crate) throttle: crate::core::Throttle,
    pub(crate) carriage: Carriage,
    pub(crate) uploading: Turns,
    pub(crate) jobs: Jobs,
}

/// Calls that one batch may have.
pub const BATCH_MAX: usize = 500;
/// Characters of an idempotency key.
const KEY_MAX: usize = 200;

impl Kernel {
    /// Opens the storage, made when missing.
    pub fn open(registry: Registry, options: Options) -> Result<Kernel, StoreError> {
        Ok(Kernel {
            registry: Arc::new(registry),
            control: Arc::new(Control::open(&options.storage)?),
            tenants: Open::new(options.tenants_max),
            options,
            registries: Registries::default(),
            opening: Mutex::default(),
            making: tokio::sync::Mutex::default(),
            throttle: crate::core::Throttle::default(),
            carriage: Carriage::default(),
            uploading: Turns::default(),
            jobs: Jobs::default(),
        })
    }

    /// A tenant by its short name, opened when it is asked for first, in the place of the one that nobody used longest.
    /// Called inside a runtime.
    pub fn tenant(&self, slug: &str) -> Result<Arc<Tenant>> {
        if let Some(tenant) = self.tenants.get(slug) {
            return Ok(tenant);
        }
        let _opening = self.opening();
        if let Some(tenant) = self.tenants.get(slug) {
            return Ok(tenant);
        }
        let entry = self.entry(slug)?;
        if entry.purge_at.is_some() {
            // What is to be removed is not opened again, and not made anew.
            Standing::of(&entry).check(&entry.name)?;
        }
        // Nobody opens anew what is about to close, because nobody else opens anything now.
        drop(self.tenants.surplus(1));
        let tenant = Arc::new(self.open_tenant(entry)?);
        // The writer has threads of its own, so that it comes to its end while this one waits.
        nexus_store::waiting(|| futures::executor::block_on(self.switch_on(&tenant)))?;
        self.tenants.insert(&tenant);
        Ok(tenant)
    }

    /// One tenant is opened or closed at a time; who asks for those that are open does not wait.
    pub(crate) fn opening(&self) -> MutexGuard<'_, ()> {
        nexus_store::waiting(|| self.opening.lock()).unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes what is open beyond the bound and no longer in use.
    pub fn close_surplus(&self) {
        let _opening = self.opening();
        drop(self.tenants.surplus(0));
    }

    /// A tenant whose data are at its place, made when missing.
    fn open_tenant(&self, entry: TenantEntry) -> Result<Tenant> {
        let mut entry = entry;
        let (terms, (database, report)) = loop {
            let home = self.home(&entry)?;
            let terms = self.terms(&entry, &home)?;
            match Database::open(&home, Arc::clone(&terms.registry.schema), self.options.limits) {
                // A move was cut off before it was noted.
                Err(StoreError::Moved(forward)) => entry = self.forwarded(entry, &forward)?,
                opened => break (terms, opened?),
            }
        };
        for error in &terms.aside {
            tracing::error!(tenant = entry.slug, %error, "a manifest of the tenant's own is set aside");
        }
        database.find_by(self.whereabouts(&entry.slug));
        if !report.steps.is_empty() {
            tracing::info!(tenant = entry.slug, steps = report.steps.len(), "migrated");
        }
        Ok(Tenant::new(entry, terms, database, &self.options))
    }

    /// A tenant that nobody knows of yet, empty: what an earlier set-up left that did not come to its end is removed.
    pub(crate) fn open_new(&self, entry: &TenantEntry) -> Result<Arc<Tenant>> {
        self.home(entry)?.clear()?;
        Ok(Arc::new(self.open_tenant(entry.clone())?))
    }

    /// The time by the clock of this process.
    pub fn now(&self) -> Timestamp {
        (self.options.clock)()
    }

    /// The tenants that exist, opened or not, but for those that were deleted.
    pub fn tenant_slugs(&self) -> Result<Vec<String>> {
        let there = self.control.tenants()?.into_iter().filter(|entry| entry.purge_at.is_none());
        Ok(there.map(|entry| entry.slug).collect())
    }

    /// The tenants that are open now.
    pub fn open_tenants(&self) -> Vec<Arc<Tenant>> {
        self.tenants.all()
    }

    /// Runs a request: all its calls, or none of them.
    pub async fn dispatch(&self, tenant: &Arc<Tenant>, principal: &Arc<Principal>, request: Request) -> Result<Reply> {
        if request.calls.is_empty() || request.calls.len() > BATCH_MAX {
            return Err(Problem::malformed(format!("a request has from 1 to {BATCH_MAX} actions")));
        }
        if request.idempotency_key.as_ref().is_some_and(|key| key.len() > KEY_MAX || key.is_empty()) {
            return Err(Problem::malformed(format!("an idempotency key has from 1 to {KEY_MAX} characters")));
        }
        let mut reads = true;
        for call in &request.calls {
            reads &= tenant.action(&call.action)?.effect == Effect::Read;
        }
        let run = Uuid::now_v7();
        let preview = request.preview;
        let company = request.company;
        let name = request.name();
        let tenant_name = tenant.slug.as_str();
        let span =
            tracing::debug_span!("action", otel.name = name, tenant = tenant_name, %run, preview, refused = Empty);
        let ended = span.clone();
        let served = async {
            if reads {
                self.read_in(tenant, principal, company, |ctx| Box::pin(serve(ctx, request))).await
            } else {
                self.write_in(tenant, principal, company, run, !preview, |ctx| Box::pin(serve(ctx, request))).await
            }
        };
        let served = served.instrument(span).await;
        if let Err(problem) = &served {
            ended.record("refused", tracing::field::debug(problem.kind));
        }
        match served? {
            // Here nobody waits for the writer.
            Served::Done(reply, Some(answers)) => {
                Ok(Reply { outputs: answers.into_iter().map(Answer::into_json).collect(), ..reply })
            }
            Served::Done(reply, None) => Ok(reply),
            Served::Held(request, hold) => self.ask_for_approval(tenant, principal, *request, hold).await,
        }
    }

    /// Runs `job` in a transaction of the tenant's writer; nothing is kept when it fails or `keep` is false.
    pub(crate) async fn write_in<T, F>(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        company: Option<Uuid>,
        run: Uuid,
        keep: bool,
        job: F,
    ) -> Result<T>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a mut Ctx) -> BoxFuture<'a, Result<T>> + Send + 'static,
    {
        let (registry, owner, principal) = (Arc::clone(tenant.registry()), Arc::clone(tenant), Arc::clone(principal));
        let generation = tenant.generation();
        let control = Arc::clone(&self.control);
        let trace = trace::current();
        let work = move |tx: Tx| -> BoxFuture<'static, Written<T>> {
            Box::pin(async move {
                let tenant = Arc::clone(&owner);
                let begun = Ctx::new(registry, owner, principal, tx, company, run, generation).await;
                let begun = begun.and_then(|mut ctx| {
                    ctx.seen = tenant.seen_at(ctx.tx.log_end()?);
                    // Remembered before there is an event of the run, which somebody may follow at once.
                    trace.iter().for_each(|trace| tenant.traces.note(run, trace));
                    ctx.trace = trace;
                    Ok(ctx)
                });
                let mut ctx = match begun {
                    Ok(ctx) => ctx,
                    Err(problem) => return (Verdict::Discard, (Err(problem), Follows::default())),
                };
                let mut result = job(&mut ctx).await;
                if result.is_ok()
                    && ctx.touched_manifests
                    && let Err(problem) = ctx.reform().await
                {
                    result = Err(problem);
                }
                if keep
                    && result.is_ok()
                    && let Err(problem) = ctx.ask_for_news().await
                {
                    result = Err(problem);
                }
                if result.is_ok()
                    && let Err(problem) = ctx.ask_followers().await
                {
                    result = Err(problem);
                }
                if result.is_ok()
                    && let Err(problem) = ctx.hold_limits().await
                {
                    result = Err(problem);
                }
                // What is not kept is made all the same, so that a preview tells of every refusal.
                if !keep
                    && result.is_ok()
                    && let Err(error) = ctx.tx.settle().await
                {
                    result = Err(error.into());
                }
                if keep
                    && result.is_ok()
                    && ctx.touched_core
                    && let Err(error) = ctx.tx.new_epoch().await
                {
                    result = Err(error.into());
                }
                // Noted before it is there: who dies between the two has others look for it in vain.
                if keep
                    && result.is_ok()
                    && let Some(at) = ctx.work_at
                    && let Err(error) = control.note_work(&tenant.slug, at)
                {
                    result = Err(error.into());
                }
                let verdict = if keep && result.is_ok() { Verdict::Keep } else { Verdict::Discard };
                if let Ok(end) = ctx.tx.log_end() {
                    tenant.keep_seen(end, ctx.seen, verdict == Verdict::Keep);
                }
                let kept = verdict == Verdict::Keep;
                let follows = Follows {
                    signed_out: (ctx.touched_core && kept).then_some(ctx.signed_out),
                    reformed: ctx.touched_manifests && kept,
                    work_at: ctx.work_at,
                };
                (verdict, (result, follows))
            })
        };
        let (result, follows) = self.still_here(tenant, tenant.database.write(work).await)?;
        if follows.reformed {
            self.renew_tenant(tenant);
        }
        if keep && result.is_ok() {
            self.tell(tenant);
            if let Some(at) = follows.work_at {
                self.tell_work(tenant, at);
            }
        }
        if let Some(signed_out) = follows.signed_out {
            tenant.forget();
            for user in signed_out {
                // The change is durable: what is told of it does not depend on this.
                if let Err(error) = self.control.end_sessions_of(&tenant.slug, user) {
                    tracing::error!(%error, %user, "the sessions of a user who left could not be ended");
                }
            }
        }
        result
    }

    /// Runs `job` on a snapshot.
    pub(crate) async fn read_in<T, F>(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
        company: Option<Uuid>,
        job: F,
    ) -> Result<T>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a mut Ctx) -> BoxFuture<'a, Result<T>> + Send + 'static,
    {
        let (registry, owner, principal) = (Arc::clone(tenant.registry()), Arc::clone(tenant), Arc::clone(principal));
        let generation = tenant.generation();
        let work = move |tx: Tx| -> BoxFuture<'static, Result<T>> {
            Box::pin(async move {
                let mut ctx = Ctx::new(registry, owner, principal, tx, company, Uuid::nil(), generation).await?;
                job(&mut ctx).await
            })
        };
        self.still_here(tenant, tenant.database.read(work).await)?
    }
}
