//! Everything here prints for real and reads the PDF back.

mod engine;
mod reading;
mod templates;
