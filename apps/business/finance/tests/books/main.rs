//! Scenarios of the books with exact figures. After each test the whole ledger is verified.

mod bills;
mod charts;
mod credits;
mod currencies;
mod entries;
mod invoices;
mod locks;
mod numbers;
mod own;
mod payments;
mod reports;
mod rights;
mod sent;
mod setup;
mod taxes;
mod undo;
