//! Paying a document in one step: a payment over it is made and posted.

use nexus_kernel::prelude::*;

use crate::actions::post_payment;
use crate::amount;
use crate::document::Document;
use crate::objects::{Account, Payment, PaymentAllocation, PaymentDirection};

/// What was paid of a document, when and how.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
pub struct Pay {
    /// All that is open, if left out. What is paid beyond that stays open as credit.
    pub amount: Option<Amount>,
    /// Today, if left out.
    pub date: Option<Date>,
    /// Bank or cash account; that of the bank journal, if left out.
    pub account: Option<Id<Account>>,
    /// As it stands on the bank statement.
    pub reference: Option<String>,
    /// What is missing is written off, and nothing stays open.
    pub write_off: bool,
    /// Where it is written off; the books' default, if left out.
    pub write_off_account: Option<Id<Account>>,
    /// The company's currency for one unit of the document's; the rate of the day, if left out.
    #[schemars(with = "Option<String>", extend("x-type" = "decimal"))]
    pub rate: Option<Decimal>,
}

/// Makes and posts a payment over `document`.
///
/// # Errors
/// When nothing is open, or the payment cannot be posted.
pub async fn pay<D: Document>(ctx: &mut Ctx, document: D, input: Pay, allocation: PaymentAllocation) -> Result<()> {
    let currency = document.currency_or(ctx.currency()?)?;
    let open = document.open();
    if open.is_zero() {
        return Err(Problem::conflict(format!("{} asks for no payment: nothing is open", document.title())));
    }
    let paid = input.amount.map_or(Ok(open), |given| given.in_currency(currency, "amount"))?;
    let missing = amount::add(open, -paid)?;
    let written_off = if input.write_off { missing.max(Decimal::ZERO) } else { Decimal::ZERO };
    let money = |amount| Some(Money::new(amount, currency));
    let direction = if D::SIGN.is_sign_positive() { PaymentDirection::Inbound } else { PaymentDirection::Outbound };
    let payment = ctx
        .create(Payment {
            direction,
            party: Some(document.party()),
            date: input.date.or_else(|| Some(ctx.today())),
            amount: money(paid),
            currency: Some(currency.code().to_owned()),
            rate: input.rate,
            account: input.account,
            reference: input.reference,
            allocations: vec![PaymentAllocation { amount: money((paid + written_off).min(open)), ..allocation }],
            write_off: (!written_off.is_zero()).then(|| Money::new(written_off, currency)),
            write_off_account: input.write_off_account,
            ..Payment::default()
        })
        .await?;
    // A step of its own: undo then takes the payment back by reversing it.
    ctx.run(post_payment, Some(payment.id.uuid()), json!({})).await.map(drop)
}
