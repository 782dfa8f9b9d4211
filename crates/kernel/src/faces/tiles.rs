//! Dashboards: each tile asks as anybody else does, so that whoever looks sees what their own rights show.

use std::sync::Arc;

use nexus_model::expr::{Expr, Scope};
use nexus_model::manifest::ManifestError;
use nexus_model::names::segment;
use nexus_model::{Dashboard, Object, Problem, Tile, TileKind};
use serde_json::{Value as Json, json};

use super::aggregate::{AggregateParams, group, measure};
use super::list::{ListParams, names};
use crate::Result;
use crate::app::Report;
use crate::ctx::Ctx;
use crate::policy::READ;
use crate::registry::Registry;

/// Records of a list.
const RECORDS: usize = 10;
/// What a tile figures out unless it says otherwise.
pub(super) const COUNT: &str = "count()";

/// The dashboard that a manifest declares, as a report whose answer is `{tiles: […]}`.
pub(crate) fn dashboard(declared: &Dashboard, registry: &Registry) -> std::result::Result<Report, ManifestError> {
    for (tile, line) in declared.tiles.iter().zip(&declared.lines) {
        check(tile, registry).map_err(|problem| ManifestError {
            file: declared.file.clone(),
            line: *line,
            entry: tile.title.clone(),
            message: problem.errors.first().map_or(problem.detail.clone(), |error| error.message.clone()),
        })?;
    }
    let tiles = declared.tiles.clone();
    Ok(Report {
        about: declared.about.clone(),
        params: json!({"type": "object", "properties": {}, "additionalProperties": false}),
        tiles: declared.tiles.clone(),
        body: Some(Arc::new(move |ctx, _, _| {
            let tiles = tiles.clone();
            Box::pin(async move { Ok(json!({ "tiles": ctx.tiles(&tiles).await })) })
        })),
        ..Report::new(&declared.name, &declared.label)
    })
}

/// What a tile asks for is there; whether somebody may ask is another question.
fn check(tile: &Tile, registry: &Registry) -> Result<()> {
    if tile.kind == TileKind::Report {
        let (app, name) = report_of(tile);
        return registry.report(app, &name).map(drop);
    }
    let object = registry.object(&tile.source)?;
    if let Some(filter) = &tile.filter {
        let scope = Scope { objects: registry.schema.as_ref(), this: Some(object) };
        Expr::condition(filter, &scope).map_err(|error| Problem::field("filter", "filter", error.to_string()))?;
    }
    match tile.kind {
        TileKind::List => {
            let sort = names(tile.sort.as_ref()).into_iter().map(|name| name.trim_start_matches('-'));
            names(tile.fields.as_ref()).into_iter().chain(sort).try_for_each(|name| known(object, name))
        }
        TileKind::Figure => measure(object, tile.measure.as_deref().unwrap_or(COUNT)).map(drop),
        TileKind::Chart => {
            let by = names(tile.group.as_ref());
            if by.is_empty() {
                return Err(no_group());
            }
            by.into_iter().try_for_each(|text| group(object, text).map(drop))?;
            measure(object, tile.measure.as_deref().unwrap_or(COUNT)).map(drop)
        }
        TileKind::Report => Ok(()),
    }
}

fn known(object: &Object, name: &str) -> Result<()> {
    let unknown = || Problem::field("fields", "unknown", format!("{} has no field {name}", object.name));
    object.field(name).map(drop).ok_or_else(unknown)
}

fn no_group() -> Problem {
    Problem::field("group", "required", "is required by a chart")
}

/// App and name of the report that a tile shows, whose file is named in snake_case.
pub(super) fn report_of(tile: &Tile) -> (&str, String) {
    let (app, name) = tile.source.split_once('.').unwrap_or_default();
    (app, segment(name))
}

impl Ctx {
    /// Whether the principal may ask what a tile asks.
    pub(crate) fn may_ask(&self, tile: &Tile) -> bool {
        if tile.kind == TileKind::Report {
            let (app, name) = report_of(tile);
            return self.registry.report(app, &name).is_ok_and(|report| self.may_report(report));
        }
        self.registry.object(&tile.source).is_ok_and(|object| self.policy().may(object, READ))
    }

    /// What tiles say now: each as it is declared, with its `data`, or with why it is `refused`. What whoever looks may not
    /// see is refused in its own tile, and the others are there.
    pub async fn tiles(&mut self, tiles: &[Tile]) -> Vec<Json> {
        let mut told = Vec::with_capacity(tiles.len());
        for tile in tiles {
            let mut shown = json!(tile);
            match self.tile(tile).await {
                Ok(data) => shown["data"] = data,
                Err(problem) => shown["refused"] = json!(problem.detail),
            }
            told.push(shown);
        }
        told
    }

    /// What a tile says to whoever asks: a figure as a value, a chart as rows, a list as records, a report as it is.
    ///
    /// # Errors
    /// Those of the question under the rights of whoever asks.
    pub async fn tile(&mut self, tile: &Tile) -> Result<Json> {
        let measures = tile.measure.clone().unwrap_or_else(|| COUNT.to_owned());
        let figures = |group: Option<String>| AggregateParams {
            group,
            measures: Some(measures.clone()),
            filter: tile.filter.clone(),
            ..AggregateParams::default()
        };
        match tile.kind {
            TileKind::Figure => {
                let mut rows = self.figures_of(&tile.source, &figures(None)).await?;
                // Money has a row for each currency.
                let values: Vec<Json> = rows.iter_mut().filter_map(|row| row.shift_remove(&measures)).collect();
                Ok(if let [one] = values.as_slice() { one.clone() } else { Json::Array(values) })
            }
            TileKind::Chart => {
                let group = tile.group.clone().ok_or_else(no_group)?;
                Ok(json!(self.figures_of(&tile.source, &figures(Some(group))).await?))
            }
            TileKind::List => {
                let asked = ListParams {
                    filter: tile.filter.clone(),
                    sort: tile.sort.clone(),
                    fields: tile.fields.clone(),
                    limit: Some(RECORDS),
                    ..ListParams::default()
                };
                Ok(json!(self.page_of(&tile.source, &asked).await?.data))
            }
            TileKind::Report => {
                let (app, name) = report_of(tile);
                self.report_of(app, &name, json!({})).await
            }
        }
    }
}
