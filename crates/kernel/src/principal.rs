//! Who asks.

use std::collections::HashMap;
use std::sync::Arc;

use nexus_model::{ObjectName, Timestamp, Uuid};

use crate::core::ShareRight;
use crate::policy::{HANG_ON, READ, UPDATE};

/// How a principal came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrincipalKind {
    Person,
    /// A program with a key; it acts for the key's owner.
    ApiKey,
    /// A model that acts for a person, within what agents may see and write.
    Agent,
    /// Nexus itself: set-up, schedules. Explicit, and on the log under the nil id.
    System,
}

/// A principal with its rights worked out.
#[derive(Clone, Debug)]
pub struct Principal {
    pub kind: PrincipalKind,
    /// The user; nil for the system.
    pub user: Uuid,
    pub name: String,
    pub email: String,
    /// Roles, those that they include as well.
    pub roles: Vec<String>,
    pub administrator: bool,
    pub teams: Vec<Uuid>,
    /// The companies it is limited to; every company when empty.
    pub companies: Vec<Uuid>,
    /// The company it works in.
    pub company: Option<Uuid>,
    /// The objects of which a role lets it make records.
    pub creates: Arc<[String]>,
    /// Records that are shared with it, expired or not, by object.
    pub shared: Arc<HashMap<ObjectName, Vec<Shared>>>,
    /// The epoch of the store that these rights are of; a later one has them worked out anew.
    pub as_of: i64,
}

/// One record that is shared with a principal.
#[derive(Clone, Copy, Debug)]
pub struct Shared {
    /// The `core.share` that says so.
    pub share: Uuid,
    pub record: Uuid,
    pub right: ShareRight,
    /// When it ends; never when there is no time.
    pub expires_at: Option<Timestamp>,
}

impl Shared {
    /// Whether the right is for no less than a verb.
    pub(crate) fn gives(&self, verb: &str) -> bool {
        match verb {
            READ => true,
            HANG_ON => self.right != ShareRight::Read,
            UPDATE => self.right == ShareRight::Write,
            _ => false,
        }
    }
}

/// The role that may do everything.
pub const ADMINISTRATOR: &str = "administrator";
/// The role that every signed-in person has.
pub const EVERYONE: &str = "everyone";

impl Principal {
    /// Nexus itself.
    pub fn system() -> Principal {
        Principal {
            kind: PrincipalKind::System,
            user: Uuid::nil(),
            name: "Nexus".to_owned(),
            email: String::new(),
            roles: vec![ADMINISTRATOR.to_owned()],
            administrator: true,
            teams: Vec::new(),
            companies: Vec::new(),
            company: None,
            creates: Arc::default(),
            shared: Arc::default(),
            as_of: i64::MAX,
        }
    }

    pub fn is_agent(&self) -> bool {
        self.kind == PrincipalKind::Agent
    }
}
