//! Every source file says in its first line what it is: the reader decides there whether to go on.

use crate::tree::{Finding, Tree};

pub(crate) fn rule(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.written(&["rs"]) {
        if !says_something(text, &["//!"]) {
            findings.push(Finding::new(path, 1, "begin with a `//!` line that says what this file is for"));
        }
    }
    for (path, text) in tree.written(&["ts", "tsx", "mjs"]) {
        if !says_something(text, &["//", "/**", "/*"]) {
            findings.push(Finding::new(path, 1, "begin with a comment that says what this file is for"));
        }
    }
    findings
}

fn says_something(text: &str, markers: &[&str]) -> bool {
    let text = text.strip_prefix("#!/usr/bin/env node\n").unwrap_or(text);
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    markers.iter().any(|marker| {
        first.strip_prefix(marker).is_some_and(|rest| {
            // `/**` alone opens a block whose next line says it.
            !rest.trim().is_empty() || (marker.starts_with("/*") && lines.clone().next().is_some())
        })
    })
}

#[test]
fn a_file_without_a_first_word_is_found() {
    let check = |path, text, good: bool| {
        let place = format!("{path}:1: begin with");
        crate::check(
            rule,
            &[(path, text)],
            if good { &[] } else { std::slice::from_ref(&place) }
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .as_slice(),
        );
    };
    check("a.rs", "//! Rounding of money.\n", true);
    check("a.rs", "//!\nfn f() {}", false);
    check("a.rs", "use std::fmt;\n//! late", false);
    check("a.rs", "", false);
    check("a.tsx", "// The list.\n", true);
    check("a.tsx", "/**\n * The list.\n */", true);
    check("a.ts", "import x from 'y';", false);
    check("api/generated.ts", "import x from 'y';", true);
}
