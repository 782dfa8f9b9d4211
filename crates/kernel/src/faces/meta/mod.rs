//! What a principal may see and do; the user interface is drawn from it. These are the shapes of `GET /meta`,
//! for the reply, the OpenAPI document and the TypeScript client alike.

mod tell;

use nexus_model::field::Choice;
use nexus_model::object::{ChartKind, ViewKind};
use nexus_model::{FieldType, Personal, Tile, Uuid};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::operation::Effect;
use crate::registry::Action;

/// The whole of `/meta`.
#[derive(Serialize, JsonSchema)]
pub struct Meta {
    pub user: User,
    pub tenant: TenantInfo,
    /// The legal entity that is worked in.
    pub company: Option<MetaCompany>,
    /// Those that may be worked in; the header `Nexus-Company` chooses one.
    pub companies: Vec<MetaCompany>,
    pub apps: Vec<MetaApp>,
}

/// Who is signed in.
#[derive(Serialize, JsonSchema)]
pub struct User {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub roles: Vec<String>,
}

/// A customer of this installation.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Tenant")]
pub struct TenantInfo {
    pub slug: String,
    pub name: String,
}

/// A legal entity.
#[derive(Serialize, JsonSchema)]
pub struct MetaCompany {
    pub id: Uuid,
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// ISO 4217.
    pub currency: String,
}

#[derive(Serialize, JsonSchema)]
pub struct MetaApp {
    pub name: String,
    pub label: String,
    pub icon: String,
    pub suite: String,
    pub about: String,
    /// In the order of the app's menu.
    pub objects: Vec<MetaObject>,
    pub reports: Vec<MetaReport>,
}

#[derive(Serialize, JsonSchema)]
pub struct MetaObject {
    pub name: String,
    /// `crm/leads`
    pub path: String,
    pub label: String,
    pub plural: String,
    pub icon: String,
    pub about: Option<String>,
    /// The field that names a record.
    pub title: String,
    /// Its records are rows of another.
    pub child: bool,
    /// The dynamic link to the record that each of its records hangs on, as a comment does.
    pub hangs_on: Option<String>,
    /// The link to the parent, where records form a tree.
    pub tree: Option<String>,
    pub ledger: bool,
    /// CEL over the record: once it holds, only fields that are `mutable` may change.
    pub frozen_when: Option<String>,
    pub sort: Option<String>,
    /// The few fields that a new record is asked for where there is little room.
    pub quick_entry: Vec<String>,
    /// What this principal may do.
    pub verbs: Vec<String>,
    pub fields: Vec<MetaField>,
    pub states: Option<MetaStates>,
    pub views: Vec<MetaView>,
    pub actions: Vec<MetaAction>,
    pub prints: Vec<MetaPrint>,
}

#[derive(Serialize, JsonSchema)]
pub struct MetaField {
    pub name: String,
    pub label: String,
    #[serde(rename = "type")]
    #[schemars(schema_with = "field_types")]
    pub kind: &'static str,
    /// What a choice may be.
    pub of: Vec<MetaChoice>,
    /// `app.object` that a link, links or table field leads to.
    pub to: Option<String>,
    /// The objects of which a dynamic link leads to one; any at all when there are none.
    pub to_any: Vec<String>,
    pub required: bool,
    pub readonly: bool,
    pub set_once: bool,
    /// May still change after the record was frozen.
    pub mutable: bool,
    pub computed: bool,
    /// Kept by the engine: id, version, times.
    pub system: bool,
    pub in_list: bool,
    pub in_filter: bool,
    pub search: bool,
    /// Its text may be said in other languages, by the action `translate`.
    pub translatable: bool,
    pub sortable: bool,
    #[schemars(schema_with = "json_value")]
    pub default: Json,
    /// CEL over the record: taken over from there as long as nobody gives another.
    pub fetch: Option<String>,
    /// A copy of a record has it too.
    pub copied: bool,
    pub min: Option<String>,
    pub max: Option<String>,
    pub pattern: Option<String>,
    pub unit: Option<String>,
    pub help: Option<String>,
    /// The class of personal data.
    #[schemars(with = "Option<String>")]
    pub personal: Option<Personal>,
    /// CEL over the record, as are the next two.
    pub visible_when: Option<String>,
    pub required_when: Option<String>,
    pub readonly_when: Option<String>,
    /// CEL over the record: while it holds, a date that has passed is overdue.
    pub due_when: Option<String>,
}

#[derive(Serialize, JsonSchema)]
pub struct MetaChoice {
    pub value: String,
    pub label: String,
}

#[derive(Serialize, JsonSchema)]
pub struct MetaStates {
    /// The field that holds the state.
    pub field: String,
    pub initial: String,
    pub list: Vec<MetaState>,
}

#[derive(Serialize, JsonSchema)]
pub struct MetaState {
    pub value: String,
    pub label: String,
    pub to: Vec<String>,
    #[serde(rename = "final")]
    pub is_final: bool,
    /// The action that alone leads here.
    pub by: Option<String>,
    /// Fields that must have a value.
    pub requires: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
pub struct MetaView {
    pub name: String,
    pub label: String,
    pub filter: Option<String>,
    pub sort: Option<String>,
    #[serde(flatten)]
    pub kind: ViewKind,
}

#[derive(Serialize, JsonSchema)]
pub struct MetaPrint {
    pub name: String,
    pub label: String,
}

/// An action as buttons, tools and documents need it.
#[derive(Serialize, JsonSchema)]
pub struct MetaAction {
    /// The path's last segment.
    pub name: String,
    /// The full name: `crm.convert_lead`.
    pub action: String,
    pub label: String,
    pub about: String,
    pub effect: Effect,
    pub on: MetaTarget,
    /// CEL over the record: the action is offered where it holds.
    pub when: Option<String>,
    /// JSON Schema 2020-12.
    #[schemars(with = "Map<String, Json>")]
    pub input: Json,
}

/// What an action works on.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MetaTarget {
    Record,
    Object,
}

#[derive(Serialize, JsonSchema)]
pub struct MetaReport {
    pub name: String,
    pub label: String,
    pub about: String,
    /// JSON Schema 2020-12.
    #[schemars(with = "Map<String, Json>")]
    pub params: Json,
    pub columns: Vec<MetaColumn>,
    pub chart: Option<MetaChart>,
    /// Of a dashboard its tiles; then it has no columns.
    pub tiles: Vec<Tile>,
}

#[derive(Serialize, JsonSchema)]
pub struct MetaColumn {
    pub key: String,
    pub label: String,
    #[serde(rename = "type")]
    #[schemars(schema_with = "field_types")]
    pub kind: &'static str,
    /// `app.object` that links lead to.
    pub to: Option<String>,
    /// What a choice may be.
    pub of: Vec<MetaChoice>,
}

#[derive(Serialize, JsonSchema)]
pub struct MetaChart {
    pub kind: ChartKind,
    pub x: String,
    pub y: String,
    /// The column by which rows of one x are told apart.
    pub series: Option<String>,
}

fn field_types(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "enum": FieldType::NAMES.as_slice()})
}

fn json_value(_: &mut SchemaGenerator) -> Schema {
    json_schema!({})
}

/// The schemas of these shapes by name.
pub fn schemas() -> Map<String, Json> {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    generator.subschema_for::<Meta>();
    generator.take_definitions(true)
}

impl From<&Choice> for MetaChoice {
    fn from(choice: &Choice) -> MetaChoice {
        MetaChoice { value: choice.value.clone(), label: choice.label.clone() }
    }
}

impl From<&Action> for MetaAction {
    fn from(action: &Action) -> MetaAction {
        MetaAction {
            name: action.segment.clone(),
            action: action.name.clone(),
            label: action.label.clone(),
            about: action.about.clone(),
            effect: action.effect,
            on: if action.on_record { MetaTarget::Record } else { MetaTarget::Object },
            when: action.when.as_ref().map(|when| when.source().to_owned()),
            input: action.input.clone(),
        }
    }
}
