//! Finds at a place in a text.

use std::ops::Range;

use crate::error::Error;
use crate::figure::Figure;
use crate::figure::phrase::found::Role;
use crate::language::Fate;

/// A figure, and where it stands in bytes.
#[derive(Clone, Debug)]
pub(in crate::figure::phrase) struct Found {
    pub(in crate::figure::phrase) span: Range<usize>,
    pub(in crate::figure::phrase) figure: Result<Figure, Error>,
    pub(in crate::figure::phrase) role: Option<Role>,
    pub(in crate::figure::phrase) fate: Option<Fate>,
}

impl Found {
    pub(super) fn new(span: Range<usize>, figure: Result<Figure, Error>) -> Self {
        Self { span, figure, role: None, fate: None }
    }
}

/// The find at a place in the text: a figure, or something to be passed over to its end.
pub(super) enum Outcome {
    Found(Found),
    Pass(usize),
}
