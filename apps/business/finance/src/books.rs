//! The books of the company at work: its settings, what they default to, and which days are open.

use nexus_kernel::prelude::*;

use crate::objects::{Account, ExchangeRate, Journal, PaymentTerms, Settings};

/// The settings of one company, read once for an action.
#[derive(Clone, Debug)]
pub struct Books {
    settings: Settings,
    pub company: Id<Company>,
    /// What the books are kept in.
    pub currency: Currency,
}

/// An account that postings use when the document names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    Receivable,
    Payable,
    Income,
    Expense,
    Tax,
    PurchaseTax,
    WriteOff,
    ExchangeGain,
    ExchangeLoss,
}

impl Books {
    /// # Errors
    /// A conflict when the company has no settings yet.
    pub async fn open(ctx: &mut Ctx) -> Result<Books> {
        let (company, currency) = (ctx.company()?.id, ctx.currency()?);
        let settings = ctx.first(find::<Settings>().eq("company", company)).await?;
        let settings = settings.ok_or_else(|| {
            Problem::conflict("finance is not set up for this company; create its settings under Finance, Settings")
        })?;
        Ok(Books { settings, company, currency })
    }

    /// Refuses a day on which nothing may be posted any more.
    ///
    /// # Errors
    /// On or before the day up to which the books are locked, which the message names.
    pub fn require_open(&self, date: Date) -> Result<()> {
        match self.settings.locked_until {
            Some(locked) if date <= locked => Err(Problem::field(
                "date",
                "locked",
                format!(
                    "is {date}, and the books are locked until {locked}; choose a later date, \
                     or ask a finance manager to move the lock"
                ),
            )),
            _ => Ok(()),
        }
    }

    /// The day whose year a number carries: that in which the fiscal year of `date` ends.
    pub fn numbered_on(&self, date: Date) -> Date {
        if i64::from(date.month()) <= self.settings.year_end_month {
            return date;
        }
        Date::new(date.year() + 1, 1, 1).unwrap_or(date)
    }

    /// The account that the settings name for `which`.
    ///
    /// # Errors
    /// When they name none.
    pub fn account(&self, which: Standard) -> Result<Id<Account>> {
        let settings = &self.settings;
        let (account, field) = match which {
            Standard::Receivable => (settings.receivable_account, "receivable_account"),
            Standard::Payable => (settings.payable_account, "payable_account"),
            Standard::Income => (settings.income_account, "income_account"),
            Standard::Expense => (settings.expense_account, "expense_account"),
            Standard::Tax => (settings.tax_account, "tax_account"),
            Standard::PurchaseTax => (settings.purchase_tax_account, "purchase_tax_account"),
            Standard::WriteOff => (settings.write_off_account, "write_off_account"),
            Standard::ExchangeGain => (settings.exchange_gain_account, "exchange_gain_account"),
            Standard::ExchangeLoss => (settings.exchange_loss_account, "exchange_loss_account"),
        };
        account.ok_or_else(|| missing(field))
    }

    pub fn sale_journal(&self) -> Result<Id<Journal>> {
        self.settings.sale_journal.ok_or_else(|| missing("sale_journal"))
    }

    pub fn purchase_journal(&self) -> Result<Id<Journal>> {
        self.settings.purchase_journal.ok_or_else(|| missing("purchase_journal"))
    }

    pub fn bank_journal(&self) -> Result<Id<Journal>> {
        self.settings.bank_journal.ok_or_else(|| missing("bank_journal"))
    }

    pub fn general_journal(&self) -> Result<Id<Journal>> {
        self.settings.general_journal.ok_or_else(|| missing("general_journal"))
    }

    pub fn payment_terms(&self) -> Option<Id<PaymentTerms>> {
        self.settings.payment_terms
    }

    pub fn document_footer(&self) -> Option<&str> {
        self.settings.document_footer.as_deref()
    }

    /// What one unit of `currency` is worth on `date` in the company's: `given`, else the latest rate kept.
    ///
    /// # Errors
    /// When the currency is foreign and no rate is known.
    pub async fn rate(&self, ctx: &mut Ctx, currency: Currency, date: Date, given: Option<Decimal>) -> Result<Decimal> {
        if currency == self.currency {
            return Ok(Decimal::ONE);
        }
        if let Some(rate) = given {
            return Ok(rate);
        }
        let known = find::<ExchangeRate>()
            .eq("company", self.company)
            .eq("currency", currency.code())
            .filter(format!("date <= date('{date}')"))
            .sort("-date");
        let own = self.currency;
        ctx.first(known).await?.map(|known| known.rate).ok_or_else(|| {
            Problem::field(
                "rate",
                "required",
                format!("is needed: no exchange rate of {currency} to {own} is kept for {date} or before; give one here or under Finance, Exchange rates"),
            )
        })
    }
}

fn missing(field: &str) -> Problem {
    let label = field.replace('_', " ");
    Problem::conflict(format!("the books have no {label}; choose one under Finance, Settings"))
        .with("setting", Json::from(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn books(year_end_month: i64, locked: Option<&str>) -> Books {
        let settings = Settings {
            year_end_month,
            locked_until: locked.map(|day| day.parse().expect("a day")),
            ..Settings::default()
        };
        Books { settings, company: Id::default(), currency: "EUR".parse().expect("a currency") }
    }

    #[test]
    fn a_number_carries_the_year_in_which_the_fiscal_year_ends() {
        let check = |month, date: &str, year| {
            assert_eq!(books(month, None).numbered_on(date.parse().expect("a day")).year(), year, "{month} {date}");
        };
        check(12, "1997-01-01", 1997);
        check(12, "1997-12-31", 1997);
        check(6, "2026-06-30", 2026);
        check(6, "2026-07-01", 2027);
    }

    #[test]
    fn a_locked_day_is_refused_and_the_message_names_the_lock() {
        let books = books(12, Some("2026-03-31"));
        let on = |date: &str| books.require_open(date.parse().expect("a day"));
        assert!(on("2026-04-01").is_ok());
        let problem = on("2026-03-31").expect_err("locked");
        assert!(problem.detail.contains("locked until 2026-03-31"), "{}", problem.detail);
    }
}
