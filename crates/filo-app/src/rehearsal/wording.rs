//! How a message would have read: with what was known of its person at that instant.
//!
//! **Invariant:** what is read out here is written down nowhere, and its links lead nowhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use filo_core::company::Language;
use filo_core::content::voice::Voice;
use filo_core::content::{Fact, Facts, Links, Reason, language_for, tone_for};
use filo_core::event::Event;
use filo_core::id::{CustomerId, EventId};
use filo_core::journey::Trigger;
use filo_core::journey::rehearsal::{Fate, Leaving, Life, Rehearsed, Said, Stage, rehearse_with};
use filo_core::segment::Person as Known;
use filo_core::segment::computed::compute;
use filo_core::time::Timestamp;
use jiff::tz::TimeZone;

use super::everybody::{Person, show_lives};
use super::staging::Staged;
use crate::app::App;
use crate::content::{self, Rendering, Wanted, day_of};
use crate::error::{Error, Result};
use crate::message::purpose_name;

/// A message with what it is made of.
pub(super) struct Worded {
    pub(super) customer: CustomerId,
    pub(super) said: Said,
    known: content::Known,
    /// What brought them in, if an event did.
    event: Option<Event>,
    is_birthday: bool,
    purpose: String,
    /// How often they would have got this piece before.
    times: u32,
}

/// What the company says of itself in every text.
struct Company {
    voice: Voice,
    name: String,
    language: Language,
    zone: TimeZone,
}

impl Company {
    /// What is known of somebody at the instant at which something leaves.
    fn known(&self, leaving: &Leaving<'_>, life: &Life<'_>, stage: &Stage) -> content::Known {
        let day = |at: Timestamp| day_of(at, &self.zone);
        let mut facts = Facts::of(leaving.profile, day(leaving.now), day);
        let person = Known {
            customer: life.customer,
            kinds: life.kinds,
            profile: leaving.profile,
            traces: leaving.traces,
        };
        for (key, reading) in compute(&person, stage.scene(), leaving.now) {
            let fact = reading.value.and_then(|it| Fact::from_json(&it.to_json()));
            facts
                .computed
                .extend(fact.map(|fact| (key.to_string(), fact)));
        }
        facts.company.clone_from(&self.name);
        facts.address = self.voice.address.to_string();
        content::Known {
            tone: tone_for(leaving.profile, self.voice.tone),
            language: language_for(leaving.profile, self.language),
            facts,
        }
    }

    fn worded(
        &self,
        leaving: &Leaving<'_>,
        life: &Life<'_>,
        (stage, before): (&Stage, &[Worded]),
    ) -> Worded {
        let id = leaving.run.why.strip_prefix("event ");
        let id: Option<EventId> = id.and_then(|id| id.parse().ok());
        let event = life.events.iter().find(|event| Some(event.id) == id);
        let is_birthday = matches!(
            &stage.plan().journey.trigger,
            Trigger::Date(date) if date.key == "birthday"
        );
        let voice = stage.voices.get(&leaving.said.piece);
        let is_same =
            |one: &&Worded| one.customer == life.customer && one.said.piece == leaving.said.piece;
        let times = before.iter().filter(is_same).count();
        Worded {
            customer: life.customer,
            said: leaving.said.clone(),
            known: self.known(leaving, life, stage),
            event: event.cloned(),
            is_birthday,
            purpose: voice.map_or_else(String::new, |voice| voice.purpose.to_string()),
            times: u32::try_from(times).unwrap_or(u32::MAX),
        }
    }
}

/// What some people would have been told that left, with what each text is made of.
pub(super) async fn worded_all(
    app: &App,
    staging: &Arc<Vec<Staged>>,
    place: usize,
    people: Vec<Person>,
) -> Result<Vec<Worded>> {
    Ok(played_with_words(app, staging, place, people).await?.1)
}

/// Plays some people, and gives what would have happened with what each text is made of.
pub(super) async fn played_with_words(
    app: &App,
    staging: &Arc<Vec<Staged>>,
    place: usize,
    people: Vec<Person>,
) -> Result<(Vec<Rehearsed>, Vec<Worded>)> {
    let view = app.company();
    let company = Company {
        voice: app.voice().await?.voice,
        name: view.company.name.to_string(),
        language: view.company.language,
        zone: app.zone(),
    };
    let (lake, staging) = (app.shared().lake.clone(), Arc::clone(staging));
    let playing = move || {
        let (mut played, mut worded) = (Vec::new(), Vec::new());
        let Some(staged) = staging.get(place) else {
            return Ok((played, worded));
        };
        let stage = &staged.stage;
        show_lives(&lake, &people, |life| {
            let told = rehearse_with(stage, life, &mut |leaving| {
                let one = company.worded(leaving, life, (stage, &worded));
                worded.push(one);
            });
            played.push(told);
        })?;
        anyhow::Ok((played, worded))
    };
    let played = tokio::task::spawn_blocking(playing).await;
    Ok(played.map_err(anyhow::Error::from)??)
}

impl App {
    /// How a message would have read; or why it could not have been said.
    pub(super) async fn read_out(
        &self,
        worded: &Worded,
    ) -> Result<std::result::Result<Rendering, String>> {
        debug_assert!(!matches!(worded.said.fate, Fate::Stopped(_)), "it left");
        let script = match self.script(worded.said.piece).await {
            Ok(script) => script,
            Err(Error::Missing(what)) => return Ok(Err(format!("no such {what}"))),
            Err(other) => return Err(other),
        };
        let (reason, event) = match (&worded.event, worded.is_birthday) {
            (Some(event), _) => self.told_by(event),
            (None, true) => (Reason::Birthday, BTreeMap::new()),
            (None, false) => {
                let purposes = self.purposes().await?.purposes;
                let what = purpose_name(&purposes, &worded.purpose, worded.known.language);
                (Reason::Asked { what }, BTreeMap::new())
            }
        };
        let mut links: Links = script.voice.links.clone();
        for name in content::links_of(&script.piece) {
            let to = format!("https://example.com/{name}");
            links.entry(name).or_insert(to);
        }
        let wanted = Wanted {
            customer: worded.customer,
            medium: worded.said.medium,
            tone: None,
            language: None,
            variant: None,
            event,
            reason,
            links,
            times: worded.times,
        };
        let told = self.told(&script, &worded.known, &wanted);
        Ok(told.map_err(|fault| fault.to_string()))
    }
}
