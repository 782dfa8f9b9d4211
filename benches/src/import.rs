//! Importing delimited text: a contact a row, mapped, checked, each row in its savepoint.

use std::fmt::Write as _;
use std::io::{Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use nexus_kernel::model::Uuid;
use nexus_kernel::{ImportRequest, Mapping};
use serde_json::{Value as Json, json};

use crate::Plan;
use crate::hand::Hand;
use crate::measure::{Figure, interleave, rate};
use crate::place::{Base, Place};

/// What stands above the rows.
const HEADINGS: &str = "kind,name,email,phone,reference\n";
/// Rows of one file.
const ROUND: usize = 10_000;
/// Rows after which the memory is looked at.
const LOOKED: usize = 1_000;
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

/// One file of ten times as many rows as lists are measured among, and what the process takes for it at its peak.
pub(crate) async fn file(plan: &Plan, base: Base) -> Result<Vec<Figure>> {
    let count = plan.rows * 10;
    let nexus = Place::open(base).await?;
    let before = anonymous_mib()?;
    let most = Arc::new(AtomicU64::new(before));
    let lines = Lines { next: 0, end: count, held: Cursor::default(), most: Arc::clone(&most) };
    let start = Instant::now();
    import(&nexus, count, Box::new(lines)).await?;
    let nexus_rate = rate(count, start.elapsed());
    let most = most.load(Ordering::Relaxed) - before;
    drop(nexus);
    let hand = Hand::open(&Arc::new(Place::open(base).await?)).await?;
    let start = Instant::now();
    for first in (0..count).step_by(ROUND) {
        by_hand(&hand, &text(first, ROUND.min(count - first))).await?;
    }
    Ok(vec![Figure {
        name: format!("import-file{}", base.suffix()),
        what: format!("{count} rows as one file, with at most {most} MiB more of memory than before"),
        unit: "rows/s",
        nexus: vec![nexus_rate],
        ceiling: vec![rate(count, start.elapsed())],
        bar: None,
    }])
}

/// Memory of the process's own (Linux: `RssAnon`), in MiB. What SQLite maps of its file is no part of it: the system takes
/// that back where it needs the room.
fn anonymous_mib() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line =
        status.lines().find_map(|line| line.strip_prefix("RssAnon:")).context("memory is told by Linux alone")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? >> 10)
}

/// The rows of a file, made while it is read; each time the memory is looked at.
struct Lines {
    next: usize,
    end: usize,
    held: Cursor<String>,
    most: Arc<AtomicU64>,
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.held.read(buffer)?;
        if count > 0 || self.next == self.end {
            return Ok(count);
        }
        self.most.fetch_max(anonymous_mib().map_err(std::io::Error::other)?, Ordering::Relaxed);
        let some = LOOKED.min(self.end - self.next);
        let lines = lines(self.next, some);
        self.held = Cursor::new(if self.next == 0 { format!("{HEADINGS}{lines}") } else { lines });
        self.next += some;
        self.held.read(buffer)
    }
}

/// Imports rows as a file.
pub(crate) async fn rows(place: &Place, first: usize, count: usize) -> Result<()> {
    import(place, count, Box::new(Cursor::new(text(first, count)))).await
}

async fn import(place: &Place, count: usize, file: Box<dyn Read + Send>) -> Result<()> {
    let object = Arc::clone(place.kernel.registry.object("contacts.party")?);
    let request = ImportRequest {
        file,
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
    format!("{HEADINGS}{}", lines(first, count))
}

fn lines(first: usize, count: usize) -> String {
    let mut text = String::new();
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
