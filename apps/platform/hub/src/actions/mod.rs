//! What is done with dashboards.

mod show;

pub use show::show_dashboard;
