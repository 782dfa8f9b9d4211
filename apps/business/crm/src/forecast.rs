//! The forecast: what the deals that close in a month are worth, weighted by their probability.

use crate::objects::Deal;
use nexus_kernel::prelude::*;
use std::collections::BTreeMap;

/// Which deals the forecast counts.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Params {
    /// Deals that close on this day or later.
    from: Option<Date>,
    /// Deals that close on this day or earlier.
    to: Option<Date>,
    /// Deals of this salesperson only.
    owner: Option<Id<User>>,
    /// Deals of this company only.
    company: Option<Id<Company>>,
}

pub(crate) fn declaration() -> Report {
    Report::new("forecast", "Forecast")
        .about("Deals by the month they close in: what they would bring, and what is to be expected of it. Lost deals count for nothing, won ones in full.")
        .column("month", "Month", "text")
        .column("deals", "Deals", "integer")
        .column("amount", "Amount", "money")
        .column("expected", "Expected", "money")
        .chart(ChartKind::Bar, "month", "expected")
        .reads::<Deal>()
}

/// One month in one currency, exactly as the deals have it.
struct Line {
    deals: i64,
    amount: Decimal,
    expected: Decimal,
}

/// `{rows: [{month, deals, amount, expected}], totals}`, by month; deals without a close date come last.
///
/// What is expected in a month is added up exactly and then rounded once, to what the currency can pay. The
/// totals are those of the rounded lines, so that the column adds up, and are left out where there is more than
/// one currency.
///
/// # Errors
/// Those of reading deals.
pub(crate) async fn run(ctx: &mut Ctx, params: Params) -> Result<Json> {
    let home = ctx.currency()?;
    let mut deals = find::<Deal>().filter("stage != 'lost'");
    if let Some(from) = params.from {
        deals = deals.filter(format!("expected_close >= date('{from}')"));
    }
    if let Some(to) = params.to {
        deals = deals.filter(format!("expected_close <= date('{to}')"));
    }
    if let Some(owner) = params.owner {
        deals = deals.eq("owner", owner);
    }
    if let Some(company) = params.company {
        deals = deals.eq("company", company);
    }
    let figures = ctx.sums(deals, &["month(expected_close)"], &["amount", "expected", "count()"]).await?;

    // A deal without an amount has no currency, and stands in the line of the company's own.
    let mut lines: BTreeMap<(bool, String, Currency), Line> = BTreeMap::new();
    for figure in &figures {
        let [month, amount, expected, deals] = figure.as_slice() else {
            return Err(Problem::internal("a forecast line has a month, two sums and a count"));
        };
        let month = month.as_text().unwrap_or_default().to_owned();
        let currency = amount.as_money().map_or(home, |amount| amount.currency);
        let line = lines.entry((month.is_empty(), month, currency)).or_insert(Line {
            deals: 0,
            amount: Decimal::ZERO,
            expected: Decimal::ZERO,
        });
        line.deals += deals.as_int().unwrap_or_default();
        line.amount += amount.as_money().map(|money| money.amount).unwrap_or_default();
        line.expected += expected.as_money().map(|money| money.amount).unwrap_or_default();
    }
    for ((_, _, currency), line) in &mut lines {
        line.expected = currency.round(line.expected);
    }

    let mut totals = json!({ "deals": lines.values().map(|line| line.deals).sum::<i64>() });
    let first = lines.keys().next().map_or(home, |(_, _, currency)| *currency);
    if lines.keys().all(|(_, _, currency)| *currency == first) {
        totals["amount"] = money(lines.values().map(|line| line.amount).sum(), first);
        totals["expected"] = money(lines.values().map(|line| line.expected).sum(), first);
    }
    let rows = lines.into_iter().map(|((_, month, currency), line)| {
        json!({
            "month": Some(month).filter(|month| !month.is_empty()),
            "deals": line.deals,
            "amount": money(line.amount, currency),
            "expected": money(line.expected, currency),
        })
    });
    Ok(json!({ "rows": rows.collect::<Vec<_>>(), "totals": totals }))
}

fn money(amount: Decimal, currency: Currency) -> Json {
    nexus_kernel::model::json::money_json(&Money::new(amount, currency))
}
