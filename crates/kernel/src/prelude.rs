//! What an app's files use.

pub use nexus_macros::{action, manifest, objects};
pub use nexus_model::object::ChartKind;
pub use nexus_model::problem::Result;
pub use nexus_model::value::Address;
pub use nexus_model::{Currency, Date, Decimal, FieldError, Money, Problem, Record, Timestamp, Uuid, Value};
pub use schemars::JsonSchema;
pub use serde::{Deserialize, Serialize};
pub use serde_json::{Value as Json, json};

pub use crate::amount::Amount;
pub use crate::app::{App, Report};
pub use crate::core::{Company, Job, Share, Team, User};
pub use crate::ctx::{CompanyInfo, Ctx};
pub use crate::entity::{Entity, Id, Leads};
pub use crate::find::{Find, find};
pub use crate::jobs::{JobCtx, Timetable};
pub use crate::notify::{Notice, Outgoing};
pub use crate::operation::{Effect, Operation};
