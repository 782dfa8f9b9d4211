//! The notation of dashboards. That their questions can be answered is checked where they are asked.

use serde::Deserialize;
use toml::Spanned;

use super::File;
use crate::dashboard::{Dashboard, Tile};
use crate::names;
use crate::schema::AppManifest;

/// Tiles of one dashboard.
pub const TILES_MAX: usize = 24;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDashboard {
    label: String,
    about: String,
    tiles: Vec<Spanned<Tile>>,
}

/// Whether a file of `reports` is a dashboard: it has tiles.
pub(super) fn is_dashboard(text: &str) -> bool {
    text.parse::<toml::Table>().is_ok_and(|table| table.contains_key("tiles"))
}

/// Reads a dashboard; also the lines of its tiles.
pub(super) fn dashboard(app: &AppManifest, name: &str, file: &mut File<'_>) -> Option<Dashboard> {
    let raw: RawDashboard = file.parse()?;
    if raw.tiles.is_empty() || raw.tiles.len() > TILES_MAX {
        file.error(0, "tiles", format!("a dashboard has from 1 to {TILES_MAX} tiles"));
    }
    let lines = raw.tiles.iter().map(|tile| file.line(tile.span().start)).collect();
    Some(Dashboard {
        app: app.name.clone(),
        name: names::segment(name),
        label: raw.label,
        about: raw.about,
        tiles: raw.tiles.into_iter().map(Spanned::into_inner).collect(),
        lines,
        file: file.name.clone(),
    })
}
