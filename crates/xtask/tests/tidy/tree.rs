//! The files of the checkout as the rules see them, and what a rule finds.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::process::Command;

/// Every text file by its path from the root, with `/` between the parts.
pub(crate) struct Tree {
    pub(crate) files: BTreeMap<String, String>,
}

/// One broken rule: where, and what to do.
pub(crate) struct Finding {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) message: String,
}

impl Finding {
    pub(crate) fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

impl Tree {
    /// What git tracks or would track; ignored files are nobody's business.
    pub(crate) fn of_checkout() -> Self {
        let root = root();
        let output = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(&root)
            .output()
            .expect("git lists the files of the checkout");
        assert!(output.status.success(), "the checkout is a git repository");
        let names = String::from_utf8(output.stdout).expect("paths are UTF-8");
        let mut files = BTreeMap::new();
        for path in names.split_terminator('\0') {
            // A listed file may be deleted but not yet staged, or not be text.
            if let Ok(text) = std::fs::read_to_string(root.join(path)) {
                files.insert(path.to_owned(), text);
            }
        }
        Self { files }
    }

    /// A small tree for trying a rule.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Self { files }
    }

    /// The files with one of these extensions, generated ones left out.
    pub(crate) fn written<'a>(&'a self, extensions: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(|(path, _)| !is_generated(path))
            .filter(|(path, _)| extensions.iter().any(|extension| has_extension(path, extension)))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }
}

/// The root of the checkout; read when running, since checkouts may share the compiled test.
pub(crate) fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").expect("run under cargo");
    PathBuf::from(manifest).join("../..")
}

pub(crate) fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
}

/// Files that a command writes.
fn is_generated(path: &str) -> bool {
    path.contains("generated") || path.ends_with(".d.ts") || path.ends_with("routeTree.gen.ts")
}
