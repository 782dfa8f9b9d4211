//! What a tenant has by its plan: apps, and calls a minute.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use nexus_model::manifest::ManifestError;
use nexus_model::{Object, Problem, Timestamp};
use nexus_store::{Home, TenantEntry};
use serde_json::json;

use crate::app::Report;
use crate::kernel::Kernel;
use crate::plan::Plan;
use crate::registry::{Action, Registry};
use crate::{Kind, Result, Tenant};

/// The apps of each plan put together, by the plan's name.
pub(crate) type Registries = Mutex<BTreeMap<String, Arc<Registry>>>;

/// A tenant's plan, for as long as the tenant is open.
pub(crate) struct Terms {
    pub(crate) plan: Arc<Plan>,
    /// The apps that the tenant has, with what it has declared for itself.
    pub(crate) registry: Arc<Registry>,
    /// The apps alone.
    pub(crate) base: Arc<Registry>,
    /// What of its own manifests does not fit them any more.
    pub(crate) aside: Vec<ManifestError>,
    /// When it changed its own manifests last, as the control tables know.
    customised_at: Option<Timestamp>,
    /// Apps of this process that it does not have.
    absent: Vec<String>,
    /// When the plan began, in microseconds since 1970; the count of records is of this period.
    pub(crate) period: i64,
    calls: Option<DefaultDirectRateLimiter>,
}

impl Kernel {
    /// The terms of a tenant whose data are at `home`.
    pub(crate) fn terms(&self, entry: &TenantEntry, home: &Home) -> Result<Terms> {
        let plan = match &entry.plan {
            Some(name) => Arc::clone(self.plan(name)?),
            None => Arc::new(Plan::boundless()),
        };
        let base = self.registry_of(&plan)?;
        let (registry, aside) = self.registry_at(&base, home)?;
        let all = self.registry.schema.apps.keys();
        let absent = all.filter(|app| !base.schema.apps.contains_key(*app)).cloned().collect();
        let period = period(entry);
        let calls = plan.limits.calls_per_minute.map(|calls| RateLimiter::direct(Quota::per_minute(calls)));
        let customised_at = entry.customised_at;
        Ok(Terms { plan, registry, base, aside, customised_at, absent, period, calls })
    }

    /// A plan by its name.
    pub fn plan(&self, name: &str) -> Result<&Arc<Plan>> {
        self.options.plans.get(name).ok_or_else(|| {
            let known: Vec<&str> = self.options.plans.keys().map(String::as_str).collect();
            let known = if known.is_empty() { "none is".to_owned() } else { known.join(", ") };
            Problem::not_found(format!(
                "the plan `{name}` is not described here ({known}); put its file beside the others"
            ))
        })
    }

    fn registry_of(&self, plan: &Plan) -> Result<Arc<Registry>> {
        let Some(apps) = &plan.apps else { return Ok(Arc::clone(&self.registry)) };
        let mut registries = self.registries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = registries.get(&plan.name) {
            return Ok(Arc::clone(known));
        }
        let made = self.registry.only(apps).map_err(|error| Problem::internal(error.to_string()))?;
        let made = Arc::new(made);
        registries.insert(plan.name.clone(), Arc::clone(&made));
        Ok(made)
    }
}

fn period(entry: &TenantEntry) -> i64 {
    entry.plan_since.map_or(0, nexus_model::Timestamp::as_microsecond)
}

impl Terms {
    /// Whether a tenant of this entry would be opened on these terms.
    pub(crate) fn are_of(&self, entry: &TenantEntry) -> bool {
        entry.plan.as_deref().unwrap_or_default() == self.plan.name
            && period(entry) == self.period
            && entry.customised_at == self.customised_at
    }
}

impl Tenant {
    pub fn plan(&self) -> &Plan {
        &self.terms.plan
    }

    /// The apps that the tenant has.
    pub fn registry(&self) -> &Arc<Registry> {
        &self.terms.registry
    }

    /// That the tenant has an app.
    ///
    /// # Errors
    /// Denied, with the plan and the remedy; an app that is nowhere is for the caller to miss.
    pub fn has(&self, app: &str) -> Result<()> {
        if !self.terms.absent.iter().any(|absent| absent == app) {
            return Ok(());
        }
        Err(self.beyond("apps", format!("the plan {} of {} has no app {app}", self.plan().label, self.name)))
    }

    /// An action by its full name.
    pub fn action(&self, name: &str) -> Result<&Arc<Action>> {
        self.has(name.split('.').next().unwrap_or_default())?;
        self.registry().action(name)
    }

    /// A report by its app and name.
    pub(crate) fn report(&self, app: &str, name: &str) -> Result<&Report> {
        self.has(app)?;
        self.registry().report(app, name)
    }

    /// An object by its REST path.
    pub fn object_at(&self, app: &str, segment: &str) -> Result<&Arc<Object>> {
        self.has(app)?;
        self.registry().object_at(app, segment)
    }

    /// An object as `app.object` or `app/objects`.
    pub fn object(&self, name: &str) -> Result<&Arc<Object>> {
        self.has(name.split(['.', '/']).next().unwrap_or_default())?;
        self.registry().object(name)
    }

    /// Counts a call against the plan.
    ///
    /// # Errors
    /// Busy, with the seconds to wait.
    pub fn count_call(&self) -> Result<()> {
        let (Some(calls), Some(allowed)) = (&self.terms.calls, self.plan().limits.calls_per_minute) else {
            return Ok(());
        };
        let Err(early) = calls.check() else { return Ok(()) };
        let wait = early.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
        let detail = format!(
            "the plan {} of {} has {allowed} calls a minute, and they are used up",
            self.plan().label,
            self.name
        );
        let problem = self.beyond("calls_per_minute", format!("{detail}: wait {wait} s"));
        Err(Problem { kind: Kind::Busy, ..problem }.with("retry_after", json!(wait)))
    }

    /// A refusal by the plan: what it is about, and who can give more.
    pub(crate) fn beyond(&self, limit: &str, detail: String) -> Problem {
        let remedy = format!("whoever runs this server can give a larger plan: nexus tenant plan {} PLAN", self.slug);
        Problem::denied(format!("{detail}; {remedy}")).with("limit", json!(limit)).with("plan", json!(self.plan().name))
    }
}
