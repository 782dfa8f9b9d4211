//! Aged receivables and payables: what is open, by how long it is overdue.

use std::collections::BTreeMap;

use nexus_kernel::model::expr::functions::add_days;
use nexus_kernel::prelude::*;

use contacts::objects::Party;

use super::{AtDay, money};
use crate::objects::{Bill, CreditNote, Invoice, Payment};

/// Columns of the report: the days overdue at which each begins, and its key.
const AGES: [(i64, &str); 5] =
    [(i64::MIN, "current"), (1, "days_1_30"), (31, "days_31_60"), (61, "days_61_90"), (91, "over_90")];
/// Open documents that are read at a time; more than a report can show.
const DOCUMENTS_MAX: usize = 100_000;

/// What one party owes in one currency, by age, and what it has in credit.
#[derive(Default)]
struct Aged {
    ages: [Decimal; AGES.len()],
    credit: Decimal,
}

type Parties = BTreeMap<(Id<Party>, Currency), Aged>;

/// What customers owe; credit notes and payments that settle nothing yet stand against it.
///
/// # Errors
/// Those of reading documents.
pub(crate) async fn aged_receivables(ctx: &mut Ctx, params: AtDay) -> Result<Json> {
    let at = params.at.unwrap_or_else(|| ctx.today());
    let mut parties = Parties::new();
    documents::<Invoice>(ctx, at, &mut parties).await?;
    credits::<CreditNote>(ctx, "state == 'posted'", &mut parties).await?;
    credits::<Payment>(ctx, "state == 'posted' && direction == 'inbound'", &mut parties).await?;
    answer(ctx, parties).await
}

/// What is owed to suppliers; payments that settle nothing yet stand against it.
///
/// # Errors
/// Those of reading documents.
pub(crate) async fn aged_payables(ctx: &mut Ctx, params: AtDay) -> Result<Json> {
    let at = params.at.unwrap_or_else(|| ctx.today());
    let mut parties = Parties::new();
    documents::<Bill>(ctx, at, &mut parties).await?;
    credits::<Payment>(ctx, "state == 'posted' && direction == 'outbound'", &mut parties).await?;
    answer(ctx, parties).await
}

async fn documents<T: Entity>(ctx: &mut Ctx, at: Date, parties: &mut Parties) -> Result<()> {
    let company = ctx.company()?.id;
    for (index, (from, _)) in AGES.iter().enumerate() {
        // Due `from` days ago or earlier, but not as early as the next age begins.
        let bound = |days: i64| add_days(at, -days).unwrap_or(at);
        let mut condition = "state == 'posted'".to_owned();
        if index > 0 {
            condition += &format!(" && due <= date('{}')", bound(*from));
        }
        if let Some((next, _)) = AGES.get(index + 1) {
            condition += &format!(" && due > date('{}')", bound(*next));
        }
        let open = find::<T>().eq("company", company).filter(condition).limit(DOCUMENTS_MAX);
        for (key, amount) in by_party(&ctx.sums(open, &["party"], &["open"]).await?) {
            parties.entry(key).or_default().ages[index] += amount;
        }
    }
    Ok(())
}

async fn credits<T: Entity>(ctx: &mut Ctx, condition: &str, parties: &mut Parties) -> Result<()> {
    let open = find::<T>().eq("company", ctx.company()?.id).filter(condition).limit(DOCUMENTS_MAX);
    for (key, amount) in by_party(&ctx.sums(open, &["party"], &["open"]).await?) {
        parties.entry(key).or_default().credit += amount;
    }
    Ok(())
}

fn by_party(sums: &[Vec<Value>]) -> Vec<((Id<Party>, Currency), Decimal)> {
    let row = |row: &Vec<Value>| {
        let (party, money) = (row.first()?.as_id()?, row.get(1)?.as_money()?);
        Some(((Id::new(party), money.currency), money.amount))
    };
    sums.iter().filter_map(row).collect()
}

async fn answer(ctx: &mut Ctx, parties: Parties) -> Result<Json> {
    let own = ctx.currency()?;
    let ids: Vec<Uuid> = parties.keys().map(|(party, _)| party.uuid()).collect();
    let known = ctx.all(find::<Party>().any("id", ids).limit(DOCUMENTS_MAX)).await?;
    let names: BTreeMap<Id<Party>, String> = known.into_iter().map(|party| (party.id, party.name)).collect();
    let mut rows = Vec::new();
    let mut sum = Aged::default();
    for ((party, currency), aged) in &parties {
        let total = aged.ages.iter().sum::<Decimal>() - aged.credit;
        if aged.ages.iter().all(Decimal::is_zero) && aged.credit.is_zero() {
            continue;
        }
        // Totals are given in the company's currency alone: sums across currencies say nothing.
        if *currency == own {
            for (age, amount) in sum.ages.iter_mut().zip(aged.ages) {
                *age += amount;
            }
            sum.credit += aged.credit;
        }
        let mut row = columns(aged, *currency, total);
        row.insert("party".to_owned(), json!(party));
        row.insert("name".to_owned(), json!(names.get(party)));
        rows.push(Json::Object(row));
    }
    rows.sort_by_key(|row| row["name"].as_str().unwrap_or_default().to_lowercase());
    let total = sum.ages.iter().sum::<Decimal>() - sum.credit;
    Ok(json!({"rows": rows, "totals": columns(&sum, own, total)}))
}

fn columns(aged: &Aged, currency: Currency, total: Decimal) -> serde_json::Map<String, Json> {
    let ages = AGES.iter().zip(aged.ages).map(|((_, key), amount)| ((*key).to_owned(), money(amount, currency)));
    let rest = [("credit".to_owned(), money(-aged.credit, currency)), ("total".to_owned(), money(total, currency))];
    ages.chain(rest).collect()
}
