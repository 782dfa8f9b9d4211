//! A dashboard with what its tiles say now.

use crate::objects::Dashboard;
use crate::tiles;
use nexus_kernel::operation::NoInput;
use nexus_kernel::prelude::*;

/// Answers `{name, tiles: [{title, kind, source, …, data} or {title, kind, source, …, refused}]}`: each tile under the
/// rights of whoever looks. What they may not see is refused in its own tile, and the others are there.
#[action(object = "dashboard", name = "show", effect = "read", label = "Show")]
pub async fn show_dashboard(ctx: &mut Ctx, dashboard: Id<Dashboard>, _input: NoInput) -> Result<Json> {
    let dashboard = ctx.get(dashboard).await?;
    let asked: Vec<_> = dashboard.tiles.iter().map(tiles::asked).collect();
    Ok(json!({"name": dashboard.name, "tiles": ctx.tiles(&asked).await}))
}
