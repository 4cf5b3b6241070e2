//! The book of segments: every one that is looked after, and which of them an event can change.
//!
//! **Invariant:** an event changes the answer of no segment that [`Book::touched`] does not name.

use std::collections::BTreeMap;
use std::sync::Arc;

use ahash::HashMap;
use compact_str::CompactString;
use smallvec::SmallVec;

use super::code::Code;
use super::computed::{Needs, Recipe};
use super::condition::{Condition, Happened, HappenedTest, TraitTest};
use super::evaluate::{Outcome, Person, Scene, evaluate};
use super::signal::{Signal, SignalKey, Signals};
use super::window::Window;
use crate::consent;
use crate::event::{Event, EventKind};
use crate::id::SegmentId;
use crate::semantic;
use crate::time::Timestamp;

/// Where a segment stands in the book.
pub type Place = u32;
/// Some places, each once, in order.
pub type Places = SmallVec<[Place; 8]>;

/// Every segment that is looked after.
#[derive(Debug)]
pub struct Book {
    entries: Vec<Entry>,
    by_code: HashMap<Code, Place>,
    scene: Scene,
    pub(super) signals: Signals,
    by_signal: HashMap<SignalKey, Places>,
    by_subject: [Places; Subject::ALL.len()],
    /// What others ask, who are no segments.
    asked: Vec<Arc<Condition>>,
    /// What is noted from now on, and asked by nobody who needs the past.
    pub(super) watched: Vec<SignalKey>,
}

#[derive(Debug)]
struct Entry {
    id: SegmentId,
    condition: Arc<Condition>,
    is_timed: bool,
}

/// What of a person a condition asks about, beside events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Traits,
    Consents,
    Orders,
    Presence,
    Zone,
    Lists,
}

impl Subject {
    const ALL: [Self; 6] = [
        Self::Traits,
        Self::Consents,
        Self::Orders,
        Self::Presence,
        Self::Zone,
        Self::Lists,
    ];
}

impl Default for Book {
    fn default() -> Self {
        Self::new(Scene {
            segments: BTreeMap::new(),
            computed: BTreeMap::new(),
            purposes: consent::purpose::Purposes::default(),
            currency: crate::money::Currency::EUR,
            zone: jiff::tz::TimeZone::UTC,
            personas: None,
            yardstick: crate::buyer::Yardstick::default(),
        })
    }
}

impl Book {
    /// The book of all segments of a scene.
    #[must_use]
    pub fn new(scene: Scene) -> Self {
        let mut book = Self {
            entries: Vec::with_capacity(scene.segments.len()),
            by_code: HashMap::default(),
            scene,
            signals: Signals::default(),
            by_signal: HashMap::default(),
            by_subject: Default::default(),
            asked: Vec::new(),
            watched: Vec::new(),
        };
        let all: Vec<_> = book
            .scene
            .segments
            .iter()
            .map(|(id, it)| (*id, Arc::clone(it)))
            .collect();
        for (id, condition) in all {
            book.enter(id, condition);
        }
        let signals = book.scene.computed.values();
        book.signals.extend(signals.filter_map(|it| it.signal()));
        book
    }

    /// The same book, looking out for what these conditions ask of events too.
    #[must_use]
    pub fn asked(mut self, conditions: Vec<Arc<Condition>>) -> Self {
        for condition in &conditions {
            let signals = self.signals_asked(condition);
            self.signals.extend(signals.iter());
        }
        self.asked = conditions;
        self
    }

    /// What is asked of events by those who are no segments.
    #[must_use]
    pub fn signals_of_asked(&self) -> Signals {
        let mut signals = Signals::default();
        for condition in &self.asked {
            signals.extend(self.signals_asked(condition).iter());
        }
        signals
    }

    fn enter(&mut self, id: SegmentId, condition: Arc<Condition>) {
        let place = Place::try_from(self.entries.len()).unwrap_or(Place::MAX);
        let asked = self.with_those_it_names(&condition);
        let leaves: Vec<&Condition> = asked.iter().flat_map(|it| it.walk()).collect();
        let needs = Needs::of(&leaves, &self.scene.computed);
        let signals = asked.iter().flat_map(|it| it.signals());
        for signal in signals.chain(needs.signals.iter().copied()) {
            self.signals.extend([signal]);
            let places = self.by_signal.entry(signal.key()).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        for subject in Subject::ALL {
            let is_asked = leaves.iter().any(|leaf| asks_about(leaf, subject));
            if is_asked || needs.ask_about(subject) {
                self.by_subject[subject as usize].push(place);
            }
        }
        let is_timed = needs.is_timed || leaves.iter().any(|leaf| is_timed(leaf));
        self.by_code.insert(Code::of(id), place);
        self.entries.push(Entry {
            id,
            condition,
            is_timed,
        });
    }

    /// A condition and those of the segments that it asks about, over however many steps.
    #[must_use]
    pub fn with_those_it_names(&self, condition: &Arc<Condition>) -> Vec<Arc<Condition>> {
        let mut found = vec![Arc::clone(condition)];
        let mut seen: std::collections::BTreeSet<SegmentId> = std::collections::BTreeSet::new();
        let mut next = 0;
        while let Some(one) = found.get(next).cloned() {
            next += 1;
            for id in one.segments() {
                if seen.insert(id) {
                    found.extend(self.scene.segments.get(&id).cloned());
                }
            }
        }
        found
    }

    /// Whether another book says the same.
    #[must_use]
    pub fn is_alike(&self, other: &Self) -> bool {
        let asks_alike = self.asked == other.asked && self.watched == other.watched;
        let (one, other) = (&self.scene, &other.scene);
        one.segments == other.segments
            && one.computed == other.computed
            && one.purposes == other.purposes
            && one.currency == other.currency
            && one.zone == other.zone
            && one.personas == other.personas
            && one.yardstick == other.yardstick
            && asks_alike
    }

    /// Whether there is nothing to look after.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What is looked out for in events.
    #[must_use]
    pub const fn signals(&self) -> &Signals {
        &self.signals
    }

    /// What a condition asks of events: with the segments and the computed traits that it names.
    #[must_use]
    pub fn signals_asked(&self, condition: &Arc<Condition>) -> Signals {
        let asked = self.with_those_it_names(condition);
        let leaves: Vec<&Condition> = asked.iter().flat_map(|it| it.walk()).collect();
        let needs = Needs::of(&leaves, &self.scene.computed);
        let mut signals = Signals::default();
        signals.extend(asked.iter().flat_map(|it| it.signals()));
        signals.extend(needs.signals.iter().copied());
        signals
    }

    /// What a recipe asks of events, with the computed traits that it names.
    #[must_use]
    pub fn signals_needed(&self, recipe: &Recipe) -> Signals {
        let needs = Needs::of_recipe(recipe, &self.scene.computed);
        let mut signals = Signals::default();
        signals.extend(needs.signals);
        signals
    }

    /// The computed traits that are made of a signal.
    pub fn made_of<'a>(&'a self, signal: &Signal) -> impl Iterator<Item = &'a CompactString> {
        let key = signal.key();
        let recipes = self.scene.computed.iter();
        recipes
            .filter(move |(_, recipe)| recipe.signal().is_some_and(|it| it.key() == key))
            .map(|(key, _)| key)
    }

    /// What a segment asks of events, with what those ask that it names.
    #[must_use]
    pub fn signals_of(&self, id: SegmentId) -> Vec<&Signal> {
        let Some(place) = self.place(id) else {
            return Vec::new();
        };
        let asks = |signal: &&Signal| self.asking(signal).contains(&place);
        self.signals.iter().filter(asks).collect()
    }

    /// The segments that ask for a signal, themselves or by those that they name.
    pub fn asking_for(&self, signal: &Signal) -> impl Iterator<Item = SegmentId> {
        self.asking(signal)
            .iter()
            .filter_map(|place| self.id(*place))
    }

    /// What the company has settled.
    #[must_use]
    pub const fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Every place.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        (0..).zip(&self.entries).map(|(place, _)| place)
    }

    /// The places of segments whose answer may change of its own accord.
    pub fn timed(&self) -> impl Iterator<Item = Place> {
        let timed = |(place, entry): (Place, &Entry)| entry.is_timed.then_some(place);
        (0..).zip(&self.entries).filter_map(timed)
    }

    /// The segment at a place.
    #[must_use]
    pub fn id(&self, place: Place) -> Option<SegmentId> {
        Some(self.entries.get(place as usize)?.id)
    }

    /// The place of a segment.
    #[must_use]
    pub fn place(&self, id: SegmentId) -> Option<Place> {
        let found = self
            .entries
            .binary_search_by_key(&id, |entry| entry.id)
            .ok()?;
        Place::try_from(found).ok()
    }

    /// The place of a segment, by its code.
    pub(super) fn place_of(&self, code: Code) -> Option<Place> {
        self.by_code.get(&code).copied()
    }

    /// Whether somebody is in the segment at a place.
    #[must_use]
    pub fn evaluate(&self, place: Place, person: &Person<'_>, now: Timestamp) -> Outcome {
        match self.entries.get(place as usize) {
            Some(entry) => evaluate(&entry.condition, person, &self.scene, now),
            None => Outcome::settled(false),
        }
    }

    /// The places of the segments that an event can change.
    #[must_use]
    pub fn touched(&self, event: &Event) -> Places {
        let mut places = Places::new();
        for signal in self.signals.of(event) {
            places.extend(self.asking(signal).iter().copied());
        }
        let is_presence = semantic::is_presence(&event.heading());
        for subject in Subject::ALL {
            let asking = &self.by_subject[subject as usize];
            if asking.is_empty() {
                continue;
            }
            let concerns = match subject {
                Subject::Traits => event.kind == EventKind::Identify,
                Subject::Consents => consent::concerns(event),
                Subject::Orders => semantic::is_about_order(event),
                Subject::Presence => is_presence,
                Subject::Zone => is_presence && event.context.contains("timezone"),
                Subject::Lists => semantic::is_about_list(event),
            };
            if concerns {
                places.extend(asking.iter().copied());
            }
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    fn asking(&self, signal: &Signal) -> &[Place] {
        self.by_signal
            .get(&signal.key())
            .map_or(&[], |places| places)
    }
}

fn asks_about(leaf: &Condition, subject: Subject) -> bool {
    match subject {
        Subject::Traits => matches!(leaf, Condition::Trait(_)),
        // What personas are compared by is more than one thing.
        Subject::Consents => matches!(leaf, Condition::Consent(_) | Condition::Persona(_)),
        Subject::Orders => matches!(
            leaf,
            Condition::Orders(_)
                | Condition::Rfm(_)
                | Condition::Lifecycle(_)
                | Condition::Persona(_)
        ),
        Subject::Presence => matches!(
            leaf,
            Condition::Met(_) | Condition::Channels(_) | Condition::Persona(_)
        ),
        Subject::Zone => asks_for_zone(leaf),
        Subject::Lists => matches!(leaf, Condition::List(_)),
    }
}

fn asks_for_zone(leaf: &Condition) -> bool {
    let happened = |it: &Happened| {
        let window = match &it.test {
            HappenedTest::Figure { during, .. } => Some(during),
            HappenedTest::First(window) | HappenedTest::Last(window) => Some(window),
            HappenedTest::LastIs(_) => None,
        };
        it.hours.is_some() || window.is_some_and(|window| window.asks_for_zone())
    };
    match leaf {
        Condition::Happened(it) => happened(it),
        Condition::Sequence(it) => it.during.asks_for_zone(),
        Condition::Orders(it) => it.during.asks_for_zone(),
        Condition::Trait(it) => !matches!(it.test, TraitTest::Value(_)),
        _ => false,
    }
}

/// Whether an answer may change of its own accord. Also one about whenever it was: a clock that
/// is a little fast sends events of the next minutes.
fn is_timed(leaf: &Condition) -> bool {
    match leaf {
        Condition::Happened(_) | Condition::Sequence(_) | Condition::Consent(_) => true,
        Condition::Orders(_) | Condition::Rfm(_) | Condition::Lifecycle(_) => true,
        Condition::Trait(it) => match it.test {
            TraitTest::Value(_) => false,
            TraitTest::Date(window) => window != Window::Ever,
            TraitTest::Anniversary { .. } | TraitTest::Within(_) => true,
        },
        Condition::Met(it) => it.last.is_some(),
        Condition::Channels(it) => it.last.is_some(),
        Condition::All(_)
        | Condition::Any(_)
        | Condition::Not(_)
        | Condition::Known(_)
        | Condition::Segment(_)
        | Condition::List(_)
        | Condition::Persona(_)
        | Condition::Share(_) => false,
    }
}
