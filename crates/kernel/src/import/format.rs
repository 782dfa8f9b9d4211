//! The form of a file: what its first bytes tell of it, and what the caller says instead.

use encoding_rs::{Encoding, UTF_8};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{REASON, bad};
use crate::Result;

/// Lines that the form is told by.
const LINES: usize = 100;
/// Of a hundred lines so many have as many cells as most, where a character divides them.
const AGREE: usize = 50;
/// What divides cells, the likeliest first.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// How a file is to be taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// CSV, TSV and their kind, and columns divided by white space
    Delimited,
    /// Columns of a fixed width each
    Fixed,
    Xlsx,
    /// One JSON object a line
    JsonLines,
}

/// The form of the file. What is left out is made out from the file itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FileFormat {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// Its name in the WHATWG Encoding Standard, such as `windows-1252`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// One character, `tab` or `whitespace`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
    /// The character around cells that hold the delimiter, or `none`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The row with the headings, counted from 1; 0 when there is none
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<usize>,
    /// Names of the columns, when the file has no headings
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Characters of each column of a fixed width
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub widths: Vec<usize>,
    /// The sheet of a workbook; the first when left out
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Form of dates as in strptime, such as `%d.%m.%Y`; ISO 8601 is always read
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<String>,
    /// What stands before the decimals of a number: `.` or `,`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<String>,
}

impl FileFormat {
    /// Fills in what is left out by the first bytes of the file; `whole` when there are no more.
    pub(super) fn detect(&mut self, sample: &[u8], whole: bool) -> Result<()> {
        if self.form.is_none() && sample.starts_with(b"PK\x03\x04") {
            self.form = Some(Form::Xlsx);
        }
        if self.form == Some(Form::Xlsx) {
            return Ok(());
        }
        let encoding = self.encoding(sample, whole)?;
        self.encoding = Some(encoding.name().to_owned());
        let (text, _, _) = encoding.decode(sample);
        let text = text.trim_start_matches('\u{feff}');
        if let Some(delimiter) = refused(text) {
            let encoding = self.encoding.take();
            let said = std::mem::take(self);
            let (delimiter, quote) = (Some(delimiter), Some("\"".to_owned()));
            let form = Some(Form::Delimited);
            *self = FileFormat {
                form,
                encoding,
                delimiter,
                quote,
                dates: said.dates,
                decimal: said.decimal,
                ..FileFormat::default()
            };
            return Ok(());
        }
        let object = text.trim_start().strip_prefix('{').map(str::trim_start);
        if self.form.is_none() && object.is_some_and(|inner| inner.starts_with(['"', '}'])) {
            self.form = Some(Form::JsonLines);
        }
        // The last line may be cut off.
        let text = if whole { text } else { text.rsplit_once('\n').map_or(text, |(lines, _)| lines) };
        self.divide(text);
        Ok(())
    }

    /// A mark at the beginning of a file holds before what is said of it.
    fn encoding(&self, sample: &[u8], whole: bool) -> Result<&'static Encoding> {
        if let Some((encoding, _)) = Encoding::for_bom(sample) {
            return Ok(encoding);
        }
        if let Some(label) = &self.encoding {
            let found = Encoding::for_label(label.as_bytes());
            return found.ok_or_else(|| bad(format!("{label} is no encoding; say utf-8, windows-1252 or their like")));
        }
        match std::str::from_utf8(sample) {
            Ok(_) => Ok(UTF_8),
            Err(error) if error.error_len().is_none() && !whole => Ok(UTF_8),
            Err(_) => {
                let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
                detector.feed(sample, whole);
                Ok(detector.guess(None, chardetng::Utf8Detection::Deny))
            }
        }
    }

    /// What divides a line.
    fn divide(&mut self, text: &str) {
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LINES).collect();
        if self.form.is_none() && self.delimiter.is_none() && !self.widths.is_empty() {
            self.form = Some(Form::Fixed);
        }
        if !matches!(self.form, None | Some(Form::Delimited)) {
            if self.form == Some(Form::Fixed) && self.widths.is_empty() {
                self.widths = widths(&lines);
            }
            return;
        }
        if self.quote.is_none() {
            let quoted = |quote: char| {
                let cells = lines.iter().flat_map(|line| line.split(DELIMITERS)).map(str::trim);
                cells.filter(|cell| cell.len() > 1 && cell.starts_with(quote) && cell.ends_with(quote)).count()
            };
            let single = quoted('\'') > lines.len() / 2 && quoted('"') == 0;
            self.quote = Some(if single { "'" } else { "\"" }.to_owned());
        }
        if self.delimiter.is_none() {
            let quote = self.quote.as_ref().and_then(|quote| quote.bytes().next()).unwrap_or(b'"');
            let scored = DELIMITERS.iter().rev().map(|delimiter| (score(text, *delimiter, quote), *delimiter));
            let best = scored.max_by_key(|(score, _)| *score).filter(|(score, _)| score.0 >= AGREE);
            let fixed = if best.is_none() && self.form.is_none() { widths(&lines) } else { Vec::new() };
            if fixed.len() > 1 {
                (self.form, self.widths, self.quote) = (Some(Form::Fixed), fixed, None);
                return;
            }
            let delimiter = best.map_or(',', |(_, delimiter)| delimiter);
            self.delimiter = Some(if delimiter == '\t' { "tab".to_owned() } else { delimiter.to_string() });
        }
        self.form = Some(Form::Delimited);
    }

    /// The character between cells.
    pub(super) fn delimiter_byte(&self) -> Result<u8> {
        match self.delimiter.as_deref() {
            None => Ok(b','),
            Some("tab") => Ok(b'\t'),
            Some(one) if one.len() == 1 => Ok(one.as_bytes()[0]),
            Some(other) => Err(bad(format!("the delimiter is one character, tab or whitespace, not `{other}`"))),
        }
    }

    /// The character around cells, where there is one.
    pub(super) fn quote_byte(&self) -> Result<Option<u8>> {
        match self.quote.as_deref() {
            None => Ok(Some(b'"')),
            Some("none" | "") => Ok(None),
            Some(one) if one.len() == 1 => Ok(Some(one.as_bytes()[0])),
            Some(other) => Err(bad(format!("the quote is one character or none, not `{other}`"))),
        }
    }
}

/// What divides a file of refused rows, which tells it at the end of its headings, whatever the file had that they are
/// from.
fn refused(text: &str) -> Option<String> {
    let heading = text.lines().next()?.trim_end().trim_end_matches('"');
    let before = heading.strip_suffix(REASON)?.trim_end_matches('"').chars().next_back()?;
    let divides = before.is_ascii() && !before.is_ascii_alphanumeric() && !matches!(before, '_' | '{');
    divides.then(|| if before == '\t' { "tab".to_owned() } else { before.to_string() })
}

/// Of a hundred rows how many have as many cells as most, and how many cells these are; nothing where most have one.
fn score(text: &str, delimiter: char, quote: u8) -> (usize, usize) {
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).quote(quote).delimiter(delimiter as u8);
    let reader = reader.from_reader(text.as_bytes());
    let counts: Vec<usize> = reader.into_records().take(LINES).map_while(|row| row.ok().map(|row| row.len())).collect();
    let most = common(&counts);
    let agree = counts.iter().filter(|count| **count == most).count();
    if most < 2 { (0, 0) } else { (agree * 100 / counts.len().max(1), most) }
}

/// The number that is met most often; of several the largest.
pub(super) fn common(counts: &[usize]) -> usize {
    let times = |count: usize| counts.iter().filter(|other| **other == count).count();
    counts.iter().copied().max_by_key(|count| (times(*count), *count)).unwrap_or_default()
}

/// The widths of columns that white space divides at the same place in every line.
fn widths(lines: &[&str]) -> Vec<usize> {
    let lines: Vec<Vec<char>> = lines.iter().map(|line| line.chars().collect()).collect();
    let length = lines.iter().map(Vec::len).max().unwrap_or_default();
    if lines.len() < 2 {
        return Vec::new();
    }
    let blank = |at: usize| lines.iter().all(|line| line.get(at).is_none_or(|letter| *letter == ' '));
    // A column begins where something stands after nothing did.
    let begins: Vec<usize> = (1..length).filter(|at| blank(at - 1) && !blank(*at)).collect();
    let ends = begins.iter().copied().chain([length]);
    let begins = std::iter::once(0).chain(begins.iter().copied());
    begins.zip(ends).map(|(begin, end)| end - begin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(sample: &[u8]) -> FileFormat {
        let mut format = FileFormat::default();
        format.detect(sample, true).expect("a form");
        format
    }

    #[test]
    fn a_file_tells_its_form() {
        let check = |sample: &[u8], form: Form, encoding: &str, delimiter: Option<&str>| {
            let found = detected(sample);
            let text = String::from_utf8_lossy(sample).into_owned();
            assert_eq!((found.form, found.encoding.as_deref()), (Some(form), Some(encoding)), "{text}");
            assert_eq!(found.delimiter.as_deref(), delimiter, "{text}");
        };
        check(b"name,city\nAda,London\n", Form::Delimited, "UTF-8", Some(","));
        check(b"name;amount\nAda;1,50\nBob;2,25\n", Form::Delimited, "UTF-8", Some(";"));
        check(b"name\tcity\nAda, Countess\tLondon\n", Form::Delimited, "UTF-8", Some("tab"));
        check(b"name;city\nJos\xe9;K\xf6ln\nJ\xfcrgen;M\xfcnchen\n", Form::Delimited, "windows-1252", Some(";"));
        check(b"\xff\xfen\x00a\x00,\x00b\x00\n\x00x\x00,\x00y\x00\n\x00", Form::Delimited, "UTF-16LE", Some(","));
        check(b"{\"name\": \"Ada\"}\n", Form::JsonLines, "UTF-8", None);
        check(b"{name},{city}\nAda,London\n", Form::Delimited, "UTF-8", Some(","));
        check(b"name\nAda\nBob\n", Form::Delimited, "UTF-8", Some(","));
        check(b"'a';'b'\n'x;y';'z'\n'q;r';'s'\n", Form::Delimited, "UTF-8", Some(";"));
    }

    #[test]
    fn rows_that_were_refused_tell_their_form_whatever_the_mapping_says_of_the_file_they_are_from() {
        let check = |heading: &str, delimiter: &str| {
            let mut format = FileFormat { form: Some(Form::Fixed), widths: vec![4, 9], ..FileFormat::default() };
            format.detect(format!("{heading}\na,b,c\n").as_bytes(), true).expect("a form");
            assert_eq!(
                (format.form, format.delimiter.as_deref()),
                (Some(Form::Delimited), Some(delimiter)),
                "{heading}"
            );
            assert!(format.widths.is_empty());
        };
        check("code;name;import_error", ";");
        check("\"code\"\t\"import_error\"\r", "tab");
        check("a|import_error", "|");
    }

    #[test]
    fn columns_that_blanks_divide_in_every_line_are_of_fixed_width() {
        let found = detected(b"code  name       amount\nA1    Ada          1.50\nB22   Bob Brown   12.00\n");
        assert_eq!((found.form, found.widths), (Some(Form::Fixed), vec![6, 11, 6]));
    }
}
