//! Sample data: files of the apps, brought in by the ordinary importer.

use std::sync::Arc;

use jiff::ToSpan;
use nexus_model::{Date, FieldType, Object, Problem};

use crate::app::App;
use crate::import::{FileFormat, ImportReport, ImportRequest, Mapping};
use crate::kernel::Kernel;
use crate::principal::Principal;
use crate::{Result, Tenant};

/// One file of sample data.
#[derive(Clone, Copy)]
pub(crate) struct Demo {
    /// `app.object`
    object: &'static str,
    /// CSV; a date may be a number of days from today, such as `+12`, `0` or `-4`.
    text: &'static str,
    /// A mapping's TOML, empty when the headings are the object's fields.
    mapping: &'static str,
}

impl App {
    /// Sample data for `app.object`, loaded in the order in which it is declared.
    pub fn demo(self, object: &'static str, text: &'static str) -> App {
        self.demo_mapped(object, text, "")
    }

    /// Sample data whose rows become what a mapping says.
    pub fn demo_mapped(mut self, object: &'static str, text: &'static str, mapping: &'static str) -> App {
        self.demos.push(Demo { object, text, mapping });
        self
    }
}

impl Kernel {
    /// Imports the sample data of all apps; each file is a run of its own. Answers what became of each object's.
    pub async fn load_demo(
        &self,
        tenant: &Arc<Tenant>,
        principal: &Arc<Principal>,
    ) -> Result<Vec<(&'static str, ImportReport)>> {
        let today = tenant.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let mut reports = Vec::new();
        for Demo { object: name, text, mapping } in &tenant.registry().demos {
            let object = Arc::clone(tenant.object(name)?);
            let mapping: Mapping = mapping.parse()?;
            let text = dated(&object, text, today).map_err(|error| Problem::internal(format!("{name}: {error}")))?;
            let request = ImportRequest {
                file: Box::new(std::io::Cursor::new(text)),
                name: format!("{name}.csv"),
                mapping: Mapping { file: FileFormat { decimal: Some(".".to_owned()), ..mapping.file }, ..mapping },
                preview: false,
                company: None,
                run: None,
            };
            reports.push((*name, self.import(tenant, principal, &object, request).await?));
        }
        Ok(reports)
    }
}

/// The text with days from today as dates.
fn dated(object: &Object, text: &str, today: Date) -> std::result::Result<Vec<u8>, csv::Error> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers()?.clone();
    let is_date = |name: &str| object.field(name).is_some_and(|field| field.kind == FieldType::Date);
    let dates: Vec<bool> = headings.iter().map(is_date).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headings)?;
    for record in reader.records() {
        let cells = record?;
        let cells = cells.iter().zip(&dates).map(|(cell, is_date)| match cell.parse::<i32>() {
            Ok(days) if *is_date => today.saturating_add(days.days()).to_string(),
            _ => cell.to_owned(),
        });
        writer.write_record(cells)?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use nexus_model::{Field, ObjectName};

    #[test]
    fn days_from_today_become_dates_in_date_columns_alone() {
        let fields = vec![Field::new("title", FieldType::Text), Field::new("due", FieldType::Date)];
        let object = Object::with_fields(ObjectName::new("crm", "activity"), fields);
        let today = Date::constant(2026, 1, 31);
        let text = dated(&object, "title,due\n+1,+1\n0,0\n-4,-31\nx,2026-05-01\ny,\n", today).expect("CSV");
        let expect = "title,due\n+1,2026-02-01\n0,2026-01-31\n-4,2025-12-31\nx,2026-05-01\ny,\n";
        assert_eq!(String::from_utf8(text).expect("UTF-8"), expect);
    }
}
