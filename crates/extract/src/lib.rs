//! What can be taken from a file: its text for the search, and a small picture. Reads what anybody may have made:
//! whatever that is, the answer is bounded in size and nothing panics beyond this crate.

mod office;
mod pdf;
mod picture;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// How long a text is searched for; what was found by then is answered.
const TIME_MAX: Duration = Duration::from_secs(10);
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Text that is gathered until there is enough of it, or it took too long.
struct Gathered {
    text: String,
    max: usize,
    until: Instant,
}

impl Gathered {
    /// Adds a text; whether there is room for more.
    fn add(&mut self, text: &str) -> bool {
        let room = self.max - self.text.len();
        let mut end = text.len().min(room);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        // A database keeps no NUL in a text.
        self.text.extend(text[..end].chars().filter(|c| *c != '\0'));
        end == text.len() && Instant::now() < self.until
    }
}

/// What can be read in a content, at most `max` bytes; nothing where it is of another kind than plain text, PDF, DOCX and
/// XLSX, or cannot be read.
pub fn text(media_type: &str, content: &[u8], max: usize) -> Option<String> {
    let mut found = Gathered { text: String::new(), max, until: Instant::now() + TIME_MAX };
    let read = catch_unwind(AssertUnwindSafe(|| match media_type {
        "application/pdf" => pdf::read(content, &mut found),
        WORD => office::read_word(content, &mut found),
        EXCEL => office::read_excel(content, &mut found),
        plain if is_plain(plain) => {
            found.add(&String::from_utf8_lossy(content));
            Some(())
        }
        _ => None,
    }));
    read.ok().flatten()?;
    Some(found.text)
}

/// Texts that people read as they are.
fn is_plain(media_type: &str) -> bool {
    matches!(media_type, "application/json" | "application/toml" | "application/yaml")
        || (media_type.starts_with("text/") && media_type != "text/html")
}

/// Width and height of a picture in PNG, JPEG, GIF or WebP.
pub fn measures(content: &[u8]) -> Option<(u32, u32)> {
    catch_unwind(|| picture::measures(content)).ok().flatten()
}

/// A picture made to fit a square of `edge` pixels, as PNG.
pub fn thumbnail(content: &[u8], edge: u32) -> Option<Vec<u8>> {
    catch_unwind(|| picture::thumbnail(content, edge)).ok().flatten()
}
