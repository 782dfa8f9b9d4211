//! Floor 3: apps, actions, policy, events. What may happen to records, and who may make it happen.
//!
//! Every face enters at [`Kernel::dispatch`] to change something and at the functions of [`faces`] to read;
//! both work through a [`Ctx`], which carries who asks, and no read or write goes around it.

extern crate self as nexus_kernel;

mod amount;
pub mod app;
mod bulk;
mod carry;
pub mod core;
pub mod ctx;
mod demo;
pub mod entity;
pub mod faces;
mod files;
mod find;
mod import;
mod jobs;
mod kernel;
mod open;
pub mod operation;
mod own;
mod past;
mod places;
mod plan;
mod policy;
mod portions;
pub mod prelude;
mod principal;
mod quota;
mod registry;
mod rewind;
pub mod search;
mod serve;
mod standing;
mod tenant;
mod terms;
mod undo;
mod write;

pub use amount::Amount;
pub use app::{App, Printer, Report};
pub use bulk::{BulkReport, BulkRequest, Refused};
pub use carry::{Arrivals, Broker, Message};
pub use ctx::{ChangeSet, CompanyInfo, Ctx};
pub use entity::{Entity, Id};
pub use files::{Ages, FileOptions, FilesSwept, NewUpload, OpenFile, Reader, Uploading};
pub use find::{Find, find};
pub use futures::future::BoxFuture;
pub use import::{ImportReport, ImportRequest, Mapping};
pub use jobs::{JobCtx, Timetable};
pub use kernel::{
    BATCH_MAX, Call, Clock, JOBS_MAX, Kernel, Options, Reply, Request, TENANTS_MAX, TENANTS_PER_DATABASE,
};
pub use nexus_files as contents;
pub use nexus_macros::{action, manifest, objects};
pub use nexus_model as model;
pub use nexus_model::problem::{Kind, Result};
pub use nexus_model::schema::AppSource;
pub use nexus_model::{FieldError, Problem, Schema};
pub use nexus_store as store;
pub use operation::{Effect, Operation, OperationSpec};
pub use plan::{Plan, Quotas};
pub use principal::{ADMINISTRATOR, EVERYONE, Principal, PrincipalKind};
pub use quota::Usage;
pub use registry::{Action, Registry};
pub use rewind::Rewound;
pub use standing::{LOOK, Standing};
pub use tenant::Tenant;
pub use write::purge::Purged;
pub use {schemars, serde, serde_json};
