//! How who is leaving is told in the API.

use filo_app::analysis::LeavingView;
use filo_core::analysis::foresight::{Check, CheckBand, rounded};
use filo_core::analysis::leaving::{Churn, Month};
use filo_core::buyer::Limits;
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::analysis::told::ShareOut;
use crate::api::analysis::worth::lacks;
use crate::api::answer::Text;
use crate::api::buyer::LackOut;

/// Who is leaving.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Leaving)]
pub(crate) struct LeavingOut {
    /// As of which instant.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    #[schema(example = "EUR")]
    currency: String,
    /// What there is too little of; while this is not null all that follows is empty or null.
    lack: Option<LackOut>,
    /// Those who have bought.
    people: u64,
    /// The window of `window` in months.
    window_days: u16,
    /// The company’s own rhythm; null while buyers were not measured or too few came again.
    rhythm: Option<RhythmOut>,
    /// The last twelve whole months, the latest last.
    months: Vec<MonthOut>,
    /// Those late now, by the rhythm.
    at_risk: Option<u64>,
    /// Those gone now, by the rhythm.
    lost: Option<u64>,
    /// What those at risk would bring in 365 days if they went on, in cents; null without a model.
    at_stake_cents: Option<i64>,
    /// Of everybody, whatever the segment: what was told 90 days before, against what came; null
    /// while `check_lacks` says of what there was too little.
    check: Option<LeavingCheckOut>,
    check_lacks: Vec<LackOut>,
}

/// Limits of silence in days, as of `/buyers`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LeavingRhythm)]
pub(crate) struct RhythmOut {
    usual_days: i64,
    late_days: i64,
    gone_days: i64,
}

/// A month of the company’s calendar.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LeavingMonth)]
pub(crate) struct MonthOut {
    #[schema(example = "2026-03")]
    month: String,
    #[schema(value_type = String, format = DateTime)]
    from: Text<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    until: Text<Timestamp>,
    /// By the window.
    window: ChurnOut,
    /// By the rhythm; null while it is not known.
    rhythm: Option<ChurnOut>,
}

/// How many were lost of how many.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Churn)]
pub(crate) struct ChurnOut {
    /// Customers at the start.
    start: u64,
    /// Those of them who were none at the end.
    lost: u64,
    /// The share of these; null without customers.
    churn: Option<ShareOut>,
}

/// How well chances were told.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LeavingCheck)]
pub(crate) struct LeavingCheckOut {
    /// From when on.
    #[schema(value_type = String, format = DateTime)]
    from: Text<Timestamp>,
    /// The mean square of how far chances were off.
    brier: f64,
    /// The same of who tells everybody the share of those who bought.
    brier_of_share: f64,
    /// Purchases that were expected.
    expected: f64,
    /// Purchases that came.
    came: u64,
    /// Equally many people each, from the least likely to buy.
    bands: Vec<CheckBandOut>,
}

/// People of near chances.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LeavingCheckBand)]
pub(crate) struct CheckBandOut {
    band: usize,
    people: u64,
    /// How many of them bought.
    bought: u64,
    /// The mean of their chances.
    predicted: f64,
    /// The share that bought.
    observed: ShareOut,
}

impl LeavingOut {
    pub(super) fn new(view: &LeavingView, window_days: u16) -> Self {
        let leaving = view.leaving.as_ref();
        let check = leaving.and(Some(view.check()));
        Self {
            at: Text(view.at),
            currency: view.currency.to_string(),
            lack: view.lack.as_ref().map(LackOut::new),
            people: leaving.map_or(0, |it| it.people),
            window_days,
            rhythm: view.limits.as_ref().map(RhythmOut::new),
            months: leaving
                .map_or_else(Vec::new, |it| it.months.iter().map(MonthOut::new).collect()),
            at_risk: leaving.and_then(|it| it.at_risk),
            lost: leaving.and_then(|it| it.lost),
            at_stake_cents: leaving.and_then(|it| it.at_stake).map(rounded),
            check: check.and_then(Result::ok).map(LeavingCheckOut::new),
            check_lacks: check
                .and_then(Result::err)
                .map_or_else(Vec::new, |it| lacks(it)),
        }
    }
}

impl RhythmOut {
    const fn new(it: &Limits) -> Self {
        Self {
            usual_days: it.usual_days,
            late_days: it.late_days,
            gone_days: it.gone_days,
        }
    }
}

impl MonthOut {
    fn new(it: &Month) -> Self {
        Self {
            month: it.word(),
            from: Text(it.from),
            until: Text(it.until),
            window: ChurnOut::new(it.window),
            rhythm: it.rhythm.map(ChurnOut::new),
        }
    }
}

impl ChurnOut {
    fn new(it: Churn) -> Self {
        Self {
            start: it.start,
            lost: it.lost,
            churn: it
                .share()
                .map(|it| ShareOut::new([it.share, it.low, it.high])),
        }
    }
}

impl LeavingCheckOut {
    fn new(it: &Check) -> Self {
        let band = |(band, it): (usize, &CheckBand)| CheckBandOut {
            band,
            people: it.people,
            bought: it.bought,
            predicted: it.predicted,
            observed: ShareOut::new([it.observed.share, it.observed.low, it.observed.high]),
        };
        Self {
            from: Text(it.from),
            brier: it.brier,
            brier_of_share: it.brier_of_share,
            expected: it.expected,
            came: it.came,
            bands: it.bands.iter().enumerate().map(band).collect(),
        }
    }
}
