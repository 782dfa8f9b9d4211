//! What a printed quotation needs, gathered: `prints/quotation.typ` says it in full.

use nexus_kernel::prelude::*;

use finance::prints::{company, line_json, party, shown, tax_json, tax_names};

use crate::objects::Quotation;

/// The data of a quotation's print.
pub(crate) async fn quotation(ctx: &mut Ctx, id: Id<Quotation>) -> Result<Json> {
    let quotation = ctx.get(id).await?;
    let taxes = tax_names(ctx, quotation.lines.iter().flat_map(|line| &line.taxes)).await?;
    let mut lines = Vec::with_capacity(quotation.lines.len());
    for line in &quotation.lines {
        let description = line.description.as_deref().unwrap_or_default();
        let amounts = [line.unit_price, line.amount];
        lines.push(line_json(
            description,
            line.quantity,
            line.unit.as_deref(),
            line.discount,
            &line.taxes,
            &taxes,
            amounts,
        ));
    }
    let sums: Vec<Json> =
        quotation.tax_lines.iter().map(|row| tax_json(row.name.as_deref(), row.base, row.amount)).collect();
    let terms = match quotation.terms {
        Some(terms) => Some(ctx.get(terms).await?.name),
        None => None,
    };
    let state = match quotation.state.as_str() {
        "declined" => "cancelled",
        other => other,
    };
    Ok(json!({
        "company": company(ctx).await?,
        "party": party(ctx, quotation.party).await?,
        "document": {
            "number": quotation.number,
            "date": quotation.date,
            "valid_until": quotation.valid_until,
            "terms": terms,
            "reference": quotation.reference,
            "currency": quotation.currency,
            "state": state,
            "untaxed": shown(quotation.untaxed),
            "tax": shown(quotation.tax),
            "total": shown(quotation.total),
            "notes": quotation.notes,
        },
        "lines": lines,
        "taxes": sums,
    }))
}
