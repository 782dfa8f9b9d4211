//! What a new company's books begin with: a chart of accounts, journals, taxes and terms of its country.

use std::collections::BTreeMap;

use nexus_kernel::prelude::*;

use crate::objects::{
    Account, AccountType, FiscalYear, Journal, JournalKind, PaymentTerms, Settings, Tax, TaxAppliesTo, TaxKind,
};

const FOUR_DIGIT: &str = include_str!("charts/four_digit.toml");
const PCG: &str = include_str!("charts/pcg.toml");
const TAXES: &str = include_str!("charts/taxes.toml");

/// A chart as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chart {
    /// What it is, for whoever opens the file.
    #[serde(rename = "about")]
    _about: String,
    defaults: Defaults,
    journals: Vec<ChartJournal>,
    /// Accounts by their type.
    accounts: BTreeMap<AccountType, Vec<ChartAccount>>,
}

/// Codes of the accounts that postings use when a document names none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Defaults {
    receivable: String,
    payable: String,
    income: String,
    expense: String,
    tax: String,
    purchase_tax: String,
    write_off: String,
    exchange_gain: String,
    exchange_loss: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChartAccount {
    code: String,
    name: String,
    #[serde(default)]
    heading: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChartJournal {
    code: String,
    name: String,
    kind: JournalKind,
    account: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChartTax {
    code: String,
    name: String,
    rate: Decimal,
}

/// The chart of a country: its own where the law prescribes one, else the four-digit ledger.
fn chart(country: &str) -> Result<Chart> {
    let text = match country {
        "FR" | "MC" => PCG,
        _ => FOUR_DIGIT,
    };
    toml::from_str(text).map_err(|error| Problem::internal(format!("a chart of accounts cannot be read: {error}")))
}

fn taxes(country: &str) -> Result<Vec<ChartTax>> {
    let all: BTreeMap<String, Vec<ChartTax>> = toml::from_str(TAXES)
        .map_err(|error| Problem::internal(format!("the list of taxes cannot be read: {error}")))?;
    Ok(all.into_iter().find(|(code, _)| code == country).map(|(_, taxes)| taxes).unwrap_or_default())
}

/// Accounts by their code.
type Codes = BTreeMap<String, Id<Account>>;

/// Sets the books of a new company up.
///
/// # Errors
/// Those of creating records.
pub(crate) async fn install(ctx: &mut Ctx, company: Id<Company>) -> Result<()> {
    ctx.work_in(company)?;
    let country = ctx.company()?.country.clone();
    let chart = chart(&country)?;
    let codes = accounts(ctx, chart.accounts).await?;
    let code = |code: &str| codes.get(code).copied();
    let mut settings = Settings {
        receivable_account: code(&chart.defaults.receivable),
        payable_account: code(&chart.defaults.payable),
        income_account: code(&chart.defaults.income),
        expense_account: code(&chart.defaults.expense),
        tax_account: code(&chart.defaults.tax),
        purchase_tax_account: code(&chart.defaults.purchase_tax),
        write_off_account: code(&chart.defaults.write_off),
        exchange_gain_account: code(&chart.defaults.exchange_gain),
        exchange_loss_account: code(&chart.defaults.exchange_loss),
        payment_terms: Some(terms(ctx).await?),
        ..Settings::default()
    };
    for journal in chart.journals {
        let account = journal.account.as_deref().and_then(code);
        let ChartJournal { code, name, kind, .. } = journal;
        let id = ctx.create(Journal { code, name, kind, account, ..Journal::default() }).await?.id;
        match kind {
            JournalKind::Sale => settings.sale_journal = Some(id),
            JournalKind::Purchase => settings.purchase_journal = Some(id),
            JournalKind::Bank => settings.bank_journal = Some(id),
            JournalKind::General => settings.general_journal = Some(id),
            JournalKind::Cash => {}
        }
    }
    for ChartTax { code, name, rate } in taxes(&country)? {
        ctx.create(Tax {
            code,
            name: Some(name),
            kind: TaxKind::Percent,
            rate: Some(rate),
            applies_to: Some(TaxAppliesTo::Both),
            account: settings.tax_account,
            purchase_account: settings.purchase_tax_account,
            ..Tax::default()
        })
        .await?;
    }
    ctx.create(settings).await?;
    fiscal_year(ctx).await
}

/// Creates the accounts, each under the longest heading with which its code begins.
async fn accounts(ctx: &mut Ctx, chart: BTreeMap<AccountType, Vec<ChartAccount>>) -> Result<Codes> {
    let mut all: Vec<(AccountType, ChartAccount)> = chart
        .into_iter()
        .flat_map(|(kind, accounts)| accounts.into_iter().map(move |account| (kind, account)))
        .collect();
    // In the order of codes a heading comes before what stands under it.
    all.sort_by(|(_, a), (_, b)| a.code.cmp(&b.code));
    let mut codes = Codes::new();
    let mut headings: Vec<(String, Id<Account>)> = Vec::new();
    for (kind, ChartAccount { code, name, heading }) in all {
        let above = headings.iter().filter(|(prefix, _)| code.starts_with(prefix.as_str()));
        let parent = above.max_by_key(|(prefix, _)| prefix.len()).map(|(_, id)| *id);
        let account = Account { code: code.clone(), name, r#type: kind, parent, heading, ..Account::default() };
        let id = ctx.create(account).await?.id;
        if heading {
            headings.push((code.clone(), id));
        }
        codes.insert(code, id);
    }
    Ok(codes)
}

/// The usual payment terms; answers those that documents get when they name none.
async fn terms(ctx: &mut Ctx) -> Result<Id<PaymentTerms>> {
    for (name, days) in [("Due on receipt", 0), ("14 days net", 14)] {
        ctx.create(PaymentTerms { name: name.to_owned(), days, ..PaymentTerms::default() }).await?;
    }
    let usual = PaymentTerms { name: "30 days net".to_owned(), days: 30, ..PaymentTerms::default() };
    Ok(ctx.create(usual).await?.id)
}

/// The calendar year at hand, as a first fiscal year.
async fn fiscal_year(ctx: &mut Ctx) -> Result<()> {
    let today = ctx.today();
    ctx.create(FiscalYear {
        name: today.year().to_string(),
        start: Some(today.first_of_year()),
        end: Some(today.last_of_year()),
        ..FiscalYear::default()
    })
    .await
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chart_has_the_accounts_that_it_names() {
        for country in ["GB", "FR"] {
            let chart = chart(country).expect("readable");
            let mut codes: Vec<&str> = chart.accounts.values().flatten().map(|account| account.code.as_str()).collect();
            codes.sort_unstable();
            let twice = codes.windows(2).find(|pair| pair[0] == pair[1]);
            assert_eq!(twice, None, "{country}");
            let headings: Vec<&ChartAccount> = chart.accounts.values().flatten().filter(|one| one.heading).collect();
            let d = &chart.defaults;
            let named = [
                &d.receivable,
                &d.payable,
                &d.income,
                &d.expense,
                &d.tax,
                &d.purchase_tax,
                &d.write_off,
                &d.exchange_gain,
                &d.exchange_loss,
            ];
            for code in named.into_iter().chain(chart.journals.iter().filter_map(|journal| journal.account.as_ref())) {
                assert!(codes.contains(&code.as_str()), "{country}: no account {code}");
                assert!(!headings.iter().any(|heading| heading.code == *code), "{country}: {code} is a heading");
            }
            for code in &codes {
                assert!(
                    headings.iter().any(|heading| code.starts_with(&heading.code)),
                    "{country}: {code} has no heading"
                );
            }
        }
    }

    #[test]
    fn taxes_of_the_listed_countries_are_read() {
        let rates =
            |country| taxes(country).expect("readable").into_iter().map(|tax| tax.rate.to_string()).collect::<Vec<_>>();
        assert_eq!(rates("GB"), ["20", "5", "0"]);
        assert_eq!(rates("KE"), ["16", "0"]);
        assert_eq!(rates("FR"), ["20", "10", "5.5", "2.1"]);
        assert!(rates("US").is_empty());
    }
}
