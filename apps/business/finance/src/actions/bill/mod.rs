//! What can be done with a bill.

mod pay;
mod post;
mod reverse;

pub use pay::pay_bill;
pub use post::post_bill;
pub use reverse::reverse_bill;
