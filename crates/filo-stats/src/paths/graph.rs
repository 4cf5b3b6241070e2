//! What follows directly on what, and where journeys begin, end and are lost.

use std::collections::BTreeMap;

use super::Paths;
use crate::counting::real;

/// What was seen of one channel. Counts are of touches and journeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Node {
    /// How often it was touched.
    pub visits: usize,
    /// How many journeys began there.
    pub starts: usize,
    /// How many journeys ended there with a conversion.
    pub conversions: usize,
    /// How many journeys ended there without one.
    pub drops: usize,
}

impl Node {
    /// How many journeys ended there, however they ended.
    #[must_use]
    pub const fn ends(&self) -> usize {
        self.conversions + self.drops
    }

    /// The share of visits after which the journey ended with a conversion; `None` where there was
    /// no visit.
    #[must_use]
    pub fn to_conversion(&self) -> Option<f64> {
        share(self.conversions, self.visits)
    }

    /// The share of visits after which the journey ended without one; `None` where there was no
    /// visit.
    #[must_use]
    pub fn drop_off(&self) -> Option<f64> {
        share(self.drops, self.visits)
    }
}

/// How often one channel was touched right after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Follow {
    /// The one before.
    pub from: u16,
    /// The one after; it may be the same.
    pub to: u16,
    /// How often.
    pub count: usize,
}

/// The directly-follows graph: van der Aalst, "A practitioner's guide to process mining:
/// Limitations of the directly-follows graph", Procedia Computer Science 164 (2019), 321–328.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    nodes: Vec<Node>,
    follows: BTreeMap<(u16, u16), usize>,
}

impl Graph {
    /// The graph of paths.
    #[must_use]
    pub fn of(paths: &Paths) -> Self {
        let mut nodes = vec![Node::default(); paths.channels()];
        let mut follows = BTreeMap::new();
        for row in paths.rows().iter().filter(|row| row.journeys() > 0) {
            let journeys = row.journeys();
            for touch in &row.touches {
                nodes[usize::from(*touch)].visits += journeys;
            }
            for pair in row.touches.windows(2) {
                *follows.entry((pair[0], pair[1])).or_insert(0) += journeys;
            }
            if let (Some(first), Some(last)) = (row.touches.first(), row.touches.last()) {
                nodes[usize::from(*first)].starts += journeys;
                nodes[usize::from(*last)].conversions += row.conversions;
                nodes[usize::from(*last)].drops += row.nulls;
            }
        }
        Self { nodes, follows }
    }

    /// What was seen of each channel, as many as there are channels.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// What follows on what at least once, in the order of the channels.
    pub fn follows(&self) -> impl Iterator<Item = Follow> {
        let follows = self.follows.iter();
        follows.map(|(&(from, to), &count)| Follow { from, to, count })
    }

    /// How often one channel was touched right after another.
    #[must_use]
    pub fn count(&self, from: u16, to: u16) -> usize {
        self.follows.get(&(from, to)).copied().unwrap_or(0)
    }

    /// The share of visits of one channel after which another was touched next. With
    /// [`Node::to_conversion`] and [`Node::drop_off`] the shares of a channel make one. `None`
    /// where there was no visit.
    #[must_use]
    pub fn probability(&self, from: u16, to: u16) -> Option<f64> {
        let visits = self.nodes.get(usize::from(from))?.visits;
        share(self.count(from, to), visits)
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| real(part) / real(whole))
}
