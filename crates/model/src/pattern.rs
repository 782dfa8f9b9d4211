//! A manifest's pattern: a regular expression that a whole text must match.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

/// The pattern's text, and its regular expression once a value has asked for it.
#[derive(Clone, Debug)]
pub struct Pattern {
    source: String,
    compiled: OnceLock<Result<Regex, regex::Error>>,
}

/// Bytes that a compiled pattern may take.
const SIZE_MAX: usize = 1 << 18;

impl Pattern {
    pub fn new(source: &str) -> Pattern {
        Pattern { source: source.to_owned(), compiled: OnceLock::new() }
    }

    /// As it stands in the manifest.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// # Errors
    /// When the text is no regular expression or a too large one, which the check of manifests reports.
    pub fn regex(&self) -> Result<&Regex, &regex::Error> {
        let compile = || RegexBuilder::new(&format!("^(?:{})$", self.source)).size_limit(SIZE_MAX).build();
        self.compiled.get_or_init(compile).as_ref()
    }

    pub fn matches(&self, text: &str) -> bool {
        self.regex().is_ok_and(|regex| regex.is_match(text))
    }
}
