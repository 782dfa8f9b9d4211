//! Views: how an object's records are looked at, as its manifest arranges them.

use crate::expr::Expr;

/// A way to look at records.
#[derive(Clone, Debug)]
pub struct View {
    pub name: String,
    pub label: String,
    pub kind: ViewKind,
    pub filter: Option<Expr>,
    pub sort: Option<String>,
}

/// The kinds of view, as metadata tell them.
#[derive(Clone, Debug, schemars::JsonSchema, serde::Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ViewKind {
    Table {
        columns: Vec<String>,
    },
    Kanban {
        by: String,
        card: Vec<String>,
        sum: Option<String>,
    },
    Form {
        sections: Vec<Section>,
    },
    /// Records on their day or hours.
    Calendar {
        start: String,
        end: Option<String>,
        card: Vec<String>,
    },
    /// Bars from start to end, in groups.
    Gantt {
        start: String,
        end: String,
        by: Option<String>,
        card: Vec<String>,
    },
    /// One after the other along the time, in lanes.
    Timeline {
        start: String,
        end: Option<String>,
        by: Option<String>,
        card: Vec<String>,
    },
    /// Pictures with a few words.
    Gallery {
        image: String,
        card: Vec<String>,
    },
    /// Figures by two lists of groups, as `aggregate` names groups and measures.
    Pivot {
        rows: Vec<String>,
        columns: Vec<String>,
        measures: Vec<String>,
    },
    /// One figure by one or two groups.
    Chart {
        chart: ChartKind,
        by: Vec<String>,
        measure: String,
    },
}

/// The forms of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, schemars::JsonSchema, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    Bar,
    Line,
    Area,
    Pie,
}

/// Fields under one heading of a form.
#[derive(Clone, Debug, Default, schemars::JsonSchema, serde::Deserialize, serde::Serialize)]
#[schemars(rename = "MetaSection")]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub label: Option<String>,
    /// Sections of one name stand together behind a tab.
    pub tab: Option<String>,
    /// A condition over the record; while it does not hold the section is not shown.
    pub visible_when: Option<String>,
    pub fields: Vec<String>,
}
