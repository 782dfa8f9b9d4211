//! Tiles: the question that each asks, put once when it is kept and again when it is shown.

use crate::objects::{Dashboard, Tile, TileKind};
use nexus_kernel::faces::ListParams;
use nexus_kernel::faces::aggregate::AggregateParams;
use nexus_kernel::prelude::*;

/// Tiles of one dashboard.
const TILES_MAX: usize = 24;
/// Records of a list.
const RECORDS: usize = 10;

/// A tile that is new or changed asks something that can be answered: its object, fields, filter and report are there, and open to whoever
/// keeps it.
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
        data(ctx, tile).await.map_err(|problem| Problem::field(format!("tiles/{index}"), "tile", problem.detail))?;
    }
    Ok(())
}

/// What a tile says to whoever asks: a figure as a value, a chart as rows, a list as records, a report as it is.
///
/// # Errors
/// Those of the question under the rights of whoever asks.
pub(crate) async fn data(ctx: &mut Ctx, tile: &Tile) -> Result<Json> {
    let measures = tile.measure.clone().unwrap_or_else(|| "count()".to_owned());
    let figures = |group: Option<String>| AggregateParams {
        group,
        measures: Some(measures.clone()),
        filter: tile.filter.clone(),
        ..AggregateParams::default()
    };
    match tile.kind {
        TileKind::Figure => {
            let mut rows = ctx.figures_of(&tile.source, &figures(None)).await?;
            // Money has a row for each currency.
            let values: Vec<Json> = rows.iter_mut().filter_map(|row| row.shift_remove(&measures)).collect();
            Ok(if let [one] = values.as_slice() { one.clone() } else { Json::Array(values) })
        }
        TileKind::Chart => {
            let group = tile.group.clone();
            let group = group.ok_or_else(|| Problem::field("group", "required", "is required by a chart"))?;
            Ok(json!(ctx.figures_of(&tile.source, &figures(Some(group))).await?))
        }
        TileKind::List => {
            let asked = ListParams {
                filter: tile.filter.clone(),
                sort: tile.sort.clone(),
                fields: tile.fields.clone(),
                limit: Some(RECORDS),
                ..ListParams::default()
            };
            Ok(json!(ctx.page_of(&tile.source, &asked).await?.data))
        }
        TileKind::Report => {
            let (app, name) = tile.source.split_once('.').unwrap_or_default();
            ctx.report_of(app, name, json!({})).await
        }
    }
}
