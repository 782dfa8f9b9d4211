//! Where a database is, and how it follows its tenant to another place.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use nexus_model::Schema;

use super::{Database, Limits, STUDY_AFTER};
use crate::home::Links;
use crate::link::Lease;
use crate::migrate::{self, Migration};
use crate::statements::Statements;
use crate::{Forward, Home, StoreError, settle};

/// Moves that are followed one after the other.
const FOLLOWED_MAX: usize = 8;

/// The home of a place's name, if this process knows the place.
pub(super) type Whereabouts = Box<dyn Fn(&Forward) -> Option<Home> + Send + Sync>;

/// Where a database is, with what belongs to that place.
pub(super) struct Site {
    home: Home,
    pub(super) links: Links,
    pub(super) statements: Arc<Statements>,
}

impl Site {
    /// Opens a home, made when missing, and brings its tables to the manifests' form.
    pub(super) fn open(home: &Home, schema: &Schema, limits: Limits) -> Result<(Site, Migration), StoreError> {
        let links = Links::open(home, limits.readers_max)?;
        let report = migrate::migrate(&links, schema)?;
        Ok((Site::of(home, links), report))
    }

    fn of(home: &Home, mut links: Links) -> Site {
        links.ask_standing();
        Site { home: home.clone(), links, statements: Arc::default() }
    }
}

impl Database {
    /// Where it is.
    pub fn home(&self) -> Home {
        self.site().home.clone()
    }

    /// Tells how to find the place that a move leads to. Without it, a database whose tenant moves away answers
    /// [`StoreError::Moved`] from then on.
    pub fn find_by(&self, whereabouts: impl Fn(&Forward) -> Option<Home> + Send + Sync + 'static) {
        let _ = self.whereabouts.set(Box::new(whereabouts));
    }

    pub(super) fn site(&self) -> Arc<Site> {
        Arc::clone(&self.site.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// A connection with an open transaction, wherever the tenant is by now.
    pub(super) fn begin(&self, writes: bool) -> Result<(Arc<Site>, Lease), StoreError> {
        let mut followed = 0;
        loop {
            let site = self.site();
            match site.links.begin(writes) {
                Err(StoreError::Moved(forward)) if followed < FOLLOWED_MAX => {
                    followed += 1;
                    self.follow(&site, forward)?;
                }
                begun => return begun.map(|lease| (site, lease)),
            }
        }
    }

    /// Goes where the tenant went from `left`.
    fn follow(&self, left: &Arc<Site>, forward: Forward) -> Result<(), StoreError> {
        let mut site = self.site.write().unwrap_or_else(PoisonError::into_inner);
        if !Arc::ptr_eq(&site, left) {
            return Ok(());
        }
        let Some(home) = self.whereabouts.get().and_then(|find| find(&forward)) else {
            return Err(StoreError::Moved(forward));
        };
        settle(&home, &self.schema, &forward)?;
        *site = match Site::open(&home, &self.schema, self.limits) {
            Ok((there, _)) => Arc::new(there),
            // It has moved on since, as the next transaction there learns.
            Err(StoreError::Moved(_)) => Arc::new(Site::of(&home, Links::open(&home, 1)?)),
            Err(error) => return Err(error),
        };
        self.study_at.store(STUDY_AFTER, Ordering::Relaxed);
        Ok(())
    }
}
