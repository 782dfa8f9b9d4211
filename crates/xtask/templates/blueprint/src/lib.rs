//! Blueprint: say here in one line what this app is for.

pub mod actions;

use nexus_kernel::prelude::*;

nexus_kernel::objects!("objects");

/// The app, wired.
pub fn app() -> App {
    App::new(manifest!())
        .action(actions::finish_blueprint)
        .demo("blueprint.blueprint", include_str!("../demo/blueprints.csv"))
}
