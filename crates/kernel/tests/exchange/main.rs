//! Files in and out on every database: read, mapped, imported whatever happens meanwhile, exported and read again.

mod archive;
mod background;
mod lists;
mod mended;
mod numbers;
mod reading;
mod round;
mod shop;
