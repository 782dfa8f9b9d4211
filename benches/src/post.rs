//! Posting a balanced journal entry with two lines: checked, numbered without gaps, fixed.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use rusqlite::{Connection, params};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::Plan;
use crate::measure::{Figure, interleave, rate};
use crate::place::{Place, WAITING};
use crate::raw::{self, Event, Key, Log};

/// Entries that one round posts.
const ROUND: usize = 1_280;

/// A draft and its two lines.
type Draft = (Key, [Key; 2]);

pub(crate) async fn run(plan: &Plan) -> Result<Vec<Figure>> {
    let (nexus, hand) = (Arc::new(Place::open().await?), Arc::new(Place::open().await?));
    let connection = raw::open(&hand.file())?;
    let series = format!("bench/{}", Uuid::now_v7());
    let [nexus_rates, ceiling] = interleave(plan.rounds, async |contender, _| {
        if contender == 0 {
            let drafts = drafts(&nexus)
                .await?
                .into_iter()
                .map(|(entry, _)| (Some(Uuid::from_bytes(entry)), json!({})))
                .collect();
            let start = Instant::now();
            nexus.act_all("finance.post_journal_entry", drafts).await?;
            return Ok(rate(ROUND, start.elapsed()));
        }
        let drafts = drafts(&hand).await?;
        let start = Instant::now();
        by_hand(&connection, &hand, &series, &drafts)?;
        Ok(rate(ROUND, start.elapsed()))
    })
    .await?;
    Ok(vec![Figure {
        name: "post".to_owned(),
        what: "64 callers; the ceiling writes entry, lines, number and event, and checks nothing".to_owned(),
        unit: "/s",
        nexus: nexus_rates,
        ceiling,
        bar: Some(0.5),
    }])
}

/// Entries ready to be posted.
async fn drafts(place: &Arc<Place>) -> Result<Vec<Draft>> {
    let connection = raw::open(&place.file())?;
    let one = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, Key>(0).map(Uuid::from_bytes));
    let bank = one("SELECT id FROM finance__account WHERE type = 'asset_bank' AND heading = 0 LIMIT 1")?;
    let income = one("SELECT id FROM finance__account WHERE type = 'income' AND heading = 0 LIMIT 1")?;
    let journal = one("SELECT id FROM finance__journal WHERE kind = 'general' LIMIT 1")?;
    let entry = json!({"journal": journal, "reference": "Takings of the day", "lines": [
        {"account": bank, "debit": "120.00", "label": "Cash box"},
        {"account": income, "credit": "120.00", "label": "Shop"},
    ]});
    let calls: Vec<(Option<Uuid>, Json)> = (0..ROUND).map(|_| (None, entry.clone())).collect();
    place.act_all("finance.create_journal_entry", calls).await?;
    let mut found = connection.prepare(
        "SELECT e.id, a.id, b.id FROM finance__journal_entry e \
         JOIN finance__journal_entry_line a ON a.parent = e.id AND a.position = 0 \
         JOIN finance__journal_entry_line b ON b.parent = e.id AND b.position = 1 WHERE e.state = 'draft'",
    )?;
    let drafts = found.query_map([], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?])))?;
    Ok(drafts.collect::<Result<_, _>>()?)
}

fn by_hand(connection: &Connection, place: &Place, series: &str, drafts: &[Draft]) -> Result<()> {
    let mut log = Log::open(connection, place.admin.user.into_bytes())?;
    let mut next = connection.prepare_cached(
        "INSERT INTO _series (key, last) VALUES (?1, 1) ON CONFLICT (key) DO UPDATE SET last = _series.last + 1 RETURNING last",
    )?;
    let mut entry = connection.prepare_cached(
        "UPDATE finance__journal_entry SET number = ?2, state = 'posted', version = 2, updated_at = ?3 WHERE id = ?1",
    )?;
    let mut line = connection.prepare_cached("UPDATE finance__journal_entry_line SET date = ?2 WHERE id = ?1")?;
    for group in drafts.chunks(WAITING) {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for (id, lines) in group {
            let now = nexus_kernel::model::Timestamp::now();
            let (at, today) = (now.as_microsecond(), now.to_string());
            let day = &today[..10];
            let number: i64 = next.query_row([series], |row| row.get(0))?;
            let number = format!("BEN-2026-{number:06}");
            entry.execute(params![id, number, at])?;
            for row in lines {
                line.execute(params![row, day])?;
            }
            let change = |field: &str, from: Json, to: &str| json!({"field": field, "from": from, "to": to});
            let dates = lines.map(|row| change(&format!("lines/{}/date", Uuid::from_bytes(row)), Json::Null, day));
            let changes: Json = [change("number", Json::Null, &number), change("state", "draft".into(), "posted")]
                .into_iter()
                .chain(dates)
                .collect();
            log.append(&Event {
                at,
                action: "finance.post_journal_entry",
                verb: "update",
                object: "finance.journal_entry",
                record: *id,
                version: 2,
                changes: &changes.to_string(),
            })?;
        }
        connection.execute_batch("COMMIT")?;
    }
    Ok(())
}
