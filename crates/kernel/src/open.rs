//! The tenants that a process has open: a bounded number, of which the least recently used go first.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::Tenant;

/// Open tenants by their short names. One that somebody uses stays, whatever the bound: who works on a tenant or
/// follows its log holds it, and what is beyond the bound is closed as soon as nobody does.
pub(crate) struct Open {
    max: usize,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    /// Each with the turn at which it was asked for last.
    tenants: HashMap<String, (Arc<Tenant>, u64)>,
    turn: u64,
}

impl Open {
    pub(crate) fn new(max: usize) -> Open {
        Open { max: max.max(1), held: Mutex::default() }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn get(&self, slug: &str) -> Option<Arc<Tenant>> {
        let held = &mut *self.held();
        held.turn += 1;
        let (tenant, asked) = held.tenants.get_mut(slug)?;
        *asked = held.turn;
        Some(Arc::clone(tenant))
    }

    pub(crate) fn insert(&self, tenant: &Arc<Tenant>) {
        let held = &mut *self.held();
        held.turn += 1;
        held.tenants.insert(tenant.slug.clone(), (Arc::clone(tenant), held.turn));
    }

    /// Lets go of a tenant, which closes when nobody uses it any more; who asks for it next opens it anew.
    pub(crate) fn remove(&self, slug: &str) -> Option<Arc<Tenant>> {
        self.held().tenants.remove(slug).map(|(tenant, _)| tenant)
    }

    pub(crate) fn all(&self) -> Vec<Arc<Tenant>> {
        self.held().tenants.values().map(|(tenant, _)| Arc::clone(tenant)).collect()
    }

    /// Takes out what must be closed so that `more` can be opened within the bound: of the tenants that nobody uses
    /// those that were asked for longest ago. They close when the caller drops them, outside of any lock of ours.
    #[must_use]
    pub(crate) fn surplus(&self, more: usize) -> Vec<Arc<Tenant>> {
        let held = &mut *self.held();
        let surplus = (held.tenants.len() + more).saturating_sub(self.max);
        if surplus == 0 {
            return Vec::new();
        }
        // Nobody gets hold of a tenant but through this map, so what is idle now stays idle.
        let idle = held.tenants.values().filter(|(tenant, _)| Arc::strong_count(tenant) == 1 && tenant.is_idle());
        let mut idle: Vec<(u64, String)> = idle.map(|(tenant, asked)| (*asked, tenant.slug.clone())).collect();
        idle.sort_unstable();
        let closing = idle.iter().take(surplus);
        closing.filter_map(|(_, slug)| held.tenants.remove(slug)).map(|(tenant, _)| tenant).collect()
    }
}
