//! What can be done with a credit note.

mod allocate;
mod post;
mod refund;
mod reverse;
mod send;

pub use allocate::{Against, allocate_credit_note};
pub use post::post_credit_note;
pub use refund::refund_credit_note;
pub use reverse::reverse_credit_note;
pub use send::send_credit_note;
