//! The tax engine: from lines with prices and taxes to net amounts, taxes and totals. Pure and exact.
//!
//! Rounding happens in two places and nowhere else, halves away from zero, to the decimals of the currency:
//! each line's amount (quantity by price less discount), so that the lines of a document add up as printed;
//! and each tax once for the whole document, so that many small lines do not gather many small errors.
//! What a price holds of taxes that are included in it is taken out unrounded; the cents that rounding the
//! lines' net amounts then leaves are put on the line with the largest amount.

use nexus_kernel::prelude::*;

use crate::amount::{add, multiply, sum, too_large};
use crate::objects::{Tax, TaxKind};

/// What the engine needs to know of a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaxedLine {
    pub quantity: Decimal,
    pub unit_price: Decimal,
    /// Percent taken off.
    pub discount: Decimal,
    pub taxes: Vec<Id<Tax>>,
}

/// One tax of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct TaxAmount {
    pub tax: Id<Tax>,
    pub name: String,
    /// Net amount of the lines that bear it.
    pub base: Decimal,
    pub amount: Decimal,
}

/// A document worked out: `untaxed` is the sum of `lines`, `total` is `untaxed + tax`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// Net amount of each line.
    pub lines: Vec<Decimal>,
    /// In the order in which the lines name them.
    pub taxes: Vec<TaxAmount>,
    pub untaxed: Decimal,
    pub tax: Decimal,
    pub total: Decimal,
}

/// The taxes of a company, by id.
#[derive(Clone, Debug, Default)]
pub struct Taxes(Vec<Tax>);

impl Taxes {
    pub fn new(taxes: Vec<Tax>) -> Taxes {
        Taxes(taxes)
    }

    /// The taxes of the company at work, read only when one of the lines bears one.
    ///
    /// # Errors
    /// Those of reading taxes.
    pub async fn of_lines(ctx: &mut Ctx, lines: &[TaxedLine]) -> Result<Taxes> {
        if lines.iter().all(|line| line.taxes.is_empty()) {
            return Ok(Taxes::default());
        }
        let company = ctx.company()?.id;
        Ok(Taxes(ctx.all(find::<Tax>().eq("company", company)).await?))
    }

    pub fn get(&self, id: Id<Tax>) -> Option<&Tax> {
        self.0.iter().find(|tax| tax.id == id)
    }

    /// The taxes that a line bears, groups replaced by their members, each once.
    fn borne(&self, line: &TaxedLine) -> Result<Vec<&Tax>> {
        let mut borne: Vec<&Tax> = Vec::with_capacity(line.taxes.len());
        for id in &line.taxes {
            let tax = self.get(*id).ok_or_else(|| unknown(*id))?;
            let members = match tax.kind {
                TaxKind::Group => tax.members.iter().map(|id| self.get(*id).ok_or_else(|| unknown(*id))).collect(),
                TaxKind::Percent | TaxKind::Fixed => Ok(vec![tax]),
            };
            for member in members? {
                if member.kind == TaxKind::Group {
                    let message = format!("has {}, a group inside the group {}: list its taxes", member.code, tax.code);
                    return Err(Problem::field("taxes", "group", message));
                }
                if !borne.iter().any(|known| known.id == member.id) {
                    borne.push(member);
                }
            }
        }
        Ok(borne)
    }
}

fn unknown(id: Id<Tax>) -> Problem {
    Problem::field("taxes", "company", format!("the tax {id} is not one of this company"))
}

/// A tax while the lines are gone through, unrounded.
struct Running<'a> {
    tax: &'a Tax,
    amount: Decimal,
    lines: Vec<usize>,
}

/// Works a document out.
///
/// # Errors
/// When a tax is not among `taxes`, or a figure does not fit.
pub fn compute(currency: Currency, lines: &[TaxedLine], taxes: &Taxes) -> Result<Totals> {
    let mut running: Vec<Running<'_>> = Vec::new();
    let mut prices = Vec::with_capacity(lines.len());
    let mut nets = Vec::with_capacity(lines.len());
    let mut gross_lines = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let price = currency.round(price(line)?);
        let borne = taxes.borne(line)?;
        let net = net(price, line, &borne)?;
        if borne.iter().any(|tax| tax.included) {
            gross_lines.push(index);
        }
        for tax in borne {
            let amount = match tax.kind {
                TaxKind::Fixed => multiply(rate(tax), line.quantity)?,
                _ => multiply(net, percent(rate(tax)))?,
            };
            match running.iter_mut().find(|known| known.tax.id == tax.id) {
                Some(known) => {
                    known.amount = add(known.amount, amount)?;
                    known.lines.push(index);
                }
                None => running.push(Running { tax, amount, lines: vec![index] }),
            }
        }
        prices.push(price);
        nets.push(currency.round(net));
    }
    let rounded = |tax: &Running<'_>| currency.round(tax.amount);
    let tax = sum(running.iter().map(rounded))?;
    let included = sum(running.iter().filter(|tax| tax.tax.included).map(rounded))?;
    let untaxed = add(sum(prices)?, -included)?;
    let left = add(untaxed, -sum(nets.iter().copied())?)?;
    // The first of equals, so that the same document always comes out the same.
    let largest = gross_lines.into_iter().reduce(|a, b| if nets[b].abs() > nets[a].abs() { b } else { a });
    if let Some(largest) = largest {
        nets[largest] = add(nets[largest], left)?;
    }
    let mut amounts = Vec::with_capacity(running.len());
    for running in &running {
        amounts.push(TaxAmount {
            tax: running.tax.id,
            name: running.tax.name.clone().unwrap_or_else(|| running.tax.code.clone()),
            base: sum(running.lines.iter().map(|index| nets[*index]))?,
            amount: rounded(running),
        });
    }
    Ok(Totals { lines: nets, taxes: amounts, untaxed, tax, total: add(untaxed, tax)? })
}

/// Quantity by price less discount, unrounded.
fn price(line: &TaxedLine) -> Result<Decimal> {
    let full = multiply(line.quantity, line.unit_price)?;
    if line.discount.is_zero() { Ok(full) } else { multiply(full, Decimal::ONE - percent(line.discount)) }
}

/// The line's price without the taxes included in it, unrounded.
fn net(price: Decimal, line: &TaxedLine, borne: &[&Tax]) -> Result<Decimal> {
    let mut fixed = Decimal::ZERO;
    let mut factor = Decimal::ONE;
    for tax in borne.iter().filter(|tax| tax.included) {
        match tax.kind {
            TaxKind::Fixed => fixed = add(fixed, multiply(rate(tax), line.quantity)?)?,
            _ => factor = add(factor, percent(rate(tax)))?,
        }
    }
    add(price, -fixed)?.checked_div(factor).ok_or_else(too_large)
}

fn rate(tax: &Tax) -> Decimal {
    tax.rate.unwrap_or_default()
}

/// 10 as 0.1.
fn percent(of: Decimal) -> Decimal {
    of * Decimal::new(1, 2)
}

#[cfg(test)]
mod tests {
    //! Figures worked out by hand beside each case.

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    fn tax(number: u128, kind: TaxKind, rate: &str, included: bool) -> Tax {
        let id = Id::new(Uuid::from_u128(number));
        Tax { id, code: format!("T{number}"), kind, rate: Some(decimal(rate)), included, ..Tax::default() }
    }

    fn taxes() -> Taxes {
        let group = Tax {
            members: vec![Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(3))],
            ..tax(9, TaxKind::Group, "0", false)
        };
        Taxes::new(vec![
            tax(1, TaxKind::Percent, "10", false),
            tax(2, TaxKind::Percent, "20", true),
            tax(3, TaxKind::Fixed, "0.5", false),
            tax(4, TaxKind::Percent, "5.5", false),
            tax(5, TaxKind::Percent, "19", true),
            tax(6, TaxKind::Fixed, "0.25", true),
            group,
        ])
    }

    fn line(quantity: &str, price: &str, taxes: &[u128]) -> TaxedLine {
        TaxedLine {
            quantity: decimal(quantity),
            unit_price: decimal(price),
            discount: Decimal::ZERO,
            taxes: taxes.iter().map(|number| Id::new(Uuid::from_u128(*number))).collect(),
        }
    }

    /// Lines, untaxed, each tax, total.
    fn check(currency: &str, lines: &[TaxedLine], nets: &[&str], untaxed: &str, amounts: &[&str], total: &str) {
        let totals = compute(currency.parse().expect("a currency"), lines, &taxes()).expect("fits");
        assert_eq!(totals.lines, nets.iter().map(|net| decimal(net)).collect::<Vec<_>>(), "lines");
        assert_eq!(totals.untaxed, decimal(untaxed), "untaxed");
        let found: Vec<_> = totals.taxes.iter().map(|tax| tax.amount).collect();
        assert_eq!(found, amounts.iter().map(|amount| decimal(amount)).collect::<Vec<_>>(), "taxes");
        assert_eq!(totals.total, decimal(total), "total");
        assert_eq!(totals.lines.iter().sum::<Decimal>(), totals.untaxed, "the lines add up");
        assert_eq!(totals.untaxed + totals.tax, totals.total, "the document adds up");
    }

    #[test]
    fn a_tax_is_added_to_the_lines_that_bear_it() {
        // 5 × 40 at 10 % and 1 × 20 untaxed.
        check("EUR", &[line("5", "40", &[1]), line("1", "20", &[])], &["200", "20"], "220", &["20"], "240");
    }

    #[test]
    fn each_line_is_rounded_before_it_is_summed() {
        check("EUR", &[line("1", "0.0035", &[]), line("1", "0.0035", &[])], &["0", "0"], "0", &[], "0");
        check("JPY", &[line("3", "33.5", &[])], &["101"], "101", &[], "101");
        check("KWD", &[line("1", "0.0035", &[])], &["0.004"], "0.004", &[], "0.004");
    }

    #[test]
    fn a_tax_is_rounded_once_for_the_document() {
        // 5.5 % of 0.10 is 0.0055 a line; three lines give 0.0165, so 0.02, and not three times 0.01.
        let lines = [line("1", "0.10", &[4]), line("1", "0.10", &[4]), line("1", "0.10", &[4])];
        check("EUR", &lines, &["0.10", "0.10", "0.10"], "0.30", &["0.02"], "0.32");
    }

    #[test]
    fn an_included_tax_is_taken_out_of_the_price() {
        check("EUR", &[line("1", "120", &[2])], &["100"], "100", &["20"], "120");
        // 19 % in 9.99: 8.3949… and 1.5950…
        check("EUR", &[line("1", "9.99", &[5])], &["8.39"], "8.39", &["1.60"], "9.99");
    }

    #[test]
    fn what_rounding_leaves_goes_to_the_largest_line() {
        // Three times 1.00 with 20 % in it: net 0.8333… each, tax 0.50, so net 2.50 and one line bears 0.84.
        let lines = [line("1", "1", &[2]), line("1", "1", &[2]), line("1", "1", &[2])];
        check("EUR", &lines, &["0.84", "0.83", "0.83"], "2.50", &["0.50"], "3");
    }

    #[test]
    fn several_taxes_stand_side_by_side() {
        // 10 % of 30 and 0.50 a unit of 3.
        check("EUR", &[line("3", "10", &[1, 3])], &["30"], "30", &["3", "1.5"], "34.5");
        // The group of the two gives the same, also where one of them is named beside it.
        check("EUR", &[line("3", "10", &[9, 1])], &["30"], "30", &["3", "1.5"], "34.5");
        // 0.25 a unit of 4 and 20 % in 25: (25 - 1) / 1.2 is 20.
        check("EUR", &[line("4", "6.25", &[2, 6])], &["20"], "20", &["4", "1"], "25");
        // 10 % on top of what is left of 120 after the 20 % in it.
        check("EUR", &[line("1", "120", &[2, 1])], &["100"], "100", &["20", "10"], "130");
    }

    #[test]
    fn a_discount_comes_off_before_tax() {
        let line = TaxedLine { discount: decimal("25"), ..line("2", "40", &[1]) };
        check("EUR", &[line], &["60"], "60", &["6"], "66");
    }

    #[test]
    fn figures_that_do_not_fit_are_refused() {
        let line = line("999999999999", "999999999999999999", &[1]);
        let problem = compute("EUR".parse().expect("a currency"), &[line], &taxes()).expect_err("too large");
        assert_eq!(problem.errors[0].rule, "max");
    }

    #[test]
    fn a_tax_of_elsewhere_is_refused() {
        let problem =
            compute("EUR".parse().expect("a currency"), &[line("1", "1", &[77])], &taxes()).expect_err("unknown");
        assert_eq!(problem.errors[0].field, "taxes");
    }
}
