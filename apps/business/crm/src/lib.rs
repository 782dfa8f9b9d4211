//! CRM: leads, deals, activities and the forecast.

pub mod actions;
mod forecast;
mod probability;

use nexus_kernel::prelude::*;
use objects::{Activity, Deal, Lead};

nexus_kernel::objects!("objects");

/// The app, wired.
pub fn app() -> App {
    App::new(manifest!())
        .action(actions::convert_lead)
        .action(actions::complete_activity)
        .before_save::<Lead>(|_, lead| {
            Box::pin(async move {
                lead.email = lead.email.take().map(|email| contacts::plain_email(&email));
                Ok(())
            })
        })
        .before_save::<Deal>(|ctx, deal| Box::pin(probability::settle(ctx, deal)))
        .before_save::<Activity>(|ctx, activity| {
            Box::pin(async move {
                // The day comes and goes with the tick.
                activity.done_on = activity.done.then(|| activity.done_on.unwrap_or_else(|| ctx.today()));
                Ok(())
            })
        })
        .report(forecast::declaration(), |ctx, params| Box::pin(forecast::run(ctx, params)))
        .demo("crm.lead", include_str!("../demo/leads.csv"))
        .demo("crm.deal", include_str!("../demo/deals.csv"))
        .demo("crm.activity", include_str!("../demo/activities.csv"))
}
