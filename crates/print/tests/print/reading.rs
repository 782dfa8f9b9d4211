//! Reading a print back from its PDF.

use nexus_print::{Template, pdf};
use serde_json::Value;

/// The pages of a print as text, every run of white space one space.
pub(crate) fn pages(template: &Template<'_>, data: &Value) -> Vec<String> {
    let bytes = pdf(template, data).unwrap_or_else(|error| panic!("{error}"));
    let document = lopdf::Document::load_mem(&bytes).expect("the print is a PDF");
    let numbers = document.get_pages().into_keys();
    let text = numbers.map(|page| document.extract_text(&[page]).expect("the page has text"));
    text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The only page of a print.
pub(crate) fn page(template: &Template<'_>, data: &Value) -> String {
    let [page] = <[String; 1]>::try_from(pages(template, data)).expect("the print has one page");
    page
}

#[track_caller]
pub(crate) fn check_shows(page: &str, expected: &[&str]) {
    for text in expected {
        assert!(page.contains(text), "{text:?} is not on the page: {page}");
    }
}

#[track_caller]
pub(crate) fn check_hides(page: &str, unexpected: &[&str]) {
    for text in unexpected {
        assert!(!page.contains(text), "{text:?} is on the page: {page}");
    }
}
