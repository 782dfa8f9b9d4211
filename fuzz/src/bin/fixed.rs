//! Any bytes as columns of a fixed width, which the first byte counts and the next ones say; none are made out.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nexus_kernel::{FileFormat, Form};

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let (widths, rest) = rest.split_at(usize::from(first & 15).min(rest.len()));
    let widths = widths.iter().map(|width| usize::from(*width)).collect();
    nexus_fuzz::import(FileFormat { form: Some(Form::Fixed), widths, ..FileFormat::default() }, rest);
});
