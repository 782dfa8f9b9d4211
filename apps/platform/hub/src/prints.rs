//! A dashboard on paper: `prints/dashboard.typ` says what it needs.

use nexus_kernel::prelude::*;

use crate::objects::Dashboard;
use crate::tiles;

/// What the tiles say now to whoever prints.
///
/// # Errors
/// Those of reading the dashboard.
pub(crate) async fn dashboard(ctx: &mut Ctx, id: Id<Dashboard>) -> Result<Json> {
    let dashboard = ctx.get(id).await?;
    let asked: Vec<_> = dashboard.tiles.iter().map(tiles::asked).collect();
    let tiles = ctx.printed_tiles(&asked).await;
    let reader = ctx.principal().name.clone();
    Ok(json!({
        "company": {"name": ctx.company()?.name}, "name": dashboard.name, "reader": reader, "at": ctx.today(), "tiles": tiles
    }))
}
