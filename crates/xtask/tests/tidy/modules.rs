//! Which Rust files the compiler reaches, and which of them only in tests.

use crate::source;
use crate::tree::Tree;
use std::collections::BTreeMap;

/// One `mod` declaration in a file, or the range of one written in place.
pub(crate) struct Module {
    /// The names from the file's own module down to this one.
    pub(crate) names: Vec<String>,
    /// `#[path = "…"]`, when given.
    path: Option<String>,
    /// Under `#[cfg(test)]`.
    pub(crate) test: bool,
    /// The bytes between the braces, for a module written in place.
    pub(crate) body: Option<std::ops::Range<usize>>,
}

/// The modules that a file declares.
pub(crate) fn modules(text: &str) -> Vec<Module> {
    let code = source::rust_code(text);
    let bytes = code.as_bytes();
    let mut found: Vec<Module> = Vec::new();
    // Modules written in place that are open here: where in `found`, and at which depth of braces.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if let Some(&(index, _)) = open.last().filter(|(_, inside)| *inside > depth) {
                    open.pop();
                    if let Some(body) = &mut found[index].body {
                        body.end = at;
                    }
                }
            }
            b'm' if is_declaration(&code, at) => {
                let rest = code[at + 3..].trim_start();
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let after = rest[name.len()..].trim_start();
                let (attributes, attribute_text) = attributes_before(&code, text, at);
                let outer = open.last().map(|&(index, _)| &found[index]);
                let mut names = outer.map(|outer| outer.names.clone()).unwrap_or_default();
                let test = attributes.contains("cfg(test)") || outer.is_some_and(|outer| outer.test);
                names.push(name);
                let path = path_attribute(attribute_text);
                if after.starts_with(';') {
                    found.push(Module { names, path, test, body: None });
                } else if after.starts_with('{') {
                    let brace = code.len() - after.len();
                    open.push((found.len(), depth + 1));
                    found.push(Module { names, path, test, body: Some(brace + 1..text.len()) });
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn is_declaration(code: &str, at: usize) -> bool {
    let before = code[..at].chars().next_back();
    code[at..].starts_with("mod ") && before.is_none_or(|c| c.is_whitespace() || c == '}' || c == ';' || c == ']')
}

/// What stands between the item before and this keyword: attributes and visibility.
fn attributes_before<'a>(code: &'a str, text: &'a str, at: usize) -> (&'a str, &'a str) {
    let start = code[..at].rfind([';', '{', '}']).map_or(0, |found| found + 1);
    (&code[start..at], &text[start..at])
}

fn path_attribute(attributes: &str) -> Option<String> {
    let (_, rest) = attributes.split_once("#[path")?;
    rest.split('"').nth(1).map(str::to_owned)
}

/// Every Rust file that the compiler reaches, and whether only tests reach it.
pub(crate) fn reached(tree: &Tree) -> BTreeMap<String, bool> {
    let mut reached = BTreeMap::new();
    for path in tree.files.keys().filter(|path| path.ends_with(".rs")) {
        if let Some(test) = root_of_crate(tree, path) {
            visit(tree, path, test, true, &mut reached);
        }
    }
    reached
}

/// Whether cargo compiles this file as a crate of its own, and if so, whether outside the product.
fn root_of_crate(tree: &Tree, path: &str) -> Option<bool> {
    let mut folder = path;
    let package = loop {
        folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
        let manifest = if folder.is_empty() { "Cargo.toml".to_owned() } else { format!("{folder}/Cargo.toml") };
        if tree.has(&manifest) {
            break folder;
        }
        if folder.is_empty() {
            return None;
        }
    };
    let inside = path[package.len()..].trim_start_matches('/');
    let parts: Vec<&str> = inside.split('/').collect();
    match parts.as_slice() {
        ["src", "lib.rs" | "main.rs"] | ["build.rs"] | ["src", "bin", ..] => Some(false),
        ["tests" | "examples" | "benches", _] | ["tests" | "examples" | "benches", _, "main.rs"] => Some(true),
        _ => None,
    }
}

fn visit(tree: &Tree, path: &str, test: bool, is_root: bool, reached: &mut BTreeMap<String, bool>) {
    // Code that both a test and the product reach is the product's.
    match reached.get(path) {
        Some(&before) if before == test || !before => return,
        _ => {}
    }
    let Some(text) = tree.files.get(path) else {
        return;
    };
    reached.insert(path.to_owned(), test);
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let owns_folder = is_root || file == "mod.rs";
    let base = if owns_folder { folder.to_owned() } else { path.trim_end_matches(".rs").to_owned() };
    for module in modules(text).iter().filter(|module| module.body.is_none()) {
        let (name, outer) = module.names.split_last().expect("a module has a name");
        let candidates = match &module.path {
            Some(given) => vec![join(folder, given)],
            None => {
                let place = outer.iter().fold(base.clone(), |place, part| format!("{place}/{part}"));
                vec![format!("{place}/{name}.rs"), format!("{place}/{name}/mod.rs")]
            }
        };
        for candidate in candidates.iter().filter(|candidate| tree.has(candidate)) {
            visit(tree, candidate, test || module.test, false, reached);
        }
    }
}

/// A path from a folder, with `..` and `.` taken.
pub(crate) fn join(folder: &str, relative: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn modules_are_read_from_declarations() {
    let text = "mod a;\n// mod not;\n#[cfg(test)]\nmod tests { mod deep; fn f() {} }\npub(crate) mod b;\n\
                #[path = \"elsewhere.rs\"]\nmod c;\nlet s = \"mod d;\";";
    let found: Vec<(String, bool, Option<String>)> =
        modules(text).into_iter().map(|module| (module.names.join("::"), module.test, module.path)).collect();
    let expect = [
        ("a", false, None),
        ("tests", true, None),
        ("tests::deep", true, None),
        ("b", false, None),
        ("c", false, Some("elsewhere.rs")),
    ];
    let expect = expect.map(|(name, test, path)| (name.to_owned(), test, path.map(str::to_owned)));
    assert_eq!(found, expect);
}
