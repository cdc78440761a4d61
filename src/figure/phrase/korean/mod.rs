//! Figures in Korean, whose order is its own: what hedges and what is counted stand behind the number, the parts before
//! how many of them, numbers count in ten thousands, and few of these words have spaces between them.

mod found;
mod number;
mod relative;
mod scan;
mod sino;
mod told;

pub(super) use self::found::Found;
use self::found::Outcome;
use self::number::{Count, Unit};
use self::scan::Scan;
use self::told::Told;
use super::amount::Amount;
use super::token::style_of;
use crate::error::{Error, ErrorKind};
use crate::figure::{Figure, Hedge, RATIO, Vague};
use crate::language::korean as words;
use crate::language::{Before, english};
use crate::number::{Bound, NumberStyle};

/// The figures of a running text, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Figures<'t> {
    scan: Scan<'t>,
    at: usize,
    /// Whether the notation of the text is known, or was looked for.
    surveyed: bool,
    told: Told,
    /// Where the figure before ends.
    last: usize,
}

impl<'t> Figures<'t> {
    pub(super) fn new(text: &'t str, style: Option<NumberStyle>) -> Self {
        let scan = Scan { text, whole: false, style };
        Self { scan, at: 0, surveyed: style.is_some(), told: Told::default(), last: 0 }
    }

    /// Takes over the notation that the text shows, if that was not looked for yet and there is one.
    fn survey(&mut self) -> bool {
        let due = !std::mem::replace(&mut self.surveyed, true);
        if due {
            self.scan.style = style_of(self.scan.text, english());
        }
        due && self.scan.style.is_some()
    }
}

impl Iterator for Figures<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while let Some(start) = self.scan.next_start(&mut self.at) {
            match self.scan.figure(start) {
                Outcome::Found(mut found) => {
                    let ambiguous =
                        found.figure.as_ref().is_err_and(|error| *error.kind() == ErrorKind::AmbiguousNumber);
                    if ambiguous && self.survey() {
                        continue;
                    }
                    // "3명 추가 4명": the word belongs to those before it.
                    if found.span.start < self.last {
                        found.span.start = start;
                    }
                    self.at = found.span.end.max(start + 1);
                    self.last = found.span.end;
                    self.told.tell(&self.scan, &mut found);
                    return Some(found);
                }
                Outcome::Pass(next) => self.at = next,
            }
        }
        None
    }
}

/// Reads a text as one phrase.
pub(super) fn phrase(text: &str, style: Option<NumberStyle>) -> Result<Figure, Error> {
    let no_figure = || Error::new(ErrorKind::NotAFigure);
    let style = style.or_else(|| style_of(text, english()));
    let scan = Scan { text: text.trim(), whole: true, style };
    let Outcome::Found(found) = scan.figure(0) else { return Err(no_figure()) };
    let rest = scan.rest(found.span.end).trim().trim_end_matches('.');
    let figure = found.figure?;
    match rest {
        "" | "이다" | "입니다" => Ok(figure),
        // "3천 보병": what is counted is named by a noun.
        noun if figure.unit().is_none() && noun.chars().all(char::is_alphabetic) && scan.is_space(found.span.end) => {
            Ok(figure.with_unit(noun))
        }
        _ => Err(no_figure()),
    }
}

/// A number with its unit.
#[derive(Clone, Debug)]
struct Quantity {
    count: Count,
    unit: Option<Unit>,
    /// A word for what is counted stands behind it, if only one that says nothing of it.
    counter: bool,
    /// "여" stands behind the number.
    odd: bool,
    end: usize,
}

impl Scan<'_> {
    /// The figure that begins at a place where one can begin.
    fn figure(&self, start: usize) -> Outcome {
        let (mut hedge, mut at) = (None, start);
        if let Some(end) = self.past(at, &words::FILLERS).filter(|end| !self.is_hangul(*end)) {
            at = self.past_space(end);
        }
        for _ in 0..2 {
            let Some((before, end)) = self.longest(at, &words::BEFORE) else { break };
            let next = self.past_space(end);
            // "약속", "근대": no hedge, but the beginning of another word.
            if next == end
                && self.is_hangul(end)
                && self.count(next).is_none()
                && self.longest(next, &words::VAGUE).is_none()
            {
                break;
            }
            hedge = Some(stronger(hedge, before));
            at = next;
        }
        let unnumbered = || self.nobody(start).or_else(|| self.multiple(start, at));
        if let Some(found) = self.vague(start, at, hedge).or_else(unnumbered) {
            return Outcome::Found(found);
        }
        let Some(first) = self.quantity(at, hedge.is_some()) else {
            return Outcome::Pass(self.past_word(start));
        };
        if self.is_no_figure(start, &first) {
            return Outcome::Pass(self.past_chain(first.end));
        }
        if let Some(share) = self.share(start, &first) {
            return Outcome::Found(share);
        }
        if let Some(range) = self.range(start, hedge, &first) {
            return range;
        }
        let (after, end) = self.after(first.end);
        if let Some(increment) = self.increment(start, end) {
            return Outcome::Found(increment);
        }
        let bare = hedge.is_none() && after.is_none() && !first.counter && !first.odd;
        let loose = (first.count.words && !first.count.long) || Self::is_year(&first);
        if bare && !self.whole && loose && !first.count.parts {
            return Outcome::Pass(first.end);
        }
        let figure = self.said(hedge, &first, after);
        let found = Found::new(start..end, figure);
        Outcome::Found(self.joined(&found).unwrap_or(found))
    }

    /// A number with what it counts, if both are understood.
    fn quantity(&self, at: usize, hedged: bool) -> Option<Quantity> {
        let money = self.longest(at, &words::MONEY);
        let number_at = money.map_or(at, |(_, end)| end);
        let counts = self.counts(number_at)?;
        counts.into_iter().rev().find_map(|count| self.counted(count, money.map(|(code, _)| code), hedged))
    }

    fn counted(&self, count: Count, money: Option<&'static str>, hedged: bool) -> Option<Quantity> {
        let odd = self.past(count.end, &words::ODD).filter(|end| {
            self.is_space(*end) || self.unit(self.past_space(*end), &count).is_some() || self.ends_word(*end)
        });
        let end = odd.unwrap_or(count.end);
        if let Some(code) = money {
            let unit = Some(Unit::Known(code));
            return self.ends_word(end).then_some(Quantity { count, unit, counter: true, odd: odd.is_some(), end });
        }
        if let Some((unit, end)) = self.unit(end, &count) {
            return Some(Quantity { count, unit, counter: true, odd: odd.is_some(), end });
        }
        // Without a unit a number in words is one only where it is hedged, or nothing else is said.
        let counted = hedged || !count.words || count.long || count.parts || odd.is_some();
        let goes_on = self.after(end).0.is_some()
            || self.past(end, &words::OUT_OF).is_some()
            || self.longest(end, &words::RANGES).is_some();
        let alone = self.whole || counted || goes_on;
        let word = count.short || (count.digit && !self.whole);
        (alone && !word && self.ends_word(end)).then_some(Quantity {
            count,
            unit: None,
            counter: false,
            odd: odd.is_some(),
            end,
        })
    }

    /// The unit behind a number, with or without a space, and where it ends; the inner `None` is a counter that names
    /// nothing in particular.
    fn unit(&self, at: usize, count: &Count) -> Option<(Option<Unit>, usize)> {
        let next = self.past_space(at);
        let spaced = next > at;
        let (name, end) = self.longest(next, &words::UNITS)?;
        // "이십 초과" has no seconds.
        let hedged = self.hedge_behind(at).is_some_and(|(_, behind)| behind > end);
        let word = hedged || count.digit && name != Some(RATIO) && !self.whole;
        if word || !self.ends_word(end) || self.is_name(next) || (count.single && !spaced && !self.counts_plainly(next))
        {
            return None;
        }
        Some(match name {
            Some("") => (None, end),
            Some(name) => (Some(Unit::Known(name)), end),
            None => (Some(Unit::Said(next..end)), end),
        })
    }

    /// Whether a word of one syllable before this counter is a number, and both no other word.
    fn counts_plainly(&self, at: usize) -> bool {
        ["명", "원", "개", "달러", "퍼센트", "%", "％", "사람"].iter().any(|counter| self.rest(at).starts_with(counter))
    }

    /// Whether what stands behind a number makes a name, a date or an order of it.
    fn is_name(&self, at: usize) -> bool {
        let unit = self.longest(at, &words::UNITS).map_or(at, |(_, end)| end);
        self.past(at, &words::NAMES).is_some_and(|end| end > unit && self.ends_word(end))
    }

    /// Whether the number belongs to a name, a date or an order, or is one part of a longer chain.
    fn is_no_figure(&self, start: usize, quantity: &Quantity) -> bool {
        let before = &self.text[..start];
        let named = words::NAMING.iter().any(|word| before.ends_with(word));
        let digits = self.rest(start).starts_with(|c: char| c.is_ascii_digit());
        let joined = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '^' | '*');
        let hyphen = before.strip_suffix('-').is_some_and(|before| before.ends_with(char::is_alphanumeric));
        // "코로나19"
        let noun = !quantity.counter && before.ends_with(char::is_alphabetic);
        let attached = digits && (hyphen || noun || before.ends_with(joined));
        let ordered = quantity.unit.is_none() && self.is_name(self.past_space(quantity.count.end));
        let age = matches!(&quantity.unit, Some(Unit::Said(range)) if &self.text[range.clone()] == "대")
            && quantity.count.to_u64().is_some_and(|n| n % 10 == 0 && n < 100)
            && !quantity.odd
            && !words::MACHINES.iter().any(|machine| before.trim_end().ends_with(machine))
            && self.after(quantity.end).0.is_none();
        let date = quantity.unit == Some(Unit::Known("years"))
            && self.text[..quantity.end].ends_with('년')
            && Self::is_year(quantity);
        let clock = quantity.unit == Some(Unit::Known("minutes")) && before.trim_end().ends_with('시');
        let chained = quantity.unit.is_none()
            && self.rest(quantity.end).starts_with(['-', '/', '^'])
            && self.rest(quantity.end + 1).starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+'));
        named || attached || ordered || age || date || clock || (chained && !self.whole)
    }

    fn is_year(quantity: &Quantity) -> bool {
        quantity.count.plain && quantity.count.to_u64().is_some_and(super::context::is_year)
    }

    /// The hedge behind a number, and where it ends.
    fn after(&self, at: usize) -> (Option<Before>, usize) {
        match self.hedge_behind(at) {
            Some((hedge, end)) => (Some(hedge), end),
            None => (None, at),
        }
    }

    /// "수천 명": a magnitude that no number is given for, with what is counted.
    fn vague(&self, start: usize, at: usize, hedge: Option<Before>) -> Option<Found> {
        let (name, end) = self.longest(at, &words::VAGUE)?;
        let magnitude: Vague = name.parse().ok()?;
        let end = self.past(end, &words::ODD).unwrap_or(end);
        let (unit, end) = self.unit(end, &Count::vague(end))?;
        let (after, end) = self.after(end);
        let known = [hedge, after].iter().all(|hedge| matches!(hedge, None | Some(Before::About)));
        let figure = if known { Ok(Figure::vague(magnitude)) } else { Err(Error::new(ErrorKind::UnknownHedge)) };
        Some(Found::new(start..end, self.with_unit(figure, unit.as_ref())))
    }

    /// "사망자는 없었다": nobody.
    fn nobody(&self, start: usize) -> Option<Found> {
        let (fate, end) = self.longest(start, &words::NOUGHTS)?;
        let end = self.past(end, &words::SUBJECT).unwrap_or_else(|| self.past_space(end));
        let end = self.past(end, &words::NONE)?;
        Some(Found { fate, ..Found::new(start..end, Ok(Figure::exactly(0).with_unit("persons"))) })
    }

    /// "10명 중 3명": three of ten.
    fn share(&self, start: usize, whole: &Quantity) -> Option<Found> {
        let at = self.past(whole.end, &words::OUT_OF)?;
        let part = self.quantity(at, true)?;
        // "300명 중 204명" are two figures.
        let of =
            whole.count.to_u64().filter(|of| matches!(of, 2..=10 | 100 | 1_000 | 10_000) && !whole.odd && !part.odd)?;
        let many = part.count.to_u64().filter(|many| *many < of)?;
        if part.unit.is_some() && part.unit != whole.unit {
            return None;
        }
        let count = Count { value: Ok(Amount::fraction(many, of)), parts: true, ..part.count };
        let figure = count.unhedged(None);
        let unit = Unit::Known(RATIO);
        Some(Found::new(start..part.end, self.with_unit(figure, Some(&unit))))
    }

    /// "3천~4천 명", "20에서 30명 사이".
    fn range(&self, start: usize, hedge: Option<Before>, first: &Quantity) -> Option<Outcome> {
        let (second, end) = match Self::pair(first) {
            Some(high) => (Quantity { count: high, ..first.clone() }, first.end),
            None => self.second_end(first)?,
        };
        let mut low = first.count.clone();
        low.share_scale(&second.count);
        let unit = match (&first.unit, &second.unit) {
            (None, unit) | (unit, None) => unit.clone(),
            (a, b) if self.same(a.as_ref(), b.as_ref()) => b.clone(),
            _ => return None,
        };
        let tight =
            self.rest(first.end).starts_with('-') && self.rest(first.end + 1).starts_with(|c: char| c.is_ascii_digit());
        let (after, end) = self.after(end);
        let nothing_else = hedge.is_none() && after.is_none() && unit.is_none();
        if nothing_else && !self.whole && (tight || (Self::is_year(first) && Self::is_year(&second))) {
            return Some(Outcome::Pass(end));
        }
        let hedge = match (hedge, after) {
            (None, None) if first.odd || second.odd => Before::About,
            (None | Some(Before::Exactly), None) => Before::Exactly,
            (None | Some(Before::About), None | Some(Before::About)) => Before::About,
            _ => return Some(Outcome::Pass(end)),
        };
        let ends =
            low.number(unit.as_ref()).and_then(|low| Ok((low.below(), second.count.number(unit.as_ref())?.above())));
        let figure = ends.and_then(|(low, high)| match hedge {
            Before::About => Figure::about_between(low, high),
            _ => Figure::between(low, high),
        });
        let figure = self.with_unit(figure, unit.as_ref());
        Some(Outcome::Found(Found::new(start..end, figure)))
    }

    /// The upper end of "두세 명", which is in the word of the lower one.
    fn pair(first: &Quantity) -> Option<Count> {
        let high = first.count.pair?;
        Some(Count { value: Ok(Amount::decimal(high.into(), 0)), pair: None, ..first.count.clone() })
    }

    /// The upper end of a range behind its lower one, and where the range ends.
    fn second_end(&self, first: &Quantity) -> Option<(Quantity, usize)> {
        let (closings, at) = self.longest(first.end, &words::RANGES)?;
        let second = self.quantity(at, true)?;
        let end = second.end;
        if closings.is_empty() {
            return Some((second, end));
        }
        let closed = closings.iter().find_map(|closing| self.phrase(end, closing))?;
        Some((second, closed))
    }

    /// A lower and an upper hedge, one behind the other: "100보다 크고 300보다 작다".
    fn joined(&self, first: &Found) -> Option<Found> {
        let one_sided = |hedge: &Hedge| {
            matches!(hedge, Hedge::MoreThan(_) | Hedge::AtLeast(_) | Hedge::LessThan(_) | Hedge::AtMost(_))
        };
        first.figure.as_ref().ok().filter(|figure| one_sided(figure.hedge()))?;
        // One or the other is no one figure.
        if self.text[..first.span.end].ends_with("거나") {
            return None;
        }
        let joins = self.phrases_at(first.span.end, &words::JOINS).map(|(_, (), at)| at);
        // "20 초과 35 이하"
        joins.chain([self.past_space(first.span.end)]).find_map(|at| {
            let (before, at) = match self.longest(at, &words::BEFORE) {
                Some((before, end)) => (Some(before), self.past_space(end)),
                None => (None, at),
            };
            let second = self.quantity(at, true)?;
            let (after, end) = self.after(second.end);
            // "최소 20명에서 최대 50명으로 늘었다" are two.
            if self.is_changed_to(end) {
                return None;
            }
            let a = first.figure.as_ref().ok()?;
            let b = self.said(before, &second, after).ok()?;
            let unit = match (a.unit(), b.unit()) {
                (unit, None) | (None, unit) => unit,
                (a, b) if a == b => a,
                _ => return None,
            };
            let (low, high) = together(a.hedge(), b.hedge())?;
            let figure = Figure::within(low, high).ok()?;
            let figure = unit.into_iter().fold(figure, Figure::with_unit);
            Some(Found::new(first.span.start..end, Ok(figure)))
        })
    }

    /// A quantity with the hedges before and behind it.
    fn said(&self, before: Option<Before>, quantity: &Quantity, after: Option<Before>) -> Result<Figure, Error> {
        let Quantity { count, unit, odd, .. } = quantity;
        let hedges: Vec<Before> = [before, odd.then_some(Before::JustOver), after].into_iter().flatten().collect();
        let figure = match agree(&hedges) {
            _ if hedges.is_empty() => count.unhedged(unit.as_ref()),
            Some(hedge) => hedged(hedge, count, unit.as_ref()),
            None => Err(Error::new(ErrorKind::UnknownHedge)),
        };
        let ratio = Unit::Known(RATIO);
        self.with_unit(figure, unit.as_ref().or_else(|| count.is_ratio().then_some(&ratio)))
    }

    fn with_unit(&self, figure: Result<Figure, Error>, unit: Option<&Unit>) -> Result<Figure, Error> {
        figure.map(|figure| match unit {
            None => figure,
            Some(Unit::Known(name)) => figure.with_unit(*name),
            Some(Unit::Said(range)) => figure.with_unit(&self.text[range.clone()]),
        })
    }

    fn same(&self, a: Option<&Unit>, b: Option<&Unit>) -> bool {
        match (a, b) {
            (Some(Unit::Said(a)), Some(Unit::Said(b))) => self.text[a.clone()] == self.text[b.clone()],
            _ => a == b,
        }
    }
}

/// Of two hedges before a number, the one that says more.
fn stronger(outer: Option<Before>, inner: Before) -> Before {
    match outer {
        Some(outer) if matches!(inner, Before::About | Before::Exactly) => outer,
        _ => inner,
    }
}

/// The hedges around a number as one; `None` where they say different things.
fn agree(hedges: &[Before]) -> Option<Before> {
    let strong: Vec<Before> =
        hedges.iter().copied().filter(|hedge| !matches!(hedge, Before::About | Before::Exactly)).collect();
    match strong[..] {
        [] => hedges.last().copied(),
        [hedge] => Some(hedge),
        // "최소 30 이상"
        [a, b] if a == b => Some(a),
        // "4천여 명 이상", "최소 4천여 명": the one end that both tell.
        [Before::AtLeast, Before::JustOver] | [Before::JustOver, Before::AtLeast | Before::MoreThan] => {
            Some(Before::MoreThan)
        }
        _ => None,
    }
}

/// A figure from a number and what was said of it.
fn hedged(hedge: Before, count: &Count, unit: Option<&Unit>) -> Result<Figure, Error> {
    let number = count.number(unit)?;
    Ok(match hedge {
        Before::MoreThan | Before::Passed => Figure::more_than(number),
        Before::AtLeast => Figure::at_least(number),
        Before::LessThan => Figure::less_than(number),
        Before::AtMost => Figure::at_most(number),
        Before::Nearly => Figure::nearly(number),
        Before::JustOver => Figure::just_over(number),
        Before::About => Figure::about(number),
        Before::Exactly | Before::Between | Before::From => Figure::exactly(number),
        Before::Unheld => return Err(Error::new(ErrorKind::UnknownHedge)),
    })
}

/// A lower and an upper hedge, in either order, as two ends.
fn together(a: &Hedge, b: &Hedge) -> Option<(Bound, Bound)> {
    let low = |hedge: &Hedge| match *hedge {
        Hedge::MoreThan(n) => n.to_number().map(Bound::open),
        Hedge::AtLeast(n) => n.to_number().map(Bound::closed),
        _ => None,
    };
    let high = |hedge: &Hedge| match *hedge {
        Hedge::LessThan(n) => n.to_number().map(Bound::open),
        Hedge::AtMost(n) => n.to_number().map(Bound::closed),
        _ => None,
    };
    low(a).zip(high(b)).or_else(|| low(b).zip(high(a)))
}
