//! An object: what a kind of record is, as its manifest declares it.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::expr::Expr;
use crate::field::{Field, FieldType, When};
pub use crate::view::{ChartKind, Section, View, ViewKind};

/// `app.object`, the full name of an object.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectName(Arc<str>);

impl ObjectName {
    pub fn new(app: &str, object: &str) -> ObjectName {
        ObjectName(format!("{app}.{object}").into())
    }

    /// `lead` inside `app`, or `app.object` as it is.
    pub fn resolve(app: &str, name: &str) -> ObjectName {
        if name.contains('.') { ObjectName(name.into()) } else { ObjectName::new(app, name) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn app(&self) -> &str {
        self.0.split_once('.').map_or("", |(app, _)| app)
    }

    pub fn object(&self) -> &str {
        self.0.split_once('.').map_or(&self.0, |(_, object)| object)
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::borrow::Borrow<str> for ObjectName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// The field of an archivable object that tells whether a record is archived; the last of its app's.
pub const ARCHIVED: &str = "archived";

/// A kind of record.
#[derive(Clone, Debug)]
pub struct Object {
    pub name: ObjectName,
    pub label: String,
    pub plural: String,
    pub icon: String,
    pub about: Option<String>,
    /// The field by which people call a record.
    pub title: String,
    /// Last segment of its REST path, `journal-entries`.
    pub segment: String,
    /// Every record belongs to one company (legal entity) of the tenant, in the system field `company`.
    pub per_company: bool,
    /// Rows of another object's table field; governed by that object.
    pub child_of: Option<ObjectName>,
    /// The dynamic link to the record that each of its records hangs on, as a comment does: whoever may not read that one
    /// does not reach what hangs on it, and what hangs on a record neither keeps it nor outlives it.
    pub hangs_on: Option<String>,
    /// Records that are no longer used can be archived: the field [`ARCHIVED`] says so, and lists leave them out unless
    /// their filter asks for it.
    pub archivable: bool,
    /// The link to its own kind that makes a tree; cycles are refused.
    pub tree: Option<String>,
    /// While true, nothing but `mutable` fields changes and the record cannot be deleted.
    pub ledger: When,
    pub fields: Vec<Field>,
    positions: foldhash::HashMap<String, usize>,
    pub states: Option<States>,
    pub unique: Vec<Unique>,
    pub indexes: Vec<Vec<String>>,
    pub rules: Vec<Rule>,
    /// What makes two records look like one.
    pub duplicates: Vec<Duplicate>,
    /// While it holds, a record is no longer kept: the nightly round removes it for good.
    pub expired: Option<Expr>,
    pub access: IndexMap<String, Access>,
    /// By the name of the action, as roles are granted it.
    pub approvals: IndexMap<String, Approval>,
    pub views: Vec<View>,
    /// Order of lists when none is asked for, such as `-date`.
    pub sort: Option<String>,
    /// The few fields that a new record is asked for where there is little room.
    pub quick_entry: Vec<String>,
    /// The manifest it came from, for errors.
    pub file: String,
    /// It has values that are fetched from linked records, or its child rows have.
    pub fetches: bool,
    /// A tenant has added fields, states or choices to it or to its child rows: a typed record does not tell all.
    pub extended: bool,
}

/// The states a record goes through.
#[derive(Clone, Debug)]
pub struct States {
    /// The field that holds the state, `state` unless the manifest names another.
    pub field: String,
    pub initial: String,
    pub list: Vec<State>,
}

/// One state and the ways out of it.
#[derive(Clone, Debug)]
pub struct State {
    pub value: String,
    pub label: String,
    pub to: Vec<String>,
    pub is_final: bool,
    /// Only this action leads here.
    pub by: Option<String>,
    /// Fields that must have a value in this state.
    pub requires: Vec<String>,
    /// What must hold for a record to enter.
    pub when: Option<Expr>,
    /// Roles that may bring a record here; all who may update when empty.
    pub roles: Vec<String>,
    /// Of a state that a tenant has added: the app's own state for which code takes it.
    pub like: Option<String>,
}

impl States {
    pub fn get(&self, value: &str) -> Option<&State> {
        self.list.iter().find(|state| state.value == value)
    }
}

/// No two live records for which `when` holds share these fields' values.
#[derive(Clone, Debug)]
pub struct Unique {
    pub name: String,
    pub fields: Vec<String>,
    pub when: Option<Expr>,
}

/// What must hold for every record.
#[derive(Clone, Debug)]
pub struct Rule {
    pub name: String,
    pub check: Expr,
    pub message: String,
    /// The field the complaint stands beside.
    pub field: Option<String>,
}

/// Records that agree in all these fields may be one: letter case, accents aside, and what is no letter or digit.
#[derive(Clone, Debug)]
pub struct Duplicate {
    pub name: String,
    pub fields: Vec<String>,
    /// How many of a hundred letters agree at least, from 50: with 90 one letter in ten may differ. All do when there is
    /// none.
    pub fuzzy: Option<u8>,
}

/// When an action waits until somebody approves it, and who does.
#[derive(Clone, Debug)]
pub struct Approval {
    /// What holds for the record; always when there is no condition.
    pub when: Option<Expr>,
    /// The roles that approve.
    pub by: Vec<String>,
    /// Whoever asks may approve it themselves, if they have such a role.
    pub own: bool,
}

/// What a role may do with an object.
#[derive(Clone, Debug)]
pub struct Access {
    /// Which records; all when there is no condition.
    pub rows: Option<Expr>,
    /// `read`, `create`, `update`, `delete`, `export` and names of actions.
    pub verbs: Vec<String>,
    /// Field levels that may be read and written; level 0 is always included.
    pub levels: Vec<u8>,
    /// Further verbs of the role, each entry with rows of its own.
    pub further: Vec<Access>,
}

impl Access {
    /// The entry itself and its further ones.
    pub fn grants(&self) -> impl Iterator<Item = &Access> {
        std::iter::once(self).chain(&self.further)
    }
}

/// Names of the fields that every object has.
pub mod system {
    pub const ID: &str = "id";
    pub const VERSION: &str = "version";
    pub const CREATED_AT: &str = "created_at";
    pub const UPDATED_AT: &str = "updated_at";
    pub const CREATED_BY: &str = "created_by";
    pub const DELETED_AT: &str = "deleted_at";
    /// The legal entity, on objects that are `per_company`.
    pub const COMPANY: &str = "company";
    /// The owning record, on child objects.
    pub const PARENT: &str = "parent";
    /// The place among its siblings, from 0, on child objects.
    pub const POSITION: &str = "position";
    /// The object of users, to which `created_by` leads.
    pub const USER_OBJECT: &str = "core.user";
    /// The object of legal entities.
    pub const COMPANY_OBJECT: &str = "core.company";
}

impl Object {
    /// The system fields that an object of this shape starts with.
    pub fn system_fields(per_company: bool, child_of: Option<&ObjectName>) -> Vec<Field> {
        let plain = |name: &str, kind: FieldType, label: &str| Field {
            system: true,
            read_only: When::Always,
            label: label.to_owned(),
            ..Field::new(name, kind)
        };
        let mut fields = vec![plain(system::ID, FieldType::Id, "ID")];
        if let Some(parent) = child_of {
            fields.push(plain(system::PARENT, FieldType::Link(parent.clone()), "Parent"));
            fields.push(plain(system::POSITION, FieldType::Integer, "Position"));
            return fields;
        }
        fields.push(plain(system::VERSION, FieldType::Integer, "Version"));
        fields.push(plain(system::CREATED_AT, FieldType::DateTime, "Created"));
        fields.push(plain(system::UPDATED_AT, FieldType::DateTime, "Changed"));
        let user = ObjectName(system::USER_OBJECT.into());
        fields.push(plain(system::CREATED_BY, FieldType::Link(user), "Created by"));
        fields.push(plain(system::DELETED_AT, FieldType::DateTime, "Deleted"));
        if per_company {
            let company = ObjectName(system::COMPANY_OBJECT.into());
            fields.push(Field {
                read_only: When::Never,
                set_once: true,
                ..plain(system::COMPANY, FieldType::Link(company), "Company")
            });
        }
        fields
    }

    /// Makes the index by name; called once, when the fields are complete.
    pub(crate) fn index_fields(&mut self) {
        self.positions =
            self.fields.iter().enumerate().map(|(position, field)| (field.name.clone(), position)).collect();
    }

    /// An object with these fields and nothing else declared.
    pub fn with_fields(name: ObjectName, fields: Vec<Field>) -> Object {
        let word = name.object().to_owned();
        let plural = crate::names::plural(&word);
        let mut object = Object {
            label: crate::names::label(&word),
            plural: crate::names::label(&plural),
            segment: crate::names::segment(&plural),
            icon: "file".to_owned(),
            about: None,
            title: system::ID.to_owned(),
            per_company: false,
            child_of: None,
            hangs_on: None,
            archivable: false,
            tree: None,
            ledger: When::Never,
            fields,
            positions: foldhash::HashMap::default(),
            states: None,
            unique: Vec::new(),
            indexes: Vec::new(),
            rules: Vec::new(),
            duplicates: Vec::new(),
            expired: None,
            access: IndexMap::new(),
            approvals: IndexMap::new(),
            views: Vec::new(),
            sort: None,
            quick_entry: Vec::new(),
            file: String::new(),
            fetches: false,
            extended: false,
            name,
        };
        object.index_fields();
        object
    }

    pub fn position(&self, field: &str) -> Option<usize> {
        self.positions.get(field).copied()
    }

    pub fn field(&self, name: &str) -> Option<&Field> {
        self.position(name).map(|position| &self.fields[position])
    }

    /// The table of its records, the same on every database.
    pub fn table(&self) -> String {
        self.name.as_str().replace('.', "__")
    }

    /// The table of the values of a choices, tags or links field.
    pub fn list_table(&self, field: &str) -> String {
        format!("{}__{field}", self.table())
    }

    /// Fields that hold child rows.
    pub fn table_fields(&self) -> impl Iterator<Item = (&Field, &ObjectName)> {
        self.fields.iter().filter_map(|field| match &field.kind {
            FieldType::Table(child) => Some((field, child)),
            _ => None,
        })
    }

    /// The REST path below `/api/v1/`.
    pub fn path(&self) -> String {
        format!("{}/{}", crate::names::segment(self.name.app()), self.segment)
    }

    /// The state field, when the object has states.
    pub fn state_field(&self) -> Option<&str> {
        self.states.as_ref().map(|states| states.field.as_str())
    }
}
