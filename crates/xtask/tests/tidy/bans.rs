//! What nobody writes here, each with the reason and what to write instead.

use crate::modules;
use crate::source;
use crate::tree::{Finding, Tree, has_extension};
use std::ops::Range;

/// Where a ban looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Rust outside tests.
    Rust,
    /// Rust in tests.
    RustTests,
    /// Rust everywhere.
    AllRust,
    /// TypeScript.
    TypeScript,
    /// TypeScript of a test.
    TypeScriptTests,
    /// The raw text of every source and script, comments included.
    Text,
}

struct Ban {
    scope: Scope,
    /// As whole words.
    words: &'static [&'static str],
    /// Beginnings of paths; empty stands for everywhere.
    inside: &'static [&'static str],
    /// Beginnings of paths where it is allowed.
    except: &'static [&'static str],
    why: &'static str,
}

const BANS: &[Ban] = &[
    Ban {
        scope: Scope::AllRust,
        words: &["todo!", "unimplemented!", "dbg!"],
        inside: &[],
        except: &[],
        why: "unfinished: write it now, or leave it out and file an issue",
    },
    Ban {
        scope: Scope::Rust,
        words: &[".unwrap()"],
        inside: &[],
        except: &[],
        why: "return the error, or say with `expect` why it cannot happen",
    },
    Ban {
        scope: Scope::Rust,
        words: &["println!", "print!", "eprintln!", "eprint!"],
        inside: &["crates/", "apps/"],
        // A build script speaks to cargo so.
        except: &["crates/nexus/", "crates/xtask/", "crates/server/build.rs"],
        why: "a library does not print: return it, or log it with tracing",
    },
    Ban {
        scope: Scope::Rust,
        words: &["SystemTime::now", "Timestamp::now", "Zoned::now"],
        inside: &["crates/", "apps/"],
        // The kernel's options hold the clock; signing in and migrating are the control file's, not a tenant's; how old a
        // content is the disk or the bucket says, by the real time; the doctor holds this machine's against the database's.
        except: &[
            "crates/files/src/sweep.rs",
            "crates/kernel/src/options.rs",
            "crates/kernel/src/core/",
            "crates/nexus/src/checkup.rs",
            "crates/store/src/migrate.rs",
            "crates/testkit/",
            "crates/xtask/",
        ],
        why: "take the time from the clock of `Ctx`, so that tests and replays decide it",
    },
    Ban {
        scope: Scope::Rust,
        words: &["f64", "f32"],
        inside: &["crates/model/", "crates/store/", "crates/kernel/", "apps/"],
        // The parser of CEL hands out a float, which is compared with the digits as written.
        except: &["crates/model/src/expr/check.rs"],
        why: "numbers are exact: use Decimal, Money or an integer",
    },
    Ban {
        scope: Scope::AllRust,
        words: &["#[ignore", "assert!(true"],
        inside: &[],
        except: &[],
        why: "a test that cannot fail protects nothing: make it run, or delete it",
    },
    Ban {
        scope: Scope::Rust,
        words: &["#[allow(dead_code", "#![allow(dead_code", "#[allow(unused", "#![allow(unused"],
        inside: &[],
        except: &[],
        why: "delete what is not used",
    },
    Ban {
        scope: Scope::RustTests,
        words: &["thread::sleep", "time::sleep"],
        inside: &[],
        except: &[],
        why: "wait for the event, not for the clock: a channel, a barrier or a cursor",
    },
    Ban {
        scope: Scope::TypeScript,
        words: &[": any", "as any", "<any", "any[]", "any>", "| any"],
        inside: &[],
        except: &[],
        why: "say the type, or `unknown` and check it",
    },
    Ban {
        scope: Scope::TypeScript,
        words: &["@ts-ignore", "@ts-nocheck"],
        inside: &[],
        except: &[],
        why: "mend the type; what a library gets wrong takes @ts-expect-error with the reason",
    },
    Ban {
        scope: Scope::TypeScript,
        words: &["export default"],
        inside: &["web/src/"],
        except: &[],
        why: "one name for one thing everywhere: export it by name",
    },
    Ban {
        scope: Scope::TypeScript,
        words: &["export *"],
        inside: &["web/src/"],
        except: &[],
        why: "no barrel files: import from the file that has it",
    },
    Ban {
        scope: Scope::TypeScript,
        words: &["console.log", "debugger"],
        inside: &["web/src/"],
        except: &[],
        why: "the console stays clean: the browser test fails on any line in it",
    },
    Ban {
        scope: Scope::TypeScriptTests,
        words: &["waitForTimeout"],
        inside: &[],
        except: &[],
        why: "wait for what the person would see, not for the clock",
    },
    Ban {
        scope: Scope::TypeScriptTests,
        words: &["test.skip", "it.skip", "describe.skip", "test.only", "it.only", "describe.only"],
        inside: &[],
        except: &[],
        why: "every test runs: mend it, or delete it",
    },
    Ban {
        scope: Scope::Text,
        words: &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")],
        inside: &[],
        except: &[],
        why: "do it now, or file an issue",
    },
    Ban {
        scope: Scope::Text,
        words: &[
            concat!("crates", ".io"),
            concat!("pypi", ".org"),
            concat!("files.pythonhosted", ".org"),
            concat!("registry.npmjs", ".org"),
            concat!("deb.debian", ".org"),
        ],
        inside: &[],
        except: &[],
        why: "name the package, not the host: a mirror may serve it",
    },
];

/// Scripts and sources; documents and lock files speak for themselves.
const TEXT: &[&str] = &["rs", "ts", "tsx", "mjs", "js", "css", "html", "py", "sh", "toml", "typ", "sql"];

pub(crate) fn rule(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let reached = modules::reached(tree);
    for (path, text) in tree.written(TEXT) {
        let is_rust = has_extension(path, "rs");
        let is_script = ["ts", "tsx", "mjs", "js"].iter().any(|extension| has_extension(path, extension));
        let code = match () {
            () if is_rust => source::rust_code(text),
            () if is_script => source::typescript_code(text),
            () => String::new(),
        };
        let all_tests = match is_rust {
            true => reached.get(path).copied().unwrap_or(false),
            false => path.starts_with("tests/") || path.contains(".test."),
        };
        let tests = if is_rust { test_parts(text) } else { Vec::new() };
        for ban in BANS.iter().filter(|ban| ban.covers(path)) {
            let in_tests = |at: usize| all_tests || tests.iter().any(|part| part.contains(&at));
            let (searched, wanted): (&str, &dyn Fn(usize) -> bool) = match ban.scope {
                Scope::Rust if is_rust => (&code, &|at| !in_tests(at)),
                Scope::RustTests if is_rust => (&code, &in_tests),
                Scope::AllRust if is_rust => (&code, &|_| true),
                Scope::TypeScript if is_script => (&code, &|_| true),
                Scope::TypeScriptTests if is_script => (&code, &in_tests),
                Scope::Text => (text, &|_| true),
                _ => continue,
            };
            for word in ban.words {
                for at in source::occurrences(searched, word).filter(|at| wanted(*at)) {
                    let message = format!("`{}`: {}", word.trim(), ban.why);
                    findings.push(Finding::new(path, source::line_of(text, at), message));
                }
            }
        }
    }
    findings
}

impl Ban {
    fn covers(&self, path: &str) -> bool {
        let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| path.starts_with(prefix));
        (self.inside.is_empty() || begins(self.inside)) && !begins(self.except)
    }
}

/// The parts of a file that only tests compile: modules under `#[cfg(test)]` and `#[test]` functions.
fn test_parts(text: &str) -> Vec<Range<usize>> {
    modules::modules(text).into_iter().filter(|module| module.test).filter_map(|module| module.body).collect()
}

#[test]
fn each_ban_catches_what_it_names() {
    let check = |path: &str, text: &str, expect: &[&str]| {
        let package = ("crates/model/Cargo.toml", "");
        let expect: Vec<String> = expect.iter().map(|expect| format!("{path}:{expect}")).collect();
        let expect: Vec<&str> = expect.iter().map(String::as_str).collect();
        crate::check(rule, &[package, (path, text)], &expect);
    };
    let lib = "crates/model/src/lib.rs";
    check(lib, "fn f() {\n    todo!()\n}", &["2: `todo!`: unfinished"]);
    check(lib, "let s = \"todo!()\"; // dbg!(x)", &[]);
    check(lib, "x.unwrap();", &["1: `.unwrap()`: return the error"]);
    check(lib, "x.unwrap_or(1);\n#[cfg(test)]\nmod tests { fn f() { x.unwrap(); } }", &[]);
    check(lib, "#[cfg(test)]\nmod tests {}\nfn f() { x.unwrap(); }", &["3: `.unwrap()`"]);
    check(lib, "println!();", &["1: `println!`"]);
    check(lib, "jiff::Timestamp::now()", &["1: `Timestamp::now`"]);
    check(lib, "fn f(x: f64, y: xf64) {}", &["1: `f64`: numbers are exact"]);
    check(lib, "#[allow(dead_code)]", &["1: `#[allow(dead_code`"]);
    check(lib, &format!("// {}: later", concat!("TO", "DO")), &["1: `TO"]);
    check(lib, &format!("//! from {}", concat!("crates", ".io")), &["1: `crates"]);
    check("crates/model/tests/a.rs", "x.unwrap(); println!(); 1.0_f64;", &[]);
    check("crates/model/tests/a.rs", "std::thread::sleep(d)", &["1: `thread::sleep`"]);
    check("crates/model/tests/a.rs", "#[test]\n#[ignore]\nfn f() {}", &["2: `#[ignore`"]);
    check("web/src/a.ts", "let x: any = y as any; // any", &["1: `: any`", "1: `as any`"]);
    check("web/src/a.ts", "const anything: Company = many[0];", &[]);
    check("web/src/a.ts", "export default x;\nexport * from './b';", &["1: `export default`", "2: `export *`"]);
    check("web/vite.config.ts", "export default x;", &[]);
    check(
        "tests/browser/day.mjs",
        "await page.waitForTimeout(5);\ntest.only('x')",
        &["1: `waitForTimeout`", "2: `test.only`"],
    );
}
