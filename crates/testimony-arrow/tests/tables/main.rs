//! Ledgers as tables, and what is found in their parts.

mod drawn;
mod errors;
mod parts;
mod round_trip;
