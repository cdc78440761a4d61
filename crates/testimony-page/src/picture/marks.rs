//! How a figure is drawn: a mark for each number that was said, and its values as a bar, a line or an arrow.

use maud::{Markup, html};

use super::Px;
use super::extent::{Extent, Reach};
use super::labels::Area;
use super::state::Said;
use super::values::ValueAxis;
use crate::look::Look;

/// Half of how wide a bar is.
const HALF: f64 = 7.0;

/// A figure in its place.
pub(super) struct Drawn<'d> {
    pub(super) x: f64,
    pub(super) extent: &'d Extent,
    pub(super) look: Look,
    pub(super) said: Said,
    /// The prefix of the names of gradients and patterns, so that no two pictures of a page share one.
    pub(super) id: &'d str,
}

impl Drawn<'_> {
    /// Where its top and its bottom lie, between the edges of the picture.
    fn ends(&self, axis: &ValueAxis, edges: (f64, f64)) -> (f64, f64) {
        let top = self.extent.high.map_or(edges.0, |high| axis.at(high));
        let bottom = self.extent.low.map_or(edges.1, |low| axis.at(low));
        (top, bottom)
    }

    /// The area that the mark takes up.
    pub(super) fn area(&self, axis: &ValueAxis, edges: (f64, f64)) -> Area {
        let (top, bottom) = self.ends(axis, edges);
        [self.x - 9.0, top - 8.0, self.x + 9.0, bottom + 8.0]
    }

    pub(super) fn markup(&self, axis: &ValueAxis, edges: (f64, f64)) -> Markup {
        let (top, bottom) = self.ends(axis, edges);
        html! {
            // A wide, unseen bar, so that a finger finds the mark.
            rect class="hit" x=(Px(self.x - 10.0)) y=(Px(top - 10.0)) width="20" height=(Px(bottom - top + 20.0)) {}
            @if self.said == Said::Denied { (self.hatched(top, bottom)) } @else { (self.reach(top, bottom, edges)) }
            @for point in &self.extent.points { (self.look.mark(self.x, axis.at(*point), "s")) }
            @if self.said == Said::Retracted {
                @for point in &self.extent.points {
                    @let y = axis.at(*point);
                    path class="strike" d=(format!("M{} {}L{} {}", Px(self.x - 10.0), Px(y + 7.0), Px(self.x + 10.0), Px(y - 7.0))) {}
                }
            }
        }
    }

    /// A hatched field, as far as the denied values reach.
    fn hatched(&self, top: f64, bottom: f64) -> Markup {
        let (top, bottom) = if bottom - top < 16.0 {
            let middle = f64::midpoint(top, bottom);
            (middle - 8.0, middle + 8.0)
        } else {
            (top, bottom)
        };
        html! {
            rect class="hatch" x=(Px(self.x - 8.0)) y=(Px(top)) width="16" height=(Px(bottom - top))
                fill=(format!("url(#{}-hatch)", self.id)) {}
        }
    }

    fn reach(&self, top: f64, bottom: f64, edges: (f64, f64)) -> Markup {
        let bar = |class: &str, radius: Option<&str>, fill: Option<String>| {
            let (top, height) = (top.min(bottom - 2.0), (bottom - top).max(2.0));
            html! {
                rect class=(class) x=(Px(self.x - HALF)) y=(Px(top)) width=(Px(2.0 * HALF)) height=(Px(height))
                    rx=[radius] fill=[fill] {}
            }
        };
        let fading = |which: &str| Some(format!("url(#{}-{which}{})", self.id, self.look.colour()));
        match self.extent.reach {
            Reach::Point => html! {},
            Reach::Range => bar("range", None, None),
            Reach::Rounded => bar("round", Some("7"), None),
            Reach::About => bar("fade", None, fading("both")),
            Reach::Below => bar("fade", None, fading("down")),
            Reach::Above => bar("fade", None, fading("up")),
            Reach::Up => self.arrow(bottom, edges.0),
            Reach::Down if self.extent.low.is_none() => self.arrow(top, edges.1),
            Reach::Down => html! {
                path class="open" d=(format!("M{} {}V{}", Px(self.x), Px(top), Px(bottom))) {}
                path class="open" d=(format!("M{} {}h{}", Px(self.x - HALF), Px(bottom), Px(2.0 * HALF))) {}
            },
        }
    }

    /// A line from a number to the edge, with a tip there.
    fn arrow(&self, from: f64, edge: f64) -> Markup {
        let (x, back) = (self.x, if edge < from { 8.0 } else { -8.0 });
        html! {
            path class="open" d=(format!("M{} {}V{}", Px(x), Px(from), Px(edge + back))) {}
            path class="tip" d=(format!("M{} {}L{} {}L{} {}Z", Px(x - 5.0), Px(edge + back), Px(x), Px(edge), Px(x + 5.0), Px(edge + back))) {}
        }
    }
}

/// The gradients that the looks of a picture fade by, and the hatching of what is denied.
pub(super) fn definitions(id: &str, colours: &[usize]) -> Markup {
    html! {
        defs {
            pattern id={ (id) "-hatch" } width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                path class="hatching" d="M0 0V6" {}
            }
            @for colour in colours {
                @for (which, stops) in [
                    ("both", &[("0", "0"), ("0.35", "0.75"), ("0.65", "0.75"), ("1", "0")][..]),
                    ("down", &[("0", "0.8"), ("1", "0.05")]),
                    ("up", &[("0", "0.05"), ("1", "0.8")]),
                ] {
                    linearGradient id={ (id) "-" (which) (colour) } class={ "o" (colour) } x1="0" y1="0" x2="0" y2="1" {
                        @for (offset, opacity) in stops {
                            stop class="stop" offset=(offset) stop-opacity=(opacity) {}
                        }
                    }
                }
            }
        }
    }
}
