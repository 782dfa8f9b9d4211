//! Finance: documents, payments and the ledger in double entry.
//!
//! Everything that moves an account goes through [`entry`], which checks that it balances, that the day is
//! open and that its number leaves no gap. Nothing posted is changed; it is reversed by a new entry.

pub mod actions;
mod allocation;
mod amount;
mod balance;
mod books;
mod charts;
mod checks;
mod countries;
mod credit;
mod document;
mod entry;
mod naming;
pub mod pay;
mod payments;
mod posting;
pub mod prints;
mod reports;
mod settle;
pub mod tax;
mod totals;

use nexus_kernel::prelude::*;

pub use document::currency_or;
use objects::{Bill, CreditNote, Invoice, JournalEntry, Payment, Tax};

nexus_kernel::objects!("objects");

/// The state in which a document is worked out on every write; posted, it is left alone.
const DRAFT: &str = "draft";

/// The app, wired.
pub fn app() -> App {
    let app = App::new(manifest!())
        .before_save_in::<Invoice>(DRAFT, |ctx, invoice| Box::pin(totals::draft(ctx, invoice)))
        .before_save_in::<CreditNote>(DRAFT, |ctx, note| Box::pin(totals::draft(ctx, note)))
        .before_save_in::<Bill>(DRAFT, |ctx, bill| Box::pin(totals::draft(ctx, bill)))
        .before_save_in::<Payment>(DRAFT, |ctx, payment| Box::pin(payments::draft(ctx, payment)))
        .before_save_in::<JournalEntry>(DRAFT, |ctx, entry| Box::pin(entry::draft(ctx, entry)))
        .before_save::<Tax>(|_, tax| Box::pin(async move { naming::name(tax) }))
        .print::<Invoice>("invoice", "Invoice", include_str!("../prints/invoice.typ"), |ctx, id| {
            Box::pin(prints::invoice(ctx, id))
        })
        .print::<CreditNote>("credit_note", "Credit note", include_str!("../prints/credit_note.typ"), |ctx, id| {
            Box::pin(prints::credit_note(ctx, id))
        })
        .verify(|ctx| Box::pin(checks::balanced(ctx)))
        .verify(|ctx| Box::pin(checks::open_amounts(ctx)))
        .verify(|ctx| Box::pin(checks::gapless(ctx)))
        .demo_mapped("finance.bill", include_str!("../demo/bills.csv"), include_str!("../demo/bills.toml"))
        .demo_mapped("finance.invoice", include_str!("../demo/invoices.csv"), include_str!("../demo/invoices.toml"))
        .on_company_created(|ctx, company| Box::pin(charts::install(ctx, company)));
    with_reports(with_actions(app))
}

fn with_actions(app: App) -> App {
    app.action(actions::post_invoice)
        .action(actions::pay_invoice)
        .action(actions::reverse_invoice)
        .action(actions::reinstate_invoice)
        .action(actions::send_invoice)
        .action(actions::post_credit_note)
        .action(actions::allocate_credit_note)
        .action(actions::refund_credit_note)
        .action(actions::reverse_credit_note)
        .action(actions::send_credit_note)
        .action(actions::post_bill)
        .action(actions::pay_bill)
        .action(actions::reverse_bill)
        .action(actions::post_payment)
        .action(actions::allocate_payment)
        .action(actions::reverse_payment)
        .action(actions::post_journal_entry)
        .action(actions::reverse_journal_entry)
        .action(actions::lock_fiscal_year)
        .action(actions::unlock_fiscal_year)
}

fn with_reports(app: App) -> App {
    let aged = |report: Report| {
        report
            .column("name", "Contact", "text")
            .column("current", "Not due", "money")
            .column("days_1_30", "1–30 days", "money")
            .column("days_31_60", "31–60 days", "money")
            .column("days_61_90", "61–90 days", "money")
            .column("over_90", "Over 90 days", "money")
            .column("credit", "Credit", "money")
            .column("total", "Total", "money")
    };
    app.report(
        Report::new("trial-balance", "Trial balance")
            .about("What each account was debited and credited up to a day; both sides come to the same.")
            .reads::<JournalEntry>()
            .column("code", "Code", "text")
            .column("name", "Account", "text")
            .column("debit", "Debit", "money")
            .column("credit", "Credit", "money")
            .column("balance", "Balance", "money"),
        |ctx, params| Box::pin(reports::trial_balance(ctx, params)),
    )
    .report(
        Report::new("profit-and-loss", "Profit and loss")
            .about("Income less expense between two days.")
            .reads::<JournalEntry>()
            .column("kind", "Kind", "text")
            .column("code", "Code", "text")
            .column("name", "Account", "text")
            .column("amount", "Amount", "money"),
        |ctx, params| Box::pin(reports::profit_and_loss(ctx, params)),
    )
    .report(
        Report::new("revenue-by-month", "Revenue by month")
            .about("What the income accounts gained, month by month.")
            .reads::<JournalEntry>()
            .column("month", "Month", "text")
            .column("amount", "Revenue", "money")
            .chart(ChartKind::Bar, "month", "amount"),
        |ctx, params| Box::pin(reports::revenue_by_month(ctx, params)),
    )
    .report(
        aged(Report::new("aged-receivables", "Aged receivables"))
            .about("What customers owe, by how long it is overdue.")
            .reads::<Invoice>(),
        |ctx, params| Box::pin(reports::aged_receivables(ctx, params)),
    )
    .report(
        aged(Report::new("aged-payables", "Aged payables"))
            .about("What is owed to suppliers, by how long it is overdue.")
            .reads::<Bill>(),
        |ctx, params| Box::pin(reports::aged_payables(ctx, params)),
    )
}
