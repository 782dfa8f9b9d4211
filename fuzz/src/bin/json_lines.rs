//! Any bytes as JSON, one object a line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nexus_kernel::{FileFormat, Form};

fuzz_target!(|data: &[u8]| {
    nexus_fuzz::import(FileFormat { form: Some(Form::JsonLines), ..FileFormat::default() }, data);
});
