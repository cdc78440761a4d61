//! Arithmetic between topics: the numbers that figures on some topics leave to another, and whether a figure given
//! there is among them. Bounds are enough for it, so that a sum costs no more to check than its parts have claims.

use crate::constraint::Constraint;
use crate::number::{ExactBound, Interval, Number};

/// The numbers that a figure allows, or several together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Allowed {
    pub(crate) values: Interval,
    /// Whether whole things are counted.
    pub(crate) count: bool,
}

impl Allowed {
    /// The numbers that a figure allows: whole ones, where it is a count.
    pub(crate) fn new(values: Interval, count: bool) -> Self {
        Self { values: values.whole().filter(|_| count).unwrap_or(values), count }
    }

    /// The numbers from the least that one of the two allows to the greatest.
    pub(crate) fn or(self, other: Self) -> Self {
        let ((low, high), (other_low, other_high)) = (self.values.ends(), other.values.ends());
        let low = low.zip(other_low).map(|(a, b)| if is_lower(a, b) { a } else { b });
        let high = high.zip(other_high).map(|(a, b)| if is_higher(a, b) { a } else { b });
        let values = Interval::exactly(low, high).unwrap_or(Interval::ALL);
        Self { values, count: self.count && other.count }
    }

    /// Whether the low end is lower than that of the other.
    pub(crate) fn begins_below(&self, other: &Self) -> bool {
        match (self.values.ends().0, other.values.ends().0) {
            (None, Some(_)) => true,
            (Some(a), Some(b)) => is_lower(a, b),
            (_, None) => false,
        }
    }

    /// Whether the high end is higher than that of the other.
    pub(crate) fn ends_above(&self, other: &Self) -> bool {
        match (self.values.ends().1, other.values.ends().1) {
            (None, Some(_)) => true,
            (Some(a), Some(b)) => is_higher(a, b),
            (_, None) => false,
        }
    }

    /// The number below which a running total cannot have been: nought, if it is a count that is never negative.
    fn floor(&self) -> Option<Number> {
        let never_negative = self.values.ends().0.is_some_and(|low| !low.value().is_negative());
        (self.count && never_negative).then_some(Number::ZERO)
    }
}

fn is_lower(a: ExactBound, b: ExactBound) -> bool {
    (a.value(), a.is_open()) < (b.value(), b.is_open())
}

fn is_higher(a: ExactBound, b: ExactBound) -> bool {
    (a.value(), !a.is_open()) > (b.value(), !b.is_open())
}

/// The numbers of a running total at a time, from what it was before and after: at least the least of before, and at
/// most the greatest of after. Nothing where the two leave no number between them.
pub(crate) fn carried(before: Option<Allowed>, after: Option<Allowed>) -> Option<Allowed> {
    let low = before.and_then(|before| before.values.ends().0);
    let Some(after) = after else {
        let before = before?;
        return Some(Allowed { values: before.values.upward(), count: before.count });
    };
    let floor = after.floor().map(ExactBound::closed);
    let low = match (low, floor) {
        (Some(low), Some(floor)) => Some(if is_lower(low, floor) { floor } else { low }),
        (low, floor) => low.or(floor),
    };
    let values = Interval::exactly(low, after.values.ends().1).ok()?;
    let count = after.count && before.is_none_or(|before| before.count);
    // An open end may leave a number between two whole ones and no whole one.
    let values = if count { values.whole()? } else { values };
    Some(Allowed { values, count })
}

/// The numbers that a constraint leaves to its result. The inputs are in the order of [`Constraint::sides`]; of a
/// change, they are the total at its end and the one before its start. `None` where that cannot be computed: a division
/// by what may be nought, or a number of too many digits.
pub(crate) fn implied(constraint: &Constraint, inputs: impl IntoIterator<Item = Allowed>) -> Option<Allowed> {
    let mut inputs = inputs.into_iter();
    let first = inputs.next()?;
    match constraint {
        Constraint::Ratio { .. } => {
            let values = first.values.quotient(&inputs.next()?.values).ok()?;
            Some(Allowed { values, count: false })
        }
        Constraint::AtMost { .. } => Some(first),
        Constraint::Sum { .. } => inputs.try_fold(first, |total, part| {
            let values = total.values.sum(&part.values).ok()?;
            Some(Allowed { values, count: total.count && part.count })
        }),
        Constraint::Change { .. } => {
            let before = inputs.next()?;
            let values = first.values.difference(&before.values).ok()?;
            Some(Allowed { values, count: first.count && before.count })
        }
    }
}

/// The numbers that a constraint leaves to its result, if none of them is one of those that are stated. The two are
/// compared as whole numbers where both are counts.
pub(crate) fn broken(constraint: &Constraint, implied: Allowed, stated: Interval, count: bool) -> Option<Interval> {
    let both = implied.count && count;
    let stated = if both { Allowed::new(stated, true) } else { Allowed { values: stated, count: false } };
    let left = match constraint {
        Constraint::AtMost { .. } => implied.values.downward(stated.floor()),
        _ => implied.values,
    };
    let compared = if both { left.whole().unwrap_or(left) } else { left };
    (!compared.shares_with(&stated.values)).then_some(left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Bound;
    use crate::topic::Topic;

    fn allowed(low: Option<Bound>, high: Option<Bound>, count: bool) -> Allowed {
        Allowed::new(Interval::new(low, high).unwrap(), count)
    }

    fn between(low: i64, high: i64) -> Allowed {
        allowed(Some(Bound::closed(low)), Some(Bound::closed(high)), true)
    }

    #[test]
    fn figures_together_reach_from_the_least_to_the_greatest() {
        let open = allowed(Some(Bound::open(3)), Some(Bound::open(9)), false);
        let closed = allowed(Some(Bound::closed(3)), Some(Bound::closed(5)), true);
        let both = open.or(closed);
        assert_eq!((both.values.to_string().as_str(), both.count), ("[3, 9)", false));
        assert_eq!(both, closed.or(open));
        assert!(closed.begins_below(&open) && !open.begins_below(&closed) && open.ends_above(&closed));
        let unbounded = allowed(None, Some(Bound::closed(0)), true).or(allowed(Some(Bound::closed(7)), None, true));
        assert_eq!(unbounded.values, Interval::ALL);
    }

    #[test]
    fn totals_are_carried_from_both_sides() {
        let text = |before, after| carried(before, after).map(|allowed| allowed.values.to_string());
        assert_eq!(text(Some(between(5, 6)), None).as_deref(), Some("[5, ∞)"));
        assert_eq!(text(None, Some(between(5, 6))).as_deref(), Some("[0, 6]"));
        assert_eq!(text(None, Some(between(-5, 6))).as_deref(), Some("(−∞, 6]"));
        assert_eq!(text(Some(between(2, 3)), Some(between(5, 6))).as_deref(), Some("[2, 6]"));
        assert_eq!(text(Some(between(-2, 3)), Some(between(5, 6))).as_deref(), Some("[0, 6]"));
        assert_eq!(text(Some(between(7, 8)), Some(between(5, 6))), None, "nothing is known");
        assert_eq!(text(None, None), None);
    }

    #[test]
    fn a_result_is_compared_as_whole_numbers_only_with_whole_numbers() {
        let at_most = Constraint::AtMost { part: Topic::new("s", "part"), whole: Topic::new("s", "whole") };
        let sum = Constraint::Sum { parts: vec![Topic::new("s", "part")], whole: Topic::new("s", "whole") };
        let over_4 = Interval::new(Some(Bound::open(4)), Some(Bound::open(5))).unwrap();
        assert!(broken(&sum, between(5, 5), over_4, false).is_some());
        let halves = Allowed { values: Interval::new(Some(Bound::closed(4)), None).unwrap(), count: false };
        assert!(broken(&sum, halves, over_4, false).is_none());
        assert_eq!(broken(&at_most, between(2, 3), Interval::point(4), true).unwrap().to_string(), "[0, 3]");
        assert_eq!(broken(&at_most, between(2, 3), Interval::point(4), false).unwrap().to_string(), "(−∞, 3]");
    }
}
