//! What of a text is shown with a hit: the part where the words stand, as HTML.

use frostem::Algorithm;

use crate::terms::Sought;
use crate::words::words;

/// Bytes of a text that are looked through.
const TEXT_MAX: usize = 100_000;
/// Characters that are shown before the first word found, and in all.
const BEFORE: usize = 40;
const SHOWN: usize = 160;

/// The excerpt of a text around the first word that fits; none where none does.
pub(crate) fn mark(sought: &[Sought], languages: &[Algorithm], text: &str) -> Option<String> {
    let text = &text[..text.floor_char_boundary(TEXT_MAX)];
    let fits = |word: &crate::words::Word| sought.iter().any(|sought| sought.fits(word, languages));
    let all = words(text);
    let found: Vec<(usize, usize)> = all.iter().filter(|word| fits(word)).map(|word| (word.from, word.to)).collect();
    let (first, _) = *found.first()?;
    let begin = if text.chars().count() <= SHOWN { 0 } else { cut(text, &all, first) };
    let end = text[begin..].char_indices().nth(SHOWN).map_or(text.len(), |(end, _)| begin + end);
    let mut html = String::with_capacity(SHOWN * 2);
    if begin > 0 {
        html.push('…');
    }
    let mut at = begin;
    for (from, to) in found.into_iter().filter(|(_, to)| *to <= end) {
        escape(&text[at..from], &mut html);
        html.push_str("<mark>");
        escape(&text[from..to], &mut html);
        html.push_str("</mark>");
        at = to;
    }
    escape(&text[at..end], &mut html);
    if end < text.len() {
        html.push('…');
    }
    Some(html)
}

/// Where an excerpt begins: at a word, a little before the first that was found.
fn cut(text: &str, all: &[crate::words::Word], first: usize) -> usize {
    let back = text[..first].char_indices().rev().take(BEFORE).last().map_or(first, |(at, _)| at);
    if back == 0 { 0 } else { all.iter().map(|word| word.from).find(|from| *from >= back).unwrap_or(first) }
}

fn escape(text: &str, html: &mut String) {
    for char in text.chars() {
        match char {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' | '\r' | '\t' => html.push(' '),
            other => html.push(other),
        }
    }
}
