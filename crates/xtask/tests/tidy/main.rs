//! The rules of the house that a machine can hold, under the ordinary test command.
//!
//! Each rule is a function from the files of the checkout to findings, and is tried on small bad
//! input beside its code, so that none can be vacuous. A finding names file, line and remedy.

mod bans;
mod dead;
mod documents;
mod floors;
mod headers;
mod imports;
mod modules;
mod shape;
mod size;
mod source;
mod tree;

use tree::{Finding, Tree};

/// What a rule found, one finding a line.
struct Broken(Vec<Finding>);

impl std::fmt::Debug for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{} finding(s)\n", self.0.len())?;
        self.0.iter().try_for_each(|finding| writeln!(f, "{finding}"))
    }
}

/// Fails with every finding of the rule.
fn hold(rule: fn(&Tree) -> Vec<Finding>) -> Result<(), Broken> {
    let tree = Tree::of_checkout();
    assert!(tree.files.len() > 20, "only {} files found: the rules would hold for nothing", tree.files.len());
    let findings = rule(&tree);
    if findings.is_empty() { Ok(()) } else { Err(Broken(findings)) }
}

/// Tries a rule on a small tree; each expected finding is the beginning of one, in order.
#[track_caller]
fn check(rule: fn(&Tree) -> Vec<Finding>, files: &[(&str, &str)], expect: &[&str]) {
    let tree = Tree::of(files);
    let found: Vec<String> = rule(&tree).iter().map(ToString::to_string).collect();
    let same = found.len() == expect.len() && found.iter().zip(expect).all(|(found, expect)| found.starts_with(expect));
    assert!(same, "expected {expect:#?}\nfound {found:#?}");
}

#[test]
fn a_crate_uses_only_lower_floors() -> Result<(), Broken> {
    hold(floors::rule)
}

#[test]
fn every_file_begins_with_what_it_is() -> Result<(), Broken> {
    hold(headers::rule)
}

#[test]
fn nothing_banned_is_used() -> Result<(), Broken> {
    hold(bans::rule)
}

#[test]
fn no_file_is_dead() -> Result<(), Broken> {
    hold(dead::rule)
}

#[test]
fn files_stay_small() -> Result<(), Broken> {
    if std::env::var_os("NEXUS_TIDY_WRITE").is_some() {
        size::shrink_ledger();
    }
    hold(size::rule)
}

#[test]
fn every_app_has_the_same_shape() -> Result<(), Broken> {
    hold(shape::rule)
}

#[test]
fn the_suites_from_outside_are_there() -> Result<(), Broken> {
    hold(shape::suites)
}

#[test]
fn documents_name_what_exists() -> Result<(), Broken> {
    hold(documents::rule)
}
