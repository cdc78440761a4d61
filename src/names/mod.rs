//! Names: which of them mean one thing.

mod plural;
mod table;
mod unit;

pub(crate) use self::table::UnitKind;
pub(crate) use self::unit::{Unit, check_unit, is_fate_only, is_ratio, unit, unit_of};
