//! The writer of a database: gathers the changes that wait, runs each in its savepoint, and makes a group durable with
//! one commit.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use futures::FutureExt;

use super::{Answer, Database, Job, Site, Verdict, Waiting, lock, panic_text};
use crate::cells::{self, Stored};
use crate::events::LogEnd;
use crate::link::{Lease, Link};
use crate::tx::Ends;
use crate::{StoreError, Tx, sqlite};

/// The group before: how many got their answer, and how long its commit took.
#[derive(Clone, Copy, Default)]
struct Before {
    size: usize,
    commit: Duration,
}

/// The part of a commit's time that the next group waits for those who were just answered.
const GATHER_PART: u32 = 10;

/// How long the outcome of a commit is looked for after the server went away, and the pause between two looks.
const LOOK_MAX: Duration = Duration::from_secs(15);
const LOOK_PAUSE: Duration = Duration::from_millis(200);

/// The savepoint of a job.
const JOB: &str = "job";

impl Database {
    /// Commits group after group until nobody waits.
    pub(super) fn drain(&self) {
        let mut before = Before::default();
        while let Some(first) = self.next_or_rest() {
            before = self.commit(first, before);
            self.study();
        }
    }

    /// The change that waits longest; where there is none, the writer rests.
    fn next_or_rest(&self) -> Option<Waiting> {
        let queue = &mut *lock(&self.queue);
        let next = queue.waiting.pop_front();
        queue.running = next.is_some();
        next
    }

    /// Gathers the planner's statistics once the data have changed much. Without them SQLite takes an index on a
    /// state that all records have for a good one, and sorts them all for a page of fifty. PostgreSQL sees to it
    /// by itself.
    fn study(&self) {
        let site = self.site();
        let Some(writer) = site.links.file_writer() else { return };
        let Link::Sqlite(writer) = &*lock(writer) else { return };
        let changed = writer.total_changes();
        if changed >= self.study_at.load(Ordering::Relaxed) {
            self.study_at.store(changed * 2, Ordering::Relaxed);
            // No change fails for want of them; the next time comes.
            let _ = sqlite::study(writer);
            // A connection reads them when it is opened.
            site.links.refresh();
        }
    }

    /// The next change for the group, of which `done` are there, after those who were answered just now had a moment to
    /// come back. Callers who each wait for their answer before they ask again would otherwise fall into two groups
    /// that commit in turn, and share one flush between half as many.
    fn gather(&self, done: usize, expected: usize, patience: &mut Duration) -> Option<Waiting> {
        if done >= self.limits.group_max {
            return None;
        }
        let mut queue = lock(&self.queue);
        let begun = Instant::now();
        while queue.waiting.is_empty() && done < expected {
            let left = patience.saturating_sub(begun.elapsed());
            if left.is_zero() {
                break;
            }
            queue.gathering = true;
            queue = self.gathered.wait_timeout(queue, left).unwrap_or_else(PoisonError::into_inner).0;
            queue.gathering = false;
        }
        *patience = patience.saturating_sub(begun.elapsed());
        queue.waiting.pop_front()
    }

    /// Runs `first` and what comes while it runs, and makes the group durable.
    fn commit(&self, first: Waiting, before: Before) -> Before {
        // Whoever else may have written meanwhile, log and series go on where they end now.
        *lock(&self.ends) = Ends::default();
        let waiting = 1 + self.waiting();
        let expected = (waiting + before.size).min(self.limits.group_max);
        let turn = futures::executor::block_on(self.turn(waiting > 1));
        let (site, lease) = match self.begin(true) {
            Ok(begun) => begun,
            Err(error) => {
                // What ails it ails the whole group.
                let others: Vec<Waiting> = lock(&self.queue).waiting.drain(..expected.min(waiting) - 1).collect();
                for waiting in std::iter::once(first).chain(others) {
                    let _ = waiting.reply.send(Err(error.again()));
                }
                return Before::default();
            }
        };
        let alone = expected == 1;
        let mut answers = Vec::with_capacity(waiting);
        let (mut kept, mut lost) = (false, false);
        let mut patience = before.commit / GATHER_PART;
        let mut next = Some(first);
        while let Some(Waiting { job, reply }) = next {
            let (keep, answer) = self.perform(&site, &lease, job, alone);
            kept |= keep;
            lost = !lock(lease.link()).is_in_transaction();
            answers.push((reply, answer));
            next = if lost || alone { None } else { self.gather(answers.len(), expected, &mut patience) };
        }
        // The flush is the disk's work.
        drop(turn);
        let begun = Instant::now();
        let ended = if lost {
            // What was done so far is gone; who has not had a turn has one in the next group.
            Err(lock(lease.link()).loss())
        } else if kept {
            self.make_durable(lease)
        } else {
            lock(lease.link()).rollback().map(|()| None)
        };
        let commit = begun.elapsed();
        let (failed, last) = match ended {
            Ok(last) => (None, last),
            Err(error) => (Some(error), None),
        };
        let size = answers.len();
        for (reply, answer) in answers {
            // Whoever asked may have gone away; the change stands all the same.
            let _ = reply.send(failed.as_ref().map_or(answer, |error| Err(error.again())));
        }
        if let Some(last) = last {
            self.heard(last);
        }
        Before { size, commit }
    }

    /// Commits; the number of the newest event, when the group wrote one.
    fn make_durable(&self, lease: Lease) -> Result<Option<i64>, StoreError> {
        let ends = std::mem::take(&mut *lock(&self.ends));
        let end = ends.log.filter(|_| ends.appended);
        let committed = {
            let link = &mut *lock(lease.link());
            ends.keep_numbers(link).and_then(|()| link.commit())
        };
        match committed {
            Ok(()) => {}
            // The connection broke while the answer was on its way: the log tells what became of the group.
            Err(StoreError::Away(_)) => {
                // Others may have the connection's place.
                drop(lease);
                self.look_for(end.ok_or(StoreError::Unknown)?)?;
            }
            Err(error) => {
                // Nothing of the group is kept; every asker hears of it.
                let _ = lock(lease.link()).rollback();
                return Err(error);
            }
        }
        Ok(end.map(|end| end.seq))
    }

    /// That the log has this event. It is looked for as the tenant's only writer: whoever wrote it has ended then, one
    /// way or the other.
    fn look_for(&self, LogEnd { seq, hash }: LogEnd) -> Result<(), StoreError> {
        let until = Instant::now() + LOOK_MAX;
        while Instant::now() < until {
            let found = self.begin(true).and_then(|(_, lease)| {
                let link = &mut *lock(lease.link());
                let sql = "SELECT hash FROM _event WHERE seq = $1";
                let found = link.query(sql, &[cells::int(seq)], |mut row| Ok(row.pop()));
                link.rollback()?;
                found
            });
            match found {
                Ok(found) if found.first() == Some(&Some(Stored::Bytes(hash.to_vec()))) => return Ok(()),
                Ok(_) => return Err(StoreError::Away("it went away before the change was kept".to_owned())),
                Err(_) => std::thread::sleep(LOOK_PAUSE),
            }
        }
        Err(StoreError::Unknown)
    }

    /// Runs one job, which leaves nothing behind unless it says so; whether it did. One that is `alone` in its group
    /// needs no savepoint, for which SQLite would keep a copy of every page that the job changes.
    fn perform(&self, site: &Site, lease: &Lease, job: Job, alone: bool) -> (bool, Answer) {
        let link = lease.link();
        if !alone && let Err(error) = lock(link).savepoint(JOB) {
            return (false, Err(error));
        }
        let before = lock(&self.ends).clone();
        let tx = Tx::new(lease, &self.schema, &site.statements, Arc::clone(&self.ends));
        let ran = futures::executor::block_on(AssertUnwindSafe(job(tx)).catch_unwind());
        let (verdict, answer) = match ran {
            Ok((verdict, value)) => (verdict, Ok(value)),
            Err(panic) => (Verdict::Discard, Err(StoreError::Panicked(panic_text(panic.as_ref())))),
        };
        // A change may be refused as late as now.
        let ended = match (verdict, alone) {
            (Verdict::Keep, true) => lock(link).settle().map(|()| true),
            (Verdict::Keep, false) => lock(link).release().map(|()| true),
            (Verdict::Discard, _) => Ok(false),
        };
        if let Ok(true) = ended {
            return (true, answer);
        }
        *lock(&self.ends) = before;
        if !alone {
            // Where this fails the whole transaction is lost, which the caller sees.
            let _ = lock(link).rollback_to(JOB);
        }
        (false, ended.and(answer))
    }
}
