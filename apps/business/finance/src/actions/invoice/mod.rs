//! What can be done with an invoice.

mod pay;
mod post;
mod reinstate;
mod reverse;
mod send;

pub use pay::pay_invoice;
pub use post::post_invoice;
pub use reinstate::reinstate_invoice;
pub use reverse::reverse_invoice;
pub use send::send_invoice;
