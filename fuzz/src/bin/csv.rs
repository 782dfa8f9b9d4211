//! Any bytes as a file that tells its form itself, as most that are imported do.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nexus_kernel::FileFormat;

fuzz_target!(|data: &[u8]| nexus_fuzz::import(FileFormat::default(), data));
