//! What people do in the CRM beyond creating and changing records.

mod complete;
mod convert;

pub use complete::{Complete, complete_activity};
pub use convert::{Convert, convert_lead};
