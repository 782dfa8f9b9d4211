//! Versions, and what is removed when.

use std::collections::BTreeMap;
use std::time::Duration;

use nexus_kernel::contents::Swept;
use nexus_kernel::model::Uuid;
use nexus_kernel::{Ages, FilesSwept, Kind, Reply};
use nexus_testkit::{On, Tenant};
use serde_json::{Value as Json, json};

use super::desk::{file, named, noise, read, run, send};

/// Nothing is kept any longer than it is needed, but for what a test asks for.
const AT_ONCE: Ages =
    Ages { loose: Duration::ZERO, deleted: Duration::ZERO, idle: Duration::ZERO, content: Duration::ZERO };
const LONG: Duration = Duration::from_secs(1_000_000);

async fn sweep(t: &Tenant, ages: Ages) -> FilesSwept {
    t.kernel.sweep_files(&t.tenant, ages).await.unwrap_or_else(|problem| panic!("not swept: {problem}"))
}

async fn replace(t: &Tenant, paper: Uuid, bytes: &[u8]) -> Reply {
    let with = file(t, "next.txt", bytes).await;
    let call = nexus_kernel::Call {
        action: "core.replace_file".to_owned(),
        record: Some(paper),
        input: json!({"with": with}),
    };
    t.request(nexus_kernel::Request { calls: vec![call], ..Default::default() }).await.reply()
}

#[nexus_testkit::database_test]
fn a_file_has_its_versions_and_goes_back_to_them(on: On) {
    run(on, |t| async move {
        let paper = file(&t, "a.txt", b"one").await;
        let run = replace(&t, paper, b"two, longer").await.run;
        assert_eq!(read(&t, paper, None).await.expect("done"), b"two, longer");
        assert_eq!(read(&t, paper, Some(1)).await.expect("done"), b"one");
        assert_eq!(read(&t, paper, Some(3)).await.expect_err("refused").kind, Kind::NotFound);
        let record = t.act("core.revert_file", Some(paper), json!({"version": 1})).await.ok();
        assert_eq!((&record["size"], record["versions"].as_array().expect("done").len()), (&json!(3), 3));
        assert_eq!(read(&t, paper, None).await.expect("done"), b"one");
        t.act("core.revert_file", Some(paper), json!({"version": 4})).await.problem("version", "from 1 to 3");
        t.undo(run).await.problem("", "was changed since");
    });
}

#[nexus_testkit::database_test]
fn a_version_that_was_undone_is_the_upload_that_it_was(on: On) {
    run(on, |t| async move {
        let paper = file(&t, "a.txt", b"one").await;
        let reply = replace(&t, paper, b"two").await;
        assert_eq!(t.find("core.file", "true").await.len(), 1);
        t.undo(reply.run).await.ok();
        assert_eq!(read(&t, paper, None).await.expect("done"), b"one");
        let names: Vec<Json> = t.find("core.file", "true").await.into_iter().map(|file| file["name"].clone()).collect();
        assert_eq!(names.len(), 2);
        assert!(names.contains(&json!("next.txt")));
    });
}

#[nexus_testkit::database_test]
fn a_file_that_nothing_refers_to_goes_a_while_after_it_was_let_go(on: On) {
    run(on, |t| async move {
        let loose = Ages { loose: LONG, ..AT_ONCE };
        let kept = FilesSwept { files: 0, uploads: 0, contents: Swept { removed: 0, bytes: 0, left: 1 } };
        let paper = file(&t, "a.txt", b"hello").await;
        let letter = t.create("desk.letter", json!({"name": "one", "paper": paper})).await;
        assert_eq!(sweep(&t, AT_ONCE).await, kept);
        assert_eq!(t.get("core.file", paper).await["loose_since"], Json::Null);
        // A deleted letter can come back, and still needs its paper.
        t.delete("desk.letter", &letter).await.ok();
        assert_eq!(sweep(&t, AT_ONCE).await, kept);
        t.act("desk.restore_letter", letter["id"].as_str().and_then(|id| id.parse().ok()), json!({})).await.ok();
        t.update("desk.letter", &letter, json!({"paper": null})).await.ok();
        // From here on the time counts.
        assert_eq!(sweep(&t, loose).await, kept);
        assert_ne!(t.get("core.file", paper).await["loose_since"], Json::Null);
        assert_eq!(sweep(&t, loose).await, kept);
        assert_eq!(read(&t, paper, None).await.expect("done"), b"hello");
        let gone = FilesSwept { files: 1, uploads: 0, contents: Swept { removed: 1, bytes: 5, left: 0 } };
        assert_eq!(sweep(&t, AT_ONCE).await, gone);
        assert!(t.try_get("core.file", paper).await.is_err());
    });
}

#[nexus_testkit::database_test]
fn a_deleted_file_comes_back_whole_while_its_content_is_kept(on: On) {
    run(on, |t| async move {
        let paper = file(&t, "a.txt", b"hello").await;
        t.delete("core.file", paper).await.ok();
        sweep(&t, Ages { deleted: LONG, ..AT_ONCE }).await;
        t.act("core.restore_file", Some(paper), json!({})).await.ok();
        assert_eq!(read(&t, paper, None).await.expect("done"), b"hello");
        t.delete("core.file", paper).await.ok();
        assert_eq!(sweep(&t, AT_ONCE).await.contents, Swept { removed: 1, bytes: 5, left: 0 });
    });
}

#[nexus_testkit::database_test]
fn an_upload_that_nobody_goes_on_with_expires(on: On) {
    run(on, |t| async move {
        let upload = t.kernel.begin_upload(&t.tenant, &t.principal, named("a.txt", 10)).await.expect("done").id;
        send(&t, upload, 0, b"hello", false).await.expect("done");
        assert_eq!(sweep(&t, Ages { idle: LONG, ..AT_ONCE }).await.uploads, 0);
        assert_eq!(sweep(&t, AT_ONCE).await.uploads, 1);
        assert_eq!(send(&t, upload, 5, b"world", false).await.expect_err("refused").kind, Kind::NotFound);
    });
}

#[nexus_testkit::database_test]
fn verify_tells_of_a_content_that_is_missing(on: On) {
    let folder = tempfile::tempdir().expect("done");
    let depot = nexus_kernel::contents::Depot::folder(folder.path()).expect("done");
    let files = nexus_kernel::FileOptions::new(Some(depot));
    let place = folder.path();
    super::desk::run_in(on, files, |t| async move {
        let bytes = noise(7, 3_000_000);
        let paper = file(&t, "a.bin", &bytes).await;
        let chunks = place.join("example-ltd/chunks");
        let hidden = place.join("hidden");
        std::fs::rename(&chunks, &hidden).expect("done");
        let findings = t.kernel.verify(&t.tenant).await.expect("done");
        assert_eq!(findings.len(), 1, "{findings:?}");
        let digest = blake3::hash(&bytes).to_hex();
        assert_eq!(findings[0].message, format!("the content {digest} is not there"));
        assert_eq!(read(&t, paper, None).await.expect_err("refused").kind, Kind::NotFound);
        std::fs::rename(&hidden, &chunks).expect("done");
        assert_eq!(read(&t, paper, None).await.expect("done"), bytes);
    });
}

/// A sequence of numbers that looks like chance and is the same for a seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        // Knuth's multiplier (The Art of Computer Programming, volume 2, 3.3.4).
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("done") % sides
    }
}

/// What should be in the files: the bytes of each version, oldest first.
type Model = BTreeMap<Uuid, Vec<Vec<u8>>>;

async fn check(t: &Tenant, model: &Model) {
    for (id, versions) in model {
        for (at, bytes) in versions.iter().enumerate() {
            assert!(read(t, *id, Some(at + 1)).await.expect("done") == *bytes, "version {} of {id}", at + 1);
        }
        assert_eq!(read(t, *id, Some(versions.len() + 1)).await.expect_err("refused").kind, Kind::NotFound);
    }
}

/// Random uploads, versions, deletions, undos and sweeps.
async fn live(t: &Tenant, seed: u64) {
    let mut dice = Dice(seed);
    let (mut model, mut runs): (Model, Vec<(Uuid, Model)>) = (Model::new(), Vec::new());
    for _ in 0..40 {
        let some = model.keys().copied().nth(dice.roll(model.len().max(1)));
        // Few seeds and a common beginning, so that contents and chunks are shared.
        let bytes = noise(dice.roll(4) as u64, [0, 10, 300_000, 900_000][dice.roll(4)]);
        match (dice.roll(7), some) {
            (0 | 1, _) | (_, None) => {
                model.insert(file(t, "a.bin", &bytes).await, vec![bytes]);
                runs.clear();
            }
            (2, Some(id)) => {
                let before = model.clone();
                let with = file(t, "b.bin", &bytes).await;
                let done = t.act("core.replace_file", Some(id), json!({"with": with})).await.reply();
                model.get_mut(&id).expect("done").push(bytes.clone());
                let undone = before.into_iter().chain([(with, vec![bytes])]).collect();
                runs = vec![(done.run, undone)];
            }
            (3, Some(id)) => {
                let before = model.clone();
                let done = t.delete("core.file", id).await.reply();
                model.remove(&id);
                runs = vec![(done.run, before)];
            }
            (4, Some(id)) => {
                let before = model.clone();
                let version = dice.roll(model[&id].len()) + 1;
                let done = t.act("core.revert_file", Some(id), json!({"version": version})).await.reply();
                let versions = model.get_mut(&id).expect("done");
                versions.push(versions[version - 1].clone());
                runs = vec![(done.run, before)];
            }
            (5, _) => {
                if let Some((run, before)) = runs.pop() {
                    t.undo(run).await.ok();
                    model = before;
                }
            }
            _ => {
                // Deleted files are kept for an undo; loose ones, as all of these are, for the test.
                sweep(t, Ages { loose: LONG, deleted: LONG, ..AT_ONCE }).await;
                check(t, &model).await;
            }
        }
    }
    sweep(t, Ages { loose: LONG, ..AT_ONCE }).await;
    check(t, &model).await;
    let once_more = sweep(t, Ages { loose: LONG, ..AT_ONCE }).await;
    assert_eq!(once_more.contents.removed, 0);
}

#[nexus_testkit::database_test]
fn random_versions_deletions_undos_and_sweeps_never_lose_what_a_version_needs(on: On) {
    for seed in 1..=6 {
        run(on, |t| async move { live(&t, seed).await });
    }
}
