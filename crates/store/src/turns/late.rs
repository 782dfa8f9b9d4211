//! What the processors did of late.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

/// The span that is looked at: this one so far, and the one before.
const SPAN: Duration = Duration::from_millis(100);

/// Two spans.
pub(super) struct Late {
    since: Instant,
    now: Span,
    before: Span,
}

#[derive(Default)]
struct Span {
    /// Time that turns took, by tenant.
    used: HashMap<u64, Duration>,
    /// Tenants that asked for one thing after the other.
    lone: HashSet<u64>,
}

impl Default for Late {
    fn default() -> Late {
        Late { since: Instant::now(), now: Span::default(), before: Span::default() }
    }
}

impl Late {
    /// Goes on to the span of now.
    fn roll(&mut self) {
        let over = self.since.elapsed();
        if over >= SPAN * 2 {
            *self = Late::default();
        } else if over >= SPAN {
            self.since += SPAN;
            self.before = std::mem::take(&mut self.now);
        }
    }

    pub(super) fn used(&mut self, tenant: u64, time: Duration) {
        self.roll();
        *self.now.used.entry(tenant).or_default() += time;
    }

    pub(super) fn note(&mut self, tenant: u64) {
        self.roll();
        self.now.lone.insert(tenant);
    }

    /// Whether a tenant other than this one asked for one thing after the other.
    pub(super) fn has_lone(&mut self, tenant: u64) -> bool {
        self.roll();
        self.now.lone.iter().chain(&self.before.lone).any(|other| *other != tenant)
    }

    /// Whether the tenant's turns took more than one in `share` of the machine's time.
    pub(super) fn took_more(&mut self, tenant: u64, share: u32, processors: usize) -> bool {
        self.roll();
        let had = (SPAN + self.since.elapsed()) * u32::try_from(processors).unwrap_or(u32::MAX);
        let used = [&self.now, &self.before].into_iter().filter_map(|span| span.used.get(&tenant)).sum::<Duration>();
        used * share > had
    }
}
