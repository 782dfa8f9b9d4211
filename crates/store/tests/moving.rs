//! A tenant on its way from one database to another while it is in use.

mod shelf;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use futures::FutureExt;
use nexus_model::{Timestamp, Uuid};
use nexus_store::{Database, Forward, Home, Run, Tx, Verdict, content_of, relocate};
use nexus_testkit::{On, Scratch};

use shelf::{SCHEMA, add, books, count};

/// What a writer without pause has had acknowledged.
#[derive(Default)]
struct Written {
    books: AtomicU64,
    quiet: AtomicU64,
    enough: AtomicBool,
}

/// A run without an event, and one that was taken back: nothing in the log tells of either.
async fn quiet(database: &Arc<Database>) {
    let work = |mut tx: Tx| {
        async move {
            let run = |id| Run {
                id,
                at: Timestamp::UNIX_EPOCH,
                principal: Uuid::nil(),
                action: "shelf.look".to_owned(),
                undone_by: None,
            };
            let (one, other) = (Uuid::now_v7(), Uuid::now_v7());
            tx.add_run(&run(one)).await.expect("a run");
            tx.add_run(&run(other)).await.expect("a run");
            tx.mark_undone(one, Some(other)).await.expect("undone");
            let reply = serde_json::json!({"run": one});
            tx.keep_reply(one, "key", "request", &reply, Timestamp::UNIX_EPOCH).await.expect("a reply");
            (Verdict::Keep, ())
        }
        .boxed()
    };
    database.write(work).await.expect("kept");
}

/// SQLite → PostgreSQL → another PostgreSQL → SQLite, while four writers go on: no change fails, none is lost.
#[test]
fn a_tenant_moves_while_it_is_written_to() {
    On::Sqlite.run(|folder| async move {
        let (first, second) = (Scratch::new().await, Scratch::new().await);
        let places = [("", folder.clone()), ("first", first.storage()), ("second", second.storage())];
        let homes: Vec<(&str, Home)> = places.iter().map(|(name, place)| (*name, place.tenant("kibo"))).collect();
        let database = books(&homes[0].1);
        let known = homes.clone();
        database.find_by(move |Forward { place, .. }| {
            known.iter().find(|(name, _)| name == place).map(|(_, at)| at.clone())
        });
        add(&database, 3_000).await;
        let written = Arc::new(Written::default());
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let (database, written) = (Arc::clone(&database), Arc::clone(&written));
                tokio::spawn(async move {
                    while !written.enough.load(Ordering::Relaxed) {
                        if writer == 0 {
                            quiet(&database).await;
                            written.quiet.fetch_add(1, Ordering::Relaxed);
                        } else {
                            add(&database, 2).await;
                            written.books.fetch_add(2, Ordering::Relaxed);
                        }
                    }
                })
            })
            .collect();
        for stop in [1, 2, 0] {
            let (from, (name, to)) = (homes[(stop + 2) % 3].1.clone(), homes[stop].clone());
            let before = written.books.load(Ordering::Relaxed);
            let moved = tokio::task::spawn_blocking(move || relocate(&from, &to, &SCHEMA, name)).await.expect("ran");
            moved.unwrap_or_else(|error| panic!("to {name}: {error}"));
            assert!(written.books.load(Ordering::Relaxed) > before, "changes went on during the move to {name}");
        }
        written.enough.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.await.expect("a writer that nothing was refused");
        }
        let [made, quiet] = [&written.books, &written.quiet].map(|count| count.load(Ordering::Relaxed));
        assert_eq!(count(&database).await, 3_000 + made);
        // A book has a row, a chapter, two tags and an event; a quiet change two runs and a reply; and there is a series.
        let begun = content_of(&homes[0].1, &SCHEMA).expect("a hash");
        assert_eq!(begun.rows, (3_000 + made) * 5 + quiet * 3 + 1);
        let findings = database.read(|mut tx: Tx| async move { tx.verify().await.expect("checked") }.boxed()).await;
        assert_eq!(findings.expect("a snapshot"), []);
        // Once more when nobody writes: the hash goes with the data.
        let there = relocate(&homes[0].1, &homes[1].1, &SCHEMA, "first").expect("moved");
        assert_eq!((&there, &content_of(&homes[1].1, &SCHEMA).expect("a hash")), (&begun, &begun));
        drop((database, places, homes));
        first.remove().await;
        second.remove().await;
    });
}
