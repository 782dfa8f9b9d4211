//! The text of an expression, looked over before it is parsed.
//!
//! A parser recurses with its input. Here, in one pass without recursion, hostile text is refused: too
//! long, nested too deep, or with characters that the language does not use.

use super::ExprError;

/// Bytes an expression may have.
pub const MAX_SOURCE_BYTES: usize = 8 * 1024;
/// Brackets that may be open at once.
pub const MAX_BRACKETS: usize = 64;
/// Operators that may follow one another inside another, brackets included.
pub const MAX_DEPTH: usize = 128;

/// How deep one bracket's content is nested.
#[derive(Default)]
struct Level {
    /// The bracket that opened it.
    open: u8,
    /// Where it was opened.
    at: usize,
    /// Operators since the last separator, each of which may nest what stands before it.
    run: usize,
    /// `?` and `:` nest across `&&` and `||`.
    branches: usize,
    /// The deepest bracket closed since the last comma.
    deepest: usize,
}

impl Level {
    fn depth(&self) -> usize {
        1 + self.run + self.branches + self.deepest
    }
}

/// Refuses text that cannot be an expression; gives the depth that its syntax tree may have.
pub(super) fn look_over(source: &str) -> Result<usize, ExprError> {
    if source.len() > MAX_SOURCE_BYTES {
        let message = format!("the expression has {} bytes; at most {MAX_SOURCE_BYTES} are allowed", source.len());
        return Err(ExprError { message, column: None });
    }
    let bytes = source.as_bytes();
    let mut levels = vec![Level::default()];
    let mut base = 0; // depth of the brackets around the current one
    let mut deepest = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        let level = levels.last_mut().expect("the outermost level is never closed");
        let mut width = 1;
        match byte {
            b'\'' | b'"' => width = text_width(source, at)?,
            b'/' if next == b'/' => {
                width = source[at..].find('\n').unwrap_or(source.len() - at);
            }
            b'(' | b'[' => {
                level.run += 1;
                base += level.run + level.branches;
                levels.push(Level { open: byte, at, ..Level::default() });
                if levels.len() > MAX_BRACKETS {
                    return Err(fail(source, at, format!("more than {MAX_BRACKETS} brackets are open")));
                }
            }
            b')' | b']' => {
                let wanted = if byte == b')' { b'(' } else { b'[' };
                let closed = levels.pop().filter(|level| level.open == wanted);
                let (Some(closed), Some(outer)) = (closed, levels.last_mut()) else {
                    return Err(fail(source, at, format!("'{}' closes nothing", byte as char)));
                };
                base -= outer.run + outer.branches;
                outer.deepest = outer.deepest.max(closed.depth());
            }
            b',' => (level.run, level.branches) = (0, 0),
            b'&' | b'|' if next == byte => {
                width = 2;
                level.run = 0;
            }
            b'?' | b':' => level.branches += 1,
            b'=' if next == b'=' => (width, level.run) = (2, level.run + 1),
            b'=' => return Err(fail(source, at, "'=' stands alone; write '==' to compare".to_owned())),
            b'!' | b'<' | b'>' => {
                width = if next == b'=' { 2 } else { 1 };
                level.run += 1;
            }
            b'+' | b'-' | b'*' | b'/' | b'%' | b'.' => level.run += 1,
            b'i' if is_word(source, at, "in") => (width, level.run) = (2, level.run + 1),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'0'..=b'9' => {
                let end = bytes[at..].iter().position(|b| !b.is_ascii_alphanumeric() && *b != b'_');
                width = end.unwrap_or(bytes.len() - at);
                word(source, &source[at..at + width], at, bytes.get(at + width).copied())?;
            }
            b' ' | b'\t' | b'\n' | b'\r' => {}
            _ => {
                let character = source[at..].chars().next().unwrap_or_default();
                return Err(fail(source, at, format!("'{character}' is not part of the language")));
            }
        }
        if let Some(level) = levels.last() {
            deepest = deepest.max(base + level.depth());
        }
        if deepest > MAX_DEPTH {
            return Err(fail(source, at, format!("operators nest deeper than {MAX_DEPTH}")));
        }
        at += width;
    }
    match levels.as_slice() {
        [_] => Ok(deepest),
        [.., open] => Err(fail(source, open.at, format!("'{}' is never closed", open.open as char))),
        [] => Ok(0),
    }
}

/// Words that people bring from other languages, and prefixes of literals that have no use here.
fn word(source: &str, word: &str, at: usize, next: Option<u8>) -> Result<(), ExprError> {
    let remedy = match word {
        "and" => "write '&&' for and",
        "or" => "write '||' for or",
        "not" => "write '!' for not",
        _ if matches!(next, Some(b'\'' | b'"')) => "a text has no letter before its quote",
        _ => return Ok(()),
    };
    Err(fail(source, at, remedy.to_owned()))
}

fn is_word(source: &str, at: usize, word: &str) -> bool {
    let bytes = source.as_bytes();
    let part = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    source[at..].starts_with(word) && !part(bytes.get(at + word.len()))
}

/// The width of the quoted text at `at`. Only escapes that the parser knows are let through, so that both
/// agree on where the text ends.
fn text_width(source: &str, at: usize) -> Result<usize, ExprError> {
    let bytes = source.as_bytes();
    let quote = bytes[at];
    if bytes[at..].starts_with(&[quote; 3]) {
        return Err(fail(source, at, "a text is quoted once, not three times".to_owned()));
    }
    let mut end = at + 1;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'\n' | b'\r' => break,
            b'\\' => {
                let hex = |count: usize| {
                    bytes.get(end + 2..end + 2 + count).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
                };
                end += match bytes.get(end + 1) {
                    Some(b'\\' | b'\'' | b'"' | b'n' | b't' | b'r') => 2,
                    Some(b'u') if hex(4) => 6,
                    _ => {
                        let message = r#"the escapes are \\ \' \" \n \t \r and \u with four hexadecimal digits"#;
                        return Err(fail(source, end, message.to_owned()));
                    }
                };
            }
            _ if byte == quote => return Ok(end + 1 - at),
            0 => return Err(fail(source, end, "a text cannot have the character 0".to_owned())),
            _ => end += 1,
        }
    }
    Err(fail(source, at, "the text that starts here is never closed".to_owned()))
}

pub(super) fn fail(source: &str, byte: usize, message: String) -> ExprError {
    ExprError { message, column: Some(column(source, byte)) }
}

/// The character at `byte`, counted from 1.
pub(super) fn column(source: &str, byte: usize) -> usize {
    let byte = (0..=byte.min(source.len())).rev().find(|at| source.is_char_boundary(*at)).unwrap_or_default();
    source[..byte].chars().count() + 1
}
