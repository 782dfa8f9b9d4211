//! The limits of a plan, held inside the transaction that would go beyond them.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use nexus_model::{Problem, Record, Value};
use nexus_store::{Change, Filter, Verb};
use serde_json::json;

use crate::core::User;
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::entity::Entity;
use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::{Result, Tenant};

/// How long a database is taken to be as large as it was found.
const SIZE_AGE: Duration = Duration::from_secs(60);

/// What a tenant uses of its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Usage {
    pub users: u64,
    pub records: u64,
    pub storage_bytes: u64,
}

impl Kernel {
    /// What a tenant uses now, counted.
    pub async fn usage(&self, tenant: &Arc<Tenant>) -> Result<Usage> {
        let system = Arc::new(Principal::system());
        self.read_in(tenant, &system, None, |ctx| {
            Box::pin(async move {
                let users = ctx.active_users(None).await?;
                let (records, files) = (ctx.tx.count_records().await?, ctx.file_bytes().await?);
                let storage_bytes = ctx.tx.size_bytes().await? + files;
                Ok(Usage { users, records, storage_bytes })
            })
        })
        .await
    }
}

impl Ctx {
    /// Notes a write for the limits of the plan: of records here, and of users at once.
    pub(crate) async fn count_write(&mut self, record: &Record, verb: Verb, changes: &[Change]) -> Result<()> {
        let more = match verb {
            Verb::Create | Verb::Restore => 1,
            Verb::Update => 0,
            Verb::Delete => -1,
        };
        self.more_records += more;
        let Some(allowed) = self.tenant.plan().limits.users else { return Ok(()) };
        if record.object().name.as_str() != User::OBJECT || *record.get("active") != Value::Bool(true) {
            return Ok(());
        }
        if more < 1 && !changes.iter().any(|change| change.field == "active") {
            return Ok(());
        }
        let used = self.active_users(Some(allowed + 1)).await?;
        if used <= allowed {
            return Ok(());
        }
        Err(self.tenant.full("users", allowed, used - 1, "users who may sign in", "deactivate one"))
    }

    /// Users who may sign in, counted up to a number.
    async fn active_users(&mut self, most: Option<u64>) -> Result<u64> {
        let object = Arc::clone(self.registry.object(User::OBJECT)?);
        let active = Filter::Equals("active".to_owned(), Value::Bool(true));
        let elevated = std::mem::replace(&mut self.elevated, true);
        let counted = self.count_of(&object, Ask { filters: vec![active], ..Ask::default() }, most).await;
        self.elevated = elevated;
        counted
    }

    /// Holds the limits of records and of storage, once all of the work is done.
    pub(crate) async fn hold_limits(&mut self) -> Result<()> {
        let limit = self.tenant.plan().limits.records;
        if let (Some(allowed), 1..) | (Some(allowed), ..=-1) = (limit, self.more_records) {
            let there = self.tx.tally_records(self.more_records, self.tenant.terms.period).await?;
            if self.more_records > 0 && there > allowed {
                let used = there.saturating_add_signed(-self.more_records);
                return Err(self.tenant.full("records", allowed, used, "records", "delete what nobody needs"));
            }
        }
        if self.more_records > 0 { self.hold_storage().await } else { Ok(()) }
    }

    /// Holds the limit of storage: of the database, and of the files beside it.
    pub(crate) async fn hold_storage(&mut self) -> Result<()> {
        let Some(allowed) = self.tenant.plan().limits.storage_mib else { return Ok(()) };
        let used = self.size_bytes().await?;
        if used.saturating_add(self.more_bytes) <= allowed << 20 {
            return Ok(());
        }
        let remedy = "what is there can still be changed";
        Err(self.tenant.full("storage_mib", allowed, used >> 20, "MiB of storage", remedy))
    }

    /// How large the database and the files are, or were a minute ago.
    async fn size_bytes(&mut self) -> Result<u64> {
        let tenant = Arc::clone(&self.tenant);
        let known = *tenant.measured.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, bytes)) = known
            && at.elapsed() < SIZE_AGE
        {
            return Ok(bytes);
        }
        let bytes = self.tx.size_bytes().await? + self.file_bytes().await?;
        *tenant.measured.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), bytes));
        Ok(bytes)
    }
}

impl Tenant {
    /// A limit that is reached: how much there may be, how much there is, and what helps.
    fn full(&self, limit: &str, allowed: u64, used: u64, what: &str, remedy: &str) -> Problem {
        let room = format!("the plan {} of {} has room for {allowed} {what}", self.plan().label, self.name);
        self.beyond(limit, format!("{room}, and {used} are in use: {remedy}"))
            .with("allowed", json!(allowed))
            .with("used", json!(used))
    }
}
