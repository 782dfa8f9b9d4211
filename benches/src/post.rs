//! Posting a balanced journal entry with two lines: checked, numbered without gaps, fixed.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context as _, Result};
use rusqlite::{Connection, params};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::Plan;
use crate::hand::Hand;
use crate::measure::{Figure, interleave, rate};
use crate::place::{Base, Place, WAITING};
use crate::raw::{Event, Log};

/// Entries that one round posts.
const ROUND: usize = 1_280;

pub(crate) async fn run(plan: &Plan, base: Base) -> Result<Vec<Figure>> {
    let (nexus, hand) = (Arc::new(Place::open(base).await?), Arc::new(Place::open(base).await?));
    let series = format!("bench/{}", Uuid::now_v7());
    let [nexus_rates, plain, whole] = interleave(plan.rounds, async |contender, _| {
        if contender == 0 {
            let drafts = drafts(&nexus, ROUND).await?;
            let calls = drafts.iter().map(|[entry, ..]| (Some(*entry), json!({}))).collect();
            let start = Instant::now();
            nexus.act_all("finance.post_journal_entry", calls).await?;
            return Ok(rate(ROUND, start.elapsed()));
        }
        let drafts = drafts(&hand, ROUND).await?;
        let by_hand = Hand::open(&hand).await?;
        let start = Instant::now();
        by_hand.post(&series, &drafts, contender == 2).await?;
        Ok(rate(ROUND, start.elapsed()))
    })
    .await?;
    let figure = |what: &str, ceiling, bar| Figure {
        name: format!("post{}", base.suffix()),
        what: what.to_owned(),
        unit: "/s",
        nexus: nexus_rates.clone(),
        ceiling,
        bar,
    };
    Ok(vec![
        figure("64 callers; the ceiling writes entry, lines, number and event, and checks nothing", plain, None),
        figure("the same; the ceiling also writes the rows of run and step", whole, Some(0.5)),
    ])
}

/// Entries ready to be posted, each with its two lines.
pub(crate) async fn drafts(place: &Arc<Place>, count: usize) -> Result<Vec<[Uuid; 3]>> {
    let one = async |sql: &str| -> Result<Uuid> {
        let found = place.ids::<1>(sql).await?;
        Ok(found.first().context("the chart of accounts has it")?[0])
    };
    let bank = one("SELECT id FROM finance__account WHERE type = 'asset_bank' AND NOT heading LIMIT 1").await?;
    let income = one("SELECT id FROM finance__account WHERE type = 'income' AND NOT heading LIMIT 1").await?;
    let journal = one("SELECT id FROM finance__journal WHERE kind = 'general' LIMIT 1").await?;
    let entry = json!({"journal": journal, "reference": "Takings of the day", "lines": [
        {"account": bank, "debit": "120.00", "label": "Cash box"},
        {"account": income, "credit": "120.00", "label": "Shop"},
    ]});
    let calls: Vec<(Option<Uuid>, Json)> = (0..count).map(|_| (None, entry.clone())).collect();
    place.act_all("finance.create_journal_entry", calls).await?;
    place
        .ids(
            "SELECT e.id, a.id, b.id FROM finance__journal_entry e \
             JOIN finance__journal_entry_line a ON a.parent = e.id AND a.position = 0 \
             JOIN finance__journal_entry_line b ON b.parent = e.id AND b.position = 1 WHERE e.state = 'draft'",
        )
        .await
}

/// The changes that the event of such a posting holds.
pub(crate) fn changes(number: &str, day: &str, lines: [Uuid; 2]) -> Json {
    let change = |field: &str, from: Json, to: &str| json!({"field": field, "from": from, "to": to});
    let dates = lines.map(|row| change(&format!("lines/{row}/date"), Json::Null, day));
    [change("number", Json::Null, number), change("state", "draft".into(), "posted")].into_iter().chain(dates).collect()
}

/// Posts drafts, with the `journal`'s rows where they are asked for.
pub(crate) fn by_hand(
    connection: &Connection,
    place: &Place,
    series: &str,
    drafts: &[[Uuid; 3]],
    journal: bool,
) -> Result<()> {
    let mut log = Log::open(connection, place.admin.user.into_bytes())?;
    log.journal = journal;
    let mut next = connection.prepare_cached(
        "INSERT INTO _series (key, last) VALUES (?1, 1) ON CONFLICT (key) DO UPDATE SET last = _series.last + 1 RETURNING last",
    )?;
    let mut entry = connection.prepare_cached(
        "UPDATE finance__journal_entry SET number = ?2, state = 'posted', version = 2, updated_at = ?3 WHERE id = ?1",
    )?;
    let mut line = connection.prepare_cached("UPDATE finance__journal_entry_line SET date = ?2 WHERE id = ?1")?;
    for group in drafts.chunks(WAITING) {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for [id, first, second] in group {
            let now = nexus_kernel::model::Timestamp::now();
            let (at, today) = (now.as_microsecond(), now.to_string());
            let day = &today[..10];
            let number: i64 = next.query_row([series], |row| row.get(0))?;
            let number = format!("BEN-2026-{number:06}");
            entry.execute(params![id.into_bytes(), number, at])?;
            for row in [first, second] {
                line.execute(params![row.into_bytes(), day])?;
            }
            let changes = changes(&number, day, [*first, *second]);
            log.append(&Event {
                at,
                action: "finance.post_journal_entry",
                verb: "update",
                object: "finance.journal_entry",
                record: id.into_bytes(),
                version: 2,
                changes: &changes.to_string(),
            })?;
        }
        connection.execute_batch("COMMIT")?;
    }
    Ok(())
}
