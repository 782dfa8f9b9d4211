//! What is done with tasks beyond creating and changing them.

mod remind;

pub use remind::remind_of_task;
