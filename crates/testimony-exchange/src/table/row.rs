//! Rows: the claims that one makes.

use std::collections::HashMap;

use testimony::scales::StixConfidence;
use testimony::{
    AnalyticConfidence, Citation, Claim, Confidence, Credibility, Figure, FigureReader, Likelihood, Source, SourceId,
    SourceKind, Stance, Topic, Value,
};

use super::cells::{self, told};
use super::mapping::{ClaimColumns, Mapping, Zero};
use super::template::Templates;
use crate::law::Refusal;
use crate::sources::Sources;

/// Where the columns of a table are.
#[derive(Clone, Debug, Default)]
pub(super) struct Header(pub(super) HashMap<String, usize>);

/// A row with what is needed to read it.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    pub(super) header: &'r Header,
    pub(super) cells: &'r csv::StringRecord,
    pub(super) mapping: &'r Mapping,
}

type Read<T> = Result<T, Refusal>;

impl<'r> Row<'r> {
    fn raw(&self, column: &str) -> Option<&'r str> {
        self.cells.get(*self.header.0.get(column)?).map(cells::fused)
    }

    /// The cell of a column, if it says something.
    pub(super) fn cell(&self, column: &str) -> Option<&'r str> {
        self.raw(column).filter(|cell| !self.mapping.absent.iter().any(|absent| absent == cell.trim()))
    }

    fn fill(&self, templates: &Templates) -> Option<String> {
        templates.fill(|column| self.cell(column))
    }

    fn needed(&self, what: &str, templates: &Templates) -> Read<String> {
        self.fill(templates).ok_or_else(|| Refusal::at(templates.named(), format!("says nothing, and is the {what}")))
    }

    fn parsed<T>(&self, templates: &Templates, parse: impl FnOnce(&str) -> Result<T, String>) -> Read<Option<T>> {
        let Some(text) = self.fill(templates) else { return Ok(None) };
        parse(&text).map(Some).map_err(|message| Refusal::at(templates.named(), message))
    }

    /// Whether every cell says nothing.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// The claims of one group of columns; none where the row says nothing there.
    pub(super) fn claims(&self, columns: &ClaimColumns, sources: &mut Sources) -> Read<Vec<Claim>> {
        let is_taken = |(column, cell): (&String, &String)| self.raw(column).is_some_and(|raw| raw.trim() == cell);
        if !columns.only.iter().all(is_taken) {
            return Ok(Vec::new());
        }
        let stance = self.parsed(&columns.stance, |word| word.trim().parse().map_err(|error| told(&error)))?;
        let (value, stance) = match self.value(columns)? {
            Said::Nothing => match stance {
                Some(stance @ (Stance::Declines | Stance::Disowns)) => (None, stance),
                _ => return Ok(Vec::new()),
            },
            Said::Declined => (None, Stance::Declines),
            Said::Value(value) => (Some(value), stance.unwrap_or(Stance::Affirms)),
        };
        let topic =
            Topic::new(self.needed("subject", &columns.subject)?, self.needed("predicate", &columns.predicate)?);
        let chains = self.chains(columns, sources)?;
        let mut claims = Vec::with_capacity(chains.len());
        for (origin, relays) in chains {
            let claim = match &value {
                Some(value) => Claim::new(topic.clone(), value.clone(), &origin).with_stance(stance),
                None if stance == Stance::Disowns => Claim::disowned(topic.clone(), &origin),
                None => Claim::declined(topic.clone(), &origin),
            };
            let claim = relays.into_iter().fold(claim, Claim::with_relay);
            claims.push(self.details(columns, claim)?);
        }
        Ok(claims)
    }

    fn value(&self, columns: &ClaimColumns) -> Read<Said> {
        let kinds = [
            (Kind::Figure, &columns.figure),
            (Kind::Number, &columns.number),
            (Kind::Text, &columns.text),
            (Kind::Period, &columns.period),
        ];
        let mut given =
            kinds.into_iter().filter_map(|(kind, templates)| Some((kind, templates, self.fill(templates)?)));
        let (first, more) = (given.next(), given.next());
        if let Some((_, more, _)) = more {
            return Err(Refusal::at(more.named(), "is a second value of one claim"));
        }
        let range = [&columns.low, &columns.best, &columns.high].map(|templates| self.fill(templates));
        if range.iter().any(Option::is_some) {
            if let Some((_, first, _)) = first {
                return Err(Refusal::at(first.named(), "is a second value, beside a range"));
            }
            return self.range(columns);
        }
        let Some((kind, templates, cell)) = first else { return Ok(Said::Nothing) };
        if self.is_declined(&cell) {
            return Ok(Said::Declined);
        }
        if kind != Kind::Text && self.is_no_zero(&cell) {
            return Ok(Said::Nothing);
        }
        let at = |message| Refusal::at(templates.named(), message);
        Ok(Said::Value(match kind {
            Kind::Text => Value::text(cell),
            Kind::Period => cells::period(&cell, self.mapping.dates).map_err(at)?.into(),
            Kind::Number => {
                let number = cells::number(&cell, self.mapping.numbers).map_err(at)?;
                let hedge = |word: String| cells::hedged(number, &word, &columns.hedges);
                let figure = self.fill(&columns.hedge).map_or_else(|| Ok(Figure::exactly(number)), hedge);
                let figure = figure.map_err(|message| Refusal::at(columns.hedge.named(), message))?;
                self.with_unit(columns, figure).into()
            }
            Kind::Figure => {
                let style = cells::style(self.mapping.numbers);
                let reader = style.map_or_else(FigureReader::new, |style| FigureReader::new().with_number_style(style));
                let figure = reader.read(&cell).map_err(|error| at(told(&error)))?;
                self.with_unit(columns, figure).into()
            }
        }))
    }

    fn is_declined(&self, cell: &str) -> bool {
        self.mapping.declined.iter().any(|declined| declined == cell.trim())
    }

    fn is_no_zero(&self, cell: &str) -> bool {
        self.mapping.zero == Zero::Absent
            && cells::number(cell, self.mapping.numbers).is_ok_and(|number| number == 0.into())
    }

    fn with_unit(&self, columns: &ClaimColumns, figure: Figure) -> Figure {
        match self.fill(&columns.unit) {
            Some(unit) if figure.unit().is_none() => figure.with_unit(unit),
            _ => figure,
        }
    }

    fn range(&self, columns: &ClaimColumns) -> Read<Said> {
        let parts = [("low", &columns.low), ("best", &columns.best), ("high", &columns.high)];
        let mut numbers = [None; 3];
        for (number, (_, templates)) in numbers.iter_mut().zip(parts) {
            let Some(cell) = self.fill(templates) else { continue };
            if self.is_declined(&cell) {
                return Ok(Said::Declined);
            }
            let read = cells::number(&cell, self.mapping.numbers);
            *number = Some(read.map_err(|message| Refusal::at(templates.named(), message))?);
        }
        let (low, best, high) = match numbers {
            [Some(low), best, Some(high)] => (low, best, high),
            [None, ..] => return Err(Refusal::at(columns.low.named(), "says nothing, and is the low end of a range")),
            _ => return Err(Refusal::at(columns.high.named(), "says nothing, and is the high end of a range")),
        };
        if self.mapping.zero == Zero::Absent && [Some(low), best, Some(high)].iter().flatten().all(|n| *n == 0.into()) {
            return Ok(Said::Nothing);
        }
        if low > high {
            let message = format!("low {low} is above high {high}");
            return Err(Refusal::at(columns.low.named(), message));
        }
        let figure = match best {
            Some(best) if best < low || best > high => {
                let message = format!("best {best} is outside of low {low} to high {high}");
                return Err(Refusal::at(columns.best.named(), message));
            }
            Some(_) | None if low == high => Ok(Figure::exactly(low)),
            Some(best) => Figure::estimate(low, high, best),
            None => Figure::between(low, high),
        };
        let figure = figure.map_err(|error| Refusal::at(columns.low.named(), told(&error)))?;
        Ok(Said::Value(self.with_unit(columns, figure).into()))
    }

    /// Each origin with the chain of relays through which it came.
    fn chains(&self, columns: &ClaimColumns, sources: &mut Sources) -> Read<Vec<(SourceId, Vec<SourceId>)>> {
        let mut relays = Vec::new();
        if let Some(cell) = self.fill(&columns.relays) {
            for name in split(&cell, columns.relays_split.as_deref()) {
                let id = sources.named(name, SourceKind::OUTLET);
                let id = id.map_err(|error| Refusal::at(columns.relays.named(), told(&error)))?;
                if !relays.contains(&id) {
                    relays.push(id);
                }
            }
        }
        let origins = self.needed("origin", &columns.origin)?;
        let mut named = Vec::new();
        for name in split(&origins, columns.origin_split.as_deref()) {
            let is_role = columns.roles.iter().any(|role| role.to_lowercase() == name.to_lowercase());
            named.push((name, if is_role { None } else { Some(Self::origin(name, columns, sources)?) }));
        }
        let mut chains = Vec::new();
        for (name, id) in &named {
            for way in ways(&relays, columns.relays_each, id.as_ref(), &named) {
                let id = match id {
                    Some(id) => id.clone(),
                    None => self.role(name, columns, way.first(), sources)?,
                };
                if !chains.contains(&(id.clone(), way.clone())) {
                    chains.push((id, way));
                }
            }
        }
        Ok(chains)
    }

    fn origin(name: &str, columns: &ClaimColumns, sources: &mut Sources) -> Read<SourceId> {
        let id = sources.named(name, columns.origin_kind.clone().unwrap_or_default());
        id.map_err(|error| Refusal::at(columns.origin.named(), told(&error)))
    }

    /// The source of a role such as "police": one for each row and whoever carries it.
    fn role(
        &self,
        name: &str,
        columns: &ClaimColumns,
        carrier: Option<&SourceId>,
        sources: &mut Sources,
    ) -> Read<SourceId> {
        let row = self.fill(&columns.roles_of).unwrap_or_default();
        let words: Vec<&str> =
            [name, &row, carrier.map_or("", SourceId::as_str)].into_iter().filter(|w| !w.is_empty()).collect();
        let id = SourceId::slug(&words.join(" "));
        let source = Source::new(&id, name).map_err(|error| Refusal::at(columns.origin.named(), told(&error)))?;
        let source = source.with_kind(SourceKind::ANONYMOUS);
        let source = match carrier {
            Some(carrier) => source.with_part_of(carrier),
            None => source,
        };
        Ok(sources.with_id(&id, || source))
    }

    fn details(&self, columns: &ClaimColumns, mut claim: Claim) -> Read<Claim> {
        let dates = self.mapping.dates;
        if let Some(scope) = self.fill(&columns.scope) {
            claim = claim.with_scope(scope);
        }
        if let Some(as_of) = self.as_of(columns)? {
            claim = claim.with_as_of(as_of);
        }
        if let Some(stated) = self.parsed(&columns.stated, |cell| cells::moment(cell, dates))? {
            claim = claim.with_stated(stated);
        }
        let confidence = self.confidence(columns)?;
        if let Some(confidence) = confidence {
            claim = claim.with_confidence(confidence);
        }
        if let Some(basis) = self.parsed(&columns.basis, |word| word.trim().parse().map_err(|error| told(&error)))? {
            claim = claim.with_basis(basis);
        }
        let rating = |cell: &str| cell.trim().parse::<Credibility>().map_err(|error| told(&error));
        if let Some(credibility) = self.parsed(&columns.credibility, rating)? {
            claim = claim.with_credibility(credibility);
        }
        if let Some(note) = self.fill(&columns.note) {
            claim = claim.with_note(note);
        }
        Ok(self.citation(columns)?.into_iter().fold(claim, Claim::with_citation))
    }

    pub(super) fn as_of(&self, columns: &ClaimColumns) -> Read<Option<testimony::Period>> {
        let dates = self.mapping.dates;
        let first = self.parsed(&columns.as_of, |cell| cells::period(cell, dates))?;
        let last = self.parsed(&columns.as_of_end, |cell| cells::period(cell, dates))?;
        match (first, last) {
            (Some(first), Some(last)) if first != last => {
                let span = format!("{first}/{last}").parse();
                span.map(Some).map_err(|error| Refusal::at(columns.as_of_end.named(), told(&error)))
            }
            (first, last) => Ok(first.or(last)),
        }
    }

    fn confidence(&self, columns: &ClaimColumns) -> Read<Option<Confidence>> {
        let mut confidence: Option<Confidence> = None;
        let scale = columns.scale.as_deref();
        if let Some(likelihood) = self.parsed(&columns.likelihood, |cell| likelihood(cell, scale))? {
            confidence = Some(likelihood.into());
        }
        if let Some(level) =
            self.parsed(&columns.level, |cell| cell.trim().parse::<AnalyticConfidence>().map_err(|error| told(&error)))?
        {
            confidence = Some(confidence.map_or_else(|| level.into(), |confidence| confidence.with_level(level)));
        }
        if let Some(stix) =
            self.parsed(&columns.stix, |cell| cell.trim().parse::<StixConfidence>().map_err(|error| told(&error)))?
        {
            confidence = Some(confidence.map_or_else(|| stix.into(), |confidence| confidence.with_stix(stix)));
        }
        Ok(confidence)
    }

    fn citation(&self, columns: &ClaimColumns) -> Read<Option<Citation>> {
        let dates = self.mapping.dates;
        let mut fields = serde_json::Map::new();
        for (field, templates) in [
            ("url", &columns.url),
            ("title", &columns.title),
            ("excerpt", &columns.excerpt),
            ("prefix", &columns.prefix),
            ("suffix", &columns.suffix),
            ("digest", &columns.digest),
        ] {
            fields.extend(self.fill(templates).map(|text| (field.to_owned(), text.into())));
        }
        for (field, templates) in [("published", &columns.published), ("accessed", &columns.accessed)] {
            let moment = self.parsed(templates, |cell| cells::moment(cell, dates))?;
            fields.extend(moment.map(|moment| (field.to_owned(), moment.to_string().into())));
        }
        for (field, templates) in [("start", &columns.start), ("end", &columns.end)] {
            let position = self.parsed(templates, |cell| {
                cell.trim().parse::<u64>().map_err(|_| format!("{cell:?} is no position in a text"))
            })?;
            fields.extend(position.map(|position| (field.to_owned(), position.into())));
        }
        if fields.is_empty() {
            return Ok(None);
        }
        let read = serde_json::from_value(fields.into());
        read.map(Some).map_err(|error| Refusal::at(columns.url.named(), error))
    }
}

/// The chains of relays by which an origin came: through each of them by itself, or through all one after another. Who
/// says so too is no relay: an outlet of which the row makes an origin has it from nobody.
fn ways(
    relays: &[SourceId],
    is_each: bool,
    origin: Option<&SourceId>,
    named: &[(&str, Option<SourceId>)],
) -> Vec<Vec<SourceId>> {
    if !is_each {
        return vec![relays.iter().filter(|relay| Some(*relay) != origin).cloned().collect()];
    }
    let is_origin = |relay: &SourceId| named.iter().any(|(_, id)| id.as_ref() == Some(relay));
    let mut ways: Vec<Vec<SourceId>> =
        relays.iter().filter(|relay| !is_origin(relay)).map(|relay| vec![relay.clone()]).collect();
    if ways.is_empty() || origin.is_some_and(|origin| relays.contains(origin)) {
        ways.push(Vec::new());
    }
    ways
}

/// The kind of value that a column holds.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Figure,
    Number,
    Text,
    Period,
}

enum Said {
    Nothing,
    Declined,
    Value(Value),
}

fn split<'t>(cell: &'t str, sign: Option<&str>) -> Vec<&'t str> {
    match sign.filter(|sign| !sign.is_empty()) {
        Some(sign) => cell.split(sign).map(str::trim).filter(|name| !name.is_empty()).collect(),
        None => vec![cell.trim()],
    }
}

/// Words that name no scale are those of the mapping's.
fn likelihood(cell: &str, scale: Option<&str>) -> Result<Likelihood, String> {
    let read: Likelihood = cell.trim().parse().map_err(|error| told(&error))?;
    match (scale, read.words()) {
        (Some(scale), Some(words)) if read.scale_name().is_none() => {
            format!("{scale}:{words}").parse().map_err(|error| told(&error))
        }
        _ => Ok(read),
    }
}
