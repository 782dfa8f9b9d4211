//! Many tenants in one process: how many are open, what each may use, and what becomes of one.

mod company;
mod open;
mod plans;
mod standing;
