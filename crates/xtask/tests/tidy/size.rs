//! Small rooms: a file over 400 lines is listed with its size, and a listed size only shrinks.

use crate::tree::{self, Finding, Tree};
use std::collections::BTreeMap;

/// About this many lines is a sign to look again.
const LINES_MAX: usize = 400;

/// Files over the limit that the project agreed to, each with the size it may not exceed.
const LEDGER: &str = "crates/xtask/tidy/size.txt";

pub(crate) fn rule(tree: &Tree) -> Vec<Finding> {
    let ledger = tree.files.get(LEDGER).map(String::as_str).unwrap_or_default();
    let allowed = read(ledger);
    let actual = sizes(tree);
    let mut findings = Vec::new();
    for (&path, &lines) in &actual {
        match allowed.get(path) {
            Some(&(_, max)) if lines > max => findings.push(Finding::new(
                path,
                max + 1,
                format!("{lines} lines, {max} agreed: move the part that does another thing into a file of its own"),
            )),
            None if lines > LINES_MAX => findings.push(Finding::new(
                path,
                LINES_MAX + 1,
                format!(
                    "{lines} lines, {LINES_MAX} is the limit: does it still do one thing? Split it by what it does"
                ),
            )),
            _ => {}
        }
    }
    for (path, &(line, max)) in &allowed {
        match actual.get(path.as_str()) {
            None => findings.push(Finding::new(LEDGER, line, format!("{path} is gone: delete the line"))),
            Some(&lines) if lines <= LINES_MAX => {
                findings.push(Finding::new(LEDGER, line, format!("{path} is small now: delete the line")));
            }
            Some(&lines) if lines + 20 < max => {
                findings.push(Finding::new(LEDGER, line, format!("{path} shrank: write {lines}")));
            }
            Some(_) => {}
        }
    }
    findings
}

/// Writes smaller sizes into the ledger, so that what shrank stays small.
pub(crate) fn shrink_ledger() {
    let tree = Tree::of_checkout();
    let Some(ledger) = tree.files.get(LEDGER) else {
        return;
    };
    let shrunk = shrunk(&tree, ledger);
    if shrunk != *ledger {
        std::fs::write(tree::root().join(LEDGER), shrunk).expect("the ledger can be written");
    }
}

fn shrunk(tree: &Tree, ledger: &str) -> String {
    let actual = sizes(tree);
    let mut lines = Vec::new();
    for line in ledger.lines() {
        match entry(line) {
            None => lines.push(line.to_owned()),
            Some((path, max)) => {
                if let Some(&size) = actual.get(path).filter(|size| **size > LINES_MAX) {
                    lines.push(format!("{path} {}", size.min(max)));
                }
            }
        }
    }
    lines.join("\n") + "\n"
}

fn read(ledger: &str) -> BTreeMap<String, (usize, usize)> {
    let entries = ledger.lines().enumerate().filter_map(|(index, line)| {
        let (path, max) = entry(line)?;
        Some((path.to_owned(), (index + 1, max)))
    });
    entries.collect()
}

/// `path lines`; a comment begins with `#`.
fn entry(line: &str) -> Option<(&str, usize)> {
    let (path, max) = line.split_once(' ').filter(|_| !line.starts_with('#'))?;
    Some((path, max.trim().parse().ok()?))
}

fn sizes(tree: &Tree) -> BTreeMap<&str, usize> {
    tree.written(&["rs", "ts", "tsx", "mjs", "css", "py", "sh"])
        .map(|(path, text)| (path, text.lines().count()))
        .collect()
}

#[test]
fn a_large_file_is_found_and_a_shrunken_one_stays_small() {
    let text = |lines: usize| "x\n".repeat(lines);
    let check = |ledger: &str, lines: usize, expect: &[&str]| {
        crate::check(rule, &[(LEDGER, ledger), ("a.rs", &text(lines))], expect);
    };
    check("", 400, &[]);
    check("", 401, &["a.rs:401: 401 lines, 400 is the limit"]);
    check("a.rs 500\n", 500, &[]);
    check("a.rs 500\n", 501, &["a.rs:501: 501 lines, 500 agreed"]);
    check("# why\na.rs 500\n", 430, &["crates/xtask/tidy/size.txt:2: a.rs shrank: write 430"]);
    check("a.rs 500\n", 300, &["crates/xtask/tidy/size.txt:1: a.rs is small now"]);
    check("b.rs 500\n", 300, &["crates/xtask/tidy/size.txt:1: b.rs is gone"]);
    let tree = Tree::of(&[("a.rs", &text(430)), ("b.rs", &text(30)), ("c.rs", &text(900))]);
    assert_eq!(shrunk(&tree, "# why\na.rs 500\nb.rs 500\nc.rs 800\nd.rs 9\n"), "# why\na.rs 430\nc.rs 800\n");
}
