//! What a process has to see to, each thing at its moment.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::time::Instant;

/// Things by the moment at which they are due.
pub(crate) struct Agenda<K> {
    due: Mutex<HashMap<K, Instant>>,
    /// Rings when something was added.
    pub(crate) woken: Notify,
}

impl<K> Default for Agenda<K> {
    fn default() -> Agenda<K> {
        Agenda { due: Mutex::default(), woken: Notify::new() }
    }
}

impl<K: Clone + Eq + Hash> Agenda<K> {
    fn due(&self) -> MutexGuard<'_, HashMap<K, Instant>> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a thing due at a moment, unless it is due already.
    pub(crate) fn add(&self, thing: K, at: Instant) {
        self.due().entry(thing).or_insert(at);
        self.woken.notify_one();
    }

    /// Makes a thing due at a moment, unless it is due before.
    pub(crate) fn hurry(&self, thing: K, at: Instant) {
        let mut due = self.due();
        let known = due.entry(thing).or_insert(at);
        *known = at.min(*known);
        drop(due);
        self.woken.notify_one();
    }

    /// Puts a thing off, whatever was said of it before.
    pub(crate) fn put_off(&self, thing: K, until: Instant) {
        self.due().insert(thing, until);
    }

    /// Takes what is due longest of the things that are `free`; and when there is none, the moment of the next.
    pub(crate) fn take(&self, free: impl Fn(&K) -> bool) -> (Option<K>, Option<Instant>) {
        let mut due = self.due();
        let first = due.iter().filter(|(thing, _)| free(thing)).min_by_key(|(_, at)| **at);
        let Some((thing, at)) = first.map(|(thing, at)| (thing.clone(), *at)) else { return (None, None) };
        if at > Instant::now() {
            return (None, Some(at));
        }
        due.remove(&thing);
        (Some(thing), None)
    }
}
