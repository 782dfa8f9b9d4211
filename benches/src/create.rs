//! Creating one record, many callers waiting: a contact, its event, one durable commit for a group.

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

/// Records that one round makes.
const ROUND: usize = 6_400;

pub(crate) async fn run(plan: &Plan) -> Result<Vec<Figure>> {
    let nexus = Arc::new(Place::open().await?);
    let plain = Place::open().await?;
    let whole = Place::open().await?;
    let (admin, plain_file, whole_file) =
        (plain.admin.user.into_bytes(), raw::open(&plain.file())?, raw::open(&whole.file())?);
    let [nexus_rates, plain_rates, whole_rates] = interleave(plan.rounds, async |contender, turn| {
        let first = turn * ROUND;
        Ok(match contender {
            0 => {
                let calls: Vec<_> = (first..first + ROUND).map(|number| (None, input(number))).collect();
                let start = Instant::now();
                nexus.act_all("contacts.create_party", calls).await?;
                rate(ROUND, start.elapsed())
            }
            1 => by_hand(&plain_file, admin, first, false)?,
            _ => by_hand(&whole_file, admin, first, true)?,
        })
    })
    .await?;
    let figure = |what: &str, ceiling, bar| Figure {
        name: "create".to_owned(),
        what: what.to_owned(),
        unit: "/s",
        nexus: nexus_rates.clone(),
        ceiling,
        bar,
    };
    Ok(vec![
        figure("64 callers; the ceiling writes record and event", plain_rates, Some(0.5)),
        figure("the same; the ceiling also writes the rows of run and step", whole_rates, None),
    ])
}

fn text(number: usize) -> [String; 4] {
    [
        format!("Customer {number:07} of Nairobi"),
        format!("customer{number:07}@example.com"),
        format!("+254 700 {number:07}"),
        format!("C-{number:07}"),
    ]
}

fn input(number: usize) -> Json {
    let [name, email, phone, reference] = text(number);
    json!({"kind": "organisation", "name": name, "email": email, "phone": phone, "reference": reference})
}

/// The changes that the event of such a record holds.
fn changes(number: usize) -> String {
    let [name, email, phone, reference] = text(number);
    let change = |field: &str, to: Json| json!({"field": field, "from": null, "to": to});
    let all = [("name", name), ("email", email), ("phone", phone), ("reference", reference)];
    let all = all.map(|(field, to)| change(field, to.into()));
    let kind = change("kind", "organisation".into());
    Json::from_iter([kind].into_iter().chain(all).chain([change("active", true.into())])).to_string()
}

fn by_hand(connection: &Connection, admin: Key, first: usize, journal: bool) -> Result<f64> {
    let rows: Vec<_> = (first..first + ROUND).map(|number| (text(number), changes(number))).collect();
    let mut log = Log::open(connection, admin)?;
    log.journal = journal;
    let start = Instant::now();
    for group in rows.chunks(WAITING) {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        insert(connection, &mut log, admin, group)?;
        connection.execute_batch("COMMIT")?;
    }
    Ok(rate(ROUND, start.elapsed()))
}

/// Writes contacts and their events inside the open transaction; each row has its texts and its event's changes.
pub(crate) fn insert(
    connection: &Connection,
    log: &mut Log<'_>,
    admin: Key,
    rows: &[([String; 4], String)],
) -> Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO contacts__party (id, version, created_at, updated_at, created_by, kind, name, email, phone, reference, active) \
         VALUES (?1, 1, ?2, ?2, ?3, 'organisation', ?4, ?5, ?6, ?7, 1)",
    )?;
    for ([name, email, phone, reference], changes) in rows {
        let (id, at) = (Uuid::now_v7().into_bytes(), nexus_kernel::model::Timestamp::now().as_microsecond());
        insert.execute(params![id, at, admin, name, email, phone, reference])?;
        log.append(&Event {
            at,
            action: "contacts.create_party",
            verb: "create",
            object: "contacts.party",
            record: id,
            version: 1,
            changes,
        })?;
    }
    Ok(())
}
