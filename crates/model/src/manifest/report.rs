//! The notation of reports.

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use super::{File, Shapes};
use crate::expr::{Expr, Objects as _, Scope};
use crate::names;
use crate::object::{ChartKind, ObjectName};
use crate::report::{Bound, Parameter, Report};
use crate::schema::AppManifest;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReport {
    label: String,
    about: String,
    object: String,
    filter: Option<Spanned<String>>,
    #[serde(default)]
    group: Vec<String>,
    measures: Vec<String>,
    #[serde(default)]
    labels: IndexMap<String, String>,
    #[serde(default)]
    parameters: IndexMap<String, Spanned<RawParameter>>,
    chart: Option<ChartKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawParameter {
    label: Option<String>,
    /// The parameter's own name, when left out.
    field: Option<String>,
    #[serde(default)]
    bound: Bound,
    #[serde(default)]
    required: bool,
}

/// Names that the reading of any report takes for itself.
const TAKEN: [&str; 2] = ["company", "at"];

/// Reads a report. That its groups and measures can be figured out is checked where figures are.
pub(super) fn report(app: &AppManifest, name: &str, shapes: &Shapes, file: &mut File<'_>) -> Option<Report> {
    let raw: RawReport = file.parse()?;
    let object = ObjectName::resolve(&app.name, &raw.object);
    let Some(shape) = shapes.object(object.as_str()) else {
        file.error(0, "object", format!("there is no object {object}"));
        return None;
    };
    if let Some(filter) = &raw.filter
        && let Err(error) = Expr::condition(filter.get_ref(), &Scope { objects: shapes, this: Some(shape) })
    {
        file.error(file.line(filter.span().start), "filter", error.to_string());
    }
    let unused = raw.labels.keys().find(|figure| !raw.group.contains(figure) && !raw.measures.contains(figure));
    if let Some(unused) = unused {
        file.error(0, "labels", format!("{unused} is neither a group nor a measure of this report"));
    }
    if raw.measures.is_empty() {
        file.error(0, "measures", "a report has a measure, such as \"count()\"");
    }
    if raw.chart.is_some() && raw.group.is_empty() {
        file.error(0, "chart", "a chart needs a `group` to be drawn over");
    }
    let mut parameters = Vec::new();
    for (name, spanned) in &raw.parameters {
        let (given, line) = (spanned.get_ref(), file.line(spanned.span().start));
        let field = given.field.as_ref().unwrap_or(name);
        let Some(known) = shape.field(field) else {
            file.error(line, name, format!("{object} has no field {field}"));
            continue;
        };
        if TAKEN.contains(&name.as_str()) {
            file.error(line, name, "every report can be asked for by `company` and `at` already");
        }
        parameters.push(Parameter {
            name: name.clone(),
            label: given.label.clone().unwrap_or_else(|| known.label.clone()),
            field: field.clone(),
            bound: given.bound,
            required: given.required,
            line,
        });
    }
    Some(Report {
        app: app.name.clone(),
        name: names::segment(name),
        label: raw.label,
        about: raw.about,
        object,
        filter: raw.filter.map(Spanned::into_inner),
        group: raw.group,
        measures: raw.measures,
        labels: raw.labels.into_iter().collect(),
        parameters,
        chart: raw.chart,
        file: file.name.clone(),
    })
}
