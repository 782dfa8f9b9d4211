//! What is open of a document is its total less what settles it; of a payment, what it settles nothing with.

use std::collections::HashMap;

use nexus_kernel::prelude::*;

use super::{GROUPS_MAX, amount_at, capped, id_of};
use crate::objects::{Bill, CreditNote, CreditNoteAllocation, Invoice, Payment, PaymentAllocation};

/// Amounts by record.
type Amounts = HashMap<Uuid, Decimal>;

/// Allocations that count: those of documents in force.
const IN_FORCE: &str = "parent.state in ['posted', 'paid']";
const PAYMENT_IN_FORCE: &str = "parent.state == 'posted'";

/// # Errors
/// Those of reading documents.
pub(crate) async fn open_amounts(ctx: &mut Ctx) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    let mut of_invoices = sums::<PaymentAllocation>(ctx, PAYMENT_IN_FORCE, "invoice").await?;
    for (invoice, amount) in sums::<CreditNoteAllocation>(ctx, IN_FORCE, "invoice").await? {
        *of_invoices.entry(invoice).or_default() += amount;
    }
    let posted = "state in ['posted', 'paid', 'reversed']";
    documents::<Invoice>(ctx, posted, "invoice", &of_invoices, &mut findings).await?;
    let in_force = "state in ['posted', 'paid']";
    let of_bills = sums::<PaymentAllocation>(ctx, PAYMENT_IN_FORCE, "bill").await?;
    documents::<Bill>(ctx, in_force, "bill", &of_bills, &mut findings).await?;
    let mut of_notes = sums::<PaymentAllocation>(ctx, PAYMENT_IN_FORCE, "credit_note").await?;
    for (note, amount) in sums::<CreditNoteAllocation>(ctx, IN_FORCE, "parent").await? {
        *of_notes.entry(note).or_default() += amount;
    }
    documents::<CreditNote>(ctx, in_force, "credit note", &of_notes, &mut findings).await?;
    payments(ctx, &mut findings).await?;
    Ok(capped(findings))
}

async fn sums<T: Entity>(ctx: &mut Ctx, condition: &str, by: &str) -> Result<Amounts> {
    let rows = ctx.sums(find::<T>().filter(condition).limit(GROUPS_MAX), &[by], &["amount"]).await?;
    let mut amounts = Amounts::new();
    for row in &rows {
        let id = id_of(row);
        if !id.is_nil() {
            *amounts.entry(id).or_default() += amount_at(row, 1);
        }
    }
    Ok(amounts)
}

async fn documents<T: Entity>(
    ctx: &mut Ctx,
    condition: &str,
    label: &str,
    settled: &Amounts,
    findings: &mut Vec<String>,
) -> Result<()> {
    let all = find::<T>().filter(condition).limit(GROUPS_MAX);
    for row in ctx.sums(all, &["id"], &["total", "open"]).await? {
        let (id, total, open) = (id_of(&row), amount_at(&row, 1), amount_at(&row, 2));
        let settled = settled.get(&id).copied().unwrap_or_default();
        if total - settled != open {
            findings.push(format!(
                "{label} {id}: {open} is open, but {total} less {settled} settled is {}",
                total - settled
            ));
        }
    }
    Ok(())
}

async fn payments(ctx: &mut Ctx, findings: &mut Vec<String>) -> Result<()> {
    let allocated = sums::<PaymentAllocation>(ctx, PAYMENT_IN_FORCE, "parent").await?;
    let all = find::<Payment>().filter("state == 'posted'").limit(GROUPS_MAX);
    for row in ctx.sums(all, &["id"], &["amount", "write_off", "open"]).await? {
        let (id, paid, open) = (id_of(&row), amount_at(&row, 1) + amount_at(&row, 2), amount_at(&row, 3));
        let allocated = allocated.get(&id).copied().unwrap_or_default();
        if paid - allocated != open {
            findings.push(format!(
                "payment {id}: {open} is open, but {paid} less {allocated} allocated is {}",
                paid - allocated
            ));
        }
    }
    Ok(())
}
