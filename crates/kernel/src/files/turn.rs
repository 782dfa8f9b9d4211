//! Who adds to an upload: of the requests in this process one at a time, and the newest before those before it.
//!
//! A client whose line broke comes again while its earlier request still waits for bytes that never come. That one is
//! told to stop, and keeps what it has. Several processes may add to one upload at once: parts are named by where they
//! begin, so that what a client sends twice is there once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use nexus_model::{Problem, Uuid};
use tokio::sync::{Notify, OwnedMutexGuard};

use crate::kernel::Kernel;
use crate::{Kind, Result};

/// How long a request waits for the one before it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Uploads that somebody in this process is adding to.
#[derive(Default)]
pub(crate) struct Turns(Mutex<HashMap<Uuid, Held>>);

#[derive(Default)]
struct Held {
    lock: Arc<tokio::sync::Mutex<()>>,
    /// Tells whoever has the turn that another waits for it.
    stop: Arc<Notify>,
}

impl Turns {
    fn held(&self) -> MutexGuard<'_, HashMap<Uuid, Held>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to add to an upload, until dropped.
pub(super) struct Turn {
    kernel: Arc<Kernel>,
    id: Uuid,
    guard: Option<OwnedMutexGuard<()>>,
    stop: Arc<Notify>,
}

impl Turn {
    /// Ends when another request waits for the turn.
    pub(super) fn is_wanted(&self) -> impl Future<Output = ()> + Send + use<> {
        let stop = Arc::clone(&self.stop);
        async move { stop.notified().await }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.guard = None;
        let held = &mut *self.kernel.uploading.held();
        if held.get(&self.id).is_some_and(|held| Arc::strong_count(&held.lock) == 1) {
            held.remove(&self.id);
        }
    }
}

impl Kernel {
    /// The right to add to an upload.
    ///
    /// # Errors
    /// When the request before does not stop: it is making a file of what has arrived.
    pub(super) async fn turn(self: &Arc<Self>, id: Uuid) -> Result<Turn> {
        let lock = {
            let mut held = self.uploading.held();
            let held = held.entry(id).or_default();
            held.stop.notify_one();
            Arc::clone(&held.lock)
        };
        let guard = tokio::time::timeout(PATIENCE, lock.lock_owned()).await;
        let detail = format!("another request is at work on the upload {id}; try again shortly");
        let busy = |_| Problem::new(Kind::Locked, detail);
        let guard = Some(guard.map_err(busy)?);
        let stop = Arc::new(Notify::new());
        self.uploading.held().entry(id).or_default().stop = Arc::clone(&stop);
        Ok(Turn { kernel: Arc::clone(self), id, guard, stop })
    }
}
