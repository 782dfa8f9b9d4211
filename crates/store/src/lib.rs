//! Floor 2: records in a database. Migrations, compiled queries, transactions, the event log.
//!
//! A [`Database`] is one tenant. Work reaches it as a job that gets a [`Tx`]: [`Database::write`] runs jobs
//! one after the other, each in its own savepoint, and makes a group of them durable with one commit;
//! [`Database::read`] runs them side by side on snapshots. What a `Tx` offers is the same on every
//! database; what differs stays behind `sqlite` and `postgres`.

mod aggregate;
mod archive;
mod backup;
mod cells;
mod chain;
mod claim;
mod compact;
pub mod condition;
mod content;
mod control;
mod database;
mod error;
mod events;
mod guard;
mod home;
mod journal;
mod link;
mod live;
mod migrate;
mod past;
mod positions;
mod postgres;
mod query;
mod records;
mod relocate;
mod rewind;
mod roster;
mod series;
mod sqlite;
mod standing;
mod statements;
mod tables;
mod trace;
mod transfer;
mod turns;
mod tx;
mod usage;
mod verify;

pub use aggregate::{Aggregate, Bucket, Group, MeasureOf};
pub use archive::{Archived, ArchivedColumn, ArchivedTable, read_lines, write_lines};
pub use backup::copy;
pub use claim::Claim;
pub use condition::{Conditions, Dialect};
pub use content::{Content, content_of};
pub use control::{Control, Session, TenantEntry};
pub use database::{Database, Job, Limits, Verdict};
pub use error::StoreError;
pub use events::{Change, Event, EventFilter, LogEnd, NewEvent, Verb};
pub use home::{Home, Storage};
pub use journal::{Run, StepRow};
pub use link::waiting;
pub use live::records_at;
pub use migrate::{Forecast, Lack, Migration, Step, StepKind, foresee, reduce};
pub use past::Left;
pub use positions::Position;
pub use postgres::{Facts, Server};
pub use query::{Cursor, Filter, Query, Rows};
pub use relocate::{relocate, settle};
pub use sqlite::sqlite_version;
pub use standing::Forward;
pub use transfer::transfer;
pub use tx::Tx;
pub use verify::Finding;
