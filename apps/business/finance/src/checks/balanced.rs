//! Every posted entry balances, in each currency and in the company's.

use std::collections::HashMap;

use nexus_kernel::prelude::*;

use super::{GROUPS_MAX, amount_at, capped, id_of};
use crate::objects::JournalEntryLine;

/// Entries and currencies with what their lines come to.
type Sides = HashMap<(Uuid, String), Decimal>;

/// # Errors
/// Those of reading the ledger.
pub(crate) async fn balanced(ctx: &mut Ctx) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    // Each line has one side alone, and a sum of money is split by currency: so one sum for each side.
    let debits = sides(ctx, "debit").await?;
    let credits = sides(ctx, "credit").await?;
    let nothing = Decimal::ZERO;
    for (key, debit) in &debits {
        let credit = credits.get(key).unwrap_or(&nothing);
        if debit != credit {
            findings.push(format!("entry {}: debit {debit} and credit {credit} {} differ", key.0, key.1));
        }
    }
    for (entry, currency) in credits.keys().filter(|key| !debits.contains_key(*key)) {
        findings.push(format!("entry {entry}: nothing is debited in {currency}"));
    }
    for row in ctx.sums(posted(), &["parent"], &["balance"]).await? {
        let balance = amount_at(&row, 1);
        if !balance.is_zero() {
            findings.push(format!("entry {}: its lines come to {balance} in the company's currency", id_of(&row)));
        }
    }
    Ok(capped(findings))
}

/// Lines have a date from the day their entry is posted.
fn posted() -> Find<JournalEntryLine> {
    find::<JournalEntryLine>().filter("date != null").limit(GROUPS_MAX)
}

async fn sides(ctx: &mut Ctx, side: &str) -> Result<Sides> {
    let lines = posted().filter(format!("{side} != null"));
    let rows = ctx.sums(lines, &["parent", "currency"], &[side]).await?;
    let key = |row: &[Value]| (id_of(row), row.get(1).and_then(Value::as_text).unwrap_or_default().to_owned());
    Ok(rows.iter().map(|row| (key(row), amount_at(row, 2))).filter(|(_, amount)| !amount.is_zero()).collect())
}
