//! The rule of double entry: debits equal credits, in every currency and in the company's own.

use nexus_kernel::prelude::*;

use crate::amount;
use crate::objects::JournalEntryLine;

/// What the lines of one currency come to.
struct Side {
    currency: String,
    debit: Decimal,
    credit: Decimal,
}

/// # Errors
/// When the lines do not balance; the message says in which currency and by how much.
pub(crate) fn require(lines: &[JournalEntryLine], own: Currency) -> Result<()> {
    let mut errors = Vec::new();
    for side in sides(lines)? {
        if side.debit != side.credit {
            errors.push(complaint(&side.currency, side.debit, side.credit));
        }
    }
    if errors.is_empty() {
        let balances = || lines.iter().map(|line| amount::of(line.balance));
        let debit = amount::sum(balances().filter(Decimal::is_sign_positive))?;
        let credit = -amount::sum(balances().filter(Decimal::is_sign_negative))?;
        if debit != credit {
            let FieldError { message, .. } = complaint(own.code(), debit, credit);
            let hint = "; record the exchange difference on a line of its own";
            errors.push(FieldError::new("lines", "balanced", message + hint));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Problem::fields(errors)) }
}

fn sides(lines: &[JournalEntryLine]) -> Result<Vec<Side>> {
    let mut sides: Vec<Side> = Vec::new();
    for line in lines {
        let currency = line.currency.as_deref().unwrap_or_default();
        let at = sides.iter().position(|side| side.currency == currency).unwrap_or_else(|| {
            sides.push(Side { currency: currency.to_owned(), debit: Decimal::ZERO, credit: Decimal::ZERO });
            sides.len() - 1
        });
        sides[at].debit = amount::add(sides[at].debit, amount::of(line.debit))?;
        sides[at].credit = amount::add(sides[at].credit, amount::of(line.credit))?;
    }
    Ok(sides)
}

fn complaint(currency: &str, debit: Decimal, credit: Decimal) -> FieldError {
    let text = |amount: Decimal| match currency.parse::<Currency>() {
        Ok(currency) => Money::new(amount, currency).to_string(),
        Err(_) => amount.to_string(),
    };
    let more = if debit > credit { "debit" } else { "credit" };
    let (debit_text, credit_text, difference) = (text(debit), text(credit), text((debit - credit).abs()));
    let message = format!("do not balance: debit {debit_text}, credit {credit_text}, {difference} too much {more}");
    FieldError::new("lines", "balanced", message)
}

/// Puts the cents that rounding to the company's currency leaves in a balanced foreign entry on its largest
/// line. Where the lines of a currency have different rates the difference is a gain or a loss, not rounding,
/// and stays for [`require`] to find.
///
/// # Errors
/// When a sum does not fit.
pub(crate) fn settle_rounding(lines: &mut [JournalEntryLine]) -> Result<()> {
    for side in sides(lines)? {
        let of = |line: &&mut JournalEntryLine| line.currency.as_deref().unwrap_or_default() == side.currency;
        let mut own: Vec<&mut JournalEntryLine> = lines.iter_mut().filter(of).collect();
        let one_rate = own.windows(2).all(|pair| pair[0].rate == pair[1].rate);
        if side.debit != side.credit || !one_rate {
            continue;
        }
        let left = amount::sum(own.iter().map(|line| amount::of(line.balance)))?;
        if left.is_zero() {
            continue;
        }
        own.sort_by_key(|line| std::cmp::Reverse(amount::of(line.balance).abs()));
        if let Some(Some(balance)) = own.first_mut().map(|line| line.balance.as_mut()) {
            balance.amount = amount::add(balance.amount, -left)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line from `debit`, `credit`, currency, rate and balance.
    fn line(debit: &str, credit: &str, currency: &str, rate: &str, balance: &str) -> JournalEntryLine {
        let money = |text: &str, code: &str| {
            Some(Money::new(text.parse().expect("a decimal"), code.parse().expect("a currency")))
        };
        JournalEntryLine {
            debit: money(debit, currency),
            credit: money(credit, currency),
            currency: Some(currency.to_owned()),
            rate: Some(rate.parse().expect("a rate")),
            balance: money(balance, "EUR"),
            ..JournalEntryLine::default()
        }
    }

    fn complaint_of(lines: &[JournalEntryLine]) -> String {
        let own = "EUR".parse().expect("a currency");
        require(lines, own).map_or_else(|problem| problem.errors[0].message.clone(), |()| String::new())
    }

    #[test]
    fn the_difference_is_named() {
        let lines = [line("240", "0", "EUR", "1", "240"), line("0", "220", "EUR", "1", "-220")];
        assert_eq!(
            complaint_of(&lines),
            "do not balance: debit 240.00 EUR, credit 220.00 EUR, 20.00 EUR too much debit"
        );
    }

    #[test]
    fn each_currency_balances_alone() {
        let lines = [line("100", "0", "EUR", "1", "100"), line("0", "100", "USD", "1", "-100")];
        assert_eq!(
            complaint_of(&lines),
            "do not balance: debit 100.00 EUR, credit 0.00 EUR, 100.00 EUR too much debit"
        );
    }

    #[test]
    fn two_rates_of_one_currency_need_an_exchange_difference() {
        let pair = [line("100", "0", "USD", "0.92", "92"), line("0", "100", "USD", "0.91", "-91")];
        assert!(complaint_of(&pair).contains("record the exchange difference"));
        let mut lines = pair.to_vec();
        lines.push(line("0", "1", "EUR", "1", "-1"));
        lines.push(line("0", "0", "EUR", "1", "0"));
        assert!(complaint_of(&lines).contains("EUR"), "a lone line in euros does not balance in euros");
    }

    #[test]
    fn rounding_of_a_foreign_entry_goes_to_its_largest_line() {
        // 0.333 × 10.00 is 3.33, twice 5.00 is 1.67 each (1.665 rounded away from zero): a cent is left.
        let mut lines = [
            line("10", "0", "USD", "0.333", "3.33"),
            line("0", "5", "USD", "0.333", "-1.67"),
            line("0", "5", "USD", "0.333", "-1.67"),
        ];
        settle_rounding(&mut lines).expect("fits");
        assert_eq!(lines[0].balance.map(|balance| balance.amount), Some("3.34".parse().expect("a decimal")));
        assert_eq!(complaint_of(&lines), "");
    }
}
