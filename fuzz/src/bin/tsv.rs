//! Any bytes as cells between tabs, or, by the first byte, between anything else, in any encoding.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nexus_kernel::{FileFormat, Form};

const ENCODINGS: [&str; 4] = ["utf-8", "windows-1252", "utf-16le", "shift_jis"];
const DELIMITERS: [&str; 4] = ["tab", "|", "whitespace", ";"];
const QUOTES: [&str; 4] = ["\"", "'", "none", "\""];

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let of = |choices: &[&str; 4], shift: u8| Some(choices[usize::from(first >> shift & 3)].to_owned());
    let format = FileFormat {
        form: Some(Form::Delimited),
        delimiter: of(&DELIMITERS, 0),
        encoding: of(&ENCODINGS, 2),
        quote: of(&QUOTES, 4),
        heading: (first >> 6 == 3).then_some(0),
        ..FileFormat::default()
    };
    nexus_fuzz::import(format, rest);
});
