//! A tenant's way from one database to another while its changes go on.
//!
//! Its rows are copied from a snapshot, while triggers note what changes (see [`crate::trace`]). What changed is copied
//! after them until little is left; source and copy are compared whole as of one moment; and for the last few rows the
//! source's writer is held. Then the source is marked as moved, and by that mark alone the copy is in use: whoever
//! comes upon it finds the copy and [`settle`]s it. A move that is cut off before the mark has changed nothing.

use std::sync::Arc;

use nexus_model::{Schema, Uuid};

use crate::content::{Content, Sum};
use crate::database::lock;
use crate::guard::Guard;
use crate::home::Links;
use crate::link::Link;
use crate::migrate::{self, Form};
use crate::standing::{Forward, Standing};
use crate::tables::Table;
use crate::trace::{self, Rows};
use crate::transfer::{compared, copy, patient};
use crate::{Home, StoreError};

/// Changed rows that are few enough to be copied while changes wait.
const FEW: usize = 200;

/// One way.
struct Way {
    source: Links,
    target: Links,
    tables: Vec<Table>,
    /// What the target holds.
    sum: Sum,
    /// The trace up to this entry is in the target.
    last: i64,
}

/// Moves what is at `from` to `to`, the place of this name; changes at `from` wait for the last few rows alone.
///
/// # Errors
/// [`StoreError::Moved`] when it has left `from` already. Otherwise it stays where it was; what an earlier move left at
/// `to` is replaced, anything else is not.
pub fn relocate(from: &Home, to: &Home, schema: &Arc<Schema>, place: &str) -> Result<Content, StoreError> {
    let being_moved = || StoreError::Migration("it is being moved already".to_owned());
    let _guard = Guard::take(from)?.ok_or_else(being_moved)?;
    let source = Links::open(from, 1)?;
    migrate::migrate(&source, schema)?;
    let forward = Forward { place: place.to_owned(), id: Uuid::now_v7() };
    let target = make_room(to, schema, forward.id)?;
    let mut way = Way { source, target, tables: Table::all(schema)?, sum: Sum::default(), last: 0 };
    let moved = way.go(&Form::of(schema, way.source.dialect)?.fingerprint(), &forward);
    // Where the source cannot say that it stays, the next who asks it learns what became of it.
    if moved.is_err() && way.stay().is_ok() {
        drop(way);
        let _ = to.clear();
        return moved;
    }
    let content = moved?;
    settle(to, schema, &forward)?;
    Ok(content)
}

/// An empty database at `to`, marked as one that nobody uses yet.
fn make_room(to: &Home, schema: &Schema, id: Uuid) -> Result<Links, StoreError> {
    let mut target = Links::open(to, 1)?;
    if let Err(StoreError::Moved(_) | StoreError::Arriving) = migrate::migrate(&target, schema) {
        drop(target);
        to.clear()?;
        target = Links::open(to, 1)?;
        migrate::migrate(&target, schema)?;
    }
    for table in Table::all(schema)? {
        if !target.snapshot(|link| table.is_empty(link))? {
            return Err(StoreError::Migration(format!("there are rows in {} already", table.name)));
        }
    }
    target.change(|link| Standing::Arriving(id).write(link))?;
    Ok(target)
}

/// The data have arrived: from now on they are in use at `to`. Only the mark that the move left at its source may ask
/// for it.
pub fn settle(to: &Home, schema: &Schema, forward: &Forward) -> Result<(), StoreError> {
    let target = Links::open(to, 1)?;
    let form = Form::of(schema, target.dialect)?.fingerprint();
    target.change(|link| match Standing::of(link)? {
        Some(Standing::Arriving(id)) if id == forward.id => Standing::Live(form).write(link),
        _ => Ok(()),
    })
}

impl Way {
    fn go(&mut self, form: &str, forward: &Forward) -> Result<Content, StoreError> {
        let tables = &self.tables;
        if let Some(writer) = self.source.file_writer() {
            lock(writer).insist()?;
        }
        self.source.change(|link| {
            trace::begin(link, tables)?;
            Standing::Leaving(form.to_owned()).write(link)
        })?;
        self.copy()?;
        self.catch_up()?;
        self.compare()?;
        self.catch_up()?;
        self.switch(form, forward)?;
        Ok(self.sum.content())
    }

    /// Copies all rows as of now.
    fn copy(&mut self) -> Result<(), StoreError> {
        let Way { source, target, tables, sum, last } = self;
        source.snapshot(|reader| {
            patient(reader)?;
            *last = trace::since(reader, tables, 0)?.last;
            *sum = target.change(|writer| copy(reader, writer, tables))?;
            Ok(())
        })
    }

    /// Copies what changed since, until it is little, or no longer halves because changes come too fast.
    fn catch_up(&mut self) -> Result<(), StoreError> {
        let mut before = usize::MAX;
        loop {
            let Way { source, target, tables, sum, last } = self;
            let count = source.snapshot(|reader| {
                patient(reader)?;
                target.change(|writer| follow(reader, writer, tables, sum, last))
            })?;
            if count <= FEW || count > before / 2 {
                return Ok(());
            }
            before = count;
        }
    }

    /// Compares all rows of both as of one moment.
    fn compare(&mut self) -> Result<(), StoreError> {
        let Way { source, target, tables, sum, last } = self;
        source.snapshot(|reader| {
            patient(reader)?;
            target.change(|writer| follow(reader, writer, tables, sum, last))?;
            let expected = Sum::all(reader, tables)?;
            compared(&target.snapshot(|link| Sum::all(link, tables))?, &expected)?;
            compared(sum, &expected)
        })
    }

    /// Copies the last rows while no change can be made, and marks the source.
    fn switch(&mut self, form: &str, forward: &Forward) -> Result<(), StoreError> {
        let Way { source, target, tables, sum, last } = self;
        source.change(|link| {
            if Standing::of(link)? != Some(Standing::Leaving(form.to_owned())) {
                let message = "its tables were changed while it was moved; nothing was switched over; move it again";
                return Err(StoreError::Migration(message.to_owned()));
            }
            target.change(|writer| follow(link, writer, tables, sum, last))?;
            Standing::Moved(forward.clone()).write(link)
        })
    }

    /// The source is in use as before, and says so.
    fn stay(&self) -> Result<(), StoreError> {
        self.source.change(|link| match Standing::of(link)? {
            Some(Standing::Leaving(form)) => {
                trace::end(link, &self.tables)?;
                Standing::Live(form).write(link)
            }
            Some(standing) => standing.in_use().map(drop),
            None => Ok(()),
        })
    }
}

/// Copies the rows that the trace has after `last`, each compared; how many they are.
fn follow(
    reader: &mut Link,
    writer: &mut Link,
    tables: &[Table],
    sum: &mut Sum,
    last: &mut i64,
) -> Result<usize, StoreError> {
    let changed = trace::since(reader, tables, *last)?;
    let mut after = sum.clone();
    // What was there goes first: a unique value may have gone from one row to another.
    for rows in &changed.tables {
        for keys in Table::portions(&rows.known) {
            after.take(&Sum::of(rows.table, &rows.table.rows(writer, keys)?));
            rows.table.delete(writer, keys)?;
        }
    }
    for Rows { table, keys, .. } in &changed.tables {
        for keys in Table::portions(keys) {
            let rows = table.rows(reader, keys)?;
            table.fill(writer, &rows)?;
            let expected = Sum::of(table, &rows);
            compared(&Sum::of(table, &table.rows(writer, keys)?), &expected)?;
            after.add(&expected);
        }
    }
    (*sum, *last) = (after, changed.last);
    Ok(changed.count())
}
