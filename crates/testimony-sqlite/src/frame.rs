//! All that is on record beside the claims: sources, predicates, names and constraints. A writer holds all of it, since any
//! claim may need it.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;
use testimony::{
    Amendment, Appended, Claim, Content, Error, Figure, Ledger, Policy, Predicate, Source, SourceId, Timestamp, Topic,
};

use crate::error::StoreError;
use crate::lines::{Line, timed};
use crate::names;
use crate::topics::compared;

/// All that is on record beside the claims, and what is in use of names.
pub(crate) struct Frame {
    pub(crate) ledger: Ledger,
    uses: Uses,
    /// The predicates by the names by which they are compared, with the rows that define them.
    pub(crate) predicates: HashMap<String, (Predicate, i64)>,
    /// The other names of units and scopes, in their order.
    pub(crate) shared: Vec<Content>,
    /// The first name of each other name of a subject.
    first: HashMap<String, String>,
    /// The entries that gave a subject its other names, with their rows.
    pub(crate) subjects: HashMap<String, Vec<(Content, i64)>>,
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
            match frame.append(content, None, line.seq.cast_signed()) {
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
            shared: Vec::new(),
            first: HashMap::new(),
            subjects: HashMap::new(),
            uses: Uses::new(policy),
        }
    }

    /// Adds what is no claim and not about one; `seq` is its row.
    pub(crate) fn append(
        &mut self,
        content: Content,
        recorded: Option<Timestamp>,
        seq: i64,
    ) -> Result<Appended, Error> {
        self.uses.check(&content)?;
        let appended = self.ledger.append(timed(content.clone(), recorded))?;
        if appended == Appended::Added {
            match &content {
                Content::Predicate(predicate) => {
                    self.predicates.insert(compared(predicate.name()).into_owned(), (predicate.clone(), seq));
                }
                Content::Unit(_) | Content::Scope(_) => self.shared.push(content),
                Content::Subject(_) | Content::Amendment(Amendment::Subject(_)) => {
                    let (first, others) = names_of_subject(&content);
                    if !others.is_empty() {
                        self.first.extend(others.into_iter().map(|other| (other, first.clone())));
                        self.subjects.entry(first).or_default().push((content, seq));
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
        Topic::new(self.first.get(&*subject).map_or(&*subject, String::as_str), compared(topic.predicate()))
    }

    /// The entries that give a subject other names, as they count together.
    pub(crate) fn names_of(&self, subject: &str) -> i64 {
        names::members(self.subjects.get(subject).into_iter().flatten().map(|(_, seq)| *seq))
    }

    /// Gives a ledger a source that it has not, as it is now, with those that it is a part of.
    pub(crate) fn lend(&self, id: &SourceId, to: &mut Ledger) {
        if to.source(id).is_some() {
            return;
        }
        if let Some(source) = self.ledger.source(id) {
            if let Some(owner) = source.part_of() {
                self.lend(owner, to);
            }
            // A source that could be recorded once can be again.
            let _ = to.append(source.clone().into());
        }
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
