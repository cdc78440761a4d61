//! Names: which of them mean one thing.

mod aliases;
mod plural;
mod table;
mod unit;

pub use self::aliases::Names;
pub(crate) use self::plural::singular;
pub(crate) use self::table::UnitKind;
pub(crate) use self::unit::{Unit, check_other_name, check_unit, is_fate_only, is_ratio, unit, unit_of};
