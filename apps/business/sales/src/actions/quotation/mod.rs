//! What can be done with a quotation.

mod accept;

pub use accept::accept_quotation;
