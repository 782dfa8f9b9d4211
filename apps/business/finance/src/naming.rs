//! A tax gets the name that documents show, when it was given none.

use nexus_kernel::model::value::decimal_text;
use nexus_kernel::prelude::*;

use crate::objects::{Tax, TaxKind};

/// `VAT` at 20 % becomes `VAT 20 %`; other kinds are called by their code.
///
/// # Errors
/// When a group has no members, or something else has.
pub(crate) fn name(tax: &mut Tax) -> Result<()> {
    match tax.kind {
        TaxKind::Group if tax.members.is_empty() => {
            return Err(Problem::field("members", "required", "are the taxes of the group; name at least one"));
        }
        TaxKind::Percent | TaxKind::Fixed if !tax.members.is_empty() => {
            return Err(Problem::field("members", "kind", "belong to a group; choose that kind, or leave them out"));
        }
        _ => {}
    }
    if tax.name.is_none() {
        tax.name = Some(match (tax.kind, tax.rate) {
            (TaxKind::Percent, Some(rate)) => format!("{} {} %", tax.code, decimal_text(rate, 0)),
            _ => tax.code.clone(),
        });
    }
    Ok(())
}
