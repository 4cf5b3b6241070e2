//! Paths: what follows on what, and what each channel has to do with how ways end.

use filo_app::App;
use filo_app::analysis::{FlowView, Passing, PathsAsked, WaysAsked};
use filo_core::analysis::{Finding, Step, Touchpoint};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::WaysIn;
use super::told::{SequenceOut, ShareOut};
use crate::passing::{Said, passing};
use crate::problem::Problem;

/// More would leave out what is usual.
const LEAST_PERCENT_MOST: u8 = 50;

/// Which ways, and how rare a step may be.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PathsIn {
    /// As of `/analysis/ways`.
    from: Option<String>,
    /// As of `/analysis/ways`.
    until: Option<String>,
    /// As of `/analysis/ways`.
    orders: Option<String>,
    /// As of `/analysis/ways`.
    lookback_days: Option<u16>,
    /// As of `/analysis/ways`.
    segment: Option<String>,
    /// Steps gone fewer times on a hundred ways are left out: 0 to 50, usually 1.
    #[param(minimum = 0, maximum = 50, default = 1)]
    least_percent: Option<u8>,
}

/// Whose ways: with `step`, `touch` or `lost` those of a figure, without any all of them.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PathPeopleIn {
    /// Two places of a step with a dot between them, such as `start.web` or `email.order`.
    step: Option<String>,
    /// A channel that is touched.
    touch: Option<String>,
    /// Of `touch`, only ways that end with an `order`, or that are `open`.
    end: Option<String>,
    /// A channel that was the last touchpoint of a way without an order so far.
    lost: Option<String>,
    /// As of `/analysis/ways`.
    from: Option<String>,
    /// As of `/analysis/ways`.
    until: Option<String>,
    /// As of `/analysis/ways`.
    orders: Option<String>,
    /// As of `/analysis/ways`.
    lookback_days: Option<u16>,
    /// As of `/analysis/ways`.
    segment: Option<String>,
}

impl PathsIn {
    pub(super) fn read(self, app: &App) -> Result<PathsAsked, Problem> {
        let least_percent = self.least_percent.unwrap_or(1);
        if least_percent > LEAST_PERCENT_MOST {
            return Err(Problem::invalid("least_percent", "must be 0 to 50"));
        }
        let ways = WaysIn {
            from: self.from,
            until: self.until,
            orders: self.orders,
            lookback_days: self.lookback_days,
            segment: self.segment,
        };
        Ok(PathsAsked {
            ways: ways.read(app)?,
            least_percent,
        })
    }
}

impl PathPeopleIn {
    pub(super) fn read(self, app: &App) -> Result<(WaysAsked, Passing), Problem> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (step, touch) = (text(&self.step), text(&self.touch));
        let (lost, end) = (text(&self.lost), text(&self.end));
        let passing = passing(Said {
            step: &step,
            touch: &touch,
            lost: &lost,
            end: &end,
        });
        let why = "must be two places with a dot, or else there must be one channel in `touch` \
                   (with `order` or `open` in `end`) or in `lost`";
        let passing = passing.ok_or_else(|| Problem::invalid("step", why))?;
        let ways = WaysIn {
            from: self.from,
            until: self.until,
            orders: self.orders,
            lookback_days: self.lookback_days,
            segment: self.segment,
        };
        Ok((ways.read(app)?, passing))
    }
}

/// What follows on what, and what each channel has to do with how ways end.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Paths)]
pub(crate) struct PathsOut {
    /// What amounts are in.
    #[schema(example = "EUR")]
    currency: String,
    /// Ways.
    ways: u64,
    /// People, visitors among them, whose they are.
    people: u64,
    /// Ways that ended with an order.
    orders: u64,
    /// Ways without one, so far.
    open: u64,
    /// The steps, the one that is gone most first.
    steps: Vec<StepOut>,
    /// Steps that are rarer than `least_percent` and left out.
    rare_steps: u64,
    /// The sequences of channels that ended with an order most often, 12 at most.
    sequences: Vec<SequenceOut>,
    /// Every channel that was touched, the greatest difference in orders first.
    touchpoints: Vec<TouchpointOut>,
}

/// One place right after another: `start`, a channel, `order` or `open`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PathStep)]
pub(crate) struct StepOut {
    #[schema(value_type = String, example = "start")]
    from: &'static str,
    #[schema(value_type = String, example = "web")]
    to: &'static str,
    /// How often it was gone.
    times: u64,
    /// How many people went it.
    people: u64,
    /// Half took at most so many days; null from the start and to no order.
    median_days: Option<f64>,
}

/// A channel, and how the ways end that touch it. It is an association, not a cause.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PathTouchpoint)]
pub(crate) struct TouchpointOut {
    #[schema(value_type = String, example = "web")]
    channel: &'static str,
    /// Ways that touch it.
    ways: u64,
    /// People whose they are.
    people: u64,
    /// Of these ways, those that ended with an order.
    orders: u64,
    /// People whose those are.
    order_people: u64,
    /// Ways without an order so far, of which it was the last touchpoint.
    lost: u64,
    /// People whose those are.
    lost_people: u64,
    /// The share of `lost` in `ways`, with its interval of 95 %.
    drop_off: Option<ShareOut>,
    /// By how much the share of orders is larger than on ways that do not touch it; null where
    /// fewer than 30 orders came over it.
    difference: Option<ShareOut>,
    /// Days from the first touchpoint to the order; null with fewer than 30 orders with it or
    /// without it.
    pace: Option<PaceOut>,
    /// What can be said of it: `more_orders`, `fewer_orders`, `slower`, `faster`, `redundant`.
    #[schema(value_type = Vec<String>)]
    findings: Vec<&'static str>,
}

/// Median days to the order.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PathPace)]
pub(crate) struct PaceOut {
    /// On ways that touch the channel.
    with_days: f64,
    /// On ways that do not.
    without_days: f64,
    /// The first less the second.
    difference_days: f64,
    /// Its interval of 95 %.
    between: [f64; 2],
}

impl PathsOut {
    pub(super) fn new(view: &FlowView) -> Self {
        Self {
            currency: view.currency.to_string(),
            ways: view.flow.ways,
            people: view.people,
            orders: view.orders,
            open: view.open,
            steps: view.flow.steps.iter().map(StepOut::new).collect(),
            rare_steps: view.flow.rare,
            sequences: view.sequences.iter().map(SequenceOut::new).collect(),
            touchpoints: view.touchpoints.iter().map(TouchpointOut::new).collect(),
        }
    }
}

impl StepOut {
    fn new(it: &Step) -> Self {
        Self {
            from: it.from.word(),
            to: it.to.word(),
            times: it.times,
            people: it.people,
            median_days: it.median_days,
        }
    }
}

impl TouchpointOut {
    fn new(it: &Touchpoint) -> Self {
        let share = |share, low, high| ShareOut::new([share, low, high]);
        let difference = it.moment.as_ref();
        Self {
            channel: it.channel.word(),
            ways: it.touched.ways,
            people: it.touched.people,
            orders: it.ordered.ways,
            order_people: it.ordered.people,
            lost: it.lost.ways,
            lost_people: it.lost.people,
            drop_off: it.drop_off.map(|it| share(it.share, it.low, it.high)),
            difference: difference
                .map(|it| share(it.difference, it.interval.low, it.interval.high)),
            pace: it.pace.map(|it| PaceOut {
                with_days: it.one,
                without_days: it.other,
                difference_days: it.difference,
                between: [it.interval.low, it.interval.high],
            }),
            findings: it.findings().into_iter().map(Finding::word).collect(),
        }
    }
}
