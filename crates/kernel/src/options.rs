//! Where a kernel keeps its data, and its bounds.

use std::collections::BTreeMap;
use std::sync::Arc;

use nexus_model::Timestamp;
use nexus_store::{Limits, Storage};

use crate::carry::Broker;
use crate::files::FileOptions;
use crate::notify::Mailer;
use crate::plan::Plan;
use crate::search::Indexer;
use crate::sheets::Sheets;

/// What time it is.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Tenants open at a time, when nothing says how many.
pub const TENANTS_MAX: usize = 256;

/// Tenants that one PostgreSQL database takes, when nothing says how many: each has some hundred tables, and the
/// catalogue of all is searched for each.
pub const TENANTS_PER_DATABASE: u64 = 1_000;

/// Jobs that a process runs at a time, when nothing says how many.
pub const JOBS_MAX: usize = 16;

/// Where a kernel keeps its data, its bounds and its clock.
#[derive(Clone)]
pub struct Options {
    /// Where new tenants and the control tables are.
    pub storage: Storage,
    /// Further places for tenants, by name.
    pub places: BTreeMap<String, Storage>,
    pub limits: Limits,
    /// Tenants open at a time; more only while more are in use.
    pub tenants_max: usize,
    /// Tenants that one PostgreSQL database takes.
    pub tenants_per_database: u64,
    /// The plans that a tenant may have, by name.
    pub plans: BTreeMap<String, Arc<Plan>>,
    /// The system's clock, unless a test or a rehearsal sets its own.
    pub clock: Clock,
    /// Takes events out of the process; subscribers then hear of them from there.
    pub broker: Option<Arc<dyn Broker>>,
    /// Looks words up; without one there is no search over all objects.
    pub indexer: Option<Arc<dyn Indexer>>,
    /// Where what files contain is kept.
    pub files: FileOptions,
    /// Reads and writes workbooks; without one imports and exports are text alone.
    pub sheets: Option<Arc<dyn Sheets>>,
    /// Jobs that the process runs at a time.
    pub jobs_max: usize,
    /// Takes mail out of the process; without one people are told in the app alone.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// Where people reach this server, for links in mail.
    pub public_url: Option<String>,
}

impl Options {
    pub fn new(storage: Storage) -> Options {
        let clock: Clock = Arc::new(Timestamp::now);
        let (places, plans, limits) = (BTreeMap::new(), BTreeMap::new(), Limits::default());
        let files = FileOptions::new(None);
        let (tenants_max, tenants_per_database) = (TENANTS_MAX, TENANTS_PER_DATABASE);
        let (broker, indexer, sheets, mailer, public_url) = (None, None, None, None, None);
        let jobs_max = JOBS_MAX;
        Options {
            storage,
            places,
            limits,
            tenants_max,
            tenants_per_database,
            plans,
            clock,
            broker,
            indexer,
            files,
            sheets,
            jobs_max,
            mailer,
            public_url,
        }
    }
}
