//! Where databases are: files of a folder, or schemas of a PostgreSQL server.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::link::{Lease, Link, Pool};
use crate::postgres::Server;
use crate::{Dialect, StoreError, sqlite};

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
            Storage::Server(server) => Home::Schema { server: Arc::clone(server), name: crate::postgres::SHARED.into() },
        }
    }
}

/// The connections to one database.
pub(crate) struct Links {
    pub(crate) dialect: Dialect,
    /// The schema that a transaction works in; empty in a file.
    schema: Arc<str>,
    from: From,
}

enum From {
    /// One connection writes, others read.
    File { writer: Arc<Mutex<Link>>, readers: Arc<Pool> },
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
                let writer = Arc::new(Mutex::new(Link::Sqlite(sqlite::open_writer(path)?)));
                let path: Box<Path> = path.as_path().into();
                let make = move || Ok(Link::Sqlite(sqlite::open_reader(&path)?));
                let readers = Pool::new(readers, Box::new(make));
                Links { dialect: Dialect::Sqlite, schema: "".into(), from: From::File { writer, readers } }
            }
            Home::Schema { server, name } => {
                let schema = crate::postgres::quoted(name);
                server.link(name)?.line(|line| line.batch(&format!("CREATE SCHEMA IF NOT EXISTS {schema}")))?;
                Links {
                    dialect: Dialect::Postgres,
                    schema: Arc::clone(name),
                    from: From::Server(Arc::clone(server)),
                }
            }
        })
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
            let lease = self.take(writes)?;
            let begun = crate::database::lock(lease.link()).begin(&self.schema, writes);
            match begun {
                Ok(()) => return Ok(lease),
                Err(StoreError::Away(_)) if attempt < BEGIN_MAX => self.refresh(),
                Err(error) => return Err(error),
            }
        }
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
