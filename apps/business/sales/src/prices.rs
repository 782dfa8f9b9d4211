//! What a product costs: by price list, quantity and date, else by the product itself.

use nexus_kernel::prelude::*;

use crate::objects::{PriceList, PriceListLine, Product};

/// The price of one unit. Of the list's prices that hold for the quantity and the day, the one from the largest
/// quantity on is taken, and of those the one that began last.
///
/// # Errors
/// When no price is in `currency`; the text says what would help.
pub(crate) fn price(
    product: &Product,
    list: Option<&PriceList>,
    quantity: Decimal,
    date: Date,
    currency: Currency,
) -> Result<Money, String> {
    let holds = |line: &&PriceListLine| {
        line.product == product.id
            && line.min_quantity <= quantity
            && line.valid_from.is_none_or(|from| from <= date)
            && line.valid_to.is_none_or(|to| date <= to)
    };
    let listed = list.into_iter().flat_map(|list| &list.lines).filter(holds);
    let listed = listed.max_by_key(|line| (line.min_quantity, line.valid_from)).and_then(|line| line.price);
    match listed.or(product.price) {
        Some(price) if price.currency == currency => Ok(price),
        Some(price) => Err(format!(
            "is needed: {} is priced in {}, the document in {currency}; choose a price list in {currency}",
            product.name, price.currency
        )),
        None => Err(format!("is needed: {} has no price", product.name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(amount: &str) -> Option<Money> {
        Some(Money::new(amount.parse().expect("a decimal"), "EUR".parse().expect("a currency")))
    }

    fn day(text: &str) -> Option<Date> {
        Some(text.parse().expect("a day"))
    }

    fn list() -> PriceList {
        let line = |from: i64, price: &str, valid_from, valid_to| PriceListLine {
            min_quantity: Decimal::from(from),
            price: euros(price),
            valid_from,
            valid_to,
            ..PriceListLine::default()
        };
        let summer = line(0, "30", day("2026-06-01"), day("2026-08-31"));
        PriceList { lines: vec![line(0, "38", None, None), line(10, "35", None, None), summer], ..PriceList::default() }
    }

    #[test]
    fn quantity_and_date_decide_the_price() {
        let product = Product { price: euros("40"), ..Product::default() };
        let check = |list: Option<&PriceList>, quantity: i64, date: &str, expect: &str| {
            let found = price(
                &product,
                list,
                Decimal::from(quantity),
                date.parse().expect("a day"),
                "EUR".parse().expect("a currency"),
            );
            assert_eq!(found.ok(), euros(expect), "{quantity} on {date}");
        };
        check(None, 1, "2026-01-01", "40");
        check(Some(&list()), 1, "2026-01-01", "38");
        check(Some(&list()), 9, "2026-05-31", "38");
        check(Some(&list()), 10, "2026-01-01", "35");
        check(Some(&list()), 1, "2026-06-01", "30");
        check(Some(&list()), 1, "2026-08-31", "30");
        check(Some(&list()), 1, "2026-09-01", "38");
    }

    #[test]
    fn a_price_in_another_currency_is_not_taken() {
        let product = Product { name: "Coffee".to_owned(), price: euros("40"), ..Product::default() };
        let date = "2026-01-01".parse().expect("a day");
        let found = price(&product, None, Decimal::ONE, date, "USD".parse().expect("a currency"));
        assert!(found.expect_err("refused").contains("choose a price list in USD"));
    }
}
