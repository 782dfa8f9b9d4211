//! Search by words among contacts and invoices, and making the index they are found by, beside tantivy alone.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use nexus_kernel::faces::search::SearchParams;
use tantivy::collector::{Count, TopDocs};
use tantivy::doc;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TEXT};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Term};

use crate::Plan;
use crate::list::accountant;
use crate::measure::{Figure, interleave, rate};
use crate::place::Base;
use crate::shelf::Shelf;

/// Searches of one round.
const ROUND: usize = 200;
/// Hits of a page.
const HITS: usize = 20;
/// Rounds of making an index, each of which writes every record.
const MAKINGS_MAX: usize = 3;
/// Memory of the writer by hand, that which Nexus gives one.
const WRITER_BYTES: usize = 15_000_000;

pub(crate) async fn run(plan: &Plan, base: Base) -> Result<Vec<Figure>> {
    let shelf = Shelf::fill(base, plan.rows).await?;
    let place = &shelf.place;
    let folder = tempfile::tempdir()?;
    let records = plan.rows * 2;
    let [nexus, ceiling] = interleave(plan.rounds.min(MAKINGS_MAX), async |contender, turn| {
        let start = Instant::now();
        if contender == 0 {
            place.kernel.rebuild_index(&place.tenant).await?;
            place.kernel.index(&place.tenant).await?;
        } else {
            Hand::make(&folder.path().join(turn.to_string()), plan.rows)?;
        }
        Ok(rate(records, start.elapsed()))
    })
    .await?;
    let making = Figure {
        name: format!("search{}", base.suffix()),
        what: format!("making the index of {records} records; the ceiling is handed its documents"),
        unit: "records/s",
        nexus,
        ceiling,
        bar: None,
    };
    let hand = Hand::make(&folder.path().join("asked"), plan.rows)?;
    let mut figures = vec![making];
    let accountant = accountant(&shelf);
    for (whose, principal) in [("every record", &place.admin), ("the records of one company", &accountant)] {
        let [nexus, ceiling] = interleave(plan.rounds, async |contender, turn| {
            let start = Instant::now();
            for at in 0..ROUND {
                let q = typed(turn * ROUND + at, plan.rows);
                let found = if contender == 0 {
                    let params = SearchParams { q: q.clone(), ..SearchParams::default() };
                    place.kernel.search(&place.tenant, principal, params).await?.count
                } else {
                    hand.find(&q)?
                };
                ensure!(found > 0, "`{q}` finds something");
            }
            Ok(rate(ROUND, start.elapsed()))
        })
        .await?;
        figures.push(Figure {
            name: format!("search{}", base.suffix()),
            what: format!("words, beginnings and slips among {records} records, by who sees {whose}"),
            unit: "/s",
            nexus,
            ceiling,
            bar: None,
        });
    }
    Ok(figures)
}

/// What is typed in turn: a number, the beginning of one, a word with a slip, an address.
fn typed(at: usize, rows: usize) -> String {
    let number = at.wrapping_mul(7_919) % rows;
    match at % 4 {
        0 => format!("inv-2020-{number:07}"),
        1 => format!("customer {:05}", number / 100),
        2 => format!("custmoer {number:07}"),
        _ => format!("customer{number:07}@example.com"),
    }
}

/// An index by hand of the same texts.
struct Hand {
    title: Field,
    text: Field,
    reader: IndexReader,
}

impl Hand {
    fn make(folder: &Path, rows: usize) -> Result<Hand> {
        std::fs::create_dir_all(folder)?;
        let mut schema = Schema::builder();
        let id = schema.add_text_field("id", STRING | STORED);
        let (title, text) = (schema.add_text_field("title", TEXT), schema.add_text_field("text", TEXT));
        let index = Index::create_in_dir(folder, schema.build())?;
        let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
        for number in 0..rows {
            writer.add_document(doc!(
                id => format!("contacts.party/{number}"),
                title => format!("Customer {number:07}"),
                text => format!("customer{number:07}@example.com C-{number:07}"),
            ))?;
            writer.add_document(doc!(
                id => format!("finance.invoice/{number}"),
                title => format!("INV-2020-{number:07}"),
            ))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Hand { title, text, reader })
    }

    /// The best hits, and how many there are: each word as it is, the last as a beginning, longer ones with a slip.
    fn find(&self, q: &str) -> Result<usize> {
        let words: Vec<&str> = q.split(|char: char| !char.is_alphanumeric()).collect();
        let last = words.len() - 1;
        let every = |(at, word): (usize, &&str)| {
            let mut ways: Vec<(Occur, Box<dyn Query>)> = Vec::new();
            for field in [self.title, self.text] {
                let term = Term::from_field_text(field, word);
                ways.push((Occur::Should, Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs))));
                let slips = u8::from(word.len() >= 5 && !word.chars().any(char::is_numeric));
                if at == last {
                    ways.push((Occur::Should, Box::new(FuzzyTermQuery::new_prefix(term, slips, true))));
                } else if slips > 0 {
                    ways.push((Occur::Should, Box::new(FuzzyTermQuery::new(term, slips, true))));
                }
            }
            (Occur::Must, Box::new(BooleanQuery::new(ways)) as Box<dyn Query>)
        };
        let query = BooleanQuery::new(words.iter().enumerate().map(every).collect());
        let searcher = self.reader.searcher();
        let (best, count) = searcher.search(&query, &(TopDocs::with_limit(HITS).order_by_score(), Count))?;
        for (_, address) in best {
            let found: tantivy::TantivyDocument = searcher.doc(address)?;
            found.field_values().next().context("a hit has its id")?;
        }
        Ok(count)
    }
}
