//! What `nexus verify` proves of the books, one proof a file. Each finding names a record and the figures.

mod balanced;
mod gapless;
mod open_amounts;

pub(crate) use balanced::balanced;
pub(crate) use gapless::gapless;
pub(crate) use open_amounts::open_amounts;

use nexus_kernel::prelude::*;

/// Groups that a proof goes through; a tenant with more is proven by the archive's own tools.
pub(crate) const GROUPS_MAX: usize = 20_000_000;

/// Findings that one proof lists.
const FINDINGS_MAX: usize = 100;

/// At most [`FINDINGS_MAX`] findings, and how many there were.
fn capped(mut findings: Vec<String>) -> Vec<String> {
    let all = findings.len();
    if all > FINDINGS_MAX {
        findings.truncate(FINDINGS_MAX);
        findings.push(format!("and {} more of this kind", all - FINDINGS_MAX));
    }
    findings
}

/// The first value of a row of sums as an id.
fn id_of(row: &[Value]) -> Uuid {
    row.first().and_then(Value::as_id).unwrap_or_default()
}

/// The amount at a place of a row of sums; nothing summed is zero.
fn amount_at(row: &[Value], at: usize) -> Decimal {
    row.get(at).and_then(Value::as_money).map_or(Decimal::ZERO, |money| money.amount)
}
