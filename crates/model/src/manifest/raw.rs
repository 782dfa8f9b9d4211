//! The notation of the manifests, as TOML gives it.

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use crate::field::{Personal, Recompute};
use crate::object::{ChartKind, Section};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawApp {
    pub name: String,
    pub suite: String,
    pub icon: String,
    pub about: String,
    #[serde(default)]
    pub depends: Vec<String>,
    /// The objects that come first wherever the app's objects are listed, in this order.
    #[serde(default)]
    pub menu: Vec<String>,
    #[serde(default)]
    pub roles: IndexMap<String, RawRole>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRole {
    pub about: String,
    #[serde(default)]
    pub includes: Vec<String>,
}

/// `true`, `false` or CEL.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum RawWhen {
    Fixed(bool),
    If(String),
}

/// `true`, or the fields within which a value is unique.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum RawUnique {
    Plain(bool),
    Within(Vec<String>),
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum RawChoice {
    Value(String),
    Labelled { value: String, label: String },
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRollup {
    pub over: String,
    pub sum: Option<String>,
    pub min: Option<String>,
    pub max: Option<String>,
    #[serde(default)]
    pub count: bool,
    pub when: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawField {
    #[serde(rename = "type")]
    pub kind: String,
    pub label: Option<String>,
    #[serde(default)]
    pub of: Option<RawOf>,
    pub to: Option<String>,
    pub series: Option<String>,
    #[serde(default)]
    pub gapless: bool,
    /// The date field that fills a series.
    pub date: Option<String>,
    pub required: Option<RawWhen>,
    pub visible: Option<String>,
    pub due_when: Option<String>,
    pub read_only: Option<RawWhen>,
    #[serde(default)]
    pub set_once: bool,
    #[serde(default)]
    pub mutable: bool,
    pub default: Option<toml::Value>,
    /// CEL: taken over from a linked record.
    pub fetch: Option<String>,
    pub copy: Option<bool>,
    #[serde(default)]
    pub weak: bool,
    pub computed: Option<String>,
    #[serde(default)]
    pub stored: bool,
    pub recompute: Option<Recompute>,
    pub rollup: Option<RawRollup>,
    pub unique: Option<RawUnique>,
    pub min: Option<toml::Value>,
    pub max: Option<toml::Value>,
    pub pattern: Option<String>,
    pub currency: Option<String>,
    #[serde(default)]
    pub list: bool,
    pub filter: Option<bool>,
    #[serde(default)]
    pub search: bool,
    #[serde(default)]
    pub translatable: bool,
    /// CEL: while it holds, the value is no longer kept.
    pub expired: Option<String>,
    pub unit: Option<String>,
    #[serde(default)]
    pub level: u8,
    pub personal: Option<Personal>,
    pub agent_visible: Option<bool>,
    pub agent_writable: Option<bool>,
    #[serde(default)]
    pub untrusted: bool,
    pub help: Option<String>,
}

/// The values of a choice, or the child object of a table.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum RawOf {
    Object(String),
    Choices(Vec<RawChoice>),
}

#[derive(Deserialize)]
pub(super) struct RawStates {
    /// An object's own states have one; states that an extension adds have none.
    pub initial: Option<String>,
    pub field: Option<String>,
    #[serde(flatten)]
    pub list: IndexMap<String, RawState>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawState {
    pub label: Option<String>,
    #[serde(default)]
    pub to: Vec<String>,
    #[serde(default, rename = "final")]
    pub is_final: bool,
    pub by: Option<String>,
    #[serde(default)]
    pub requires: Vec<String>,
    pub when: Option<String>,
    #[serde(default)]
    pub roles: Vec<String>,
    pub like: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawUniqueKey {
    pub fields: Vec<String>,
    pub when: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIndex {
    pub fields: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub check: String,
    pub message: String,
    pub field: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDuplicate {
    pub fields: Vec<String>,
    pub fuzzy: Option<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAccess {
    pub rows: Option<String>,
    pub verbs: Vec<String>,
    #[serde(default)]
    pub levels: Vec<u8>,
    #[serde(default)]
    pub further: Vec<RawFurther>,
}

/// Verbs that a role has on other rows than those of its entry.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFurther {
    pub rows: Option<String>,
    pub verbs: Vec<String>,
}

/// An action that waits until somebody approves it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawApproval {
    /// CEL over the record; always when left out.
    pub when: Option<String>,
    /// Roles that approve.
    pub by: Vec<String>,
    /// Whoever asks may approve it themselves, if they have such a role.
    #[serde(default)]
    pub own: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawView {
    pub kind: String,
    pub label: Option<String>,
    #[serde(default)]
    pub columns: Vec<String>,
    pub by: Option<String>,
    #[serde(default)]
    pub card: Vec<String>,
    pub sum: Option<String>,
    #[serde(default)]
    pub sections: Vec<Section>,
    pub start: Option<String>,
    pub end: Option<String>,
    pub image: Option<String>,
    #[serde(default)]
    pub rows: Vec<String>,
    #[serde(default)]
    pub measures: Vec<String>,
    pub chart: Option<ChartKind>,
    pub filter: Option<String>,
    pub sort: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawObject {
    /// Every object has one; an extension has none.
    pub label: Option<String>,
    pub plural: Option<String>,
    pub segment: Option<String>,
    pub icon: Option<String>,
    pub about: Option<String>,
    pub title: Option<String>,
    #[serde(default)]
    pub per_company: bool,
    pub child_of: Option<String>,
    pub hangs_on: Option<String>,
    #[serde(default)]
    pub archivable: bool,
    pub tree: Option<String>,
    pub ledger: Option<RawWhen>,
    pub sort: Option<String>,
    pub expired: Option<Spanned<String>>,
    #[serde(default)]
    pub quick_entry: Vec<String>,
    #[serde(default)]
    pub fields: IndexMap<String, Spanned<RawField>>,
    pub states: Option<Spanned<RawStates>>,
    #[serde(default)]
    pub unique: IndexMap<String, Spanned<RawUniqueKey>>,
    #[serde(default)]
    pub indexes: IndexMap<String, Spanned<RawIndex>>,
    #[serde(default)]
    pub rules: IndexMap<String, Spanned<RawRule>>,
    #[serde(default)]
    pub duplicates: IndexMap<String, Spanned<RawDuplicate>>,
    #[serde(default)]
    pub access: IndexMap<String, Spanned<RawAccess>>,
    #[serde(default)]
    pub approval: IndexMap<String, Spanned<RawApproval>>,
    #[serde(default)]
    pub views: IndexMap<String, Spanned<RawView>>,
    /// Values that an extension adds to the choices of a field.
    #[serde(default)]
    pub choices: IndexMap<String, Spanned<Vec<RawChoice>>>,
    /// Series that an extension gives to sequence fields.
    #[serde(default)]
    pub naming: IndexMap<String, Spanned<String>>,
}
