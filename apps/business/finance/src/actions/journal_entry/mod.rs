//! What can be done with a journal entry.

mod post;
mod reverse;

pub use post::post_journal_entry;
pub use reverse::reverse_journal_entry;
