//! Sales: products, price lists, quotations and orders, up to the invoice.

pub mod actions;
mod offer;
mod prices;
mod prints;

use nexus_kernel::prelude::*;

use objects::{Order, PriceList, Quotation};

nexus_kernel::objects!("objects");

/// The app, wired.
pub fn app() -> App {
    App::new(manifest!())
        .action(actions::accept_quotation)
        .action(actions::send_quotation)
        .action(actions::confirm_order)
        .action(actions::invoice_order)
        .before_save::<Quotation>(|ctx, quotation| Box::pin(offer::quotation(ctx, quotation)))
        .before_save::<Order>(|ctx, order| Box::pin(offer::complete(ctx, order)))
        .before_save::<PriceList>(|ctx, list| {
            Box::pin(async move {
                if list.currency.is_none() {
                    list.currency = Some(ctx.currency()?.code().to_owned());
                }
                Ok(())
            })
        })
        .demo("sales.product", include_str!("../demo/products.csv"))
        .demo("sales.quotation", include_str!("../demo/quotations.csv"))
        .demo_mapped("sales.order", include_str!("../demo/orders.csv"), include_str!("../demo/orders.toml"))
        .print::<Quotation>("quotation", "Quotation", include_str!("../prints/quotation.typ"), |ctx, id| {
            Box::pin(prints::quotation(ctx, id))
        })
}
