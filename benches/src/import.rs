//! Importing delimited text: a contact a row, mapped, checked, each row in its savepoint.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Result, ensure};
use nexus_kernel::model::Uuid;
use nexus_kernel::{ImportRequest, Mapping};
use serde_json::{Value as Json, json};

use crate::Plan;
use crate::hand::Hand;
use crate::measure::{Figure, interleave, rate};
use crate::place::{Base, Place};

/// Rows of one file.
const ROUND: usize = 10_000;
/// Rows of one transaction, as the kernel's import takes them.
const CHUNK: usize = 100;

pub(crate) async fn run(plan: &Plan, base: Base) -> Result<Vec<Figure>> {
    let nexus = Place::open(base).await?;
    let hand = Hand::open(&Arc::new(Place::open(base).await?)).await?;
    let [nexus_rates, ceiling] = interleave(plan.rounds, async |contender, turn| {
        let start = Instant::now();
        if contender == 0 {
            rows(&nexus, turn * ROUND, ROUND).await?;
        } else {
            by_hand(&hand, &text(turn * ROUND, ROUND)).await?;
        }
        Ok(rate(ROUND, start.elapsed()))
    })
    .await?;
    Ok(vec![Figure {
        name: format!("import{}", base.suffix()),
        what: "CSV rows of five columns, 100 rows a commit".to_owned(),
        unit: "rows/s",
        nexus: nexus_rates,
        ceiling,
        bar: None,
    }])
}

/// Imports rows as a file.
pub(crate) async fn rows(place: &Place, first: usize, count: usize) -> Result<()> {
    let object = Arc::clone(place.kernel.registry.object("contacts.party")?);
    let request = ImportRequest {
        file: Box::new(std::io::Cursor::new(text(first, count))),
        name: "customers.csv".to_owned(),
        mapping: Mapping::default(),
        preview: false,
        company: None,
        run: Some(Uuid::now_v7()),
    };
    let report = place.kernel.import(&place.tenant, &place.admin, &object, request).await?;
    ensure!(report.created == count as u64, "rows were refused: {:?}", report.rejected.first());
    Ok(())
}

fn text(first: usize, count: usize) -> String {
    let mut text = "kind,name,email,phone,reference\n".to_owned();
    for number in first..first + count {
        let _ = writeln!(
            text,
            "organisation,Customer {number:07} of Nairobi,customer{number:07}@example.com,+254 700 {number:07},C-{number:07}"
        );
    }
    text
}

async fn by_hand(hand: &Hand, text: &str) -> Result<()> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut rows = Vec::with_capacity(ROUND);
    for row in reader.records() {
        let row = row?;
        let texts: [String; 4] = std::array::from_fn(|index| row[index + 1].to_owned());
        let change = |field: &str, to: &str| json!({"field": field, "from": null, "to": to});
        let named = ["name", "email", "phone", "reference"].into_iter().zip(&texts);
        let changes: Json = [change("kind", &row[0])].into_iter().chain(named.map(|(f, to)| change(f, to))).collect();
        rows.push((texts, changes.to_string()));
    }
    hand.create(&rows, CHUNK, false).await
}
