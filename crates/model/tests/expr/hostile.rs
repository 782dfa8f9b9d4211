//! No input harms: neither the longest, nor the deepest, nor any at random.

use proptest::prelude::*;

use crate::lead::{eval, parse};

/// Runs on a stack half as large as a worker thread has.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(1024 * 1024).spawn(run).unwrap().join().unwrap();
}

#[test]
fn hostile_input_is_refused_on_a_small_stack() {
    on_a_small_stack(|| {
        let long = |part: &str, count: usize| part.repeat(count);
        for source in [
            long("x", 1_000_000),
            long("(", 100_000),
            long("(", 4_000),
            long("[", 4_000),
            long("!", 8_000),
            long("-", 8_000),
            long("!-", 4_000),
            long("a.", 4_000),
            long("a?b:", 2_000),
            long("a(", 4_000),
            long("score+", 1_300),
            long("f(a,", 2_000),
            format!("{}1{}", long("(", 200), long(")", 200)),
            format!("{}score{}", long("(1+", 100), long(")", 100)),
            long("owner.boss.", 700),
            long("'\\", 4_000),
            long("\"'", 4_000),
            long("''", 4_000),
            long("//\n", 2_000),
            long("score && ", 900),
            long("[score, ", 1_000),
        ] {
            assert!(parse(&source).is_err(), "{}…", &source[..20.min(source.len())]);
        }
    });
}

#[test]
fn the_deepest_input_that_is_allowed_fits_a_small_stack() {
    on_a_small_stack(|| {
        let inside =
            |open: &str, close: &str, count: usize| format!("{}score{}", open.repeat(count), close.repeat(count));
        for source in [
            inside("(", ")", 14),
            inside("(", ")", 60),
            inside("(1+", ")", 40),
            inside("hot ? 1 : ", "", 60),
            inside("score + ", "", 120),
            inside("-(", ")", 40),
            inside("[true].exists(x, x == ", ")", 3).replace("score", "hot"),
            vec!["score == 1"; 240].join(" && "),
            vec!["(score == 1 || hot)"; 150].join(" && "),
        ] {
            let expr = parse(&source).unwrap_or_else(|error| panic!("{source}: {error}"));
            drop(expr.clone());
            eval(&source);
        }
    });
}

/// What expressions are made of, to be strung together at random.
fn fragments() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "score",
        "budget",
        "owner",
        ".team",
        ".name",
        "tags",
        "lines",
        "due",
        "(",
        ")",
        "[",
        "]",
        ",",
        "?",
        ":",
        "!",
        "-",
        "+",
        "*",
        "/",
        "%",
        "==",
        "!=",
        "<",
        ">=",
        "&&",
        "||",
        " in ",
        ".exists(x,",
        ".all(",
        "has(",
        "size(",
        "'web'",
        "\"\\u00e4\"",
        "1",
        "2.5",
        "0x1F",
        "1e9",
        "null",
        "true",
        "principal",
        ".user",
        "days(",
        "money(",
        "'",
        "\\",
        "in",
        "for",
        ".",
        "..",
        "@",
        "`a`",
        "b'x'",
        "\n",
        "//",
        "ü",
        "x",
    ]);
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(source in any::<String>()) {
        let _ = parse(&source);
    }

    #[test]
    fn no_string_of_fragments_panics(source in fragments()) {
        if parse(&source).is_ok() {
            eval(&source);
        }
    }
}
