//! What is looked at before a file is kept, and after.

use std::sync::Arc;

use futures::future::BoxFuture;
use futures::stream::BoxStream;
use futures::{FutureExt, TryStreamExt};
use nexus_kernel::contents::{Depot, FilesError, Scanner};
use nexus_kernel::faces::search::SearchParams;
use nexus_kernel::{FileOptions, Kind, Reader};
use nexus_testkit::On;
use serde_json::json;

use super::desk::{file, named, read, run_in, send};

/// Finds what says so, and is out of reach when it hears that.
struct Words;

impl Scanner for Words {
    fn scan<'a>(
        &'a self,
        content: BoxStream<'a, Result<bytes::Bytes, FilesError>>,
    ) -> BoxFuture<'a, Result<Option<String>, FilesError>> {
        async {
            let all = content.try_collect::<Vec<_>>().await?.concat();
            match all.as_slice() {
                b"harmful" => Ok(Some("Test.Signature".to_owned())),
                b"nobody is there" => Err(FilesError::Scanner("connection refused".to_owned())),
                _ => Ok(None),
            }
        }
        .boxed()
    }
}

#[nexus_testkit::database_test]
fn a_harmful_file_is_refused_by_the_name_of_its_signature(on: On) {
    let files = FileOptions { scanner: Some(Arc::new(Words)), ..FileOptions::new(Some(Depot::memory())) };
    run_in(on, files, |t| async move {
        let begin =
            async |size| t.kernel.begin_upload(&t.tenant, &t.principal, named("a.txt", size)).await.expect("done").id;
        let harmful = begin(7).await;
        let problem = send(&t, harmful, 0, b"harmful", false).await.expect_err("refused");
        assert_eq!((problem.kind, &problem.more["signature"]), (Kind::Invalid, &json!("Test.Signature")));
        assert_eq!(t.kernel.upload(&t.tenant, &t.principal, harmful).await.expect_err("refused").kind, Kind::NotFound);
        // Without an answer nothing is kept, and nothing is lost.
        let waiting = begin(15).await;
        assert_eq!(send(&t, waiting, 0, b"nobody is there", false).await.expect_err("refused").kind, Kind::Away);
        assert_eq!(t.kernel.upload(&t.tenant, &t.principal, waiting).await.expect_err("refused").kind, Kind::Away);
        assert!(t.find("core.file", "true").await.is_empty());
        assert_eq!(read(&t, file(&t, "b.txt", b"harmless").await, None).await.expect("done"), b"harmless");
    });
}

/// Reads letters backwards, and falls over some.
struct Backwards;

impl Reader for Backwards {
    fn text(&self, _: &str, content: &[u8], _: usize) -> Option<String> {
        assert_ne!(content, b"trap");
        Some(String::from_utf8_lossy(content).chars().rev().collect())
    }
    fn measures(&self, _: &[u8]) -> Option<(u32, u32)> {
        Some((3, 4))
    }
    fn thumbnail(&self, _: &[u8], _: u32) -> Option<Vec<u8>> {
        None
    }
}

#[nexus_testkit::database_test]
fn what_can_be_read_in_a_file_is_found_by_the_search_of_whoever_may_see_it(on: On) {
    let files = FileOptions { reader: Some(Arc::new(Backwards)), ..FileOptions::new(Some(Depot::memory())) };
    run_in(on, files, |t| async move {
        let (ada, ben) = (t.user("ada", &["clerk"]).await, t.user("ben", &["clerk"]).await);
        let paper = file(&ada, "a.txt", b"retteb").await;
        // Whoever comes first examines it, the upload's own errand or this; the other finds it done.
        t.kernel.examine(&t.tenant, paper).await.expect("done");
        assert_eq!(t.get("core.file", paper).await["text"], json!("better"));
        let hits = async |who: &nexus_testkit::Tenant| {
            let params = SearchParams { q: "better".to_owned(), ..SearchParams::default() };
            t.kernel.search(&who.tenant, &who.principal, params).await.expect("found").data.len()
        };
        assert_eq!((hits(&ada).await, hits(&ben).await), (1, 0));
        let trap = file(&ada, "b.txt", b"trap").await;
        t.kernel.examine(&t.tenant, trap).await.expect("done");
        let record = t.get("core.file", trap).await;
        assert_eq!((&record["text"], &record["examined"]), (&json!(null), &json!(true)));
    });
}
