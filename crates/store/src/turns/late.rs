//! What the processors did of late.

use std::collections::HashSet;
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
    /// Time that turns took, together.
    used: Duration,
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

    pub(super) fn used(&mut self, time: Duration) {
        self.roll();
        self.now.used += time;
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

    /// Whether more than half of the machine was taken.
    pub(super) fn is_pressed(&mut self, processors: usize) -> bool {
        self.roll();
        let had = (SPAN + self.since.elapsed()) * u32::try_from(processors).unwrap_or(u32::MAX);
        (self.now.used + self.before.used) * 2 > had
    }
}
