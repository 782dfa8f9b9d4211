//! Turns a Typst template and JSON data into a PDF: the engine behind every document Nexus prints.
//!
//! A template reads its data with `json("data.json")` and the shared look with
//! `#import "nexus.typ": *`. Those two names and the template itself are all the files there are:
//! a template reaches no disk, no network and no package. Strings in the data are values, never
//! markup, and `eval` and `plugin` are not defined, so a template cannot make them code either.
//!
//! The Typst compiler is in process. The first PDF of a process also loads the fonts and fills
//! Typst's caches; later ones find both warm. [`pdf`] computes and does not wait: call it from a
//! blocking thread, outside a database transaction.

mod error;
mod fonts;
mod world;

pub use error::PrintError;

use typst::diag::Warned;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};
use world::PrintWorld;

/// The largest template source, in bytes.
pub const SOURCE_BYTES_MAX: usize = 256 * 1024;

/// The largest data, in bytes of JSON: about 5,000 invoice lines.
pub const DATA_BYTES_MAX: usize = 1024 * 1024;

/// The longest document, in pages.
pub const PAGES_MAX: usize = 250;

/// How many later documents a cached piece of layout survives without being used. What the
/// documents of one template share is thus laid out once.
const CACHE_AGE_MAX: usize = 4;

/// Data beyond this size, in bytes of JSON, leave nothing in the cache, so that what the process
/// keeps in memory between two documents stays small.
const CACHE_DATA_BYTES_MAX: usize = 16 * 1024;

/// A document's layout: what is printed and how.
#[derive(Debug, Clone, Copy)]
pub struct Template<'a> {
    /// The name that errors give, such as `finance/invoice`.
    pub name: &'a str,
    /// Typst source.
    pub source: &'a str,
}

/// Renders `template` with `data`.
///
/// Equal input gives equal bytes. The clock is not read: the PDF's creation date and Typst's
/// `datetime.today()` are the key `printed_at` of the data, an RFC 3339 timestamp or a date; without
/// the key there is no date. May be called from many threads at once.
///
/// # Errors
///
/// [`PrintError::Template`] when the template does not compile with this data, such as when a field
/// it requires is missing; the other variants when a bound is passed or `printed_at` is no date.
pub fn pdf(template: &Template<'_>, data: &serde_json::Value) -> Result<Vec<u8>, PrintError> {
    let bounded = |what, size, size_max| {
        if size <= size_max {
            return Ok(());
        }
        Err(PrintError::TooLarge { template: template.name.to_owned(), what, size, size_max })
    };
    bounded("source bytes", template.source.len(), SOURCE_BYTES_MAX)?;
    let json = data.to_string();
    bounded("data bytes", json.len(), DATA_BYTES_MAX)?;

    let cache_age = if json.len() > CACHE_DATA_BYTES_MAX { 0 } else { CACHE_AGE_MAX };

    let printed_at = printed_at(template, data)?;
    let world = PrintWorld::new(template.source, json, printed_at);
    let rendered = render(template, &world, printed_at, bounded);
    typst::comemo::evict(cache_age);
    rendered
}

/// Lays the document out and writes it.
fn render(
    template: &Template<'_>,
    world: &PrintWorld,
    printed_at: Option<Datetime>,
    bounded: impl Fn(&'static str, usize, usize) -> Result<(), PrintError>,
) -> Result<Vec<u8>, PrintError> {
    let failed = |problems: &[_]| PrintError::from_typst(template.name, world, problems);
    let Warned { output, warnings: _ } = typst::compile::<PagedDocument>(world);
    let document = output.map_err(|problems| failed(&problems))?;
    bounded("pages", document.pages().len(), PAGES_MAX)?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Nexus".to_owned())),
        timestamp: printed_at.map(Timestamp::new_utc),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|problems| failed(&problems))
}

/// Reads the key `printed_at` of the data, in UTC.
fn printed_at(template: &Template<'_>, data: &serde_json::Value) -> Result<Option<Datetime>, PrintError> {
    let value = match data.get("printed_at") {
        None | Some(serde_json::Value::Null) => return Ok(None),
        Some(value) => value,
    };
    let text = value.as_str().unwrap_or_default();
    let civil = text
        .parse::<jiff::Timestamp>()
        .map(|timestamp| timestamp.to_zoned(jiff::tz::TimeZone::UTC).datetime())
        .or_else(|_| text.parse::<jiff::civil::Date>().map(jiff::civil::DateTime::from));
    let datetime = civil.ok().and_then(|civil| {
        Datetime::from_ymd_hms(
            civil.year().into(),
            civil.month().try_into().ok()?,
            civil.day().try_into().ok()?,
            civil.hour().try_into().ok()?,
            civil.minute().try_into().ok()?,
            civil.second().try_into().ok()?,
        )
    });
    if datetime.is_none() {
        let template = template.name.to_owned();
        return Err(PrintError::PrintedAt { template, value: value.to_string() });
    }
    Ok(datetime)
}
