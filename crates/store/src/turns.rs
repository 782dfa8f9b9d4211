//! Turns at the processors, so that a tenant at full load leaves the others theirs.

mod late;

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::database::lock;
use late::Late;

/// The jobs of the process. A tenant's first job runs at once; further ones on a file only while fewer run beside it than
/// there are processors. So nobody waits for another tenant's jobs, and a tenant that is alone has the whole machine. On
/// PostgreSQL jobs wait for the server, where the bound is that of connections.
static TURNS: LazyLock<Turns> = LazyLock::new(|| {
    let processors = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    Turns { most: processors, state: Mutex::default() }
});

/// A crowd has one in so many parts of the machine's time while another tenant asks for one thing after the other. With
/// four times as much, the other's slowest answers took up to three and a half times as long as alone: they waited for
/// the crowd's flushes and for a processor.
const SHARE: u32 = 64;
/// How long one of a crowd steps aside before it looks again, and at most.
const ASIDE: Duration = Duration::from_millis(2);
const ASIDE_MAX: Duration = Duration::from_millis(250);

struct Turns {
    most: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    total: usize,
    /// Jobs that run, by tenant.
    running: HashMap<u64, usize>,
    waiting: VecDeque<(u64, oneshot::Sender<Turn>)>,
    late: Late,
}

impl State {
    fn admits(&self, tenant: u64, most: usize) -> bool {
        self.total < most || !self.running.contains_key(&tenant)
    }

    /// Whether one of a tenant's crowd lets others go first: while another tenant asks for one thing after the other,
    /// and the crowd has had its [`SHARE`] of late.
    fn sends_aside(&mut self, tenant: u64, most: usize) -> bool {
        self.late.has_lone(tenant) && self.late.took_more(tenant, SHARE, most)
    }

    fn begin(&mut self, tenant: u64) {
        self.total += 1;
        *self.running.entry(tenant).or_default() += 1;
    }

    fn end(&mut self, tenant: u64) {
        self.total -= 1;
        if let Some(running) = self.running.get_mut(&tenant) {
            *running -= 1;
            if *running == 0 {
                self.running.remove(&tenant);
            }
        }
    }
}

/// Who takes turns.
pub(crate) struct Taker(u64);

impl Default for Taker {
    fn default() -> Taker {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Taker(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// A job's turn; the next one's begins when it is dropped.
pub(crate) struct Turn {
    tenant: u64,
    begun: Instant,
}

impl Turn {
    fn new(tenant: u64) -> Turn {
        Turn { tenant, begun: Instant::now() }
    }
}

impl Taker {
    /// A turn for one job, or for a `crowd`: for one of many that the tenant has at the same time. A crowd steps aside for
    /// a tenant that asks for one thing after the other, whose answers then come nearly as if it were alone. Whoever
    /// waits for a `server` takes no processor.
    pub(crate) async fn take(&self, crowd: bool, server: bool) -> Turn {
        let begun = Instant::now();
        while crowd && begun.elapsed() < ASIDE_MAX && lock(&TURNS.state).sends_aside(self.0, TURNS.most) {
            tokio::time::sleep(ASIDE).await;
        }
        let given = {
            let state = &mut *lock(&TURNS.state);
            if !crowd {
                state.late.note(self.0);
            }
            if server || state.admits(self.0, TURNS.most) {
                state.begin(self.0);
                return Turn::new(self.0);
            }
            let (turn, given) = oneshot::channel();
            state.waiting.push_back((self.0, turn));
            given
        };
        given.await.expect("whoever waits is told")
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let next = {
            let state = &mut *lock(&TURNS.state);
            state.late.used(self.tenant, self.begun.elapsed());
            state.end(self.tenant);
            let next = state.waiting.iter().position(|(tenant, _)| state.admits(*tenant, TURNS.most));
            let next = next.and_then(|at| state.waiting.remove(at));
            if let Some((tenant, _)) = &next {
                state.begin(*tenant);
            }
            next
        };
        if let Some((tenant, asker)) = next {
            // One who went away meanwhile leaves the turn to the next.
            let _ = asker.send(Turn::new(tenant));
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[test]
    fn a_tenant_waits_for_its_own_jobs_alone() {
        let (loud, quiet) = (Taker::default(), Taker::default());
        let mut held: Vec<Turn> = Vec::new();
        let mut waiting = Vec::new();
        for _ in 0..TURNS.most + 3 {
            let mut turn = Box::pin(loud.take(false, false));
            match turn.as_mut().now_or_never() {
                Some(turn) => held.push(turn),
                None => waiting.push(turn),
            }
        }
        assert_eq!((held.len(), waiting.len()), (TURNS.most, 3));
        let first = quiet.take(false, false).now_or_never().expect("another tenant's first job runs at once");
        assert!(Box::pin(quiet.take(false, false)).as_mut().now_or_never().is_none(), "its second waits");
        drop(first);
        assert!(waiting[0].as_mut().now_or_never().is_none(), "as many run as there are processors");
        // Of those that wait the first goes on, unless it went away.
        drop(waiting.remove(0));
        drop(held.pop());
        held.push(waiting[0].as_mut().now_or_never().expect("its turn"));
        drop(held);
        let rest: Vec<_> = waiting[1..].iter_mut().map(|turn| turn.as_mut().now_or_never().is_some()).collect();
        assert_eq!(rest, [true]);
    }
}
