//! One tenant's database: a writer with group commit, readers on snapshots.

mod site;
mod writer;

use std::any::Any;
use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, Weak};
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use nexus_model::Schema;
use tokio::sync::{Semaphore, oneshot, watch};

use crate::cells::Stored;
use crate::home::Links;
use crate::migrate::Migration;
use crate::turns::{Taker, Turn};
use crate::tx::Ends;
use crate::{Dialect, Home, StoreError, Tx};
use site::{Site, Whereabouts};

/// Bounds of one database.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Changes that may wait for the writer; further ones are told to come back.
    pub waiting_max: usize,
    /// Changes made durable by one commit.
    pub group_max: usize,
    /// Connections that read side by side.
    pub readers_max: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { waiting_max: 2_048, group_max: 128, readers_max: 4 }
    }
}

/// What becomes of a job's changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Keep,
    /// A failure, or a preview.
    Discard,
}

type Outcome = (Verdict, Box<dyn Any + Send>);

/// Work inside a transaction. It may await only what the transaction answers, never the network.
pub type Job = Box<dyn FnOnce(Tx) -> BoxFuture<'static, Outcome> + Send>;

type Answer = Result<Box<dyn Any + Send>, StoreError>;
type Reply = oneshot::Sender<Answer>;

struct Waiting {
    job: Job,
    reply: Reply,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Waiting>,
    /// A thread is at work and will look at the queue again before it stops.
    running: bool,
    /// That thread waits a moment for the next change.
    gathering: bool,
}

/// Rows changed before the planner's statistics are gathered anew; each time it takes twice as many.
const STUDY_AFTER: u64 = 1_000;

/// A tenant's data. Cheap to share; closed when the last handle is dropped.
pub struct Database {
    limits: Limits,
    /// Where it is; another one after a move.
    site: RwLock<Arc<Site>>,
    whereabouts: OnceLock<Whereabouts>,
    queue: Arc<Mutex<Queue>>,
    /// Rings when a change comes for which the writer waits.
    gathered: Condvar,
    reading: Semaphore,
    taker: Taker,
    schema: Arc<Schema>,
    /// Where log and series end in the group at work.
    ends: Arc<Mutex<Ends>>,
    committed: watch::Sender<i64>,
    /// Somebody asks PostgreSQL for the commits of other processes.
    watching: AtomicBool,
    /// How many changed rows the writer will have seen when statistics are gathered again.
    study_at: AtomicU64,
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panicking job was rolled back to its savepoint, so what it held is sound.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Database {
    /// Opens the home, made when missing, and brings its tables to the manifests' form.
    pub fn open(home: &Home, schema: Arc<Schema>, limits: Limits) -> Result<(Arc<Database>, Migration), StoreError> {
        let (site, report) = Site::open(home, &schema, limits)?;
        let newest = newest_event(&site.links)?;
        let database = Database {
            limits,
            site: RwLock::new(Arc::new(site)),
            whereabouts: OnceLock::new(),
            queue: Arc::default(),
            gathered: Condvar::new(),
            reading: Semaphore::new(limits.readers_max),
            taker: Taker::default(),
            schema,
            ends: Arc::default(),
            committed: watch::Sender::new(newest),
            watching: AtomicBool::new(false),
            study_at: AtomicU64::new(STUDY_AFTER),
        };
        Ok((Arc::new(database), report))
    }

    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// Follows the sequence number of the newest durable event; wakes after each commit, of another process within
    /// [`WATCH`].
    pub fn committed(self: &Arc<Self>) -> watch::Receiver<i64> {
        let receiver = self.committed.subscribe();
        if !self.watching.swap(true, Ordering::AcqRel) {
            tokio::spawn(watch_others(Arc::downgrade(self)));
        }
        receiver
    }

    /// A commit that was heard of; its order among others does not matter.
    fn heard(&self, newest: i64) {
        self.committed.send_if_modified(|seen| {
            let later = *seen < newest;
            *seen = newest.max(*seen);
            later
        });
    }

    /// Whether this is the only handle, with no work under way and nobody who follows the log.
    pub fn is_idle(self: &Arc<Self>) -> bool {
        Arc::strong_count(self) == 1 && self.committed.receiver_count() == 0
    }

    /// Changes that wait now.
    pub fn waiting(&self) -> usize {
        lock(&self.queue).waiting.len()
    }

    /// Runs `job` in a savepoint of the next group; answers after the group is durable.
    pub async fn write<T, F>(self: &Arc<Self>, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(Tx) -> BoxFuture<'static, (Verdict, T)> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |tx| {
            Box::pin(async move {
                let (verdict, value) = job(tx).await;
                (verdict, Box::new(value) as Box<dyn Any + Send>)
            })
        });
        {
            let mut queue = lock(&self.queue);
            if queue.waiting.len() >= self.limits.waiting_max {
                return Err(StoreError::Busy);
            }
            queue.waiting.push_back(Waiting { job, reply });
            if queue.gathering {
                self.gathered.notify_one();
            }
            if !queue.running {
                queue.running = true;
                let database = Arc::clone(self);
                tokio::task::spawn_blocking(move || database.drain());
            }
        }
        let value = answer.await.map_err(|_| StoreError::Panicked("the writer stopped".to_owned()))??;
        Ok(*value.downcast().expect("a job's answer comes back to its asker"))
    }

    /// Runs `job` on a snapshot, beside others and beside the writer.
    pub async fn read<T, F>(self: &Arc<Self>, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(Tx) -> BoxFuture<'static, T> + Send + 'static,
    {
        let _place = self.reading.acquire().await.map_err(|_| StoreError::Busy)?;
        // Others of the tenant read beside this one.
        let crowd = self.reading.available_permits() + 1 < self.limits.readers_max;
        let _turn = self.turn(crowd).await;
        let database = Arc::clone(self);
        let ran = tokio::task::spawn_blocking(move || {
            let (site, lease) = database.begin(false)?;
            let tx = Tx::new(&lease, &database.schema, &site.statements, Arc::default());
            let ran = futures::executor::block_on(AssertUnwindSafe(job(tx)).catch_unwind());
            // A connection that broke has nothing to end, and what the job found of it, it has told.
            let _ = lock(lease.link()).rollback();
            ran.map_err(|panic| StoreError::Panicked(panic_text(panic.as_ref())))
        });
        ran.await.map_err(|error| StoreError::Panicked(error.to_string()))?
    }
}

impl Database {
    /// The turn of one job, or of one of a `crowd`.
    async fn turn(&self, crowd: bool) -> Turn {
        self.taker.take(crowd, self.site().links.dialect == Dialect::Postgres).await
    }
}

/// How often other processes' commits are asked for while somebody follows the log. PostgreSQL could tell by itself,
/// but a notification takes a lock that all commits of the server share, and no pooler passes it on.
const WATCH: Duration = Duration::from_millis(250);

async fn watch_others(database: Weak<Database>) {
    loop {
        tokio::time::sleep(WATCH).await;
        let Some(database) = database.upgrade() else { return };
        if database.committed.receiver_count() == 0 {
            database.watching.store(false, Ordering::Release);
            // Whoever came between the two lines is followed on.
            if database.committed.receiver_count() == 0 || database.watching.swap(true, Ordering::AcqRel) {
                return;
            }
        }
        let site = database.site();
        if site.links.dialect == Dialect::Sqlite {
            // There is one process alone, until the tenant moves.
            continue;
        }
        let asked = tokio::task::spawn_blocking(move || {
            if let Ok(newest) = newest_event(&site.links) {
                database.heard(newest);
            }
        });
        // Where the server is away, the next time may find it.
        let _ = asked.await;
    }
}

fn newest_event(links: &Links) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(max(seq), 0) FROM _event";
    let newest = links.snapshot(|link| link.query(sql, &[], |mut row| Ok(row.pop().and_then(Stored::int))))?;
    Ok(newest.first().copied().flatten().unwrap_or_default())
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic without words".to_owned())
}
