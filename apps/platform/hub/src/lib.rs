//! Hub: dashboards of one's own over all apps.

pub mod actions;
mod prints;
mod tiles;

use nexus_kernel::prelude::*;
use objects::Dashboard;

nexus_kernel::objects!("objects");

/// The app, wired.
pub fn app() -> App {
    App::new(manifest!())
        .action(actions::send_dashboard)
        .action(actions::show_dashboard)
        .print::<Dashboard>("dashboard", "Dashboard", include_str!("../prints/dashboard.typ"), |ctx, id| {
            Box::pin(prints::dashboard(ctx, id))
        })
        .before_save::<Dashboard>(|ctx, dashboard| Box::pin(tiles::check(ctx, dashboard)))
}
