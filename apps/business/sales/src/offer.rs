//! Quotations and orders are completed on every write: lines from products, prices from price lists, totals.

use nexus_kernel::model::expr::functions::add_days;
use nexus_kernel::prelude::*;

use finance::tax::{self, TaxAmount, TaxedLine, Taxes, Totals};

use crate::objects::{Order, OrderTax, PriceList, Product, Quotation, QuotationState, QuotationTax};
use crate::prices;

/// Days that a quotation is valid when it does not say.
const VALID_DAYS: i64 = 30;

/// A line's fields that a product can fill.
pub(crate) struct LineMut<'a> {
    product: Option<Id<Product>>,
    description: &'a mut Option<String>,
    unit: &'a mut Option<String>,
    unit_price: &'a mut Option<Money>,
    taxes: &'a mut Vec<Id<finance::objects::Tax>>,
    quantity: Decimal,
}

/// What quotations and orders have in common.
pub(crate) trait Offer {
    fn date(&self) -> Option<Date>;
    fn price_list(&self) -> Option<Id<PriceList>>;
    fn currency(&self) -> Option<&str>;
    fn set_currency(&mut self, currency: Currency);
    fn lines_mut(&mut self) -> Vec<LineMut<'_>>;
    fn taxed_lines(&self) -> Vec<TaxedLine>;
    fn set_totals(&mut self, totals: Totals, currency: Currency);
}

macro_rules! offer {
    ($offer:ident, $tax:ident) => {
        impl Offer for $offer {
            fn date(&self) -> Option<Date> {
                self.date
            }
            fn price_list(&self) -> Option<Id<PriceList>> {
                self.price_list
            }
            fn currency(&self) -> Option<&str> {
                self.currency.as_deref()
            }
            fn set_currency(&mut self, currency: Currency) {
                self.currency = Some(currency.code().to_owned());
            }
            fn lines_mut(&mut self) -> Vec<LineMut<'_>> {
                let lines = self.lines.iter_mut().map(|line| LineMut {
                    product: line.product,
                    description: &mut line.description,
                    unit: &mut line.unit,
                    unit_price: &mut line.unit_price,
                    taxes: &mut line.taxes,
                    quantity: line.quantity,
                });
                lines.collect()
            }
            fn taxed_lines(&self) -> Vec<TaxedLine> {
                let lines = self.lines.iter().map(|line| TaxedLine {
                    quantity: line.quantity,
                    unit_price: line.unit_price.map_or(Decimal::ZERO, |price| price.amount),
                    discount: line.discount.unwrap_or_default(),
                    taxes: line.taxes.clone(),
                });
                lines.collect()
            }
            fn set_totals(&mut self, totals: Totals, currency: Currency) {
                let money = |amount| Some(Money::new(amount, currency));
                for (line, net) in self.lines.iter_mut().zip(totals.lines) {
                    line.amount = money(net);
                }
                let before = std::mem::take(&mut self.tax_lines);
                let row = |tax: TaxAmount| $tax {
                    // A row that stays keeps its id, so that history shows a change and not another row.
                    id: before.iter().find(|row| row.tax == Some(tax.tax)).map(|row| row.id).unwrap_or_default(),
                    tax: Some(tax.tax),
                    name: Some(tax.name),
                    base: money(tax.base),
                    amount: money(tax.amount),
                    ..$tax::default()
                };
                self.tax_lines = totals.taxes.into_iter().map(row).collect();
                self.untaxed = money(totals.untaxed);
                self.tax = money(totals.tax);
                self.total = money(totals.total);
            }
        }
    };
}

offer!(Quotation, QuotationTax);
offer!(Order, OrderTax);

/// A quotation, which also gets its last day.
pub(crate) async fn quotation(ctx: &mut Ctx, quotation: &mut Quotation) -> Result<()> {
    if quotation.valid_until.is_none() && quotation.state == QuotationState::Draft {
        quotation.valid_until = quotation.date.and_then(|date| add_days(date, VALID_DAYS));
    }
    complete(ctx, quotation).await
}

/// Currency, lines and totals.
pub(crate) async fn complete<O: Offer>(ctx: &mut Ctx, offer: &mut O) -> Result<()> {
    let list = match offer.price_list() {
        Some(list) => Some(ctx.get(list).await?),
        None => None,
    };
    let own = ctx.currency()?;
    let listed = list.as_ref().and_then(|list| list.currency.as_deref());
    let currency = finance::currency_or(offer.currency().or(listed), own)?;
    offer.set_currency(currency);
    let date = offer.date().unwrap_or_else(|| ctx.today());
    fill(ctx, offer.lines_mut(), list.as_ref(), currency, date).await?;
    let lines = offer.taxed_lines();
    let taxes = Taxes::of_lines(ctx, &lines).await?;
    let totals = tax::compute(currency, &lines, &taxes)?;
    offer.set_totals(totals, currency);
    Ok(())
}

/// Fills what the lines leave out from their products; one query for all products.
async fn fill(
    ctx: &mut Ctx,
    lines: Vec<LineMut<'_>>,
    list: Option<&PriceList>,
    currency: Currency,
    date: Date,
) -> Result<()> {
    let lacking = |line: &&LineMut<'_>| line.description.is_none() || line.unit_price.is_none();
    let mut ids: Vec<Uuid> = lines.iter().filter(lacking).filter_map(|line| line.product).map(Id::uuid).collect();
    ids.sort_unstable();
    ids.dedup();
    let products: Vec<Product> = if ids.is_empty() { Vec::new() } else { ctx.all(find().any("id", ids)).await? };
    let mut errors = Vec::new();
    for (index, line) in lines.into_iter().enumerate() {
        if !lacking(&&line) {
            continue;
        }
        let at = |field: &str| format!("lines/{index}/{field}");
        let product = line.product.and_then(|id| products.iter().find(|product| product.id == id));
        let Some(product) = product else {
            if line.description.is_none() {
                errors.push(FieldError::new(at("description"), "required", "is required on a line without a product"));
            }
            if line.unit_price.is_none() {
                errors.push(FieldError::new(at("unit_price"), "required", "is required on a line without a product"));
            }
            continue;
        };
        // A line with its own words and price is complete as it is: it may well be free of tax.
        if line.taxes.is_empty() {
            line.taxes.clone_from(&product.taxes);
        }
        line.description.get_or_insert_with(|| product.name.clone());
        if line.unit.is_none() {
            line.unit.clone_from(&product.unit);
        }
        if line.unit_price.is_none() {
            match prices::price(product, list, line.quantity, date, currency) {
                Ok(price) => *line.unit_price = Some(price),
                Err(message) => errors.push(FieldError::new(at("unit_price"), "required", message)),
            }
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Problem::fields(errors)) }
}
