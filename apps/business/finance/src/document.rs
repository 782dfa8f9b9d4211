//! What invoices, credit notes and bills have in common, so that they are computed and posted by one code.

use nexus_kernel::prelude::*;

use contacts::objects::Party;

use crate::amount;
use crate::books::{Books, Standard};
use crate::objects::{
    Account, Bill, BillState, BillTax, CreditNote, CreditNoteState, CreditNoteTax, Invoice, InvoiceState, InvoiceTax,
    Journal, JournalEntry, JournalEntrySource, PaymentTerms,
};
use crate::tax::{TaxedLine, Totals};

/// Where a document stands; each kind has these states under its own names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Draft,
    Posted,
    /// Nothing is open any more.
    Settled,
    Reversed,
}

/// A posted document's part in the ledger.
pub trait Document: Entity + Clone {
    const SOURCE: JournalEntrySource;
    /// What people call its kind, in the middle of a sentence.
    const LABEL: &'static str;
    /// 1 where its total is debited to the control account, -1 where it is credited.
    const SIGN: Decimal;
    /// Whether it is on the suppliers' side: payable, cost and reclaimed tax.
    const IS_PURCHASE: bool;

    fn phase(&self) -> Phase;
    fn set_phase(&mut self, phase: Phase);
    fn is_stored(&self) -> bool;
    fn number(&self) -> Option<&str>;
    fn set_number(&mut self, number: String);
    fn party(&self) -> Id<Party>;
    fn date(&self) -> Option<Date>;
    fn currency(&self) -> Option<&str>;
    fn set_currency(&mut self, currency: Currency);
    fn rate(&self) -> Option<Decimal>;
    fn set_rate(&mut self, rate: Decimal);
    /// The due date and what decides it, where the kind has one.
    fn due(&mut self) -> Option<(&mut Option<Date>, &mut Option<Id<PaymentTerms>>)>;

    fn taxed_lines(&self) -> Vec<TaxedLine>;
    /// Description, account and net amount of each line.
    fn line_facts(&self) -> Vec<(&str, Option<Id<Account>>, Decimal)>;
    /// The taxes as they were computed: tax, name, base and amount.
    fn tax_facts(&self) -> Vec<(Id<crate::objects::Tax>, Decimal)>;
    fn set_totals(&mut self, totals: Totals, currency: Currency);
    fn total(&self) -> Decimal;

    fn open(&self) -> Decimal;
    fn set_open(&mut self, open: Decimal, currency: Currency);
    /// What is open in the company's currency, of a document in a foreign one.
    fn open_base(&self) -> Option<Money>;
    fn set_open_base(&mut self, open: Option<Money>);
    fn account(&self) -> Option<Id<Account>>;
    fn set_account(&mut self, account: Id<Account>);
    fn entry(&self) -> Option<Id<JournalEntry>>;
    fn set_entry(&mut self, entry: Option<Id<JournalEntry>>);

    /// The document's currency, the company's when it names none.
    ///
    /// # Errors
    /// When it is no currency.
    fn currency_or(&self, own: Currency) -> Result<Currency> {
        currency_or(self.currency(), own)
    }

    /// How people call this one.
    fn title(&self) -> String {
        match self.number() {
            Some(number) => format!("{} {number}", Self::LABEL),
            None => format!("the draft {}", Self::LABEL),
        }
    }

    fn control_account(books: &Books) -> Result<Id<Account>> {
        books.account(if Self::IS_PURCHASE { Standard::Payable } else { Standard::Receivable })
    }

    fn line_account(books: &Books) -> Result<Id<Account>> {
        books.account(if Self::IS_PURCHASE { Standard::Expense } else { Standard::Income })
    }

    fn journal(books: &Books) -> Result<Id<Journal>> {
        if Self::IS_PURCHASE { books.purchase_journal() } else { books.sale_journal() }
    }
}

/// A currency by its code, or `own` where there is none.
///
/// # Errors
/// When the code is none.
pub fn currency_or(code: Option<&str>, own: Currency) -> Result<Currency> {
    code.map_or(Ok(own), |code| code.parse().map_err(|message: String| Problem::field("currency", "currency", message)))
}

macro_rules! document {
    ($document:ident, $tax:ident, $state:ident, $source:ident, $label:literal, $sign:expr, $purchase:literal, $due:expr) => {
        impl Document for $document {
            const SOURCE: JournalEntrySource = JournalEntrySource::$source;
            const LABEL: &'static str = $label;
            const SIGN: Decimal = $sign;
            const IS_PURCHASE: bool = $purchase;

            fn phase(&self) -> Phase {
                match self.state {
                    $state::Draft => Phase::Draft,
                    $state::Posted => Phase::Posted,
                    $state::Paid => Phase::Settled,
                    $state::Reversed => Phase::Reversed,
                }
            }
            fn set_phase(&mut self, phase: Phase) {
                self.state = match phase {
                    Phase::Draft => $state::Draft,
                    Phase::Posted => $state::Posted,
                    Phase::Settled => $state::Paid,
                    Phase::Reversed => $state::Reversed,
                };
            }
            fn is_stored(&self) -> bool {
                self.version > 0
            }
            fn number(&self) -> Option<&str> {
                self.number.as_deref()
            }
            fn set_number(&mut self, number: String) {
                self.number = Some(number);
            }
            fn party(&self) -> Id<Party> {
                self.party
            }
            fn date(&self) -> Option<Date> {
                self.date
            }
            fn currency(&self) -> Option<&str> {
                self.currency.as_deref()
            }
            fn set_currency(&mut self, currency: Currency) {
                self.currency = Some(currency.code().to_owned());
            }
            fn rate(&self) -> Option<Decimal> {
                self.rate
            }
            fn set_rate(&mut self, rate: Decimal) {
                self.rate = Some(rate);
            }
            fn due(&mut self) -> Option<(&mut Option<Date>, &mut Option<Id<PaymentTerms>>)> {
                let due: fn(&mut $document) -> Option<(&mut Option<Date>, &mut Option<Id<PaymentTerms>>)> = $due;
                due(self)
            }
            fn taxed_lines(&self) -> Vec<TaxedLine> {
                let taxed = self.lines.iter().map(|line| TaxedLine {
                    quantity: line.quantity,
                    unit_price: amount::of(line.unit_price),
                    discount: line.discount.unwrap_or_default(),
                    taxes: line.taxes.clone(),
                });
                taxed.collect()
            }
            fn line_facts(&self) -> Vec<(&str, Option<Id<Account>>, Decimal)> {
                let facts = self.lines.iter();
                facts.map(|line| (line.description.as_str(), line.account, amount::of(line.amount))).collect()
            }
            fn tax_facts(&self) -> Vec<(Id<crate::objects::Tax>, Decimal)> {
                self.tax_lines.iter().filter_map(|row| Some((row.tax?, amount::of(row.amount)))).collect()
            }
            fn set_totals(&mut self, totals: Totals, currency: Currency) {
                let money = |amount| Some(Money::new(amount, currency));
                for (line, net) in self.lines.iter_mut().zip(totals.lines) {
                    line.amount = money(net);
                }
                let before = std::mem::take(&mut self.tax_lines);
                let row = |tax: crate::tax::TaxAmount| $tax {
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
            fn total(&self) -> Decimal {
                amount::of(self.total)
            }
            fn open(&self) -> Decimal {
                amount::of(self.open)
            }
            fn set_open(&mut self, open: Decimal, currency: Currency) {
                self.open = Some(Money::new(open, currency));
            }
            fn open_base(&self) -> Option<Money> {
                self.open_base
            }
            fn set_open_base(&mut self, open: Option<Money>) {
                self.open_base = open;
            }
            fn account(&self) -> Option<Id<Account>> {
                self.account
            }
            fn set_account(&mut self, account: Id<Account>) {
                self.account = Some(account);
            }
            fn entry(&self) -> Option<Id<JournalEntry>> {
                self.entry
            }
            fn set_entry(&mut self, entry: Option<Id<JournalEntry>>) {
                self.entry = entry;
            }
        }
    };
}

document!(Invoice, InvoiceTax, InvoiceState, Invoice, "invoice", Decimal::ONE, false, |invoice| {
    Some((&mut invoice.due, &mut invoice.terms))
});
document!(CreditNote, CreditNoteTax, CreditNoteState, CreditNote, "credit note", Decimal::NEGATIVE_ONE, false, |_| {
    None
});
document!(Bill, BillTax, BillState, Bill, "bill", Decimal::NEGATIVE_ONE, true, |bill| {
    Some((&mut bill.due, &mut bill.terms))
});
