//! The one gate: which rows, fields and actions a principal may reach. Nothing is allowed unless granted.

use std::sync::Arc;

use nexus_model::object::Access;
use nexus_model::{Field, Object};
use nexus_store::Rows;

use crate::Tenant;
use crate::principal::Principal;
use crate::registry::{Action, Registry};

/// The verbs that every object knows; names of actions are verbs as well.
pub(crate) const READ: &str = "read";
pub(crate) const CREATE: &str = "create";
pub(crate) const UPDATE: &str = "update";
pub(crate) const DELETE: &str = "delete";
pub(crate) const EXPORT: &str = "export";

/// A principal's rights over a set of apps.
#[derive(Clone, Copy)]
pub(crate) struct Policy<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) principal: &'a Principal,
    /// The action's own authority, past the caller's; set for `elevated` actions alone.
    pub(crate) elevated: bool,
}

impl Policy<'_> {
    /// The records of an object on which the principal may do `verb`.
    pub(crate) fn rows(&self, object: &Object, verb: &str) -> Rows {
        if self.elevated {
            return Rows::All;
        }
        if let Some(parent) = &object.child_of {
            let parent = self.registry.schema.expect(parent);
            // Rows are seen through the tables that hold them.
            let mut tables = parent.table_fields().filter(|(_, child)| **child == object.name).peekable();
            if tables.peek().is_some() && !tables.any(|(table, _)| self.shows(parent, table)) {
                return Rows::None;
            }
            return match self.rows(parent, verb) {
                Rows::All => Rows::All,
                Rows::None => Rows::None,
                rows => Rows::Parent(Box::new(rows)),
            };
        }
        let granted = if self.principal.administrator { Rows::All } else { self.granted(object, verb) };
        if matches!(granted, Rows::None) || self.principal.companies.is_empty() {
            return granted;
        }
        match self.registry.company_rows.get(object.name.as_str()) {
            Some(company) => Rows::AllOf(vec![Rows::Where(Arc::clone(company)), granted]),
            None => granted,
        }
    }

    fn granted(&self, object: &Object, verb: &str) -> Rows {
        let mut any = Vec::new();
        for (_, access) in self.grants(object, verb) {
            match &access.rows {
                None => return Rows::All,
                Some(rows) => any.push(Rows::Where(Arc::new(rows.clone()))),
            }
        }
        match any.len() {
            0 => Rows::None,
            1 => any.remove(0),
            _ => Rows::AnyOf(any),
        }
    }

    /// The entries of the object's manifest that grant the principal a verb, by role.
    pub(crate) fn grants<'o>(&self, object: &'o Object, verb: &str) -> impl Iterator<Item = (&'o String, &'o Access)> {
        granting(object, verb).filter(|(role, _)| self.principal.roles.contains(role))
    }

    /// Whether there is any record on which the verb could be allowed.
    pub(crate) fn may(&self, object: &Object, verb: &str) -> bool {
        !matches!(self.rows(object, verb), Rows::None)
    }

    /// Whether the field is shown to the principal.
    pub(crate) fn shows(&self, object: &Object, field: &Field) -> bool {
        self.elevated || ((field.agent_visible || !self.principal.is_agent()) && self.level(object, field, READ))
    }

    /// Whether the principal may give the field a value.
    pub(crate) fn writes(&self, object: &Object, field: &Field) -> bool {
        self.elevated
            || (!(self.principal.is_agent() && !(field.agent_writable && field.agent_visible))
                && (self.level(object, field, UPDATE) || self.level(object, field, CREATE)))
    }

    fn level(&self, object: &Object, field: &Field, verb: &str) -> bool {
        if field.level == 0 || self.principal.administrator {
            return true;
        }
        let owner = object.child_of.as_ref().map(|parent| self.registry.schema.expect(parent).as_ref());
        let access = &owner.unwrap_or(object).access;
        access.iter().any(|(role, access)| {
            self.principal.roles.contains(role)
                && access.levels.contains(&field.level)
                && access.verbs.iter().any(|granted| granted == verb)
        })
    }

    /// Whether the action may be asked for at all; rows are checked with the record.
    pub(crate) fn may_run(&self, action: &Action) -> bool {
        if self.elevated || self.principal.administrator {
            return true;
        }
        match &action.object {
            Some(object) => self.may(object, &verb(action)),
            None => false,
        }
    }
}

impl Tenant {
    /// Whether a principal may see a field of those records that it may read.
    pub fn shows(&self, principal: &Principal, object: &Object, field: &Field) -> bool {
        Policy { registry: self.registry(), principal, elevated: false }.shows(object, field)
    }
}

/// The entries of an object's manifest that grant a verb, by role.
pub(crate) fn granting<'o>(object: &'o Object, verb: &str) -> impl Iterator<Item = (&'o String, &'o Access)> {
    object.access.iter().filter(move |(_, access)| access.verbs.iter().any(|granted| granted == verb))
}

/// The verb that grants an action.
pub(crate) fn verb(action: &Action) -> String {
    match (action.generic, action.segment.as_str()) {
        (true, "restore") => DELETE.to_owned(),
        (true, "copy") => CREATE.to_owned(),
        _ => action.segment.replace('-', "_"),
    }
}
