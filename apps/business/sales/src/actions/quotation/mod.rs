//! What can be done with a quotation.

mod accept;
mod send;

pub use accept::accept_quotation;
pub use send::send_quotation;
