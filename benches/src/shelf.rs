//! A file with many contacts and invoices in it, to read from.

use anyhow::Result;
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::place::Place;
use crate::raw::{self, Key};

/// Contacts and invoices, one of each a row, and the receivable account that the invoices name.
pub(crate) struct Shelf {
    pub(crate) place: Place,
    pub(crate) parties: Vec<Uuid>,
}

const DAY_US: i64 = 86_400_000_000;
/// 2020-01-01T00:00:00Z
const BEGIN_US: i64 = 1_577_836_800_000_000;

impl Shelf {
    pub(crate) async fn fill(rows: usize) -> Result<Shelf> {
        let place = Place::open().await?;
        let mut parties = Vec::with_capacity(rows);
        let (admin, company) = (place.admin.user.into_bytes(), place.company.into_bytes());
        raw::fill(&place.file(), |connection| {
            let account: Key = connection.query_row(
                "SELECT id FROM finance__account WHERE type = 'asset_receivable' LIMIT 1",
                [],
                |row| row.get(0),
            )?;
            for number in 0..i64::try_from(rows)? {
                let party = party(connection, admin, number, &parties)?;
                parties.push(Uuid::from_bytes(party));
                invoice(connection, [admin, company, party, account], number)?;
            }
            Ok(())
        })?;
        Ok(Shelf { place: place.reopened()?, parties })
    }
}

fn party(connection: &Connection, admin: Key, number: i64, before: &[Uuid]) -> Result<Key> {
    let (id, at) = (Uuid::now_v7().into_bytes(), BEGIN_US + number);
    // Every hundredth is a group that the hundred after it belong to.
    let parent = (number % 100 != 0).then(|| before[before.len() - before.len() % 100].into_bytes());
    let mut insert = connection.prepare_cached(
        "INSERT INTO contacts__party (id, version, created_at, updated_at, created_by, kind, name, email, reference, parent, active) \
         VALUES (?1, 1, ?2, ?2, ?3, 'organisation', ?4, ?5, ?6, ?7, 1)",
    )?;
    let (name, email) = (format!("Customer {number:07}"), format!("customer{number:07}@example.com"));
    insert.execute(params![id, at, admin, name, email, format!("C-{number:07}"), parent])?;
    let mut tag =
        connection.prepare_cached("INSERT INTO contacts__party__tags (owner, position, value) VALUES (?1, 0, ?2)")?;
    tag.execute(params![id, if number % 3 == 0 { "wholesale" } else { "retail" }])?;
    Ok(id)
}

fn invoice(connection: &Connection, [admin, company, party, account]: [Key; 4], number: i64) -> Result<()> {
    // Spread over six years, in no order, and over a thousand amounts.
    let day = (number * 7_919) % 2_190;
    let at = nexus_kernel::model::Timestamp::from_microsecond(BEGIN_US + day * DAY_US)?;
    let day: String = at.to_string().chars().take(10).collect();
    let total = (number % 1_000) * 10_000;
    let state = if number % 4 == 0 { "paid" } else { "posted" };
    let mut insert = connection.prepare_cached(
        "INSERT INTO finance__invoice (id, version, created_at, updated_at, created_by, company, number, party, date, due, \
         currency, untaxed, untaxed_currency, tax, tax_currency, total, total_currency, open, open_currency, account, state) \
         VALUES (?1, 2, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?7, 'GBP', ?8, 'GBP', 0, 'GBP', ?8, 'GBP', ?8, 'GBP', ?9, ?10)",
    )?;
    let (id, series) = (Uuid::now_v7().into_bytes(), format!("INV-2020-{number:07}"));
    insert.execute(params![id, at.as_microsecond(), admin, company, series, party, day, total, account, state])?;
    Ok(())
}
