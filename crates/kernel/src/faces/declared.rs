//! Reports that manifests declare: figures of one object by groups, asked for as anybody else asks for figures, so that
//! a report shows each reader what follows from the records and fields that the reader may see.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use nexus_model::expr::{Expr, Scope};
use nexus_model::manifest::ManifestError;
use nexus_model::report::{Bound, Parameter};
use nexus_model::{Field, FieldType, Object, ObjectName, Problem, Report as Declared, Schema, Uuid, Value, json};
use nexus_store::{Filter, Group, MeasureOf};
use serde_json::{Map, Value as Json, json};

use super::aggregate::{ROWS_MAX, group, measure};
use super::list::ListParams;
use crate::app::{Chart, Column, Report};
use crate::ctx::Ctx;
use crate::ctx::read::Ask;
use crate::registry::Registry;
use crate::{Kind, Result};

/// A declared report whose groups and measures were found to be there.
struct Figures {
    object: Arc<Object>,
    filter: Option<String>,
    groups: Vec<Group>,
    measures: Vec<MeasureOf>,
    parameters: Vec<Parameter>,
    /// Keys of the columns: groups, then measures.
    keys: Vec<String>,
}

/// The report that a manifest declares.
pub(crate) fn report(declared: &Declared, schema: &Schema) -> std::result::Result<Report, ManifestError> {
    let wrong = |line: usize, entry: &str, message: String| ManifestError {
        file: declared.file.clone(),
        line,
        entry: entry.to_owned(),
        message,
    };
    let object = schema.expect(&declared.object);
    let told = |entry: &'static str| {
        move |problem: Problem| {
            let message = problem.errors.first().map_or(problem.detail.clone(), |error| error.message.clone());
            wrong(0, entry, message)
        }
    };
    let groups: Result<Vec<Group>> = declared.group.iter().map(|text| group(object, text)).collect();
    let measures: Result<Vec<MeasureOf>> = declared.measures.iter().map(|text| measure(object, text)).collect();
    let (groups, measures) = (groups.map_err(told("group"))?, measures.map_err(told("measures"))?);
    if let Some(narrowed) = declared.parameters.iter().find(|parameter| {
        let kind = object.field(&parameter.field).map(|field| &field.kind);
        let ordered = matches!(kind, Some(FieldType::Date | FieldType::Integer));
        !(ordered || parameter.bound == Bound::Equals && kind.is_some_and(|kind| kind.column().is_some()))
    }) {
        let message = format!("{} cannot be narrowed by; bounds are for dates and whole numbers", narrowed.field);
        return Err(wrong(narrowed.line, &narrowed.name, message));
    }

    let heading = |text: &str, otherwise: String| {
        declared.labels.iter().find(|(figure, _)| figure == text).map_or(otherwise, |(_, label)| label.clone())
    };
    let told_of = |name: &str| wrong(0, name, "is no field".to_owned());
    let mut columns = Vec::new();
    for (text, group) in declared.group.iter().zip(&groups) {
        columns.push(Column::of_group(object, text, group).ok_or_else(|| told_of(&group.field))?);
    }
    for (text, measure) in declared.measures.iter().zip(&measures) {
        columns.push(Column::of_measure(object, text, measure).ok_or_else(|| told_of(text))?);
    }
    for column in &mut columns {
        column.label = heading(&column.key, std::mem::take(&mut column.label));
    }
    let params = parameters(object, &declared.parameters);
    let chart = declared.chart.zip(columns.first()).zip(columns.get(groups.len())).map(|((kind, x), y)| Chart {
        kind,
        x: x.key.clone(),
        y: y.key.clone(),
        series: declared.group.get(1).cloned(),
    });
    let fields = groups.iter().map(|group| group.field.clone());
    let fields = fields.chain(measures.iter().filter_map(measure_of).map(|(_, name)| name.to_owned()));
    let fields = fields.chain(declared.parameters.iter().map(|parameter| parameter.field.clone()));
    let mut sees: Vec<(ObjectName, String)> = fields.map(|name| (declared.object.clone(), name)).collect();
    if let Some(filter) = &declared.filter {
        let scope = Scope { objects: schema, this: Some(object) };
        sees.extend(Expr::condition(filter, &scope).map_err(|error| wrong(0, "filter", error.to_string()))?.reads());
    }
    let figures = Arc::new(Figures {
        object: Arc::clone(object),
        filter: declared.filter.clone(),
        groups,
        measures,
        parameters: declared.parameters.clone(),
        keys: columns.iter().map(|column| column.key.clone()).collect(),
    });
    Ok(Report {
        name: declared.name.clone(),
        label: declared.label.clone(),
        about: declared.about.clone(),
        columns,
        chart,
        reads: Some(declared.object.to_string()),
        sees,
        params,
        tiles: Vec::new(),
        body: Some(Arc::new(move |ctx, _, params| {
            let figures = Arc::clone(&figures);
            Box::pin(async move { figures.rows(ctx, &params).await })
        })),
    })
}

impl Column {
    /// A field as a column.
    pub(crate) fn of(key: &str, field: &Field) -> Column {
        let of = if let FieldType::Choice(of) = &field.kind { of.clone() } else { Vec::new() };
        let to = field.target().map(ToString::to_string);
        Column { key: key.to_owned(), label: field.label.clone(), kind: field.kind.name(), to, of }
    }

    /// What figures are told apart by; none where its field is not there.
    pub(crate) fn of_group(object: &Object, text: &str, group: &Group) -> Option<Column> {
        let column = Column::of(text, object.field(&group.field)?);
        let bucket = group.bucket.is_some();
        Some(if bucket { Column { kind: FieldType::Text.name(), to: None, ..column } } else { column })
    }

    /// A figure; none where its field is not there.
    pub(crate) fn of_measure(object: &Object, text: &str, measure: &MeasureOf) -> Option<Column> {
        let (kind, label) = match measure_of(measure) {
            None => (FieldType::Integer.name(), object.plural.clone()),
            Some((word, name)) => {
                let field = object.field(name)?;
                let whole = matches!(measure, MeasureOf::Average(_)) && field.kind.is_integer();
                let kind = if whole { FieldType::Decimal.name() } else { field.kind.name() };
                (kind, format!("{word}{}", field.label))
            }
        };
        Some(Column { key: text.to_owned(), label, kind, to: None, of: Vec::new() })
    }
}

impl Registry {
    /// Takes a report that a manifest declares among the others.
    pub(crate) fn add_report(&mut self, (app, file): (&str, &str), report: Report, errors: &mut Vec<ManifestError>) {
        if self.report(app, &report.name).is_ok() {
            errors.push(ManifestError {
                file: file.to_owned(),
                line: 0,
                entry: report.name.clone(),
                message: format!("{app} has another report of this name"),
            });
        }
        self.reports.push((app.to_owned(), report));
    }
}

/// How a measure is called before its field's label, and the field.
fn measure_of(measure: &MeasureOf) -> Option<(&'static str, &str)> {
    match measure {
        MeasureOf::Count => None,
        MeasureOf::Sum(field) => Some(("", field)),
        MeasureOf::Min(field) => Some(("Least ", field)),
        MeasureOf::Max(field) => Some(("Greatest ", field)),
        MeasureOf::Average(field) => Some(("Average ", field)),
    }
}

/// JSON Schema 2020-12 of what a report may be narrowed by.
fn parameters(object: &Object, parameters: &[Parameter]) -> Json {
    let mut properties = Map::new();
    for parameter in parameters {
        let Some(field) = object.field(&parameter.field) else { continue };
        let mut schema = super::schema::given(field);
        if let Some(members) = schema.as_object_mut() {
            members.insert("title".to_owned(), parameter.label.clone().into());
        }
        properties.insert(parameter.name.clone(), schema);
    }
    let required: Vec<&String> = parameters.iter().filter(|p| p.required).map(|p| &p.name).collect();
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

impl Figures {
    /// `{rows: [{group…, measure…}], totals}`; links by which is grouped as `{id, title}`. Totals are of all records and left
    /// out where amounts are in more than one currency.
    async fn rows(&self, ctx: &mut Ctx, params: &Json) -> Result<Json> {
        let object = &self.object;
        let filters = self.filters(ctx, params)?;
        let ask = |limit| Ask { filters: filters.clone(), limit, ..Ask::default() };
        let found = ctx.aggregate_of(object, ask(ROWS_MAX), self.groups.clone(), self.measures.clone()).await?;
        let totals = ctx.aggregate_of(object, ask(2), Vec::new(), self.measures.clone()).await?;
        let mut linked: BTreeMap<ObjectName, HashSet<Uuid>> = BTreeMap::new();
        let links = self.groups.iter().map(|group| object.field(&group.field).map(|field| &field.kind));
        let links: Vec<bool> = links.map(|kind| matches!(kind, Some(FieldType::Link(_)))).collect();
        for (at, group) in self.groups.iter().enumerate().filter(|(at, _)| links[*at]) {
            if let Some(to) = object.field(&group.field).and_then(Field::target) {
                let ids = found.iter().filter_map(|row| row.get(at)?.as_id());
                linked.entry(to.clone()).or_default().extend(ids);
            }
        }
        let titles = ctx.titles_of(linked).await?;
        let told = |(at, value): (usize, &Value)| match value.as_id().filter(|_| links.get(at) == Some(&true)) {
            // What leads to a record that the reader may not see has no title.
            Some(id) => json!({"id": id, "title": titles.get(&id)}),
            None => json::value(value),
        };
        let row = |values: &Vec<Value>| -> Map<String, Json> {
            self.keys.iter().cloned().zip(values.iter().enumerate().map(told)).collect()
        };
        let mut answer = json!({ "rows": found.iter().map(row).collect::<Vec<_>>() });
        if let [totals] = totals.as_slice() {
            let keys = self.keys.iter().skip(self.groups.len()).cloned();
            answer["totals"] = Json::Object(keys.zip(totals.iter().map(json::value)).collect());
        }
        Ok(answer)
    }

    fn filters(&self, ctx: &Ctx, params: &Json) -> Result<Vec<Filter>> {
        let given = params.as_object();
        let known = |name: &String| name == "company" || self.parameters.iter().any(|known| known.name == *name);
        if let Some(unknown) = given.into_iter().flat_map(Map::keys).find(|name| !known(name)) {
            let problem = Problem::field(unknown.as_str(), "unknown", "is no parameter of this report");
            return Err(Problem { kind: Kind::Malformed, ..problem });
        }
        let list = ListParams { filter: self.filter.clone(), ..ListParams::default() };
        let mut filters = ctx.filters(&self.object, &list)?;
        if let (true, Some(company)) = (self.object.per_company, given.and_then(|given| given.get("company"))) {
            let company = company.as_str().and_then(|company| Uuid::try_parse(company).ok());
            filters.push(Filter::Equals("company".to_owned(), company.map_or(Value::Null, Value::Id)));
        }
        for parameter in &self.parameters {
            let value = given.and_then(|given| given.get(&parameter.name)).filter(|value| !value.is_null());
            let Some(value) = value else {
                if parameter.required {
                    return Err(Problem::field(parameter.name.as_str(), "required", "is needed for this report"));
                }
                continue;
            };
            filters.push(self.bound(ctx, parameter, value)?);
        }
        Ok(filters)
    }

    fn bound(&self, ctx: &Ctx, parameter: &Parameter, value: &Json) -> Result<Filter> {
        let field = self.object.field(&parameter.field).ok_or_else(|| Problem::internal("checked with the report"))?;
        let value = json::parse(field, &from_address(field, value)).map_err(|mut error| {
            error.field.clone_from(&parameter.name);
            let detail = format!("{}: {}", parameter.name, error.message);
            Problem { errors: vec![error], ..Problem::malformed(detail) }
        })?;
        let sign = match parameter.bound {
            Bound::Equals => return Ok(Filter::Equals(field.name.clone(), value)),
            Bound::From => ">=",
            Bound::To => "<=",
        };
        let literal = match value {
            Value::Date(day) => format!("date('{day}')"),
            Value::Int(number) => number.to_string(),
            _ => return Err(Problem::internal("a bound is a day or a whole number, as its report was checked")),
        };
        Ok(Filter::Where(ctx.condition(&self.object, &format!("{} {sign} {literal}", field.name))?))
    }
}

/// What an address gives as text, where the field's values are none in JSON.
fn from_address(field: &Field, value: &Json) -> Json {
    let Some(text) = value.as_str() else { return value.clone() };
    match &field.kind {
        FieldType::Boolean => text.parse::<bool>().map_or(value.clone(), Json::from),
        kind if kind.is_integer() => text.parse::<i64>().map_or(value.clone(), Json::from),
        _ => value.clone(),
    }
}
