//! Pictures of a topic: time across and value up for figures, who stands where for texts, a strip of calendar for days.

mod days;
mod extent;
mod figures;
pub(crate) mod keys;
mod labels;
mod marks;
mod periods;
mod state;
mod texts;
mod values;

use std::fmt;

use maud::{Markup, html};
use testimony::{ClaimRef, TopicRef};

pub(crate) use self::days::{DayAxis, day_number};
pub(crate) use self::extent::{Extent, Reach};
pub(crate) use self::state::Said;
pub(crate) use self::values::ValueAxis;
use crate::look::Looks;
use crate::text::topic_name;

/// How many claims a picture draws: more marks than these hide each other, and a page has room for no more.
pub(crate) const DRAWN: usize = 48;

/// A length or a place within a picture, to a tenth.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Px(pub(crate) f64);

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round() / 10.0;
        // Nought has no sign.
        write!(f, "{}", if tenths == 0.0 { 0.0 } else { tenths })
    }
}

/// How wide a picture is drawn: a page holds it twice, for a desk and for a hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    Wide,
    Narrow,
}

impl Room {
    pub(crate) fn width(self) -> f64 {
        match self {
            Self::Wide => 720.0,
            Self::Narrow => 340.0,
        }
    }
}

/// The kind of values that a picture shows: the other claims on the topic are not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Figures,
    Texts,
    Periods,
}

impl Kind {
    /// The prefix of the ids of a picture, so that no two on a page share one.
    fn id(self, room: Room) -> &'static str {
        match (self, room) {
            (Self::Figures, Room::Wide) => "fw",
            (Self::Figures, Room::Narrow) => "fn",
            (Self::Texts, Room::Wide) => "tw",
            (Self::Texts, Room::Narrow) => "tn",
            (Self::Periods, Room::Wide) => "pw",
            (Self::Periods, Room::Narrow) => "pn",
        }
    }
}

/// Where a mark leads to, if it leads anywhere.
pub(crate) type Lead<'l> = &'l dyn Fn(&ClaimRef<'_>) -> Option<String>;

/// A picture before it is put into a page or a file.
#[derive(Debug)]
pub(crate) struct Picture {
    id: &'static str,
    title: String,
    /// The picture in words, for readers who cannot see it.
    pub(crate) description: String,
    width: f64,
    height: f64,
    body: Markup,
    /// The meaning of each kind of mark that the picture has.
    pub(crate) keys: Vec<keys::Key>,
    /// How many claims it leaves out.
    pub(crate) left_out: usize,
}

/// The topic, looks and links that all pictures of a topic share.
pub(crate) struct Scene<'a, 'l> {
    pub(crate) topic: TopicRef<'a>,
    pub(crate) looks: &'l Looks<'a>,
    pub(crate) lead: Lead<'l>,
}

impl Scene<'_, '_> {
    /// The kinds of pictures that the topic has, the one that most of its claims are in first.
    pub(crate) fn kinds(&self) -> Vec<Kind> {
        let mut counts = [(0, Kind::Figures), (0, Kind::Texts), (0, Kind::Periods)];
        for claim in self.topic.claims() {
            let kind = match claim.value() {
                Some(testimony::Value::Figure(_)) => 0,
                Some(testimony::Value::Period(_)) => 2,
                _ => 1,
            };
            counts[kind].0 += 1;
        }
        let mut kinds: Vec<_> = counts.into_iter().filter(|(n, _)| *n > 0).collect();
        kinds.sort_by_key(|(n, kind)| (std::cmp::Reverse(*n), *kind == Kind::Texts));
        kinds.into_iter().map(|(_, kind)| kind).collect()
    }

    pub(crate) fn draw(&self, kind: Kind, room: Room) -> Picture {
        match kind {
            Kind::Figures => figures::draw(self, room),
            Kind::Texts => texts::draw(self, room),
            Kind::Periods => periods::draw(self, room),
        }
    }

    fn picture(&self, kind: Kind, room: Room, height: f64, body: Markup) -> Picture {
        let what = match kind {
            Kind::Figures => "values over time",
            Kind::Texts => "who stands where",
            Kind::Periods => "the days that are named",
        };
        Picture {
            id: kind.id(room),
            title: format!("{}: {what}", topic_name(&self.topic)),
            description: String::new(),
            width: room.width(),
            height,
            body,
            keys: Vec::new(),
            left_out: 0,
        }
    }

    /// A mark with what a reader who cannot see it is told, which leads to the claim. One with letters in it is called by
    /// these.
    fn marked(&self, claim: &ClaimRef<'_>, said: Said, class: &str, body: &Markup) -> Markup {
        let told = Some(told(claim, said)).filter(|_| !body.0.contains("<text"));
        let class = format!("m {class} {}", said.class());
        html! {
            @if let Some(lead) = (self.lead)(claim) {
                a href=(lead) class=(class) aria-label=[told.as_deref()] {
                    @if let Some(told) = &told { title { (told) } }
                    (body)
                }
            } @else {
                g class=(class) {
                    @if let Some(told) = &told { title { (told) } }
                    (body)
                }
            }
        }
    }
}

/// A claim in one line.
pub(crate) fn told(claim: &ClaimRef<'_>, said: Said) -> String {
    let name = crate::text::name(claim.ledger(), claim.origin());
    let dating = crate::text::dating(claim).map(|dating| format!(", {dating}")).unwrap_or_default();
    let state = said.note().map(|note| format!(" ({note})")).unwrap_or_default();
    format!("{name}: {}{dating}{state}", crate::text::short(&crate::text::statement(claim), 200))
}

impl Picture {
    /// The picture as a part of a page, shown where the page is as wide as that.
    pub(crate) fn in_page(&self, room: Room) -> Markup {
        let class = if room == Room::Wide { "pic wide" } else { "pic narrow" };
        let (title, description) = (format!("{}-title", self.id), format!("{}-desc", self.id));
        html! {
            svg id=(self.id) class=(class) viewBox=(self.view_box()) role="group"
                aria-labelledby={ (title) " " (description) } {
                title id=(title) { (self.title) }
                desc id=(description) { (self.description) }
                (self.body)
            }
        }
    }

    fn view_box(&self) -> String {
        format!("0 0 {} {}", Px(self.width), Px(self.height))
    }

    /// The picture as a file of its own, with its title above it and what its marks mean below.
    fn alone(&self) -> String {
        const HEAD: f64 = 44.0;
        let lines = labels::wrapped(&self.title, self.width - 24.0, 15.0, 3);
        #[expect(clippy::cast_precision_loss, reason = "three lines at most")]
        let head = HEAD + 20.0 * (lines.len().saturating_sub(1)) as f64;
        let (legend, legend_height) = keys::flow(&self.keys, self.left_out, self.width, head + self.height + 12.0);
        let height = head + self.height + legend_height + 20.0;
        let style = include_str!("../picture.css");
        let svg = html! {
            svg xmlns="http://www.w3.org/2000/svg" class="alone" width=(Px(self.width)) height=(Px(height))
                viewBox=(format!("0 0 {} {}", Px(self.width), Px(height))) role="img"
                aria-labelledby={ (self.id) "-title " (self.id) "-desc" } {
                title id={ (self.id) "-title" } { (self.title) }
                desc id={ (self.id) "-desc" } { (self.description) }
                style { (maud::PreEscaped(style)) }
                rect class="paper" width=(Px(self.width)) height=(Px(height)) {}
                @for (i, line) in lines.iter().enumerate() {
                    @let y = 28 + 20 * i;
                    text class="head" x="12" y=(y) { (line) }
                }
                g transform=(format!("translate(0 {})", Px(head))) { (self.body) }
                (legend)
            }
        };
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", svg.into_string())
    }
}

/// The picture of a topic as an SVG file of its own, with its title and what its marks mean: for figures time across and
/// value up, for texts who stands where, for days a strip of calendar. A topic with values of several kinds gives the
/// picture of the kind that most of its claims are of.
///
/// The file has no script and asks for nothing else; it has colours for light and for dark.
///
/// ```
/// use testimony::testing::korea_herald;
///
/// let ledger = korea_herald();
/// let topic = ledger.topics().next().expect("the report has topics");
/// let svg = testimony_page::picture(topic);
/// assert!(svg.contains("<title>National Intelligence Service: about 3,000 persons, January 2025"));
/// ```
#[must_use]
pub fn picture(topic: TopicRef<'_>) -> String {
    let looks = Looks::of(&topic);
    let scene = Scene { topic, looks: &looks, lead: &|_| None };
    let kind = scene.kinds().first().copied().unwrap_or(Kind::Texts);
    scene.draw(kind, Room::Wide).alone()
}
