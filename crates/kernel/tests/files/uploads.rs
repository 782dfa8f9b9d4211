//! From the announcement to the record.

use std::task::Poll;

use futures::{StreamExt, stream};
use nexus_kernel::contents::Depot;
use nexus_kernel::{FileOptions, Kind, Problem};
use nexus_testkit::On;
use serde_json::json;

use super::desk::{file, named, noise, read, run, run_in, send};

#[nexus_testkit::database_test]
fn an_upload_cut_anywhere_becomes_the_file_with_the_same_hash(on: On) {
    run(on, |t| async move {
        let bytes = noise(1, 5_000_000);
        for cuts in [vec![], vec![1], vec![4_999_999], vec![0, 250_000, 250_001, 4_500_000]] {
            let begun =
                t.kernel.begin_upload(&t.tenant, &t.principal, named("a.bin", bytes.len())).await.expect("done");
            for cut in cuts {
                let at = t.kernel.upload(&t.tenant, &t.principal, begun.id).await.expect("done").offset;
                let part = &bytes[usize::try_from(at).expect("done")..cut];
                let broken = send(&t, begun.id, at, part, true).await.expect_err("refused");
                assert_eq!(broken.more["offset"], json!(cut));
            }
            let at = t.kernel.upload(&t.tenant, &t.principal, begun.id).await.expect("done").offset;
            let done = send(&t, begun.id, at, &bytes[usize::try_from(at).expect("done")..], false).await.expect("done");
            assert_eq!((done.offset, done.size, done.expires_at), (5_000_000, 5_000_000, None));
            let record = t.get("core.file", begun.id).await;
            assert_eq!(record["digest"], json!(blake3::hash(&bytes).to_hex().as_str()));
            assert_eq!((&record["name"], &record["size"]), (&json!("a.bin"), &json!(5_000_000)));
            assert_eq!(read(&t, begun.id, None).await.expect("done"), bytes);
        }
    });
}

#[nexus_testkit::database_test]
fn an_upload_goes_on_where_it_stands_and_nowhere_else(on: On) {
    run(on, |t| async move {
        let upload = t.kernel.begin_upload(&t.tenant, &t.principal, named("a.txt", 10)).await.expect("done").id;
        assert_eq!(send(&t, upload, 0, b"hello", false).await.expect("done").offset, 5);
        for wrong in [0, 4, 6, 10] {
            let problem = send(&t, upload, wrong, b"world", false).await.expect_err("refused");
            assert_eq!((problem.kind, &problem.more["offset"]), (Kind::Conflict, &json!(5)));
        }
        let more = send(&t, upload, 5, b"worlds", false).await.expect_err("refused");
        assert!(more.detail.contains("more than the 10 bytes"), "{more}");
        assert_eq!(send(&t, upload, 5, b"world", false).await.expect("done").offset, 10);
        // What was cut off after the last byte is asked for once more, and is there once.
        assert_eq!(t.kernel.upload(&t.tenant, &t.principal, upload).await.expect("done").offset, 10);
        assert_eq!(send(&t, upload, 10, b"", false).await.expect("done").offset, 10);
        assert_eq!(read(&t, upload, None).await.expect("done"), b"helloworld");
        assert_eq!(t.find("core.file", "true").await.len(), 1);
    });
}

#[nexus_testkit::database_test]
fn an_upload_is_of_its_person_and_ends_when_it_is_cancelled(on: On) {
    run(on, |t| async move {
        let (ada, ben) = (t.user("ada", &["clerk"]).await, t.user("ben", &["clerk"]).await);
        let upload = t.kernel.begin_upload(&ada.tenant, &ada.principal, named("a.txt", 10)).await.expect("done").id;
        let kind = |problem: Problem| problem.kind;
        assert_eq!(send(&ben, upload, 0, b"x", false).await.map_err(kind), Err(Kind::NotFound));
        assert_eq!(t.kernel.upload(&ben.tenant, &ben.principal, upload).await.map_err(kind), Err(Kind::NotFound));
        let stolen = t.kernel.cancel_upload(&ben.tenant, &ben.principal, upload).await;
        assert_eq!(stolen.map_err(kind), Err(Kind::NotFound));
        assert_eq!(t.kernel.upload(&ada.tenant, &ada.principal, upload).await.expect("done").offset, 0);
        t.kernel.cancel_upload(&ada.tenant, &ada.principal, upload).await.expect("done");
        assert_eq!(send(&ada, upload, 0, b"x", false).await.map_err(kind), Err(Kind::NotFound));
        assert!(t.find("core.file", "true").await.is_empty());
    });
}

#[nexus_testkit::database_test]
fn what_is_too_large_too_much_or_ill_named_is_refused_before_a_byte_is_sent(on: On) {
    let files = FileOptions { file_bytes_max: 1_000, uploads_max: 2, ..FileOptions::new(Some(Depot::memory())) };
    run_in(on, files, |t| async move {
        let begin = async |name: &str, size| t.kernel.begin_upload(&t.tenant, &t.principal, named(name, size)).await;
        assert_eq!(begin("a", 1_001).await.expect_err("refused").kind, Kind::TooLarge);
        let longest = "x".repeat(256);
        for name in ["", "../etc/passwd", "a\\b", "a\nb", longest.as_str()] {
            let problem = begin(name, 1).await.expect_err("refused");
            assert_eq!(problem.errors[0].field, "name", "{name:?}");
        }
        begin("a", 1_000).await.expect("done");
        begin("b", 1).await.expect("done");
        assert_eq!(begin("c", 1).await.expect_err("refused").kind, Kind::Busy);
    });
}

#[nexus_testkit::database_test]
fn a_file_of_nothing_is_a_file(on: On) {
    run(on, |t| async move {
        let empty = file(&t, "empty.txt", b"").await;
        assert_eq!(read(&t, empty, None).await.expect("done"), b"");
        assert_eq!(t.get("core.file", empty).await["media_type"], json!("text/plain"));
    });
}

#[nexus_testkit::database_test]
fn a_record_of_a_file_comes_from_an_upload_alone(on: On) {
    run(on, |t| async move {
        t.try_create("core.file", json!({"name": "made up"})).await.problem("", "POST /api/v1/files");
        let mine = file(&t, "a.txt", b"hello").await;
        t.update("core.file", mine, json!({"digest": "00"})).await.problem("digest", "by the system alone");
        t.update("core.file", mine, json!({"versions": []})).await.problem("versions", "by the system alone");
        let record = t.get("core.file", mine).await;
        t.update("core.file", mine, json!({"versions": record["versions"], "name": "b.txt"})).await.ok();
        assert_eq!(t.get("core.file", mine).await["name"], json!("b.txt"));
    });
}

#[nexus_testkit::database_test]
fn a_request_that_waits_for_bytes_gives_way_to_the_next(on: On) {
    run(on, |t| async move {
        let upload = t.kernel.begin_upload(&t.tenant, &t.principal, named("a.txt", 10)).await.expect("done").id;
        let (waits, waiting) = futures::channel::oneshot::channel();
        let mut waits = Some(waits);
        let silence = stream::poll_fn(move |_| {
            waits.take().map(|waits| waits.send(()));
            Poll::Pending
        });
        let body = stream::iter([Ok("hello".into())]).chain(silence).boxed();
        let first = {
            let t = t.clone();
            tokio::spawn(async move { t.kernel.append_upload(&t.tenant, &t.principal, upload, 0, body).await })
        };
        waiting.await.expect("done");
        assert_eq!(t.kernel.upload(&t.tenant, &t.principal, upload).await.expect("done").offset, 5);
        assert_eq!(first.await.expect("done").expect("done").offset, 5);
        assert_eq!(send(&t, upload, 5, b"world", false).await.expect("done").offset, 10);
    });
}
