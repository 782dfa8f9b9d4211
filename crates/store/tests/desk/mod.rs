//! A note of the app `desk`, as the tests that declare one store it.

use std::sync::Arc;

use nexus_model::{Record, Timestamp, Uuid};
use nexus_store::{NewEvent, Tx, Verb};

/// A new note of this name with its times, and the event of its making.
pub(crate) fn new_note(tx: &Tx, name: &str) -> (Record, NewEvent) {
    let mut note = Record::new(Arc::clone(tx.schema().get("desk.note").expect("notes")));
    let (id, now) = (Uuid::now_v7(), Timestamp::now());
    note.set("id", id);
    note.set("version", 1);
    note.set("created_at", now);
    note.set("updated_at", now);
    note.set("name", name);
    let event = NewEvent {
        at: now,
        run: id,
        step: 0,
        action: "desk.create_note".to_owned(),
        verb: Verb::Create,
        object: "desk.note".to_owned(),
        record: id,
        version: 1,
        principal: Uuid::nil(),
        changes: Vec::new(),
    };
    (note, event)
}
