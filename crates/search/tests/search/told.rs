//! An index that is fed though nobody searches, and one that cannot be written.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use nexus_kernel::Options;
use nexus_kernel::faces::search::SearchParams;
use nexus_kernel::search::{Batch, Candidate, IndexError, Indexer, Question, Which};
use nexus_search::Tantivy;
use nexus_testkit::{On, Storage, Tenant};

use crate::{apps, found, search, thing};

/// Tells when something was written, and refuses to write while its disk is full.
struct Told {
    indexes: Tantivy,
    full: AtomicBool,
    written: tokio::sync::watch::Sender<usize>,
}

impl Indexer for Told {
    fn form(&self, countries: &[String]) -> String {
        self.indexes.form(countries)
    }

    fn noted(&self, tenant: &str, which: Which) -> Option<String> {
        self.indexes.noted(tenant, which)
    }

    fn write(&self, tenant: &str, which: Which, countries: &[String], batch: Batch) -> Result<(), IndexError> {
        if self.full.load(Ordering::Relaxed) {
            return Err(IndexError::Failed("no space left on device".to_owned()));
        }
        let put = batch.put.iter().filter(|doc| doc.object == "desk.thing").count();
        self.indexes.write(tenant, which, countries, batch)?;
        self.written.send_modify(|written| *written += put);
        Ok(())
    }

    fn switch(&self, tenant: &str) -> Result<(), IndexError> {
        self.indexes.switch(tenant)
    }

    fn discard(&self, tenant: &str, which: Which) -> Result<(), IndexError> {
        self.indexes.discard(tenant, which)
    }

    fn find(&self, tenant: &str, question: &Question<'_>) -> Result<Vec<Candidate>, IndexError> {
        self.indexes.find(tenant, question)
    }

    fn mark(&self, question: &Question<'_>, text: &str) -> Option<String> {
        self.indexes.mark(question, text)
    }
}

async fn with_told(storage: &Storage) -> (Tenant, Arc<Told>) {
    let (indexes, written) = (Tantivy::in_memory(), tokio::sync::watch::Sender::new(0));
    let told = Arc::new(Told { indexes, full: AtomicBool::new(false), written });
    let indexer: Arc<dyn Indexer> = Arc::clone(&told) as Arc<dyn Indexer>;
    (Tenant::open_with(apps(), storage, |options| Options { indexer: Some(indexer), ..options }).await, told)
}

#[nexus_testkit::database_test]
fn an_index_that_cannot_be_written_answers_what_it_knows_and_says_how_much_it_lacks(on: On) {
    on.run(|storage| async move {
        let (t, told) = with_told(&storage).await;
        thing(&t, "Lantern", "").await;
        assert_eq!(found(&t, "l").await, ["Lantern"]);
        told.full.store(true, Ordering::Relaxed);
        thing(&t, "Ladder", "").await;
        let hits = search(&t, SearchParams { q: "l".to_owned(), ..SearchParams::default() }).await;
        assert_eq!((hits.count, hits.data[0].title.as_str(), hits.behind), (1, "Lantern", 1));
        told.full.store(false, Ordering::Relaxed);
        let hits = search(&t, SearchParams { q: "l".to_owned(), ..SearchParams::default() }).await;
        assert_eq!((hits.count, hits.behind), (2, 0));
    });
}

#[nexus_testkit::database_test]
fn a_commit_is_brought_into_the_index_though_nobody_searches(on: On) {
    on.run(|storage| async move {
        let (t, told) = with_told(&storage).await;
        let mut written = told.written.subscribe();
        let (end, ending) = tokio::sync::watch::channel(false);
        let carried = tokio::spawn(Arc::clone(&t.kernel).carry(ending));
        thing(&t, "Lantern", "").await;
        written.wait_for(|written| *written == 1).await.expect("it is written");
        thing(&t, "Turbine", "").await;
        written.wait_for(|written| *written == 2).await.expect("so is the next");
        end.send(true).expect("it is told to end");
        carried.await.expect("it ends");
        assert_eq!(t.kernel.behind(&t.tenant).await.expect("known"), [], "its place is not in the database");
    });
}
