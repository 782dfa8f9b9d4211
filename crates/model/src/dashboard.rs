//! Dashboards that manifests declare: tiles, each of which asks one question.

use serde::{Deserialize, Serialize};

use crate::view::ChartKind;

/// What `reports/<name>.toml` says that has tiles.
#[derive(Clone, Debug)]
pub struct Dashboard {
    pub app: String,
    /// The file's name in kebab-case, as its path has it.
    pub name: String,
    pub label: String,
    pub about: String,
    pub tiles: Vec<Tile>,
    /// Lines of the tiles in the manifest, for errors.
    pub lines: Vec<usize>,
    /// As errors name it.
    pub file: String,
}

/// One question of a dashboard and how it is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tile {
    pub title: String,
    #[serde(default)]
    pub kind: TileKind,
    /// An object, such as `crm.deal`; for a report its app and name, such as `crm.pipeline`.
    pub source: String,
    /// CEL: which records count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// As `aggregate` takes it, `sum(amount)`; `count()` when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// What a chart tells apart, as `aggregate` takes it: `stage`, `month(date)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The order of a list, `-amount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// The columns of a list, `title,amount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<String>,
    /// How a chart is drawn; in bars when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chart: Option<ChartKind>,
}

/// How a tile is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TileKind {
    /// One figure.
    #[default]
    Figure,
    /// Figures by groups.
    Chart,
    /// The first records.
    List,
    /// A report as it is.
    Report,
}

impl TileKind {
    pub fn name(self) -> &'static str {
        match self {
            TileKind::Figure => "figure",
            TileKind::Chart => "chart",
            TileKind::List => "list",
            TileKind::Report => "report",
        }
    }
}
