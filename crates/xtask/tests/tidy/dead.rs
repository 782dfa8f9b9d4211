//! No dead files: what nothing reaches is not built, not tested and misleads whoever finds it.

use crate::imports::imports;
use crate::modules;
use crate::tree::{Finding, Tree};

pub(crate) fn rule(tree: &Tree) -> Vec<Finding> {
    let reached = modules::reached(tree);
    let mut findings: Vec<Finding> = tree
        .files
        .keys()
        .filter(|path| path.ends_with(".rs") && !reached.contains_key(*path))
        .map(|path| Finding::new(path, 1, "no `mod` leads here: declare the module, or delete the file"))
        .collect();
    let imports = imports(tree);
    for (path, _) in tree.written(&["ts", "tsx", "css"]).filter(|(path, _)| path.starts_with("web/src/")) {
        let is_entry = path.starts_with("web/src/main.") || path.ends_with(".d.ts") || path.contains(".test.");
        if !is_entry && !imports.iter().any(|import| import.leads_to(path)) {
            findings.push(Finding::new(path, 1, "nothing imports this: import it, or delete the file"));
        }
    }
    findings
}

#[test]
fn a_file_that_nothing_reaches_is_found() {
    let package = ("crates/x/Cargo.toml", "");
    crate::check(
        rule,
        &[
            package,
            ("crates/x/src/lib.rs", "mod a;\n#[cfg(test)]\nmod tests { mod c; }\n// mod dead;"),
            ("crates/x/src/a.rs", "mod b;"),
            ("crates/x/src/a/b.rs", ""),
            ("crates/x/src/dead.rs", ""),
            ("crates/x/src/tests/c.rs", ""),
            ("crates/x/tests/story.rs", ""),
            ("crates/x/tests/common/mod.rs", ""),
        ],
        &["crates/x/src/dead.rs:1: ", "crates/x/tests/common/mod.rs:1: "],
    );
    crate::check(
        rule,
        &[
            ("web/src/main.tsx", "import { A } from './a';\nconst b = () => import(\"@/b/page\");"),
            ("web/src/a.ts", "import.meta.glob('./apps/*/index.tsx')"),
            ("web/src/b/page.tsx", ""),
            ("web/src/apps/crm/index.tsx", ""),
            ("web/src/dead.ts", ""),
        ],
        &["web/src/dead.ts:1: "],
    );
}
