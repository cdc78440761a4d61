//! Texts: who stands where.

use std::collections::BTreeSet;

use maud::html;
use testimony::{ClaimRef, Value};

use super::figures::chosen;
use super::keys::Key;
use super::labels::{width, wrapped};
use super::state::Said;
use super::{Kind, Picture, Px, Room, Scene};
use crate::text::{self, isolated};

/// A text, or none where no value is given, with the claims that say something of it.
struct Row<'a> {
    text: Option<&'a str>,
    claims: Vec<ClaimRef<'a>>,
}

/// The most texts that a picture has, and the most claims on one.
const ROWS: usize = 16;
const ON_ONE: usize = 16;
const SIZE: f64 = 13.0;
const LINE: f64 = 24.0;

/// The texts on the topic as the ledger tells them apart by their letters, in the order of their first claims.
fn rows<'a>(claims: Vec<ClaimRef<'a>>) -> Vec<Row<'a>> {
    let mut rows: Vec<(Option<String>, Row<'a>)> = Vec::new();
    for claim in claims {
        let text = claim.value().and_then(Value::as_text);
        let folded = text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase());
        match rows.iter_mut().find(|(known, _)| *known == folded) {
            Some((_, row)) => row.claims.push(claim),
            None => rows.push((folded, Row { text, claims: vec![claim] })),
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

pub(super) fn draw(scene: &Scene<'_, '_>, room: Room) -> Picture {
    let is_text = |claim: &ClaimRef<'_>| !matches!(claim.value(), Some(Value::Figure(_) | Value::Period(_)));
    let all: Vec<_> = scene.topic.claims().filter(is_text).collect();
    let total = all.len();
    let mut rows = rows(chosen(scene, all));
    rows.truncate(ROWS);
    let room_for_text = room.width() - 24.0;
    let mut y = 8.0;
    let (mut parts, mut drawn) = (Vec::new(), Vec::new());
    for (n, row) in rows.iter().enumerate() {
        let title =
            row.text.map_or_else(|| "No value given".to_owned(), |text| format!("“{}”", text::short(text, 160)));
        for line in wrapped(&title, room_for_text, 15.0, 2) {
            y += 20.0;
            parts.push(html! { text class="said" x="12" y=(Px(y)) { (isolated(&line)) } });
        }
        y += LINE;
        let mut x = 20.0;
        for claim in row.claims.iter().take(ON_ONE) {
            let said = Said::of(claim);
            let label = label(claim, said);
            let label = wrapped(&label, room_for_text - 40.0, SIZE, 1).join(" ");
            let taken = 18.0 + width(&label, SIZE) + 22.0;
            if x > 20.0 && x + taken > room.width() {
                (x, y) = (20.0, y + LINE);
            }
            let look = scene.looks.look(claim.origin().id());
            let mark = html! {
                rect class="hit" x=(Px(x - 8.0)) y=(Px(y - 16.0)) width=(Px(taken - 8.0)) height="24" {}
                @if said == Said::Denied { circle class="hatch" cx=(Px(x + 2.0)) cy=(Px(y - 5.0)) r="8.5" {} }
                (look.mark(x + 2.0, y - 5.0, "s"))
                @if matches!(said, Said::Denied | Said::Retracted) {
                    path class="strike" d=(format!("M{} {}L{} {}", Px(x - 7.0), Px(y + 3.0), Px(x + 11.0), Px(y - 13.0))) {}
                }
                text class="who" x=(Px(x + 16.0)) y=(Px(y)) { (isolated(&label)) }
            };
            parts.push(scene.marked(claim, said, &look.class(), &mark));
            drawn.push((*claim, said));
            x += taken;
        }
        if row.claims.len() > ON_ONE {
            y += LINE;
            let more = text::grouped(row.claims.len() - ON_ONE);
            parts.push(html! { text class="t" x="20" y=(Px(y)) { "and " (more) " more" } });
        }
        y += 16.0;
        if n + 1 < rows.len() {
            parts.push(html! { path class="grid" d=(format!("M12 {}H{}", Px(y), Px(room.width() - 12.0))) {} });
        }
    }
    let body = html! { @for part in &parts { (part) } };
    let mut picture = scene.picture(Kind::Texts, room, y + 4.0, body);
    picture.left_out = total - drawn.len();
    let told: Vec<String> = drawn.iter().take(6).map(|(claim, said)| super::told(claim, *said)).collect();
    let texts = text::count(rows.len(), "text", "texts");
    picture.description = format!("{texts}, each with those who say something of it. {}.", told.join("; "));
    let said: BTreeSet<Said> = drawn.iter().map(|(_, said)| *said).collect();
    picture.keys = said.into_iter().map(Key::Said).collect();
    picture
}

/// Whose word it is and of when, with the stance where it is no affirmation.
fn label(claim: &ClaimRef<'_>, said: Said) -> String {
    let name = text::name(claim.ledger(), claim.origin());
    let stance = match said {
        Said::Held => String::new(),
        Said::Denied => " denies it".to_owned(),
        Said::Suggested => " suggests it".to_owned(),
        Said::Declined => " declines to say".to_owned(),
        other => other.note().map(|note| format!(" ({note})")).unwrap_or_default(),
    };
    let dating = text::dating(claim).map(|dating| format!(", {dating}")).unwrap_or_default();
    format!("{name}{stance}{dating}")
}
