//! Source text with comments and strings blanked out, so that rules look at code alone.

/// Rust with every comment, string and character literal replaced by blanks of the same length.
pub(crate) fn rust_code(text: &str) -> String {
    blank(text, Language::Rust)
}

/// TypeScript likewise; a regular expression or the text of an element counts as code.
pub(crate) fn typescript_code(text: &str) -> String {
    blank(text, Language::TypeScript)
}

/// The number of the line that holds this byte, from 1.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    1 + text.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count()
}

/// Where a needle occurs as whole words, as byte offsets.
pub(crate) fn occurrences<'a>(code: &'a str, needle: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let bytes = code.as_bytes();
    code.match_indices(needle).map(|(at, _)| at).filter(move |&at| {
        let end = at + needle.len();
        let starts_clean = !is_word(bytes.get(at)) || at == 0 || !is_word(bytes.get(at - 1));
        let ends_clean = !is_word(bytes.get(end - 1)) || !is_word(bytes.get(end));
        starts_clean && ends_clean
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Rust,
    TypeScript,
}

fn blank(text: &str, language: Language) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = match skip(bytes, at, language) {
            Some(end) => end,
            None => {
                at += 1;
                continue;
            }
        };
        for byte in &mut out[at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end;
    }
    String::from_utf8(out).expect("whole characters are blanked")
}

/// Where the comment or literal that begins here ends, if one begins here.
fn skip(bytes: &[u8], at: usize, language: Language) -> Option<usize> {
    let rest = &bytes[at..];
    let rust = language == Language::Rust;
    if rest.starts_with(b"//") {
        return Some(find(bytes, at, b"\n").unwrap_or(bytes.len()));
    }
    if rest.starts_with(b"/*") {
        return Some(if rust { nested_comment(bytes, at) } else { after(bytes, at + 2, b"*/") });
    }
    match rest[0] {
        b'"' => Some(quoted(bytes, at + 1, b'"', rust)),
        b'`' if !rust => Some(quoted(bytes, at + 1, b'`', true)),
        b'\'' if !rust => Some(quoted(bytes, at + 1, b'\'', false)),
        b'\'' => character(bytes, at),
        b'r' if rust && (at == 0 || !is_word(bytes[at - 1]) || bytes[at - 1] == b'b') => raw_string(bytes, at),
        _ => None,
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn find(bytes: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(needle.len()).position(|window| window == needle).map(|found| from + found)
}

fn after(bytes: &[u8], from: usize, needle: &[u8]) -> usize {
    find(bytes, from, needle).map_or(bytes.len(), |found| found + needle.len())
}

fn nested_comment(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start + 2, 1);
    while depth > 0 && at < bytes.len() {
        if bytes[at..].starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if bytes[at..].starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += 1;
        }
    }
    at
}

fn quoted(bytes: &[u8], mut at: usize, quote: u8, many_lines: bool) -> usize {
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'\n' if !many_lines => return at,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// `'x'` and `'\n'` are characters, `'a` alone is a lifetime.
fn character(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at + 1) == Some(&b'\\') {
        return Some(after(bytes, at + 3, b"'"));
    }
    let text = std::str::from_utf8(&bytes[at + 1..]).ok()?;
    let width = text.chars().next()?.len_utf8();
    (bytes.get(at + 1 + width) == Some(&b'\'')).then_some(at + 2 + width)
}

/// `r"…"` and `r#"…"#`; `r#type` is a name.
fn raw_string(bytes: &[u8], at: usize) -> Option<usize> {
    let hashes = bytes[at + 1..].iter().take_while(|byte| **byte == b'#').count();
    if bytes.get(at + 1 + hashes) != Some(&b'"') {
        return None;
    }
    let close: Vec<u8> = std::iter::once(b'"').chain(std::iter::repeat_n(b'#', hashes)).collect();
    Some(after(bytes, at + 2 + hashes, &close))
}

#[test]
fn comments_and_literals_are_blanked() {
    let check = |code: &str, expect: &str| assert_eq!(rust_code(code), expect);
    check("a // b\nc", "a     \nc");
    check("a /* b /* c */ d */ e", "a                   e");
    check(r#"f("x \" y") g"#, r#"f(        ) g"#);
    check("r#\"a \"b\" c\"# d", "             d");
    check("r#type d", "r#type d");
    check("'a' '\\'' 'é' &'a str", "              &'a str");
    assert_eq!(typescript_code("f('a', \"b\", `c\nd`) // e"), "f(   ,    ,   \n  )     ");
    assert_eq!(typescript_code("<p>don't</p>\nx"), "<p>don      \nx");
}

#[test]
fn a_needle_is_found_as_whole_words() {
    let check = |needle, expect: &[usize]| {
        let code = "f64 x_f64 f64x (f64)";
        assert_eq!(occurrences(code, needle).collect::<Vec<_>>(), expect, "{needle}");
    };
    check("f64", &[0, 16]);
    check("(f64", &[15]);
}
