//! Everything that is looked at of one person.
//!
//! **Invariant:** a function of the profile, the identifiers, the rules and the day.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::correction::key_of;
use super::finding::{Field, Finding, Reason, Severity};
use super::score::Mark;
use super::tax_code::Told;
use super::{address, birthday, email, language, name, phone, tax_code, vat_number};
use crate::id::SourceId;
use crate::identity::{Identifier, Kind, Rules, Strength};
use crate::profile::{Profile, Traits};
use crate::time::Timestamp;

/// A person as they are known.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// What their events say.
    pub profile: &'a Profile,
    /// Their identifiers.
    pub identifiers: &'a [Identifier],
}

/// On which way somebody can be reached who could not be before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gain {
    /// By mail.
    Email,
    /// By telephone.
    Phone,
}

impl Gain {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Email, Self::Phone];

    /// The word in rows and in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }

    /// The way of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|gain| gain.word() == word)
    }
}

/// What was seen of a person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assessment {
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// What is known.
    pub marks: Vec<Mark>,
    /// What belongs to one person: address, mobile number, tax code, with who said it.
    pub keys: Vec<(Identifier, Field, Option<SourceId>)>,
    /// No way leads to them by mail.
    lacks_email: bool,
    lacks_phone: bool,
}

impl Assessment {
    /// What mending a finding brings: somebody who can be reached at last.
    #[must_use]
    pub fn gain(&self, finding: &Finding) -> Option<Gain> {
        finding.proposal.as_ref()?;
        match finding.field {
            Field::Email if self.lacks_email => Some(Gain::Email),
            Field::Phone if self.lacks_phone => Some(Gain::Phone),
            _ => None,
        }
    }

    /// Nothing is known by which they could be called or reached: a device, not yet a person.
    #[must_use]
    pub fn is_nobody(&self, identifiers: &[Identifier]) -> bool {
        let is_person = |known: &Identifier| known.kind.strength() == Strength::Person;
        self.marks.is_empty() && !identifiers.iter().any(is_person)
    }
}

/// Looks at a person. What cannot be mended under the rules gets no proposal.
#[must_use]
pub fn assess(known: Known<'_>, rules: &Rules, now: Timestamp) -> Assessment {
    let mut seen = Looking {
        traits: &known.profile.traits,
        rules,
        today: day_of(now),
        assessment: Assessment::default(),
    };
    let code = seen.tax_code(&known);
    seen.names(code.as_ref());
    seen.contact(&known, Field::Email, Kind::Email);
    seen.contact(&known, Field::Phone, Kind::Phone);
    seen.birthday(code.as_ref());
    seen.gender(code.as_ref());
    seen.plain(Field::VatNumber, |raw, _| vat_number::check(raw));
    seen.plain(Field::Language, |raw, _| language::check(raw));
    seen.address();
    let Looking { mut assessment, .. } = seen;
    for finding in &mut assessment.findings {
        let proposal = finding.proposal.take();
        finding.proposal = proposal.filter(|proposal| {
            let change = [(finding.field, proposal.as_str())];
            super::correction(&known.profile.traits, &change, rules).is_some()
        });
    }
    assessment
}

/// The day in UTC; for birthdays an hour or two do not matter.
fn day_of(now: Timestamp) -> Date {
    jiff::Timestamp::from_microsecond(now.0)
        .unwrap_or_default()
        .to_zoned(TimeZone::UTC)
        .date()
}

struct Looking<'a> {
    traits: &'a Traits,
    rules: &'a Rules,
    today: Date,
    assessment: Assessment,
}

impl Looking<'_> {
    fn text(&self, field: Field) -> Option<String> {
        self.traits.text(key_of(self.traits, field))
    }

    fn said(&self, key: &str) -> Option<(SourceId, Timestamp)> {
        let (_, provenance) = self.traits.get(key)?.value()?;
        Some((provenance.source, provenance.at))
    }

    /// Writes a value down as known, with what is wrong with it.
    fn mark(&mut self, field: Field, key: &str, findings: Vec<Finding>) -> &mut Mark {
        let is_broken = |it: &Finding| it.reason.severity() == Severity::Broken;
        let mark = Mark::new(field, self.said(key), !findings.iter().any(is_broken));
        self.assessment.findings.extend(findings);
        self.assessment.marks.push(mark);
        let last = self.assessment.marks.len() - 1;
        &mut self.assessment.marks[last]
    }

    fn plain(&mut self, field: Field, check: fn(&str, &Rules) -> Option<Finding>) {
        if let Some(raw) = self.text(field) {
            let findings = check(&raw, self.rules).into_iter().collect();
            self.mark(field, key_of(self.traits, field), findings);
        }
    }

    fn tax_code(&mut self, known: &Known<'_>) -> Option<Told> {
        let by_identifier = || {
            let mut codes = known
                .identifiers
                .iter()
                .filter(|it| it.kind == Kind::TaxCode);
            codes.next().map(|it| it.value.to_string())
        };
        let raw = self.text(Field::TaxCode).or_else(by_identifier)?;
        let key = key_of(self.traits, Field::TaxCode);
        let findings = tax_code::check(&raw, self.rules).into_iter().collect();
        self.mark(Field::TaxCode, key, findings);
        self.key(Kind::TaxCode, Field::TaxCode, &raw);
        Told::read(&raw, self.rules)
    }

    /// A check of one value against another was made.
    fn compared(&mut self, field: Field, holds: bool) {
        let mark = self
            .assessment
            .marks
            .iter_mut()
            .find(|mark| mark.field() == Some(field));
        if let Some(mark) = mark {
            mark.checks = mark.checks.saturating_add(1);
            mark.held = mark.held.saturating_add(u8::from(holds));
        }
    }

    fn key(&mut self, kind: Kind, field: Field, raw: &str) {
        if let Ok(identifier) = Identifier::new(kind, raw, self.rules)
            && identifier.kind == kind
        {
            let source = self
                .said(key_of(self.traits, field))
                .map(|(source, _)| source);
            self.assessment.keys.push((identifier, field, source));
        }
    }

    fn names(&mut self, code: Option<&Told>) {
        let whole = self.text(Field::Name);
        let (first, last) = (self.text(Field::FirstName), self.text(Field::LastName));
        let shown = match (&whole, &first, &last) {
            (Some(_), ..) => vec![(Field::Name, &whole)],
            (None, None, None) => return,
            _ => vec![(Field::FirstName, &first), (Field::LastName, &last)],
        };
        let mut findings: Vec<Finding> = shown
            .iter()
            .filter_map(|(field, text)| name::check(*field, text.as_deref()?))
            .collect();
        if let (Some(first), Some(last)) = (&first, &last) {
            let by_code = code.is_some_and(|it| it.is_of(last, first) && !it.is_of(first, last));
            let denied = code.is_some_and(|it| it.is_of(first, last));
            if by_code || (name::are_swapped(first, last) && !denied) {
                let swapped = |field, raw: &str, other: &str| {
                    Finding::new(field, Reason::NameSwapped, raw, Some(other.to_owned()))
                };
                // One thing is wrong, and one correction mends it.
                findings.retain(|finding| finding.reason != Reason::NameCase);
                findings.push(swapped(Field::FirstName, first, last));
                findings.push(swapped(Field::LastName, last, first));
            }
        }
        let key = shown.iter().find(|(_, text)| text.is_some());
        let key = key_of(self.traits, key.map_or(Field::Name, |(field, _)| *field));
        self.mark(Field::Name, key, findings);
        let Some(code) = code else {
            return;
        };
        let fits = match (first, last, whole) {
            (Some(first), Some(last), _) => code.is_of(&first, &last) || code.is_of(&last, &first),
            (_, _, Some(whole)) if whole.contains(' ') => fits_whole(code, &whole),
            _ => return,
        };
        self.compared(Field::TaxCode, fits);
        if !fits {
            let raw = self.text(Field::TaxCode).unwrap_or_default();
            let finding = Finding::new(Field::TaxCode, Reason::TaxCodeName, &raw, None);
            self.assessment.findings.push(finding);
        }
    }

    /// Address and number: what was said, else what an identifier tells.
    fn contact(&mut self, known: &Known<'_>, field: Field, kind: Kind) {
        let check = |raw: &str, rules: &Rules| match field {
            Field::Email => email::check(raw, rules),
            _ => phone::check(raw, rules),
        };
        let reaches = |finding: &Option<Finding>| {
            finding.as_ref().is_none_or(|it| {
                it.reason.severity() != Severity::Broken && it.reason != Reason::EmailDisposable
            })
        };
        let of_kind = known.identifiers.iter().filter(|it| it.kind == kind);
        let others: Vec<&str> = of_kind.map(|it| it.value.as_str()).collect();
        let said = self.text(field);
        let raw = said.as_deref().or(others.first().copied());
        let lacks = match raw {
            None => true,
            Some(raw) => {
                let finding = check(raw, self.rules);
                let found = reaches(&finding)
                    || others
                        .iter()
                        .any(|other| reaches(&check(other, self.rules)));
                self.mark(
                    field,
                    key_of(self.traits, field),
                    finding.into_iter().collect(),
                );
                self.key(kind, field, raw);
                !found
            }
        };
        match field {
            Field::Email => self.assessment.lacks_email = lacks,
            _ => self.assessment.lacks_phone = lacks,
        }
    }

    fn birthday(&mut self, code: Option<&Told>) {
        let Some(raw) = self.text(Field::Birthday) else {
            return;
        };
        let finding = birthday::check(&raw, code, self.today);
        let agrees = finding
            .as_ref()
            .is_none_or(|it| it.reason != Reason::BirthdayTaxCode);
        let readable = self.traits.birthday().is_some();
        self.mark(Field::Birthday, "birthday", finding.into_iter().collect());
        if code.is_some() && readable {
            self.compared(Field::TaxCode, agrees);
        }
    }

    fn gender(&mut self, code: Option<&Told>) {
        let (Some(raw), Some(code)) = (self.text(Field::Gender), code) else {
            return;
        };
        let is_woman = match name::folded(&raw).as_str() {
            "f" | "female" | "femmina" | "donna" | "woman" | "w" => true,
            "m" | "male" | "maschio" | "uomo" | "man" => false,
            _ => return,
        };
        let agrees = is_woman == code.is_woman();
        self.compared(Field::TaxCode, agrees);
        if !agrees {
            let proposal = if code.is_woman() { "female" } else { "male" };
            let proposal = Some(proposal.to_owned());
            let finding = Finding::new(Field::Gender, Reason::GenderTaxCode, &raw, proposal);
            self.assessment.findings.push(finding);
        }
    }

    fn address(&mut self) {
        let Some(address) = self.traits.address() else {
            return;
        };
        // A country alone, or a town alone, is where somebody is and no address.
        if address.postal_code.is_none() && address.street.is_none() && address.city.is_none() {
            return;
        }
        let checked = address::check(&address, &self.rules.country);
        let wrong = checked
            .findings
            .iter()
            .filter(|it| it.reason.is_contradiction())
            .count();
        let keys = ["address", "postal_code", "city", "street"];
        let key = keys.into_iter().find(|key| self.said(key).is_some());
        let checks = checked.checks;
        let mark = self.mark(Field::Address, key.unwrap_or("address"), checked.findings);
        mark.checks = checks;
        mark.held = checks.saturating_sub(u8::try_from(wrong).unwrap_or(u8::MAX));
    }
}

/// Whether some way of dividing a whole name into first and last fits.
fn fits_whole(code: &Told, whole: &str) -> bool {
    let words: Vec<&str> = whole.split_whitespace().collect();
    (1..words.len()).any(|middle| {
        let (one, other) = (words[..middle].join(" "), words[middle..].join(" "));
        code.is_of(&one, &other) || code.is_of(&other, &one)
    })
}
