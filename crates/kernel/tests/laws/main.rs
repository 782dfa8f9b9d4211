//! The laws that hold whatever the data: who sees what, what an undo restores, what a group of changes keeps.

mod compact;
mod dice;
mod explain;
mod groups;
mod lab;
mod levels;
mod merge;
mod model;
mod parity;
mod past;
mod places;
mod traces;
mod undo;
mod words;
mod world;
