//! The numbers of claims: their places in the ledger, or in the one that it is a part of.

use crate::entry::ClaimId;

/// The numbers of the claims of a ledger. They are their places, but in a part of another ledger: there the claims keep
/// the numbers that they have in that one, and any that are recorded behind them go on from the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    /// The numbers of the places, rising; none where numbers are places.
    kept: Vec<u32>,
}

impl Numbers {
    /// The numbers of a part that has the claims at these places, which rise.
    pub(super) fn of_part(&self, places: &[u32]) -> Self {
        let are_first = places.last().is_none_or(|last| *last as usize + 1 == places.len());
        let kept = if self.are_places() && are_first {
            Vec::new()
        } else {
            places.iter().map(|&place| self.at(place)).collect()
        };
        Self { kept }
    }

    /// Those of the first so many claims.
    pub(super) fn of_first(&self, claims: u32) -> Self {
        let kept = self.kept.iter().take(claims as usize).copied().collect();
        Self { kept }
    }

    /// Gives a number to the claim at the place behind the first `claims`; `None` if it is not above all before.
    pub(super) fn number_next(&mut self, claims: u32, number: ClaimId) -> Option<()> {
        let number = u32::try_from(number.number()).ok()?;
        if self.are_places() && number == claims {
            return Some(());
        }
        if claims.checked_sub(1).is_some_and(|last| self.at(last) >= number) {
            return None;
        }
        self.kept.truncate(claims as usize);
        for place in (0..claims).skip(self.kept.len()) {
            let number = self.at(place);
            self.kept.push(number);
        }
        self.kept.push(number);
        Some(())
    }

    /// Whether numbers are places.
    pub(super) fn are_places(&self) -> bool {
        self.kept.is_empty()
    }

    /// How much a number is more than the place, behind those that were kept.
    fn beyond(&self) -> u32 {
        let kept = u32::try_from(self.kept.len()).unwrap_or(u32::MAX);
        self.kept.last().map_or(0, |last| last + 1 - kept)
    }

    fn at(&self, place: u32) -> u32 {
        self.kept.get(place as usize).copied().unwrap_or_else(|| place + self.beyond())
    }

    pub(super) fn of(&self, place: u32) -> ClaimId {
        ClaimId::new(self.at(place).into())
    }

    pub(super) fn place(&self, number: ClaimId) -> Option<u32> {
        let number = u32::try_from(number.number()).ok()?;
        match self.kept.last() {
            Some(last) if number <= *last => u32::try_from(self.kept.binary_search(&number).ok()?).ok(),
            _ => number.checked_sub(self.beyond()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_of_a_part_keep_their_numbers_and_others_go_on_from_them() {
        let numbers = Numbers::default().of_part(&[2, 3, 7]);
        let of = |place| numbers.of(place).number();
        assert_eq!([0, 1, 2, 3, 4].map(of), [2, 3, 7, 8, 9]);
        let place = |number| numbers.place(ClaimId::new(number));
        assert_eq!([2, 3, 7, 8, 9].map(place), [0, 1, 2, 3, 4].map(Some));
        assert_eq!([0, 1, 4, 6, u64::MAX].map(place), [None; 5]);
        assert_eq!(numbers.of_first(2), Numbers::default().of_part(&[2, 3]));
        assert_eq!(numbers.of_first(4).of(3), numbers.of(3));
        assert_eq!(numbers.of_part(&[0, 2, 3]), Numbers::default().of_part(&[2, 7, 8]), "a part of a part");
    }

    #[test]
    fn the_next_claim_is_given_a_number_above_all_before() {
        let mut numbers = Numbers::default();
        assert_eq!(numbers.number_next(0, ClaimId::new(0)), Some(()));
        assert!(numbers.are_places());
        for (claims, number) in [(1, 4), (1, 5), (2, 6), (5, 20)] {
            assert_eq!(numbers.number_next(claims, ClaimId::new(number)), Some(()), "{number}");
        }
        assert_eq!([0, 1, 2, 3, 4, 5, 6].map(|place| numbers.of(place).number()), [0, 5, 6, 7, 8, 20, 21]);
        for number in [0, 8, u64::from(u32::MAX) + 1] {
            assert_eq!(numbers.number_next(5, ClaimId::new(number)), None, "{number}");
        }
    }

    #[test]
    fn elsewhere_numbers_are_places() {
        let numbers = Numbers::default().of_part(&[0, 1, 2]);
        assert_eq!(numbers.of(7), ClaimId::new(7));
        assert_eq!(numbers.place(ClaimId::new(7)), Some(7));
    }
}
