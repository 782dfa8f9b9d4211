//! What can be done with a payment.

mod allocate;
mod post;
mod reverse;

pub use allocate::{Allocate, Allocation, allocate_payment};
pub use post::post_payment;
pub use reverse::reverse_payment;
