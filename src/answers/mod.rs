//! Questions to a ledger and their answers: each question is an `impl` in a file of its own.

mod backers;
mod borne_out;
mod check;
mod circles;
mod conflict;
mod corroboration;
#[cfg(feature = "serde")]
mod data;
#[cfg(feature = "serde")]
mod diff;
mod dossier;
mod explain;
mod leading;
mod look_alikes;
mod numbered;
mod positions;
mod possible;
mod printed;
mod scorecard;
mod tied;
mod told;
mod violations;
mod word;

pub use self::circles::{Circle, Circles};
pub use self::conflict::{Conflict, Related};
pub use self::corroboration::{Backing, Corroboration, Unconfirmed, Witness};
#[cfg(feature = "serde")]
pub use self::diff::Diff;
pub use self::dossier::Dossier;
pub use self::look_alikes::LookAlikes;
pub use self::numbered::Numbered;
pub use self::positions::{Exclusion, Position, Positions};
pub use self::scorecard::{Lead, Scorecard};
pub use self::violations::{Obstacle, Unchecked, Violation, ViolationScope};
