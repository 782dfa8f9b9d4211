//! What can be done with an order.

mod confirm;
mod invoice;

pub use confirm::confirm_order;
pub use invoice::{Invoicing, invoice_order};
