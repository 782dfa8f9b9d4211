//! No number is missing from a series: documents, payments and entries count from 1 without gaps.

use std::collections::BTreeMap;

use nexus_kernel::prelude::*;

use super::{GROUPS_MAX, capped, id_of};
use crate::objects::{Bill, CreditNote, Invoice, JournalEntry, Payment};

/// # Errors
/// Those of reading documents.
pub(crate) async fn gapless(ctx: &mut Ctx) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    series::<Invoice>(ctx, "invoice", &mut findings).await?;
    series::<CreditNote>(ctx, "credit note", &mut findings).await?;
    series::<Bill>(ctx, "bill", &mut findings).await?;
    series::<Payment>(ctx, "payment", &mut findings).await?;
    series::<JournalEntry>(ctx, "journal entry", &mut findings).await?;
    Ok(capped(findings))
}

async fn series<T: Entity>(ctx: &mut Ctx, label: &str, findings: &mut Vec<String>) -> Result<()> {
    let numbered = find::<T>().filter("number != null").limit(GROUPS_MAX);
    // Grouped by itself, a number costs no more than its own text to read.
    let rows = ctx.sums(numbered, &["company", "number"], &[]).await?;
    let mut known: BTreeMap<(Uuid, String), Vec<u64>> = BTreeMap::new();
    for row in &rows {
        let number = row.get(1).and_then(Value::as_text).unwrap_or_default();
        match split(number) {
            Some((prefix, count)) => known.entry((id_of(row), prefix.to_owned())).or_default().push(count),
            None => findings.push(format!("{label} {number}: ends in no number")),
        }
    }
    for ((_, prefix), mut counts) in known {
        counts.sort_unstable();
        for missing in gaps(&counts) {
            findings.push(format!("{label} {prefix}: number {missing} is missing"));
        }
    }
    Ok(())
}

/// `INV-2026-00042` as `INV-2026-` and 42.
fn split(number: &str) -> Option<(&str, u64)> {
    let start = number.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    Some((&number[..start], number[start..].parse().ok()?))
}

/// What is missing of 1, 2, 3 … up to the last of the ordered counts.
fn gaps(counts: &[u64]) -> Vec<u64> {
    let mut next = 1;
    let mut missing = Vec::new();
    for count in counts {
        missing.extend((next..*count).take(100));
        next = count + 1;
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_found() {
        assert_eq!(split("INV-2026-00042"), Some(("INV-2026-", 42)));
        assert_eq!(split("SAL-1997-000001"), Some(("SAL-1997-", 1)));
        assert_eq!(split("INV-"), None);
        assert!(gaps(&[1, 2, 3]).is_empty());
        assert_eq!(gaps(&[2, 5]), [1, 3, 4]);
        assert!(gaps(&[]).is_empty());
    }
}
