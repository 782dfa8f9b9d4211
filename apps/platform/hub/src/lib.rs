//! Hub: dashboards of one's own over all apps.

pub mod actions;
mod tiles;

use nexus_kernel::prelude::*;
use objects::Dashboard;

nexus_kernel::objects!("objects");

/// The app, wired.
pub fn app() -> App {
    App::new(manifest!())
        .action(actions::show_dashboard)
        .before_save::<Dashboard>(|ctx, dashboard| Box::pin(tiles::check(ctx, dashboard)))
}
