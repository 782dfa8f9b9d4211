//! Files on every database: uploaded, opened by whom they may be, versioned, swept.

mod access;
mod desk;
mod scanned;
mod sweeps;
mod tenants;
mod uploads;
