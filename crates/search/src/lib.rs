//! Search by words with tantivy: an index a tenant, of which a bounded number is open.
//!
//! A leaf that the binary wires in: the kernel knows only [`Indexer`]. Texts are taken apart in `words`, what was typed
//! becomes `terms`, those a query in `ask`, and `best` gathers what it finds.

mod ask;
mod best;
mod mark;
mod shape;
mod shelf;
mod terms;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use nexus_kernel::search::{Batch, Candidate, IndexError, Indexer, Question, Which};
use tantivy::indexer::IndexWriterOptions;
use tantivy::{IndexWriter, TantivyError};

use crate::best::Best;
use crate::shape::{STEMS, Shape};
use crate::shelf::Shelf;

/// Indexes open at a time, when nothing says how many.
pub const OPEN_MAX: usize = 64;
/// Memory of a writer, the least there is. A writer lives for one batch.
const WRITER_BYTES: usize = 15_000_000;

/// The indexes of a process.
pub struct Tantivy {
    shelf: Shelf,
}

impl Tantivy {
    /// Indexes in a folder of their own, made when missing; at most so many are open at a time.
    pub fn in_folder(folder: PathBuf, open_max: usize) -> Tantivy {
        Tantivy { shelf: Shelf::new(Some(folder), open_max) }
    }

    /// Indexes that go with the process, for tests and short-lived work.
    pub fn in_memory() -> Tantivy {
        Tantivy { shelf: Shelf::new(None, OPEN_MAX) }
    }

    /// Indexes that are open now.
    pub fn open(&self) -> usize {
        self.shelf.open()
    }

    fn read_note(&self, tenant: &str, which: Which) -> tantivy::Result<Option<String>> {
        let Some(open) = self.shelf.get(tenant, which)? else { return Ok(None) };
        open.renew()
    }

    fn write_batch(&self, tenant: &str, which: Which, countries: &[String], batch: Batch) -> tantivy::Result<()> {
        let open = self.shelf.get_or_make(tenant, which)?;
        open.index.tokenizers().register(STEMS, words::into_stems(words::languages(countries)));
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(WRITER_BYTES)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        let mut writer: IndexWriter = open.index.writer_with_options(options)?;
        let shape = Shape::new().0;
        for (object, id) in &batch.gone {
            writer.delete_term(shape.key(object, *id));
        }
        for doc in batch.put {
            if !batch.first {
                writer.delete_term(shape.key(&doc.object, doc.id));
            }
            if let Err(killed) = writer.add_document(shape.document(doc)) {
                // Why the writer's thread ended, a full disk for example, is told by the commit alone.
                return Err(writer.prepare_commit().err().unwrap_or(killed));
            }
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&batch.note);
        commit.commit()?;
        // Merges begun by the commit would be lost with the writer, and small parts heap up.
        writer.wait_merging_threads()?;
        open.renew().map(drop)
    }

    fn search(&self, tenant: &str, question: &Question<'_>) -> tantivy::Result<Vec<Candidate>> {
        let open = match self.shelf.get(tenant, Which::Serving)? {
            None => self.shelf.get(tenant, Which::Making)?,
            serving => serving,
        };
        let query = ask::query(&Shape::new().0, question, &terms::sought(question));
        let (Some(open), Some(query)) = (open, query) else { return Ok(Vec::new()) };
        open.reader.searcher().search(&query, &Best { question })
    }
}

/// Runs work of the engine, which panics over some files that are damaged.
fn guarded<T>(work: impl FnOnce() -> tantivy::Result<T>) -> tantivy::Result<T> {
    let done = catch_unwind(AssertUnwindSafe(work));
    done.unwrap_or_else(|_| Err(TantivyError::InternalError("the engine panicked over the index".to_owned())))
}

fn told(error: TantivyError) -> IndexError {
    match error {
        TantivyError::LockFailure(..) => IndexError::Busy,
        error => IndexError::Failed(error.to_string()),
    }
}

impl Indexer for Tantivy {
    fn form(&self, countries: &[String]) -> String {
        format!("{} {:?}", words::FORM, words::languages(countries))
    }

    fn noted(&self, tenant: &str, which: Which) -> Option<String> {
        guarded(|| self.read_note(tenant, which)).unwrap_or_else(|error| {
            tracing::warn!(tenant, ?which, %error, "a search index cannot be read and is made anew");
            if let Err(error) = self.shelf.discard(tenant, which) {
                tracing::error!(tenant, ?which, %error, "it cannot be removed either");
            }
            None
        })
    }

    fn write(&self, tenant: &str, which: Which, countries: &[String], batch: Batch) -> Result<(), IndexError> {
        guarded(|| self.write_batch(tenant, which, countries, batch)).map_err(told)
    }

    fn switch(&self, tenant: &str) -> Result<(), IndexError> {
        self.shelf.switch(tenant).map_err(|error| IndexError::Failed(error.to_string()))
    }

    fn discard(&self, tenant: &str, which: Which) -> Result<(), IndexError> {
        self.shelf.discard(tenant, which).map_err(|error| IndexError::Failed(error.to_string()))
    }

    fn find(&self, tenant: &str, question: &Question<'_>) -> Result<Vec<Candidate>, IndexError> {
        guarded(|| self.search(tenant, question)).map_err(told)
    }

    fn mark(&self, question: &Question<'_>, text: &str) -> Option<String> {
        mark::mark(&terms::sought(question), &words::languages(question.countries), text)
    }
}
