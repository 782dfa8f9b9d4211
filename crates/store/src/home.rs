//! Where databases are: files of a folder, or schemas of a PostgreSQL server.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::link::{Lease, Link, Pool};
use crate::postgres::Server;
use crate::standing::{self, Standing};
use crate::{Dialect, StoreError, database::lock, sqlite};

/// The series that counts changes of people and roles, so that every process knows what it remembers is of old.
pub(crate) const EPOCH: &str = "_people";

/// Attempts to begin a transaction on a server that was away.
const BEGIN_MAX: usize = 3;

/// Where one database is.
#[derive(Clone)]
pub enum Home {
    /// A file of SQLite.
    File(PathBuf),
    /// A schema of a PostgreSQL database.
    Schema { server: Arc<Server>, name: Arc<str> },
}

/// Room for tenants.
#[derive(Clone)]
pub enum Storage {
    /// A folder with one file a tenant.
    Folder(PathBuf),
    /// A PostgreSQL database with one schema a tenant.
    Server(Arc<Server>),
}

impl Storage {
    /// Where the tenant of this short name is.
    pub fn tenant(&self, slug: &str) -> Home {
        match self {
            Storage::Folder(folder) => Home::File(folder.join("tenants").join(format!("{slug}.db"))),
            Storage::Server(server) => {
                Home::Schema { server: Arc::clone(server), name: format!("tenant_{}", slug.replace('-', "_")).into() }
            }
        }
    }

    /// Where the control tables are.
    pub(crate) fn control(&self) -> Home {
        match self {
            Storage::Folder(folder) => Home::File(folder.join("control.db")),
            Storage::Server(server) => {
                Home::Schema { server: Arc::clone(server), name: crate::postgres::SHARED.into() }
            }
        }
    }
}

impl Home {
    /// Removes the database, if there is one. Nobody may have it open.
    pub fn clear(&self) -> Result<(), StoreError> {
        match self {
            Home::File(path) => {
                for suffix in ["", "-wal", "-shm", "-moving"] {
                    match std::fs::remove_file(beside(path, suffix)) {
                        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                        _ => {}
                    }
                }
                Ok(())
            }
            Home::Schema { server, name } => {
                let schema = crate::postgres::quoted(name);
                server.link(name)?.line(|line| line.batch(&format!("DROP SCHEMA IF EXISTS {schema} CASCADE")))
            }
        }
    }
}

/// The file of the same name and more.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The connections to one database.
pub(crate) struct Links {
    pub(crate) home: Home,
    pub(crate) dialect: Dialect,
    /// The schema that a transaction works in; empty in a file.
    schema: Arc<str>,
    from: From,
    /// What each transaction asks as it begins.
    ask: String,
}

enum From {
    /// One connection writes, others read. Readers go first: who closes the file last puts its log away, and a reader
    /// may not.
    File {
        readers: Arc<Pool>,
        writer: Arc<Mutex<Link>>,
    },
    Server(Arc<Server>),
}

impl Links {
    /// Opens a home, made when missing; `readers` connections may read a file side by side.
    pub(crate) fn open(home: &Home, readers: usize) -> Result<Links, StoreError> {
        Ok(match home {
            Home::File(path) => {
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder)?;
                }
                let writer = Arc::new(Mutex::new(Link::Sqlite(Box::new(sqlite::open_writer(path)?))));
                let path: Box<Path> = path.as_path().into();
                let make = move || Ok(Link::Sqlite(Box::new(sqlite::open_reader(&path)?)));
                let readers = Pool::new(readers, Box::new(make));
                Links {
                    home: home.clone(),
                    dialect: Dialect::Sqlite,
                    schema: "".into(),
                    from: From::File { writer, readers },
                    ask: String::new(),
                }
            }
            Home::Schema { server, name } => {
                let schema = crate::postgres::quoted(name);
                server.link(name)?.line(|line| line.batch(&format!("CREATE SCHEMA IF NOT EXISTS {schema}")))?;
                Links {
                    home: home.clone(),
                    dialect: Dialect::Postgres,
                    schema: Arc::clone(name),
                    from: From::Server(Arc::clone(server)),
                    ask: String::new(),
                }
            }
        })
    }

    /// From now on every transaction learns whether the data are still here, and the epoch, which takes the engine's
    /// tables.
    pub(crate) fn ask_standing(&mut self) {
        self.ask = match self.dialect {
            Dialect::Sqlite => standing::ASK.to_owned(),
            // One value: where the data went, or the epoch.
            Dialect::Postgres => {
                let ask = standing::ASK;
                format!("SELECT coalesce(({ask}), (SELECT last::text FROM _series WHERE key = '{EPOCH}'))")
            }
        };
    }

    fn take(&self, writes: bool) -> Result<Lease, StoreError> {
        match &self.from {
            From::File { writer, .. } if writes => Ok(Lease::own(Arc::clone(writer))),
            From::File { readers, .. } => readers.take(""),
            From::Server(server) => server.link(&self.schema),
        }
    }

    /// A connection with an open transaction. Nothing is lost by asking again where the server was away.
    pub(crate) fn begin(&self, writes: bool) -> Result<Lease, StoreError> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let mut lease = self.take(writes)?;
            let begun = lock(lease.link()).begin(&self.schema, writes, &self.ask);
            match begun {
                Ok(told) => {
                    let told = told.unwrap_or_default();
                    if let Err(moved) = Standing::check(&told) {
                        lock(lease.link()).rollback()?;
                        return Err(moved);
                    }
                    lease.epoch = told.parse().unwrap_or_default();
                    return Ok(lease);
                }
                Err(StoreError::Away(_)) if attempt < BEGIN_MAX => self.refresh(),
                Err(error) => return Err(error),
            }
        }
    }

    /// Runs statements as one transaction.
    pub(crate) fn change<T>(&self, work: impl FnOnce(&mut Link) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let lease = self.begin(true)?;
        let link = &mut *lock(lease.link());
        match work(link) {
            Ok(done) => link.commit().map(|()| done),
            Err(error) => {
                let _ = link.rollback();
                Err(error)
            }
        }
    }

    /// Reads as of one moment.
    pub(crate) fn snapshot<T>(&self, work: impl FnOnce(&mut Link) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let lease = self.begin(false)?;
        let link = &mut *lock(lease.link());
        let found = work(link);
        link.rollback()?;
        found
    }

    /// The one connection that writes to a file.
    pub(crate) fn file_writer(&self) -> Option<&Arc<Mutex<Link>>> {
        match &self.from {
            From::File { writer, .. } => Some(writer),
            From::Server(_) => None,
        }
    }

    /// Lets go of the connections that nobody uses: they know what is no longer so.
    pub(crate) fn refresh(&self) {
        match &self.from {
            From::File { readers, .. } => readers.clear(),
            From::Server(server) => server.forget_links(),
        }
    }
}
