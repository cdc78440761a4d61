//! How an origin looks: a colour that people with any eyes tell from the others, and a shape for those who print.

use maud::{Markup, html};
use testimony::{SourceId, TopicRef};

use crate::picture::Px;

/// The colours of Okabe and Ito, of which the style sheet has the values.
const COLOURS: usize = 8;
/// As many shapes as have no factor in common with the colours, so that 56 origins look different.
const SHAPES: usize = 7;

/// The colour and shape of the marks of an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look(usize);

/// The origins of a topic, each with its look: in the order of their first claims.
#[derive(Debug)]
pub(crate) struct Looks<'a>(Vec<&'a SourceId>);

/// How many origins are told apart by their look; the others share the last one.
const TOLD_APART: usize = COLOURS * SHAPES;

impl<'a> Looks<'a> {
    pub(crate) fn of(topic: &TopicRef<'a>) -> Self {
        let mut origins: Vec<&SourceId> = Vec::new();
        for claim in topic.claims() {
            if origins.len() == TOLD_APART {
                break;
            }
            if !origins.contains(&claim.origin().id()) {
                origins.push(claim.origin().id());
            }
        }
        Self(origins)
    }

    pub(crate) fn look(&self, origin: &SourceId) -> Look {
        Look(self.0.iter().position(|known| *known == origin).unwrap_or(TOLD_APART))
    }
}

impl Look {
    /// The class that has its colour.
    pub(crate) fn class(self) -> String {
        format!("o{}", self.colour())
    }

    /// The number of its colour.
    pub(crate) fn colour(self) -> usize {
        if self.0 >= TOLD_APART { COLOURS } else { self.0 % COLOURS }
    }

    /// The outline of its shape around the origin of coordinates, for a height of about 12.
    pub(crate) fn outline(self) -> &'static str {
        match self.0 % SHAPES {
            _ if self.0 >= TOLD_APART => "M-5 -2.5H5V2.5H-5Z",
            0 => "M-5.5 0A5.5 5.5 0 1 1 5.5 0A5.5 5.5 0 1 1 -5.5 0Z",
            1 => "M-5 -5H5V5H-5Z",
            2 => "M0 -6.8L6.8 0L0 6.8L-6.8 0Z",
            3 => "M0 -6.2L6.2 5H-6.2Z",
            4 => "M0 6.2L6.2 -5H-6.2Z",
            5 => "M-2 -6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z",
            _ => "M-6.3 0L-3.2 -5.4H3.2L6.3 0L3.2 5.4H-3.2Z",
        }
    }

    /// Its mark in a picture.
    pub(crate) fn mark(self, x: f64, y: f64, class: &str) -> Markup {
        html! { path class=(class) transform=(format!("translate({} {})", Px(x), Px(y))) d=(self.outline()) {} }
    }

    /// Its mark within a line of text, which says nothing that the text does not.
    pub(crate) fn inline(self, class: &str) -> Markup {
        html! {
            svg class={ "k " (self.class()) } viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true" focusable="false" {
                path class=(class) d=(self.outline()) {}
            }
        }
    }
}
