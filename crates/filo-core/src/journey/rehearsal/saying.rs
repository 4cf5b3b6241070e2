//! Messages at the gate: the same gate, asked at the instants at which it would have been asked.

use jiff::tz::TimeZone;
use serde_json::json;

use super::super::run::{Ending, Run};
use super::playing::Playing;
use super::{Fate, Leaving};
use crate::consent::addressing::{Known, Question, Verdict, may_address};
use crate::consent::purpose::MARKETING;
use crate::event::{Channel, Event, EventKind, Trust};
use crate::id::{EventId, NodeId, RunId, SourceId};
use crate::message::Class;
use crate::message::gate::{self, Asking, Outcome, Rival, Spent, Surroundings, pass};
use crate::message::holdout::is_held_back;

const DAY_SECONDS: i64 = 86_400;

impl Playing<'_> {
    /// Takes the message that has been due longest to the gate; false if none is due.
    pub(super) fn speak(&mut self) -> bool {
        let due = self
            .queue
            .iter()
            .enumerate()
            .filter_map(|(place, message)| {
                let said = self.out.messages.get(*message)?;
                (said.due_at <= self.now).then_some((said.due_at, said.planned_at, said.id, place))
            });
        let Some((.., place)) = due.min() else {
            return false;
        };
        let message = self.queue[place];
        let (verdict, addresses) = self.weigh(message);
        let now = self.now;
        let outcome = verdict.outcome;
        let Some(said) = self.out.messages.get_mut(message) else {
            return false;
        };
        said.verdicts.push((now, verdict));
        match outcome {
            Outcome::Wait(until) => {
                said.due_at = until.max(now.plus_micros(1));
                return true;
            }
            Outcome::PassOn(next) => {
                said.medium = next;
                said.fallbacks.retain(|it| *it != next);
                return true;
            }
            Outcome::Stop => said.fate = Fate::Stopped(now),
            Outcome::AskPerson => said.fate = Fate::AsksPerson(now),
            Outcome::Go if !self.stage.voices.contains_key(&said.piece) => {
                said.fate = Fate::Unsayable(now);
            }
            Outcome::Go => {
                said.fate = Fate::Left(now);
                self.leave(message, addresses.first().copied());
            }
        }
        self.queue.swap_remove(place);
        true
    }

    /// They come to the site: what waits for that comes to the gate.
    pub(super) fn come_by(&mut self) {
        self.there_at = Some(self.now);
        for place in &self.queue {
            if let Some(said) = self.out.messages.get_mut(*place)
                && said.medium.waits_for_visit()
                && said.due_at == said.expires_at
            {
                said.due_at = self.now;
            }
        }
    }

    /// What the gate says of a message now, and where it could go.
    fn weigh(&self, message: usize) -> (gate::Verdict, Vec<NodeId>) {
        let said = &self.out.messages[message];
        let stage = self.stage;
        let purpose = stage.voices.get(&said.piece).map(|voice| &voice.purpose);
        let purpose = purpose.map_or(MARKETING, |it| it.as_str());
        let addressing = self.addressing(purpose, said.medium.channel());
        let addressing = addressing.only(said.medium.address_kinds());
        let rivals: Vec<Rival> = self.rivals().collect();
        let zone = self.zone();
        let asking = Asking {
            id: said.id,
            medium: said.medium,
            fallback: said.fallbacks.first().copied(),
            class: said.class,
            value: said.value,
            planned_at: said.planned_at,
            expires_at: said.expires_at,
            is_reason_true: self.is_reason_true(said.run),
            is_held_back: is_held_back(
                &stage.key,
                self.life.customer,
                stage.policy.holdout_percent,
            ),
            is_held_back_of_journey: self.is_held_back_of_journey(said.run),
            // Who is asked is taken to say yes.
            is_unapproved: false,
            // What a page brought about is shown on the next one.
            is_absent: said.medium.waits_for_visit()
                && !(self.there_at == Some(self.now) && said.planned_at < self.now),
            addressing: &addressing,
        };
        let around = Surroundings {
            policy: &stage.policy,
            spent: &self.spent,
            rivals: &rivals,
            zone: &zone,
            now: self.now,
        };
        (pass(&asking, &around), addressing.addresses)
    }

    fn addressing(&self, purpose: &str, channel: Channel) -> Verdict {
        let scene = self.stage.conditions.scene();
        let instant = jiff::Timestamp::from_microsecond(self.now.0).ok();
        let question = Question {
            purpose,
            channel,
            at: self.now,
            wall: instant.map(|at| at.to_zoned(scene.zone.clone()).datetime()),
        };
        let known = Known {
            purposes: &scene.purposes,
            consents: &self.profile.consents,
            nodes: self.life.nodes,
            suppressions: self.life.suppressions,
            checks: self.life.checks,
        };
        may_address(&question, &known)
    }

    /// The marketing that could go now.
    fn rivals(&self) -> impl Iterator<Item = Rival> {
        let waiting = self
            .queue
            .iter()
            .filter_map(|place| self.out.messages.get(*place));
        let could_go =
            waiting.filter(|said| said.class == Class::Marketing && said.due_at <= self.now);
        could_go.map(|said| Rival {
            id: said.id,
            medium: said.medium,
            value: said.value,
            planned_at: said.planned_at,
        })
    }

    fn zone(&self) -> TimeZone {
        let said = self.profile.timezone.as_ref();
        let said = said.and_then(|said| TimeZone::get(&said.value).ok());
        said.unwrap_or_else(|| self.stage.conditions.scene().zone.clone())
    }

    /// Whether whoever's way it is has not left it early.
    fn is_reason_true(&self, id: RunId) -> bool {
        let run: Option<&Run> = self.out.runs.iter().find(|run| run.id == id);
        let ended = run.and_then(|run| run.ended);
        ended.is_none_or(|(_, ending)| ending != Ending::Exit)
    }

    fn is_held_back_of_journey(&self, id: RunId) -> bool {
        let mut runs = self.runs.iter().chain(&self.out.runs);
        runs.any(|run| run.id == id && run.is_held_back)
    }

    /// A message leaves: it takes room, and stands on the thread.
    fn leave(&mut self, message: usize, address: Option<NodeId>) {
        let said = &self.out.messages[message];
        let (id, medium, class) = (said.id, said.medium, said.class);
        let purpose = self.stage.voices.get(&said.piece);
        let purpose = purpose.map(|voice| voice.purpose.clone());
        self.show(message);
        if class == Class::Marketing {
            let weight = self.stage.policy.budget.weight(medium);
            self.note_peak(weight);
        }
        let name = medium.sent();
        let properties = json!({
            "message": id.to_string(), "medium": medium.word(), "purpose": purpose,
            "class": class.word(), "origin": "journey",
        });
        let thread = address.unwrap_or_else(|| NodeId::from(self.life.customer));
        self.echoes.push_back(Event {
            id: EventId(id.0),
            thread,
            at: self.now,
            received_at: self.now,
            original_at: None,
            clock_suspect: false,
            kind: EventKind::Track,
            trust: Trust::Verified,
            channel: medium.channel(),
            source: SourceId(0),
            message_id: Default::default(),
            name: name.into(),
            identifiers: Default::default(),
            properties: properties.to_string().into_boxed_str(),
            context: "{}".into(),
        });
    }

    /// Shows a message at the instant at which it leaves.
    fn show(&mut self, message: usize) {
        let said = &self.out.messages[message];
        let mut all = self.runs.iter().chain(&self.out.runs);
        if let Some(run) = all.find(|run| run.id == said.run) {
            (self.leaving)(&Leaving {
                profile: &self.profile,
                traces: &self.traces,
                run,
                said,
                now: self.now,
            });
        }
    }

    /// How full the window of the noise budget is with one more of a weight.
    fn note_peak(&mut self, weight: u16) {
        let days = i64::from(self.stage.policy.budget.days);
        let since = self.now.plus_seconds(-days * DAY_SECONDS);
        let lately = self.spent.iter().filter(|spent: &&Spent| spent.at > since);
        let sum: u32 = lately.map(|spent| u32::from(spent.weight)).sum();
        self.out.peak_points = self.out.peak_points.max(sum + u32::from(weight));
    }
}
