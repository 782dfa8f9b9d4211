//! The right to move a tenant away, for one at a time.

use std::fs::{File, TryLockError};

use crate::home::{Home, beside};
use crate::link::Lease;
use crate::postgres::lock_key;
use crate::{StoreError, database::lock};

/// The right, until dropped; the system takes it back from a process that died.
pub(crate) enum Guard {
    /// Another file beside the database: whoever opens and closes the database's own loses SQLite's locks on it.
    File {
        _locked: File,
    },
    Server(Lease),
}

impl Guard {
    /// The right to move what is at a home, unless another has it.
    pub(crate) fn take(home: &Home) -> Result<Option<Guard>, StoreError> {
        match home {
            Home::File(path) => {
                let open = File::options().write(true).create(true).truncate(false).open(beside(path, "-moving"))?;
                match open.try_lock() {
                    Ok(()) => Ok(Some(Guard::File { _locked: open })),
                    Err(TryLockError::WouldBlock) => Ok(None),
                    Err(TryLockError::Error(error)) => Err(error.into()),
                }
            }
            Home::Schema { server, name } => {
                let lease = server.link(name)?;
                let key = lock_key(&format!("move {name}"));
                let free = lease.line(|line| {
                    line.batch("BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0")?;
                    Ok(line.ask(&format!("SELECT pg_try_advisory_xact_lock({key})"))?.as_deref() == Some("t"))
                })?;
                let guard = Guard::Server(lease);
                Ok(free.then_some(guard))
            }
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Guard::Server(lease) = self {
            let _ = lock(lease.link()).rollback();
        }
    }
}
