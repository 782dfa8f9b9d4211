//! A connection to either database, and a bounded number of them.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_query::Value as Cell;
use tokio::runtime::{Handle, RuntimeFlavor};

use crate::cells::{Plain, Stored, plain};
use crate::claim::Claim;
use crate::condition::CompileError;
use crate::database::lock;
use crate::journal::LogTable;
use crate::postgres::{Line, quoted};
use crate::sqlite::File;
use crate::statements::SqlText;
use crate::tables::{copy_of, insert_of};
use crate::{Dialect, StoreError, sqlite};

/// One connection. What differs between the databases ends here.
pub(crate) enum Link {
    Sqlite(Box<File>),
    Postgres(Box<Line>),
}

impl Link {
    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Link::Sqlite(_) => Dialect::Sqlite,
            Link::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Begins a transaction, on PostgreSQL in a schema; the answer to `ask` (see [`crate::home::Links::ask_standing`]).
    pub(crate) fn begin(&mut self, schema: &Arc<str>, writes: bool, ask: &str) -> Result<Option<String>, StoreError> {
        match self {
            Link::Sqlite(file) => file.begin(writes, ask),
            Link::Postgres(line) => line.begin(schema, writes, ask),
        }
    }

    /// Whether there still is a transaction. A full disk ends SQLite's without being asked, and a broken connection
    /// PostgreSQL's.
    pub(crate) fn is_in_transaction(&self) -> bool {
        match self {
            Link::Sqlite(file) => !file.is_autocommit(),
            Link::Postgres(line) => !line.is_away(),
        }
    }

    /// Why there is no transaction any more.
    pub(crate) fn loss(&self) -> StoreError {
        match self {
            Link::Sqlite(file) => file.loss(),
            Link::Postgres(_) => StoreError::Away("the connection broke".to_owned()),
        }
    }

    pub(crate) fn commit(&mut self) -> Result<(), StoreError> {
        match self {
            Link::Sqlite(file) => file.commit(),
            Link::Postgres(line) => line.commit(),
        }
    }

    pub(crate) fn rollback(&mut self) -> Result<(), StoreError> {
        match self {
            Link::Sqlite(file) => file.rollback(),
            Link::Postgres(line) => line.rollback(),
        }
    }

    /// Marks a place to return to.
    pub(crate) fn savepoint(&mut self, name: &'static str) -> Result<(), StoreError> {
        match self {
            Link::Sqlite(file) => file.savepoint(name),
            Link::Postgres(line) => line.savepoint(name),
        }
    }

    /// Keeps everything since the newest place, and forgets it; a change that is refused is told here.
    pub(crate) fn release(&mut self) -> Result<(), StoreError> {
        match self {
            Link::Sqlite(file) => file.release(),
            Link::Postgres(line) => line.release(),
        }
    }

    /// Takes back everything since the newest place of this name, and forgets it and those after it.
    pub(crate) fn rollback_to(&mut self, name: &str) -> Result<(), StoreError> {
        match self {
            Link::Sqlite(file) => file.rollback_to(name),
            Link::Postgres(line) => line.rollback_to(name),
        }
    }

    /// Makes what was asked for and not made yet; a change that is refused is told here.
    pub(crate) fn settle(&mut self) -> Result<(), StoreError> {
        match self {
            Link::Sqlite(file) => file.settle(),
            Link::Postgres(line) => line.flush(),
        }
    }

    /// Runs statements without parameters.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Link::Sqlite(file) => file.batch(sql),
            Link::Postgres(line) => line.batch(sql),
        }
    }

    /// Runs a statement that answers nothing at once; the count of rows it changed.
    pub(crate) fn execute(&mut self, sql: &str, cells: &[Cell]) -> Result<usize, StoreError> {
        match self {
            Link::Sqlite(file) => file.execute(sql, cells),
            Link::Postgres(line) => {
                let (_, changed) = line.query(sql, cells, |_| Ok(()))?;
                Ok(usize::try_from(changed).unwrap_or(usize::MAX))
            }
        }
    }

    /// Runs a statement whose answer does not matter before anything is asked that could tell, or at the end of the
    /// savepoint. If a rule of the data may refuse it, the `claim` says what it would store.
    pub(crate) fn execute_later(
        &mut self,
        sql: SqlText,
        cells: Vec<Cell>,
        claim: Option<Box<Claim>>,
    ) -> Result<(), StoreError> {
        match self {
            Link::Sqlite(file) => {
                file.hold(sql, cells, claim);
                Ok(())
            }
            Link::Postgres(line) => line.execute_later(&sql, cells, claim),
        }
    }

    /// Adds a row to a table of the log, which is read after [`Link::send_log`].
    pub(crate) fn append(&mut self, table: LogTable, row: Vec<Cell>) {
        match self {
            Link::Sqlite(file) => file.append(table, row),
            Link::Postgres(line) => line.append(table, row),
        }
    }

    pub(crate) fn send_log(&mut self) -> Result<(), StoreError> {
        match self {
            Link::Sqlite(file) => file.settle(),
            Link::Postgres(line) => line.send_log(),
        }
    }

    /// Fills a table with rows; on PostgreSQL by `COPY`.
    pub(crate) fn fill(&mut self, table: &str, columns: &[String], rows: &[Vec<Cell>]) -> Result<(), StoreError> {
        match self {
            Link::Sqlite(file) => {
                let sql = insert_of(table, columns);
                rows.iter().try_for_each(|row| file.execute(&sql, row).map(drop))
            }
            Link::Postgres(line) => {
                let (select, copy) = copy_of(table, columns);
                let types = line.types(&select)?;
                line.copy(&copy, &types, rows)
            }
        }
    }

    /// Makes room for temporary tables, which questions look into first, in a transaction that reads.
    pub(crate) fn make_room(&mut self) -> Result<(), StoreError> {
        match self {
            Link::Sqlite(_) => Ok(()),
            Link::Postgres(line) => line.make_room(),
        }
    }

    /// After a temporary table was made: statements that have its name lead to it from now on.
    pub(crate) fn look_anew(&mut self) {
        // SQLite notices by itself.
        if let Link::Postgres(line) = self {
            line.look_anew();
        }
    }

    /// What a lasting table's name is qualified with.
    pub(crate) fn home(&self) -> String {
        match self {
            Link::Sqlite(_) => "main".to_owned(),
            Link::Postgres(line) => quoted(line.schema()),
        }
    }

    /// Runs a query about anything but the log, and hands each row's cells to `each`.
    pub(crate) fn query<T>(
        &mut self,
        sql: &str,
        cells: &[Cell],
        each: impl FnMut(Vec<Stored>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        // No stored text has it, and PostgreSQL would end the transaction over it.
        if cells.iter().any(|cell| matches!(plain(cell), Some(Plain::Text(text)) if text.contains('\0'))) {
            return Err(CompileError("a question may not contain the character NUL".to_owned()).into());
        }
        if let Link::Sqlite(file) = self {
            file.settle_records()?;
        }
        self.look(sql, cells, each)
    }

    /// Runs a query whose answer no change can have altered that was not made yet.
    pub(crate) fn look<T>(
        &mut self,
        sql: &str,
        cells: &[Cell],
        each: impl FnMut(Vec<Stored>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        match self {
            Link::Sqlite(file) => sqlite::query(file, sql, cells, each),
            Link::Postgres(line) => line.query(sql, cells, each).map(|(found, _)| found),
        }
    }

    /// Asks for the file's one writer again and again, where others hold it without a pause.
    pub(crate) fn insist(&mut self) -> Result<(), StoreError> {
        match self {
            Link::Sqlite(file) => sqlite::insist(file),
            Link::Postgres(_) => Ok(()),
        }
    }

    /// Whether it has the schema's statements prepared; a file has but one.
    fn worked_in(&self, schema: &str) -> bool {
        match self {
            Link::Sqlite(_) => true,
            Link::Postgres(line) => line.schema() == schema,
        }
    }

    fn is_away(&self) -> bool {
        matches!(self, Link::Postgres(line) if line.is_away())
    }
}

/// How long somebody waits for a connection while others have all of them.
const WAIT: Duration = Duration::from_secs(10);

/// Does what may take a while; a thread that serves requests hands its others over meanwhile.
pub fn waiting<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current() {
        Ok(handle) if handle.runtime_flavor() == RuntimeFlavor::MultiThread => tokio::task::block_in_place(work),
        _ => work(),
    }
}

type Make = Box<dyn Fn() -> Result<Link, StoreError> + Send + Sync>;

/// Connections that are opened when they are needed first; who finds none left waits for one.
pub(crate) struct Pool {
    idle: Mutex<Idle>,
    freed: Condvar,
    limit: usize,
    make: Make,
}

#[derive(Default)]
struct Idle {
    links: Vec<Arc<Mutex<Link>>>,
    /// Connections that exist, in use or not.
    made: usize,
}

impl Pool {
    pub(crate) fn new(limit: usize, make: Make) -> Arc<Pool> {
        Arc::new(Pool { idle: Mutex::default(), freed: Condvar::new(), limit: limit.max(1), make })
    }

    /// A connection, rather one that worked in `schema` last.
    pub(crate) fn take(self: &Arc<Self>, schema: &str) -> Result<Lease, StoreError> {
        let until = Instant::now() + WAIT;
        let lease = |link| Lease { link, epoch: 0, pool: Some(Arc::clone(self)) };
        // Where the server takes no more connections, those that there are must do.
        let (mut limit, mut refused) = (self.limit, None);
        let mut idle = lock(&self.idle);
        loop {
            let known = idle.links.iter().rposition(|link| lock(link).worked_in(schema));
            if let Some(at) = known {
                return Ok(lease(idle.links.swap_remove(at)));
            }
            if idle.made < limit {
                idle.made += 1;
                drop(idle);
                let made = (self.make)();
                idle = lock(&self.idle);
                match made {
                    Ok(link) => return Ok(lease(Arc::new(Mutex::new(link)))),
                    Err(error) => {
                        idle.made -= 1;
                        self.freed.notify_one();
                        if idle.made == 0 {
                            return Err(error);
                        }
                        (limit, refused) = (0, Some(error));
                    }
                }
            }
            if let Some(link) = idle.links.pop() {
                return Ok(lease(link));
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || (limit == 0 && idle.made == 0) {
                return Err(refused.unwrap_or(StoreError::Busy));
            }
            idle = waiting(|| self.freed.wait_timeout(idle, left)).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Closes the connections that nobody uses.
    pub(crate) fn clear(&self) {
        let mut idle = lock(&self.idle);
        idle.made -= idle.links.len();
        idle.links.clear();
    }
}

/// A connection in use; it goes back where it came from.
pub(crate) struct Lease {
    link: Arc<Mutex<Link>>,
    /// What [`crate::home::EPOCH`] was when the transaction began; 0 in a file.
    pub(crate) epoch: i64,
    pool: Option<Arc<Pool>>,
}

impl Lease {
    /// One that belongs to nobody else.
    pub(crate) fn own(link: Arc<Mutex<Link>>) -> Lease {
        Lease { link, epoch: 0, pool: None }
    }

    pub(crate) fn link(&self) -> &Arc<Mutex<Link>> {
        &self.link
    }

    /// The connection to PostgreSQL that it is.
    pub(crate) fn line<T>(&self, work: impl FnOnce(&mut Line) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match &mut *lock(&self.link) {
            Link::Postgres(line) => work(line),
            Link::Sqlite(_) => Err(StoreError::Migration("this needs PostgreSQL".to_owned())),
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(pool) = self.pool.take() else { return };
        let mut idle = lock(&pool.idle);
        if lock(&self.link).is_away() {
            idle.made -= 1;
        } else {
            idle.links.push(Arc::clone(&self.link));
        }
        drop(idle);
        pool.freed.notify_one();
    }
}
