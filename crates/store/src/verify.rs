//! Proof that what is stored holds together: links, the audit chain, records against their events.

use nexus_model::field::{Field, FieldType, object_column};
use nexus_model::object::system;
use nexus_model::{Object, ObjectName, Uuid};
use sea_query::Value as Cell;

use crate::cells::{Stored, text, uuid};
use crate::records::list;
use crate::{Dialect, StoreError, Tx};

/// What a field of the type `file` leads to, where there is such an object.
const FILE: &str = "core.file";

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    pub place: String,
    pub message: String,
}

impl Tx {
    /// Every check of the store; nothing found is a sound database. Counts are capped at 100 a place.
    pub async fn verify(&mut self) -> Result<Vec<Finding>, StoreError> {
        let mut findings = Vec::new();
        if self.dialect() == Dialect::Sqlite {
            let told =
                self.query("PRAGMA integrity_check(10)", &[], |mut cells| Ok(cells.pop().and_then(Stored::text)))?;
            for message in told.into_iter().flatten().filter(|text| text != "ok") {
                findings.push(Finding { place: "database".to_owned(), message });
            }
        }
        if let Some(seq) = self.broken_event().await? {
            findings.push(Finding {
                place: format!("event {seq}"),
                message: "the audit chain is broken here: an event was changed, added or removed".to_owned(),
            });
        }
        for object in self.schema.clone().objects() {
            let table = object.table();
            for field in object.fields.iter().filter(|field| !field.is_virtual()) {
                let (source, value) = match &field.kind {
                    FieldType::Link(_) | FieldType::File | FieldType::Image | FieldType::Signature => {
                        (table.clone(), field.name.as_str())
                    }
                    FieldType::Links(_) => (object.list_table(&field.name), list::VALUE),
                    FieldType::DynamicLink(_) if field.weak => continue,
                    FieldType::DynamicLink(_) => {
                        self.check_dynamic_links(object, field, &mut findings)?;
                        continue;
                    }
                    _ => continue,
                };
                let target = if field.kind.is_file() { Some(FILE) } else { field.target().map(ObjectName::as_str) };
                let Some(target) = target.and_then(|target| self.schema.get(target)) else { continue };
                let sql = format!(
                    "SELECT count(*) FROM \"{source}\" s WHERE s.\"{value}\" IS NOT NULL AND s.\"{value}\" <> $1 \
                     AND NOT EXISTS (SELECT 1 FROM \"{}\" t WHERE t.id = s.\"{value}\")",
                    target.table()
                );
                let (place, nobody) = (format!("{}.{}", object.name, field.name), [uuid(Uuid::nil())]);
                self.counted(&sql, &nobody, &place, "lead to no record", &mut findings)?;
            }
            if object.child_of.is_none() {
                let sql = format!(
                    "SELECT count(*) FROM \"{table}\" r WHERE r.\"{}\" <> coalesce(\
                     (SELECT e.version FROM _event e WHERE e.record = r.id ORDER BY e.seq DESC LIMIT 1), 0)",
                    system::VERSION
                );
                self.counted(&sql, &[], object.name.as_str(), "differ from their newest event", &mut findings)?;
            }
        }
        Ok(findings)
    }

    /// Each dynamic link leads to a record of the object that it names; one of an app that is not there is not looked for.
    fn check_dynamic_links(
        &self,
        object: &Object,
        field: &Field,
        findings: &mut Vec<Finding>,
    ) -> Result<(), StoreError> {
        let (table, name, of) = (object.table(), &field.name, object_column(&field.name));
        let sql = format!("SELECT DISTINCT \"{of}\" FROM \"{table}\" WHERE \"{name}\" IS NOT NULL");
        let named = self.query(&sql, &[], |mut cells| Ok(cells.pop().and_then(Stored::text)))?;
        for target in named.iter().flatten().filter_map(|named| self.schema.get(named)) {
            let sql = format!(
                "SELECT count(*) FROM \"{table}\" s WHERE s.\"{of}\" = $1 \
                 AND NOT EXISTS (SELECT 1 FROM \"{}\" t WHERE t.id = s.\"{name}\")",
                target.table()
            );
            let place = format!("{}.{name}", object.name);
            self.counted(&sql, &[text(target.name.as_str())], &place, "lead to no record", findings)?;
        }
        Ok(())
    }

    fn counted(
        &self,
        sql: &str,
        cells: &[Cell],
        place: &str,
        message: &str,
        findings: &mut Vec<Finding>,
    ) -> Result<(), StoreError> {
        let counts = self.query(sql, cells, |cells| Ok(cells.into_iter().next().and_then(Stored::int)))?;
        let count = counts.first().copied().flatten().unwrap_or_default();
        if count > 0 {
            findings.push(Finding { place: place.to_owned(), message: format!("{count} records {message}") });
        }
        Ok(())
    }
}
