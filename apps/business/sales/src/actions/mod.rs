//! What can be done in sales, one operation a file.

mod order;
mod quotation;

pub use order::*;
pub use quotation::*;
