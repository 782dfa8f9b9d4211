//! Every app folder has the same shape: who has seen one has seen all.

use crate::tree::{Finding, Tree};
use std::collections::BTreeSet;
use toml::Table;

/// What an app folder may hold.
const ROOMS: &[&str] = &["app.toml", "Cargo.toml", "objects", "flows", "reports", "prints", "demo", "src", "tests"];

pub(crate) fn rule(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let apps: BTreeSet<(&str, &str)> = tree
        .files
        .keys()
        .filter_map(|path| {
            let mut parts = path.strip_prefix("apps/")?.split('/');
            Some((parts.next()?, parts.next()?))
        })
        .filter(|(suite, name)| tree.has(&format!("apps/{suite}/{name}/Cargo.toml")))
        .collect();
    for &(suite, name) in &apps {
        let folder = format!("apps/{suite}/{name}");
        let inside = |prefix: &str| tree.files.keys().any(|path| path.starts_with(&format!("{folder}/{prefix}")));
        let mut say =
            |file: &str, message: String| findings.push(Finding::new(&format!("{folder}/{file}"), 1, message));

        match tree.files.get(&format!("{folder}/app.toml")).map(|text| text.parse::<Table>()) {
            None => say("app.toml", "an app says in app.toml what it is: name, suite, icon, about, depends".to_owned()),
            Some(Err(error)) => say("app.toml", format!("not TOML: {error}")),
            Some(Ok(manifest)) => {
                if manifest.get("suite").and_then(|found| found.as_str()) != Some(suite) {
                    say("app.toml", format!("the folder says `suite = \"{suite}\"`: make the manifest say it too"));
                }
                let depends = manifest.get("depends").and_then(|depends| depends.as_array());
                for needed in depends.into_iter().flatten().filter_map(|needed| needed.as_str()) {
                    if !apps.iter().any(|(_, app)| *app == needed) {
                        say("app.toml", format!("depends on `{needed}`, which is no app: mend the name"));
                    }
                }
            }
        }
        let package = tree.files.get(&format!("{folder}/Cargo.toml")).and_then(|text| text.parse::<Table>().ok());
        let package = package.as_ref().and_then(|table| table.get("package")?.get("name")?.as_str());
        if package != Some(name) {
            say("Cargo.toml", format!("the folder says the crate is `{name}`: name the package so"));
        }
        if !tree.files.get(&format!("{folder}/src/lib.rs")).is_some_and(|text| text.contains("pub fn app()")) {
            say("src/lib.rs", "an app is wired in `pub fn app() -> App`".to_owned());
        }
        if !inside("objects/") {
            say("objects", "an app declares at least one object, one file each".to_owned());
        }
        if !inside("tests/") {
            say("tests", "an app tells its scenarios with exact figures in tests/".to_owned());
        }
        let others: BTreeSet<&str> = tree
            .files
            .keys()
            .filter_map(|path| path.strip_prefix(&format!("{folder}/"))?.split('/').next())
            .filter(|room| !ROOMS.contains(room))
            .collect();
        for room in others {
            say(room, format!("an app has no room of this name; the rooms are {}", ROOMS.join(", ")));
        }
    }
    findings
}

/// The suites that drive the binary from outside are found by their folders, so a missing one would be silent.
pub(crate) fn suites(tree: &Tree) -> Vec<Finding> {
    let is_client = |path: &String| path.starts_with("tests/clients/") && path.ends_with("/run");
    let mut findings = Vec::new();
    if !tree.files.keys().any(is_client) {
        findings.push(Finding::new("tests/clients", 1, "a protocol is proven by a foreign client: add <name>/run"));
    }
    if !tree.has("tests/browser/package.json") {
        findings.push(Finding::new("tests/browser", 1, "a working day is lived in the browser: add the npm package"));
    }
    findings
}

#[test]
fn a_missing_suite_is_found() {
    crate::check(suites, &[("tests/clients/mcp/run", ""), ("tests/browser/package.json", "")], &[]);
    crate::check(suites, &[("tests/clients/serve.sh", "")], &["tests/clients:1: ", "tests/browser:1: "]);
}

#[test]
fn an_app_of_another_shape_is_found() {
    let good = [
        ("apps/business/crm/Cargo.toml", "[package]\nname = \"crm\""),
        ("apps/business/crm/app.toml", "suite = \"business\"\ndepends = []"),
        ("apps/business/crm/objects/lead.toml", ""),
        ("apps/business/crm/src/lib.rs", "pub fn app() -> App {}"),
        ("apps/business/crm/tests/lead.rs", ""),
    ];
    crate::check(rule, &good, &[]);
    let check = |path: &'static str, text: &'static str, expect: &str| {
        let mut files: Vec<(&str, &str)> = good.iter().copied().filter(|(good, _)| *good != path).collect();
        if !text.is_empty() {
            files.push((path, text));
        }
        crate::check(rule, &files, &[expect]);
    };
    check("apps/business/crm/app.toml", "", "apps/business/crm/app.toml:1: an app says");
    check("apps/business/crm/app.toml", "suite = \"growth\"", "apps/business/crm/app.toml:1: the folder says");
    check(
        "apps/business/crm/app.toml",
        "suite = \"business\"\ndepends = [\"x\"]",
        "apps/business/crm/app.toml:1: depends on `x`",
    );
    check(
        "apps/business/crm/Cargo.toml",
        "[package]\nname = \"x\"",
        "apps/business/crm/Cargo.toml:1: the folder says the crate",
    );
    check("apps/business/crm/src/lib.rs", "", "apps/business/crm/src/lib.rs:1: an app is wired");
    check("apps/business/crm/objects/lead.toml", "", "apps/business/crm/objects:1: ");
    check("apps/business/crm/tests/lead.rs", "", "apps/business/crm/tests:1: ");
    check("apps/business/crm/utils/x.rs", "x", "apps/business/crm/utils:1: an app has no room");
}
