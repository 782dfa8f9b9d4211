//! How an index keeps up with the log, begins anew, and takes damage.

use std::path::Path;
use std::sync::Arc;

use nexus_kernel::faces::search::SearchParams;
use nexus_kernel::search::{Indexer, Lag, Question, Scope, Which};
use nexus_kernel::{App, AppSource, Kind, Options};
use nexus_search::Tantivy;
use nexus_testkit::{On, Storage, Tenant};
use serde_json::json;

use crate::{MANIFEST, NOTHING, PART, THING, apps, found, search, thing};

async fn lag(t: &Tenant) -> Option<Lag> {
    t.kernel.index_lag(&t.tenant).await.expect("the lag is known")
}

/// A tenant whose indexes are in a folder.
async fn with_indexes(storage: &Storage, folder: &Path) -> (Tenant, Arc<Tantivy>) {
    let indexes = Arc::new(Tantivy::in_folder(folder.to_owned(), 2));
    let indexer: Arc<dyn Indexer> = Arc::clone(&indexes) as Arc<dyn Indexer>;
    let change = |options: Options| Options { indexer: Some(indexer), ..options };
    (Tenant::open_with(apps(), storage, change).await, indexes)
}

#[nexus_testkit::database_test]
fn an_index_goes_on_where_it_was_after_a_restart(on: On) {
    on.run(|storage| async move {
        let folder = tempfile::tempdir().expect("a folder");
        let (t, indexes) = with_indexes(&storage, folder.path()).await;
        thing(&t, "Lantern", "").await;
        t.kernel.index(&t.tenant).await.expect("indexed");
        assert_eq!(lag(&t).await, Some(Lag::default()));
        let before = indexes.noted("example-ltd", Which::Serving).expect("a note");
        thing(&t, "Turbine", "").await;
        assert_eq!(lag(&t).await, Some(Lag { events: 1, making: false }));
        drop((t, indexes));

        let (t, indexes) = with_indexes(&storage, folder.path()).await;
        assert_eq!(indexes.noted("example-ltd", Which::Serving), Some(before), "it is where it was");
        assert_eq!(lag(&t).await, Some(Lag { events: 1, making: false }));
        assert_eq!(found(&t, "turbine").await, ["Turbine"]);
        assert_eq!(indexes.noted("example-ltd", Which::Making), None, "it was not made anew");
        assert_eq!(lag(&t).await, Some(Lag::default()));
    });
}

#[nexus_testkit::database_test]
fn an_index_is_made_anew_while_the_old_one_answers_and_then_answers_the_same(on: On) {
    on.run(|storage| async move {
        let folder = tempfile::tempdir().expect("a folder");
        let (t, indexes) = with_indexes(&storage, folder.path()).await;
        for number in 0..40 {
            thing(&t, &format!("Lamp {number}"), "of the old days").await;
        }
        let before = found_in_order(&t).await;
        t.kernel.rebuild_index(&t.tenant).await.expect("begun");
        assert!(indexes.noted("example-ltd", Which::Making).is_some());
        let indexer: &dyn Indexer = &*indexes;
        let scope = Scope { object: "desk.thing".to_owned(), shown: Vec::new(), hidden: Vec::new() };
        let question = Question {
            text: "lamp",
            countries: &[],
            scopes: &[scope],
            owner: None,
            from: None,
            to: None,
            now: t.tenant.now(),
            limit: 100,
        };
        assert_eq!(indexer.find("example-ltd", &question).expect("an answer").len(), 40, "the old one answers");
        let late = thing(&t, "Lamp 40", "").await;
        t.kernel.index(&t.tenant).await.expect("made");
        assert_eq!(indexes.noted("example-ltd", Which::Making), None);
        t.delete("desk.thing", &late).await.ok();
        assert_eq!(found_in_order(&t).await, before);
    });
}

async fn found_in_order(t: &Tenant) -> Vec<String> {
    let hits = search(t, SearchParams { q: "lamp".to_owned(), limit: Some(100), ..SearchParams::default() }).await;
    assert_eq!(hits.count, 40);
    hits.data.into_iter().map(|hit| hit.id.to_string()).collect()
}

#[nexus_testkit::database_test]
fn a_damaged_index_is_made_anew(on: On) {
    on.run(|storage| async move {
        let folder = tempfile::tempdir().expect("a folder");
        let (t, indexes) = with_indexes(&storage, folder.path()).await;
        thing(&t, "Lantern", "").await;
        assert_eq!(found(&t, "lantern").await, ["Lantern"]);
        drop((t, indexes));
        let index = folder.path().join("example-ltd");
        let damages: [fn(&Path); 4] = [
            |index| std::fs::write(index.join("meta.json"), "{").expect("written"),
            |index| std::fs::remove_file(some_file(index)).expect("removed"),
            |index| std::fs::write(some_file(index), "short").expect("written"),
            |index| {
                let mut bytes = std::fs::read(some_file(index)).expect("read");
                bytes[0] ^= 1;
                std::fs::write(some_file(index), bytes).expect("written");
            },
        ];
        for damage in damages {
            damage(&index);
            let (t, _indexes) = with_indexes(&storage, folder.path()).await;
            assert_eq!(found(&t, "lantern").await, ["Lantern"]);
            assert_eq!(lag(&t).await, Some(Lag::default()));
        }
        let (t, _indexes) = with_indexes(&storage, folder.path()).await;
        t.kernel.rebuild_index(&t.tenant).await.expect("begun");
        std::fs::write(folder.path().join("example-ltd.making/meta.json"), "{").expect("written");
        drop((t, _indexes));
        let (t, _indexes) = with_indexes(&storage, folder.path()).await;
        t.kernel.index(&t.tenant).await.expect("one that was being made is begun again");
        assert_eq!(found(&t, "lantern").await, ["Lantern"]);
        drop((t, _indexes));
        std::fs::remove_dir_all(&index).expect("removed");
        let (t, _indexes) = with_indexes(&storage, folder.path()).await;
        assert_eq!(found(&t, "lantern").await, ["Lantern"]);
    });
}

/// A file with the terms of a part of an index.
fn some_file(index: &Path) -> std::path::PathBuf {
    let mut files = std::fs::read_dir(index).expect("an index").map(|entry| entry.expect("a file").path());
    files.find(|path| path.extension().is_some_and(|kind| kind == "term")).expect("a part with terms")
}

#[nexus_testkit::database_test]
fn an_index_of_another_log_is_made_anew(on: On) {
    on.run(|storage| async move {
        let folder = tempfile::tempdir().expect("a folder");
        let (t, _) = with_indexes(&storage, folder.path()).await;
        thing(&t, "Lantern", "").await;
        assert_eq!(found(&t, "lantern").await, ["Lantern"]);
        drop(t);
        // Another tenant under the same name, with a log of its own.
        let elsewhere = tempfile::tempdir().expect("a folder");
        let (t, _) = with_indexes(&Storage::Folder(elsewhere.path().to_owned()), folder.path()).await;
        thing(&t, "Turbine", "").await;
        assert_eq!(found(&t, "lantern").await, NOTHING);
        assert_eq!(found(&t, "turbine").await, ["Turbine"]);
    });
}

#[nexus_testkit::database_test]
fn many_tenants_have_few_indexes_open(on: On) {
    on.run(|storage| async move {
        let folder = tempfile::tempdir().expect("a folder");
        let (t, indexes) = with_indexes(&storage, folder.path()).await;
        let mut slugs = vec!["example-ltd".to_owned()];
        for number in 0..4 {
            let tenant = nexus_kernel::core::NewTenant {
                company: format!("Company {number}"),
                email: "admin@example.com".to_owned(),
                password: "correct horse battery".to_owned(),
                country: "KE".to_owned(),
                currency: "KES".to_owned(),
                ..nexus_kernel::core::NewTenant::default()
            };
            let tenant = t.kernel.create_tenant(tenant).await.unwrap_or_else(|problem| panic!("{problem}"));
            slugs.push(tenant.slug.clone());
        }
        for _ in 0..2 {
            for slug in &slugs {
                let t = t.in_tenant(slug);
                let name = format!("Lamp of {slug}");
                if found(&t, "lamp").await.is_empty() {
                    thing(&t, &name, "").await;
                }
                assert_eq!(found(&t, "lamp").await, [name], "each its own");
                assert!(indexes.open() <= 2, "{} are open", indexes.open());
            }
        }
    });
}

#[nexus_testkit::database_test]
fn the_index_of_a_tenant_goes_with_it(on: On) {
    on.run(|storage| async move {
        let folder = tempfile::tempdir().expect("a folder");
        let (t, indexes) = with_indexes(&storage, folder.path()).await;
        thing(&t, "Lantern", "").await;
        assert_eq!(found(&t, "lantern").await, ["Lantern"]);
        let kernel = Arc::clone(&t.kernel);
        drop(t);
        kernel.delete_tenant("example-ltd", 0).expect("deleted");
        kernel.purge_tenant("example-ltd", true).expect("purged");
        assert_eq!(indexes.noted("example-ltd", Which::Serving), None);
        assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
    });
}

#[nexus_testkit::database_test]
fn an_index_that_knows_less_of_rights_does_not_answer(on: On) {
    on.run(|storage| async move {
        let folder = tempfile::tempdir().expect("a folder");
        let (t, indexes) = with_indexes(&storage, folder.path()).await;
        thing(&t, "Lantern", "hidden soon").await;
        assert_eq!(found(&t, "hidden").await, ["Lantern"]);
        drop((t, indexes));
        // The next version of the app keeps the text for some.
        let thing: &'static str = Box::leak(
            THING.replace("about = { type = \"text\"", "about = { level = 1, type = \"text\"").into_boxed_str(),
        );
        let objects: &'static [(&str, &str)] = Box::leak(Box::new([("thing", thing), ("part", PART)]));
        let next = vec![App::new(AppSource { name: "desk", manifest: MANIFEST, objects, ..Default::default() })];
        let indexes = Arc::new(Tantivy::in_folder(folder.path().to_owned(), 2));
        let indexer: Arc<dyn Indexer> = Arc::clone(&indexes) as Arc<dyn Indexer>;
        let t = Tenant::open_with(next, &storage, |options| Options { indexer: Some(indexer), ..options }).await;
        let clerk = t.user("clerk", &["clerk"]).await;
        let own = json!({"owner": clerk.principal.user});
        let lantern = t.find("desk.thing", "true").await[0]["id"].clone();
        t.update("desk.thing", &lantern, own).await.ok();
        assert_eq!(found(&clerk, "lantern").await, ["Lantern"]);
        assert_eq!(found(&clerk, "hidden").await, NOTHING);
        assert_eq!(found(&t, "hidden").await, ["Lantern"]);
    });
}

#[nexus_testkit::database_test]
fn without_an_index_a_search_says_so(on: On) {
    on.run(|storage| async move {
        let t = Tenant::open_with(apps(), &storage, |options| Options { indexer: None, ..options }).await;
        let asked = SearchParams { q: "lantern".to_owned(), ..SearchParams::default() };
        let problem = t.kernel.search(&t.tenant, &t.principal, asked).await.expect_err("no index");
        assert_eq!(problem.kind, Kind::Away);
    });
}
