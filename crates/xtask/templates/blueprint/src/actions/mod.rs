//! What people do here beyond creating and changing records.

mod finish;

pub use finish::{Finish, finish_blueprint};
