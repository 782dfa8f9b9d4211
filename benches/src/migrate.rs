//! A release that adds fields and an index to a table of many rows, beside the same statements by hand.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Result, ensure};
use nexus_kernel::store::{Database, Home, Limits, Server, Storage};
use nexus_kernel::{AppSource, Schema};
use tempfile::TempDir;
use tokio_postgres::NoTls;

use crate::measure::{Figure, interleave, rate};
use crate::place::{self, Base};
use crate::{Plan, raw};

/// Rounds, each of which writes every row.
const ROUNDS_MAX: usize = 3;
/// Rows, as a multiple of what other benchmarks read from.
const ROWS: usize = 10;
/// Connections that Nexus may open to PostgreSQL.
const CONNECTIONS: usize = 3;

const CORE: &str = "name = \"Core\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Users.\"\n";
const USER: &str = "label = \"User\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\" }\n";
const APP: &str = "name = \"Desk\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Notes.\"\n";

/// The form after so many releases: each adds a field with a default, one that is worked out, and an index.
fn schema(releases: usize) -> Result<Arc<Schema>> {
    use std::fmt::Write as _;
    let mut note =
        "label = \"Note\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\" }\ncount = { type = \"integer\" }\n"
            .to_owned();
    for release in 0..releases {
        let _ = writeln!(note, "rank{release} = {{ type = \"integer\", default = 7 }}");
        let _ =
            writeln!(note, "twice{release} = {{ type = \"integer\", computed = \"count + count\", stored = true }}");
    }
    note.push_str("[indexes]\n");
    for release in 0..releases {
        let _ = writeln!(note, "twice{release} = {{ fields = [\"twice{release}\"] }}");
    }
    let objects = Box::leak(Box::new([("note", &*note.leak())]));
    let sources = [
        AppSource { name: "core", manifest: CORE, objects: &[("user", USER)], ..Default::default() },
        AppSource { name: "desk", manifest: APP, objects, ..Default::default() },
    ];
    Schema::load(&sources).map(Arc::new).map_err(|errors| anyhow::anyhow!("{errors:?}"))
}

/// A database with the table, of whichever kind.
struct Notes {
    _folder: TempDir,
    home: Home,
    url: String,
}

impl Notes {
    async fn fill(base: Base, rows: usize) -> Result<Notes> {
        let (folder, url) = (tempfile::tempdir_in(place::disk()?)?, place::new_database(base).await?);
        let storage = match base {
            Base::Sqlite => Storage::Folder(folder.path().to_owned()),
            Base::Postgres => Storage::Server(Server::connect(&url, CONNECTIONS)?),
        };
        let notes = Notes { _folder: folder, home: storage.tenant("desk"), url };
        notes.release(0)?;
        let columns = "id, version, created_at, updated_at, name, count";
        match &notes.home {
            Home::File(file) => raw::fill(file, |connection| {
                Ok(connection.execute_batch(&format!(
                    "INSERT INTO desk__note ({columns}) \
                     WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n LIMIT {rows}) \
                     SELECT CAST(printf('%016d', n) AS BLOB), 1, n, n, printf('note %07d', n), n FROM n"
                ))?)
            })?,
            Home::Schema { .. } => {
                notes
                    .by_hand(&format!(
                        "INSERT INTO desk__note ({columns}) SELECT \
                         ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 1, now(), now(), \
                         'note ' || lpad(n::text, 7, '0'), n FROM generate_series(0, {rows} - 1) n; ANALYZE desk__note"
                    ))
                    .await?;
            }
        }
        Ok(notes)
    }

    /// Opens it as so many releases later; how many steps that took.
    fn release(&self, releases: usize) -> Result<usize> {
        Ok(Database::open(&self.home, schema(releases)?, Limits::default())?.1.steps.len())
    }

    async fn by_hand(&self, sql: &str) -> Result<()> {
        if let Home::File(file) = &self.home {
            return Ok(raw::open(file)?.execute_batch(&format!("BEGIN IMMEDIATE; {sql}; COMMIT"))?);
        }
        let (client, connection) = tokio_postgres::connect(&self.url, NoTls).await?;
        tokio::spawn(connection);
        Ok(client.batch_execute(&format!("SET search_path = tenant_desk, nexus; BEGIN; {sql}; COMMIT")).await?)
    }
}

pub(crate) async fn run(plan: &Plan, base: Base) -> Result<Vec<Figure>> {
    let rows = plan.rows * ROWS;
    let (nexus, hand) = (Notes::fill(base, rows).await?, Notes::fill(base, rows).await?);
    let [nexus, ceiling] = interleave(plan.rounds.min(ROUNDS_MAX), async |contender, turn| {
        let start = Instant::now();
        if contender == 0 {
            let steps = nexus.release(turn + 1)?;
            ensure!(steps == 3, "a release takes 3 steps, not {steps}");
        } else {
            let order = if base == Base::Postgres { " NULLS FIRST, id" } else { "" };
            hand.by_hand(&format!(
                "ALTER TABLE desk__note ADD COLUMN rank{turn} bigint DEFAULT 7; \
                 ALTER TABLE desk__note ADD COLUMN twice{turn} bigint; UPDATE desk__note SET twice{turn} = count + count; \
                 CREATE INDEX desk__note__i_twice{turn} ON desk__note (twice{turn}{order})"
            ))
            .await?;
        }
        Ok(rate(rows, start.elapsed()))
    })
    .await?;
    Ok(vec![Figure {
        name: format!("migrate{}", base.suffix()),
        what: format!(
            "two fields, one of them worked out, and an index added to {rows} rows, tried on a copy first; the ceiling is \
             the statements"
        ),
        unit: "rows/s",
        nexus,
        ceiling,
        bar: None,
    }])
}
