//! The one log: what happened to which record, chained by hashes so that a gap or an edit shows.

use nexus_model::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::cells::{Stored, bytes, int, null, text, uuid};
use crate::journal::LogTable;
use crate::{StoreError, Tx};

/// What was done to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    Create,
    Update,
    Delete,
    Restore,
}

impl Verb {
    pub fn as_str(self) -> &'static str {
        match self {
            Verb::Create => "create",
            Verb::Update => "update",
            Verb::Delete => "delete",
            Verb::Restore => "restore",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Verb> {
        [Verb::Create, Verb::Update, Verb::Delete, Verb::Restore].into_iter().find(|verb| verb.as_str() == text)
    }
}

/// One field's change; of child rows, `lines/<row id>` or `lines/<row id>/<field>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub field: String,
    pub from: Json,
    pub to: Json,
}

/// An event before it has its place in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEvent {
    pub at: Timestamp,
    pub run: Uuid,
    /// The step of the run, from 0.
    pub step: i64,
    pub action: String,
    pub verb: Verb,
    pub object: String,
    pub record: Uuid,
    /// The record's version after the event.
    pub version: i64,
    /// Who acted; nil for the system itself.
    pub principal: Uuid,
    pub changes: Vec<Change>,
}

/// An event of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Grows by one with each event of the tenant.
    pub seq: i64,
    pub event: NewEvent,
    pub hash: [u8; 32],
}

/// Sequence number and hash of the newest event; zeros before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogEnd {
    pub seq: i64,
    pub hash: [u8; 32],
}

/// Which events, newest or oldest first.
#[derive(Clone, Copy, Debug)]
pub enum EventFilter {
    /// Of one record, newest first, before `seq`.
    Record { record: Uuid, before: i64 },
    /// Of one run, newest first, before `seq`.
    Run { run: Uuid, before: i64 },
    /// All, oldest first, after `seq`.
    After(i64),
    /// All, newest first, before `seq`.
    Before(i64),
}

pub(crate) const COLUMNS: &str = "seq, at, run, step, action, verb, object, record, version, principal, changes, hash";

impl NewEvent {
    /// The hash that chains this event to the one before it.
    pub(crate) fn hash(&self, before: &[u8; 32], seq: i64, changes: &str) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(before);
        for number in [seq, self.at.as_microsecond(), self.step, self.version] {
            hasher.update(&number.to_le_bytes());
        }
        for id in [&self.run, &self.record, &self.principal] {
            hasher.update(id.as_bytes());
        }
        for part in [self.action.as_str(), self.verb.as_str(), &self.object, changes] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        *hasher.finalize().as_bytes()
    }
}

impl Tx {
    /// Appends an event; it is in the log when, and only when, the transaction is.
    pub async fn append(&mut self, event: &NewEvent) -> Result<i64, StoreError> {
        let LogEnd { seq: last, hash: before } = self.log_end()?;
        let seq = last + 1;
        let changes = serde_json::to_string(&event.changes).unwrap_or_default();
        let hash = event.hash(&before, seq, &changes);
        self.log(
            LogTable::Event,
            vec![
                int(seq),
                int(event.at.as_microsecond()),
                uuid(event.run),
                int(event.step),
                text(event.action.as_str()),
                text(event.verb.as_str()),
                text(event.object.as_str()),
                uuid(event.record),
                int(event.version),
                uuid(event.principal),
                text(changes),
                bytes(&hash),
            ],
        );
        let ends = &mut *self.ends();
        (ends.log, ends.appended) = (Some(LogEnd { seq, hash }), true);
        Ok(seq)
    }

    /// The end of the log, as this transaction sees it.
    pub fn log_end(&self) -> Result<LogEnd, StoreError> {
        if let Some(known) = self.ends().log {
            return Ok(known);
        }
        // It has written no event yet.
        let newest = self.look("SELECT seq, hash FROM _event ORDER BY seq DESC LIMIT 1", &[], |cells| {
            Ok(match cells.as_slice() {
                [Stored::Int(seq), Stored::Bytes(hash)] => {
                    LogEnd { seq: *seq, hash: hash.as_slice().try_into().unwrap_or_default() }
                }
                _ => LogEnd::default(),
            })
        })?;
        let end = newest.first().copied().unwrap_or_default();
        self.ends().log = Some(end);
        Ok(end)
    }

    /// Events of the log, at most `limit`.
    pub async fn events(&mut self, filter: EventFilter, limit: usize) -> Result<Vec<Event>, StoreError> {
        let limit = int(i64::try_from(limit).unwrap_or(i64::MAX));
        let (condition, cells) = match filter {
            EventFilter::Record { record, before } => {
                ("record = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3", vec![uuid(record), int(before), limit])
            }
            EventFilter::Run { run, before } => {
                ("run = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3", vec![uuid(run), int(before), limit])
            }
            EventFilter::After(seq) => ("seq > $1 ORDER BY seq LIMIT $2", vec![int(seq), limit]),
            EventFilter::Before(seq) => ("seq < $1 ORDER BY seq DESC LIMIT $2", vec![int(seq), limit]),
        };
        self.query_log(&format!("SELECT {COLUMNS} FROM _event WHERE {condition}"), &cells, read_event)
    }

    /// Compares every event's hash with its content and the one before, from where contents are kept; the first that
    /// differs.
    pub async fn broken_event(&mut self) -> Result<Option<i64>, StoreError> {
        let begin = self.compacted().await?;
        let mut end = LogEnd::default();
        if begin > 0 {
            let first = self.events(EventFilter::After(begin - 1), 1).await?.pop();
            let Some(first) = first.filter(|first| first.seq == begin) else { return Ok(Some(begin)) };
            end = first.end();
        }
        loop {
            let page = self.events(EventFilter::After(end.seq), 2_000).await?;
            if page.is_empty() {
                return Ok(None);
            }
            for event in page {
                if !event.follows(&end) {
                    return Ok(Some(event.seq));
                }
                end = event.end();
            }
        }
    }
}

pub(crate) fn read_event(cells: Vec<Stored>) -> Result<Event, StoreError> {
    let bad = |column: &str| StoreError::Corrupt {
        table: "_event".to_owned(),
        column: column.to_owned(),
        found: "another type".to_owned(),
    };
    let mut cells = cells.into_iter();
    let mut next = || cells.next().unwrap_or(Stored::Null);
    let seq = next().int().ok_or_else(|| bad("seq"))?;
    let at = next().int().and_then(|at| Timestamp::from_microsecond(at).ok()).ok_or_else(|| bad("at"))?;
    let event = NewEvent {
        at,
        run: next().uuid().ok_or_else(|| bad("run"))?,
        step: next().int().ok_or_else(|| bad("step"))?,
        action: next().text().ok_or_else(|| bad("action"))?,
        verb: next().text().and_then(|verb| Verb::parse(&verb)).ok_or_else(|| bad("verb"))?,
        object: next().text().ok_or_else(|| bad("object"))?,
        record: next().uuid().ok_or_else(|| bad("record"))?,
        version: next().int().ok_or_else(|| bad("version"))?,
        principal: next().uuid().ok_or_else(|| bad("principal"))?,
        changes: next().text().and_then(|json| serde_json::from_str(&json).ok()).ok_or_else(|| bad("changes"))?,
    };
    let hash = match next() {
        Stored::Bytes(hash) => hash.as_slice().try_into().map_err(|_| bad("hash"))?,
        _ => return Err(bad("hash")),
    };
    Ok(Event { seq, event, hash })
}

impl Stored {
    pub(crate) fn int(self) -> Option<i64> {
        if let Stored::Int(number) = self { Some(number) } else { None }
    }

    pub(crate) fn text(self) -> Option<String> {
        if let Stored::Text(text) = self { Some(text) } else { None }
    }

    pub(crate) fn uuid(self) -> Option<Uuid> {
        if let Stored::Bytes(bytes) = self { Uuid::from_slice(&bytes).ok() } else { None }
    }
}

/// `Some` as text, `None` as null.
pub(crate) fn optional_text(value: Option<&str>) -> sea_query::Value {
    value.map_or_else(null, text)
}
