//! One look: who comes in, who goes on, and what that would do outside.
//!
//! **Invariant:** the ids of ways, messages and events follow from whose they are and when they
//! began: the same rehearsal gives the same ids.

use compact_str::{CompactString, format_compact};
use serde_json::json;

use super::super::advance::{Facts, advance};
use super::super::book::Heard;
use super::super::document::Trigger;
use super::super::enter::{Candidate, Earlier, Refused, enter};
use super::super::happening::{Effect, EffectKind, GOAL_REACHED, Line, What};
use super::super::holdout::is_held_back;
use super::super::plan::Plan;
use super::super::run::{Run, Stand};
use super::playing::Playing;
use super::{Fate, Said};
use crate::event::{Channel, Event, EventKind, Trust};
use crate::id::{EventId, ListId, MessageId, NodeId, RunId, SegmentId, SourceId};
use crate::message::Class;
use crate::segment::{Person, Turn};
use crate::semantic::{LIST_JOINED, LIST_LEFT};
use crate::time::Timestamp;

const DAY_SECONDS: i64 = 86_400;

/// Somebody who would come in.
#[derive(Debug, Clone)]
pub(super) struct Coming {
    thread: NodeId,
    key: CompactString,
    at: Timestamp,
    why: CompactString,
}

impl Coming {
    pub(super) fn by_event(thread: NodeId, heard: &Heard) -> Self {
        Self {
            thread,
            key: heard.value.clone().unwrap_or_default(),
            at: heard.at,
            why: format_compact!("event {}", heard.event),
        }
    }

    pub(super) fn by_turn(thread: NodeId, plan: &Plan, turn: Turn, at: Timestamp) -> Self {
        let why = match (&plan.journey.trigger, turn.is_in) {
            (Trigger::Date(_), _) => CompactString::const_new("day"),
            (_, true) => format_compact!("entered {}", turn.segment),
            (_, false) => format_compact!("left {}", turn.segment),
        };
        Self {
            thread,
            key: CompactString::default(),
            at,
            why,
        }
    }

    pub(super) fn by_call(thread: NodeId, plan: &Plan, of: SegmentId, at: Timestamp) -> Self {
        Self {
            thread,
            key: CompactString::default(),
            at,
            why: format_compact!("{} {of}", plan.journey.trigger.word()),
        }
    }
}

/// What the words of a journey's own history give an id to.
fn id_of(parts: &[&[u8]]) -> u128 {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
        hasher.update(&[0]);
    }
    let mut short = [0u8; 16];
    short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    u128::from_be_bytes(short)
}

impl Playing<'_> {
    /// Moves everybody on, then lets in who comes in.
    pub(super) fn look(&mut self, coming: Vec<Coming>, heard: &[Heard], echoes: &[EventId]) {
        for run in std::mem::take(&mut self.runs) {
            self.move_on(run, heard, echoes);
        }
        for one in coming {
            match self.let_in(&one) {
                Ok(run) => self.move_on(run, heard, echoes),
                Err(why) => self.out.refused.push((self.now, why)),
            }
        }
    }

    fn let_in(&mut self, coming: &Coming) -> Result<Run, Refused> {
        let plan = &self.stage.plan;
        let first = plan.first().ok_or(Refused::NotOpen)?;
        let candidate = Candidate {
            key: &coming.key,
            at: coming.at,
            by_hand: false,
        };
        let person = Person {
            customer: self.life.customer,
            kinds: self.life.kinds,
            profile: &self.profile,
            traces: &self.traces,
        };
        let scene = self.stage.conditions.scene();
        enter(plan, candidate, &self.earlier, (&person, scene), self.now)?;
        let customer = self.life.customer;
        let subject = self.earlier.first().map_or(customer, |run| run.subject);
        let id = id_of(&[
            &plan.id.to_bytes(),
            &coming.thread.to_bytes(),
            coming.key.as_bytes(),
            &self.now.0.to_be_bytes(),
            &self.earlier.len().to_be_bytes(),
        ]);
        let mut run = Run {
            id: RunId(id),
            journey: plan.id,
            version: plan.version,
            thread: coming.thread,
            customer,
            subject,
            key: coming.key.clone(),
            why: coming.why.clone(),
            entered_at: self.now,
            step: first.step.id.clone(),
            stand: Stand::Arrives,
            since: self.now,
            wakes_at: None,
            goal_at: None,
            ended: None,
            lines: 0,
            is_held_back: is_held_back(plan.id, subject, plan.journey.holdout_percent),
            holdout_percent: plan.journey.holdout_percent,
        };
        self.earlier.push(Earlier {
            key: run.key.clone(),
            entered_at: self.now,
            is_over: false,
            subject,
        });
        let line = Line {
            step: None,
            what: What::Entered,
            detail: coming.why.clone(),
        };
        self.write(&mut run, line);
        Ok(run)
    }

    fn move_on(&mut self, run: Run, heard: &[Heard], echoes: &[EventId]) {
        let person = Person {
            customer: self.life.customer,
            kinds: self.life.kinds,
            profile: &self.profile,
            traces: &self.traces,
        };
        let facts = Facts {
            person: &person,
            scene: self.stage.conditions.scene(),
            heard,
            // Nobody says what came of a task that nobody was given.
            outcome: None,
            echoes,
        };
        let moved = advance(&self.stage.plan, run, &facts, self.now);
        let mut run = moved.run;
        for line in moved.lines {
            self.write(&mut run, line);
        }
        for effect in moved.effects {
            self.act(&run, effect);
        }
        if run.ended.is_none() {
            self.runs.push(run);
            return;
        }
        let is_it = |it: &&mut Earlier| it.key == run.key && it.entered_at == run.entered_at;
        if let Some(earlier) = self.earlier.iter_mut().find(is_it) {
            earlier.is_over = true;
        }
        self.out.runs.push(run);
    }

    fn write(&mut self, run: &mut Run, line: Line) {
        run.lines += 1;
        self.out.lines.push((run.id, self.now, line));
    }

    fn act(&mut self, run: &Run, effect: Effect) {
        let step = effect.step;
        match effect.kind {
            EffectKind::Send(send) => {
                let voice = self.stage.voices.get(&send.piece);
                let valid_s = i64::from(send.valid_days) * DAY_SECONDS;
                let id = id_of(&[&run.id.to_bytes(), step.0.as_bytes(), b"message"]);
                self.queue.push(self.out.messages.len());
                self.out.messages.push(Said {
                    id: MessageId(id),
                    run: run.id,
                    step,
                    piece: send.piece,
                    medium: send.medium,
                    fallbacks: send.fallbacks.clone(),
                    class: voice.map_or(Class::Marketing, |voice| voice.class),
                    value: send.value,
                    planned_at: self.now,
                    expires_at: self.now.plus_seconds(valid_s),
                    due_at: self.now,
                    fate: Fate::Waits,
                    verdicts: Vec::new(),
                });
            }
            EffectKind::Set(id, set) => {
                let properties = json!({ set.key.as_str(): set.value });
                self.echo(run.thread, id, EventKind::Identify, "", &properties);
            }
            EffectKind::Join(id, list) => self.list(run, id, (LIST_JOINED, list)),
            EffectKind::Leave(id, list) => self.list(run, id, (LIST_LEFT, list)),
            EffectKind::Record(id, record) => {
                let properties = json!(record.properties);
                self.echo(run.thread, id, EventKind::Track, &record.name, &properties);
            }
            EffectKind::Goal(id, name, value) => {
                let properties = json!({
                    "journey": run.journey.to_string(), "run": run.id.to_string(),
                    "goal": name, "value": value,
                });
                self.echo(run.thread, id, EventKind::Track, GOAL_REACHED, &properties);
            }
            // Told in the lines: nobody is asked, nobody is told, nothing is started.
            EffectKind::Ask(_)
            | EffectKind::AskLate
            | EffectKind::Tell(_)
            | EffectKind::Start(_)
            | EffectKind::Withdraw => {}
        }
    }

    /// Puts an event on the thread, as it would have come there.
    fn list(&mut self, run: &Run, id: EventId, (name, list): (&str, ListId)) {
        let properties = json!({ "list": list.to_string(), "actor": run.journey.to_string() });
        self.echo(run.thread, id, EventKind::Track, name, &properties);
    }

    pub(super) fn echo(
        &mut self,
        thread: NodeId,
        id: EventId,
        kind: EventKind,
        name: &str,
        properties: &serde_json::Value,
    ) {
        self.echoes.push_back(Event {
            id,
            thread,
            at: self.now,
            received_at: self.now,
            original_at: None,
            clock_suspect: false,
            kind,
            trust: Trust::Verified,
            channel: Channel::Server,
            source: SourceId::JOURNEYS,
            message_id: CompactString::default(),
            name: CompactString::from(name),
            identifiers: Default::default(),
            properties: properties.to_string().into_boxed_str(),
            context: "{}".into(),
        });
    }
}
