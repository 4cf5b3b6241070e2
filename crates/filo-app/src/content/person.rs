//! What is known of somebody when they are told something.
//!
//! **Invariant:** who previews a text with a real person sees of them what their rights let them
//! see, and nothing is sent or written down.

use std::collections::{BTreeMap, BTreeSet};

use filo_core::access::Right;
use filo_core::company::Language;
use filo_core::content::voice::Voice;
use filo_core::content::{
    Asking, Fact, Facts, Fault, Links, Piece, Promotion, Reason, Seed, Tone, Variant, language_for,
    tone_for,
};
use filo_core::id::{CustomerId, PieceId};
use filo_core::message::{Medium, written};
use filo_core::time::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Rendering, render};
use crate::actor::Actor;
use crate::app::App;
use crate::customer::CustomerView;
use crate::error::{Error, Result};

/// What is known of somebody.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// The facts, without those of an event.
    pub(crate) facts: Facts,
    /// How they are spoken to.
    pub(crate) tone: Tone,
    /// In which language.
    pub(crate) language: Language,
}

/// Somebody who is to be told something.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Who.
    pub customer: CustomerId,
    /// By what.
    pub medium: Medium,
    /// In a certain tone; in theirs without.
    pub tone: Option<Tone>,
    /// In a certain language; in theirs without.
    pub language: Option<Language>,
    /// A certain version; by turns without.
    pub variant: Option<Variant>,
    /// What the event says that it is told for.
    pub event: BTreeMap<String, Fact>,
    /// Why.
    pub reason: Reason,
    /// Where its links lead.
    pub links: Links,
    /// How often they got this piece before.
    pub times: u32,
}

/// What the company says with a piece: the piece, the offer it speaks of, and its voice.
#[derive(Debug, Clone)]
pub(crate) struct Script {
    pub(crate) piece: Piece,
    promotion: Option<Promotion>,
    pub(crate) voice: Voice,
}

impl Script {
    /// Whether an address stands so in what is said whoever it is said to: as a link of the
    /// company, or in a text to its end.
    pub(crate) fn writes(&self, url: &str) -> bool {
        let is_end = |text: &str, at: usize| {
            let next = text
                .get(at + url.len()..)
                .and_then(|rest| rest.chars().next());
            next.is_none_or(|next| next.is_whitespace() || ")\"'<>]".contains(next))
        };
        let stands_in = |text: &String| text.match_indices(url).any(|(at, _)| is_end(text, at));
        let adapted = self.piece.adaptations.iter();
        let mut texts = adapted.flat_map(|it| [&it.fields.text, &it.fields.link]);
        let mut turned = self.piece.variations.iter().flat_map(|it| &it.texts);
        self.voice.links.values().any(|link| link == url)
            || texts.any(stands_in)
            || turned.any(stands_in)
    }

    /// A digest of everything that is said by it whoever it is said to: the first half of BLAKE3
    /// over the documents of the piece, the offer and the voice, each behind its length.
    pub(crate) fn digest(&self) -> [u8; 16] {
        let promotion = self.promotion.as_ref().map(Promotion::to_json);
        let voice = written(&self.voice);
        let mut hasher = blake3::Hasher::new();
        for text in [self.piece.to_json(), promotion.unwrap_or_default(), voice] {
            hasher.update(&(text.len() as u64).to_be_bytes());
            hasher.update(text.as_bytes());
        }
        let mut digest = [0; 16];
        digest.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        digest
    }
}

impl App {
    /// What the company says with a piece, as it stands.
    ///
    /// # Errors
    /// If there is no such piece.
    pub(crate) async fn script(&self, piece: PieceId) -> Result<Script> {
        let piece = self.piece(piece).await?.piece;
        self.script_of(piece).await
    }

    async fn script_of(&self, piece: Piece) -> Result<Script> {
        Ok(Script {
            promotion: self.promotion_of(&piece).await?,
            voice: self.voice().await?.voice,
            piece,
        })
    }

    /// What a stored piece says to somebody; for whoever hands messages over. The inner error is
    /// what keeps it from being said.
    ///
    /// # Errors
    /// If what is worked out about people cannot be read.
    pub(crate) async fn render_for(
        &self,
        script: &Script,
        customer: &CustomerView,
        wanted: &Wanted,
    ) -> Result<std::result::Result<Rendering, Fault>> {
        let known = self.facts_of(customer, &script.voice).await?;
        Ok(self.told(script, &known, wanted))
    }

    /// What is known of a customer.
    async fn facts_of(&self, view: &CustomerView, usual: &Voice) -> Result<Known> {
        let zone = self.zone();
        let day_of = |at: Timestamp| day_of(at, &zone);
        let mut facts = Facts::of(&view.profile, day_of(self.now()), day_of);
        for value in self.computed_of(view.id).await? {
            let fact = value.value.and_then(|it| Fact::from_json(&it.to_json()));
            facts.computed.extend(fact.map(|fact| (value.key, fact)));
        }
        self.sign(&mut facts, &usual.address);
        Ok(Known {
            tone: tone_for(&view.profile, usual.tone),
            language: language_for(&view.profile, self.company().company.language),
            facts,
        })
    }

    fn sign(&self, facts: &mut Facts, address: &str) {
        facts.company = self.company().company.name.to_string();
        facts.address = address.to_owned();
    }

    /// What a piece says to somebody of whom this is known.
    pub(crate) fn told(
        &self,
        script: &Script,
        known: &Known,
        wanted: &Wanted,
    ) -> std::result::Result<Rendering, Fault> {
        let mut facts = known.facts.clone();
        facts.event.clone_from(&wanted.event);
        let asking = Asking {
            medium: wanted.medium,
            languages: [
                wanted.language.unwrap_or(known.language),
                self.company().company.language,
            ],
            tones: [wanted.tone.unwrap_or(known.tone), script.voice.tone],
            variant: wanted.variant,
            facts: &facts,
            reason: &wanted.reason,
            links: &wanted.links,
            promotion: script.promotion.as_ref(),
            seed: Seed {
                person: wanted.customer.0,
                times: wanted.times,
            },
        };
        render(&script.piece, &asking)
    }

    /// How a piece, saved or not, would look: for a real person, or for somebody invented. Its
    /// links lead nowhere, and what an event would say is made up.
    ///
    /// # Errors
    /// If the actor may not look, or may not see the person. What keeps it from being said is the
    /// inner error.
    pub async fn preview_piece(
        &self,
        actor: &Actor,
        piece: &Piece,
        (customer, mut wanted): (Option<CustomerId>, Wanted),
    ) -> Result<std::result::Result<Rendering, Fault>> {
        actor.must(Right::SeeFigures)?;
        let day = day_of(self.now(), &self.zone());
        let company = self.company().company.language;
        let language = wanted.language.unwrap_or(company);
        let sample = Facts::sample(language, day);
        let script = self.script_of(piece.clone()).await?;
        let known = match customer {
            Some(customer) => {
                actor.must(Right::SeePeople)?;
                actor.must(Right::SeePersonalData)?;
                wanted.customer = customer;
                let view = self.customer(customer).await?;
                let view = view.ok_or(Error::Missing("customer"))?;
                self.facts_of(&view, &script.voice).await?
            }
            None => {
                let usual = &script.voice;
                let mut facts = sample.clone();
                if !self.company().company.name.is_empty() {
                    self.sign(&mut facts, &usual.address);
                }
                Known {
                    facts,
                    tone: usual.tone,
                    language,
                }
            }
        };
        wanted.event = sample.event;
        for name in links_of(piece) {
            let to = format!("https://example.com/{name}");
            wanted.links.entry(name).or_insert(to);
        }
        Ok(self.told(&script, &known, &wanted))
    }
}

/// The links that a piece names, with those that every mail has.
pub(crate) fn links_of(piece: &Piece) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = ["unsubscribe", "preferences"].map(str::to_owned).into();
    let text = piece.to_json();
    for part in text.split("links.").skip(1) {
        let is_end = |letter: char| !(letter.is_ascii_alphanumeric() || letter == '_');
        let name = &part[..part.find(is_end).unwrap_or(part.len())];
        names.extend((!name.is_empty()).then(|| name.to_owned()));
    }
    names
}

/// The day of an instant by a clock.
pub(crate) fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    let instant = jiff::Timestamp::from_microsecond(at.0);
    instant.map_or_else(|_| Date::default(), |at| at.to_zoned(zone.clone()).date())
}
