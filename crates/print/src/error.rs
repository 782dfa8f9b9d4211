//! What can go wrong while printing, and where in the template.

use crate::world::PrintWorld;
use std::fmt::Write as _;
use typst::diag::SourceDiagnostic;
use typst::syntax::DiagSpan;
use typst::{World, WorldExt};

/// Why a document could not be printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// The template does not compile with this data.
    #[error("print template {template}{}: {message}", at_line(*line))]
    Template {
        /// The template's name.
        template: String,
        /// The line of the template, from 1: where it fails, or where it calls the shared module
        /// that fails. None when Typst gives no place.
        line: Option<usize>,
        /// Typst's message, with its hints.
        message: String,
    },
    /// A bound is passed: [`crate::SOURCE_BYTES_MAX`], [`crate::DATA_BYTES_MAX`] or
    /// [`crate::PAGES_MAX`].
    #[error("print template {template}: {size} {what}, at most {size_max} are printed")]
    TooLarge {
        /// The template's name.
        template: String,
        /// What there is too much of, with its unit.
        what: &'static str,
        /// How much there is.
        size: usize,
        /// How much there may be.
        size_max: usize,
    },
    /// The data's `printed_at` is neither an RFC 3339 timestamp nor a date.
    #[error(
        "print template {template}: printed_at is {value}; give a timestamp such as \
         \"2026-01-31T09:30:00Z\" or a date such as \"2026-01-31\""
    )]
    PrintedAt {
        /// The template's name.
        template: String,
        /// What stands there, as JSON.
        value: String,
    },
}

impl PrintError {
    /// Makes one error of Typst's first problem, the cause of the others as a rule.
    pub(crate) fn from_typst(template: &str, world: &PrintWorld, problems: &[SourceDiagnostic]) -> Self {
        let Some(problem) = problems.first() else {
            return PrintError::Template {
                template: template.to_owned(),
                line: None,
                message: "Typst gave no reason".to_owned(),
            };
        };
        let calls = problem.trace.iter().map(|call| DiagSpan::from(call.span));
        let line = std::iter::once(problem.span)
            .chain(calls)
            .find(|span| span.id() == Some(world.main()))
            .and_then(|span| line_of(world, span));
        let mut message = problem.message.to_string();
        if let Some(file) = problem.span.id().filter(|file| *file != world.main())
            && let Some(line) = line_of(world, problem.span)
        {
            let name = file.vpath().get_without_slash();
            // Writing to a string cannot fail.
            let _ = write!(message, " ({name}, line {line})");
        }
        for hint in &problem.hints {
            let _ = write!(message, "; {}", hint.v);
        }
        PrintError::Template { template: template.to_owned(), line, message }
    }
}

/// The line of a place in the template or the shared module, from 1.
fn line_of(world: &PrintWorld, span: DiagSpan) -> Option<usize> {
    let source = world.source(span.id()?).ok()?;
    let line = source.lines().byte_to_line(world.range(span)?.start)?;
    Some(line + 1)
}

fn at_line(line: Option<usize>) -> String {
    line.map(|line| format!(", line {line}")).unwrap_or_default()
}
