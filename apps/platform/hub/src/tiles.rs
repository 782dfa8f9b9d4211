//! Tiles of one's own dashboards, which ask as those do that apps declare.

use crate::objects::{self, Dashboard, TileChart, TileKind};
use nexus_kernel::model::manifest::TILES_MAX;
use nexus_kernel::model::view::ChartKind;
use nexus_kernel::model::{self, Tile};
use nexus_kernel::prelude::*;

/// A tile that is new or changed asks something that can be answered: its object, fields, filter and report are there, and
/// open to whoever keeps it.
///
/// # Errors
/// Naming the tile, with the words of the question that cannot be answered.
pub(crate) async fn check(ctx: &mut Ctx, dashboard: &mut Dashboard) -> Result<()> {
    if dashboard.tiles.len() > TILES_MAX {
        return Err(Problem::field("tiles", "size", format!("has at most {TILES_MAX} tiles")));
    }
    // What was kept before was asked then: whoever may no longer see what a tile shows can still change the others.
    let known = ctx.get(dashboard.id).await.map(|stored| stored.tiles).unwrap_or_default();
    for (index, tile) in dashboard.tiles.iter().enumerate().filter(|(_, tile)| !known.contains(tile)) {
        let answered = ctx.tile(&asked(tile)).await;
        answered.map_err(|problem| Problem::field(format!("tiles/{index}"), "tile", problem.detail))?;
    }
    Ok(())
}

/// The question of a tile that somebody keeps.
pub(crate) fn asked(tile: &objects::Tile) -> Tile {
    let tile = tile.clone();
    Tile {
        kind: match tile.kind {
            TileKind::Figure => model::TileKind::Figure,
            TileKind::List => model::TileKind::List,
            TileKind::Chart => model::TileKind::Chart,
            TileKind::Report => model::TileKind::Report,
        },
        chart: tile.chart.map(|chart| match chart {
            TileChart::Bar => ChartKind::Bar,
            TileChart::Line => ChartKind::Line,
            TileChart::Area => ChartKind::Area,
            TileChart::Pie => ChartKind::Pie,
        }),
        title: tile.title,
        source: tile.source,
        filter: tile.filter,
        measure: tile.measure,
        group: tile.group,
        sort: tile.sort,
        fields: tile.fields,
    }
}
