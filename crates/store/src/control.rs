//! The control tables: which tenants there are, and who is signed in. No business data.

mod signs;
mod work;

use nexus_model::{Timestamp, Uuid};
use sea_query::Value as Cell;

use crate::cells::{Stored, bytes, int, null, text, uuid};
use crate::database::lock;
use crate::events::optional_text;
use crate::home::Links;
use crate::link::{Lease, Link};
use crate::live::live_columns;
use crate::migrate::typed;
use crate::postgres::lock_key;
use crate::{Storage, StoreError};

/// A tenant by its short name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TenantEntry {
    pub slug: String,
    pub name: String,
    /// The named database that it is placed on; where the control tables are, when there is none.
    pub place: Option<String>,
    /// The tenant that it was copied from to rehearse on.
    pub branch_of: Option<String>,
    /// When it was noted first; nothing for one that is yet to be.
    pub created_at: Option<Timestamp>,
    /// The plan whose apps and limits it has; everything without limits, when there is none.
    pub plan: Option<String>,
    /// When it was given that plan.
    pub plan_since: Option<Timestamp>,
    /// Why nobody may work in it, while that is so.
    pub suspended: Option<String>,
    /// When its data are removed for good, once it was deleted.
    pub purge_at: Option<Timestamp>,
    /// When it changed its own manifests last, so that other processes read them anew.
    pub customised_at: Option<Timestamp>,
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

/// The right of [`Control::alone`], until dropped.
pub struct Alone(Lease);

impl Drop for Alone {
    fn drop(&mut self) {
        let link = &mut *lock(self.0.link());
        if let Link::Postgres(line) = link {
            let _ = line.rollback();
        }
    }
}

/// The control tables of a data folder or of a server.
pub struct Control {
    links: Links,
}

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS tenant (
    slug TEXT PRIMARY KEY, name TEXT NOT NULL, created_at {moment} NOT NULL, place TEXT, branch_of TEXT,
    plan TEXT, suspended TEXT, plan_since {moment}, purge_at {moment}, customised_at {moment},
    work_at {moment});
CREATE TABLE IF NOT EXISTS session (
    token {bytes} PRIMARY KEY, tenant TEXT NOT NULL, \"user\" {uuid} NOT NULL, csrf TEXT NOT NULL,
    expires_at {moment} NOT NULL);
CREATE INDEX IF NOT EXISTS session_expires_at ON session (expires_at);
";

/// Columns that the first form of the table did not have.
const LATER: &[(&str, &str)] = &[
    ("place", "TEXT"),
    ("branch_of", "TEXT"),
    ("plan", "TEXT"),
    ("suspended", "TEXT"),
    ("plan_since", "{moment}"),
    ("purge_at", "{moment}"),
    ("customised_at", "{moment}"),
    ("work_at", "{moment}"),
];

pub(crate) const TENANTS: &str = "SELECT slug, name, place, branch_of, created_at, plan, plan_since, suspended, \
                                  purge_at, customised_at FROM tenant";

pub(crate) fn read_tenant(row: Vec<Stored>) -> Result<TenantEntry, StoreError> {
    let mut row = row.into_iter();
    let mut next = || row.next().unwrap_or(Stored::Null);
    let moment = |cell: Stored| cell.int().and_then(|at| Timestamp::from_microsecond(at).ok());
    Ok(TenantEntry {
        slug: next().text().unwrap_or_default(),
        name: next().text().unwrap_or_default(),
        place: next().text(),
        branch_of: next().text(),
        created_at: moment(next()),
        plan: next().text(),
        plan_since: moment(next()),
        suspended: next().text(),
        purge_at: moment(next()),
        customised_at: moment(next()),
    })
}

/// A moment that there may be, as a cell.
pub(crate) fn optional_moment(at: Option<Timestamp>) -> Cell {
    at.map_or_else(null, |at| int(at.as_microsecond()))
}

impl Control {
    /// Opens the control tables, made when missing.
    pub fn open(storage: &Storage) -> Result<Control, StoreError> {
        let links = Links::open(&storage.control(), 1)?;
        let control = Control { links };
        control.work(|link| {
            link.batch(&typed(&format!("{TABLES}{}", signs::TABLE), link.dialect()))?;
            let live = live_columns(link)?;
            let known = |column: &str| live.get("tenant").is_some_and(|columns| columns.contains_key(column));
            let missing = LATER.iter().filter(|(column, _)| !known(column));
            missing
                .map(|(column, kind)| format!("ALTER TABLE tenant ADD COLUMN {column} {kind}"))
                .try_for_each(|sql| link.batch(&typed(&sql, link.dialect())))
        })?;
        Ok(control)
    }

    /// Runs statements as one transaction.
    pub(crate) fn work<T>(&self, work: impl FnOnce(&mut Link) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.links.change(work)
    }

    /// The right to make the tenant of this name, among all processes; nothing while another has it. In a folder there
    /// is one process.
    pub fn alone(&self, slug: &str) -> Result<Option<Alone>, StoreError> {
        let lease = self.links.begin(true)?;
        let free = {
            let link = &mut *lock(lease.link());
            match link {
                Link::Postgres(line) => {
                    // The tables of control are free again; the lock of the name lasts as long as the transaction.
                    line.rollback()?;
                    line.batch("BEGIN")?;
                    let key = lock_key(&format!("make {slug}"));
                    line.ask(&format!("SELECT pg_try_advisory_xact_lock({key})"))?.as_deref() == Some("t")
                }
                Link::Sqlite(_) => link.rollback().map(|()| true)?,
            }
        };
        Ok(free.then_some(Alone(lease)))
    }

    pub fn tenants(&self) -> Result<Vec<TenantEntry>, StoreError> {
        self.look(&format!("{TENANTS} ORDER BY created_at, slug"), &[], read_tenant)
    }

    /// At most `limit` of the tenants, those made first.
    pub fn first_tenants(&self, limit: usize) -> Result<Vec<TenantEntry>, StoreError> {
        self.look(&format!("{TENANTS} ORDER BY created_at, slug LIMIT {limit}"), &[], read_tenant)
    }

    /// A tenant by its short name.
    pub fn tenant(&self, slug: &str) -> Result<Option<TenantEntry>, StoreError> {
        let sql = format!("{TENANTS} WHERE slug = $1");
        Ok(self.look(&sql, &[text(slug)], read_tenant)?.pop())
    }

    pub(crate) fn look<T>(
        &self,
        sql: &str,
        cells: &[Cell],
        each: impl FnMut(Vec<Stored>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let lease = self.links.begin(false)?;
        let link = &mut *lock(lease.link());
        let found = link.query(sql, cells, each);
        link.rollback()?;
        found
    }

    pub(crate) fn change(&self, sql: &str, cells: &[Cell]) -> Result<usize, StoreError> {
        self.work(|link| link.execute(sql, cells))
    }

    /// Notes a tenant, as made now unless its entry says otherwise; false when the name was taken.
    pub fn add_tenant(&self, tenant: &TenantEntry, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "INSERT INTO tenant (slug, name, created_at, place, branch_of, plan, suspended, plan_since, purge_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
        let cells = [
            text(tenant.slug.as_str()),
            text(tenant.name.as_str()),
            int(tenant.created_at.unwrap_or(now).as_microsecond()),
            optional_text(tenant.place.as_deref()),
            optional_text(tenant.branch_of.as_deref()),
            optional_text(tenant.plan.as_deref()),
            optional_text(tenant.suspended.as_deref()),
            optional_moment(tenant.plan_since),
            optional_moment(tenant.purge_at),
        ];
        Ok(self.change(sql, &cells)? == 1)
    }

    /// Notes that a tenant changed its own manifests.
    pub fn customise_tenant(&self, slug: &str, now: Timestamp) -> Result<(), StoreError> {
        let cells = [int(now.as_microsecond()), text(slug)];
        self.change("UPDATE tenant SET customised_at = $1 WHERE slug = $2", &cells).map(drop)
    }

    /// Notes where a tenant is from now on.
    pub fn place_tenant(&self, slug: &str, place: Option<&str>) -> Result<(), StoreError> {
        let cells = [optional_text(place), text(slug)];
        self.change("UPDATE tenant SET place = $1 WHERE slug = $2", &cells).map(drop)
    }

    pub fn add_session(&self, token: &[u8; 32], session: &Session, now: Timestamp) -> Result<(), StoreError> {
        let cells = [
            bytes(token),
            text(session.tenant.as_str()),
            uuid(session.user),
            text(session.csrf.as_str()),
            int(session.expires_at.as_microsecond()),
        ];
        self.work(|link| {
            link.execute("DELETE FROM session WHERE expires_at < $1", &[int(now.as_microsecond())])?;
            let sql = "INSERT INTO session (token, tenant, \"user\", csrf, expires_at) VALUES ($1, $2, $3, $4, $5)";
            link.execute(sql, &cells).map(drop)
        })
    }

    /// The session of a token's hash, unless it has expired.
    pub fn session(&self, token: &[u8; 32], now: Timestamp) -> Result<Option<Session>, StoreError> {
        let sql = "SELECT tenant, \"user\", csrf, expires_at FROM session WHERE token = $1 AND expires_at >= $2";
        let mut found = self.look(sql, &[bytes(token), int(now.as_microsecond())], |row| {
            let mut row = row.into_iter();
            let mut next = || row.next().unwrap_or(Stored::Null);
            Ok(Session {
                tenant: next().text().unwrap_or_default(),
                user: next().uuid().unwrap_or_default(),
                csrf: next().text().unwrap_or_default(),
                expires_at: next().int().and_then(|at| Timestamp::from_microsecond(at).ok()).unwrap_or_default(),
            })
        })?;
        Ok(found.pop())
    }

    pub fn end_session(&self, token: &[u8; 32]) -> Result<(), StoreError> {
        self.change("DELETE FROM session WHERE token = $1", &[bytes(token)]).map(drop)
    }

    /// Ends every session of a user, as a new password or a lost right demands.
    pub fn end_sessions_of(&self, tenant: &str, user: Uuid) -> Result<usize, StoreError> {
        self.change("DELETE FROM session WHERE tenant = $1 AND \"user\" = $2", &[text(tenant), uuid(user)])
    }
}
