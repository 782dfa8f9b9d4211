//! What can be done in finance, one operation a file.

mod bill;
mod credit_note;
mod fiscal_year;
mod invoice;
mod journal_entry;
mod payment;

pub use bill::*;
pub use credit_note::*;
pub use fiscal_year::*;
pub use invoice::*;
pub use journal_entry::*;
pub use payment::*;

use nexus_kernel::prelude::*;

/// When something is taken back, and why.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
pub struct Reversal {
    /// Date of the reversal; today, if left out.
    pub date: Option<Date>,
    /// Printed on the credit note.
    pub reason: Option<String>,
}

/// When an entry is taken back.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
pub struct ReversalDate {
    /// Date of the reversal; today, if left out.
    pub date: Option<Date>,
}
