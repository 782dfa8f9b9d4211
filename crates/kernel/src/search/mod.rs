//! Search by words: what an index of a tenant is told, and what it answers.
//!
//! An index is derived from the records and can be made anew at any time, so it is no part of the data: each process
//! has its own beside them. It follows the log; how far it has come is noted in the index itself, in the write that
//! brought it there. It tells *which* records may fit and in which order. Whether the asker may read them is for the one
//! policy to say, and what is told of them is read from the records.

pub(crate) mod feed;
pub(crate) mod texts;

use nexus_model::{Timestamp, Uuid};

pub use feed::Lag;

/// One record as an index knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Doc {
    /// `crm.lead`
    pub object: String,
    pub id: Uuid,
    pub title: String,
    /// Further texts, each with its class: see [`Scope`].
    pub texts: Vec<(String, String)>,
    /// Whose it is: who is named as `owner`, else who made it.
    pub owner: Option<Uuid>,
    /// When it was changed last.
    pub at: Timestamp,
    /// How often it was changed.
    pub uses: u64,
}

/// What one write brings into an index: all of it is there afterwards, or none.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Records in their present form; an earlier one of the same record goes.
    pub put: Vec<Doc>,
    /// Records, by object and id, that are no longer there.
    pub gone: Vec<(String, Uuid)>,
    /// None of `put` has an earlier form in the index, which need not be looked for.
    pub first: bool,
    /// What is answered as noted from now on.
    pub note: String,
}

/// The two indexes that a tenant may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Which {
    /// That which answers.
    Serving,
    /// One that is being made from nothing, to take its place.
    Making,
}

/// Records of one object that may be found, and by which of their texts.
#[derive(Clone, Debug)]
pub struct Scope {
    pub object: String,
    /// Classes of text that the asker sees. Texts of one class need the same rights, so that of a record either all are
    /// seen or none. A title is seen by whoever sees the record.
    pub shown: Vec<String>,
    /// Classes that its records have and the asker does not see: what stands there must not be found.
    pub hidden: Vec<String>,
}

/// A question to an index.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The words, as they were typed; the last may be a beginning.
    pub text: &'a str,
    /// ISO 3166-1 codes of the countries where the tenant's companies are; its languages follow from them.
    pub countries: &'a [String],
    pub scopes: &'a [Scope],
    pub owner: Option<Uuid>,
    /// Changed then or later.
    pub from: Option<Timestamp>,
    /// Changed before.
    pub to: Option<Timestamp>,
    /// What recency is measured from.
    pub now: Timestamp,
    /// Most candidates.
    pub limit: usize,
}

/// A record that fits a question, so far as an index can tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The place of its object among the question's scopes.
    pub scope: usize,
    pub id: Uuid,
    pub owner: Option<Uuid>,
    pub at: Timestamp,
}

/// Why an index did not do what it was asked to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IndexError {
    /// Another process writes to it.
    #[error("another process writes to the index")]
    Busy,
    #[error("{0}")]
    Failed(String),
}

/// What keeps indexes and looks words up in them; the binary wires one in, so that the engine stays a leaf. It may be
/// called wherever waiting for a disk is allowed.
pub trait Indexer: Send + Sync {
    /// Names how texts are taken apart; an index of another form is made anew.
    fn form(&self, countries: &[String]) -> String;

    /// The note of the last write; none where there is no such index. One that cannot be read is removed.
    fn noted(&self, tenant: &str, which: Which) -> Option<String>;

    /// Writes a batch; the index is made when missing.
    ///
    /// # Errors
    /// When nothing was written.
    fn write(&self, tenant: &str, which: Which, countries: &[String], batch: Batch) -> Result<(), IndexError>;

    /// Puts the index that was made in the place of the one that answers.
    ///
    /// # Errors
    /// When that one goes on answering.
    fn switch(&self, tenant: &str) -> Result<(), IndexError>;

    /// Removes an index.
    ///
    /// # Errors
    /// When it is still there.
    fn discard(&self, tenant: &str, which: Which) -> Result<(), IndexError>;

    /// The records that fit, best first. Where no index answers yet, the one that is being made does.
    ///
    /// # Errors
    /// When the index cannot be read; it is then discarded and made anew.
    fn find(&self, tenant: &str, question: &Question<'_>) -> Result<Vec<Candidate>, IndexError>;

    /// The part of a text where the words of a question stand, as HTML with `<mark>` around them; none where none does.
    fn mark(&self, question: &Question<'_>, text: &str) -> Option<String>;
}
