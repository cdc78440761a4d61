//! Periods: the days that are named, as a strip of calendar.

use std::collections::BTreeSet;

use maud::{Markup, html};
use testimony::{ClaimRef, Value};

use super::days::{DayAxis, ends};
use super::figures::{chosen, span};
use super::keys::Key;
use super::labels::{width, wrapped};
use super::state::Said;
use super::{Kind, Picture, Px, Room, Scene};
use crate::text::{self, isolated};

/// The most claims that a strip has.
const ROWS: usize = 30;
const ROW: f64 = 44.0;
const TOP: f64 = 8.0;

pub(super) fn draw(scene: &Scene<'_, '_>, room: Room) -> Picture {
    let all: Vec<_> = scene.topic.claims().filter(|claim| matches!(claim.value(), Some(Value::Period(_)))).collect();
    let total = all.len();
    let mut claims = chosen(scene, all);
    claims.truncate(ROWS);
    let days_of = |claim: &ClaimRef<'_>| {
        let period = claim.value().and_then(Value::as_period);
        period.map_or((None, None), |period| ends(period.first_day(), period.last_day()))
    };
    claims.sort_by(|one, other| {
        let [one, other] = [one, other].map(|claim| days_of(claim).0.unwrap_or(f64::NEG_INFINITY));
        one.total_cmp(&other)
    });
    let (left, right) = (12.0, room.width() - 12.0);
    let (first, last) = span(claims.iter().map(days_of)).unwrap_or((0.0, 1.0));
    let axis = DayAxis::new(first, last, left, right);
    #[expect(clippy::cast_precision_loss, reason = "a strip has few rows")]
    let bottom = TOP + ROW * claims.len() as f64;
    let id = Kind::Periods.id(room);
    let body = html! {
        (super::marks::definitions(id, &[]))
        (calendar(&axis, (left, right), bottom, room))
        @for (n, claim) in claims.iter().enumerate() {
            @let said = Said::of(claim);
            @let look = scene.looks.look(claim.origin().id());
            (scene.marked(claim, said, &look.class(), &strip(scene, claim, n, &axis, days_of(claim), (left, right), id)))
        }
    };
    let mut picture = scene.picture(Kind::Periods, room, bottom + 40.0, body);
    picture.left_out = total - claims.len();
    let told: Vec<String> = claims.iter().take(6).map(|claim| super::told(claim, Said::of(claim))).collect();
    picture.description = format!(
        "{}, each with the days that it names. {}.",
        text::count(claims.len(), "claim", "claims"),
        told.join("; ")
    );
    let said: BTreeSet<Said> = claims.iter().map(|claim| Said::of(claim)).collect();
    picture.keys = said.into_iter().map(Key::Said).collect();
    picture
}

fn calendar(axis: &DayAxis, edges: (f64, f64), bottom: f64, room: Room) -> Markup {
    html! {
        g class="axis" {
            path class="base" d=(format!("M{} {}H{}", Px(edges.0), Px(bottom), Px(edges.1))) {}
            @for tick in &axis.ticks(if room == Room::Wide { 64.0 } else { 52.0 }) {
                @let x = axis.x(tick.day);
                path class="grid" d=(format!("M{} {TOP}V{}", Px(x), Px(bottom + 5.0))) {}
                @let names = [Some(&tick.name), tick.year.as_ref()].into_iter().flatten();
                @if x + 3.0 + names.map(|name| width(name, 12.0)).fold(0.0, f64::max) <= room.width() {
                    text class="t" x=(Px(x + 3.0)) y=(Px(bottom + 17.0)) { (tick.name) }
                    @if let Some(year) = &tick.year {
                        text class="t strong" x=(Px(x + 3.0)) y=(Px(bottom + 33.0)) { (year) }
                    }
                }
            }
        }
    }
}

/// A claim's days as a bar, with arrows where they have no end, under the name of its origin.
fn strip(
    scene: &Scene<'_, '_>,
    claim: &ClaimRef<'_>,
    row: usize,
    axis: &DayAxis,
    days: (Option<f64>, Option<f64>),
    edges: (f64, f64),
    id: &str,
) -> Markup {
    #[expect(clippy::cast_precision_loss, reason = "a strip has few rows")]
    let top = TOP + ROW * row as f64;
    let said = Said::of(claim);
    let look = scene.looks.look(claim.origin().id());
    let from = days.0.map_or(edges.0, |day| axis.x(day));
    let to = days.1.map_or(edges.1, |day| axis.x(day)).max(from + 3.0);
    let name = text::name(claim.ledger(), claim.origin());
    let note = said.note().map(|note| format!(" ({note})")).unwrap_or_default();
    let label = format!("{name}: {}{note}", text::value(claim).unwrap_or_default());
    let label = wrapped(&label, edges.1 - edges.0 - 24.0, 12.5, 1).join(" ");
    // The name begins above its bar, or as far to the right as it has room.
    let x = (from + 10.0).min(edges.1 - width(&label, 12.5) - 12.0).max(edges.0 + 10.0);
    let qualified = claim.value().and_then(Value::as_period).is_some_and(|period| period.is_qualified());
    let class = match said {
        Said::Denied => "hatch",
        _ if qualified => "unsure",
        _ => "days",
    };
    let fill = (said == Said::Denied).then(|| format!("url(#{id}-hatch)"));
    let tip = |x: f64, out: f64| {
        let (x, base, y) = (Px(x), Px(x - out * 8.0), top + 28.0);
        html! { path class="tip" d=(format!("M{base} {}L{x} {}L{base} {}Z", Px(y - 7.0), Px(y), Px(y + 7.0))) {} }
    };
    html! {
        rect class="hit" x=(Px(edges.0)) y=(Px(top)) width=(Px(edges.1 - edges.0)) height=(Px(ROW - 4.0)) {}
        rect class=(class) x=(Px(from)) y=(Px(top + 23.0)) width=(Px(to - from)) height="10" fill=[fill] {}
        @if days.0.is_none() { (tip(edges.0, -1.0)) }
        @if days.1.is_none() { (tip(edges.1, 1.0)) }
        @if said == Said::Retracted {
            path class="strike" d=(format!("M{} {}H{}", Px(from - 4.0), Px(top + 28.0), Px(to + 4.0))) {}
        }
        (look.mark(x - 1.0, top + 12.0, "s"))
        text class="who small" x=(Px(x + 10.0)) y=(Px(top + 16.5)) { (isolated(&label)) }
    }
}
