//! What people do in the CRM beyond creating and changing records.

mod complete_activity;
mod convert_lead;

pub use complete_activity::{Complete, complete_activity};
pub use convert_lead::{Convert, convert_lead};
