//! A tenant while it is open: its database, and what is remembered of its people and companies.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Instant;

use nexus_model::{Timestamp, Uuid};
use nexus_store::{Database, LogEnd, TenantEntry};
use tokio::sync::watch;

use crate::ctx::CompanyInfo;
use crate::ctx::seen::{Lasting, Seen};
use crate::options::{Clock, Options};
use crate::principal::Principal;
use crate::standing::Standing;
use crate::terms::Terms;
use crate::trace::Traces;

/// One tenant.
pub struct Tenant {
    pub slug: String,
    pub name: String,
    /// A copy to rehearse on, which has no effect outside.
    pub is_branch: bool,
    pub database: Arc<Database>,
    pub(crate) terms: Terms,
    pub(crate) standing: watch::Sender<Standing>,
    /// How many bytes the database had, and when.
    pub(crate) measured: Mutex<Option<(Instant, u64)>>,
    /// One at a time feeds the search index.
    pub(crate) feeding: tokio::sync::Mutex<()>,
    /// How far its index was seen to have come, and whether it is being made.
    pub(crate) indexed: Mutex<Option<(i64, bool)>>,
    pub(crate) traces: Traces,
    /// Its apps' schedules are there.
    pub(crate) scheduled: AtomicBool,
    clock: Clock,
    /// There is a way to send mail.
    pub(crate) mails: bool,
    cache: RwLock<Cache>,
    /// What the writer saw last; taken by the job at work.
    lasting: Mutex<Lasting>,
    /// The epoch of the store that the cache is of.
    epoch: AtomicI64,
}

#[derive(Default)]
struct Cache {
    /// Counts how often everything was forgotten.
    generation: u64,
    principals: HashMap<Uuid, Arc<Principal>>,
    companies: Option<Arc<Vec<CompanyInfo>>>,
}

/// People remembered at a time.
const PRINCIPALS_MAX: usize = 10_000;

impl Tenant {
    pub(crate) fn new(entry: TenantEntry, terms: Terms, database: Arc<Database>, options: &Options) -> Tenant {
        let standing = watch::Sender::new(Standing::of(&entry));
        Tenant {
            slug: entry.slug,
            name: entry.name,
            is_branch: entry.branch_of.is_some(),
            database,
            terms,
            standing,
            measured: Mutex::default(),
            feeding: tokio::sync::Mutex::default(),
            indexed: Mutex::default(),
            traces: Traces::default(),
            scheduled: AtomicBool::default(),
            clock: Arc::clone(&options.clock),
            mails: options.mailer.is_some(),
            cache: RwLock::default(),
            lasting: Mutex::default(),
            epoch: AtomicI64::default(),
        }
    }

    /// The time by the kernel's clock.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Whether nobody works on its database or follows its log.
    pub(crate) fn is_idle(&self) -> bool {
        self.database.is_idle()
    }

    /// What the writer has seen of records, where the log still ends so.
    pub(crate) fn seen_at(&self, end: LogEnd) -> Seen {
        std::mem::take(&mut *self.lasting.lock().unwrap_or_else(PoisonError::into_inner)).at(end)
    }

    /// Hands what the writer has seen to its next job.
    pub(crate) fn keep_seen(&self, end: LogEnd, seen: Seen, kept: bool) {
        *self.lasting.lock().unwrap_or_else(PoisonError::into_inner) = Lasting::new(end, seen, kept);
    }

    pub(crate) fn principal(&self, user: Uuid) -> Option<Arc<Principal>> {
        self.cache.read().unwrap_or_else(PoisonError::into_inner).principals.get(&user).cloned()
    }

    /// Tells what is read from now on from what was read before everything was forgotten.
    pub(crate) fn generation(&self) -> u64 {
        self.cache.read().unwrap_or_else(PoisonError::into_inner).generation
    }

    /// Remembers what was read in a generation, if that is not over.
    pub(crate) fn remember_principal(&self, principal: &Arc<Principal>, generation: u64) {
        let mut cache = self.cache.write().unwrap_or_else(PoisonError::into_inner);
        if cache.generation != generation {
            return;
        }
        if cache.principals.len() >= PRINCIPALS_MAX {
            cache.principals.clear();
        }
        cache.principals.insert(principal.user, Arc::clone(principal));
    }

    pub(crate) fn companies(&self) -> Option<Arc<Vec<CompanyInfo>>> {
        self.cache.read().unwrap_or_else(PoisonError::into_inner).companies.clone()
    }

    pub(crate) fn remember_companies(&self, companies: &Arc<Vec<CompanyInfo>>, generation: u64) {
        let mut cache = self.cache.write().unwrap_or_else(PoisonError::into_inner);
        if cache.generation == generation {
            cache.companies = Some(Arc::clone(companies));
        }
    }

    /// Forgets what is older than an epoch, because another process changed people or roles.
    pub(crate) fn forget_before(&self, epoch: i64) {
        if self.epoch.fetch_max(epoch, Ordering::AcqRel) < epoch {
            self.forget();
        }
    }

    /// After a change of users, roles or companies; called when it is durable.
    pub(crate) fn forget(&self) {
        let mut cache = self.cache.write().unwrap_or_else(PoisonError::into_inner);
        *cache = Cache { generation: cache.generation + 1, ..Cache::default() };
    }
}
