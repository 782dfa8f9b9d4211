//! Notes: texts in Markdown beside the records that they are about. All of it is declared.

use nexus_kernel::prelude::*;

nexus_kernel::objects!("objects");

/// The app, wired.
pub fn app() -> App {
    App::new(manifest!())
        .demo("notes.notebook", include_str!("../demo/notebooks.csv"))
        .demo("notes.note", include_str!("../demo/notes.csv"))
}
