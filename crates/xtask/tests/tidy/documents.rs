//! Documents name what exists: the README the two commands, every link a file and a heading.

use crate::modules::join;
use crate::tree::{Finding, Tree};
use std::collections::BTreeSet;

pub(crate) fn rule(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let readme = tree.files.get("README.md").map(String::as_str).unwrap_or_default();
    for command in ["cargo xtask demo", "cargo xtask test"] {
        if !readme.contains(command) {
            findings.push(Finding::new("README.md", 1, format!("a newcomer looks here for `{command}`: name it")));
        }
    }
    let folders = folders(tree);
    for (path, text) in tree.files.iter().filter(|(path, _)| path.ends_with(".md")) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (line, target) in links(text) {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() { path.clone() } else { join(folder, file) };
            let heading_there = || tree.files.get(&file).is_none_or(|text| anchors(text).contains(anchor));
            if !tree.has(&file) && !folders.contains(file.as_str()) && !is_binary(&file) {
                findings.push(Finding::new(path, line, format!("links to {file}, which is not there: mend the link")));
            } else if !anchor.is_empty() && file.ends_with(".md") && !heading_there() {
                findings.push(Finding::new(path, line, format!("{file} has no heading #{anchor}: mend the link")));
            }
        }
    }
    findings
}

/// Pictures are not text, so the tree does not hold them; they are looked up on the disk.
fn is_binary(path: &str) -> bool {
    crate::tree::root().join(path).is_file()
}

fn folders(tree: &Tree) -> BTreeSet<&str> {
    let mut folders = BTreeSet::new();
    for path in tree.files.keys() {
        let mut rest = path.as_str();
        while let Some((folder, _)) = rest.rsplit_once('/') {
            folders.insert(folder);
            rest = folder;
        }
    }
    folders
}

/// The links to places in the checkout, outside of code, with their lines.
fn links(text: &str) -> Vec<(usize, &str)> {
    let mut links = Vec::new();
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        for (at, _) in line.match_indices("](") {
            let quoted = line[..at].matches('`').count() % 2 == 1;
            let Some(end) = line[at..].find(')') else {
                continue;
            };
            let target = line[at + 2..at + end].split(' ').next().unwrap_or_default();
            let outside = target.contains("://") || target.starts_with("mailto:");
            if !quoted && !outside && !target.is_empty() {
                links.push((index + 1, target));
            }
        }
    }
    links
}

/// The anchors of a document's headings, as the usual renderers make them.
fn anchors(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| {
            let heading = line.trim_start_matches('#').trim().to_lowercase();
            let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}

#[test]
fn a_readme_without_the_commands_is_found() {
    crate::check(
        rule,
        &[("README.md", "`cargo xtask demo`")],
        &["README.md:1: a newcomer looks here for `cargo xtask test`"],
    );
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let readme = "cargo xtask demo, cargo xtask test\n";
    let check = |line: &str, expect: &[&str]| {
        let readme = format!("{readme}{line}");
        crate::check(rule, &[("README.md", &readme), ("docs/a.md", "# The big picture!\n[up](../README.md)")], expect);
    };
    check(
        "[a](docs/a.md), [docs](docs/), [out](https://example.com/x), [here](#nothing)",
        &["README.md:2: README.md has no heading"],
    );
    check("[a](docs/a.md#the-big-picture)", &[]);
    check("[a](docs/a.md#else)", &["README.md:2: docs/a.md has no heading #else"]);
    check("[b](docs/b.md)", &["README.md:2: links to docs/b.md"]);
    check("`[b](docs/b.md)`\n```\n[b](docs/b.md)\n```", &[]);
}
