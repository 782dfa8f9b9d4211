//! What can be done with an invoice.

mod pay;
mod post;
mod reverse;

pub use pay::pay_invoice;
pub use post::post_invoice;
pub use reverse::reverse_invoice;
