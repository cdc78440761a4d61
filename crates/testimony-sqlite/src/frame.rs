//! All that is on record beside the claims: sources, predicates, names and constraints. A writer holds all of it, since any
//! claim may need it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::Connection;
use testimony::{
    Amendment, Appended, Claim, ClaimId, Content, Error, Figure, Ledger, Names, Policy, Predicate, Source,
    SourceAmendment, SourceId, SubjectAmendment, Timestamp, Topic, Value,
};

use crate::error::StoreError;
use crate::lines::{Line, timed};
use crate::topics::compared;

/// All that is on record beside the claims, and what is in use of names.
pub(crate) struct Frame {
    pub(crate) ledger: Ledger,
    uses: Uses,
    /// The predicates by the names by which they are compared, with the rows that define them.
    pub(crate) predicates: HashMap<String, (Predicate, i64)>,
    /// The other names of subjects, as they are compared.
    others: HashMap<String, OtherName>,
}

/// Another name of a subject.
struct OtherName {
    first: String,
    /// The row that gave it.
    seq: i64,
    /// Whether it may have been in use by then as a name of its own.
    is_join: bool,
}

/// Names in use, which can no longer be defined otherwise. There are claims of nobody's in these ledgers, which use the
/// names; a ledger has definitions of one kind alone, so that what else such a claim has to say is no name in it.
struct Uses {
    /// The units, scopes and predicates that claims use, by their kinds.
    used: HashMap<&'static str, HashSet<String>>,
    /// Those of them that the ledgers do not know to be in use.
    unshown: Vec<(&'static str, String)>,
    /// Other names of units and scopes.
    shared: Ledger,
    predicates: Ledger,
}

/// The source of the claims of nobody's.
const NOBODY: &str = "nobody";

/// The kind of name that a claim uses in its figure.
pub(crate) const UNIT: &str = "unit";
/// The kind of name that a claim uses beside its value.
pub(crate) const SCOPE: &str = "scope";
/// The kind of name that a claim uses in its topic.
pub(crate) const PREDICATE: &str = "predicate";

impl Frame {
    pub(crate) fn load(connection: &Connection, policy: &Policy) -> Result<Self, StoreError> {
        let mut frame = Self::new(policy);
        let mut statement = connection.prepare_cached(
            "SELECT seq, line, crc FROM entry WHERE kind <> 'claim' AND kind NOT IN ('format', 'retraction') ORDER BY seq",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let line = Line::from_row(row)?;
            let content = line.entry()?.into_content();
            if matches!(content, Content::Amendment(Amendment::Claim(_))) {
                continue;
            }
            let refused = StoreError::Damaged { seq: line.seq, what: "it does not follow from what stands before it" };
            match frame.append(&content, None, line.seq.cast_signed()) {
                Ok(Appended::Added) => {}
                _ => return Err(refused),
            }
        }
        let mut statement = connection.prepare_cached("SELECT kind, name FROM used")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, name): (String, String) = (row.get(0)?, row.get(1)?);
            let known = [UNIT, SCOPE, PREDICATE].into_iter().find(|known| *known == kind);
            frame.note_use(known.ok_or(StoreError::Derived { what: "a name in use is of no kind" })?, &name);
        }
        Ok(frame)
    }

    pub(crate) fn new(policy: &Policy) -> Self {
        Self {
            ledger: Ledger::with_policy(policy.clone()),
            predicates: HashMap::new(),
            others: HashMap::new(),
            uses: Uses::new(policy),
        }
    }

    /// Adds what is no claim and not about one; `seq` is its row.
    pub(crate) fn append(
        &mut self,
        content: &Content,
        recorded: Option<Timestamp>,
        seq: i64,
    ) -> Result<Appended, Error> {
        self.uses.check(content)?;
        let appended = self.ledger.append(timed(content.clone(), recorded))?;
        if appended == Appended::Added {
            match content {
                Content::Predicate(predicate) => {
                    self.predicates.insert(compared(predicate.name()).into_owned(), (predicate.clone(), seq));
                }
                Content::Subject(_) | Content::Amendment(Amendment::Subject(_)) => {
                    let (first, others) = names_of_subject(content);
                    let is_join = matches!(content, Content::Amendment(_));
                    for other in others.into_iter().filter(|other| *other != first) {
                        self.others.entry(other).or_insert_with(|| OtherName { first: first.clone(), seq, is_join });
                    }
                }
                _ => {}
            }
        }
        Ok(appended)
    }

    /// A topic by the first name of its subject, and as topics are compared.
    pub(crate) fn named(&self, topic: &Topic) -> Topic {
        let subject = compared(topic.subject());
        let first = self.others.get(&*subject).map_or(&*subject, |other| other.first.as_str());
        Topic::new(first, compared(topic.predicate()))
    }

    /// Gives a ledger what it needs for a claim, if it has not: who says it, and the names that it uses. A ledger of one
    /// topic gets no others, since all topics with all names would be as many as both multiplied.
    pub(crate) fn lend(&self, claim: &Claim, to: &mut Ledger) {
        self.lend_sources(claim, to);
        self.lend_terms(claim, to);
        let subject = compared(claim.topic().subject());
        if let Some(other) = self.others.get(&*subject)
            && to.first_name_of_subject(&subject).is_none()
        {
            let _ = to.append(Content::Subject(Names::new(other.first.as_str(), [&*subject])).into());
        }
    }

    /// Gives a ledger the sources of a claim. What they are part of is left out, as it is needed for retractions alone.
    pub(crate) fn lend_sources(&self, claim: &Claim, to: &mut Ledger) {
        for source in std::iter::once(claim.origin()).chain(claim.relays()) {
            self.lend_source(source, to);
        }
    }

    fn lend_source(&self, id: &SourceId, to: &mut Ledger) {
        if to.source(id).is_none()
            && let Some(source) = self.ledger.source(id)
            && let Ok(lent) = Source::new(id, source.name())
        {
            let _ = to.append(lent.into());
        }
    }

    /// Gives a ledger the names of the unit and the scope of a claim.
    pub(crate) fn lend_terms(&self, claim: &Claim, to: &mut Ledger) {
        let predicate = self.predicates.get(&*compared(claim.topic().predicate()));
        let lent = predicate.and_then(|(predicate, _)| predicate.unit());
        let own = claim.value().and_then(Value::as_figure).and_then(Figure::unit);
        for unit in own.into_iter().chain(lent) {
            if let Some(first) = self.ledger.first_name_of_unit(unit)
                && to.first_name_of_unit(unit).is_none()
            {
                let _ = to.append(Content::Unit(Names::new(first, [unit])).into());
            }
        }
        if let Some(scope) = claim.scope()
            && let Some(first) = self.ledger.first_name_of_scope(scope)
            && to.first_name_of_scope(scope).is_none()
        {
            let _ = to.append(Content::Scope(Names::new(first, [scope])).into());
        }
    }

    /// The other names of subjects that claims use, as the entries at these rows gave them.
    pub(crate) fn names_used<'a>(&self, claims: impl Iterator<Item = &'a Claim>) -> BTreeMap<i64, Content> {
        let subjects: BTreeSet<_> = claims.map(|claim| compared(claim.topic().subject())).collect();
        let mut used: BTreeMap<i64, (&OtherName, Vec<&str>)> = BTreeMap::new();
        for subject in &subjects {
            if let Some(other) = self.others.get(&**subject) {
                used.entry(other.seq).or_insert_with(|| (other, Vec::new())).1.push(subject);
            }
        }
        let content = |(other, names): (&OtherName, Vec<&str>)| {
            let first = other.first.as_str();
            if other.is_join {
                let amendment = SubjectAmendment::new(first);
                let amendment = names.into_iter().fold(amendment, SubjectAmendment::with_alias);
                Content::Amendment(amendment.into())
            } else {
                Content::Subject(Names::new(first, names))
            }
        };
        used.into_iter().map(|(seq, names)| (seq, content(names))).collect()
    }

    /// Makes one of the sources of a claim in a ledger a part of the one that takes the claim back, where one is that,
    /// however far down; gives this source, so that it can be set free afterwards.
    pub(crate) fn entitle(&self, by: &SourceId, claim: ClaimId, to: &mut Ledger) -> Option<SourceId> {
        self.lend_source(by, to);
        let claim = to.claim(claim)?;
        let is_owned = |source: &&Source| self.owners(source.id()).any(|owner| owner == by);
        let part = std::iter::once(claim.origin()).chain(claim.relays()).find(is_owned)?.id().clone();
        let amendment = SourceAmendment::new(&part).with_part_of(by);
        to.append(Content::Amendment(amendment.into()).into()).ok().map(|_| part)
    }

    /// What a source is a part of, and so on up.
    fn owners(&self, source: &SourceId) -> impl Iterator<Item = &SourceId> {
        let owner = |source: &SourceId| self.ledger.source(source)?.part_of();
        std::iter::successors(owner(source), move |source| owner(source))
    }

    /// Notes that a claim uses a name; tells whether it is the first to.
    pub(crate) fn note_use(&mut self, kind: &'static str, name: &str) -> bool {
        self.uses.note(kind, name)
    }

    /// Makes the ledger know that there are claims on a topic.
    pub(crate) fn show_topic(&mut self, topic: &Topic) {
        // Where there is no source there is no claim.
        let Some(source) = self.ledger.sources().next().map(|source| source.id().clone()) else { return };
        let _ = self.ledger.append(Claim::declined(topic.clone(), source).into());
    }
}

impl Uses {
    fn new(policy: &Policy) -> Self {
        let mut shared = Ledger::with_policy(policy.clone());
        if let Ok(nobody) = Source::new(NOBODY, NOBODY) {
            let _ = shared.append(nobody.into());
        }
        Self { used: HashMap::new(), unshown: Vec::new(), predicates: shared.clone(), shared }
    }

    fn note(&mut self, kind: &'static str, name: &str) -> bool {
        let used = self.used.entry(kind).or_default();
        // Nearly always it is not.
        if used.contains(name) {
            return false;
        }
        self.unshown.push((kind, name.to_owned()));
        used.insert(name.to_owned())
    }

    /// Refuses what defines a name otherwise than it is used.
    fn check(&mut self, content: &Content) -> Result<(), Error> {
        let definitions = match content {
            Content::Unit(_) | Content::Scope(_) => &mut self.shared,
            Content::Predicate(_) => &mut self.predicates,
            _ => return Ok(()),
        };
        if let Ok(nobody) = SourceId::new(NOBODY) {
            let is_of_these = |(kind, _): &mut (&str, String)| (*kind == PREDICATE) == is_predicate(content);
            for (kind, name) in self.unshown.extract_if(.., is_of_these) {
                let figure = Figure::exactly(1);
                let claim = match kind {
                    UNIT => Claim::new(Topic::new("-", "-"), figure.with_unit(name.as_str()), &nobody),
                    SCOPE => Claim::new(Topic::new("-", "-"), figure, &nobody).with_scope(name),
                    _ => Claim::declined(Topic::new("-", name), &nobody),
                };
                let _ = definitions.append(claim.into());
            }
        }
        definitions.append(content.clone().into()).map(|_| ())
    }
}

fn is_predicate(content: &Content) -> bool {
    matches!(content, Content::Predicate(_))
}

/// The first name of a subject and the others that an entry gives it, as they are compared.
pub(crate) fn names_of_subject(content: &Content) -> (String, Vec<String>) {
    let form = |name: &str| compared(name).into_owned();
    match content {
        Content::Subject(names) => (form(names.name()), names.aliases().map(form).collect()),
        Content::Amendment(Amendment::Subject(amendment)) => {
            (form(amendment.subject()), amendment.aliases().map(form).collect())
        }
        _ => (String::new(), Vec::new()),
    }
}
