//! What a command says: answers on standard output, failures on standard error.

use std::io::Write;

use serde_json::{Value as Json, json};

use crate::failure::Failure;

/// A line on standard output. Whoever closed it no longer reads; that is no failure.
pub(crate) fn line(text: impl std::fmt::Display) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// JSON on standard output.
pub(crate) fn json(value: &Json) {
    line(format_args!("{value:#}"));
}

/// A line on standard error.
pub(crate) fn note(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// A failure in words, or for machines as one line of JSON.
pub(crate) fn failure(failure: &Failure, as_json: bool) {
    if !as_json {
        return note(format_args!("nexus: {failure}"));
    }
    let mut told = json!({"detail": failure.to_string(), "errors": []});
    match failure {
        Failure::Usage(_) => told["kind"] = "usage".into(),
        Failure::Failed(_) => told["kind"] = "failed".into(),
        Failure::Problem(problem) => {
            told = json!({"detail": problem.detail, "errors": problem.errors, "kind": problem.kind});
            for (name, value) in &problem.more {
                told[name] = value.clone();
            }
        }
    }
    note(told);
}
