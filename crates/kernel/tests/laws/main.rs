//! The laws that hold whatever the data: who sees what, what an undo restores, what a group of changes keeps.

mod dice;
mod groups;
mod lab;
mod levels;
mod model;
mod parity;
mod places;
mod traces;
mod undo;
mod words;
mod world;
