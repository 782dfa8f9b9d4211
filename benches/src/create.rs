//! Creating one record, many callers waiting: a contact, its event, one durable commit for a group.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use rusqlite::{Connection, params};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::Plan;
use crate::hand::Hand;
use crate::measure::{Figure, interleave, rate};
use crate::place::{Base, Place, WAITING};
use crate::raw::{Event, Key, Log};

/// Records that one round makes.
const ROUND: usize = 6_400;

pub(crate) async fn run(plan: &Plan, base: Base) -> Result<Vec<Figure>> {
    let nexus = Arc::new(Place::open(base).await?);
    let plain = Hand::open(&Arc::new(Place::open(base).await?)).await?;
    let whole = Hand::open(&Arc::new(Place::open(base).await?)).await?;
    let [nexus_rates, plain_rates, whole_rates] = interleave(plan.rounds, async |contender, turn| {
        let first = turn * ROUND;
        let rows = || (first..first + ROUND).map(|number| (text(number), changes(number))).collect::<Vec<_>>();
        let start;
        match contender {
            0 => {
                let calls: Vec<_> = (first..first + ROUND).map(|number| (None, input(number))).collect();
                start = Instant::now();
                nexus.act_all("contacts.create_party", calls).await?;
            }
            1 => {
                let rows = rows();
                start = Instant::now();
                plain.create(&rows, WAITING, false).await?;
            }
            _ => {
                let rows = rows();
                start = Instant::now();
                whole.create(&rows, WAITING, true).await?;
            }
        }
        Ok(rate(ROUND, start.elapsed()))
    })
    .await?;
    let figure = |what: &str, ceiling, bar| Figure {
        name: format!("create{}", base.suffix()),
        what: what.to_owned(),
        unit: "/s",
        nexus: nexus_rates.clone(),
        ceiling,
        bar,
    };
    Ok(vec![
        figure("64 callers; the ceiling writes record and event", plain_rates, None),
        figure("the same; the ceiling also writes the rows of run and step", whole_rates, Some(0.5)),
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

pub(crate) fn input(number: usize) -> Json {
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
