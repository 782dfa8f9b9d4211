//! What the UI's sources import, as paths from the root.

use crate::modules;
use crate::tree::{Tree, has_extension};

/// One literal in a file of the UI that names another file.
pub(crate) struct Import<'a> {
    pub(crate) from: &'a str,
    pub(crate) line: usize,
    /// From the root, often without an extension; `*` stands for any name.
    pub(crate) to: String,
}

/// Every relative or `@/` path that a file of the UI names.
pub(crate) fn imports(tree: &Tree) -> Vec<Import<'_>> {
    let mut imports = Vec::new();
    for (from, text) in &tree.files {
        if !from.starts_with("web/") || !["ts", "tsx", "css", "html"].iter().any(|e| has_extension(from, e)) {
            continue;
        }
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (index, line) in text.lines().enumerate() {
            for literal in line.split(['"', '\'', '`']).skip(1).step_by(2) {
                let to = match literal.strip_prefix("@/") {
                    Some(rest) => modules::join("web/src", rest),
                    None if literal.starts_with("./") || literal.starts_with("../") => modules::join(folder, literal),
                    None if from.ends_with(".html") && literal.starts_with("/src/") => {
                        format!("web{literal}")
                    }
                    None => continue,
                };
                imports.push(Import { from, line: index + 1, to });
            }
        }
    }
    imports
}

impl Import<'_> {
    /// Whether this import may mean that file.
    pub(crate) fn leads_to(&self, path: &str) -> bool {
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let matches = |text: &str| match self.to.split_once('*') {
            None => self.to == text,
            Some((before, after)) => {
                text.starts_with(before) && text.ends_with(after.rsplit('*').next().unwrap_or(after))
            }
        };
        matches(path) || matches(stem) || format!("{}/index", self.to) == stem
    }
}
