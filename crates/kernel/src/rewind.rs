//! A tenant as it was at an earlier moment, from a later copy of its data and the log in it.
//!
//! The log is read backwards: each event is taken out of its record by the values that it was changed *from*. That is
//! exact, as [`crate::undo`] relies on as well, but for secrets, which the log does not keep: one that was changed
//! since stays as it is in the copy. Series go on where they are, so that a number that was given out is not given out again.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use nexus_model::{Problem, Record, Timestamp, Uuid};
use nexus_store::{Database, Event, EventFilter, Filter, Home, Left, Query, Rows, TenantEntry, Tx, Verb, Verdict};
use serde::Serialize;

use crate::kernel::Kernel;
use crate::past;
use crate::places::sound;
use crate::registry::Registry;
use crate::write::purge::PURGE;
use crate::{BoxFuture, Result};

/// Events read at a time.
const PAGE: usize = 1_000;
/// Secrets that are told one by one.
const SECRETS_MAX: usize = 100;

/// What was taken back.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Rewound {
    /// The newest event that is left; 0 when there is none.
    pub last: i64,
    /// Events that were taken back.
    pub events: u64,
    /// Secrets that were changed since the moment and stay as they are: object, record and field; at most 100.
    pub secrets: BTreeSet<String>,
}

impl Kernel {
    /// Makes a tenant from the data at `from`, as they were at a moment.
    ///
    /// # Errors
    /// A conflict when there is such a tenant, or an event cannot be taken back; then there is no such tenant.
    pub fn rewind_tenant(&self, entry: &TenantEntry, from: &Home, at: Timestamp) -> Result<Rewound> {
        let slug = &entry.slug;
        sound("as", slug)?;
        let another = || Problem::conflict(format!("another process is making a tenant {slug} just now"));
        let _only = self.control.alone(slug)?.ok_or_else(another)?;
        if self.control.tenant(slug)?.is_some() {
            return Err(Problem::conflict(format!("there is a tenant {slug} already; nothing was changed")));
        }
        let home = self.home(entry)?;
        home.clear()?;
        let (registry, _) = self.registry_at(&self.registry, from)?;
        nexus_store::transfer(from, &home, &registry.schema)?;
        let rewound = self.rewind(&home, at, registry);
        if rewound.is_err() {
            home.clear()?;
        }
        let rewound = rewound?;
        self.control.add_tenant(entry, (self.options.clock)())?;
        Ok(rewound)
    }

    fn rewind(&self, home: &Home, at: Timestamp, registry: Arc<Registry>) -> Result<Rewound> {
        let (database, _) = Database::open(home, Arc::clone(&registry.schema), self.options.limits)?;
        let work = move |mut tx: Tx| -> BoxFuture<'static, (Verdict, Result<Rewound>)> {
            Box::pin(async move {
                let rewound = rewind(&mut tx, &registry, at).await;
                (if rewound.is_ok() { Verdict::Keep } else { Verdict::Discard }, rewound)
            })
        };
        nexus_store::waiting(|| futures::executor::block_on(database.write(work)))?
    }
}

async fn rewind(tx: &mut Tx, registry: &Registry, at: Timestamp) -> Result<Rewound> {
    let last = tx.last_event_at(at).await?;
    if last < tx.compacted().await? {
        return Err(Problem::conflict(format!("the log is no longer kept whole for {at}; take a later moment")));
    }
    let mut rewound = Rewound { last, ..Rewound::default() };
    // What was removed for good is not there any more, whatever the moment.
    let mut purged: HashSet<Uuid> = HashSet::new();
    let mut before = i64::MAX;
    loop {
        let page = tx.events(EventFilter::Before(before), PAGE).await?;
        let wanted: Vec<Event> = page.into_iter().take_while(|event| event.seq > last).collect();
        let Some(oldest) = wanted.last() else { break };
        before = oldest.seq;
        for event in &wanted {
            if event.event.action == PURGE {
                purged.insert(event.event.record);
            }
            if !purged.contains(&event.event.record) {
                take_out(tx, registry, event, &mut rewound).await?;
            }
            rewound.events += 1;
        }
    }
    tx.cut_log(last, at).await?;
    Ok(rewound)
}

/// Takes one event out of its record, whose newest it is.
async fn take_out(
    tx: &mut Tx,
    registry: &Registry,
    Event { seq, event, .. }: &Event,
    rewound: &mut Rewound,
) -> Result<()> {
    let stuck = |why: &str| {
        let (object, record) = (&event.object, event.record);
        Problem::conflict(format!("the event {seq} cannot be taken back: {object} {record} {why}"))
    };
    let Some(old) = record(tx, &event.object, event.record).await? else { return Err(stuck("is not there")) };
    if old.version() != event.version {
        return Err(stuck(&format!("has version {}, not {}", old.version(), event.version)));
    }
    if event.verb == Verb::Create {
        return Ok(tx.remove(&old).await?);
    }
    let mut new = old.clone();
    for field in past::take_out(&mut new, event, &registry.schema) {
        if rewound.secrets.len() < SECRETS_MAX {
            rewound.secrets.insert(format!("{} {} {field}", event.object, event.record));
        }
    }
    let known = EventFilter::Record { record: event.record, before: *seq };
    let Some(Event { event: known, .. }) = tx.events(known, 1).await?.pop() else {
        return Err(stuck("has no event before it"));
    };
    past::leave(&mut new, &Left { record: known.record, at: known.at, version: known.version, verb: known.verb });
    Ok(tx.update(&old, &new).await?)
}

/// A record, deleted or not.
async fn record(tx: &mut Tx, object: &str, id: Uuid) -> Result<Option<Record>> {
    let schema = Arc::clone(tx.schema());
    let Some(object) = schema.get(object) else { return Ok(None) };
    for deleted in [false, true] {
        let query = Query {
            object,
            filters: vec![Filter::Ids(vec![id])],
            sort: Vec::new(),
            after: None,
            limit: 1,
            fields: Vec::new(),
            deleted,
            vars: &nexus_model::expr::Vars::default(),
            guard: &|_| Rows::All,
        };
        if let Some(found) = tx.find(&query).await?.pop() {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
