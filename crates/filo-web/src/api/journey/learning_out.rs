//! How the shares of an experiment that learns are told in the API.

use filo_app::impact::LearningView;
use filo_app::journey::ShareView;
use filo_core::journey::{Belief, Seen, WHOLE};
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::answer::Text;

/// How the shares of an experiment learn.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExperimentLearning)]
pub(crate) struct LearningOut {
    /// Of a hundred, so many go each way at least.
    floor_percent: u8,
    /// Until so many have had their time on each way, the shares stay equal.
    warm_up: u32,
    /// `warming_up`, `learning`, or `frozen` or `equal` where a person let them stand still.
    state: &'static str,
    /// What is in force, in the order of the ways: 0.25 is a fourth.
    shares: Vec<f64>,
    /// What is to be believed of each way, if nothing was known before: no statement of how often
    /// it is wrong.
    beliefs: Vec<BeliefOut>,
    /// What came into force, the first first; empty while they are as they began. With it, the
    /// journey, the step and the person’s id it can be worked out again which way anybody went.
    history: Vec<SharesOut>,
}

/// What is to be believed of a way: a beta distribution, begun uniform.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExperimentBelief)]
pub(crate) struct BeliefOut {
    /// The share of those who reach the goal that is to be expected.
    mean: f64,
    /// With 2.5 % the share lies below.
    low: f64,
    /// With 2.5 % the share lies above.
    high: f64,
    /// How probable it is that this way is the best one.
    best: f64,
}

/// Shares from a moment on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExperimentShares)]
pub(crate) struct SharesOut {
    /// From when they hold.
    #[schema(value_type = String, format = DateTime)]
    since: Text<Timestamp>,
    /// In the order of the ways: 0.25 is a fourth.
    shares: Vec<f64>,
    /// `learnt`, or what a person said: `frozen`, `equal`, `resumed`.
    reason: &'static str,
    /// What was seen of each way by then; empty where a person said so.
    seen: Vec<SeenOut>,
    /// Who said so; null where they were learnt.
    made_by: Option<String>,
}

/// What was seen of a way.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExperimentSeen)]
pub(crate) struct SeenOut {
    /// Have had their time.
    counted: usize,
    /// Of these: reached the goal.
    reached: usize,
}

impl From<&LearningView> for LearningOut {
    fn from(view: &LearningView) -> Self {
        Self {
            floor_percent: view.adaptive.floor_percent,
            warm_up: view.adaptive.warm_up,
            state: view.state().word(),
            shares: parts(&view.shares),
            beliefs: view.beliefs.iter().map(Into::into).collect(),
            history: view.history.iter().map(Into::into).collect(),
        }
    }
}

impl From<&Belief> for BeliefOut {
    fn from(belief: &Belief) -> Self {
        Self {
            mean: belief.mean,
            low: belief.low,
            high: belief.high,
            best: belief.best,
        }
    }
}

impl From<&ShareView> for SharesOut {
    fn from(view: &ShareView) -> Self {
        Self {
            since: Text(view.since),
            shares: parts(&view.shares),
            reason: view.reason.word(),
            seen: view.seen.iter().map(Into::into).collect(),
            made_by: Some(view.made_by.clone()).filter(|name| !name.is_empty()),
        }
    }
}

impl From<&Seen> for SeenOut {
    fn from(seen: &Seen) -> Self {
        Self {
            counted: seen.counted,
            reached: seen.reached,
        }
    }
}

fn parts(shares: &[u16]) -> Vec<f64> {
    let whole = f64::from(WHOLE);
    shares
        .iter()
        .map(|share| f64::from(*share) / whole)
        .collect()
}
