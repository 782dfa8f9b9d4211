//! Trial balance: what each account was debited and credited, and that both come to the same.

use std::collections::BTreeMap;

use nexus_kernel::prelude::*;

use super::{AtDay, accounts, by_account, money};
use crate::objects::{Account, JournalEntryLine};

/// `{rows: [{account, code, name, debit, credit, balance}], totals: {debit, credit}}`, accounts that were never
/// moved left out.
///
/// # Errors
/// Those of reading the ledger.
pub(crate) async fn trial_balance(ctx: &mut Ctx, params: AtDay) -> Result<Json> {
    let at = params.at.unwrap_or_else(|| ctx.today());
    let currency = ctx.currency()?;
    let debits = sides(ctx, at, "balance.amount > 0").await?;
    let credits = sides(ctx, at, "balance.amount < 0").await?;
    let (mut rows, mut debit_total, mut credit_total) = (Vec::new(), Decimal::ZERO, Decimal::ZERO);
    for account in accounts(ctx).await? {
        let of = |sides: &BTreeMap<Id<Account>, Decimal>| sides.get(&account.id).copied().unwrap_or_default();
        let (debit, credit) = (of(&debits), -of(&credits));
        if debit.is_zero() && credit.is_zero() {
            continue;
        }
        debit_total += debit;
        credit_total += credit;
        rows.push(json!({
            "account": account.id,
            "code": account.code,
            "name": account.name,
            "debit": money(debit, currency),
            "credit": money(credit, currency),
            "balance": money(debit - credit, currency),
        }));
    }
    let totals = json!({"debit": money(debit_total, currency), "credit": money(credit_total, currency)});
    Ok(json!({"rows": rows, "totals": totals}))
}

/// What stands on one side of each account.
async fn sides(ctx: &mut Ctx, at: Date, side: &str) -> Result<BTreeMap<Id<Account>, Decimal>> {
    let lines = find::<JournalEntryLine>().filter(format!("date <= date('{at}') && {side}"));
    let sums = ctx.sums(lines, &["account"], &["balance"]).await?;
    Ok(sums.iter().map(|row| by_account(row)).collect())
}
