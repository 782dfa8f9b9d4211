//! A whole company as JSON lines, from one database to the other and back: the same content everywhere.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::sync::{Arc, Mutex};

use futures::executor::block_on;
use nexus_kernel::contents::Depot;
use nexus_kernel::store::{Archived, Content, Home, TenantEntry, waiting};
use nexus_kernel::{FileOptions, Options, Problem};
use nexus_testkit::{On, Scratch, Tenant};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

use crate::shop::apps;

/// The files of an archive, by table.
type Lines = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

struct File(Lines, String);

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("unpoisoned").entry(self.1.clone()).or_default().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn write(t: &Tenant) -> (Archived, BTreeMap<String, Vec<u8>>) {
    let lines = Lines::default();
    let open = |table: &str| Ok(File(Arc::clone(&lines), table.to_owned()));
    let archived = t.kernel.write_tenant(&t.tenant.slug, open).expect("written");
    let lines = lines.lock().expect("unpoisoned").clone();
    (archived, lines)
}

fn entry(slug: &str) -> TenantEntry {
    let name = "Example Ltd".to_owned();
    let (place, branch_of, created_at, plan, plan_since) = (None, None, None, None, None);
    let (suspended, purge_at, customised_at) = (None, None, None);
    let slug = slug.to_owned();
    TenantEntry { slug, name, place, branch_of, created_at, plan, plan_since, suspended, purge_at, customised_at }
}

fn read(t: &Tenant, slug: &str, archived: &Archived, lines: &BTreeMap<String, Vec<u8>>) -> Result<Content, Problem> {
    read_with(t, slug, archived, lines, || Ok(()))
}

fn read_with(
    t: &Tenant,
    slug: &str,
    archived: &Archived,
    lines: &BTreeMap<String, Vec<u8>>,
    files: impl FnOnce() -> Result<(), Problem>,
) -> Result<Content, Problem> {
    let folder = tempfile::tempdir().expect("a folder");
    let open = |table: &str| Ok(Cursor::new(lines[table].clone()));
    t.kernel.read_tenant(&entry(slug), &Home::File(folder.path().join("work.db")), archived, open, files)
}

/// What is done to the company: with what seed, and whether it is deleted, changed or customised afterwards.
type Deed = (u8, u8);

async fn live(t: &Tenant, deeds: &[Deed]) {
    for (at, (seed, way)) in deeds.iter().enumerate() {
        let code = format!("{at}-{seed} \"ü\";");
        let part = json!({
            "code": code, "name": format!("Part {seed}"), "price": format!("{}.25", i32::from(*seed) - 100),
            "tags": ["a", "b;c"], "notes": "two\nlines", "origin": {"city": "Köln"}, "bins": [{"shelf": "n", "count": seed}],
            "weight": "0.000001", "seen_at": "2026-01-31T10:00:00.000001Z"
        });
        let part = t.create("shop.part", part).await;
        match way % 4 {
            0 => drop(t.delete("shop.part", &part).await.ok()),
            1 => drop(t.update("shop.part", &part, json!({"bins": [], "maker": null, "stock": seed})).await.ok()),
            2 => drop(t.create("shop.maker", json!({"name": format!("M{at}")})).await),
            _ => {}
        }
    }
}

#[test]
fn an_archive_goes_to_the_other_database_and_back_with_equal_content() {
    let deeds = proptest::collection::vec(any::<Deed>(), 1..12);
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(3) });
    let kept = runner.run(&deeds, |deeds| {
        On::Sqlite.run(|storage| async move {
            let t = Tenant::open(apps(), &storage).await;
            let set = json!({"fields.x_shelf": {"type": "text"}});
            t.act("core.customise", None, json!({"object": "shop.part", "set": set})).await.ok();
            let t = t.in_tenant("example-ltd");
            live(&t, &deeds).await;
            t.create("shop.part", json!({"code": "own", "name": "Own", "x_shelf": "north"})).await;
            let (archived, lines) = write(&t);
            assert_eq!(archived.content, t.kernel.content("example-ltd").expect("content"));

            let scratch = Scratch::new().await;
            let other = Tenant::open(apps(), &scratch.storage()).await;
            let there = read(&other, "moved", &archived, &lines).expect("it is restored");
            assert_eq!(there, archived.content);
            let moved = other.in_tenant("moved");
            let findings = moved.kernel.verify(&moved.tenant).await.expect("verify runs");
            assert!(findings.is_empty(), "{findings:?}");
            let own = moved.find("shop.part", "code == 'own'").await;
            assert_eq!(own[0]["x_shelf"], "north", "what the company declared for itself came along");
            let (again, same) = write(&moved);
            assert!(again.content == archived.content && same == lines, "the lines differ");

            let back = read(&t, "back", &again, &same).expect("it is restored");
            assert_eq!(back, archived.content);
            drop((moved, other));
            scratch.remove().await;
        });
        Ok(())
    });
    kept.expect("every company comes back");
}

#[nexus_testkit::test]
async fn an_archive_that_was_changed_or_is_of_other_apps_is_refused_and_leaves_no_tenant(t: &Tenant) {
    t.create("shop.part", json!({"code": "A", "name": "Bolt"})).await;
    let (archived, lines) = write(t);
    let refused = |archived: &Archived, lines: &BTreeMap<String, Vec<u8>>, why: &str| {
        let problem = read(t, "copy", archived, lines).expect_err("it is refused");
        assert!(problem.detail.contains(why), "{problem}");
        assert!(t.kernel.tenant("copy").is_err());
    };
    let mut changed = lines.clone();
    let text = String::from_utf8(changed["shop__part"].clone()).expect("text").replace("Bolt", "Nut");
    changed.insert("shop__part".to_owned(), text.into_bytes());
    refused(&archived, &changed, "what was read is not what was written");
    let mut shorter = lines.clone();
    shorter.insert("shop__part".to_owned(), Vec::new());
    refused(&archived, &shorter, "there are 0, not 1");
    let mut foreign = archived.clone();
    let at = foreign.tables.iter().position(|table| table.name == "shop__part").expect("parts");
    "shop__wheel".clone_into(&mut foreign.tables[at].name);
    refused(&foreign, &lines, "which this Nexus has not");
    let taken = read(t, "example-ltd", &archived, &lines).expect_err("it is taken");
    assert!(taken.detail.contains("give this one another name"), "{taken}");
}

#[nexus_testkit::database_test]
fn a_tenant_that_is_not_made_leaves_no_files_and_touches_none_of_another(on: On) {
    on.run(|storage| async move {
        let files = FileOptions::new(Some(Depot::memory()));
        let t = Tenant::open_with(apps(), &storage, |options| Options { files, ..options }).await;
        t.create("shop.part", json!({"code": "A", "name": "Bolt"})).await;
        let (archived, lines) = write(&t);
        let contents =
            async |slug: &str| t.kernel.contents_of(slug).expect("a place").names().await.expect("names").len();
        let keep = |slug: &str| {
            let chunks = t.kernel.contents_of(slug).expect("a place");
            let kept = waiting(|| block_on(chunks.put(futures::stream::iter([Ok("content".into())]))));
            assert_eq!(kept.expect("it is kept").size, 7);
        };
        let broken = || {
            keep("copy");
            Err(Problem::conflict("the next file is not there"))
        };
        let problem = read_with(&t, "copy", &archived, &lines, broken).expect_err("a file is missing");
        assert_eq!(problem.detail, "the next file is not there");
        assert!(t.kernel.tenant("copy").is_err());
        assert_eq!(contents("copy").await, 0);
        let unasked = || panic!("no file is kept before the rows are known to be whole");
        let mut shorter = lines.clone();
        shorter.insert("shop__part".to_owned(), Vec::new());
        read_with(&t, "copy", &archived, &shorter, unasked).expect_err("a row is missing");
        keep("example-ltd");
        read_with(&t, "example-ltd", &archived, &lines, unasked).expect_err("the name is taken");
        assert_eq!(contents("example-ltd").await, 1);
        let whole = || {
            keep("copy");
            Ok(())
        };
        assert_eq!(read_with(&t, "copy", &archived, &lines, whole).expect("it is made"), archived.content);
        assert_eq!(contents("copy").await, 1);
    });
}
