//! How kinds of customers are told in the API.

use std::collections::BTreeMap;

use filo_app::CustomerRow;
use filo_app::persona::{Overview, PersonaMembership, PersonaView, RunState, RunView};
use filo_core::id::{CustomerId, PersonaId, PersonaRunId};
use filo_core::money::Currency;
use filo_core::persona::{Drifted, Fact, Proportion, Verdict};
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Text;
use super::persona_change_out::{CarriedOut, DriftOut, TriedOut};
use crate::i18n::{Language, Words};
use crate::sentence::persona::fact;

/// People who stand for each kind.
pub(super) type Typical = BTreeMap<PersonaId, Vec<CustomerRow>>;

/// Where the search for kinds of customers stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Personas)]
pub(crate) struct OverviewOut {
    /// The search in force; null where none is.
    in_force: Option<SearchOut>,
    /// The search that was asked for last, where it is another.
    latest: Option<SearchOut>,
    /// How far people have moved until now since what is in force was made, by the first thousand
    /// of them; null where nothing is.
    drift: Option<DriftOut>,
}

impl OverviewOut {
    pub(super) fn new(overview: &Overview, typical: &Typical, drifted: Option<&Drifted>) -> Self {
        let out = |run: &RunView| SearchOut::new(run, typical);
        Self {
            in_force: overview.in_force.as_ref().map(out),
            latest: overview.latest.as_ref().map(out),
            drift: drifted.map(DriftOut::new),
        }
    }
}

/// A search for kinds of customers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonaSearch)]
pub(crate) struct SearchOut {
    /// Its id.
    #[schema(value_type = String, example = "prn_0123456789abcdefghjkmnpqrs")]
    id: Text<PersonaRunId>,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    begun_at: Text<Timestamp>,
    /// Who asked for it.
    begun_by: String,
    /// The seed of its chance: with the same people it gives the same groups.
    seed: i64,
    /// `running`, `failed` or `done`.
    state: &'static str,
    /// How many customers there were.
    customers: u64,
    /// How many people were compared.
    people: u64,
    /// `groups`, `nothing` (none that would be found again) or `too_few`; null until it is done.
    verdict: Option<&'static str>,
    /// The kinds it found, the largest first.
    personas: Vec<PersonaOut>,
    /// The numbers of groups that were tried.
    tried: Vec<TriedOut>,
    /// What it is to the search that was in force when it was made.
    carried: Option<CarriedOut>,
    /// How far people had moved since that one.
    drift: Option<DriftOut>,
    /// It is in force.
    is_in_force: bool,
    /// It can be put in force.
    is_open: bool,
    /// When it was put in force; null if it never was.
    #[schema(value_type = Option<String>, format = DateTime)]
    adopted_at: Option<Text<Timestamp>>,
}

impl SearchOut {
    pub(super) fn new(run: &RunView, typical: &Typical) -> Self {
        let document = run.document.as_ref();
        let currency = document
            .and_then(|it| it.grouping())
            .map_or(Currency::EUR, |it| it.model.currency);
        let persona = |view: &PersonaView| {
            let people = typical.get(&view.persona.id).map_or(&[][..], Vec::as_slice);
            PersonaOut::new(view, currency, people)
        };
        Self {
            id: Text(run.id),
            begun_at: Text(run.begun_at),
            begun_by: run.begun_by.clone(),
            seed: run.seed,
            state: match run.state {
                RunState::Running(_) => "running",
                RunState::Failed => "failed",
                RunState::Done => "done",
            },
            customers: document.map_or(0, |it| it.customers),
            people: document.map_or(0, |it| it.people),
            verdict: document.map(|it| match it.verdict {
                Verdict::TooFew => "too_few",
                Verdict::Nothing => "nothing",
                Verdict::Groups(_) => "groups",
            }),
            personas: run.personas.iter().map(persona).collect(),
            tried: document
                .map(|it| it.tried.iter().map(TriedOut::new).collect())
                .unwrap_or_default(),
            carried: document
                .and_then(|it| it.carried.as_ref())
                .map(CarriedOut::new),
            drift: document
                .and_then(|it| it.drifted.as_ref())
                .map(DriftOut::new),
            is_in_force: run.is_in_force,
            is_open: run.is_open,
            adopted_at: run.adopted.as_ref().map(|(at, _)| Text(*at)),
        }
    }
}

/// A kind of customers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Persona)]
pub(crate) struct PersonaOut {
    /// Its id, which stays while it is found again.
    #[schema(value_type = String, example = "prs_0123456789abcdefghjkmnpqrs")]
    id: Text<PersonaId>,
    /// Its number among the kinds of its search, the largest first.
    number: usize,
    /// Its name; empty where nobody has given one.
    name: String,
    /// What is to be known of it.
    note: String,
    /// What a change of name or note must name.
    version: i64,
    /// How many of the people who were compared.
    people: u64,
    /// How surely it would be found again, from 0 to 1.
    stability: f64,
    /// What sets it apart, the greatest contrast first.
    facts: Vec<FactOut>,
    /// The people nearest to its middle.
    #[schema(value_type = Vec<String>)]
    typical: Vec<Text<CustomerId>>,
}

impl PersonaOut {
    fn new(view: &PersonaView, currency: Currency, typical: &[CustomerRow]) -> Self {
        let facts = view.persona.facts.iter();
        Self {
            id: Text(view.persona.id),
            number: view.number,
            name: view.name.clone(),
            note: view.note.clone(),
            version: view.version,
            people: view.persona.people,
            stability: view.persona.stability,
            facts: facts.map(|it| FactOut::new(it, currency)).collect(),
            typical: typical.iter().map(|row| Text(row.id)).collect(),
        }
    }
}

/// Something of a kind that sets it apart.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonaFact)]
pub(crate) struct FactOut {
    /// What: `orders`, `average`, `pieces`, `mainly`, `channels`, `card`, `email`, `phone`,
    /// `account`, `app`, `consent` or `returned`.
    aspect: &'static str,
    /// At least so many, where it is a number.
    step: Option<u32>,
    /// Which, where it is one of several: `online`, `shop` or `remote`.
    choice: Option<&'static str>,
    /// How many of the kind are so, and how many it has.
    inside: u64,
    /// How many the kind has.
    people: u64,
    /// How many of the others are so.
    outside: u64,
    /// How many the others are.
    others: u64,
    /// The share in the kind, with an interval of 95 %.
    share: Option<ShareOut>,
    /// The share among the others, with the same.
    share_of_others: Option<ShareOut>,
    /// How far apart the two are, in standard errors; below 0 where the kind has less of it.
    z: f64,
    /// The same in a sentence.
    sentence: FactSentenceOut,
}

/// A share and the interval around it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Proportion)]
pub(crate) struct ShareOut {
    /// The share.
    share: f64,
    /// The lower end.
    low: f64,
    /// The upper end.
    high: f64,
}

impl From<Proportion> for ShareOut {
    fn from(share: Proportion) -> Self {
        Self {
            share: share.share,
            low: share.low,
            high: share.high,
        }
    }
}

/// A fact in a sentence.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FactSentence)]
pub(crate) struct FactSentenceOut {
    /// In English.
    en: String,
    /// In Italian.
    it: String,
}

impl FactOut {
    fn new(told: &Fact, currency: Currency) -> Self {
        let say = |language| fact(Words::of(language), told, currency);
        Self {
            aspect: told.aspect.word(),
            step: told.aspect.step(told.level),
            choice: told.aspect.choice(told.level),
            inside: told.inside,
            people: told.people,
            outside: told.outside,
            others: told.others,
            share: told.share().map(Into::into),
            share_of_others: told.share_of_others().map(Into::into),
            z: told.z,
            sentence: FactSentenceOut {
                en: say(Language::English),
                it: say(Language::Italian),
            },
        }
    }
}

/// The kind of customers that somebody is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CustomerPersona)]
pub(crate) struct PersonaOfOut {
    /// Which.
    persona: PersonaOut,
    /// The search it was found by.
    #[schema(value_type = String)]
    search: Text<PersonaRunId>,
    /// How many people were compared.
    compared: u64,
    /// Of the facts of the kind, in their order, whether each is so of them too.
    shared: Vec<bool>,
    /// How it is worked out.
    logic: &'static str,
}

impl PersonaOfOut {
    pub(super) fn new(membership: &PersonaMembership) -> Self {
        let shared = membership.facts.iter().map(|(_, shared)| *shared);
        Self {
            persona: PersonaOut::new(&membership.persona, membership.currency, &[]),
            search: Text(membership.run),
            compared: membership.compared,
            shared: shared.collect(),
            logic: "The kind whose middle is nearest: orders, average order, pieces, where and on \
                    how many channels they were met, which identifiers are known, consent, what \
                    went back. Groups of people alike were found by k-prototypes and put in force \
                    by a person.",
        }
    }
}
