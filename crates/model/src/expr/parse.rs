//! CEL text to CEL's syntax tree, with the place of each node.

use std::panic::{AssertUnwindSafe, catch_unwind};

use cel::common::ast::{IdedExpr, SourceInfo};

use super::ExprError;
use super::source::{column, look_over};

/// Up to this depth the parser has room on any thread's stack; measured in `tests/expr/hostile.rs`.
const DEPTH_ON_ANY_STACK: usize = 16;
/// The stack for a deeper expression.
const DEEP_STACK_BYTES: usize = 64 * 1024 * 1024;

/// A syntax tree in which macros such as `exists` are still calls.
pub(super) struct Parsed<'s> {
    pub(super) tree: IdedExpr,
    places: SourceInfo,
    source: &'s str,
}

impl Parsed<'_> {
    /// The column of a node, counted in characters from 1.
    pub(super) fn column(&self, id: u64) -> Option<usize> {
        self.places.offset_for(id).map(|(start, _)| column(self.source, start as usize))
    }

    /// The text of the token that a node was made from; places are bytes, the last one included.
    pub(super) fn token(&self, id: u64) -> &str {
        let place = self.places.offset_for(id);
        place.and_then(|(start, stop)| self.source.get(start as usize..=stop as usize)).unwrap_or_default()
    }
}

pub(super) fn parse(source: &str) -> Result<Parsed<'_>, ExprError> {
    let depth = look_over(source)?;
    let run = || catch_unwind(AssertUnwindSafe(|| run(source)));
    let outcome = if depth <= DEPTH_ON_ANY_STACK {
        run()
    } else {
        std::thread::scope(|scope| {
            let deep = std::thread::Builder::new().stack_size(DEEP_STACK_BYTES).spawn_scoped(scope, run);
            match deep.map(|thread| thread.join()) {
                Ok(Ok(outcome)) => outcome,
                Ok(Err(panic)) => Err(panic),
                Err(error) => Ok(Err(ExprError { message: format!("no thread to parse it: {error}"), column: None })),
            }
        })
    };
    let refused = |_| ExprError { message: "the parser cannot read this".to_owned(), column: None };
    let (tree, places) = outcome.map_err(refused)??;
    Ok(Parsed { tree, places, source })
}

fn run(source: &str) -> Result<(IdedExpr, SourceInfo), ExprError> {
    // An environment without the standard one's macros leaves them as calls, which we resolve ourselves.
    let parser = cel::Env::default().with_optional_support(false).parser();
    parser.parse_with_source_info(source).map_err(|errors| {
        let Some(first) = errors.errors.first() else {
            return ExprError { message: "it cannot be read".to_owned(), column: None };
        };
        let (line, place) = first.pos;
        let before: usize =
            source.split_inclusive('\n').take(usize::try_from(line - 1).unwrap_or_default()).map(str::len).sum();
        let place = usize::try_from(place).unwrap_or_default();
        let column = column(source, before) + place.saturating_sub(1);
        let message = match first.msg.split_once(" expecting ") {
            Some((found, _)) => format!("{} is not expected here", found.replace("mismatched input ", "")),
            None => first.msg.clone(),
        };
        ExprError { message: message.replace("'<EOF>'", "the end"), column: Some(column) }
    })
}
