//! What a rehearsal comes to over everybody: counts, of nobody by name.
//!
//! **Invariant:** the tally of a company is the merge of the tallies of its parts, however it was
//! parted and in whatever order they are merged.

use std::collections::BTreeMap;

use compact_str::CompactString;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::super::happening::What;
use super::{Fate, Rehearsed, Said};
use crate::message::Medium;
use crate::message::policy::Policy;
use crate::time::Timestamp;

/// Messages of one person from which on they are counted as "so many and more".
pub const EACH_MOST: usize = 12;

/// What became of messages, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fates {
    /// Would have been planned.
    pub planned: u64,
    /// Would have left.
    pub left: u64,
    /// Would never have left.
    pub stopped: u64,
    /// Would be waiting still.
    pub waits: u64,
    /// Would stand until a person does something.
    pub asks_person: u64,
    /// The piece is no more.
    pub unsayable: u64,
}

/// What would have happened at a step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepTally {
    /// How often what happened there, by word.
    pub happened: BTreeMap<CompactString, u64>,
    /// How many went which way.
    pub ways: BTreeMap<CompactString, u64>,
    /// What became of what it says.
    pub messages: Fates,
    /// How many stand there at the end.
    pub standing: u64,
}

/// What would have happened on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Day {
    /// Ways that would have begun.
    pub entered: u64,
    /// Messages that would have left.
    pub left: u64,
}

/// What a rehearsal comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// Customers who would have come in.
    pub people: u64,
    /// Ways that would have begun.
    pub runs: u64,
    /// How often somebody would not have come in, by the word of why.
    pub refused: BTreeMap<CompactString, u64>,
    /// How the ways would have ended, by word.
    pub endings: BTreeMap<CompactString, u64>,
    /// Ways that would be under way still.
    pub under_way: u64,
    /// Ways on which the goal was reached: it happened anyway.
    pub goals: u64,
    /// By step.
    pub steps: BTreeMap<CompactString, StepTally>,
    /// By medium.
    pub media: BTreeMap<Medium, Fates>,
    /// Messages that did not leave, by everything that stood in the way.
    pub reasons: BTreeMap<CompactString, u64>,
    /// Messages that waited before they left or did not, by what held them up first.
    pub held_up: BTreeMap<CompactString, u64>,
    /// By day of the company's calendar; days on which nothing would have happened are left out.
    pub days: BTreeMap<Date, Day>,
    /// Messages that would have left in each hour of each day on which any would.
    pub hours: BTreeMap<Date, [u64; 24]>,
    /// Messages that would have left on each of these days, by medium and by the id of the piece.
    #[serde(default)]
    pub said: BTreeMap<Date, BTreeMap<Medium, BTreeMap<CompactString, u64>>>,
    /// How often a person would have been asked for something, by day and step.
    #[serde(default)]
    pub asked: BTreeMap<Date, BTreeMap<CompactString, u64>>,
    /// Of those who would have come in, how many would have got so many messages; the last is for
    /// so many and more.
    pub each: [u64; EACH_MOST + 1],
    /// Of those who would have got marketing, how full their noise budget was at its fullest, in
    /// tenths; the last is for full.
    pub peaks: [u64; 11],
    /// Customers with whom it was broken off, because something changed too often.
    pub cut: u64,
}

impl Fates {
    fn note(&mut self, fate: Fate) {
        self.planned += 1;
        match fate {
            Fate::Waits => self.waits += 1,
            Fate::Left(_) => self.left += 1,
            Fate::Stopped(_) => self.stopped += 1,
            Fate::AsksPerson(_) => self.asks_person += 1,
            Fate::Unsayable(_) => self.unsayable += 1,
        }
    }

    /// Adds others.
    pub const fn add(&mut self, other: Self) {
        self.planned += other.planned;
        self.left += other.left;
        self.stopped += other.stopped;
        self.waits += other.waits;
        self.asks_person += other.asks_person;
        self.unsayable += other.unsayable;
    }
}

impl Tally {
    /// Counts what would have happened with one customer.
    pub fn note(&mut self, rehearsed: &Rehearsed, policy: &Policy, zone: &TimeZone) {
        for (_, why) in &rehearsed.refused {
            *self.refused.entry(why.word().into()).or_default() += 1;
        }
        self.cut += u64::from(rehearsed.is_cut);
        if rehearsed.runs.is_empty() {
            return;
        }
        self.people += 1;
        for run in &rehearsed.runs {
            self.runs += 1;
            self.goals += u64::from(run.goal_at.is_some());
            if let Some(day) = day_of(run.entered_at, zone) {
                self.days.entry(day.date()).or_default().entered += 1;
            }
            match run.ended {
                Some((_, ending)) => {
                    *self.endings.entry(ending.word().into()).or_default() += 1;
                }
                None => {
                    self.under_way += 1;
                    self.step(&run.step.0).standing += 1;
                }
            }
        }
        for (_, at, line) in &rehearsed.lines {
            let Some(id) = &line.step else { continue };
            if line.what == What::Asked
                && let Some(at) = day_of(*at, zone)
            {
                let steps = self.asked.entry(at.date()).or_default();
                *steps.entry(id.0.clone()).or_default() += 1;
            }
            let step = self.step(&id.0);
            *step.happened.entry(line.what.word().into()).or_default() += 1;
            if line.what == What::Went {
                *step.ways.entry(line.detail.clone()).or_default() += 1;
            }
        }
        for said in &rehearsed.messages {
            self.note_message(said, zone);
        }
        let left = |said: &&Said| matches!(said.fate, Fate::Left(_));
        let left = rehearsed.messages.iter().filter(left).count();
        self.each[left.min(EACH_MOST)] += 1;
        if let Some(tenths) = tenths_of(rehearsed.peak_points, policy) {
            self.peaks[tenths] += 1;
        }
    }

    fn step(&mut self, id: &CompactString) -> &mut StepTally {
        self.steps.entry(id.clone()).or_default()
    }

    fn note_message(&mut self, said: &Said, zone: &TimeZone) {
        self.step(&said.step.0).messages.note(said.fate);
        self.media.entry(said.medium).or_default().note(said.fate);
        for why in said.why() {
            *self.reasons.entry(why.into()).or_default() += 1;
        }
        if let Some(why) = said.held_up_by() {
            *self.held_up.entry(why.into()).or_default() += 1;
        }
        if let Fate::Left(at) = said.fate
            && let Some(at) = day_of(at, zone)
        {
            self.days.entry(at.date()).or_default().left += 1;
            let media = self.said.entry(at.date()).or_default();
            let pieces = media.entry(said.medium).or_default();
            let piece = CompactString::from(said.piece.to_string());
            *pieces.entry(piece).or_default() += 1;
            let hours = self.hours.entry(at.date()).or_default();
            if let Some(hour) = hours.get_mut(usize::try_from(at.hour()).unwrap_or(0)) {
                *hour += 1;
            }
        }
    }

    /// Takes in the tally of others.
    pub fn merge(&mut self, other: Self) {
        self.people += other.people;
        self.runs += other.runs;
        self.under_way += other.under_way;
        self.goals += other.goals;
        self.cut += other.cut;
        add(&mut self.refused, other.refused);
        add(&mut self.endings, other.endings);
        add(&mut self.reasons, other.reasons);
        add(&mut self.held_up, other.held_up);
        for (id, step) in other.steps {
            let own = self.step(&id);
            add(&mut own.happened, step.happened);
            add(&mut own.ways, step.ways);
            own.messages.add(step.messages);
            own.standing += step.standing;
        }
        for (medium, fates) in other.media {
            self.media.entry(medium).or_default().add(fates);
        }
        for (date, day) in other.days {
            let own = self.days.entry(date).or_default();
            own.entered += day.entered;
            own.left += day.left;
        }
        for (date, hours) in other.hours {
            let own = self.hours.entry(date).or_default();
            for (own, more) in own.iter_mut().zip(hours) {
                *own += more;
            }
        }
        for (date, media) in other.said {
            let own = self.said.entry(date).or_default();
            for (medium, pieces) in media {
                add(own.entry(medium).or_default(), pieces);
            }
        }
        for (date, steps) in other.asked {
            add(self.asked.entry(date).or_default(), steps);
        }
        for (own, more) in self.each.iter_mut().zip(other.each) {
            *own += more;
        }
        for (own, more) in self.peaks.iter_mut().zip(other.peaks) {
            *own += more;
        }
    }

    /// What became of all messages.
    #[must_use]
    pub fn messages(&self) -> Fates {
        let mut all = Fates::default();
        for fates in self.media.values() {
            all.add(*fates);
        }
        all
    }

    /// The hour in which most would have left, with how many; the first of equals.
    #[must_use]
    pub fn busiest_hour(&self) -> Option<(Date, u8, u64)> {
        let hours = self.hours.iter().flat_map(|(date, hours)| {
            let hours = (0u8..).zip(hours);
            hours.map(|(hour, count)| (*date, hour, *count))
        });
        let mut busiest: Option<(Date, u8, u64)> = None;
        for hour in hours.filter(|(_, _, count)| *count > 0) {
            if busiest.is_none_or(|known| hour.2 > known.2) {
                busiest = Some(hour);
            }
        }
        busiest
    }
}

fn add(into: &mut BTreeMap<CompactString, u64>, from: BTreeMap<CompactString, u64>) {
    for (word, count) in from {
        *into.entry(word).or_default() += count;
    }
}

/// How full the budget was, in tenths; nothing where there is none, or nothing was taken of it.
fn tenths_of(points: u32, policy: &Policy) -> Option<usize> {
    let whole = u32::from(policy.budget.points);
    if whole == 0 || points == 0 {
        return None;
    }
    usize::try_from(points * 10 / whole)
        .ok()
        .map(|it| it.min(10))
}

fn day_of(at: Timestamp, zone: &TimeZone) -> Option<jiff::civil::DateTime> {
    let at = jiff::Timestamp::from_microsecond(at.0).ok()?;
    Some(zone.to_datetime(at))
}
