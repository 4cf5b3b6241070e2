//! What is lost without a channel, in the Markov chain of all paths: Anderl, Becker, von
//! Wangenheim, Schumann, "Mapping the customer journey: Lessons learned from graph-based online
//! attribution modeling", International Journal of Research in Marketing 33 (2016), 457–474.
//! ChannelAttribution draws paths by chance; here the chain is solved.
//!
//! Solved backwards, from the end of a journey to its beginning: of each state, which share of its
//! visits comes about without the channel. It is the mean of those shares of the states before it,
//! weighted with how often it followed on each, and 1 where a journey begins. That is a linear
//! system with the sums of the rows known, which Gauss and Seidel's iteration solves rising from 0,
//! for several channels in one sweep.

use super::chain::{Chain, State};
use super::{Credit, Order};
use crate::paths::Paths;

/// Channels that are taken away in one sweep, each on its own: what the registers hold.
const LANES: usize = 6;
/// The sum is at rest where no more of all conversions can be missing.
const REST: f64 = 1e-13;
/// Ordinary journeys take some dozens of sweeps, ones of a thousand touches some ten thousand.
const SWEEPS_MOST: usize = 100_000;
/// And so many looks at what follows on what, some seconds: a chain of very many states has fewer
/// sweeps.
const LOOKS_MOST: usize = 1 << 30;

/// What is lost without a channel, as a share of what there is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Effect {
    /// Of the conversions.
    pub conversions: f64,
    /// Of their value.
    pub value: f64,
}

/// What the chain says.
#[derive(Debug, Clone, PartialEq)]
pub struct Markov {
    /// How many states it has.
    pub states: usize,
    /// What is lost without each channel, as many as there are channels.
    pub effects: Vec<Effect>,
    /// The credit of each channel: what was seen, shared in proportion to the effects.
    pub credits: Vec<Credit>,
}

/// Credit by what is lost without a channel, in a chain whose states are the last touches, as many
/// as the order says: a journey that would come into a state that touches the channel ends there
/// without a conversion.
///
/// `None` where nothing was converted or all paths touch the same; where there are more than 64
/// channels, or more than 65,535 states; or where journeys are so long that the solution does not
/// come to rest.
#[must_use]
pub fn markov(paths: &Paths, order: Order) -> Option<Markov> {
    if !paths.tell_apart() {
        return None;
    }
    let chain = Chain::of(paths, order)?;
    let visited = chain.states.iter().filter(|it| it.visits > 0.0);
    let touched = visited.fold(0, |touched, state| touched | state.touched);
    let mut effects = vec![Effect::default(); paths.channels()];
    // Nothing is lost without what nobody touches.
    let channels: Vec<usize> = (0..paths.channels())
        .filter(|channel| touched >> channel & 1 == 1)
        .collect();
    for channels in channels.chunks(LANES) {
        let mut removed = [1 << channels[0]; LANES];
        for (removed, channel) in removed.iter_mut().zip(channels) {
            *removed = 1 << channel;
        }
        for (channel, effect) in channels.iter().zip(without(&chain, removed)?) {
            effects[*channel] = effect;
        }
    }
    let all = |of: fn(&Effect) -> f64| effects.iter().map(of).sum::<f64>();
    let (conversions, value) = (all(|it| it.conversions), all(|it| it.value));
    let share = |part: f64, whole: f64, seen: f64| match whole > 0.0 {
        true => part / whole * seen,
        false => 0.0,
    };
    let seen = seen(&chain);
    let credits = effects.iter().map(|effect| Credit {
        conversions: share(effect.conversions, conversions, seen.conversions),
        value: share(effect.value, value, seen.value),
    });
    Some(Markov {
        states: chain.states.iter().filter(|it| it.visits > 0.0).count(),
        credits: credits.collect(),
        effects,
    })
}

fn seen(chain: &Chain) -> Credit {
    let states = chain.states.iter();
    states.fold(Credit::default(), |sum, state| Credit {
        conversions: sum.conversions + state.conversions,
        value: sum.value + state.value,
    })
}

/// What is lost without some channels, each a bit and each on its own; without none it is nothing.
pub(super) fn without(chain: &Chain, removed: [u64; LANES]) -> Option<[Effect; LANES]> {
    let seen = seen(chain);
    // A visit that is missing costs one conversion at most, so what a sweep moves bounds what is
    // still missing; finer than the rounding of all visits it cannot become.
    let rest = (REST * seen.conversions).max(4.0 * f64::EPSILON * chain.visits());
    let part = |state: &State, removed: u64| match state.touched & removed {
        0 if state.visits > 0.0 => 1.0 / (state.visits - state.stays),
        _ => 0.0,
    };
    let parts: Vec<[f64; LANES]> = chain
        .states
        .iter()
        .map(|state| removed.map(|removed| part(state, removed)))
        .collect();
    let mut shares = vec![[0.0; LANES]; chain.states.len()];
    let mut is_at_rest = false;
    let sweeps = SWEEPS_MOST.min(LOOKS_MOST / chain.before.len().max(1));
    for _sweep in 0..sweeps {
        let moved = sweep(chain, &parts, &mut shares);
        is_at_rest = moved.iter().all(|moved| *moved <= rest);
        if is_at_rest {
            break;
        }
    }
    let mut left = [Credit::default(); LANES];
    for (state, shares) in chain.states.iter().zip(&shares) {
        for (left, share) in left.iter_mut().zip(shares) {
            left.conversions += state.conversions * share;
            left.value += state.value * share;
        }
    }
    // Rounding may leave a little more than there is.
    let lost = |left: f64, seen: f64| match seen > 0.0 {
        true => (1.0 - left / seen).clamp(0.0, 1.0),
        false => 0.0,
    };
    is_at_rest.then(|| {
        left.map(|left| Effect {
            conversions: lost(left.conversions, seen.conversions),
            value: lost(left.value, seen.value),
        })
    })
}

/// Sets each share to what those before it make it, one state after the other, and tells how many
/// visits that moved.
fn sweep(chain: &Chain, parts: &[[f64; LANES]], shares: &mut [[f64; LANES]]) -> [f64; LANES] {
    let mut moved = [0.0; LANES];
    let mut begin = 0;
    for (at, (state, part)) in chain.states.iter().zip(parts).enumerate() {
        let mut sum = [state.starts; LANES];
        for (from, weight) in &chain.before[begin..state.end] {
            let share = shares[*from as usize];
            for lane in 0..LANES {
                sum[lane] += weight * share[lane];
            }
        }
        begin = state.end;
        for lane in 0..LANES {
            let share = sum[lane] * part[lane];
            moved[lane] += (share - shares[at][lane]) * state.visits;
            shares[at][lane] = share;
        }
    }
    moved
}
