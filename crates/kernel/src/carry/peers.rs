//! The processes that serve the same data: what one that died has left undone, another takes up.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use nexus_model::Uuid;
use nexus_store::{Control, Storage};
use tokio::time::Instant;

use super::TAKEOVER;
use crate::Result;
use crate::kernel::Kernel;

/// How often a process gives a sign of life.
pub(crate) const BEAT: Duration = Duration::from_secs(5);

/// The last sign of life of each process, and when it was seen first. It is compared with one's own clock alone: those
/// of two machines need not agree.
type Seen = HashMap<Uuid, (i64, Instant)>;

/// Who of the processes that serve the same data lives.
pub(crate) struct Peers {
    me: Uuid,
    /// Nothing where there is one process alone.
    control: Option<Arc<Control>>,
}

impl Peers {
    /// Those of `holders` that hold what nobody is at work on any more. What this process holds and knows nothing of, it
    /// has lost hold of.
    pub(crate) fn dead(&self, mut holders: HashSet<Uuid>) -> Result<HashSet<Uuid>> {
        if let Some(control) = &self.control
            && holders.iter().any(|holder| *holder != self.me)
        {
            for (living, _) in control.signs()? {
                if living != self.me {
                    holders.remove(&living);
                }
            }
        }
        Ok(holders)
    }
}

impl Kernel {
    pub(crate) fn peers(&self) -> Peers {
        Peers { me: self.carriage.me, control: self.has_peers().then(|| Arc::clone(&self.control)) }
    }

    /// Lets the others know that this process lives.
    pub(crate) fn give_sign(&self) -> Result<()> {
        if self.has_peers() { Ok(self.control.give_sign(self.carriage.me)?) } else { Ok(()) }
    }

    /// Whether other processes may serve the same data; those of a folder have one.
    pub(super) fn has_peers(&self) -> bool {
        matches!(self.options.storage, Storage::Server(_))
    }

    /// How many other processes serve the same data. Where there are signs of any, it waits until those that live have
    /// given another.
    pub async fn others_at_work(&self) -> Result<usize> {
        if !self.has_peers() {
            return Ok(0);
        }
        let before: HashMap<Uuid, i64> = self.control.signs()?.into_iter().collect();
        if before.keys().all(|process| *process == self.carriage.me) {
            return Ok(0);
        }
        tokio::time::sleep(2 * BEAT).await;
        let lives = |(process, beat): &(Uuid, i64)| *process != self.carriage.me && before.get(process) != Some(beat);
        Ok(self.control.signs()?.into_iter().filter(lives).count())
    }

    /// Looks at all tenants now, and again whenever another process has died.
    pub(super) async fn watch_peers(self: Arc<Self>) {
        let mut seen = Seen::new();
        let mut looks = true;
        loop {
            match self.look_around(looks, &mut seen) {
                Ok(()) => looks = false,
                Err(problem) => {
                    tracing::warn!(%problem, "what other processes have left undone is not known");
                    looks = true;
                }
            }
            tokio::time::sleep(BEAT).await;
        }
    }

    /// Gives a sign of life, and makes all errands due where that is asked for or a process has died.
    fn look_around(&self, mut looks: bool, seen: &mut Seen) -> Result<()> {
        if self.has_peers() {
            self.give_sign()?;
            looks |= self.find_dead(seen)?;
        }
        if looks { self.look_everywhere() } else { Ok(()) }
    }

    /// Strikes out the processes that have given no sign for [`TAKEOVER`]; whether there was one.
    fn find_dead(&self, seen: &mut Seen) -> Result<bool> {
        let signs = self.control.signs()?;
        seen.retain(|process, _| signs.iter().any(|(known, _)| known == process));
        let mut died = false;
        for (process, beat) in signs {
            let (last, since) = *seen.entry(process).or_insert((beat, Instant::now()));
            if last != beat {
                seen.insert(process, (beat, Instant::now()));
            } else if since.elapsed() >= TAKEOVER && self.control.strike_out(process, Some(beat))? {
                tracing::warn!(%process, "a process has died; what it left undone is taken up here");
                died = true;
            }
        }
        Ok(died)
    }

    pub(super) fn leave_peers(&self) {
        if self.has_peers()
            && let Err(error) = self.control.strike_out(self.carriage.me, None)
        {
            tracing::warn!(%error, "other processes will find out by themselves that this one has ended");
        }
    }
}
