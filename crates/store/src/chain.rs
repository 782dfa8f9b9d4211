//! Events as lines of a file that can be checked without the database that they come from.

use nexus_model::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};

use crate::events::{Change, Event, LogEnd, NewEvent, Verb};

/// An event in a file, in this order: what an auditor reads, then what makes the chain.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    seq: i64,
    at: Timestamp,
    principal: Uuid,
    action: String,
    verb: Verb,
    object: String,
    record: Uuid,
    version: i64,
    changes: Vec<Change>,
    run: Uuid,
    step: i64,
    hash: String,
}

impl Event {
    /// One line of JSON, without its end.
    pub fn to_line(&self) -> String {
        let event = self.event.clone();
        let line = Line {
            seq: self.seq,
            at: event.at,
            principal: event.principal,
            action: event.action,
            verb: event.verb,
            object: event.object,
            record: event.record,
            version: event.version,
            changes: event.changes,
            run: event.run,
            step: event.step,
            hash: self.end().to_hex(),
        };
        serde_json::to_string(&line).unwrap_or_default()
    }

    /// The event of a line.
    ///
    /// # Errors
    /// What of the line cannot be read.
    pub fn from_line(line: &str) -> Result<Event, String> {
        let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let end = LogEnd::from_hex(line.seq, &line.hash)?;
        let event = NewEvent {
            at: line.at,
            run: line.run,
            step: line.step,
            action: line.action,
            verb: line.verb,
            object: line.object,
            record: line.record,
            version: line.version,
            principal: line.principal,
            changes: line.changes,
        };
        Ok(Event { seq: end.seq, event, hash: end.hash })
    }

    /// Whether it is the next after the end of a log, and is as it was when it was written.
    pub fn follows(&self, end: &LogEnd) -> bool {
        let changes = serde_json::to_string(&self.event.changes).unwrap_or_default();
        self.seq == end.seq + 1 && self.event.hash(&end.hash, self.seq, &changes) == self.hash
    }

    /// The end of a log of which this is the newest event.
    pub fn end(&self) -> LogEnd {
        LogEnd { seq: self.seq, hash: self.hash }
    }
}

impl LogEnd {
    /// Its hash as 64 hexadecimal digits, by which it is known outside.
    pub fn to_hex(&self) -> String {
        blake3::Hash::from_bytes(self.hash).to_hex().to_string()
    }

    /// The end of a log at an event with this hash.
    ///
    /// # Errors
    /// When the hash is not one.
    pub fn from_hex(seq: i64, hash: &str) -> Result<LogEnd, String> {
        let hash = blake3::Hash::from_hex(hash).map_err(|_| "its hash is not 64 hexadecimal digits".to_owned())?;
        Ok(LogEnd { seq, hash: *hash.as_bytes() })
    }
}
