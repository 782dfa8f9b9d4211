//! A crate uses only lower floors, an app only what its manifest declares, the UI kit no feature.

use crate::imports::imports;
use crate::tree::{Finding, Tree};
use std::collections::BTreeMap;
use toml::Table;

/// The floors from the ground up, and the engines and helpers beside them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Floor {
    Model,
    Macros,
    Store,
    Kernel,
    App,
    Server,
    Nexus,
    Print,
    Mail,
    Nats,
    Search,
    Sheets,
    Files,
    Extract,
    Testkit,
    Benches,
    Fuzz,
    Xtask,
}

use Floor::*;

/// Which floors each may use. What is not listed is refused.
const MAY_USE: &[(Floor, &[Floor])] = &[
    (Model, &[]),
    (Macros, &[Model]),
    (Store, &[Model]),
    (Kernel, &[Model, Macros, Store, Files]),
    (App, &[Model, Macros, Kernel, App]),
    (Server, &[Model, Macros, Store, Kernel]),
    (Nexus, &[Model, Macros, Store, Kernel, App, Server, Print, Mail, Nats, Search, Sheets, Extract]),
    (Print, &[]),
    (Mail, &[Kernel]),
    (Nats, &[Kernel]),
    (Search, &[Kernel]),
    (Sheets, &[Kernel]),
    (Files, &[]),
    (Extract, &[]),
    (Testkit, &[Model, Macros, Store, Kernel, Search, Sheets]),
    (Benches, &[Model, Macros, Store, Kernel, App, Server, Nexus, Print, Nats, Search, Sheets, Testkit]),
    (Fuzz, &[Model, Kernel, Sheets, Files]),
    (Xtask, &[]),
];

/// Libraries that have one home, so that what they stand for has one as well.
const HOMES: &[(&[&str], &[Floor], &str)] = &[
    (&["rusqlite", "sea-query"], &[Store, Benches], "SQL lives in crates/store: use the record calls of the kernel"),
    (
        &["axum", "tower-http", "rmcp", "async-graphql"],
        &[Server, Benches],
        "HTTP lives in crates/server: write an action, it gets its faces there",
    ),
    (
        &["typst", "typst-pdf", "typst-assets"],
        &[Print],
        "typesetting lives in crates/print: put a template into prints/",
    ),
    (&["lettre", "minijinja"], &[Mail], "mail lives in crates/mail: tell people with `ctx.notify`"),
    (&["async-nats"], &[Nats], "NATS lives in crates/nats: follow the log with a subscriber"),
    (
        &["calamine", "rust_xlsxwriter", "parquet"],
        &[Sheets],
        "workbooks and column files live in crates/sheets: export a list, import a file",
    ),
    (&["tantivy"], &[Search, Benches], "indexes of words live in crates/search: mark the field `search`"),
    (&["clap"], &[Nexus, Benches], "the command line lives in crates/nexus"),
    (&["anyhow"], &[Nexus, Xtask, Benches], "a library names its errors: use thiserror"),
    (&["chrono", "time"], &[], "times are jiff's: one calendar, one clock"),
    (&["lazy_static", "once_cell"], &[], "the standard library has LazyLock and OnceLock"),
];

pub(crate) fn rule(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let packages = packages(tree, &mut findings);
    for package in packages.values() {
        for (section, is_dev) in [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)] {
            let names = package.manifest.get(section).and_then(|table| table.as_table());
            for name in names.into_iter().flat_map(Table::keys) {
                let complaint = match packages.get(name) {
                    Some(used) => refused_floor(package, used, is_dev),
                    None => refused_library(package, name).filter(|_| !is_dev),
                };
                if let Some(message) = complaint {
                    findings.push(Finding::new(&package.path, line_of(package.text, section, name), message));
                }
            }
        }
    }
    findings.extend(web_floors(tree));
    findings
}

struct Package<'a> {
    name: String,
    path: String,
    text: &'a str,
    floor: Floor,
    manifest: Table,
    /// For an app: what `app.toml` declares.
    depends: Vec<String>,
}

fn packages<'a>(tree: &'a Tree, findings: &mut Vec<Finding>) -> BTreeMap<String, Package<'a>> {
    let mut packages = BTreeMap::new();
    for (path, text) in &tree.files {
        let Some(folder) = path.strip_suffix("/Cargo.toml") else {
            continue;
        };
        let manifest: Table = match text.parse() {
            Ok(manifest) => manifest,
            Err(error) => {
                findings.push(Finding::new(path, 1, format!("not TOML: {error}")));
                continue;
            }
        };
        let name = manifest.get("package").and_then(|package| package.get("name")).and_then(|name| name.as_str());
        let Some(name) = name else { continue };
        let Some(floor) = floor_of(folder) else {
            findings.push(Finding::new(
                path,
                1,
                "this crate is on no floor: give it a place in crates/xtask/tests/tidy/floors.rs and ARCHITECTURE.md",
            ));
            continue;
        };
        let depends = declared(tree.files.get(&format!("{folder}/app.toml")));
        packages.insert(
            name.to_owned(),
            Package { name: name.to_owned(), path: path.clone(), text, floor, manifest, depends },
        );
    }
    packages
}

fn floor_of(folder: &str) -> Option<Floor> {
    Some(match folder {
        "crates/model" => Model,
        "crates/macros" => Macros,
        "crates/store" => Store,
        "crates/kernel" => Kernel,
        "crates/server" => Server,
        "crates/nexus" => Nexus,
        "crates/print" => Print,
        "crates/mail" => Mail,
        "crates/nats" => Nats,
        "crates/search" => Search,
        "crates/sheets" => Sheets,
        "crates/files" => Files,
        "crates/extract" => Extract,
        "crates/testkit" => Testkit,
        "crates/xtask" => Xtask,
        "benches" => Benches,
        "fuzz" => Fuzz,
        "crates/xtask/templates/blueprint" => App,
        _ if folder.starts_with("apps/") && folder.split('/').count() == 3 => App,
        _ => return None,
    })
}

fn declared(manifest: Option<&String>) -> Vec<String> {
    let table: Table = manifest.and_then(|text| text.parse().ok()).unwrap_or_default();
    let names = table.get("depends").and_then(|depends| depends.as_array());
    names.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

fn refused_floor(user: &Package<'_>, used: &Package<'_>, is_dev: bool) -> Option<String> {
    let (_, allowed) = MAY_USE.iter().find(|(floor, _)| *floor == user.floor)?;
    let in_tests = is_dev && used.floor == Testkit;
    if !allowed.contains(&used.floor) && !in_tests {
        return Some(format!(
            "{} ({:?}) may not use {} ({:?}): move what both need to a lower floor",
            user.name, user.floor, used.name, used.floor
        ));
    }
    let undeclared = user.floor == App && used.floor == App && !user.depends.contains(&used.name);
    (undeclared && !is_dev)
        .then(|| format!("{} uses {} without declaring it: add it to `depends` in app.toml", user.name, used.name))
}

fn refused_library(user: &Package<'_>, library: &str) -> Option<String> {
    let (_, _, why) =
        HOMES.iter().find(|(libraries, floors, _)| libraries.contains(&library) && !floors.contains(&user.floor))?;
    Some(format!("{} may not use {library}: {why}", user.name))
}

/// The line of a dependency in its section of a manifest.
fn line_of(text: &str, section: &str, name: &str) -> usize {
    let mut inside = false;
    for (index, line) in text.lines().enumerate() {
        if line.starts_with('[') {
            inside = line.contains(section) && (section != "dependencies" || !line.contains("-dependencies"));
        }
        let begins = line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', ' ', '=']));
        if inside && (begins || line.contains(&format!(".{name}]"))) {
            return index + 1;
        }
    }
    1
}

/// The kit knows no feature, and the metadata renderer knows no app.
fn web_floors(tree: &Tree) -> Vec<Finding> {
    let refused = [
        ("web/src/ui/", "web/src/kernel/", "the kit draws what it is given: pass it as a property"),
        ("web/src/ui/", "web/src/apps/", "the kit draws what it is given: pass it as a property"),
        ("web/src/kernel/", "web/src/apps/", "the renderer knows metadata only: register the surface in web/src/apps"),
    ];
    let mut findings = Vec::new();
    for import in imports(tree) {
        for (from, to, remedy) in refused {
            if import.from.starts_with(from) && import.to.starts_with(to) {
                findings.push(Finding::new(import.from, import.line, format!("may not import from {to}: {remedy}")));
            }
        }
    }
    findings
}

#[test]
fn a_crate_that_reaches_up_is_found() {
    let package = |name: &str, rest: &str| format!("[package]\nname = \"{name}\"\n{rest}");
    let check = |path: &str, rest: &str, expect: &[&str]| {
        let user = package(path.rsplit('/').nth(1).expect("a folder"), rest);
        let files = [
            ("crates/model/Cargo.toml", package("nexus-model", "")),
            ("crates/store/Cargo.toml", package("nexus-store", "")),
            ("crates/kernel/Cargo.toml", package("nexus-kernel", "")),
            ("crates/testkit/Cargo.toml", package("nexus-testkit", "")),
            ("apps/business/contacts/Cargo.toml", package("contacts", "")),
            ("apps/business/crm/app.toml", "depends = [\"contacts\"]".to_owned()),
            ("apps/business/sales/Cargo.toml", package("sales", "")),
            (path, user),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        crate::check(rule, &files, expect);
    };
    let crm = "apps/business/crm/Cargo.toml";
    check(crm, "[dependencies]\nnexus-kernel.workspace = true\ncontacts = {}\n", &[]);
    check(
        crm,
        "[dependencies]\nnexus-store = {}\n",
        &["apps/business/crm/Cargo.toml:4: crm (App) may not use nexus-store"],
    );
    check(crm, "[dependencies]\nsales = {}\n", &["apps/business/crm/Cargo.toml:4: crm uses sales without declaring"]);
    check(
        crm,
        "[dependencies]\nrusqlite = {}\n",
        &["apps/business/crm/Cargo.toml:4: crm may not use rusqlite: SQL lives"],
    );
    check(crm, "[dev-dependencies]\nnexus-testkit = {}\n", &[]);
    check(
        crm,
        "[dependencies]\nnexus-testkit = {}\n",
        &["apps/business/crm/Cargo.toml:4: crm (App) may not use nexus-testkit"],
    );
    check(
        "crates/server/Cargo.toml",
        "[dependencies]\ncontacts = {}\n",
        &["crates/server/Cargo.toml:4: server (Server) may not use contacts"],
    );
    check("crates/nexus/Cargo.toml", "[dependencies]\ncontacts = {}\nanyhow = {}\n", &[]);
    check("crates/common/Cargo.toml", "", &["crates/common/Cargo.toml:1: this crate is on no floor"]);
}

#[test]
fn a_kit_that_imports_a_feature_is_found() {
    crate::check(
        rule,
        &[
            ("web/src/ui/button.tsx", "// A button.\nimport { list } from '../kernel/list';"),
            ("web/src/kernel/list.tsx", "import { Button } from '@/ui/button';\nimport { A } from '@/apps/crm';"),
        ],
        &[
            "web/src/kernel/list.tsx:2: may not import from web/src/apps/",
            "web/src/ui/button.tsx:2: may not import from web/src/kernel/",
        ],
    );
}
