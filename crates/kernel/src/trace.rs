//! The trace that work stands in, handed on to what follows it later (W3C Trace Context): jobs keep it in their record, and
//! of runs it is remembered until subscribers were told.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use nexus_model::Uuid;
use opentelemetry::trace::TraceContextExt;
use opentelemetry::{Context, global};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// The header by which a caller names it, and the name under which it is handed on.
const TRACEPARENT: &str = "traceparent";
/// Runs whose trace is remembered. Who is told later than so many runs begins a trace.
const RUNS_MAX: usize = 10_000;

/// The `traceparent` of the span at work; nothing where nothing is traced.
pub(crate) fn current() -> Option<String> {
    let context = Span::current().context();
    let mut told = HashMap::new();
    global::get_text_map_propagator(|headers| headers.inject_context(&context, &mut told));
    told.remove(TRACEPARENT)
}

fn context(traceparent: &str) -> Context {
    let told = HashMap::from([(TRACEPARENT.to_owned(), traceparent.to_owned())]);
    global::get_text_map_propagator(|headers| headers.extract(&told))
}

/// Makes a span that has just begun part of what asked for it.
pub(crate) fn go_on(span: &Span, traceparent: Option<&str>) {
    if let Some(traceparent) = traceparent {
        // Where nothing is traced any more, there is nothing to be part of.
        let _ = span.set_parent(context(traceparent));
    }
}

/// Names a trace beside the one that a span is part of.
pub(crate) fn link(span: &Span, traceparent: &str) {
    span.add_link(context(traceparent).span().span_context().clone());
}

/// The traces of the newest runs of a tenant.
#[derive(Default)]
pub(crate) struct Traces(Mutex<HashMap<Uuid, String>>);

impl Traces {
    pub(crate) fn note(&self, run: Uuid, traceparent: &str) {
        let mut runs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if runs.len() >= RUNS_MAX {
            runs.clear();
        }
        runs.insert(run, traceparent.to_owned());
    }

    pub(crate) fn of(&self, run: Uuid) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&run).cloned()
    }
}
