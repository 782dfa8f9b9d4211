//! Migrations: what rows get and keep, what needs consent, that a failure leaves nothing, and that reads go on.

mod desk;

use std::sync::{Arc, mpsc};

use futures::FutureExt;
use nexus_model::schema::AppSource;
use nexus_model::{Schema, Value, json as shown};
use nexus_store::{
    Database, Home, Limits, Query, Rows, StepKind, StoreError, Tx, Verdict, content_of, copy, foresee, reduce,
};
use nexus_testkit::{On, Scratch, Storage};
use serde_json::{Value as Json, json};

use desk::new_note;

const CORE: &str = "name = \"Core\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Users.\"\n";
const USER: &str = "label = \"User\"\ntitle = \"name\"\n[fields]\nname = { type = \"text\" }\n";
const APP: &str = "name = \"Desk\"\nsuite = \"platform\"\nicon = \"box\"\nabout = \"Notes.\"\n";

/// What the release before declared.
const BEFORE: &str = "old = { type = \"text\" }\ncount = { type = \"integer\" }\n";

/// A schema with notes that have a name, tags and these fields, and whatever follows them.
fn schema(fields: &str) -> Arc<Schema> {
    let note = format!(
        "label = \"Note\"\ntitle = \"name\"\n[fields]\nname = {{ type = \"text\" }}\ntags = {{ type = \"tags\" }}\n{fields}"
    );
    let objects = Box::leak(Box::new([("note", &*note.leak())]));
    let sources = [
        AppSource { name: "core", manifest: CORE, objects: &[("user", USER)], ..Default::default() },
        AppSource { name: "desk", manifest: APP, objects, ..Default::default() },
    ];
    Arc::new(Schema::load(&sources).unwrap_or_else(|errors| panic!("{errors:?}")))
}

/// A database that the test also reaches past the store.
struct Place {
    home: Home,
    scratch: Option<Scratch>,
}

impl Place {
    async fn of(on: On, storage: Storage) -> Place {
        let scratch = match on {
            On::Sqlite => None,
            On::Postgres => Some(Scratch::new().await),
        };
        let storage = scratch.as_ref().map_or(storage, Scratch::storage);
        Place { home: storage.tenant("desk"), scratch }
    }

    fn open(&self, schema: &Arc<Schema>) -> Result<Arc<Database>, StoreError> {
        Database::open(&self.home, Arc::clone(schema), Limits::default()).map(|(database, _)| database)
    }

    async fn run(&self, sqlite: &str, postgres: &str) {
        if let Home::File(file) = &self.home {
            rusqlite::Connection::open(file).expect("a file").execute_batch(sqlite).expect("it runs");
        }
        if let Some(scratch) = &self.scratch {
            scratch.run(&format!("SET search_path = tenant_desk; {postgres}")).await;
        }
    }

    async fn end(self) {
        if let Some(scratch) = self.scratch {
            scratch.remove().await;
        }
    }
}

/// Adds a note for each name, counted from 5, whose old text is its name with a mark.
async fn add(database: &Arc<Database>, names: &'static [&'static str]) {
    let work = move |mut tx: Tx| {
        async move {
            for (index, name) in names.iter().enumerate() {
                let (mut note, event) = new_note(&tx, name);
                note.set("tags", Value::List(vec!["red".into()]));
                if note.object().field("old").is_some() {
                    note.set("old", format!("{name}, as it was").as_str());
                    note.set("count", 5 + i64::try_from(index).expect("small"));
                }
                tx.append(&event).await.expect("an event");
                tx.insert(&note).await.expect("a note");
            }
            (Verdict::Keep, ())
        }
        .boxed()
    };
    database.write(work).await.expect("kept");
}

async fn look(tx: &mut Tx, fields: &[&str]) -> Json {
    let schema = Arc::clone(tx.schema());
    let query = Query {
        object: schema.get("desk.note").expect("notes"),
        filters: Vec::new(),
        sort: vec![("name".to_owned(), false)],
        after: None,
        limit: 100,
        fields: Vec::new(),
        deleted: false,
        vars: &nexus_model::expr::Vars::default(),
        guard: &|_| Rows::All,
    };
    let notes = tx.find(&query).await.expect("notes");
    notes.iter().map(|note| fields.iter().map(|field| shown::value(note.get(field))).collect::<Json>()).collect()
}

/// The values of these fields in all notes, by name.
async fn notes(database: &Arc<Database>, fields: &'static [&'static str]) -> Json {
    database.read(move |mut tx| async move { look(&mut tx, fields).await }.boxed()).await.expect("a snapshot")
}

#[nexus_testkit::database_test]
fn rows_that_are_there_get_what_a_release_adds(on: On) {
    on.run(|storage| async move {
        let place = Place::of(on, storage).await;
        let before = schema(BEFORE);
        let database = place.open(&before).expect("made");
        add(&database, &["a", "b"]).await;
        drop(database);
        let after = schema(
            "old = { type = \"text\" }\ncount = { type = \"integer\" }\nrank = { type = \"integer\", default = 7 }\n\
             done = { type = \"boolean\" }\nloud = { type = \"text\", computed = \"title_of + '!'\", stored = true }\n\
             title_of = { type = \"text\", computed = \"name + ' & ' + old\", stored = true }\n\
             [states]\ninitial = \"new\"\nnew = { to = [\"used\"] }\nused = { final = true }\n[indexes]\nrank = { fields = [\"rank\", \"name\"] }\n",
        );
        let foreseen = foresee(&place.home, &after, &after).expect("foreseen");
        assert!(foreseen.succeeds(false), "{foreseen:?}");
        let told: Vec<String> = foreseen.steps.iter().map(ToString::to_string).collect();
        let expected = [
            "desk__note.done is added and filled in 2 rows",
            "desk__note.rank is added and filled in 2 rows",
            "desk__note.state is added and filled in 2 rows",
            "desk__note.title_of is added and filled in 2 rows",
            "desk__note.loud is added and filled in 2 rows",
            "the index desk__note__i_rank_name is made over 2 rows",
        ];
        let mut sorted = (told.clone(), expected.map(str::to_owned).to_vec());
        sorted.0.sort_unstable();
        sorted.1.sort_unstable();
        assert_eq!(sorted.0, sorted.1);
        let at = |part: &str| told.iter().position(|step| step.contains(part)).expect("a step");
        assert!(at("title_of") < at("loud"), "what is read is filled first: {told:?}");

        let (database, done) = Database::open(&place.home, Arc::clone(&after), Limits::default()).expect("opened");
        assert_eq!(done.steps, foreseen.steps, "what was foreseen was done");
        let fields = &["name", "count", "rank", "done", "state", "title_of", "loud", "tags", "old"];
        let row = |name: &str, count: i64| {
            let (old, title) = (format!("{name}, as it was"), format!("{name} & {name}, as it was"));
            json!([name, count, 7, false, "new", title, format!("{title}!"), ["red"], old])
        };
        assert_eq!(notes(&database, fields).await, json!([row("a", 5), row("b", 6)]));
        drop(database);
        assert_eq!(foresee(&place.home, &after, &after).expect("foreseen").steps, []);
        place.end().await;
    });
}

#[nexus_testkit::database_test]
fn a_fault_in_the_last_statement_leaves_shape_and_rows_as_they_were(on: On) {
    on.run(|storage| async move {
        let place = Place::of(on, storage).await;
        let before = schema(BEFORE);
        let database = place.open(&before).expect("made");
        add(&database, &["a", "b"]).await;
        drop(database);
        let held = content_of(&place.home, &before).expect("a hash");
        // The copy does not note statements, so that only the tables themselves meet the fault.
        place
            .run(
                "CREATE TRIGGER fault BEFORE INSERT ON _migration WHEN NEW.statement LIKE '%i_rank%' \
                 BEGIN SELECT RAISE(ABORT, 'a fault'); END",
                "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'a fault'; END $$; \
                 CREATE TRIGGER fault BEFORE INSERT ON _migration FOR EACH ROW \
                 WHEN (NEW.statement LIKE '%i_rank%') EXECUTE FUNCTION fault()",
            )
            .await;
        let after = schema(
            "old = { type = \"text\" }\ncount = { type = \"integer\" }\nrank = { type = \"integer\", default = 7 }\n\
             [indexes]\nrank = { fields = [\"rank\"] }\n",
        );
        let failed = place.open(&after).err().expect("the fault").to_string();
        assert!(failed.contains("a fault"), "{failed}");
        let (database, done) = Database::open(&place.home, Arc::clone(&before), Limits::default()).expect("opened");
        assert_eq!(done.steps, [], "the tables have the form that they had");
        assert_eq!(notes(&database, &["name", "count"]).await, json!([["a", 5], ["b", 6]]));
        drop(database);
        assert_eq!(content_of(&place.home, &before).expect("a hash"), held);
        place.run("DROP TRIGGER fault", "DROP TRIGGER fault ON _migration").await;
        let database = place.open(&after).expect("no fault any more");
        assert_eq!(notes(&database, &["name", "count", "rank"]).await, json!([["a", 5, 7], ["b", 6, 7]]));
        drop(database);
        place.end().await;
    });
}

#[nexus_testkit::database_test]
fn what_would_lose_values_needs_consent(on: On) {
    on.run(|storage| async move {
        let place = Place::of(on, storage).await;
        let before = schema(BEFORE);
        let database = place.open(&before).expect("made");
        add(&database, &["a", "b", "c"]).await;
        drop(database);
        // What is not declared any more stays where nobody says otherwise.
        let fewer = schema("count = { type = \"integer\" }\n");
        drop(place.open(&fewer).expect("opened"));
        let database = place.open(&before).expect("opened");
        assert_eq!(notes(&database, &["old"]).await, json!([["a, as it was"], ["b, as it was"], ["c, as it was"]]));
        drop(database);

        let after = schema("count = { type = \"text\" }\nmore = { type = \"text\" }\n");
        let held = content_of(&place.home, &before).expect("a hash");
        assert!(place.open(&after).is_err(), "numbers are no texts");
        let foreseen = foresee(&place.home, &after, &after).expect("foreseen");
        assert!(!foreseen.succeeds(false) && foreseen.succeeds(true), "{foreseen:?}");
        let lost = foreseen.steps.iter().filter(|step| step.needs_consent());
        let lost: Vec<_> = lost.map(|step| (step.kind, step.part.as_deref().unwrap_or_default(), step.rows)).collect();
        assert_eq!(lost, [(StepKind::DropColumn, "old", 3), (StepKind::Replace, "count", 3)]);
        assert_eq!(content_of(&place.home, &before).expect("a hash"), held, "neither wrote anything");

        assert_eq!(reduce(&place.home, &after, &after).expect("with consent").steps, foreseen.steps);
        let database = place.open(&after).expect("opened");
        assert_eq!(notes(&database, &["name", "count"]).await, json!([["a", null], ["b", null], ["c", null]]));
        drop(database);
        assert_eq!(reduce(&place.home, &after, &after).expect("nothing is left to do").steps, []);
        // An empty column may hold something else at any time.
        drop(place.open(&schema("count = { type = \"date\" }\nmore = { type = \"text\" }\n")).expect("opened"));
        place.end().await;
    });
}

#[nexus_testkit::database_test]
fn numbers_are_stored_with_more_decimals_when_no_other_form_is_in_use(on: On) {
    on.run(|storage| async move {
        let place = Place::of(on, storage).await;
        let before = schema(BEFORE);
        let database = place.open(&before).expect("made");
        add(&database, &["a", "b"]).await;
        drop(database);
        // Both are integers to the databases, and 5 would be read as 0.0005.
        let after = schema("old = { type = \"text\" }\ncount = { type = \"decimal\" }\n");
        let refused = place.open(&after).err().expect("a server of before might run").to_string();
        assert!(refused.starts_with("desk__note.count gets more decimals in 2 rows; nothing was changed"), "{refused}");
        let steps = reduce(&place.home, &after, &after).expect("with consent").steps;
        assert_eq!(steps.iter().map(|step| (step.kind, step.rows)).collect::<Vec<_>>(), [(StepKind::Rescale, 2)]);
        let database = place.open(&after).expect("opened");
        assert_eq!(notes(&database, &["name", "count"]).await, json!([["a", "5"], ["b", "6"]]));
        drop(database);
        let refused = place.open(&before).err().expect("it would lose digits").to_string();
        assert!(refused.contains("desk__note.count is replaced by one of another type; 2 rows lose a"), "{refused}");
        place.end().await;
    });
}

#[nexus_testkit::database_test]
fn a_key_that_several_records_have_is_refused_with_their_ids(on: On) {
    on.run(|storage| async move {
        let place = Place::of(on, storage).await;
        let before = schema(BEFORE);
        let database = place.open(&before).expect("made");
        add(&database, &["a", "b", "a"]).await;
        let ids = notes(&database, &["id"]).await;
        drop(database);
        let after = schema(&format!("{BEFORE}[unique]\nname = {{ fields = [\"name\"] }}\n"));
        let refused = place.open(&after).err().expect("two are alike").to_string();
        assert!(refused.contains("one value of name stand"), "{refused}");
        for id in [&ids[0][0], &ids[1][0]] {
            assert!(refused.contains(id.as_str().expect("an id")), "{id}: {refused}");
        }
        assert!(!refused.contains(ids[2][0].as_str().expect("an id")), "{refused}");
        let foreseen = foresee(&place.home, &after, &after).expect("foreseen");
        assert!(!foreseen.succeeds(true) && foreseen.steps.iter().any(|step| step.obstacle.is_some()), "{foreseen:?}");
        place.end().await;
    });
}

#[nexus_testkit::database_test]
fn required_values_that_records_lack_are_counted(on: On) {
    on.run(|storage| async move {
        let place = Place::of(on, storage).await;
        let database = place.open(&schema(BEFORE)).expect("made");
        add(&database, &["a", "b"]).await;
        drop(database);
        let after = schema(&format!(
            "{BEFORE}why = {{ type = \"text\", required = true }}\nrank = {{ type = \"integer\", required = true, default = 1 }}\n"
        ));
        let foreseen = foresee(&place.home, &after, &after).expect("foreseen");
        let lacking: Vec<_> = foreseen.lacking.iter().map(|lack| (lack.column.as_str(), lack.rows)).collect();
        assert_eq!(lacking, [("why", 2)], "the other has a default");
        assert!(foreseen.succeeds(false));
        place.end().await;
    });
}

#[nexus_testkit::database_test]
fn a_copy_keeps_what_nobody_declares_any_more(on: On) {
    on.run(|storage| async move {
        let place = Place::of(on, storage).await;
        let before = schema(BEFORE);
        let database = place.open(&before).expect("made");
        add(&database, &["a", "b"]).await;
        drop(database);
        let held = content_of(&place.home, &before).expect("a hash");
        let after = schema("");
        drop(place.open(&after).expect("opened"));
        let folder = tempfile::tempdir().expect("a folder");
        let kept = Home::File(folder.path().join("kept.db"));
        copy(&place.home, &kept).expect("copied");
        reduce(&place.home, &after, &after).expect("removed");
        let (database, _) = Database::open(&kept, Arc::clone(&before), Limits::default()).expect("opened");
        assert_eq!(
            notes(&database, &["name", "old", "count", "tags"]).await,
            json!([["a", "a, as it was", 5, ["red"]], ["b", "b, as it was", 6, ["red"]]])
        );
        drop(database);
        assert_eq!(content_of(&kept, &before).expect("a hash"), held);
        place.end().await;
    });
}

#[nexus_testkit::database_test]
fn whoever_reads_is_not_held_up(on: On) {
    on.run(|storage| async move {
        let place = Place::of(on, storage).await;
        let before = schema(BEFORE);
        let database = place.open(&before).expect("made");
        add(&database, &["a", "b"]).await;
        let after = schema(&format!("{BEFORE}[indexes]\nname = {{ fields = [\"name\", \"count\"] }}\n"));

        // One holds a snapshot from before a migration to after it.
        let (begun, begins) = mpsc::channel();
        let (ended, ends) = mpsc::channel::<()>();
        let reading = Arc::clone(&database);
        let reader = tokio::spawn(async move {
            let work = move |mut tx: Tx| {
                async move {
                    let first = look(&mut tx, &["name"]).await;
                    begun.send(()).expect("somebody waits");
                    ends.recv().expect("the migration ends");
                    (first, look(&mut tx, &["name"]).await)
                }
                .boxed()
            };
            reading.read(work).await.expect("a snapshot")
        });
        tokio::task::block_in_place(|| begins.recv()).expect("the reader has begun");
        let (migrated, done) = Database::open(&place.home, Arc::clone(&after), Limits::default()).expect("opened");
        assert_eq!(done.steps.iter().map(|step| step.kind).collect::<Vec<_>>(), [StepKind::AddIndex]);
        add(&migrated, &["c"]).await;
        ended.send(()).expect("the reader waits");
        let (first, second) = reader.await.expect("the reader ends");
        assert_eq!((&first, &second), (&json!([["a"], ["b"]]), &json!([["a"], ["b"]])));

        // And one asks in the middle of another.
        let (reformed, is_reformed) = mpsc::channel();
        let (asked, is_asked) = mpsc::channel::<()>();
        let writing = Arc::clone(&migrated);
        let keyed = format!("{BEFORE}[indexes]\nname = {{ fields = [\"name\", \"count\"] }}\n[unique]\nname = {{ fields = [\"name\"] }}\n");
        let keyed = schema(&keyed);
        let writer = tokio::spawn(async move {
            let work = move |mut tx: Tx| {
                async move {
                    tx.reform(&keyed).await.expect("a key comes");
                    reformed.send(()).expect("somebody waits");
                    is_asked.recv().expect("the reader has its answer");
                    (Verdict::Discard, ())
                }
                .boxed()
            };
            writing.write(work).await.expect("taken back")
        });
        tokio::task::block_in_place(|| is_reformed.recv()).expect("it is in the middle");
        let found = notes(&migrated, &["name"]).await;
        asked.send(()).expect("the writer waits");
        writer.await.expect("the writer ends");
        assert_eq!(found, json!([["a"], ["b"], ["c"]]));
        drop((database, migrated));
        place.end().await;
    });
}
