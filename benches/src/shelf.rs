//! A file with many contacts and invoices in it, to read from.

use std::sync::Arc;

use anyhow::Result;
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::place::{Base, Place};
use crate::postgres;
use crate::raw::{self, Key};

/// Contacts and invoices, one of each a row, and the receivable account that the invoices name.
pub(crate) struct Shelf {
    pub(crate) place: Arc<Place>,
    pub(crate) parties: Vec<Uuid>,
}

/// Rows filled in by one commit.
const FLUSH: i64 = 20_000;
const DAY_US: i64 = 86_400_000_000;
/// 2020-01-01T00:00:00Z
const BEGIN_US: i64 = 1_577_836_800_000_000;

impl Shelf {
    pub(crate) async fn fill(base: Base, rows: usize) -> Result<Shelf> {
        let place = Place::open(base).await?;
        if base == Base::Postgres {
            let keys = [place.admin.user, place.company].map(|id| id.to_string());
            postgres::open(&place).await?.batch_execute(&filled(rows, &keys)).await?;
            let ids = place.ids::<1>("SELECT id FROM contacts__party ORDER BY id").await?;
            return Ok(Shelf { place: Arc::new(place), parties: ids.into_iter().flatten().collect() });
        }
        Shelf::fill_file(place, rows, false)
    }

    /// Also with a posted journal entry of two lines a row.
    pub(crate) async fn fill_with_entries(rows: usize) -> Result<Shelf> {
        Shelf::fill_file(Place::open(Base::Sqlite).await?, rows, true)
    }

    fn fill_file(place: Place, rows: usize, entries: bool) -> Result<Shelf> {
        let mut parties = Vec::with_capacity(rows);
        let (admin, company) = (place.admin.user.into_bytes(), place.company.into_bytes());
        raw::fill(&place.file(), |connection| {
            let one = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, Key>(0));
            let account = one("SELECT id FROM finance__account WHERE type = 'asset_receivable' LIMIT 1")?;
            let income = one("SELECT id FROM finance__account WHERE type = 'income' AND heading = 0 LIMIT 1")?;
            let journal = one("SELECT id FROM finance__journal WHERE kind = 'general' LIMIT 1")?;
            for number in 0..i64::try_from(rows)? {
                if number % FLUSH == 0 {
                    raw::flush(connection)?;
                }
                let party = party(connection, admin, number, &parties)?;
                parties.push(Uuid::from_bytes(party));
                invoice(connection, [admin, company, party, account], number)?;
                if entries {
                    entry(connection, [admin, company, journal, account, income], number)?;
                }
            }
            Ok(())
        })?;
        Ok(Shelf { place: Arc::new(place.reopened()?), parties })
    }
}

/// The statements that make the same rows on PostgreSQL.
fn filled(rows: usize, [admin, company]: &[String; 2]) -> String {
    let id = |table: u8, number: &str| {
        format!("('0190000{table}-0000-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid")
    };
    let (party, parent, invoice) = (id(0, "n"), id(0, "n - n % 100"), id(1, "n"));
    format!(
        "INSERT INTO contacts__party (id, version, created_at, updated_at, created_by, kind, name, email, reference, parent, active) \
         SELECT {party}, 1, at, at, '{admin}', 'organisation', 'Customer ' || lpad(n::text, 7, '0'), \
         'customer' || lpad(n::text, 7, '0') || '@example.com', 'C-' || lpad(n::text, 7, '0'), \
         CASE WHEN n % 100 <> 0 THEN {parent} END, true \
         FROM (SELECT n, timestamptz '2020-01-01Z' + n * interval '1 microsecond' AS at FROM generate_series(0, {rows} - 1) n) s; \
         INSERT INTO contacts__party__tags (owner, position, value) \
         SELECT {party}, 0, CASE WHEN n % 3 = 0 THEN 'wholesale' ELSE 'retail' END FROM generate_series(0, {rows} - 1) n; \
         INSERT INTO finance__invoice (id, version, created_at, updated_at, created_by, company, number, party, date, due, \
         currency, untaxed, untaxed_currency, tax, tax_currency, total, total_currency, open, open_currency, account, state) \
         SELECT {invoice}, 2, day, day, '{admin}', '{company}', 'INV-2020-' || lpad(n::text, 7, '0'), {party}, day::date, day::date, \
         'GBP', amount, 'GBP', 0, 'GBP', amount, 'GBP', amount, 'GBP', \
         (SELECT id FROM finance__account WHERE type = 'asset_receivable' LIMIT 1), \
         CASE WHEN n % 4 = 0 THEN 'paid' ELSE 'posted' END \
         FROM (SELECT n, timestamptz '2020-01-01Z' + n * 7919 % 2190 * interval '1 day' AS day, n % 1000 * 10000 AS amount \
         FROM generate_series(0, {rows} - 1) n) s; \
         ANALYZE contacts__party, contacts__party__tags, finance__invoice"
    )
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

fn entry(connection: &Connection, [admin, company, journal, debit, credit]: [Key; 5], number: i64) -> Result<()> {
    let at = BEGIN_US + (number * 7_919) % 2_190 * DAY_US;
    let day: String = nexus_kernel::model::Timestamp::from_microsecond(at)?.to_string().chars().take(10).collect();
    let mut insert = connection.prepare_cached(
        "INSERT INTO finance__journal_entry (id, version, created_at, updated_at, created_by, company, number, journal, date, \
         source, state) VALUES (?1, 2, ?2, ?2, ?3, ?4, ?5, ?6, ?7, 'manual', 'posted')",
    )?;
    let id = Uuid::now_v7().into_bytes();
    insert.execute(params![id, at, admin, company, format!("OLD-2020-{number:07}"), journal, day])?;
    let mut line = connection.prepare_cached(
        "INSERT INTO finance__journal_entry_line (id, parent, position, account, debit, debit_currency, credit, credit_currency, \
         currency, rate, balance, balance_currency, date) \
         VALUES (?1, ?2, ?3, ?4, ?5, 'GBP', ?6, 'GBP', 'GBP', 100000000, ?7, 'GBP', ?8)",
    )?;
    let amount = (number % 1_000 + 1) * 10_000;
    for (position, account, debit, credit) in [(0, debit, Some(amount), None), (1, credit, None, Some(amount))] {
        let balance = debit.unwrap_or(-amount);
        line.execute(params![Uuid::now_v7().into_bytes(), id, position, account, debit, credit, balance, day])?;
    }
    Ok(())
}
