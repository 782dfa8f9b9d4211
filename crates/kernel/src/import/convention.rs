//! How a file writes its numbers and days: made out from its first rows, asked for where these do not tell.

use nexus_model::{Date, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

/// Letters that are shown of a text that is no number.
const SHOWN: usize = 40;

/// What a column's texts stand for, where they can be written in several ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Number,
    Day,
}

/// What the first rows do not tell and the caller has to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Question {
    /// The member of the mapping's `file` that answers it
    pub about: String,
    pub message: String,
    /// What it can be
    pub choices: Vec<String>,
}

/// The mark before the decimals by which these texts are numbers; nothing where none of them tells it. A text tells it
/// that is a number by one of the two marks alone.
pub(super) fn decimal<'a>(texts: impl Iterator<Item = &'a str>) -> Result<Option<char>, Question> {
    let (mut point, mut comma, mut doubtful) = (None, None, None);
    for text in texts {
        match (read(text, '.'), read(text, ',')) {
            (Some(by_point), Some(by_comma)) if by_point != by_comma => doubtful.get_or_insert(text),
            (Some(_), None) => point.get_or_insert(text),
            (None, Some(_)) => comma.get_or_insert(text),
            _ => continue,
        };
    }
    let ask = |message: String| Question {
        about: "decimal".to_owned(),
        message,
        choices: vec![".".to_owned(), ",".to_owned()],
    };
    match (point, comma, doubtful) {
        (Some(one), Some(other), _) => Err(ask(format!(
            "{one} has its decimals after a point and {other} after a comma; say which `decimal` holds"
        ))),
        (Some(_), None, _) => Ok(Some('.')),
        (None, Some(_), _) => Ok(Some(',')),
        (None, None, Some(text)) => {
            Err(ask(format!("{text} may be a thousand and more or have three decimals; say which `decimal` holds")))
        }
        (None, None, None) => Ok(None),
    }
}

/// The form by which these texts are days; nothing where they are so by ISO 8601.
pub(super) fn dates<'a>(texts: impl Iterator<Item = &'a str>) -> Result<Option<String>, Question> {
    let mut forms: Option<Vec<String>> = None;
    let mut first = "";
    for text in texts {
        if iso(text) || text.is_empty() {
            continue;
        }
        let possible = forms_of(text);
        if possible.is_empty() {
            continue;
        }
        if forms.is_none() {
            first = text;
        }
        // Those that every text so far can have.
        let both: Vec<String> = match &forms {
            None => possible,
            Some(forms) => forms.iter().filter(|form| possible.contains(form)).cloned().collect(),
        };
        if both.is_empty() {
            return Err(ask(format!("{first} and {text} are days of no one form"), &[]));
        }
        forms = Some(both);
    }
    match forms.as_deref() {
        None => Ok(None),
        Some([one]) => Ok(Some(one.clone())),
        Some(several) => Err(ask(format!("{first} may be of several forms"), several)),
    }
}

fn ask(message: String, choices: &[String]) -> Question {
    let message = format!("{message}; say which `dates` holds, as in strptime");
    Question { about: "dates".to_owned(), message, choices: choices.to_vec() }
}

fn iso(text: &str) -> bool {
    text.len() >= 10 && text.get(..10).is_some_and(|day| day.parse::<Date>().is_ok())
}

/// The forms by which a text is a day. Points are written between day, month and year alone.
fn forms_of(text: &str) -> Vec<String> {
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    let forms: Vec<String> = match day.find(|c: char| !c.is_ascii_digit()).and_then(|at| day[at..].chars().next()) {
        None => vec!["%Y%m%d".to_owned()],
        Some('.') => vec!["%d.%m.%Y".to_owned(), "%d.%m.%y".to_owned(), "%Y.%m.%d".to_owned()],
        Some(mark @ ('/' | '-')) => ["%d-%m-%Y", "%m-%d-%Y", "%Y-%m-%d", "%d-%m-%y", "%m-%d-%y"]
            .iter()
            .map(|form| form.replace('-', &mark.to_string()))
            .collect(),
        Some(_) => Vec::new(),
    };
    // A year of two digits is read as one of four by no form, and the other way round.
    let long = |form: &str| form.contains("%Y");
    let four = day.split(|c: char| !c.is_ascii_digit()).any(|part| part.len() >= 4);
    forms.into_iter().filter(|form| long(form) == four && Date::strptime(form, day).is_ok()).collect()
}

/// A day in the form that a field takes.
pub(super) fn day(text: &str, form: Option<&str>) -> Option<String> {
    if iso(text) {
        return text.get(..10).map(str::to_owned);
    }
    let day = text.split([' ', 'T']).next()?;
    form.and_then(|form| Date::strptime(form, text).or_else(|_| Date::strptime(form, day)).ok())
        .map(|date| date.to_string())
}

/// A moment in the form that a field takes: RFC 3339, or a day and a time of UTC.
pub(super) fn moment(text: &str, form: Option<&str>) -> Option<String> {
    if text.parse::<Timestamp>().is_ok() {
        return Some(text.to_owned());
    }
    let (first, rest) = text.split_once([' ', 'T']).unwrap_or((text, "00:00"));
    let date: Date = day(first, form)?.parse().ok()?;
    let time: jiff::civil::Time = rest.trim().parse().ok()?;
    let at = date.to_datetime(time).to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(at.timestamp().to_string())
}

/// A number with a point before its decimals and no other mark. Where nothing says which mark that is, the text itself
/// has to.
///
/// # Errors
/// Why it is none.
pub(super) fn number(text: &str, decimal: Option<char>) -> Result<String, String> {
    let decimal = match decimal {
        Some(decimal) => decimal,
        None => self::decimal(std::iter::once(text)).map_err(|question| question.message)?.unwrap_or('.'),
    };
    read(text, decimal).ok_or_else(|| {
        let mark = if decimal == '.' { "a point" } else { "a comma" };
        let short: String = text.chars().take(SHOWN).collect();
        if short.contains(|c: char| c.is_ascii_digit()) && short.contains(['.', ',']) {
            format!("is no number with decimals after {mark} and thousands in groups of three: {short}")
        } else {
            format!("is no number: {short}")
        }
    })
}

/// A number by its mark before the decimals, if it is one.
fn read(text: &str, decimal: char) -> Option<String> {
    let text = text.trim();
    // In books a negative amount stands in brackets.
    let (inner, bracketed) = match text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    let inner = without_currency(inner);
    let (digits, signed) = match inner.strip_prefix(['-', '−']).or_else(|| inner.strip_suffix('-')) {
        Some(digits) => (digits, true),
        None => (inner.strip_prefix('+').unwrap_or(inner), false),
    };
    let digits = without_currency(digits);
    let (whole, decimals) = digits.split_once(decimal).unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = ungrouped(whole, if decimal == '.' { ',' } else { '.' })?;
    if !is_digits(decimals) || (whole.is_empty() && decimals.is_empty()) {
        return None;
    }
    let sign = if signed || bracketed { "-" } else { "" };
    let whole = if whole.is_empty() { "0" } else { &whole };
    Some(if decimals.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") })
}

fn without_currency(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '€' | '$' | '£' | '¥'))
}

/// The digits of a whole number, whose thousands one mark may group: by three, or, as in India, by two before the last
/// three.
fn ungrouped(text: &str, mark: char) -> Option<String> {
    let is_mark = |c: char| c == mark || c.is_whitespace() || matches!(c, '\'' | '’');
    let mut marks = text.chars().filter(|c| is_mark(*c));
    let first = marks.next();
    if marks.any(|mark| Some(mark) != first) {
        return None;
    }
    let groups: Vec<&str> = text.split(is_mark).collect();
    if let [begin, middle @ .., last] = groups.as_slice() {
        let of = |size: usize| begin.len() <= size && middle.iter().all(|group| group.len() == size);
        if begin.is_empty() || begin.starts_with('0') || last.len() != 3 || !(of(3) || of(2)) {
            return None;
        }
    }
    groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit())).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_tell_their_decimals_or_are_asked_for() {
        let check = |texts: &[&str], expect: std::result::Result<Option<char>, &str>| {
            let found = decimal(texts.iter().copied()).map_err(|question| question.message);
            match (&found, expect) {
                (Err(message), Err(part)) => assert!(message.contains(part), "{texts:?}: {message}"),
                _ => assert_eq!(found.as_ref().ok(), expect.ok().as_ref(), "{texts:?}"),
            }
        };
        check(&["1.234,56", "7"], Ok(Some(',')));
        check(&["1,234.56"], Ok(Some('.')));
        check(&["1.234.567"], Ok(Some(',')));
        check(&["1.234", "0,5"], Ok(Some(',')));
        check(&["12", "-4"], Ok(None));
        check(&["0.125"], Ok(Some('.')));
        check(&["1.234", "2.000"], Err("1.234 may be"));
        // What is no number either way tells nothing.
        check(&["1,23,4", "n/a", "1.2.3", "1 2"], Ok(None));
        check(&["12,34,567"], Ok(Some('.')));
        check(&["0.125", "1,234"], Ok(Some('.')));
        check(&["1 234 567", "1'234"], Ok(None));
        check(&["1,5", "1.5"], Err("1.5 has its decimals after a point and 1,5 after a comma"));
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        let check = |text: &str, decimal: Option<char>, expect: &str| match number(text, decimal) {
            Ok(number) => assert_eq!(number, expect, "{text}"),
            Err(why) => assert!(!expect.is_empty() && why.starts_with(expect), "{text}: {why}"),
        };
        check("1.234,56", Some(','), "1234.56");
        check("€ 1,234.50", Some('.'), "1234.50");
        check("-$12", Some('.'), "-12");
        check("(12,00)", Some(','), "-12.00");
        check("1 234", Some('.'), "1234");
        check("1\u{a0}234\u{a0}567,5 €", Some(','), "1234567.5");
        check("12,34,567.80", Some('.'), "1234567.80");
        check("7-", Some('.'), "-7");
        check(".5", Some('.'), "0.5");
        check("1,5", None, "1.5");
        check("1.5", None, "1.5");
        for text in ["1,23,4", "1,2", "1,2345", "0,123", "1'234,567", "1,234,56", "1,234.5,6", ",234"] {
            check(text, Some('.'), "is no number with decimals after a point and thousands in groups of three: ");
        }
        for text in ["1.5", "1.23.4", "1,2,3", "0.125"] {
            check(text, Some(','), "is no number with decimals after a comma");
        }
        check("1,234", None, "1,234 may be a thousand and more or have three decimals");
        for text in ["twelve", "", "-", "1e5", "1€2", "٣"] {
            check(text, Some('.'), "is no number: ");
        }
    }

    #[test]
    fn days_tell_their_form_or_are_asked_for() {
        let found = |texts: &[&str]| dates(texts.iter().copied());
        assert_eq!(found(&["2026-01-31"]), Ok(None));
        assert_eq!(found(&["03/04/2026", "31/01/2026"]), Ok(Some("%d/%m/%Y".to_owned())));
        assert_eq!(found(&["03/04/2026", "01/31/2026"]), Ok(Some("%m/%d/%Y".to_owned())));
        assert_eq!(found(&["3.4.2026"]), Ok(Some("%d.%m.%Y".to_owned())));
        assert_eq!(found(&["20260131"]), Ok(Some("%Y%m%d".to_owned())));
        let question = found(&["03/04/2026", "05/06/2026"]).expect_err("nobody can tell");
        assert_eq!(question.choices, ["%d/%m/%Y", "%m/%d/%Y"]);
        assert!(found(&["31/01/2026", "01/31/2026"]).expect_err("of no one form").choices.is_empty());
        assert_eq!(day("31/01/2026", Some("%d/%m/%Y")), Some("2026-01-31".to_owned()));
        let at = moment("31/01/2026 10:30", Some("%d/%m/%Y"));
        assert_eq!(at.as_deref(), Some("2026-01-31T10:30:00Z"));
    }
}
