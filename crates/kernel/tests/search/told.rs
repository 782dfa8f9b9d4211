//! Who feeds an index when nobody searches.

use std::sync::Arc;

use nexus_kernel::Options;
use nexus_kernel::search::{Batch, Candidate, IndexError, Indexer, Question, Which};
use nexus_search::Tantivy;
use nexus_testkit::{On, Tenant};

use crate::{apps, thing};

/// Tells when something was written.
struct Told {
    indexes: Tantivy,
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

#[nexus_testkit::database_test]
fn a_commit_is_brought_into_the_index_though_nobody_searches(on: On) {
    on.run(|storage| async move {
        let told = Arc::new(Told { indexes: Tantivy::in_memory(), written: tokio::sync::watch::Sender::new(0) });
        let mut written = told.written.subscribe();
        let indexer: Arc<dyn Indexer> = Arc::clone(&told) as Arc<dyn Indexer>;
        let t = Tenant::open_with(apps(), &storage, |options| Options { indexer: Some(indexer), ..options }).await;
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
