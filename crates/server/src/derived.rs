//! What is worked out from a registry, kept for as long as the registry is.
//!
//! Tenants of one plan share a registry; one with manifests of its own has its own, and another after each change.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use nexus_kernel::Registry;

/// One `T` for each registry that lives. The weak reference keeps the registry's address from being used for another.
pub(crate) struct Derived<T>(Mutex<HashMap<usize, (Weak<Registry>, T)>>);

impl<T> Default for Derived<T> {
    fn default() -> Derived<T> {
        Derived(Mutex::default())
    }
}

impl<T: Clone> Derived<T> {
    /// What was made of this registry, made now when it was not.
    ///
    /// # Errors
    /// Those of `make`.
    pub(crate) fn of<E>(&self, registry: &Arc<Registry>, make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let key = Arc::as_ptr(registry).addr();
        if let Some((_, known)) = self.known().get(&key) {
            return Ok(known.clone());
        }
        // Others are not kept waiting meanwhile; who comes at the same time makes the same.
        let made = make()?;
        let mut known = self.known();
        known.retain(|_, (registry, _)| registry.strong_count() > 0);
        known.insert(key, (Arc::downgrade(registry), made.clone()));
        Ok(made)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<usize, (Weak<Registry>, T)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
