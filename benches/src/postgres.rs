//! The ceiling on PostgreSQL: hand-written SQL through `tokio-postgres`, on the tables and indexes that Nexus made, with
//! prepared statements and a group of changes sent in one go between `BEGIN` and `COMMIT`.

use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use bytes::BytesMut;
use futures::future::{join_all, try_join_all};
use nexus_kernel::model::Timestamp;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, NoTls, Statement};
use uuid::Uuid;

use crate::place::{Place, WAITING};

/// An id as PostgreSQL takes and gives it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key(pub(crate) Uuid);

impl ToSql for Key {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.extend_from_slice(self.0.as_bytes());
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::UUID
    }

    to_sql_checked!();
}

impl FromSql<'_> for Key {
    fn from_sql(_: &Type, raw: &[u8]) -> Result<Key, Box<dyn Error + Sync + Send>> {
        Ok(Key(Uuid::from_slice(raw)?))
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::UUID
    }
}

/// A connection that works in the tenant's schema.
pub(crate) async fn open(place: &Place) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(&place.url, NoTls).await?;
    tokio::spawn(connection);
    let schema = format!("tenant_{}", place.tenant.slug.replace('-', "_"));
    client.batch_execute(&format!("SET search_path = \"{schema}\", nexus; SET jit = off")).await?;
    Ok(client)
}

/// The event log's end, as a hand-written program would keep it.
struct Log {
    insert: Statement,
    run: Statement,
    step: Statement,
    seq: i64,
    /// Also the rows that Nexus keeps of each run and of each step.
    journal: bool,
    principal: Key,
}

/// What an event says besides its place in the log.
struct Event<'e> {
    at: Timestamp,
    action: &'e str,
    verb: &'e str,
    object: &'e str,
    record: Uuid,
    version: i64,
    changes: String,
}

impl Log {
    async fn open(client: &Client, place: &Place) -> Result<Log> {
        let last = client.query_one("SELECT coalesce(max(seq), 0) FROM _event", &[]).await?;
        let insert = client
            .prepare(
                "INSERT INTO _event (seq, at, run, step, action, verb, object, record, version, principal, changes, hash) \
                 VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9, $10::text::json, $11)",
            )
            .await?;
        let run = client.prepare("INSERT INTO _run (id, at, principal, action) VALUES ($1, $2, $3, $4)").await?;
        let step = client.prepare("INSERT INTO _step (run, step, action, record) VALUES ($1, 0, $2, $3)").await?;
        Ok(Log { insert, run, step, seq: last.get(0), journal: false, principal: Key(place.admin.user) })
    }

    async fn append(&self, client: &Client, seq: i64, event: &Event<'_>) -> Result<u64, tokio_postgres::Error> {
        let Event { at, action, verb, object, record, version, changes } = event;
        let (run, record, hash) = (Key(Uuid::now_v7()), Key(*record), [0x5a_u8; 32].as_slice());
        let values: [&(dyn ToSql + Sync); 11] =
            [&seq, at, &run, action, verb, object, &record, version, &self.principal, changes, &hash];
        let insert = client.execute(&self.insert, &values);
        if !self.journal {
            return insert.await;
        }
        let row: [&(dyn ToSql + Sync); 4] = [&run, at, &self.principal, action];
        let step: [&(dyn ToSql + Sync); 3] = [&run, action, &record];
        let (run, step, event) =
            futures::join!(client.execute(&self.run, &row), client.execute(&self.step, &step), insert);
        run.and(step).and(event)
    }
}

/// Runs `work` for each of `all` in groups: everything of a group is sent at once, with what begins and commits it.
async fn in_groups<T>(
    client: &Client,
    all: &[T],
    size: usize,
    work: impl AsyncFn(usize, &T) -> Result<(), tokio_postgres::Error>,
) -> Result<()> {
    for (group, items) in all.chunks(size).enumerate() {
        let work = &work;
        let changes = items.iter().enumerate().map(|(at, item)| work(group * size + at, item));
        let (begun, changed, committed) =
            futures::join!(client.batch_execute("BEGIN"), join_all(changes), client.batch_execute("COMMIT"));
        begun?;
        changed.into_iter().collect::<Result<(), _>>()?;
        committed?;
    }
    Ok(())
}

/// Writes contacts and their events, `size` a commit; each row has its texts and its event's changes.
pub(crate) async fn create(
    client: &Client,
    place: &Place,
    rows: &[([String; 4], String)],
    size: usize,
    journal: bool,
) -> Result<()> {
    let mut log = Log::open(client, place).await?;
    (log.seq, log.journal) = (log.seq + 1, journal);
    let insert = client
        .prepare(
            "INSERT INTO contacts__party (id, version, created_at, updated_at, created_by, kind, name, email, phone, reference, active) \
             VALUES ($1, 1, $2, $2, $3, 'organisation', $4, $5, $6, $7, true)",
        )
        .await?;
    in_groups(client, rows, size, async |at, ([name, email, phone, reference], changes)| {
        let (id, now, seq) = (Uuid::now_v7(), Timestamp::now(), log.seq + i64::try_from(at).unwrap_or_default());
        let key = Key(id);
        let values: [&(dyn ToSql + Sync); 7] = [&key, &now, &log.principal, name, email, phone, reference];
        let event = Event {
            at: now,
            action: "contacts.create_party",
            verb: "create",
            object: "contacts.party",
            record: id,
            version: 1,
            changes: changes.clone(),
        };
        let (inserted, logged) = futures::join!(client.execute(&insert, &values), log.append(client, seq, &event));
        inserted.and(logged).map(drop)
    })
    .await
}

/// Posts drafts that are an entry and its two lines.
pub(crate) async fn post(
    client: &Client,
    place: &Place,
    series: &str,
    drafts: &[[Uuid; 3]],
    journal: bool,
) -> Result<()> {
    let mut log = Log::open(client, place).await?;
    (log.seq, log.journal) = (log.seq + 1, journal);
    let entry = client
        .prepare(
            "WITH number AS (INSERT INTO _series (key, last) VALUES ($2, 1) \
             ON CONFLICT (key) DO UPDATE SET last = _series.last + 1 RETURNING last) \
             UPDATE finance__journal_entry SET number = 'BEN-2026-' || lpad(number.last::text, 6, '0'), state = 'posted', \
             version = 2, updated_at = $3 FROM number WHERE id = $1",
        )
        .await?;
    let lines =
        client.prepare("UPDATE finance__journal_entry_line SET date = $3::text::date WHERE id IN ($1, $2)").await?;
    in_groups(client, drafts, WAITING, async |at, [id, first, second]| {
        let (now, seq) = (Timestamp::now(), log.seq + i64::try_from(at).unwrap_or_default());
        let day: String = now.to_string().chars().take(10).collect();
        let (key, first, second) = (Key(*id), Key(*first), Key(*second));
        let event = Event {
            at: now,
            action: "finance.post_journal_entry",
            verb: "update",
            object: "finance.journal_entry",
            record: *id,
            version: 2,
            changes: crate::post::changes(&format!("BEN-2026-{at:06}"), &day, [first.0, second.0]).to_string(),
        };
        let values: [&(dyn ToSql + Sync); 3] = [&key, &series, &now];
        let dated: [&(dyn ToSql + Sync); 3] = [&first, &second, &day];
        let (posted, dated, logged) = futures::join!(
            client.execute(&entry, &values),
            client.execute(&lines, &dated),
            log.append(client, seq, &event)
        );
        posted.and(dated).and(logged).map(drop)
    })
    .await
}

/// Reads contacts by id, all connections at a time, each with its tags and addresses.
pub(crate) async fn get(readers: &[Client], wanted: &[Uuid]) -> Result<()> {
    let next = AtomicUsize::new(0);
    let read = async |client: &Client| -> Result<()> {
        let record = client
            .prepare(
                "SELECT r.*, (SELECT count(*) FROM contacts__party p WHERE p.parent = r.id AND p.deleted_at IS NULL) \
                 FROM contacts__party r WHERE r.id = $1 AND r.deleted_at IS NULL",
            )
            .await?;
        let addresses =
            client.prepare("SELECT * FROM contacts__party_address WHERE parent = $1 ORDER BY position").await?;
        let tags = client.prepare("SELECT value FROM contacts__party__tags WHERE owner = $1 ORDER BY position").await?;
        while let Some(id) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
            let key = Key(*id);
            let bound: [&(dyn ToSql + Sync); 1] = [&key];
            futures::try_join!(
                client.query(&record, &bound),
                client.query(&addresses, &bound),
                client.query(&tags, &bound)
            )?;
        }
        Ok(())
    };
    try_join_all(readers.iter().map(read)).await.map(drop)
}

/// The statements of [`list`].
pub(crate) async fn prepare_list(client: &Client) -> Result<[Statement; 2]> {
    let page = client
        .prepare(
            "SELECT p.id, i.*, p.*, (SELECT count(*) FROM contacts__party c WHERE c.parent = p.id AND c.deleted_at IS NULL), a.*, \
             a.code || ' ' || a.name \
             FROM (SELECT * FROM finance__invoice WHERE deleted_at IS NULL AND company = $1 AND state = 'posted' AND total > $2 \
             ORDER BY date DESC NULLS LAST, id DESC LIMIT 51) i \
             LEFT JOIN contacts__party p ON p.id = i.party AND p.deleted_at IS NULL \
             LEFT JOIN finance__account a ON a.id = i.account AND a.deleted_at IS NULL AND a.company = $1 \
             ORDER BY i.date DESC, i.id DESC",
        )
        .await?;
    let tags = "SELECT owner, value FROM contacts__party__tags WHERE owner = ANY($1) ORDER BY owner, position";
    Ok([page, client.prepare(tags).await?])
}

/// A page of 50 invoices with party and account beside them, then the parties' tags; how many there were.
pub(crate) async fn list(client: &Client, [page, tags]: &[Statement; 2], company: Uuid, least: usize) -> Result<usize> {
    let page = client.query(page, &[&Key(company), &(i64::try_from(least)? * 10_000)]).await?;
    let owners: Vec<Key> = page.iter().map(|row| row.get(0)).collect();
    client.query(tags, &[&owners]).await?;
    Ok(page.len().saturating_sub(1))
}
