//! The control file: which tenants there are, and who is signed in. No business data.

use std::path::Path;
use std::sync::Mutex;

use nexus_model::{Timestamp, Uuid};
use rusqlite::{Connection, OptionalExtension};

use crate::database::lock;
use crate::{StoreError, sqlite};

/// A tenant by its short name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantEntry {
    pub slug: String,
    pub name: String,
}

/// A sign-in. The token itself is known to its bearer alone; here is its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub tenant: String,
    pub user: Uuid,
    /// What a page must send back with each change.
    pub csrf: String,
    pub expires_at: Timestamp,
}

/// The control file of one data folder.
pub struct Control {
    connection: Mutex<Connection>,
}

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS tenant (slug TEXT PRIMARY KEY, name TEXT NOT NULL, created_at BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS session (
    token BLOB PRIMARY KEY, tenant TEXT NOT NULL, user BLOB NOT NULL, csrf TEXT NOT NULL, expires_at BIGINT NOT NULL);
";

impl Control {
    /// Opens `control.db` in the folder, made when missing.
    pub fn open(folder: &Path) -> Result<Control, StoreError> {
        std::fs::create_dir_all(folder)?;
        let connection = sqlite::open_writer(&folder.join("control.db"))?;
        connection.execute_batch(TABLES)?;
        Ok(Control { connection: Mutex::new(connection) })
    }

    pub fn tenants(&self) -> Result<Vec<TenantEntry>, StoreError> {
        let connection = lock(&self.connection);
        let mut statement = connection.prepare_cached("SELECT slug, name FROM tenant ORDER BY created_at, slug")?;
        let rows = statement.query_map([], |row| Ok(TenantEntry { slug: row.get(0)?, name: row.get(1)? }))?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    /// Notes a tenant; false when the name was taken.
    pub fn add_tenant(&self, tenant: &TenantEntry, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "INSERT INTO tenant (slug, name, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        let changed = lock(&self.connection).execute(sql, (&tenant.slug, &tenant.name, now.as_microsecond()))?;
        Ok(changed == 1)
    }

    /// Forgets a tenant whose data were never made.
    pub fn remove_tenant(&self, slug: &str) -> Result<(), StoreError> {
        lock(&self.connection).execute("DELETE FROM tenant WHERE slug = ?1", [slug])?;
        Ok(())
    }

    pub fn add_session(&self, token: &[u8; 32], session: &Session, now: Timestamp) -> Result<(), StoreError> {
        let connection = lock(&self.connection);
        connection.execute("DELETE FROM session WHERE expires_at < ?1", [now.as_microsecond()])?;
        connection.execute(
            "INSERT INTO session (token, tenant, user, csrf, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            (
                token.as_slice(),
                &session.tenant,
                session.user.as_bytes().as_slice(),
                &session.csrf,
                session.expires_at.as_microsecond(),
            ),
        )?;
        Ok(())
    }

    /// The session of a token's hash, unless it has expired.
    pub fn session(&self, token: &[u8; 32], now: Timestamp) -> Result<Option<Session>, StoreError> {
        let connection = lock(&self.connection);
        let mut statement = connection.prepare_cached(
            "SELECT tenant, user, csrf, expires_at FROM session WHERE token = ?1 AND expires_at >= ?2",
        )?;
        let found = statement.query_row((token.as_slice(), now.as_microsecond()), |row| {
            let user: Vec<u8> = row.get(1)?;
            Ok(Session {
                tenant: row.get(0)?,
                user: Uuid::from_slice(&user).unwrap_or_default(),
                csrf: row.get(2)?,
                expires_at: Timestamp::from_microsecond(row.get(3)?).unwrap_or_default(),
            })
        });
        Ok(found.optional()?)
    }

    pub fn end_session(&self, token: &[u8; 32]) -> Result<(), StoreError> {
        lock(&self.connection).execute("DELETE FROM session WHERE token = ?1", [token.as_slice()])?;
        Ok(())
    }

    /// Ends every session of a user, as a new password or a lost right demands.
    pub fn end_sessions_of(&self, tenant: &str, user: Uuid) -> Result<usize, StoreError> {
        let sql = "DELETE FROM session WHERE tenant = ?1 AND user = ?2";
        Ok(lock(&self.connection).execute(sql, (tenant, user.as_bytes().as_slice()))?)
    }
}
