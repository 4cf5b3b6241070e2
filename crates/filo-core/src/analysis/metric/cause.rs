//! Where a difference comes from: what each channel, source, kind of event and segment added to it.
//!
//! **Invariant:** over channels, sources and kinds of event the contributions come to the whole
//! difference; segments overlap, so theirs do not. It is bookkeeping, not proof of a cause.

use std::collections::BTreeMap;

use super::compare::{Figure, figure_of, sums};
use super::{Metric, Paired, Part};
use crate::id::{CustomerId, SegmentId};

/// Contributions of a dimension that are told.
const TOLD_MOST: usize = 3;
/// What changed less than in step with everything else is no hint: a tenth of the difference.
const APART_LEAST: f64 = 0.1;

/// By what a difference is taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Where it was.
    Channel,
    /// Which source told of it.
    Source,
    /// What the event is called.
    Event,
    /// Who is in it now.
    Segment,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Channel, Self::Source, Self::Event, Self::Segment];

    /// The word in the API and in catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::Source => "source",
            Self::Event => "event",
            Self::Segment => "segment",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// What one of a dimension added to the difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// Of which dimension.
    pub dimension: Dimension,
    /// Which: the word of a channel, the number of a source, the name of an event, the id of a
    /// segment.
    pub of: String,
    /// The figure of it alone, in the stretch.
    pub now: Option<f64>,
    /// And before.
    pub before: Option<f64>,
    /// How much of the difference comes from it, in what the figure is in.
    pub added: f64,
    /// The same as a part of the difference: 1 is all of it, more than 1 if others went the other
    /// way.
    pub share: f64,
}

/// Every contribution that stands out, the greatest first of each dimension.
pub type Causes = Vec<Cause>;

/// Where the difference of a figure comes from. `days` are the lengths of both stretches, and
/// `members` says who is in a segment, sorted by id.
#[must_use]
pub fn causes(
    metric: Metric,
    people: &[Paired],
    days: (f64, f64),
    members: &[(SegmentId, Vec<CustomerId>)],
) -> Causes {
    let whole = Sides::of(
        people
            .iter()
            .map(|it| (it.now.as_slice(), it.before.as_slice())),
    );
    let measured = Measured::new(metric, &whole, days);
    if measured.difference.abs() < f64::EPSILON {
        return Vec::new();
    }
    let mut found = Vec::new();
    for dimension in [Dimension::Channel, Dimension::Source, Dimension::Event] {
        let mut groups: BTreeMap<String, Sides> = BTreeMap::new();
        for person in people {
            for part in &person.now {
                groups.entry(of(dimension, part)).or_default().now.add(part);
            }
            for part in &person.before {
                groups
                    .entry(of(dimension, part))
                    .or_default()
                    .before
                    .add(part);
            }
        }
        found.extend(measured.telling(dimension, groups));
    }
    let mut groups: BTreeMap<String, Sides> = BTreeMap::new();
    for (segment, members) in members {
        let within = people
            .iter()
            .filter(|it| members.binary_search(&it.customer).is_ok());
        let sides = Sides::of(within.map(|it| (it.now.as_slice(), it.before.as_slice())));
        groups.insert(segment.to_string(), sides);
    }
    found.extend(measured.telling(Dimension::Segment, groups));
    found
}

fn of(dimension: Dimension, part: &Part) -> String {
    match dimension {
        Dimension::Channel => part.channel.word().to_owned(),
        Dimension::Source => part.source.0.to_string(),
        Dimension::Event | Dimension::Segment => part.name.to_string(),
    }
}

#[derive(Default, Clone, Copy)]
struct Side {
    top: f64,
    bottom: f64,
}

impl Side {
    fn add(&mut self, part: &Part) {
        self.top += part.top;
        self.bottom += part.bottom;
    }
}

#[derive(Default, Clone, Copy)]
struct Sides {
    now: Side,
    before: Side,
}

impl Sides {
    fn of<'a>(people: impl Iterator<Item = (&'a [Part], &'a [Part])>) -> Self {
        let mut found = Self::default();
        for (now, before) in people {
            for (side, parts) in [(&mut found.now, now), (&mut found.before, before)] {
                let (top, bottom) = sums(parts);
                side.top += top;
                side.bottom += bottom;
            }
        }
        found
    }
}

/// The difference that is taken apart.
struct Measured<'a> {
    metric: Metric,
    whole: &'a Sides,
    /// How much longer the one stretch is than the other.
    scale: f64,
    difference: f64,
}

impl<'a> Measured<'a> {
    fn new(metric: Metric, whole: &'a Sides, days: (f64, f64)) -> Self {
        let mut measured = Self {
            metric,
            whole,
            scale: days.0 / days.1,
            difference: 0.0,
        };
        measured.difference = measured.added(whole);
        measured
    }

    /// What a group adds to the difference. Of a sum, what it is above its own pace of before; of
    /// a ratio, what it lies above the ratio of before, weighed by its part of all.
    fn added(&self, group: &Sides) -> f64 {
        if self.metric.measure().is_sum() {
            return group.now.top - group.before.top * self.scale;
        }
        let whole = self.whole;
        if whole.now.bottom <= 0.0 || whole.before.bottom <= 0.0 {
            return 0.0;
        }
        let ratio = whole.before.top / whole.before.bottom;
        let above = |side: Side, bottom: f64| (side.top - ratio * side.bottom) / bottom;
        above(group.now, whole.now.bottom) - above(group.before, whole.before.bottom)
    }

    /// How much of everything it was before.
    fn weight(&self, group: &Sides) -> f64 {
        let (of, all) = match self.metric.measure().is_sum() {
            true => (group.before.top, self.whole.before.top),
            false => (group.before.bottom, self.whole.before.bottom),
        };
        if all > 0.0 { of / all } else { 0.0 }
    }

    fn value(&self, side: Side) -> Option<f64> {
        let parts = [Part {
            at: crate::time::Timestamp::default(),
            top: side.top,
            bottom: side.bottom,
            channel: crate::event::Channel::Web,
            source: crate::id::SourceId::STAFF,
            name: compact_str::CompactString::default(),
        }];
        let figure: Figure = figure_of(self.metric, std::iter::once(parts.as_slice()));
        figure.value
    }

    /// The groups that went the way of the whole, by more than their size.
    fn telling(&self, dimension: Dimension, groups: BTreeMap<String, Sides>) -> Vec<Cause> {
        // Where all is of one kind, that says nothing.
        if groups.len() < 2 && dimension != Dimension::Segment {
            return Vec::new();
        }
        let cause = |(of, sides): (String, Sides)| {
            let added = self.added(&sides);
            let share = added / self.difference;
            let stands_out = share >= APART_LEAST && share - self.weight(&sides) >= APART_LEAST;
            stands_out.then(|| Cause {
                dimension,
                of,
                now: self.value(sides.now),
                before: self.value(sides.before),
                added,
                share,
            })
        };
        let mut found: Vec<Cause> = groups.into_iter().filter_map(cause).collect();
        found.sort_by(|one, other| {
            let by_share = other.share.total_cmp(&one.share);
            by_share.then_with(|| one.of.cmp(&other.of))
        });
        found.truncate(TOLD_MOST);
        found
    }
}
