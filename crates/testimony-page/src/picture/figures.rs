//! Figures: time across, value up.

use std::collections::{BTreeSet, HashMap, HashSet};

use maud::{Markup, html};
use testimony::{ClaimId, ClaimRef, Figure, RelationKind, SourceId, Value};

use super::days::{DayAxis, ends};
use super::extent::{Extent, Reach};
use super::keys::Key;
use super::labels::{self, Taken};
use super::marks::{Drawn, definitions};
use super::state::Said;
use super::values::ValueAxis;
use super::{DRAWN, Kind, Picture, Px, Room, Scene};
use crate::look::Look;
use crate::text::{self, isolated};

/// A claim that is drawn.
struct Item<'a> {
    claim: ClaimRef<'a>,
    extent: Extent,
    look: Look,
    said: Said,
    /// The first and the last day, as far as there is one, of the time that the claim is about.
    days: Option<(Option<f64>, Option<f64>)>,
    x: f64,
}

/// The most marks that have their value written beside them.
const WRITTEN: usize = 16;
/// How far apart marks stand if they can.
const APART: f64 = 18.0;
const TOP: f64 = 26.0;

/// The claims of the topic whose figures are in the unit that most are in, with how many there are, and that unit.
fn comparable<'a>(scene: &Scene<'a, '_>) -> (Vec<ClaimRef<'a>>, Option<&'a str>, usize) {
    let figures = || scene.topic.claims().filter(|claim| matches!(claim.value(), Some(Value::Figure(_))));
    let mut units: HashMap<Option<String>, (usize, usize)> = HashMap::new();
    let key = |claim: &ClaimRef<'_>| text::unit(claim).map(|unit| unit.trim().to_lowercase());
    for (place, claim) in figures().enumerate() {
        units.entry(key(&claim)).or_insert((0, place)).0 += 1;
    }
    let most = units.into_iter().max_by_key(|(_, (n, place))| (*n, std::cmp::Reverse(*place))).map(|(unit, _)| unit);
    let all: Vec<_> = figures().filter(|claim| Some(key(claim)) == most).collect();
    let (unit, left_out) = (all.first().and_then(text::unit), figures().count() - all.len());
    (all, unit, left_out)
}

/// As many of the claims as are drawn: where there are more, the last words of all, then what is in conflict, then what
/// was recorded last.
pub(super) fn chosen<'a>(scene: &Scene<'a, '_>, claims: Vec<ClaimRef<'a>>) -> Vec<ClaimRef<'a>> {
    if claims.len() <= DRAWN {
        return claims;
    }
    let positions = scene.topic.positions();
    let words = positions.positions().iter().flat_map(|position| position.claims().iter().copied());
    let denied = positions.exclusions().iter().flat_map(|exclusion| exclusion.claims().iter().copied());
    let conflicts = scene.topic.conflicts().take(DRAWN).flat_map(|conflict| [conflict.older(), conflict.newer()]);
    let wanted = words.chain(denied).take(DRAWN / 2).chain(conflicts).chain(claims.iter().rev().copied());
    let there: HashSet<ClaimId> = claims.iter().map(ClaimRef::id).collect();
    let mut ids = BTreeSet::new();
    for claim in wanted {
        if ids.len() == DRAWN {
            break;
        }
        if there.contains(&claim.id()) {
            ids.insert(claim.id());
        }
    }
    claims.into_iter().filter(|claim| ids.contains(&claim.id())).collect()
}

/// The days that a claim is about, or else those on which it was stated.
pub(super) fn days_of(claim: &ClaimRef<'_>) -> Option<(Option<f64>, Option<f64>)> {
    let as_of = claim.as_of().map(|period| ends(period.first_day(), period.last_day()));
    as_of.or_else(|| claim.stated().map(|stated| ends(stated.first_day(), stated.last_day())))
}

/// The first and the last day of all.
pub(super) fn span(days: impl Iterator<Item = (Option<f64>, Option<f64>)>) -> Option<(f64, f64)> {
    let ends: Vec<f64> = days.flat_map(|(first, last)| first.into_iter().chain(last)).collect();
    let first = ends.iter().copied().reduce(f64::min)?;
    let last = ends.iter().copied().reduce(f64::max)?;
    Some((first, last.max(first + 1.0)))
}

struct Layout {
    values: ValueAxis,
    days: Option<DayAxis>,
    left: f64,
    /// Where marks with a time end, and those without one begin.
    middle: f64,
    right: f64,
    bottom: f64,
    height: f64,
}

pub(super) fn draw(scene: &Scene<'_, '_>, room: Room) -> Picture {
    let (all, unit, other_units) = comparable(scene);
    let total = all.len();
    let policy = scene.topic.ledger().policy();
    let mut items: Vec<Item<'_>> = chosen(scene, all)
        .into_iter()
        .filter_map(|claim| {
            let extent = Extent::of(claim.value()?.as_figure()?, policy)?;
            let look = scene.looks.look(claim.origin().id());
            Some(Item { claim, extent, look, said: Said::of(&claim), days: days_of(&claim), x: 0.0 })
        })
        .collect();
    items.sort_by(|one, other| place(one).total_cmp(&place(other)));
    let layout = layout(&items, unit, room);
    put_in_place(&mut items, &layout);
    let id = Kind::Figures.id(room);
    let lines = lines(&items, &layout);
    let body = html! {
        (definitions(id, &colours(&items)))
        (axes(&layout, unit, room))
        (lines.markup)
        @for item in &items { (periods(item, &layout)) }
        @for item in &items {
            @let drawn = item.drawn(id);
            (scene.marked(&item.claim, item.said, &item.look.class(), &drawn.markup(&layout.values, (TOP, layout.bottom))))
        }
        (written(&items, &layout, unit, room))
    };
    let mut picture = scene.picture(Kind::Figures, room, layout.height, body);
    picture.description = description(&items, unit);
    picture.left_out = total - items.len() + other_units;
    picture.keys = keys(&items, &lines);
    picture
}

/// Where an item stands in time: by the middle of its days, or by the end that there is; those without a time last.
fn place(item: &Item<'_>) -> f64 {
    match item.days {
        Some((Some(first), Some(last))) => f64::midpoint(first, last),
        Some((Some(only), None) | (None, Some(only))) => only,
        _ => f64::INFINITY,
    }
}

impl Item<'_> {
    fn is_dated(&self) -> bool {
        place(self).is_finite()
    }

    fn drawn<'d>(&'d self, id: &'d str) -> Drawn<'d> {
        Drawn { x: self.x, extent: &self.extent, look: self.look, said: self.said, id }
    }
}

fn layout(items: &[Item<'_>], unit: Option<&str>, room: Room) -> Layout {
    let height = if room == Room::Wide { 400.0 } else { 360.0 };
    let bottom = height - 46.0;
    let ups = items.iter().any(|item| item.extent.high.is_none());
    let downs = items.iter().any(|item| item.extent.low.is_none());
    let numbers = items.iter().flat_map(|item| item.extent.numbers());
    let values = ValueAxis::new(numbers, (downs, ups), 5.0, unit == Some("ratio")).between(bottom, TOP);
    let widest = values.ticks().iter().map(|(_, name)| labels::width(name, 12.0)).fold(0.0, f64::max);
    let left = (widest + 16.0).max(40.0);
    let right = room.width() - 10.0;
    let undated = items.iter().filter(|item| !item.is_dated()).count();
    #[expect(clippy::cast_precision_loss, reason = "a picture has few marks")]
    let wanted = undated as f64 * APART + 56.0;
    let middle = match undated {
        0 => right,
        n if n == items.len() => left,
        _ => right - wanted.min((right - left) * 0.4),
    };
    let span = span(items.iter().filter_map(|item| item.days));
    let days = span.map(|(first, last)| DayAxis::new(first, last, left, middle.max(left + 1.0)));
    Layout { values, days, left, middle, right, bottom, height }
}

fn put_in_place(items: &mut [Item<'_>], layout: &Layout) {
    let dated = items.iter().filter(|item| item.is_dated()).count();
    let wanted: Vec<f64> = match &layout.days {
        Some(axis) => items[..dated].iter().map(|item| axis.x(place(item))).collect(),
        None => Vec::new(),
    };
    let mut places =
        labels::spread(&wanted, APART, (layout.left + 12.0, (layout.middle - 12.0).max(layout.left + 13.0)));
    let undated = items.len() - dated;
    #[expect(clippy::cast_precision_loss, reason = "a picture has few marks")]
    let share = (layout.right - layout.middle) / (undated as f64 + 1.0);
    let middle = f64::midpoint(layout.middle, layout.right);
    // Claims without a time stand side by side about the middle of their own room.
    let step = share.min(if dated == 0 { 96.0 } else { 28.0 });
    for n in 0..undated {
        #[expect(clippy::cast_precision_loss, reason = "a picture has few marks")]
        let from_middle = n as f64 - (undated as f64 - 1.0) / 2.0;
        places.push(middle + from_middle * step);
    }
    for (item, place) in items.iter_mut().zip(places) {
        item.x = place;
    }
}

fn axes(layout: &Layout, unit: Option<&str>, room: Room) -> Markup {
    let Layout { values, left, middle, right, bottom, .. } = layout;
    let ticks = match (&layout.days, *middle > *left) {
        (Some(days), true) => days.ticks(if room == Room::Wide { 64.0 } else { 52.0 }),
        _ => Vec::new(),
    };
    let unit = unit.filter(|unit| *unit != "ratio").map(|unit| text::short(unit, 40));
    let multiples = if values.is_in_multiples() { "each line ten times the one below or more" } else { "" };
    let title = [unit.unwrap_or_default(), multiples.to_owned()];
    let title: Vec<String> = title.into_iter().filter(|part| !part.is_empty()).collect();
    html! {
        g class="axis" {
            @for (value, name) in values.ticks() {
                @let y = values.at(value);
                path class="grid" d=(format!("M{} {}H{}", Px(*left), Px(y), Px(*right))) {}
                text class="t end" x=(Px(left - 8.0)) y=(Px(y + 4.0)) { (name) }
            }
            text class="t" x=(Px(*left)) y="13" { (isolated(&title.join(" · "))) }
            path class="base" d=(format!("M{} {}H{}", Px(*left), Px(*bottom), Px(*right))) {}
            @for tick in &ticks {
                @let x = layout.days.as_ref().map_or(0.0, |days| days.x(tick.day));
                @if x <= middle - 8.0 {
                    path class="base" d=(format!("M{} {}v5", Px(x), Px(*bottom))) {}
                    @if x + labels::width(&tick.name, 12.0) <= *middle + 8.0 {
                        text class="t" x=(Px(x + 3.0)) y=(Px(bottom + 18.0)) { (tick.name) }
                        @if let Some(year) = &tick.year {
                            text class="t strong" x=(Px(x + 3.0)) y=(Px(bottom + 34.0)) { (year) }
                        }
                    }
                }
            }
            @if middle < right {
                @if middle > left {
                    path class="divide" d=(format!("M{} {TOP}V{}", Px(*middle), Px(bottom + 34.0))) {}
                }
                text class="t mid" x=(Px(f64::midpoint(*middle, *right))) y=(Px(bottom + 18.0)) {
                    @if middle > left { "no date" } @else { "no dates given" }
                }
            }
        }
    }
}

/// The time that a claim is about, as a line at its value.
fn periods(item: &Item<'_>, layout: &Layout) -> Markup {
    let (Some(days), Some((first, last))) = (&layout.days, item.days.filter(|_| item.is_dated())) else {
        return html! {};
    };
    let edge = layout.middle - 4.0;
    let (from, to) = (first.map_or(layout.left, |day| days.x(day)), last.map_or(edge, |day| days.x(day)));
    if to - from < 20.0 {
        return html! {};
    }
    let y = Px(layout.values.at(item.extent.beside()));
    let end = |x: f64, is_open: bool, inward: f64| {
        let (x, inward) = (Px(x), Px(inward));
        let shape = if is_open { format!("m{inward} -3L{x} {y}l{inward} 3") } else { "m0 -3v6".to_owned() };
        format!("M{x} {y}{shape}")
    };
    let (left, right) = (end(from, first.is_none(), 4.0), end(to, last.is_none(), -4.0));
    html! {
        path class={ "per " (item.look.class()) } d=(format!("M{} {y}H{}{left}{right}", Px(from), Px(to))) {}
    }
}

/// The lines that join claims of one origin.
struct Lines {
    markup: Markup,
    has_updates: bool,
    has_revisions: bool,
}

fn lines(items: &[Item<'_>], layout: &Layout) -> Lines {
    let y = |item: &Item<'_>| layout.values.at(item.extent.beside());
    let by_id: HashMap<ClaimId, &Item<'_>> = items.iter().map(|item| (item.claim.id(), item)).collect();
    let mut last: HashMap<&SourceId, &Item<'_>> = HashMap::new();
    let (mut updates, mut revisions) = (Vec::new(), Vec::new());
    for item in items {
        if item.said == Said::Revised {
            let reviser = item.claim.superseded_by().take(DRAWN).filter_map(|claim| by_id.get(&claim.id())).last();
            revisions.extend(reviser.map(|reviser| (item, *reviser)));
        }
        if item.said != Said::Held || !item.is_dated() {
            continue;
        }
        if let Some(before) = last.insert(item.claim.origin().id(), item) {
            let related = item.claim.ledger().related(before.claim.id(), item.claim.id());
            if related.is_some_and(|related| related.kind() == RelationKind::Updates) {
                updates.push((before, item));
            }
        }
    }
    let line = |class: &str, (from, to): &(&Item<'_>, &Item<'_>)| {
        let class = format!("{class} {}", from.look.class());
        html! { path class=(class) d=(format!("M{} {}L{} {}", Px(from.x), Px(y(from)), Px(to.x), Px(y(to)))) {} }
    };
    let markup = html! {
        @for pair in &updates { (line("update", pair)) }
        @for pair in &revisions { (line("revision", pair)) }
    };
    Lines { markup, has_updates: !updates.is_empty(), has_revisions: !revisions.is_empty() }
}

/// The values in print beside their marks, where there is room for them.
fn written(items: &[Item<'_>], layout: &Layout, unit: Option<&str>, room: Room) -> Markup {
    let mut taken = Taken::default();
    for item in items {
        taken.take(item.drawn("").area(&layout.values, (TOP, layout.bottom)));
    }
    if layout.middle > layout.left && layout.middle < layout.right {
        taken.take([layout.middle - 2.0, TOP, layout.middle + 2.0, layout.bottom]);
    }
    let right = room.width() - 2.0;
    let most = if items.len() <= WRITTEN { items.len() } else { 0 };
    let mut labels = Vec::new();
    for item in items.iter().take(most) {
        let Some(figure) = item.claim.value().and_then(Value::as_figure) else { continue };
        // The axis names the unit.
        let name = match unit {
            Some("ratio") | None => figure.to_string(),
            Some(_) => Figure::new(*figure.hedge()).map_or_else(|_| figure.to_string(), |bare| bare.to_string()),
        };
        let name = text::short(&name, 40);
        let (width, y) = (labels::width(&name, 12.0), layout.values.at(item.extent.beside()));
        let places = [
            (item.x + 11.0, y + 4.0),
            (item.x - 11.0 - width, y + 4.0),
            (item.x + 8.0, y - 9.0),
            (item.x + 8.0, y + 18.0),
        ];
        for (x, y) in places {
            let area = [x - 2.0, y - 12.0, x + width + 2.0, y + 4.0];
            let inside = area[0] >= layout.left && area[2] <= right && area[1] >= TOP - 6.0 && area[3] <= layout.bottom;
            if inside && taken.is_free(area) {
                taken.take(area);
                labels.push((x, y, name));
                break;
            }
        }
    }
    html! {
        @for (x, y, name) in &labels {
            text class="lb" x=(Px(*x)) y=(Px(*y)) aria-hidden="true" { (name) }
        }
    }
}

fn colours(items: &[Item<'_>]) -> Vec<usize> {
    let fading = |item: &&Item<'_>| matches!(item.extent.reach, Reach::About | Reach::Below | Reach::Above);
    let colours: BTreeSet<usize> = items.iter().filter(fading).map(|item| item.look.colour()).collect();
    colours.into_iter().collect()
}

fn keys(items: &[Item<'_>], lines: &Lines) -> Vec<Key> {
    let mut keys = Vec::new();
    for item in items {
        let key = Key::Origin(item.look, text::name(item.claim.ledger(), item.claim.origin()));
        if !keys.contains(&key) && keys.len() < 24 {
            keys.push(key);
        }
    }
    let reaches: BTreeSet<Reach> =
        items.iter().filter(|item| item.said != Said::Denied).map(|item| item.extent.reach).collect();
    keys.extend(reaches.into_iter().filter(|reach| *reach != Reach::Point).map(Key::Reach));
    let said: BTreeSet<Said> = items.iter().map(|item| item.said).collect();
    keys.extend(said.into_iter().filter(|said| *said != Said::Held).map(Key::Said));
    if items.iter().any(|item| item.days.is_some_and(|(first, last)| first.zip(last).is_none_or(|(a, b)| b - a > 1.5)))
    {
        keys.push(Key::Period);
    }
    keys.extend(lines.has_updates.then_some(Key::Updated));
    keys.extend(lines.has_revisions.then_some(Key::Revised));
    keys
}

fn description(items: &[Item<'_>], unit: Option<&str>) -> String {
    let claims = text::count(items.len(), "claim", "claims");
    let unit =
        unit.filter(|unit| *unit != "ratio").map(|unit| format!(", in {}", text::short(unit, 40))).unwrap_or_default();
    let mut told: Vec<String> = items.iter().take(6).map(|item| super::told(&item.claim, item.said)).collect();
    if items.len() > told.len() {
        told.push(format!("and {} more, in the table below the picture", items.len() - told.len()));
    }
    format!("{claims}, each at the time that it is about, with the values that it allows{unit}. {}.", told.join("; "))
}
