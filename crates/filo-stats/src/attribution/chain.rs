//! The Markov chain of all paths: its states are the last touches, as many as the order says, and
//! how often each state followed on which.
//!
//! **Invariant:** of each state as many journeys leave as come, so that it is known without solving
//! anything how often the chain visits it: as often as was seen.

use std::collections::HashMap;

use super::{KEY_BITS, Order, key_after};
use crate::counting::real;
use crate::paths::Paths;

/// What a state has touched is kept as the bits of one number.
pub(super) const CHANNELS_MOST: usize = 64;
/// With all channels the table of this many nodes takes 50 MB.
const NODES_MOST: usize = 1 << 16;
/// The place of what was not met yet.
const UNMET: u32 = u32::MAX;

/// A state. Counts are of journeys.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    /// A bit for each channel that it touches.
    pub(super) touched: u64,
    /// How many begin here: with their first touches, as many as the order says, or all of them
    /// where there are fewer.
    pub(super) starts: f64,
    /// How often it is visited.
    pub(super) visits: f64,
    /// How often it follows on itself.
    pub(super) stays: f64,
    /// How many end here with a conversion.
    pub(super) conversions: f64,
    /// What these are worth.
    pub(super) value: f64,
    /// Where its row of the states before it ends; it begins where the one of the state before
    /// ends.
    pub(super) end: usize,
}

/// The chain.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    pub(super) states: Vec<State>,
    /// For each state in turn the other ones it followed on, and how often.
    pub(super) before: Vec<(u32, f64)>,
}

impl Chain {
    /// The chain of an order. `None` where there are too many channels or states.
    pub(super) fn of(paths: &Paths, order: Order) -> Option<Self> {
        if paths.channels() > CHANNELS_MOST {
            return None;
        }
        let mut walk = Walk::new(paths.channels(), order.touches());
        for row in paths.rows().iter().filter(|row| row.journeys() > 0) {
            let node = walk.along(&row.touches, real(row.journeys()))?;
            walk.states[node].conversions += real(row.conversions);
            walk.states[node].value += row.value;
        }
        Some(walk.chain())
    }

    /// How often all states are visited.
    pub(super) fn visits(&self) -> f64 {
        self.states.iter().map(|state| state.visits).sum()
    }
}

/// The chain while it is built: an automaton whose nodes are the states, and what leads to the
/// first of them. To follow a path is one look into a table per touch.
struct Walk {
    channels: usize,
    most: usize,
    keys: HashMap<u64, u32>,
    key_of: Vec<u64>,
    /// Of each node.
    states: Vec<State>,
    /// Of each node and channel the node that follows.
    next: Vec<u32>,
    /// Of each node and channel how often it did, as a state.
    flow: Vec<f64>,
}

impl Walk {
    fn new(channels: usize, most: usize) -> Self {
        let mut walk = Self {
            channels,
            most,
            keys: HashMap::new(),
            key_of: Vec::new(),
            states: Vec::new(),
            next: Vec::new(),
            flow: Vec::new(),
        };
        walk.add(0);
        walk
    }

    /// Goes along a path so many times, and gives the node where it ends. `None` where there are
    /// too many nodes.
    fn along(&mut self, touches: &[u16], journeys: f64) -> Option<usize> {
        let first = self.most.min(touches.len());
        let mut node = 0;
        for (done, touch) in touches.iter().enumerate() {
            let place = node * self.channels + usize::from(*touch);
            if self.next[place] == UNMET {
                self.next[place] = self.meet(node, *touch)?;
            }
            if done >= first {
                self.flow[place] += journeys;
            }
            node = self.next[place] as usize;
            if done + 1 == first {
                self.states[node].starts += journeys;
            }
        }
        Some(node)
    }

    fn meet(&mut self, node: usize, touch: u16) -> Option<u32> {
        let key = key_after(self.key_of[node], touch, self.most);
        if let Some(known) = self.keys.get(&key) {
            return Some(*known);
        }
        (self.key_of.len() < NODES_MOST).then(|| self.add(key))
    }

    fn add(&mut self, key: u64) -> u32 {
        let node = u32::try_from(self.key_of.len()).unwrap_or(UNMET);
        self.keys.insert(key, node);
        self.key_of.push(key);
        self.states.push(State {
            touched: touched(key),
            ..State::default()
        });
        let table = self.key_of.len() * self.channels;
        self.next.resize(table, UNMET);
        self.flow.resize(table, 0.0);
        node
    }
    /// What is left once all paths were gone.
    fn chain(self) -> Chain {
        let mut states = self.states;
        let flows = || {
            let places = self.flow.iter().zip(&self.next).enumerate();
            let met = places.filter(|(_, (flow, _))| **flow > 0.0);
            met.map(|(place, (flow, to))| (place / self.channels, *to as usize, *flow))
        };
        let mut rows = vec![0; states.len()];
        states.iter_mut().for_each(|it| it.visits = it.starts);
        for (from, to, flow) in flows() {
            states[to].visits += flow;
            if from == to {
                states[to].stays = flow;
            } else {
                rows[to] += 1;
            }
        }
        let mut end = 0;
        for (state, row) in states.iter_mut().zip(&mut rows) {
            (*row, end) = (end, end + *row);
            state.end = end;
        }
        let mut before = vec![(0, 0.0); end];
        for (from, to, flow) in flows().filter(|(from, to, _)| from != to) {
            before[rows[to]] = (u32::try_from(from).unwrap_or(UNMET), flow);
            rows[to] += 1;
        }
        Chain { states, before }
    }
}

/// The channels of a key, a bit for each.
fn touched(key: u64) -> u64 {
    let digits = (0..).map(|place| key.checked_shr(place * KEY_BITS).unwrap_or(0));
    let digits = digits
        .take_while(|rest| *rest > 0)
        .map(|rest| rest % (1 << KEY_BITS));
    digits.fold(0, |bits, digit| bits | 1 << (digit - 1))
}
