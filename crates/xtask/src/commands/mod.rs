//! One command a file.

pub(crate) mod bench;
pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod demo;
pub(crate) mod env;
pub(crate) mod new_app;
pub(crate) mod test;
