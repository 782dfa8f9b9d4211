//! Profit and loss: income less expense between two days.

use std::collections::BTreeMap;

use nexus_kernel::prelude::*;

use super::{Between, accounts, by_account, money};
use crate::objects::{Account, AccountType, JournalEntryLine};

/// `{rows: [{kind, account, code, name, amount}], totals: {amount}}`: income above zero, expense below.
///
/// # Errors
/// Those of reading the ledger.
pub(crate) async fn profit_and_loss(ctx: &mut Ctx, params: Between) -> Result<Json> {
    let currency = ctx.currency()?;
    let lines = find::<JournalEntryLine>().filter(params.condition(ctx));
    let sums = ctx.sums(lines, &["account"], &["balance"]).await?;
    let sums: BTreeMap<Id<Account>, Decimal> = sums.iter().map(|row| by_account(row)).collect();
    let (mut rows, mut total) = (Vec::new(), Decimal::ZERO);
    let mut accounts = accounts(ctx).await?;
    accounts.sort_by_key(|account| (order(account.r#type), account.code.clone()));
    for account in accounts.iter().filter(|account| order(account.r#type).is_some()) {
        // The ledger keeps income as credit, which is below zero there.
        let amount = -sums.get(&account.id).copied().unwrap_or_default();
        if amount.is_zero() {
            continue;
        }
        total += amount;
        rows.push(json!({
            "kind": account.r#type.label(),
            "account": account.id,
            "code": account.code,
            "name": account.name,
            "amount": money(amount, currency),
        }));
    }
    Ok(json!({"rows": rows, "totals": {"amount": money(total, currency)}}))
}

/// The place of a kind of account; none for those of the balance sheet.
fn order(kind: AccountType) -> Option<u8> {
    Some(match kind {
        AccountType::Income => 0,
        AccountType::ExpenseCost => 1,
        AccountType::Expense => 2,
        AccountType::ExpenseDepreciation => 3,
        AccountType::IncomeOther => 4,
        _ => return None,
    })
}
