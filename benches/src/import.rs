//! Importing delimited text: a contact a row, mapped, checked, each row in its savepoint.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Result, ensure};
use nexus_kernel::{ImportRequest, Mapping};
use rusqlite::Connection;
use serde_json::{Value as Json, json};

use crate::Plan;
use crate::create;
use crate::measure::{Figure, interleave, rate};
use crate::place::Place;
use crate::raw::{self, Key, Log};

/// Rows of one file.
const ROUND: usize = 10_000;
/// Rows of one transaction, as the kernel's import takes them.
const CHUNK: usize = 100;

pub(crate) async fn run(plan: &Plan) -> Result<Vec<Figure>> {
    let nexus = Place::open().await?;
    let hand = Place::open().await?;
    let (admin, connection) = (hand.admin.user.into_bytes(), raw::open(&hand.file())?);
    let object = Arc::clone(nexus.kernel.registry.object("contacts.party")?);
    let [nexus_rates, ceiling] = interleave(plan.rounds, async |contender, turn| {
        let text = text(turn * ROUND);
        let start = Instant::now();
        if contender == 0 {
            let request = ImportRequest {
                text: Box::new(std::io::Cursor::new(text)),
                mapping: Mapping::default(),
                preview: false,
                company: None,
            };
            let report = nexus.kernel.import(&nexus.tenant, &nexus.admin, &object, request).await?;
            ensure!(report.created == ROUND as u64, "rows were refused: {:?}", report.rejected.first());
        } else {
            by_hand(&connection, admin, &text)?;
        }
        Ok(rate(ROUND, start.elapsed()))
    })
    .await?;
    Ok(vec![Figure {
        name: "import".to_owned(),
        what: "CSV rows of five columns, 100 rows a commit".to_owned(),
        unit: "rows/s",
        nexus: nexus_rates,
        ceiling,
        bar: None,
    }])
}

fn text(first: usize) -> String {
    let mut text = "kind,name,email,phone,reference\n".to_owned();
    for number in first..first + ROUND {
        let _ = writeln!(
            text,
            "organisation,Customer {number:07} of Nairobi,customer{number:07}@example.com,+254 700 {number:07},C-{number:07}"
        );
    }
    text
}

fn by_hand(connection: &Connection, admin: Key, text: &str) -> Result<()> {
    let mut log = Log::open(connection, admin)?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut chunk = Vec::with_capacity(CHUNK);
    let write = |log: &mut Log<'_>, chunk: &mut Vec<_>| -> Result<()> {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        create::insert(connection, log, admin, chunk)?;
        connection.execute_batch("COMMIT")?;
        chunk.clear();
        Ok(())
    };
    for row in reader.records() {
        let row = row?;
        let texts: [String; 4] = std::array::from_fn(|index| row[index + 1].to_owned());
        let change = |field: &str, to: &str| json!({"field": field, "from": null, "to": to});
        let named = ["name", "email", "phone", "reference"].into_iter().zip(&texts);
        let changes: Json = [change("kind", &row[0])].into_iter().chain(named.map(|(f, to)| change(f, to))).collect();
        chunk.push((texts, changes.to_string()));
        if chunk.len() == CHUNK {
            write(&mut log, &mut chunk)?;
        }
    }
    if chunk.is_empty() { Ok(()) } else { write(&mut log, &mut chunk) }
}
