//! What can be done with a fiscal year.

mod lock;
mod unlock;

pub use lock::lock_fiscal_year;
pub use unlock::unlock_fiscal_year;
