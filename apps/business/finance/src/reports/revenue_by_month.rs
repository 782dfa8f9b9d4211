//! Revenue by month, from the income accounts of the ledger.

use std::collections::BTreeMap;

use nexus_kernel::prelude::*;

use super::{Between, money};
use crate::objects::JournalEntryLine;

/// `{rows: [{month, amount}], totals: {amount}}`, months as `1997-01`.
///
/// # Errors
/// Those of reading the ledger.
pub(crate) async fn revenue_by_month(ctx: &mut Ctx, params: Between) -> Result<Json> {
    let (company, currency) = (ctx.company()?.id, ctx.currency()?);
    let lines = find::<JournalEntryLine>()
        .filter(params.condition(ctx))
        .filter(format!("account.company == '{company}' && account.type in ['income', 'income_other']"));
    let sums = ctx.sums(lines, &["month(date)"], &["balance"]).await?;
    let mut months: BTreeMap<String, Decimal> = BTreeMap::new();
    for row in &sums {
        let month = row.first().and_then(Value::as_text).unwrap_or_default().to_owned();
        let sum = row.get(1).and_then(Value::as_money).map_or(Decimal::ZERO, |money| money.amount);
        *months.entry(month).or_default() -= sum;
    }
    let total: Decimal = months.values().sum();
    let rows: Vec<Json> =
        months.iter().map(|(month, amount)| json!({"month": month, "amount": money(*amount, currency)})).collect();
    Ok(json!({"rows": rows, "totals": {"amount": money(total, currency)}}))
}
