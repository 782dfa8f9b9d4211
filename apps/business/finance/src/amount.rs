//! Sums of money in which nothing overflows unseen.

use nexus_kernel::prelude::*;

/// The amount of a money field; one without a value counts as nothing.
pub(crate) fn of(money: Option<Money>) -> Decimal {
    money.map_or(Decimal::ZERO, |money| money.amount)
}

/// `a + b`.
///
/// # Errors
/// When the sum does not fit.
pub(crate) fn add(a: Decimal, b: Decimal) -> Result<Decimal> {
    a.checked_add(b).ok_or_else(too_large)
}

/// `a × b`, exact or rounded at the 28th digit.
///
/// # Errors
/// When the product does not fit.
pub(crate) fn multiply(a: Decimal, b: Decimal) -> Result<Decimal> {
    a.checked_mul(b).ok_or_else(too_large)
}

/// The sum of amounts.
///
/// # Errors
/// When it does not fit.
pub(crate) fn sum(amounts: impl IntoIterator<Item = Decimal>) -> Result<Decimal> {
    amounts.into_iter().try_fold(Decimal::ZERO, add)
}

pub(crate) fn too_large() -> Problem {
    Problem::field("lines", "max", "give an amount of more digits than can be kept; check quantities and prices")
}
