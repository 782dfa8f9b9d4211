//! The one gate: which rows, fields and actions a principal may reach. Nothing is allowed unless granted.

use std::sync::Arc;

use nexus_model::object::Access;
use nexus_model::{Field, Object, Timestamp};
use nexus_store::Rows;

use crate::Tenant;
use crate::principal::{Principal, PrincipalKind, Shared};
use crate::registry::{Action, Registry};

/// The verbs that every object knows; names of actions are verbs as well.
pub(crate) const READ: &str = "read";
pub(crate) const CREATE: &str = "create";
pub(crate) const UPDATE: &str = "update";
pub(crate) const DELETE: &str = "delete";
pub(crate) const EXPORT: &str = "export";
/// The right to hang something on a record: who may read it by a role has it, and who has it shared for no less. No
/// manifest can name it.
pub(crate) const HANG_ON: &str = "hang on";

/// A principal's rights over a set of apps.
#[derive(Clone, Copy)]
pub(crate) struct Policy<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) principal: &'a Principal,
    /// The action's own authority, past the caller's; set for `elevated` actions alone.
    pub(crate) elevated: bool,
    /// When it is asked, also where what is asked about is an earlier moment.
    pub(crate) now: Timestamp,
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
        if matches!(granted, Rows::None) {
            return granted;
        }
        let company = self.registry.company_rows.get(object.name.as_str());
        let limits = company.filter(|_| !self.principal.companies.is_empty()).map(|rows| Rows::Where(Arc::clone(rows)));
        let limits: Vec<Rows> = limits.into_iter().chain(self.hanging(object, verb)).collect();
        match limits.as_slice() {
            [] => granted,
            limits if limits.iter().any(|rows| matches!(rows, Rows::None)) => Rows::None,
            _ => Rows::AllOf(limits.into_iter().chain([granted]).collect()),
        }
    }

    /// Of an object that hangs on others, the records that hang on one which the principal may read, and to make one, hang
    /// something on: what is one's own stays so when a share is for less. Nexus itself reaches also what hangs on deleted
    /// ones.
    pub(crate) fn hanging(&self, object: &Object, verb: &str) -> Option<Rows> {
        let field = object.hangs_on.as_ref().filter(|_| self.principal.kind != PrincipalKind::System)?;
        let verb = if verb == CREATE { HANG_ON } else { READ };
        let targets = self.registry.targets(object).filter_map(|target| match self.rows(target, verb) {
            Rows::None => None,
            rows => Some((target.name.clone(), rows)),
        });
        let targets: Vec<_> = targets.collect();
        Some(if targets.is_empty() { Rows::None } else { Rows::LeadTo(field.clone(), targets) })
    }

    /// What of an object is shared with the principal for no less than a verb.
    pub(crate) fn shared(&self, object: &Object, verb: &str) -> impl Iterator<Item = &Shared> {
        let shared = self.principal.shared.get(&object.name).into_iter().flatten();
        shared.filter(move |shared| shared.gives(verb) && shared.expires_at.is_none_or(|at| at > self.now))
    }

    fn granted(&self, object: &Object, verb: &str) -> Rows {
        let mut any = Vec::new();
        for (_, access) in self.grants(object, verb) {
            match &access.rows {
                None => return Rows::All,
                Some(rows) => any.push(Rows::Where(Arc::new(rows.clone()))),
            }
        }
        let shared: Vec<_> = self.shared(object, verb).map(|shared| shared.record).collect();
        if !shared.is_empty() {
            any.push(Rows::Ids(shared));
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
        Policy { registry: self.registry(), principal, elevated: false, now: self.now() }.shows(object, field)
    }
}

/// The entries of an object's manifest that grant a verb, by role.
pub(crate) fn granting<'o>(object: &'o Object, verb: &str) -> impl Iterator<Item = (&'o String, &'o Access)> {
    let verb = if verb == HANG_ON { READ } else { verb };
    let entries = object.access.iter().flat_map(|(role, access)| access.grants().map(move |entry| (role, entry)));
    entries.filter(move |(_, entry)| entry.verbs.iter().any(|granted| granted == verb))
}

/// The verb that grants an action.
pub(crate) fn verb(action: &Action) -> String {
    action.granted_by.map_or_else(|| action.segment.replace('-', "_"), str::to_owned)
}
