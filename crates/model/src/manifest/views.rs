//! The views of an object: which there are, and what each names.

use super::check::Check;
use super::raw::RawView;
use crate::field::FieldType;
use crate::names;
use crate::object::{View, ViewKind};

/// The kinds that a manifest may name.
const KINDS: &str = "table, kanban, form, calendar, gantt, timeline, gallery, pivot and chart";

impl Check<'_, '_, '_> {
    pub(super) fn view(&mut self, name: &str, raw: &RawView, line: usize) -> Option<View> {
        let listed = [&raw.columns, &raw.card];
        if !matches!(raw.kind.as_str(), "pivot" | "chart") {
            listed.into_iter().for_each(|fields| self.known_fields(fields, line, name));
            let named = [&raw.by, &raw.start, &raw.end, &raw.image, &raw.sum];
            named.into_iter().for_each(|field| self.known_fields(field.as_slice(), line, name));
        }
        let card = raw.card.clone();
        let kind = match raw.kind.as_str() {
            "table" => ViewKind::Table { columns: raw.columns.clone() },
            "kanban" => {
                let by = self.needed("by", "a state or choice field", raw.by.as_ref(), raw, name, line)?;
                ViewKind::Kanban { by, card, sum: raw.sum.clone() }
            }
            "form" => {
                for section in &raw.sections {
                    self.known_fields(&section.fields, line, name);
                    self.condition(section.visible_when.as_deref(), line, name);
                }
                ViewKind::Form { sections: raw.sections.clone() }
            }
            "calendar" => {
                ViewKind::Calendar { start: self.moment("start", raw, name, line)?, end: raw.end.clone(), card }
            }
            "timeline" => {
                let start = self.moment("start", raw, name, line)?;
                ViewKind::Timeline { start, end: raw.end.clone(), by: raw.by.clone(), card }
            }
            "gantt" => {
                let (start, end) = (self.moment("start", raw, name, line)?, self.moment("end", raw, name, line)?);
                ViewKind::Gantt { start, end, by: raw.by.clone(), card }
            }
            "gallery" => {
                let image = self.needed("image", "a field with a picture", raw.image.as_ref(), raw, name, line)?;
                if !self.this.field(&image).is_some_and(|field| field.kind.is_file()) {
                    self.file.error(line, name, format!("`image` names no picture: {image}"));
                }
                ViewKind::Gallery { image, card }
            }
            "pivot" => {
                if raw.rows.is_empty() || raw.measures.is_empty() {
                    self.file.error(line, name, "a pivot needs `rows` and `measures`, such as [\"sum(amount)\"]");
                }
                let groups = raw.rows.iter().chain(&raw.columns).chain(&raw.measures);
                groups.for_each(|figure| self.figure(figure, line, name));
                ViewKind::Pivot { rows: raw.rows.clone(), columns: raw.columns.clone(), measures: raw.measures.clone() }
            }
            "chart" => {
                let measure = raw.measures.first().cloned().unwrap_or_else(|| "count()".to_owned());
                if !matches!(raw.rows.len(), 1 | 2) || raw.measures.len() > 1 {
                    self.file.error(line, name, "a chart has one or two `rows` and one of `measures`");
                }
                raw.rows.iter().chain([&measure]).for_each(|figure| self.figure(figure, line, name));
                ViewKind::Chart {
                    chart: raw.chart.unwrap_or(crate::object::ChartKind::Bar),
                    by: raw.rows.clone(),
                    measure,
                }
            }
            unknown => {
                self.file.error(line, name, format!("there is no view kind `{unknown}`; there are {KINDS}"));
                return None;
            }
        };
        Some(View {
            name: name.to_owned(),
            label: raw.label.clone().unwrap_or_else(|| names::label(name)),
            kind,
            filter: self.condition(raw.filter.as_deref(), line, name),
            sort: raw.sort.clone(),
        })
    }

    fn needed(
        &mut self,
        entry: &str,
        what: &str,
        given: Option<&String>,
        raw: &RawView,
        name: &str,
        line: usize,
    ) -> Option<String> {
        if given.is_none() {
            self.file.error(line, name, format!("a {} needs `{entry}`, {what}", raw.kind));
        }
        given.cloned()
    }

    /// A date or a time of the view.
    fn moment(&mut self, entry: &str, raw: &RawView, name: &str, line: usize) -> Option<String> {
        let given = if entry == "start" { &raw.start } else { &raw.end };
        let field = self.needed(entry, "a date", given.as_ref(), raw, name, line)?;
        if !self.this.field(&field).is_some_and(|f| matches!(f.kind, FieldType::Date | FieldType::DateTime)) {
            self.file.error(line, name, format!("`{entry}` names no date: {field}"));
        }
        Some(field)
    }

    /// A group or measure names a field in brackets, or is one.
    fn figure(&mut self, figure: &str, line: usize, name: &str) {
        let inner = figure.split_once('(').map_or(figure, |(_, rest)| rest.trim_end_matches(')'));
        if !inner.is_empty() {
            self.known_fields(&[inner.to_owned()], line, name);
        }
    }
}
