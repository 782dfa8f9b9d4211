//! What is done with dashboards.

mod send;
mod show;

pub use send::{Readers, send_dashboard};
pub use show::show_dashboard;
