//! The writer's laws: a group of jobs is durable together, each job stands or falls alone, readers see snapshots.

mod desk;

use std::sync::{Arc, mpsc};

use futures::FutureExt;
use futures::future::join_all;
use nexus_model::Schema;
use nexus_model::schema::AppSource;
use nexus_store::{Database, Event, EventFilter, Home, Limits, Query, Rows, StoreError, Tx, Verdict};
use nexus_testkit::{On, Scratch};

use desk::new_note;

const APP: &str = "name = \"Desk\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Notes.\"\n";
const NOTE: &str = r#"
label = "Note"
title = "name"
[fields]
name = { type = "text", unique = true }
number = { type = "text" }
tags = { type = "tags" }
"#;
const CORE: &str = "name = \"Core\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Users.\"\n";
const USER: &str = "label = \"User\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\" }\n";

fn open(home: &Home, limits: Limits) -> Arc<Database> {
    let sources = [
        AppSource { name: "core", manifest: CORE, objects: &[("user", USER)], ..Default::default() },
        AppSource { name: "desk", manifest: APP, objects: &[("note", NOTE)], ..Default::default() },
    ];
    let schema = Schema::load(&sources).unwrap_or_else(|errors| panic!("{errors:?}"));
    Database::open(home, Arc::new(schema), limits).expect("the database opens").0
}

/// The home in a temporary folder.
fn file(folder: &tempfile::TempDir) -> Home {
    Home::File(folder.path().join("desk.db"))
}

/// Writes a note with a number from a series, its tags and its event.
async fn add(tx: &mut Tx, name: &str) -> Result<String, StoreError> {
    let number = format!("N-{}", tx.next_number("notes").await?);
    let (mut note, event) = new_note(tx, name);
    note.set("number", number.as_str());
    let tags = ["b", "a"].map(nexus_model::Value::from).to_vec();
    note.set("tags", nexus_model::Value::List(tags));
    tx.append(&event).await?;
    tx.insert(&note).await?;
    Ok(number)
}

async fn numbers(tx: &mut Tx) -> Vec<String> {
    let schema = Arc::clone(tx.schema());
    let object = schema.get("desk.note").expect("notes");
    let query = Query {
        object,
        filters: Vec::new(),
        sort: vec![("number".to_owned(), false)],
        after: None,
        limit: 10_000,
        fields: Vec::new(),
        deleted: false,
        vars: &nexus_model::expr::Vars::default(),
        guard: &|_| Rows::All,
    };
    let notes = tx.find(&query).await.expect("notes");
    notes.iter().map(|note| note.text("number").to_owned()).collect()
}

/// The events of the log, which follow one another without a gap, and the findings of a check.
async fn sound(database: &Arc<Database>) -> Vec<Event> {
    let read = database.read(|mut tx| {
        Box::pin(async move {
            let events = tx.events(EventFilter::After(0), 10_000).await.expect("events");
            (events, tx.verify().await.expect("verify runs"))
        })
    });
    let (events, findings) = read.await.expect("a snapshot");
    assert!(findings.is_empty(), "{findings:?}");
    assert!(events.iter().enumerate().all(|(index, event)| event.seq == i64::try_from(index).expect("small") + 1));
    events
}

async fn job(database: &Arc<Database>, index: usize) -> Result<Result<String, StoreError>, StoreError> {
    let work = move |mut tx: Tx| -> futures::future::BoxFuture<'static, _> {
        Box::pin(async move {
            // Two of seven ask for a name that is taken.
            let name = if index % 7 < 2 { "taken".to_owned() } else { format!("note {index}") };
            let added = add(&mut tx, &name).await;
            assert!(!index.is_multiple_of(5), "the job {index} panics after it wrote");
            let keep = added.is_ok() && !index.is_multiple_of(3);
            (if keep { Verdict::Keep } else { Verdict::Discard }, added)
        })
    };
    database.write(work).await
}

#[nexus_testkit::database_test]
fn a_job_that_fails_panics_or_previews_takes_no_neighbour_with_it(on: On) {
    on.run(|storage| async move {
        let home = storage.tenant("desk");
        let database = open(&home, Limits::default());
        let answers = join_all((0..64).map(|index| job(&database, index))).await;
        let mut kept = Vec::new();
        for (index, answer) in answers.into_iter().enumerate() {
            match answer {
                Err(StoreError::Panicked(text)) => {
                    assert!(index % 5 == 0, "{index}: {text}");
                    assert!(text.contains(&format!("the job {index} panics")), "{text}");
                }
                Ok(Ok(number)) if !index.is_multiple_of(3) => kept.push(number),
                Ok(Ok(_)) => {}
                // A change is refused when it is looked at, or at the end of its job.
                Err(StoreError::Unique { .. }) => assert!(index % 7 < 2, "{index}"),
                other => panic!("{index}: {other:?}"),
            }
        }
        kept.sort_unstable();
        let mut expected: Vec<String> = (1..=kept.len()).map(|number| format!("N-{number}")).collect();
        expected.sort_unstable();
        assert!(kept.len() > 20, "{kept:?}");
        assert_eq!(kept, expected, "a number that a failed job had taken is given again");
        assert_eq!(sound(&database).await.len(), kept.len());

        drop(database);
        let database = open(&home, Limits::default());
        let found = database.read(|mut tx| Box::pin(async move { numbers(&mut tx).await })).await.expect("a snapshot");
        assert_eq!(found, expected, "what was answered is there after the file is opened anew");
        sound(&database).await;
    });
}

/// Adds notes one after the other; where it says so, looks at what is there in between, or leaves a place open that
/// some were added under.
async fn add_all(tx: &mut Tx, names: &[&'static str]) -> Result<(), StoreError> {
    for name in names {
        match *name {
            "look" => drop(numbers(tx).await),
            "mark" => tx.savepoint("mark").await?,
            "keep" => tx.release().await?,
            "drop" => tx.rollback_to("mark").await?,
            name => drop(add(tx, name).await?),
        }
    }
    Ok(())
}

#[nexus_testkit::database_test]
fn a_job_of_which_one_change_is_refused_is_taken_back_whole(on: On) {
    on.run(|storage| async move {
        let database = open(&storage.tenant("desk"), Limits::default());
        let jobs: [(&[&str], bool); 10] = [
            (&["one", "two"], true),
            (&["three", "one"], false),
            (&["one"], false),
            (&["three", "look", "four"], true),
            (&["five", "look", "four"], false),
            (&["five", "mark", "six", "drop", "six", "mark", "seven", "keep"], true),
            (&["mark", "eight", "keep", "mark", "seven", "keep"], false),
            (&["mark", "eight", "look", "drop", "mark", "nine", "nine", "drop", "ten"], true),
            (&["mark", "mark", "eight", "drop", "nine", "keep", "look", "mark", "eleven", "drop"], true),
            (&["mark", "twelve", "mark", "twelve", "keep", "keep"], false),
        ];
        let answers = join_all(jobs.iter().map(|(names, _)| {
            let names = *names;
            database.write(move |mut tx| -> futures::future::BoxFuture<'static, _> {
                Box::pin(async move {
                    let done = add_all(&mut tx, names).await;
                    (if done.is_ok() { Verdict::Keep } else { Verdict::Discard }, done)
                })
            })
        }));
        for ((names, stands), answer) in jobs.iter().zip(answers.await) {
            match answer.and_then(|done| done) {
                Ok(()) => assert!(stands, "{names:?} was kept"),
                Err(StoreError::Unique { claim, .. }) => {
                    assert!(!stands, "{names:?} was refused");
                    assert!(claim.is_some(), "{names:?}: who was refused is told what is taken");
                }
                Err(other) => panic!("{names:?}: {other}"),
            }
        }
        let kept = ["one", "two", "three", "four", "five", "six", "seven", "ten", "nine"];
        assert_eq!(sound(&database).await.len(), kept.len(), "each has its event, and nothing else has");
        let found = database.read(|mut tx| Box::pin(async move { numbers(&mut tx).await })).await.expect("a snapshot");
        let mut expected: Vec<String> = (1..=kept.len()).map(|number| format!("N-{number}")).collect();
        expected.sort_unstable();
        assert_eq!(found, expected, "a number that was taken back is given again");
    });
}

#[nexus_testkit::database_test]
fn a_full_queue_refuses_and_what_it_took_is_done(on: On) {
    on.run(|storage| async move {
        let home = storage.tenant("desk");
        let database = open(&home, Limits { waiting_max: 3, group_max: 2, readers_max: 1 });
        let ((began, begins), (go, gate)) = (mpsc::channel(), mpsc::channel::<()>());
        let held = {
            let database = Arc::clone(&database);
            tokio::spawn(async move {
                let hold = move |_: Tx| -> futures::future::BoxFuture<'static, _> {
                    Box::pin(async move {
                        began.send(()).expect("the test waits");
                        gate.recv().expect("the test opens the gate");
                        (Verdict::Keep, ())
                    })
                };
                database.write(hold).await
            })
        };
        tokio::task::spawn_blocking(move || begins.recv()).await.expect("a thread").expect("the writer is at work");
        // Each of these is put in the queue when it is polled first, so all are there before any is answered.
        let mut waiting: Vec<_> = (0..3).map(|index| Box::pin(job(&database, 7 * index + 3))).collect();
        for future in &mut waiting {
            assert!(futures::poll!(future).is_pending());
        }
        assert_eq!(database.waiting(), 3);
        for index in 0..5 {
            assert!(matches!(job(&database, index).await, Err(StoreError::Busy)));
        }
        go.send(()).expect("the writer waits");
        held.await.expect("a task").expect("the job that was held");
        for answer in join_all(waiting).await {
            drop(answer);
        }
        assert_eq!(database.waiting(), 0);
        assert!(job(&database, 4).await.expect("there is room again").is_ok());
        sound(&database).await;
    });
}

#[nexus_testkit::database_test]
fn a_reader_sees_one_snapshot_while_others_write(on: On) {
    on.run(|storage| async move {
        let home = storage.tenant("desk");
        let database = open(&home, Limits::default());
        job(&database, 2).await.expect("an answer").expect("a note");
        let ((began, begins), (go, gate)) = (mpsc::channel(), mpsc::channel::<()>());
        let reader = {
            let database = Arc::clone(&database);
            tokio::spawn(async move {
                let look = move |mut tx: Tx| -> futures::future::BoxFuture<'static, _> {
                    Box::pin(async move {
                        let before = numbers(&mut tx).await;
                        began.send(()).expect("the test waits");
                        gate.recv().expect("the test opens the gate");
                        (
                            before,
                            numbers(&mut tx).await,
                            tx.events(EventFilter::After(0), 100).await.expect("events").len(),
                        )
                    })
                };
                database.read(look).await
            })
        };
        tokio::task::spawn_blocking(move || begins.recv()).await.expect("a thread").expect("the reader is at work");
        job(&database, 4).await.expect("an answer").expect("a second note beside the reader");
        let now = database.read(|mut tx| Box::pin(async move { numbers(&mut tx).await })).await.expect("a snapshot");
        assert_eq!(now.len(), 2, "a new reader sees what was answered");
        go.send(()).expect("the reader waits");
        let (before, after, events) = reader.await.expect("a task").expect("a snapshot");
        assert_eq!((before.len(), events), (1, 1));
        assert_eq!(before, after);
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_the_log_is_found() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = open(&file(&folder), Limits::default());
    for index in [2, 4, 8] {
        job(&database, index).await.expect("an answer").expect("a note");
    }
    assert_eq!(sound(&database).await.len(), 3);
    let connection = rusqlite::Connection::open(folder.path().join("desk.db")).expect("the file opens");
    for (edit, place) in [
        ("UPDATE _event SET action = 'desk.other' WHERE seq = 2", "event 2"),
        ("DELETE FROM _event WHERE seq = 2", "event 3"),
    ] {
        connection.execute(edit, []).expect("an edit behind the store's back");
        let findings = database.read(|mut tx| Box::pin(async move { tx.verify().await })).await.expect("a snapshot");
        let findings = findings.expect("verify runs");
        assert!(findings.iter().any(|finding| finding.place == place), "{findings:?}");
    }
}

/// Without them SQLite cannot tell an index on what all records share from one on what few do. An index that is known
/// to be large is not counted again, which would hold changes up for as long as the file takes to read.
#[tokio::test(flavor = "multi_thread")]
async fn statistics_follow_the_data_until_an_index_is_large() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = open(&file(&folder), Limits::default());
    let file = || rusqlite::Connection::open(folder.path().join("desk.db")).expect("the file opens");
    let known = |whose: &str| {
        let rows = format!("SELECT max(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE {whose}");
        file().query_row(&rows, [], |row| row.get::<_, Option<i64>>(0)).ok().flatten()
    };
    let (names, others) = ("idx = 'desk__note__u_name'", "tbl = '_event'");
    assert_eq!(known(names), None);
    fill(&database, 0..20).await;
    let first = known(others);
    assert!(known(names).is_some_and(|rows| rows >= 1_000) && first >= Some(1_000), "{:?}", known(names));
    file().execute(&format!("UPDATE sqlite_stat1 SET stat = '2000000 1' WHERE {names}"), []).expect("an edit");
    fill(&database, 20..60).await;
    assert_eq!(known(names), Some(2_000_000));
    assert!(known(others) > first, "{first:?}");
}

/// A hundred notes a group.
async fn fill(database: &Arc<Database>, groups: std::ops::Range<usize>) {
    for group in groups {
        let added = database.write(move |mut tx| {
            Box::pin(async move {
                for at in 0..100 {
                    add(&mut tx, &format!("note {group}-{at}")).await?;
                }
                Ok::<_, StoreError>(())
            })
            .map(|added| (Verdict::Keep, added))
            .boxed()
        });
        added.await.expect("a place").expect("notes");
    }
}

/// Rows of the log go to PostgreSQL in one exchange at the end: what is refused then must be told then.
#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_is_refused_at_the_commit_keeps_nothing() {
    let scratch = Scratch::new().await;
    let database = open(&scratch.storage().tenant("desk"), Limits::default());
    let (client, connection) =
        tokio_postgres::connect(&scratch.url(), tokio_postgres::NoTls).await.expect("a connection");
    tokio::spawn(connection);
    let trigger =
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the log is full'; END $$;
         CREATE TRIGGER refuse BEFORE INSERT ON tenant_desk._event FOR EACH ROW WHEN (NEW.seq % 100 = 99)
         EXECUTE FUNCTION refuse()";
    client.batch_execute(trigger).await.expect("a trigger");
    // Alone and in a group, by rows and by COPY: the event 99 is among them.
    for (notes, jobs) in [(120, 1), (30, 8), (3, 60)] {
        let before = sound(&database).await.len();
        let answers = join_all((0..jobs).map(|job| {
            database.write(move |mut tx| {
                async move {
                    for note in 0..notes {
                        add(&mut tx, &format!("{notes}-{job}-{note}")).await.unwrap_or_else(|error| panic!("{error}"));
                    }
                    (Verdict::Keep, ())
                }
                .boxed()
            })
        }));
        let acknowledged = answers.await.into_iter().filter(Result::is_ok).count();
        let stored = sound(&database).await.len() - before;
        assert_eq!(stored, acknowledged * notes, "what was answered is there, and nothing else");
        assert!(acknowledged < jobs, "event 99 was refused to nobody");
    }
    drop(database);
    scratch.remove().await;
}
