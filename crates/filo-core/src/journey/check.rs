//! What a journey must keep to before it starts: limits, parts that make sense together, and
//! what there is around it.
//!
//! **Invariant:** everything that is wrong is told at once, each with its place in the document.

use std::collections::{BTreeMap, BTreeSet};

use crate::access::Role;
use crate::id::{AudienceId, JourneyId, ListId, PieceId, SegmentId};
use crate::message::Medium;
use crate::profile::{is_standard_key, normal_key};
use crate::segment::{Condition, NAME_BYTES_MOST, Signal, Span, check as check_condition};
use crate::semantic;

use super::document::{DATE_DAYS_MOST, Journey, Trigger, is_at_most_days};
use super::holdout::HOLDOUT_MOST_PERCENT;
use super::moment::Moment;
use super::step::{Action, Ask, Step, StepId};

/// Steps of one journey.
pub const STEPS_MOST: usize = 100;
/// Steps within steps.
pub const DEPTH_MOST: usize = 6;
/// Ways of a branch, and outcomes of a task.
pub const WAYS_MOST: usize = 8;
/// Ways of a split.
pub const ARMS_MOST: usize = 5;
/// Conditions of leaving.
pub const EXITS_MOST: usize = 5;
/// Letters of the name of a way, a goal, a task.
pub const NAME_CHARS_MOST: usize = 80;
/// Letters of what else there is to know about a task.
const HINT_CHARS_MOST: usize = 500;
/// Bytes of the id of a step.
const ID_BYTES_MOST: usize = 40;
/// Values that an event carries.
const PROPERTIES_MOST: usize = 20;
/// Bytes of a value.
const VALUE_BYTES_MOST: usize = 500;
/// The longest wait, in days: ten years.
const WAIT_DAYS_MOST: u32 = 3_660;
/// The oldest that what triggers may be, in days.
const FRESH_DAYS_MOST: u32 = 30;

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{cause} (at `{at}`)")]
pub struct Fault {
    /// The place in the journey's JSON, as a JSON pointer.
    pub at: String,
    /// The step, where it is one.
    pub step: Option<StepId>,
    /// What is wrong there, and what to do.
    pub cause: String,
}

/// What there is around a journey.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// The segments that there are.
    pub segments: BTreeSet<SegmentId>,
    /// The lists that there are.
    pub lists: BTreeSet<ListId>,
    /// The pieces that there are, each with the media for which it has a text.
    pub pieces: BTreeMap<PieceId, Vec<Medium>>,
    /// The audiences that there are.
    pub audiences: BTreeSet<AudienceId>,
    /// The other journeys that there are, each with those that it starts.
    pub starts: BTreeMap<JourneyId, Vec<JourneyId>>,
}

/// Everything that is wrong with a journey; nothing of one that can start.
#[must_use]
pub fn check(id: JourneyId, journey: &Journey, around: &Around) -> Vec<Fault> {
    let mut checking = Checking {
        id,
        around,
        ids: BTreeSet::new(),
        count: 0,
        faults: Vec::new(),
        step: None,
        has_goal: journey.goal.is_some(),
    };
    checking.trigger(journey);
    for (place, condition) in journey.exit.iter().enumerate() {
        checking.condition(condition, &format!("/exit/{place}"));
    }
    checking.must(
        journey.exit.len() <= EXITS_MOST,
        "/exit",
        format!("at most {EXITS_MOST} conditions of leaving"),
    );
    if let Some(goal) = &journey.goal {
        checking.name(&goal.name, "/goal/name");
        checking.signal(&goal.event, "/goal/event");
    }
    checking.must(
        journey.holdout_percent <= HOLDOUT_MOST_PERCENT,
        "/holdout_percent",
        format!("0 to {HOLDOUT_MOST_PERCENT} of a hundred"),
    );
    checking.approval(journey.approval, "/approval");
    checking.must(!journey.steps.is_empty(), "/steps", "add a step".to_owned());
    checking.steps(&journey.steps, "/steps", 1);
    checking.must(
        checking.count <= STEPS_MOST,
        "/steps",
        format!("at most {STEPS_MOST} steps: put some into a journey of their own"),
    );
    checking.faults
}

pub(super) struct Checking<'a> {
    id: JourneyId,
    pub(super) around: &'a Around,
    ids: BTreeSet<StepId>,
    count: usize,
    faults: Vec<Fault>,
    step: Option<StepId>,
    pub(super) has_goal: bool,
}

impl Checking<'_> {
    pub(super) fn must(&mut self, is_so: bool, at: &str, cause: String) {
        if !is_so {
            self.faults.push(Fault {
                at: at.to_owned(),
                step: self.step.clone(),
                cause,
            });
        }
    }

    fn trigger(&mut self, journey: &Journey) {
        match &journey.trigger {
            Trigger::Event(signal) => self.signal(signal, "/trigger/event"),
            Trigger::SegmentEntered(id) => self.segment(*id, "/trigger/segment_entered"),
            Trigger::SegmentLeft(id) => self.segment(*id, "/trigger/segment_left"),
            Trigger::Broadcast(id) => self.segment(*id, "/trigger/broadcast"),
            Trigger::Date(date) => {
                self.key(&date.key, "/trigger/date/key");
                let fits = date.days.unsigned_abs() <= DATE_DAYS_MOST;
                self.must(
                    fits,
                    "/trigger/date/days",
                    format!("at most {DATE_DAYS_MOST} days away"),
                );
            }
            Trigger::Hand {} => {}
            Trigger::Schedule(schedule) => self.schedule(schedule),
        }
        if let Some(condition) = &journey.only_if {
            self.condition(condition, "/if");
        }
        let fits = is_at_most_days(journey.fresh_for, FRESH_DAYS_MOST);
        self.must(
            fits,
            "/fresh_for",
            format!("at most {FRESH_DAYS_MOST} days"),
        );
    }

    fn condition(&mut self, condition: &Condition, at: &str) {
        if let Err(fault) = check_condition(condition) {
            self.must(false, &format!("{at}{}", fault.at), fault.cause.to_string());
        }
        for id in condition.segments() {
            self.segment(id, at);
        }
        for id in condition.lists() {
            self.list(id, at);
        }
    }

    fn list(&mut self, id: ListId, at: &str) {
        let is_there = self.around.lists.contains(&id);
        self.must(is_there, at, format!("there is no list {id} in use"));
    }

    pub(super) fn segment(&mut self, id: SegmentId, at: &str) {
        let is_there = self.around.segments.contains(&id);
        self.must(is_there, at, format!("there is no segment {id} in use"));
    }

    fn signal(&mut self, signal: &Signal, at: &str) {
        let name = &signal.pattern().name;
        let fits = name.len() <= NAME_BYTES_MOST && name.trim() == name.as_str();
        let says = !name.is_empty() || !signal.pattern().filters.is_empty();
        let hint = format!("name an event, with at most {NAME_BYTES_MOST} bytes");
        self.must(fits && says, &format!("{at}/name"), hint);
    }

    fn key(&mut self, key: &str, at: &str) {
        let is_normal = normal_key(key).as_deref() == Some(key);
        let hint = "write the trait in small letters, with _ between words";
        self.must(is_normal, at, hint.to_owned());
    }

    pub(super) fn name(&mut self, name: &str, at: &str) {
        let is_line = !name.trim().is_empty() && !name.chars().any(char::is_control);
        let fits = is_line && name.chars().count() <= NAME_CHARS_MOST;
        self.must(
            fits,
            at,
            format!("a line of 1 to {NAME_CHARS_MOST} characters"),
        );
    }

    fn steps(&mut self, steps: &[Step], at: &str, depth: usize) {
        if depth > DEPTH_MOST && !steps.is_empty() {
            let hint = format!("at most {DEPTH_MOST} steps within each other");
            return self.must(false, at, hint);
        }
        for (place, step) in steps.iter().enumerate() {
            let at = format!("{at}/{place}");
            self.count += 1;
            let outer = self.step.replace(step.id.clone());
            self.id(&step.id, &at);
            let within = format!("{at}/do/{}", step.action.word());
            self.action(&step.action, &within);
            if matches!(step.action, Action::End {}) {
                let is_last = place + 1 == steps.len();
                self.must(is_last, &at, "nothing comes after an end".to_owned());
            }
            for (list, steps) in step.action.lists() {
                self.steps(steps, &format!("{within}/{list}"), depth + 1);
            }
            self.step = outer;
        }
    }

    fn id(&mut self, id: &StepId, at: &str) {
        let is_letter =
            |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || b"_-".contains(&it);
        let text = id.0.as_str();
        let fits = (1..=ID_BYTES_MOST).contains(&text.len()) && text.bytes().all(is_letter);
        let hint = format!("1 to {ID_BYTES_MOST} small letters, digits, _ or -");
        self.must(fits, &format!("{at}/id"), hint);
        let is_new = self.ids.insert(id.clone());
        self.must(
            is_new,
            &format!("{at}/id"),
            "another step has this id".to_owned(),
        );
    }

    fn action(&mut self, action: &Action, at: &str) {
        match action {
            Action::Wait(wait) => {
                let says = wait.span.is_some() || wait.until.is_some();
                self.must(says, at, "say how long, or until when".to_owned());
                let fits = wait
                    .span
                    .is_none_or(|span| is_at_most_days(span, WAIT_DAYS_MOST));
                self.must(fits, &format!("{at}/for"), "at most ten years".to_owned());
                if let Some(until) = &wait.until {
                    self.moment(until, &format!("{at}/until"));
                }
            }
            Action::WaitForDate(wait) => {
                self.key(&wait.key, &format!("{at}/key"));
                let fits = wait.days.unsigned_abs() <= DATE_DAYS_MOST;
                let hint = format!("at most {DATE_DAYS_MOST} days away");
                self.must(fits, &format!("{at}/days"), hint);
            }
            Action::WaitForEvent(wait) => {
                self.signal(&wait.event, &format!("{at}/event"));
                self.within(wait.within, at);
            }
            Action::WaitUntil(wait) => {
                self.condition(&wait.condition, &format!("{at}/if"));
                self.within(wait.within, at);
            }
            Action::Branch(branch) => {
                let fits = (1..=WAYS_MOST).contains(&branch.ways.len());
                self.must(
                    fits,
                    &format!("{at}/ways"),
                    format!("1 to {WAYS_MOST} ways"),
                );
                for (place, way) in branch.ways.iter().enumerate() {
                    self.condition(&way.condition, &format!("{at}/ways/{place}/if"));
                    if !way.name.is_empty() {
                        self.name(&way.name, &format!("{at}/ways/{place}/name"));
                    }
                }
            }
            Action::Split(split) => self.split(split, at),
            Action::Ask(ask) => self.ask(ask, at),
            Action::Send(send) => self.send(send, at),
            Action::SetTrait(_) | Action::Record(_) => self.event(action, at),
            Action::JoinList(of) | Action::LeaveList(of) => {
                self.list(of.list, &format!("{at}/list"));
            }
            Action::JoinAudience(of) | Action::LeaveAudience(of) => {
                let is_there = self.around.audiences.contains(&of.audience);
                let why = format!("there is no audience {} in use", of.audience);
                self.must(is_there, &format!("{at}/audience"), why);
            }
            Action::Webhook { name } | Action::Goal { name } => {
                self.name(name, &format!("{at}/name"));
            }
            Action::Start(start) => self.start(start.journey, &format!("{at}/journey")),
            Action::End {} => {}
        }
    }

    fn within(&mut self, span: Span, at: &str) {
        let fits = is_at_most_days(span, WAIT_DAYS_MOST);
        let at = format!("{at}/within");
        self.must(fits, &at, "at most ten years".to_owned());
    }

    fn moment(&mut self, moment: &Moment, at: &str) {
        let says_one = moment.at.is_none() || (moment.from.is_none() && moment.to.is_none());
        let hint = "say either a time, or from when to when";
        self.must(says_one, at, hint.to_owned());
        if let (Some(from), Some(to)) = (moment.from, moment.to) {
            let hint = "put the earlier time before the later";
            self.must(from < to, &format!("{at}/to"), hint.to_owned());
        }
    }

    fn ask(&mut self, ask: &Ask, at: &str) {
        self.name(&ask.title, &format!("{at}/title"));
        let fits = ask.hint.chars().count() <= HINT_CHARS_MOST;
        let hint = format!("at most {HINT_CHARS_MOST} characters");
        self.must(fits, &format!("{at}/hint"), hint);
        let is_role = ask.role.is_empty() || Role::from_word(&ask.role).is_some();
        let words = Role::ALL.map(Role::word).join(", ");
        self.must(is_role, &format!("{at}/role"), format!("one of {words}"));
        let fits = (1..=WAYS_MOST).contains(&ask.outcomes.len());
        self.must(
            fits,
            &format!("{at}/outcomes"),
            format!("1 to {WAYS_MOST} outcomes"),
        );
        let mut names = BTreeSet::new();
        for (place, outcome) in ask.outcomes.iter().enumerate() {
            let at = format!("{at}/outcomes/{place}/name");
            self.name(&outcome.name, &at);
            let is_new = names.insert(outcome.name.to_lowercase());
            self.must(is_new, &at, "another outcome has this name".to_owned());
        }
        let says = ask.within.is_some() || ask.otherwise.is_empty();
        let hint = "say after how long without an outcome";
        self.must(says, &format!("{at}/otherwise"), hint.to_owned());
    }

    fn event(&mut self, action: &Action, at: &str) {
        let is_plain = |value: &serde_json::Value| {
            !value.is_array() && !value.is_object() && value.to_string().len() <= VALUE_BYTES_MOST
        };
        let hint = || format!("a text, a number, true or false, at most {VALUE_BYTES_MOST} bytes");
        match action {
            Action::SetTrait(set) => {
                self.key(&set.key, &format!("{at}/key"));
                let is_own = !is_standard_key(&set.key);
                let why = "Filo reads this trait itself: choose another";
                self.must(is_own, &format!("{at}/key"), why.to_owned());
                self.must(is_plain(&set.value), &format!("{at}/value"), hint());
            }
            Action::Record(record) => {
                self.name(&record.name, &format!("{at}/name"));
                let is_own = !semantic::is_known(semantic::canonical(&record.name));
                let why = "Filo reads a meaning into this name: choose one of your own";
                self.must(is_own, &format!("{at}/name"), why.to_owned());
                let fits = record.properties.len() <= PROPERTIES_MOST;
                let most = format!("at most {PROPERTIES_MOST} values");
                self.must(fits, &format!("{at}/properties"), most);
                for (key, value) in &record.properties {
                    self.must(is_plain(value), &format!("{at}/properties/{key}"), hint());
                }
            }
            _ => {}
        }
    }

    /// Another journey must be there, and must not lead back here.
    fn start(&mut self, other: JourneyId, at: &str) {
        let is_there = other == self.id || self.around.starts.contains_key(&other);
        self.must(is_there, at, format!("there is no journey {other}"));
        let mut seen = BTreeSet::from([other]);
        let mut waiting = vec![other];
        while let Some(one) = waiting.pop() {
            if one == self.id {
                let hint = "this would lead back to this journey: leave one of them out";
                return self.must(false, at, hint.to_owned());
            }
            let started = self.around.starts.get(&one).into_iter().flatten();
            waiting.extend(started.filter(|next| seen.insert(**next)));
        }
    }
}
