//! A PostgreSQL database with room for tenants.

use std::sync::Arc;
use std::time::Duration;

use super::line::Line;
use super::lock_key;
use super::{SHARED, quoted, tls};
use crate::StoreError;
use crate::link::{Lease, Link, Pool};

/// How long a new connection may take.
pub(super) const CONNECT: Duration = Duration::from_secs(10);
/// How long a peer may say nothing before it is asked for, and may leave what was sent unanswered.
const SILENT: Duration = Duration::from_secs(30);
/// Connections for what the tenants share.
const SHARED_MAX: usize = 2;
const FUNCTIONS: &str = include_str!("functions.sql");

/// A database and the connections to it, shared by all its tenants.
pub struct Server {
    pool: Arc<Pool>,
    /// For what the tenants share, so that nobody who signs in waits for a tenant's work.
    shared: Arc<Pool>,
}

impl Server {
    /// Connects, and makes the functions that conditions call known to the database.
    ///
    /// `url` is `postgres://user:password@host:port/database`, with `sslmode` and `sslrootcert` as [`tls`] has them; at
    /// most `connections` are open at a time, and
    /// [`SHARED_MAX`] for the control tables.
    pub fn connect(url: &str, connections: usize) -> Result<Arc<Server>, StoreError> {
        let (mut config, tls) = tls::configured(url)?;
        config.application_name("nexus").connect_timeout(CONNECT).tcp_user_timeout(SILENT);
        config.keepalives_idle(SILENT).keepalives_interval(CONNECT).keepalives_retries(3);
        let make = move || Line::connect(&config, &tls).map(|line| Link::Postgres(Box::new(line)));
        let make = Arc::new(make);
        let pool = |most: usize| {
            let make = Arc::clone(&make);
            Pool::new(most, Box::new(move || make()))
        };
        let server = Server { pool: pool(connections), shared: pool(SHARED_MAX) };
        server.link(SHARED)?.line(install)?;
        Ok(Arc::new(server))
    }

    /// A connection, rather one that worked in the schema before.
    pub(crate) fn link(&self, schema: &str) -> Result<Lease, StoreError> {
        if schema == SHARED { self.shared.take(schema) } else { self.pool.take(schema) }
    }

    /// Closes the connections that nobody uses.
    pub(crate) fn forget_links(&self) {
        self.pool.clear();
        self.shared.clear();
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
