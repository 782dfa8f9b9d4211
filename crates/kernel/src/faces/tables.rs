//! Tiles as they stand on paper: what ids and keys mean is written out, since nobody can click there.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use nexus_model::{ObjectName, Tile, TileKind, Uuid};
use serde_json::{Map, Value as Json, json};

use super::aggregate::{group, measure};
use super::list::names;
use super::tiles::{COUNT, report_of};
use super::words::Titles;
use crate::app::Column;
use crate::ctx::Ctx;
use crate::{Problem, Result};

/// Rows of one table; paper ends.
const ROWS: usize = 100;

type Row = Map<String, Json>;

impl Ctx {
    /// What tiles say now, each as `{title, kind, refused}`, as `{title, kind, figures: [cell]}`, or as
    /// `{title, kind, columns: [{label, right}], rows: [[cell]], totals?: [cell], left_out}`. A cell is `{text}`,
    /// `{number}`, `{money}` or `{date}`.
    pub async fn printed_tiles(&mut self, tiles: &[Tile]) -> Vec<Json> {
        let mut told = Vec::with_capacity(tiles.len());
        for tile in tiles {
            let mut printed = match self.printed(tile).await {
                Ok(printed) => printed,
                Err(problem) => json!({"refused": problem.detail}),
            };
            printed["title"] = json!(tile.title);
            printed["kind"] = json!(tile.kind);
            told.push(printed);
        }
        told
    }

    async fn printed(&mut self, tile: &Tile) -> Result<Json> {
        let data = self.tile(tile).await?;
        let columns = self.columns_of(tile)?;
        if tile.kind == TileKind::Figure {
            let values = if let Json::Array(values) = data { values } else { vec![data] };
            let titles = Titles::new();
            let figures = values.iter().map(|value| cell(&columns[0], value, &titles));
            return Ok(json!({"figures": figures.collect::<Vec<_>>()}));
        }
        let (rows, totals) = match &data {
            Json::Object(report) => (report.get("rows").unwrap_or(&Json::Null), report.get("totals")),
            rows => (rows, None),
        };
        let all: Vec<&Row> = rows.as_array().into_iter().flatten().filter_map(Json::as_object).collect();
        let shown = &all[..all.len().min(ROWS)];
        let titles = self.titles_in(&columns, shown).await?;
        let row = |row: &Row| -> Vec<Json> {
            columns.iter().map(|column| cell(column, row.get(&column.key).unwrap_or(&Json::Null), &titles)).collect()
        };
        let heads: Vec<_> =
            columns.iter().map(|column| json!({"label": column.label, "right": is_figure(column.kind)})).collect();
        let totals = totals.and_then(Json::as_object).filter(|totals| !totals.is_empty()).map(row);
        let rows: Vec<_> = shown.iter().map(|told| row(told)).collect();
        Ok(json!({"columns": heads, "rows": rows, "totals": totals, "left_out": all.len() - shown.len()}))
    }

    fn columns_of(&self, tile: &Tile) -> Result<Vec<Column>> {
        if tile.kind == TileKind::Report {
            let (app, name) = report_of(tile);
            return Ok(self.registry.report(app, &name)?.columns.clone());
        }
        let object = Arc::clone(self.registry.object(&tile.source)?);
        let gone = || Problem::conflict("a field of this tile is not there any more");
        if tile.kind == TileKind::List {
            let title = Some(object.title.clone());
            let fields = names(tile.fields.as_ref().or(title.as_ref()));
            return fields.into_iter().map(|name| Ok(Column::of(name, object.field(name).ok_or_else(gone)?))).collect();
        }
        let mut columns = Vec::new();
        for text in names(tile.group.as_ref()) {
            columns.push(Column::of_group(&object, text, &group(&object, text)?).ok_or_else(gone)?);
        }
        let text = tile.measure.as_deref().unwrap_or(COUNT);
        columns.push(Column::of_measure(&object, text, &measure(&object, text)?).ok_or_else(gone)?);
        Ok(columns)
    }

    async fn titles_in(&mut self, columns: &[Column], rows: &[&Row]) -> Result<Titles> {
        let mut wanted: BTreeMap<ObjectName, HashSet<Uuid>> = BTreeMap::new();
        for column in columns {
            let Some(to) = &column.to else { continue };
            let ids = rows.iter().filter_map(|row| Uuid::try_parse(row.get(&column.key)?.as_str()?).ok());
            wanted.entry(ObjectName::resolve("", to)).or_default().extend(ids);
        }
        self.titles_of(wanted).await
    }
}

fn is_figure(kind: &str) -> bool {
    ["integer", "decimal", "money", "quantity", "rate", "percent", "rating", "duration"].contains(&kind)
}

fn cell(column: &Column, value: &Json, titles: &Titles) -> Json {
    let text = |text: &str| json!({ "text": text });
    match value {
        Json::Null => text(""),
        Json::Bool(yes) => text(if *yes { "Yes" } else { "No" }),
        Json::Number(number) => json!({"number": number.to_string()}),
        Json::Object(money) if money.contains_key("currency") => json!({ "money": money }),
        Json::String(given) => match column.kind {
            "date" | "datetime" => json!({ "date": given }),
            kind if is_figure(kind) && given.parse::<rust_decimal::Decimal>().is_ok() => json!({ "number": given }),
            _ if column.to.is_some() => {
                let title = Uuid::try_parse(given).ok().and_then(|id| titles.get(&id));
                text(title.map_or("", String::as_str))
            }
            _ => {
                let choice = column.of.iter().find(|choice| choice.value == *given);
                text(choice.map_or(given, |choice| &choice.label))
            }
        },
        Json::Array(several) => {
            let cells = several.iter().map(|value| cell(column, value, titles));
            let words: Vec<String> = cells.filter_map(|cell| cell["text"].as_str().map(str::to_owned)).collect();
            text(&words.join(", "))
        }
        Json::Object(_) => text(""),
    }
}
