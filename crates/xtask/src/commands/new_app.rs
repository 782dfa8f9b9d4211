//! `new app <suite>/<name>`: a new app folder that compiles and passes its own test.
//!
//! The template is a real app, compiled and tested with the others; it is copied under the new name, and
//! the name is added to the workspace and to the binary's list of apps.

use crate::Usage;
use crate::shell::{self, say};
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// The app that is copied, and the name in it that is replaced.
const TEMPLATE: &str = "crates/xtask/templates/blueprint";
const PLACEHOLDER: &str = "blueprint";

/// Names that Rust or the workspace has taken.
const TAKEN: &[&str] = &[
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "nexus",
    "override",
    "priv",
    "proc_macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "xtask",
    "yield",
];

pub(crate) fn run(ws: &Workspace, app: &str) -> Result<()> {
    let (suite, name) = parse(app).map_err(Usage)?;
    let folder = format!("apps/{suite}/{name}");
    if ws.path(&folder).exists() {
        bail!("{folder} exists already");
    }
    // Everything is worked out before anything is written, so that a failure leaves no half app behind.
    let mut files = Vec::new();
    collect(&ws.path(TEMPLATE), &mut files)?;
    let mut changes: Vec<(PathBuf, String)> = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let inside = file.strip_prefix(ws.path(TEMPLATE))?.to_string_lossy().replace(PLACEHOLDER, name);
        changes.push((ws.path(&folder).join(&inside), renamed(&inside, &text, suite, name)));
    }
    let manifest = fs::read_to_string(ws.path("Cargo.toml"))?;
    let new = Listed::new(&manifest, suite, name);
    for (path, edit) in REGISTERS {
        let file = ws.path(path);
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {path}"))?;
        let edited = edit(&text, &new).with_context(|| format!("cannot add {name} to {path}"))?;
        changes.push((file, edited));
    }
    for (path, text) in changes {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    // The new name gets its line in Cargo.lock.
    shell::read(ws.cargo().args(["metadata", "--format-version", "1", "--quiet"]))?;
    shell::run(ws.cargo().args(["fmt", "--package", name, "--package", "nexus"]))?;
    say(&format!("{folder} is there and part of the binary"));
    println!("    its test:  cargo nextest run --package {name}");
    println!("    see it:    cargo xtask demo");
    println!("    next:      CONTRIBUTING.md, \"Add an object\" and \"Add an action\"");
    Ok(())
}

fn parse(app: &str) -> std::result::Result<(&str, &str), String> {
    let example = "such as `cargo xtask new app business/fleet`";
    let Some((suite, name)) = app.split_once('/') else {
        return Err(format!("`{app}` names no suite; write <suite>/<name>, {example}"));
    };
    for part in [suite, name] {
        let mut chars = part.chars();
        let good = chars.next().is_some_and(|first| first.is_ascii_lowercase())
            && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            && !part.ends_with('_')
            && !part.contains("__")
            && part.len() <= 48;
        if !good {
            return Err(format!("`{part}` is not a name: snake_case, at most 48 characters, {example}"));
        }
    }
    if TAKEN.contains(&name) || name == PLACEHOLDER {
        return Err(format!("`{name}` is taken; choose another name, {example}"));
    }
    Ok((suite, name))
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else {
            into.push(path);
        }
    }
    into.sort();
    Ok(())
}

/// A file of the template under the new name: `help_desk` in paths and code, `HelpDesk` as a type, and
/// `Help desk` in manifests and comments.
fn renamed(path: &str, text: &str, suite: &str, name: &str) -> String {
    let is_rust = path.ends_with(".rs");
    let capital = "Blueprint";
    let lines = text.lines().map(|line| {
        let said = !is_rust || line.trim_start().starts_with("//");
        let line = line.replace(capital, &if said { label(name) } else { type_name(name) });
        let line = if said && is_rust { line.replace(PLACEHOLDER, &words(name)) } else { line };
        let line = line.replace(PLACEHOLDER, name);
        if path == "app.toml" { line.replace("\"business\"", &format!("\"{suite}\"")) } else { line }
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

fn words(name: &str) -> String {
    name.replace('_', " ")
}

fn label(name: &str) -> String {
    capitalised(&words(name))
}

fn type_name(name: &str) -> String {
    name.split('_').map(capitalised).collect()
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

/// Adds the app to a text that lists the apps.
type Edit = fn(&str, &Listed<'_>) -> Result<String>;

/// The files that list the apps, and how one is added.
const REGISTERS: &[(&str, Edit)] =
    &[("Cargo.toml", in_workspace), ("crates/nexus/Cargo.toml", in_binary), ("crates/nexus/src/apps.rs", in_list)];

/// The new app and those there are.
struct Listed<'a> {
    suite: &'a str,
    name: &'a str,
    apps: Vec<&'a str>,
}

impl<'a> Listed<'a> {
    fn new(manifest: &'a str, suite: &'a str, name: &'a str) -> Self {
        let apps = manifest.lines().filter(|line| line.contains("{ path = \"apps/")).filter_map(key).collect();
        Self { suite, name, apps }
    }

    /// Whether this line of a manifest is about an app.
    fn knows(&self, line: &str) -> bool {
        key(line).is_some_and(|key| self.apps.contains(&key))
    }
}

/// What a line of a manifest is about.
fn key(line: &str) -> Option<&str> {
    line.split(['=', '.', ' ']).next()
}

fn in_workspace(text: &str, new: &Listed<'_>) -> Result<String> {
    if text.lines().any(|line| key(line) == Some(new.name)) {
        bail!("`{}` is a dependency already; choose another name", new.name);
    }
    let line = format!("{} = {{ path = \"apps/{}/{0}\" }}", new.name, new.suite);
    inserted(text, &line, |line| new.knows(line))
}

fn in_binary(text: &str, new: &Listed<'_>) -> Result<String> {
    inserted(text, &format!("{}.workspace = true", new.name), |line| new.knows(line))
}

/// Adds a line to the block of lines that `belongs` knows, in the order of the alphabet.
fn inserted(text: &str, new: &str, belongs: impl Fn(&str) -> bool) -> Result<String> {
    let mut lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| belongs(line)).context("the list of apps was not found")?;
    let block = lines[first..].iter().take_while(|line| belongs(line)).count();
    let before = lines[first..first + block].iter().position(|line| *line > new);
    lines.insert(first + before.unwrap_or(block), new);
    Ok(lines.join("\n") + "\n")
}

/// The list in code, in an order that does not matter; rustfmt breaks the line where it must.
fn in_list(text: &str, new: &Listed<'_>) -> Result<String> {
    let last = new.apps.iter().filter_map(|app| {
        let call = format!("{app}::app()");
        text.find(&call).map(|at| at + call.len())
    });
    let at = last.max().context("the list of apps was not found")?;
    Ok(format!("{}, {}::app(){}", &text[..at], new.name, &text[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_is_named_by_suite_and_name() {
        let check = |app: &str, good: bool| assert_eq!(parse(app).is_ok(), good, "{app}");
        check("business/fleet", true);
        check("business/help_desk", true);
        check("fleet", false);
        check("business/Fleet", false);
        check("business/help-desk", false);
        check("business/../fleet", false);
        check("business/", false);
        check("business/9lives", false);
        check("business/match", false);
        check("business/core", false);
    }

    #[test]
    fn the_template_is_copied_under_the_new_name() {
        let check = |path, text, expect| assert_eq!(renamed(path, text, "growth", "help_desk"), expect);
        check("app.toml", "name = \"Blueprint\"\nsuite = \"business\"", "name = \"Help desk\"\nsuite = \"growth\"\n");
        check("src/lib.rs", "//! Blueprint: a blueprint.", "//! Help desk: a help desk.\n");
        check("src/lib.rs", "use objects::Blueprint;", "use objects::HelpDesk;\n");
        check("src/lib.rs", "mod finish_blueprint;", "mod finish_help_desk;\n");
    }

    #[test]
    fn a_new_app_is_added_to_every_list() {
        let manifest = "[workspace.dependencies]\ncrm = { path = \"apps/business/crm\" }\n\
                        sales = { path = \"apps/business/sales\" }\n\nanyhow = \"1.0\"\n";
        let new = Listed::new(manifest, "business", "fleet");
        assert_eq!(new.apps, ["crm", "sales"]);
        let fleet = "fleet = { path = \"apps/business/fleet\" }\n";
        assert_eq!(
            in_workspace(manifest, &new).expect("added"),
            manifest.replace("sales =", &format!("{fleet}sales ="))
        );
        let binary = "crm.workspace = true\nsales.workspace = true\nclap.workspace = true\n";
        let expect = binary.replace("sales.", "fleet.workspace = true\nsales.");
        assert_eq!(in_binary(binary, &new).expect("added"), expect);
        let expect = "vec![crm::app(), sales::app(), fleet::app()]";
        assert_eq!(in_list("vec![crm::app(), sales::app()]", &new).expect("added"), expect);
        assert!(in_workspace(manifest, &Listed::new(manifest, "x", "anyhow")).is_err());
    }
}
