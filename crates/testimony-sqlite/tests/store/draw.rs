//! Histories drawn at random, from so little that what is said collides.

use testimony::{
    Amendment, Citation, Claim, ClaimAmendment, ClaimId, ClaimKey, Constraint, Content, Credibility, Entry, Figure,
    Ledger, Likelihood, Measure, Names, Period, Policy, Predicate, Retraction, Source, SourceAmendment, SourceId,
    SourceKind, Stance, SubjectAmendment, Timestamp, Topic, Value,
};

/// Numbers that look random and are the same each time (`SplitMix64`).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap()
    }

    pub(crate) fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())].clone()
    }
}

const SUBJECTS: [&str; 6] = ["Kyiv", "Kiev", "Київ", " Kyiv  region", "Kyiv region", "Lviv"];
const PREDICATES: [&str; 4] = ["deaths", "present", "share", "mood"];
const SOURCES: [&str; 6] = ["moh", "army", "gazette", "reuters", "crowd", "nobody"];
const SCOPES: [&str; 3] = ["confirmed", "lab-confirmed", "Since January"];
const UNITS: [&str; 6] = ["persons", "souls", "heads", "tonnes", "dead", "ratio"];

pub(crate) fn policy(dice: &mut Dice) -> Policy {
    if dice.one_in(3) { Policy::default().with_days_apart(2).with_rounding(false) } else { Policy::default() }
}

fn topic(dice: &mut Dice) -> Topic {
    let subject = if dice.one_in(3) { dice.pick(&SUBJECTS) } else { SUBJECTS[dice.roll(2)] };
    Topic::new(subject, PREDICATES[if dice.one_in(2) { 0 } else { dice.roll(4) }])
}

fn source(dice: &mut Dice) -> SourceId {
    SourceId::new(dice.pick(&SOURCES)).unwrap()
}

fn time(dice: &mut Dice, before: Option<Timestamp>) -> Option<Timestamp> {
    if dice.one_in(3) {
        return None;
    }
    let hour = before.map_or(0, |before| before.to_string()[11..13].parse::<usize>().unwrap());
    let hour = if dice.one_in(12) { hour.saturating_sub(1) } else { (hour + dice.roll(2)).min(23) };
    let text = match dice.roll(4) {
        0 => format!("2025-06-01T{hour:02}:00:00.5Z"),
        1 if hour < 15 => format!("2025-06-01T{:02}:30:00+09:00", hour + 9),
        _ => format!("2025-06-01T{hour:02}:45:00Z"),
    };
    Some(text.parse().unwrap())
}

fn claim(dice: &mut Dice) -> Claim {
    let topic = topic(dice);
    let origin = source(dice);
    let number = [3_u64, 12, 40][dice.roll(3)];
    let figure = match dice.roll(4) {
        0 => Figure::at_least(number),
        1 => Figure::about(number),
        _ => Figure::exactly(number),
    };
    let figure = if dice.one_in(3) { figure.with_unit(dice.pick(&UNITS)) } else { figure };
    let mut claim = match dice.roll(14) {
        0 => Claim::declined(topic, &origin),
        1 => Claim::disowned(topic, &origin),
        2 => Claim::new(topic, figure, &origin).with_stance(Stance::Disowns),
        3 => Claim::new(topic, Value::text(dice.pick(&["calm", "tense", "Calm"])), &origin),
        4 => Claim::new(topic, dice.pick(&["2025-05", "2025-05-04", "2025-06"]).parse::<Period>().unwrap(), &origin),
        _ => Claim::new(topic, figure, &origin),
    };
    match dice.roll(6) {
        0 => claim = claim.with_stance(Stance::Denies),
        1 => claim = claim.with_as_of("2025-05-04".parse().unwrap()),
        2 => claim = claim.with_as_of("2025-05".parse().unwrap()),
        _ => {}
    }
    if dice.one_in(2) {
        let day = 1 + dice.roll(4);
        claim = claim.with_stated(format!("2025-05-0{day}").parse::<testimony::Moment>().unwrap());
    }
    while dice.one_in(3) {
        claim = claim.with_relay(source(dice));
    }
    if dice.one_in(6) {
        claim = claim.with_scope(dice.pick(&SCOPES));
    }
    if dice.one_in(4) {
        claim = claim.with_citation(Citation::new().with_title(format!("Document {}", dice.roll(3))));
    }
    if dice.one_in(8) {
        claim = claim.with_confidence("probably".parse::<Likelihood>().unwrap()).with_note("as was heard");
    }
    if dice.one_in(6) {
        claim = claim.with_credibility(Credibility::new(1 + u8::try_from(dice.roll(2)).unwrap()).unwrap());
    }
    claim
}

fn key(dice: &mut Dice, ledger: &Ledger) -> ClaimKey {
    let number = ClaimId::new(dice.roll(ledger.claims().len() + 1) as u64);
    match ledger.claim(number) {
        Some(claim) if dice.one_in(2) => claim.label().into(),
        _ => number.into(),
    }
}

fn constraint(dice: &mut Dice) -> Constraint {
    let [part, whole] = [topic(dice), topic(dice)];
    match dice.roll(5) {
        0 => Constraint::Ratio { part, whole, ratio: topic(dice) },
        1 => Constraint::Change { flow: part, total: whole },
        2 | 3 => Constraint::Sum { parts: vec![part, topic(dice)], whole },
        _ => Constraint::AtMost { part, whole },
    }
}

/// One more entry for a ledger, which may refuse it.
pub(crate) fn entry(dice: &mut Dice, ledger: &Ledger) -> Entry {
    let content: Content = match dice.roll(40) {
        0 => Content::Subject(Names::new(SUBJECTS[0], [SUBJECTS[1], SUBJECTS[2]][..=dice.roll(2)].iter().copied())),
        1 => Content::Unit(Names::new("persons", [dice.pick(&UNITS)])),
        2 => Content::Scope(Names::new(SCOPES[0], [dice.pick(&SCOPES)])),
        3 => {
            let predicate = Predicate::new(dice.pick(&PREDICATES)).with_measure(dice.pick(Measure::ALL));
            let predicate = if dice.one_in(2) { predicate.with_unit("persons") } else { predicate };
            Content::Predicate(if dice.one_in(2) { predicate.single_valued() } else { predicate })
        }
        4 => Content::Constraint(constraint(dice)),
        5 => Content::Amendment(Amendment::Subject(SubjectAmendment::new(SUBJECTS[0]).with_alias(dice.pick(&[
            SUBJECTS[1],
            SUBJECTS[3],
            SUBJECTS[5],
        ])))),
        6 | 7 => {
            let amendment = SourceAmendment::new(&source(dice));
            Content::Amendment(Amendment::Source(match dice.roll(4) {
                0 => amendment.with_name("Another name"),
                1 => amendment.without_part_of(),
                2 => amendment.with_kind(SourceKind::ANONYMOUS),
                _ => amendment.with_part_of(&source(dice)),
            }))
        }
        8 | 9 => {
            let amendment = ClaimAmendment::new(key(dice, ledger));
            Content::Amendment(Amendment::Claim(match dice.roll(3) {
                0 => amendment.with_note("looked at again"),
                1 => amendment.with_citation(Citation::new().with_title(format!("Document {}", dice.roll(4)))),
                _ => amendment.with_credibility(Credibility::new(3).unwrap()),
            }))
        }
        10..=14 => {
            let retraction = Retraction::new(key(dice, ledger));
            Content::Retraction(if dice.one_in(3) { retraction.with_by(source(dice)) } else { retraction })
        }
        15..=19 => {
            let id = dice.pick(&SOURCES[..5]);
            let source = Source::new(id, id.to_uppercase()).unwrap();
            let source = if id == "crowd" { source.with_kind(SourceKind::ANONYMOUS) } else { source };
            let owned = id == "gazette" && dice.one_in(2);
            Content::Source(if owned { source.with_part_of(&SourceId::new("reuters").unwrap()) } else { source })
        }
        20..=22 if ledger.claims().len() > 0 => {
            let number = ClaimId::new(dice.roll(ledger.claims().len()) as u64);
            let again = ledger.claim(number).unwrap().to_claim();
            Content::Claim(if dice.one_in(2) { again.with_citation(Citation::new().with_title("More")) } else { again })
        }
        _ => Content::Claim(claim(dice)),
    };
    let before = ledger.entries().next_back().and_then(|entry| entry.recorded());
    let recorded = time(dice, before.map(Timestamp::to_utc));
    recorded.into_iter().fold(Entry::from(content), Entry::with_recorded)
}

/// The sources that most histories begin with.
pub(crate) fn beginning() -> Vec<Entry> {
    SOURCES[..3].iter().map(|id| Source::new(*id, id.to_uppercase()).unwrap().into()).collect()
}

/// Every name of a topic that a history may use.
pub(crate) fn topics() -> impl Iterator<Item = Topic> {
    SUBJECTS.iter().flat_map(|subject| PREDICATES.iter().map(|predicate| Topic::new(*subject, *predicate)))
}
