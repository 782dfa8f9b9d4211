//! A page of 50 out of many, filtered and sorted, with a row policy and two relations expanded.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Result, ensure};
use nexus_kernel::Principal;
use nexus_kernel::faces::ListParams;
use rusqlite::types::Value;
use rusqlite::{Connection, params};
use tokio_postgres::{Client, Statement};

use crate::Plan;
use crate::measure::{Figure, interleave, rate};
use crate::place::Base;
use crate::shelf::Shelf;
use crate::{postgres, raw};

/// Pages of one round.
const ROUND: usize = 300;

pub(crate) async fn run(plan: &Plan, base: Base) -> Result<Vec<Figure>> {
    let shelf = Shelf::fill(base, plan.rows).await?;
    let reader = accountant(&shelf);
    let hand = Hand::open(&shelf).await?;
    let [nexus, ceiling] = interleave(plan.rounds, async |contender, turn| {
        let start = Instant::now();
        for at in 0..ROUND {
            let least = least(turn * ROUND + at);
            let found =
                if contender == 0 { ask(&shelf, &reader, least).await? } else { hand.page(&shelf, least).await? };
            ensure!(found == 50, "a page has 50 invoices, not {found}");
        }
        Ok(rate(ROUND, start.elapsed()))
    })
    .await?;
    Ok(vec![Figure {
        name: format!("list{}", base.suffix()),
        what: format!("50 of {} invoices, one caller", plan.rows),
        unit: "/s",
        nexus,
        ceiling,
        bar: Some(0.5),
    }])
}

/// A connection for hand-written SQL.
enum Hand {
    Sqlite(Connection),
    Postgres(Client, [Statement; 2]),
}

impl Hand {
    async fn open(shelf: &Shelf) -> Result<Hand> {
        if shelf.place.base == Base::Sqlite {
            return Ok(Hand::Sqlite(raw::open(&shelf.place.file())?));
        }
        let client = postgres::open(&shelf.place).await?;
        let statements = postgres::prepare_list(&client).await?;
        Ok(Hand::Postgres(client, statements))
    }

    async fn page(&self, shelf: &Shelf, least: usize) -> Result<usize> {
        match self {
            Hand::Sqlite(connection) => by_hand(connection, shelf, least),
            Hand::Postgres(client, statements) => postgres::list(client, statements, shelf.place.company, least).await,
        }
    }
}

/// An accountant of one company, who sees the invoices of that company alone.
pub(crate) fn accountant(shelf: &Shelf) -> Arc<Principal> {
    let schema = &shelf.place.kernel.registry.schema;
    Arc::new(Principal {
        roles: schema.role_closure("accountant").into_iter().chain(schema.role_closure("auditor")).collect(),
        administrator: false,
        companies: vec![shelf.place.company],
        ..(*shelf.place.admin).clone()
    })
}

/// The least total that a page asks for.
pub(crate) fn least(at: usize) -> usize {
    400 + at % 100
}

/// Asks for so many pages.
pub(crate) async fn pages(shelf: &Shelf, times: usize) -> Result<()> {
    let reader = accountant(shelf);
    for at in 0..times {
        ask(shelf, &reader, least(at)).await?;
    }
    Ok(())
}

pub(crate) async fn ask(shelf: &Shelf, reader: &Arc<Principal>, least: usize) -> Result<usize> {
    let place = &shelf.place;
    let params = ListParams {
        filter: Some(format!("state == 'posted' && total.amount > {least}")),
        sort: Some("-date".to_owned()),
        expand: Some("party,account".to_owned()),
        ..ListParams::default()
    };
    let object = place.kernel.registry.object("finance.invoice")?;
    let page = place.kernel.list(&place.tenant, reader, object, params).await?;
    let expanded = |field: &str| page.data.first().is_some_and(|invoice| invoice.get(field).is_object());
    ensure!(expanded("party") && expanded("account"), "both relations come as records");
    Ok(page.data.len())
}

/// Two statements: invoices with party and account beside them, then the parties' tags.
fn by_hand(connection: &Connection, shelf: &Shelf, least: usize) -> Result<usize> {
    connection.prepare_cached("BEGIN")?.execute([])?;
    let mut page = connection.prepare_cached(
        "SELECT p.id, i.*, p.*, (SELECT count(*) FROM contacts__party c WHERE c.parent = p.id AND c.deleted_at IS NULL), a.*, \
         a.code || ' ' || a.name \
         FROM finance__invoice i LEFT JOIN contacts__party p ON p.id = i.party AND p.deleted_at IS NULL \
         LEFT JOIN finance__account a ON a.id = i.account AND a.deleted_at IS NULL AND a.company = ?1 \
         WHERE i.deleted_at IS NULL AND i.company = ?1 AND i.state = 'posted' AND i.total > ?2 \
         ORDER BY i.date DESC, i.id DESC LIMIT 51",
    )?;
    let rows = raw::read(&mut page, params![shelf.place.company.into_bytes(), i64::try_from(least)? * 10_000])?;
    let marks = vec!["?"; rows.len()].join(", ");
    let mut tags = connection.prepare_cached(&format!(
        "SELECT owner, value FROM contacts__party__tags WHERE owner IN ({marks}) ORDER BY owner, position"
    ))?;
    let owners = rows.iter().map(|row| if let Value::Blob(id) = &row[0] { id.as_slice() } else { &[] });
    raw::read(&mut tags, rusqlite::params_from_iter(owners))?;
    connection.prepare_cached("ROLLBACK")?.execute([])?;
    Ok(rows.len().saturating_sub(1))
}
