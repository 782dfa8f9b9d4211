//! One difference between the tables that are there and the form that manifests ask for, and what it takes.

use std::fmt;

use serde::Serialize;

/// One difference, and what it takes to make up for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    pub kind: StepKind,
    pub table: String,
    /// The column or index; none where it is the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Rows that are touched; of a removal, those that lose a value.
    pub rows: u64,
    /// Why it cannot be taken as the rows are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<String>,
    #[serde(skip)]
    pub(super) statements: Vec<String>,
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    AddTable,
    AddColumn,
    /// The rows that are there get a default, or what the column is worked out from.
    FillColumn,
    /// The rows that are there get the value when each is changed next.
    FillLater,
    AddIndex,
    AddUnique,
    DropIndex,
    /// The same numbers with more decimals.
    Rescale,
    /// Another type: what is stored cannot be read as it, and goes.
    Replace,
    /// No manifest declares it any more.
    DropColumn,
    DropTable,
}

impl Step {
    /// Whether values are lost, or a server that runs with the form of before would read and write wrong ones.
    pub fn needs_consent(&self) -> bool {
        match self.kind {
            StepKind::DropColumn | StepKind::DropTable => true,
            StepKind::Rescale | StepKind::Replace => self.rows > 0,
            _ => false,
        }
    }

    /// Whether it is about what may as well stay.
    pub fn may_wait(&self) -> bool {
        matches!(self.kind, StepKind::DropColumn | StepKind::DropTable)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (table, rows) = (&self.table, self.rows);
        let part = self.part.as_deref().unwrap_or_default();
        let (records, lose) =
            if rows == 1 { ("1 row".to_owned(), "loses a") } else { (format!("{rows} rows"), "lose a") };
        match self.kind {
            StepKind::AddTable => write!(out, "{table} is made"),
            StepKind::AddColumn => write!(out, "{table}.{part} is added, empty in {records}"),
            StepKind::FillColumn => write!(out, "{table}.{part} is added and filled in {records}"),
            StepKind::FillLater => {
                write!(out, "{table}.{part} is added; {records} get a value when each is changed next")
            }
            StepKind::AddIndex => write!(out, "the index {part} is made over {records}"),
            StepKind::AddUnique => write!(out, "the unique key {part} is made over {records}"),
            StepKind::DropIndex => write!(out, "the index {part} is removed"),
            StepKind::Rescale => write!(out, "{table}.{part} gets more decimals in {records}"),
            StepKind::Replace => {
                write!(out, "{table}.{part} is replaced by one of another type; {records} {lose} value")
            }
            StepKind::DropColumn => {
                write!(out, "{table}.{part}, which nothing declares, is removed; {records} {lose} value")
            }
            StepKind::DropTable => write!(out, "{table}, which nothing declares, is removed with {records}"),
        }?;
        self.obstacle.as_ref().map_or(Ok(()), |obstacle| write!(out, ": {obstacle}"))
    }
}

impl Step {
    pub(super) fn new(kind: StepKind, table: &str, part: Option<&str>, rows: u64, statements: Vec<String>) -> Step {
        let part = part.map(str::to_owned);
        Step { kind, table: table.to_owned(), part, rows, obstacle: None, statements }
    }

    /// Whether it is about the column of this place, or its whole table.
    pub(super) fn is_of(&self, place: &str) -> bool {
        let rest = place.strip_prefix(&self.table).and_then(|rest| rest.strip_prefix('.'));
        rest.is_some_and(|column| self.part.as_deref().is_none_or(|part| part == column))
    }
}
