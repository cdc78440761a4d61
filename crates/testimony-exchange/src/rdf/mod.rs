//! The Semantic Web, out: nanopublications in TriG, and PROV-JSON.
#![doc = ""]
#![doc = include_str!("../../docs/rdf.md")]

mod nanopub;
mod prov;

use std::fmt::Write as _;

use testimony::{ClaimRef, Ledger};

use crate::law::{Loss, LossKind, Of};
use crate::whole;

pub use self::nanopub::write_nanopubs;
pub use self::prov::write_prov;

/// The namespace of what neither PROV nor schema.org has a term for.
const NAMESPACE: &str = "urn:testimony:";

/// A text in an IRI: all but letters, digits, `-`, `.` and `_` by their bytes.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            encoded.push(byte.into());
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

/// The losses of both forms: parts of citations that have no term, and all entries that are no claim.
fn losses<'a>(ledger: &'a Ledger, kept: impl Fn(&ClaimRef<'a>) -> Vec<(&'static str, &'static str)>) -> Vec<Loss> {
    let mut losses = Vec::new();
    for claim in ledger.claims() {
        let lost = kept(&claim).into_iter();
        losses.extend(
            lost.map(|(field, because)| Loss::new(Of::Claim(claim.label()), field, LossKind::Dropped, because)),
        );
    }
    let whole = whole::losses(ledger, |id| ledger.source(id), |_| None, because);
    let is_kept = |loss: &Loss| matches!(loss.field(), "retraction" | "recorded");
    losses.extend(whole.into_iter().filter(|loss| !is_kept(loss)));
    losses
}

/// Why neither holds a part.
fn because(field: &str) -> &'static str {
    match field {
        "predicate" => "what kind of quantity is meant has no term",
        _ => whole::usual(field).unwrap_or("there is no term for it"),
    }
}
