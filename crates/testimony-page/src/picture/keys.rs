//! The key of a picture: the meaning of each kind of mark that it has.

use maud::{Markup, html};

use super::Px;
use super::extent::Reach;
use super::labels::width;
use super::state::Said;
use crate::look::Look;
use crate::text::{count, isolated};

/// One line of a legend.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Key {
    /// An origin, by its name.
    Origin(Look, String),
    /// How far values reach.
    Reach(Reach),
    /// The fate of a claim.
    Said(Said),
    /// Two claims of one origin, the later of another time.
    Updated,
    /// Two claims of one origin, the later in the place of the earlier.
    Revised,
    /// How long the time is that a claim is about.
    Period,
}

impl Key {
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Origin(_, name) => name.clone(),
            Self::Reach(reach) => match reach {
                Reach::Point => "a number",
                Reach::Range => "a range, as it was said",
                Reach::Rounded => "rounded, as it is written",
                Reach::About => "“about”: how wide is a choice",
                Reach::Below => "“nearly”: how far below is a choice",
                Reach::Above => "“just over”: how far above is a choice",
                Reach::Up => "more than that, or as much",
                Reach::Down => "less than that, or as much",
            }
            .to_owned(),
            Self::Said(said) => match said {
                Said::Held => "affirmed",
                Said::Denied => "denied",
                Said::Suggested => "suggested only",
                Said::Declined => "declined to say",
                Said::Forecast => "a forecast",
                Said::Disowned => "disowned",
                Said::Revised => "revised since",
                Said::Retracted => "retracted",
            }
            .to_owned(),
            Self::Updated => "updated by its origin".to_owned(),
            Self::Revised => "revised by its origin".to_owned(),
            Self::Period => "the time it is about".to_owned(),
        }
    }

    /// Its sign, within a square of 16 about the origin of coordinates.
    fn sign(&self) -> Markup {
        let dot = |said: Said| html! { g class={ "m ink " (said.class()) } { path class="s" d="M-5 -5H5V5H-5Z" {} } };
        match self {
            Self::Origin(look, _) => html! { g class={ "m held " (look.class()) } { (look.mark(0.0, 0.0, "s")) } },
            Self::Reach(reach) => html! {
                g class="m ink held" {
                    @match reach {
                        Reach::Point => { circle class="s" r="4" {} }
                        Reach::Range => { rect class="range" x="-4" y="-7" width="8" height="14" {} }
                        Reach::Rounded => { rect class="round" x="-4" y="-7" width="8" height="14" rx="4" {} }
                        Reach::About => {
                            rect class="fade1" x="-4" y="-8" width="8" height="3" {}
                            rect class="fade2" x="-4" y="-5" width="8" height="10" {}
                            rect class="fade1" x="-4" y="5" width="8" height="3" {}
                        }
                        Reach::Below => {
                            rect class="fade2" x="-4" y="-6" width="8" height="6" {}
                            rect class="fade1" x="-4" y="0" width="8" height="7" {}
                        }
                        Reach::Above => {
                            rect class="fade1" x="-4" y="-7" width="8" height="7" {}
                            rect class="fade2" x="-4" y="0" width="8" height="6" {}
                        }
                        Reach::Up => { path class="open" d="M0 7V-5" {} path class="tip" d="M-4 -3L0 -8L4 -3Z" {} }
                        Reach::Down => { path class="open" d="M0 -7V5" {} path class="tip" d="M-4 3L0 8L4 3Z" {} }
                    }
                }
            },
            Self::Said(said @ Said::Retracted) => html! { (dot(*said)) path class="strike" d="M-8 6L8 -6" {} },
            Self::Said(Said::Denied) => html! {
                rect class="hatch" x="-7" y="-7" width="14" height="14" fill="none" {}
                path class="hatching" d="M-7 0L0 -7M-7 7L7 -7M0 7L7 0" {}
            },
            Self::Said(said) => dot(*said),
            Self::Updated => html! { path class="update" d="M-8 4L8 -4" {} },
            Self::Revised => html! { path class="revision" d="M-8 4L8 -4" {} },
            Self::Period => html! { path class="per ink" d="M-8 0H8M-8 -3V3M8 -3V3" {} },
        }
    }
}

/// The legend of a picture within a page.
pub(crate) fn list(keys: &[Key]) -> Markup {
    html! {
        ul class="keys" {
            @for key in keys {
                li {
                    svg class="k" viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true" focusable="false" {
                        (key.sign())
                    }
                    @if let Key::Origin(..) = key { bdi { (key.words()) } } @else { (key.words()) }
                }
            }
        }
    }
}

/// The legend below a picture that is a file of its own, and how high it is.
pub(crate) fn flow(keys: &[Key], left_out: usize, room: f64, top: f64) -> (Markup, f64) {
    const LINE: f64 = 22.0;
    const SIZE: f64 = 12.0;
    let (mut x, mut y) = (16.0, top);
    let mut placed = Vec::new();
    for key in keys {
        let words = key.words();
        let taken = 24.0 + width(&words, SIZE) + 16.0;
        if x > 16.0 && x + taken > room {
            (x, y) = (16.0, y + LINE);
        }
        placed.push((x, y, key.sign(), words));
        x += taken;
    }
    if left_out > 0 {
        y += LINE;
    }
    let markup = html! {
        @for (x, y, sign, words) in &placed {
            g transform=(format!("translate({} {})", Px(x + 8.0), Px(*y))) { (sign) }
            text class="t" x=(Px(x + 22.0)) y=(Px(y + 4.0)) { (isolated(words)) }
        }
        @if left_out > 0 { text class="t" x="16" y=(Px(y + 4.0)) { (not_drawn(left_out)) } }
    };
    (markup, y - top + LINE)
}

/// A note that a picture leaves claims out.
pub(crate) fn not_drawn(left_out: usize) -> String {
    format!("{} not drawn.", count(left_out, "more claim is", "more claims are"))
}
