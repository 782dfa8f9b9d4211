//! Reports that manifests declare: figures over the records of one object.

use crate::object::{ChartKind, ObjectName};

/// What `reports/<name>.toml` says.
#[derive(Clone, Debug)]
pub struct Report {
    pub app: String,
    /// The file's name in kebab-case, as the path of the report has it.
    pub name: String,
    pub label: String,
    pub about: String,
    pub object: ObjectName,
    /// CEL over the object: which records count.
    pub filter: Option<String>,
    /// What to group by, as `aggregate` takes it: `owner`, `month(date)`.
    pub group: Vec<String>,
    /// What to figure out, as `aggregate` takes it: `count()`, `sum(amount)`.
    pub measures: Vec<String>,
    /// Headings of groups and measures, where they are not to be derived from the fields' labels.
    pub labels: Vec<(String, String)>,
    pub parameters: Vec<Parameter>,
    /// Drawn over the first group with the first measure.
    pub chart: Option<ChartKind>,
    /// As errors name it.
    pub file: String,
}

/// What whoever asks for a report may narrow it by.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub name: String,
    pub label: String,
    pub field: String,
    pub bound: Bound,
    pub required: bool,
    /// Line of the manifest, for errors.
    pub line: usize,
}

/// How the field of a record stands to the value of a parameter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    #[default]
    Equals,
    /// The value or more, that day or later.
    From,
    /// The value or less, that day or earlier.
    To,
}
