//! The laws that hold whatever the data: who sees what, what an undo restores, what a group of changes keeps.

mod dice;
mod lab;
mod model;
mod parity;
mod traces;
mod world;
