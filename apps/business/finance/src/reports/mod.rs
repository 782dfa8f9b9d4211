//! Figures over the ledger, one report a file.

mod aged;
mod profit_and_loss;
mod revenue_by_month;
mod trial_balance;

pub(crate) use aged::{aged_payables, aged_receivables};
pub(crate) use profit_and_loss::profit_and_loss;
pub(crate) use revenue_by_month::revenue_by_month;
pub(crate) use trial_balance::trial_balance;

use nexus_kernel::prelude::*;

use crate::objects::Account;

/// A day and a company; the kernel has entered the company before a report runs.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct AtDay {
    /// Up to and including this day; today, if left out.
    pub at: Option<Date>,
    /// The company at work, if left out.
    pub company: Option<Id<Company>>,
}

/// Two days and a company.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Between {
    /// From this day; the beginning of the books, if left out.
    pub from: Option<Date>,
    /// Up to and including this day; today, if left out.
    pub to: Option<Date>,
    /// The company at work, if left out.
    pub company: Option<Id<Company>>,
}

impl Between {
    /// The condition on a posted line's date. A draft's lines have none, so they are left out.
    fn condition(&self, ctx: &Ctx) -> String {
        let to = self.to.unwrap_or_else(|| ctx.today());
        match self.from {
            Some(from) => format!("date >= date('{from}') && date <= date('{to}')"),
            None => format!("date <= date('{to}')"),
        }
    }
}

/// The accounts of the company at work, by code.
async fn accounts(ctx: &mut Ctx) -> Result<Vec<Account>> {
    let company = ctx.company()?.id;
    ctx.all(find::<Account>().eq("company", company).sort("code")).await
}

/// A group of [`Ctx::sums`] by account: its id and the sum of money.
fn by_account(row: &[Value]) -> (Id<Account>, Decimal) {
    let id = row.first().and_then(Value::as_id).unwrap_or_default();
    let sum = row.get(1).and_then(Value::as_money).map_or(Decimal::ZERO, |money| money.amount);
    (Id::new(id), sum)
}

/// An amount of the company's money as JSON.
fn money(amount: Decimal, currency: Currency) -> Json {
    nexus_kernel::model::json::money_json(&Money::new(amount, currency))
}
