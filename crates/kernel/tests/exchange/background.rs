//! Imports that are kept: by a job, cut off anywhere, stopped and gone on with.

use std::fmt::Write as _;
use std::io::{Cursor, Read};
use std::sync::Arc;

use nexus_kernel::contents::Depot;
use nexus_kernel::model::Uuid;
use nexus_kernel::{FileOptions, ImportRequest, Kind, Mapping, NewUpload, Options, Problem, Uploading};
use nexus_testkit::{On, Tenant};
use serde_json::{Value as Json, json};

use crate::shop::{apps, counts, import, rejects};

/// So many parts, each tenth of which is refused, in rows of about a thousand bytes.
fn file(rows: usize) -> String {
    let mut text = "code,name,stock,notes\n".to_owned();
    let notes = "n".repeat(1_000);
    for row in 1..=rows {
        let stock = if row % 10 == 0 { "many".to_owned() } else { row.to_string() };
        let _ = writeln!(text, "P-{row:05},Part {row},{stock},{notes}");
    }
    text
}

/// Fails after so many bytes, as a connection or a process does.
struct CutOff {
    content: Cursor<Vec<u8>>,
    left: usize,
}

impl Read for CutOff {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = self.left.min(buffer.len());
        if most == 0 && self.left == 0 {
            return Err(std::io::Error::other(Problem::new(Kind::Away, "cut off")));
        }
        let count = self.content.read(&mut buffer[..most])?;
        self.left -= count;
        Ok(count)
    }
}

#[nexus_testkit::test]
async fn an_import_that_was_cut_off_goes_on_with_no_row_twice_and_none_lost(t: &Tenant) {
    let run = Uuid::now_v7();
    let text = file(900);
    let object = Arc::clone(t.tenant.object("shop.part").expect("parts"));
    let request = ImportRequest {
        file: Box::new(CutOff { content: Cursor::new(text.clone().into_bytes()), left: 600 << 10 }),
        name: "parts.csv".to_owned(),
        mapping: Mapping::default(),
        preview: false,
        company: None,
        run: Some(run),
    };
    let failed = t.kernel.import(&t.tenant, &t.principal, &object, request).await.expect_err("it is cut off");
    assert_eq!((failed.kind, failed.detail.as_str()), (Kind::Away, "cut off"), "it stays what it was");
    let stood = t.get("core.import", run).await;
    let position = stood["position"].as_u64().expect("a position");
    assert!((400..900).contains(&position) && stood["state"] == "running", "{stood}");

    let report = import(t, text.as_bytes(), "", false, run).await.expect("it goes on");
    assert_eq!((report.rows, counts(&report)), (900, (810, 0, 0, 90)));
    let figures = t.aggregate("shop.part", "", "count(),sum(stock)").await.expect("figures");
    // The sum of 1 to 900 less that of its tens.
    assert_eq!((&figures[0]["count()"], &figures[0]["sum(stock)"]), (&json!(810), &json!(405_450 - 40_950)));
    let refused = String::from_utf8(rejects(t, run).await).expect("text");
    assert_eq!(refused.lines().count(), 91);

    let again = import(t, text.as_bytes(), "", false, run).await.expect("it is done");
    assert_eq!((again.rows, counts(&again)), (report.rows, counts(&report)));
    let other = import(t, b"code,name\nX,x\n", "", false, run).await.expect_err("another file");
    assert_eq!(other.errors[0].message, "was begun with a file of other columns; go on with the same file");
}

#[nexus_testkit::test]
async fn an_import_goes_on_under_no_run_that_is_undone_foreign_or_of_something_else(t: &Tenant) {
    let refused = async |who: &Tenant, run: Uuid, why: &str| {
        let problem = import(who, b"code,name\nA,a\n", "", false, run).await.expect_err("it is refused");
        assert_eq!(problem.errors[0].field, "run", "{problem}");
        assert!(problem.errors[0].message.contains(why), "{problem}");
    };
    let run = Uuid::now_v7();
    import(t, b"code,name\nA,a\n", "", false, run).await.expect("an import");
    let ada = t.user("ada", &["clerk"]).await;
    refused(&ada, run, "is an import of somebody else").await;
    t.undo(run).await.ok();
    refused(t, run, "was undone, by the run ").await;
    let made = t.act("shop.create_part", None, json!({"code": "X", "name": "x"})).await.reply();
    refused(t, made.run, "is a run of shop.create_part; give the import an id of its own").await;
    let makers = Arc::clone(t.tenant.object("shop.maker").expect("makers"));
    let run = Uuid::now_v7();
    import(t, b"code,name\nB,b\n", "", false, run).await.expect("an import");
    let request = ImportRequest {
        file: Box::new(Cursor::new(b"name\nAda\n".to_vec())),
        name: "makers.csv".to_owned(),
        mapping: Mapping::default(),
        preview: false,
        company: None,
        run: Some(run),
    };
    let other = t.kernel.import(&t.tenant, &t.principal, &makers, request).await.expect_err("it is of parts");
    assert!(other.errors[0].message.contains("is an import of shop.part and not of shop.maker"), "{other}");
    let codes: Vec<_> = t.find("shop.part", "true").await.into_iter().map(|part| part["code"].clone()).collect();
    assert_eq!(codes, [json!("B"), json!("X")]);
}

async fn upload(t: &Tenant, text: &str) -> Uuid {
    let new = NewUpload { name: "parts.csv".to_owned(), size: text.len() as u64, ..NewUpload::default() };
    let Uploading { id, .. } = t.kernel.begin_upload(&t.tenant, &t.principal, new).await.expect("an upload");
    let parts = futures::stream::iter([Ok(bytes::Bytes::copy_from_slice(text.as_bytes()))]);
    let sent = t.kernel.append_upload(&t.tenant, &t.principal, id, 0, Box::pin(parts)).await;
    sent.expect("sent");
    id
}

async fn open(storage: &nexus_testkit::Storage) -> Tenant {
    let files = FileOptions::new(Some(Depot::memory()));
    Tenant::open_with(apps(), storage, |options| Options { files, ..options }).await
}

async fn begin(t: &Tenant, text: &str) -> Json {
    let file = upload(t, text).await;
    t.act("core.begin_import", None, json!({"object": "shop.part", "file": file})).await.ok()
}

#[nexus_testkit::database_test]
fn a_file_that_was_uploaded_is_imported_in_the_background(on: On) {
    on.run(|storage| async move {
        let t = open(&storage).await;
        let clerk = t.user("ada", &["clerk"]).await;
        let import = begin(&clerk, &file(250)).await;
        assert_eq!((&import["state"], &import["name"]), (&json!("running"), &json!("parts.csv")));
        assert_eq!(t.kernel.run_due_jobs(&t.tenant).await.expect("jobs"), 1);
        let done = clerk.get("core.import", &import).await;
        let told = ["state", "position", "created", "rejected"].map(|name| done[name].clone());
        assert_eq!(told, [json!("done"), json!(250), json!(225), json!(25)], "{done}");
        assert_eq!(clerk.find("core.import_reject", "true").await.len(), 25);
        let stranger = t.user("bob", &["clerk"]).await;
        assert!(stranger.find("core.import", "true").await.is_empty());
        assert!(stranger.find("core.import_reject", "true").await.is_empty());
        let run = done["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        t.undo(run).await.ok();
        assert!(t.find("shop.part", "true").await.is_empty());
    });
}

#[nexus_testkit::database_test]
fn an_import_that_is_cancelled_stops_and_goes_on_when_it_is_resumed(on: On) {
    on.run(|storage| async move {
        let t = open(&storage).await;
        let import = begin(&t, &file(20)).await;
        let id = import["id"].as_str().and_then(|id| id.parse().ok());
        t.act("core.cancel_import", id, json!({})).await.ok();
        assert_eq!(t.kernel.run_due_jobs(&t.tenant).await.expect("jobs"), 0);
        let refused = import_under(&t, &file(20), id.expect("an id")).await;
        assert_eq!(refused, Kind::Conflict);
        t.act("core.resume_import", id, json!({})).await.ok();
        assert_eq!(t.kernel.run_due_jobs(&t.tenant).await.expect("jobs"), 1);
        assert_eq!(t.get("core.import", &import).await["state"], "done");
        assert_eq!(t.find("shop.part", "true").await.len(), 18);
    });
}

async fn import_under(t: &Tenant, text: &str, run: Uuid) -> Kind {
    import(t, text.as_bytes(), "", false, run).await.expect_err("it is stopped").kind
}

#[nexus_testkit::database_test]
fn a_file_that_cannot_be_reached_is_asked_for_again_until_the_job_is_given_up(on: On) {
    on.run(|storage| async move {
        let folder = tempfile::tempdir().expect("a folder");
        let files = FileOptions::new(Some(Depot::folder(folder.path()).expect("a depot")));
        let t = Tenant::open_with(apps(), &storage, |options| Options { files, ..options }).await;
        let import = begin(&t, &file(2_000)).await;
        let id = import["id"].as_str().and_then(|id| id.parse().ok());
        // Where contents were is a file, so that the place does not answer, and says no more than that.
        let (place, aside) = (folder.path().join(&t.tenant.slug), folder.path().join("aside"));
        std::fs::rename(&place, &aside).expect("moved");
        std::fs::write(&place, "").expect("written");
        t.kernel.run_due_jobs(&t.tenant).await.expect("jobs");
        let job = t.find("core.job", "action == 'core.import'").await.remove(0);
        assert_eq!(job["state"], "queued", "it is tried again: {job}");
        let waits = t.get("core.import", &import).await;
        assert_eq!((&waits["state"], &waits["error"]), (&json!("running"), &Json::Null), "{waits}");
        let refused = t.act("core.resume_import", id, json!({})).await;
        refused.problem("", "a job is at work on this import already");
        // The other nine tries, after the longest pauses.
        for _ in 1..10 {
            t.at(t.tenant.now() + jiff::SignedDuration::from_hours(2));
            t.kernel.run_due_jobs(&t.tenant).await.expect("jobs");
        }
        let failed = t.get("core.import", &import).await;
        assert_eq!(failed["state"], "failed");
        assert!(failed["error"].as_str().is_some_and(|why| why.contains("cannot be reached just now")), "{failed}");

        std::fs::remove_file(&place).expect("removed");
        std::fs::rename(&aside, &place).expect("moved");
        t.act("core.resume_import", id, json!({})).await.ok();
        t.kernel.run_due_jobs(&t.tenant).await.expect("jobs");
        let done = t.get("core.import", &import).await;
        assert_eq!((&done["state"], &done["created"], &done["error"]), (&json!("done"), &json!(1800), &Json::Null));
    });
}

#[nexus_testkit::database_test]
fn an_import_that_cannot_be_read_fails_and_says_why(on: On) {
    on.run(|storage| async move {
        let t = open(&storage).await;
        let import = begin(&t, "colour,size\nred,3\n").await;
        t.kernel.run_due_jobs(&t.tenant).await.expect("jobs");
        let failed = t.get("core.import", &import).await;
        assert_eq!(failed["state"], "failed");
        assert!(failed["error"].as_str().is_some_and(|why| why.contains("shop.part has no field colour")), "{failed}");
    });
}
