//! Reading one record by its id, with its tags, its addresses and what is worked out from others.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::Result;
use nexus_kernel::faces::ListParams;
use rusqlite::Connection;
use uuid::Uuid;

use crate::Plan;
use crate::measure::{Figure, interleave, rate};
use crate::place::{Base, WAITING};
use crate::shelf::Shelf;
use crate::{postgres, raw};

/// Reads of one round.
pub(crate) const ROUND: usize = 12_800;
/// Readers side by side, as many as the store opens.
const READERS: usize = 4;

pub(crate) async fn run(plan: &Plan, base: Base) -> Result<Vec<Figure>> {
    let shelf = Arc::new(Shelf::fill(base, plan.rows).await?);
    let mut readers = Vec::new();
    let mut clients = Vec::new();
    for _ in 0..READERS {
        match base {
            Base::Sqlite => readers.push(raw::open(&shelf.place.file())?),
            Base::Postgres => clients.push(postgres::open(&shelf.place).await?),
        }
    }
    let [nexus, ceiling] = interleave(plan.rounds, async |contender, turn| {
        let wanted: Arc<Vec<Uuid>> = Arc::new((0..ROUND).map(|at| pick(&shelf.parties, turn * ROUND + at)).collect());
        let start = Instant::now();
        match (contender, base) {
            (0, _) => ask(&shelf, &wanted).await?,
            (_, Base::Sqlite) => by_hand(&mut readers, &wanted)?,
            (_, Base::Postgres) => postgres::get(&clients, &wanted).await?,
        }
        Ok(rate(ROUND, start.elapsed()))
    })
    .await?;
    Ok(vec![Figure {
        name: format!("get{}", base.suffix()),
        what: format!("one of {} contacts by id, 64 callers, {READERS} readers", plan.rows),
        unit: "/s",
        nexus,
        ceiling,
        bar: None,
    }])
}

/// Reads so many records, one after the other.
pub(crate) async fn alone(shelf: &Shelf, times: usize) -> Result<()> {
    let object = Arc::clone(shelf.place.kernel.registry.object("contacts.party")?);
    let place = &shelf.place;
    for at in 0..times {
        let id = pick(&shelf.parties, at);
        place.kernel.get(&place.tenant, &place.admin, &object, id, ListParams::default()).await?;
    }
    Ok(())
}

pub(crate) fn pick(ids: &[Uuid], at: usize) -> Uuid {
    ids[at.wrapping_mul(7_919) % ids.len()]
}

pub(crate) async fn ask(shelf: &Arc<Shelf>, wanted: &Arc<Vec<Uuid>>) -> Result<()> {
    let object = Arc::clone(shelf.place.kernel.registry.object("contacts.party")?);
    let next = Arc::new(AtomicUsize::new(0));
    let callers: Vec<_> = (0..WAITING)
        .map(|_| {
            let (shelf, wanted, next, object) =
                (Arc::clone(shelf), Arc::clone(wanted), Arc::clone(&next), Arc::clone(&object));
            tokio::spawn(async move {
                let place = &shelf.place;
                while let Some(id) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
                    place.kernel.get(&place.tenant, &place.admin, &object, *id, ListParams::default()).await?;
                }
                anyhow::Ok(())
            })
        })
        .collect();
    for caller in callers {
        caller.await??;
    }
    Ok(())
}

fn by_hand(readers: &mut [Connection], wanted: &[Uuid]) -> Result<()> {
    let share = wanted.len().div_ceil(readers.len());
    std::thread::scope(|scope| {
        let readers = readers.iter_mut().zip(wanted.chunks(share));
        let readers: Vec<_> = readers.map(|(reader, share)| scope.spawn(move || read_all(reader, share))).collect();
        readers.into_iter().try_for_each(|reader| reader.join().expect("a reader that does not panic"))
    })
}

fn read_all(reader: &Connection, wanted: &[Uuid]) -> Result<()> {
    let mut record = reader.prepare_cached(
        "SELECT r.*, (SELECT count(*) FROM contacts__party p WHERE p.parent = r.id AND p.deleted_at IS NULL) \
         FROM contacts__party r WHERE r.id = ?1 AND r.deleted_at IS NULL",
    )?;
    let mut addresses =
        reader.prepare_cached("SELECT * FROM contacts__party_address WHERE parent = ?1 ORDER BY position")?;
    let mut tags =
        reader.prepare_cached("SELECT value FROM contacts__party__tags WHERE owner = ?1 ORDER BY position")?;
    for id in wanted {
        reader.prepare_cached("BEGIN")?.execute([])?;
        for statement in [&mut record, &mut addresses, &mut tags] {
            raw::read(statement, [id.into_bytes()])?;
        }
        reader.prepare_cached("ROLLBACK")?.execute([])?;
    }
    Ok(())
}
