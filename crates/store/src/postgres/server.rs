//! A PostgreSQL database with room for tenants.

use std::sync::Arc;
use std::time::Duration;

use tokio_postgres::Config;

use super::line::{Line, lock_key};
use super::{SHARED, quoted};
use crate::StoreError;
use crate::link::{Lease, Link, Pool};

/// How long a new connection may take.
const CONNECT: Duration = Duration::from_secs(10);
const FUNCTIONS: &str = include_str!("functions.sql");

/// A database and the connections to it, shared by all its tenants.
pub struct Server {
    pool: Arc<Pool>,
}

impl Server {
    /// Connects, and makes the functions that conditions call known to the database.
    ///
    /// `url` is `postgres://user:password@host:port/database`; at most `connections` are open at a time.
    pub fn connect(url: &str, connections: usize) -> Result<Arc<Server>, StoreError> {
        // The reason of a refusal may repeat the password, so it is not told.
        let mut config: Config = url.parse().map_err(|_| {
            StoreError::Migration("the database is written postgres://user:password@host:port/name".to_owned())
        })?;
        config.application_name("nexus").connect_timeout(CONNECT);
        let make = move || Line::connect(&config).map(|line| Link::Postgres(Box::new(line)));
        let server = Server { pool: Pool::new(connections, Box::new(make)) };
        server.link("")?.line(install)?;
        Ok(Arc::new(server))
    }

    /// A connection, rather one that worked in the schema before.
    pub(crate) fn link(&self, schema: &str) -> Result<Lease, StoreError> {
        self.pool.take(schema)
    }

    /// Closes the connections that nobody uses.
    pub(crate) fn forget_links(&self) {
        self.pool.clear();
    }
}

/// The functions are there in this form already, or they are put there.
fn install(line: &mut Line) -> Result<(), StoreError> {
    let form = blake3::hash(FUNCTIONS.as_bytes()).to_hex();
    let key = lock_key(SHARED);
    line.batch(&format!("BEGIN; SELECT pg_advisory_xact_lock({key})"))?;
    let known = line.ask(&format!("SELECT obj_description(to_regnamespace('{SHARED}'), 'pg_namespace')"))?;
    if known.as_deref() != Some(form.as_str()) {
        line.batch(&format!(
            "CREATE SCHEMA IF NOT EXISTS {shared}; {FUNCTIONS}; COMMENT ON SCHEMA {shared} IS '{form}'",
            shared = quoted(SHARED)
        ))?;
    }
    line.commit()
}
