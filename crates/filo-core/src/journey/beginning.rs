//! Beginning a step: what it does at once, and how the run stands at it afterwards.

use compact_str::CompactString;

use super::advance::{Next, Walking, event_of};
use super::happening::{EffectKind, What};
use super::moment::{Missing, due_after, due_on_date};
use super::plan::Placed;
use super::run::{Ending, Stand};
use super::split::way_of;
use super::step::{Action, StepId};
use crate::id::{AudienceId, EventId, ListId};
use crate::time::Timestamp;

/// How long an event that a step put on the thread may be on its way there.
const ECHO_SECONDS: i64 = 3_600;

impl Walking<'_> {
    /// Begins a step.
    #[expect(clippy::too_many_lines, reason = "a table is read as one")]
    pub(super) fn begin(&mut self, placed: &Placed) -> Next {
        let (id, since) = (&placed.step.id, self.run.since);
        let is_new = matches!(self.run.stand, Stand::Arrives);
        if self.run.is_held_back
            && let Some(next) = self.withhold(placed)
        {
            return next;
        }
        match &placed.step.action {
            Action::Wait(wait) => self.wait(id, due_after(wait, since, &self.zone)),
            Action::WaitForDate(wait) => {
                let traits = &self.facts.person.profile.traits;
                let due = traits.text(&wait.key);
                let due = due.and_then(|known| due_on_date(wait, &known, since, &self.zone));
                match (due, wait.missing) {
                    (Some(due), _) => self.wait(id, due),
                    (None, Missing::GoOn) => Next::To(placed.next),
                    (None, Missing::End) => Next::Ends(Ending::NoDate),
                }
            }
            Action::WaitForEvent(wait) => self.listen(id, wait.within.micros()),
            Action::WaitUntil(wait) => self.listen(id, wait.within.micros()),
            Action::Branch(branch) => {
                let mut ways = branch.ways.iter();
                let found = ways.position(|way| self.asks(&way.condition).holds);
                self.went(placed, found.unwrap_or(branch.ways.len()))
            }
            Action::Split(split) => {
                let shares = self.plan.shares(id, split, self.now);
                let way = way_of(self.run.journey, id, self.run.subject, &shares);
                self.went(placed, way)
            }
            Action::Ask(ask) => {
                let until = ask.within.map(|within| since.plus_micros(within.micros()));
                if is_new {
                    self.does(id, EffectKind::Ask(ask.clone()));
                    self.note(Some(id), What::Asked, ask.title.clone());
                }
                self.run.stand = Stand::Asked(until);
                Next::Stays
            }
            Action::Send(send) => {
                self.does(id, EffectKind::Send(send.clone()));
                let piece = CompactString::from(send.piece.to_string());
                self.note(Some(id), What::Sent, piece);
                Next::To(placed.next)
            }
            Action::SetTrait(set) => {
                let event = event_of(&self.run, id, 2);
                self.does(id, EffectKind::Set(event, set.clone()));
                self.note(Some(id), What::Set, set.key.clone());
                self.echo(event)
            }
            Action::JoinList(of) => self.list(placed, of.list, true),
            Action::LeaveList(of) => self.list(placed, of.list, false),
            Action::JoinAudience(of) => self.audience(placed, of.audience, true),
            Action::LeaveAudience(of) => self.audience(placed, of.audience, false),
            Action::Record(record) => {
                let event = event_of(&self.run, id, 2);
                self.does(id, EffectKind::Record(event, record.clone()));
                self.note(Some(id), What::Recorded, record.name.clone());
                self.echo(event)
            }
            Action::Webhook { name } => {
                self.does(id, EffectKind::Tell(name.clone()));
                self.note(Some(id), What::Told, name.clone());
                Next::To(placed.next)
            }
            Action::Start(start) => {
                self.does(id, EffectKind::Start(start.journey));
                let journey = CompactString::from(start.journey.to_string());
                self.note(Some(id), What::Started, journey);
                Next::To(placed.next)
            }
            Action::Goal { name } => {
                let event = event_of(&self.run, id, 1);
                self.run.goal_at = self.run.goal_at.or(Some(self.now));
                self.does(id, EffectKind::Goal(event, name.clone(), None));
                self.note(Some(id), What::Goal, name.clone());
                Next::To(placed.next)
            }
            Action::End {} => Next::Ends(Ending::Done),
        }
    }

    fn wait(&mut self, id: &StepId, due: Timestamp) -> Next {
        self.run.stand = Stand::Waits(due);
        if due > self.now {
            self.note(Some(id), What::Waits, CompactString::from(due.to_string()));
        }
        Next::Again
    }

    fn listen(&mut self, id: &StepId, within_micros: i64) -> Next {
        let until = self.run.since.plus_micros(within_micros);
        self.run.stand = Stand::Listens(until);
        self.note(
            Some(id),
            What::Waits,
            CompactString::from(until.to_string()),
        );
        Next::Again
    }

    /// Puts them on a list or takes them off.
    fn list(&mut self, placed: &Placed, list: ListId, joins: bool) -> Next {
        let what = if joins { What::Joined } else { What::Left };
        let detail = CompactString::from(list.to_string());
        self.note(Some(&placed.step.id), what, detail);
        self.say_listed(placed, list, joins)
    }

    /// Puts them into an audience or takes them out.
    fn audience(&mut self, placed: &Placed, audience: AudienceId, joins: bool) -> Next {
        let what = if joins { What::Offered } else { What::Recalled };
        let detail = CompactString::from(audience.to_string());
        self.note(Some(&placed.step.id), what, detail);
        self.say_listed(placed, audience.as_list(), joins)
    }

    /// Says it on the thread; whoever is where they should be stays as they are.
    fn say_listed(&mut self, placed: &Placed, list: ListId, joins: bool) -> Next {
        let id = &placed.step.id;
        let kind: fn(EventId, ListId) -> EffectKind = match joins {
            true => EffectKind::Join,
            false => EffectKind::Leave,
        };
        if self.facts.person.profile.lists.is_on(list) == joins {
            return Next::To(placed.next);
        }
        let event = event_of(&self.run, id, 2);
        self.does(id, kind(event, list));
        self.echo(event)
    }

    fn echo(&mut self, event: EventId) -> Next {
        self.run.stand = Stand::Echo(event, self.now.plus_seconds(ECHO_SECONDS));
        Next::Stays
    }
}
