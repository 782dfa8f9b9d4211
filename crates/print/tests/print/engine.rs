//! The engine itself: its files, its bounds, its errors, and equal bytes for equal input.

use crate::reading::{check_shows, page};
use nexus_print::{DATA_BYTES_MAX, PAGES_MAX, PrintError, SOURCE_BYTES_MAX, Template, pdf};
use serde_json::{Value, json};

fn template(source: &str) -> Template<'_> {
    Template { name: "test", source }
}

/// What a template of this source prints.
fn printed(source: &str, data: Value) -> String {
    page(&template(source), &data)
}

/// The error that a template of this source ends in.
fn refused(source: &str, data: Value) -> PrintError {
    pdf(&template(source), &data).map(|bytes| bytes.len()).expect_err("the template fails")
}

#[test]
fn equal_input_gives_equal_bytes_on_every_thread() {
    let data = json!({ "printed_at": "2026-01-31T09:30:00Z", "name": "Ada" });
    let source = r#"#let data = json("data.json"); Hello #data.name"#;
    let print = || pdf(&template(source), &data).expect("the template prints");
    let first = print();
    std::thread::scope(|scope| {
        let threads = [scope.spawn(print), scope.spawn(print), scope.spawn(print)];
        for thread in threads {
            assert_eq!(thread.join().expect("the thread prints"), first);
        }
    });
}

#[test]
fn the_date_is_the_one_in_the_data() {
    let source = "#set document(title: [x])\n#datetime.today().display()";
    let check = |printed_at: &str, expected: &str| {
        assert_eq!(printed(source, json!({ "printed_at": printed_at })), expected);
    };
    check("2026-01-31", "2026-01-31");
    check("2026-01-31T23:30:00Z", "2026-01-31");
    check("2026-01-31T23:30:00-02:00", "2026-02-01");

    let bytes = pdf(&template("x"), &json!({ "printed_at": "2026-01-31T09:30:05+01:00" }));
    let text = String::from_utf8_lossy(&bytes.expect("the template prints")).into_owned();
    check_shows(&text, &["D:20260131083005Z"]);
    check_shows(&refused(source, json!({})).to_string(), &["test, line 2: "]);
}

#[test]
fn a_printed_at_that_is_no_date_is_refused() {
    for wrong in [json!("yesterday"), json!("2026-02-30"), json!(20260131), json!("")] {
        let error = refused("x", json!({ "printed_at": wrong }));
        assert!(matches!(error, PrintError::PrintedAt { .. }), "{error}");
        check_shows(&error.to_string(), &["printed_at", &wrong.to_string()]);
    }
}

#[test]
fn an_error_names_the_template_the_line_and_the_reason() {
    let check = |source: &str, expected_line: usize, expected: &str| match refused(source, json!({})) {
        PrintError::Template { template, line, message } => {
            assert_eq!((template.as_str(), line), ("test", Some(expected_line)), "{message}");
            check_shows(&message, &[expected]);
        }
        other => panic!("{other}"),
    };
    check("one\n#let x = \n", 2, "expected expression");
    check("one\n\n#missing", 3, "unknown variable: missing");
    check("#json(\"data.json\").name", 1, "does not contain key");
    check("#import \"nexus.typ\": date\n#date(\"31.1.2026\")", 2, "expected a date");
    check("#import \"nexus.typ\": date\n#date(\"2026-13-01\")", 2, "(values.typ, line ");
}

#[test]
fn a_template_sees_no_file_but_its_own() {
    for source in [
        r#"#read("/etc/passwd")"#,
        r#"#read("../../../../etc/passwd")"#,
        r#"#image("logo.png")"#,
        r#"#include "/etc/hosts""#,
        r#"#import "@preview/cetz:0.3.4""#,
        r#"#json("other.json")"#,
        r#"#eval("1 + 1")"#,
        r#"#std.eval("1 + 1")"#,
        r#"#plugin(bytes(()))"#,
        r#"#std.plugin(bytes(()))"#,
    ] {
        let error = refused(source, json!({}));
        assert!(matches!(error, PrintError::Template { line: Some(1), .. }), "{source}: {error}");
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let check = |source: &str, data: Value, expected: &'static str, expected_max: usize| match refused(source, data) {
        PrintError::TooLarge { what, size, size_max, .. } => {
            assert_eq!((what, size_max), (expected, expected_max));
            assert!(size > size_max);
        }
        other => panic!("{other}"),
    };
    check(&"x".repeat(SOURCE_BYTES_MAX + 1), json!({}), "source bytes", SOURCE_BYTES_MAX);
    check("x", json!("x".repeat(DATA_BYTES_MAX)), "data bytes", DATA_BYTES_MAX);
    let pages = format!("#for _ in range({PAGES_MAX}) {{ pagebreak() }}");
    check(&pages, json!({}), "pages", PAGES_MAX);
}

#[test]
fn a_template_that_never_ends_is_stopped() {
    check_shows(&refused("#let i = 0\n#while i >= 0 { i += 1 }", json!({})).to_string(), &["infinite"]);
    check_shows(
        &refused("#let f(x) = f(x + 1)\n#f(1)", json!({})).to_string(),
        &["maximum function call depth exceeded"],
    );
}

#[test]
fn numbers_are_written_without_rounding() {
    let check = |value: Value, decimals: u8, expected: &str| {
        let source = "#import \"nexus.typ\": *\n#let data = json(\"data.json\")\n\
                      #number(data.value, decimals: data.decimals)";
        let data = json!({ "value": value, "decimals": decimals });
        assert_eq!(printed(source, data), expected, "{value}");
    };
    check(json!("0"), 2, "0.00");
    check(json!("-0.00"), 2, "0.00");
    check(json!("7"), 0, "7");
    check(json!("999"), 2, "999.00");
    check(json!("1000"), 2, "1,000.00");
    check(json!("-1234567.5"), 2, "−1,234,567.50");
    check(json!("0.1"), 2, "0.10");
    check(json!("0.005"), 2, "0.005");
    check(json!("2.500000"), 0, "2.5");
    check(json!("100.000000"), 0, "100");
    check(json!("0012.30"), 2, "12.30");
    check(json!(-3), 0, "−3");
    check(json!("79228162514264337593543950335.1234"), 2, "79,228,162,514,264,337,593,543,950,335.1234");
}

#[test]
fn money_has_the_decimals_of_its_currency() {
    let check = |amount: &str, currency: &str, expected: &str| {
        let source = "#import \"nexus.typ\": *\n#money(json(\"data.json\"))";
        assert_eq!(printed(source, json!({ "amount": amount, "currency": currency })), expected);
    };
    check("240", "EUR", "EUR 240.00");
    check("240.0000", "EUR", "EUR 240.00");
    check("1240.5", "CHF", "CHF 1,240.50");
    check("125000.0000", "JPY", "JPY 125,000");
    check("1.5", "KWD", "KWD 1.500");
    check("-3.2", "USD", "USD −3.20");
}

#[test]
fn dates_are_written_out() {
    let check = |date: &str, expected: &str| {
        let source = "#import \"nexus.typ\": *\n#date(json(\"data.json\").date)";
        assert_eq!(printed(source, json!({ "date": date })), expected);
    };
    check("2026-01-31", "31 January 2026");
    check("2026-12-01", "1 December 2026");
    check("2026-03-02T10:00:00Z", "2 March 2026");
}
