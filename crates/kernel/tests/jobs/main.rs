//! Jobs and schedules: asked for in a transaction, run once or at least once, failed, cancelled, taken over.

mod background;
mod chores;
mod processes;
mod queue;
mod retry;
mod schedules;
