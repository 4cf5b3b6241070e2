//! Cohorts: who comes back, by when they first ordered.

use filo_app::App;
use filo_app::analysis::{CohortCell, CohortsAsked};
use filo_core::analysis::{Cohort, Cohorts, PERIODS, PERIODS_MOST, Unit};
use filo_core::event::Channel;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::{instant_of, segment_of};
use super::told::ShareOut;
use crate::passing::channel;
use crate::problem::Problem;

/// Which cohorts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CohortsIn {
    /// `month` (usual) or `week`, of the company's calendar.
    unit: Option<String>,
    /// So many of the last periods that are over: 1 to 60, usually 12.
    #[param(minimum = 1, maximum = 60, default = 12)]
    periods: Option<u8>,
    /// As of this instant, with the periods that were over then; now without it, and at most now.
    #[param(format = DateTime)]
    until: Option<String>,
    /// Only of who was first seen on this channel.
    channel: Option<String>,
    /// Only of who is in this segment now.
    segment: Option<String>,
}

/// Whose a cell is.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CohortPeopleIn {
    /// First day of the period of the cohort, as `cohorts` has it, or of `running`.
    #[param(format = Date)]
    first: String,
    /// So many periods later; usually 0, which is the whole cohort.
    after: Option<u16>,
    /// As of `/analysis/cohorts`.
    unit: Option<String>,
    /// As of `/analysis/cohorts`.
    periods: Option<u8>,
    /// As of `/analysis/cohorts`.
    until: Option<String>,
    /// As of `/analysis/cohorts`.
    channel: Option<String>,
    /// As of `/analysis/cohorts`.
    segment: Option<String>,
}

impl CohortsIn {
    pub(super) fn read(&self) -> Result<CohortsAsked, Problem> {
        let unit = match self.unit.as_deref() {
            None => Unit::default(),
            Some(word) => Unit::from_word(word)
                .ok_or_else(|| Problem::invalid("unit", "must be `month` or `week`"))?,
        };
        let periods = self.periods.unwrap_or(PERIODS);
        if !(1..=PERIODS_MOST).contains(&periods) {
            let range = format!("must be 1 to {PERIODS_MOST}");
            return Err(Problem::invalid("periods", range));
        }
        let channel = match self.channel.as_deref() {
            None => None,
            Some(word) => {
                // Nobody is seen by a system of the company.
                let found = channel(word).filter(|it| *it != Channel::Server);
                let wrong = || Problem::invalid("channel", "must be a channel such as `web`");
                Some(found.ok_or_else(wrong)?)
            }
        };
        Ok(CohortsAsked {
            unit,
            periods,
            until: instant_of("until", self.until.as_deref())?,
            channel,
            segment: segment_of(self.segment.as_deref())?,
        })
    }
}

impl CohortPeopleIn {
    pub(super) fn read(self) -> Result<(CohortsAsked, CohortCell), Problem> {
        let first = self.first.parse();
        let wrong = |_unread| Problem::invalid("first", "must be a day such as 2026-12-01");
        let cell = CohortCell {
            first: first.map_err(wrong)?,
            after: self.after.unwrap_or(0),
        };
        let cohorts = CohortsIn {
            unit: self.unit,
            periods: self.periods,
            until: self.until,
            channel: self.channel,
            segment: self.segment,
        };
        Ok((cohorts.read()?, cell))
    }
}

/// Customers by the period of their first order, and what came of them since.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cohorts)]
pub(crate) struct CohortsOut {
    /// The zone on whose clock periods begin.
    #[schema(example = "Europe/Rome")]
    zone: String,
    /// What amounts are in; an order in another currency counts, and brings nothing.
    #[schema(example = "EUR")]
    currency: String,
    /// One for each period that is over, the earliest first.
    cohorts: Vec<CohortOut>,
    /// The period that is not over.
    running: Option<RunningOut>,
}

/// Customers whose first order is in the same period.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cohort)]
pub(crate) struct CohortOut {
    /// First day of the period.
    #[schema(format = Date, example = "2026-12-01")]
    first: String,
    /// How many they are.
    customers: u64,
    /// What they did in it and in each period after it that is over.
    cells: Vec<CohortCellOut>,
}

/// What a cohort did in a period.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CohortCell)]
pub(crate) struct CohortCellOut {
    /// So many periods after the first.
    after: usize,
    /// How many of them ordered.
    customers: u64,
    /// The share of the cohort, with its interval of 95 %; null of a cohort of nobody.
    share: Option<ShareOut>,
    /// Their orders.
    orders: u64,
    /// What these brought, less what went back, in cents.
    revenue_cents: i64,
    /// What each of the cohort brought on average until the end of the period, in cents.
    brought_each_cents: Option<i64>,
}

/// The period that is not over.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CohortRunning)]
pub(crate) struct RunningOut {
    /// Its first day.
    #[schema(format = Date)]
    first: String,
    /// Customers whose first order is in it, so far.
    customers: u64,
}

impl CohortsOut {
    pub(super) fn new(app: &App, it: &Cohorts) -> Self {
        Self {
            zone: app.company().company.zone.to_string(),
            currency: it.currency.to_string(),
            cohorts: it.cohorts.iter().map(CohortOut::new).collect(),
            running: it.running.map(|first| RunningOut {
                first: first.to_string(),
                customers: it.newcomers,
            }),
        }
    }
}

impl CohortOut {
    fn new(it: &Cohort) -> Self {
        let cells = it.cells.iter().enumerate();
        let cell = |(after, cell): (usize, &filo_core::analysis::Cell)| CohortCellOut {
            after,
            customers: cell.customers,
            share: it
                .retained(after)
                .map(|it| ShareOut::new([it.share, it.low, it.high])),
            orders: cell.orders,
            revenue_cents: cell.revenue.0,
            brought_each_cents: it.brought_each(after).map(|it| it.0),
        };
        Self {
            first: it.first.to_string(),
            customers: it.size(),
            cells: cells.map(cell).collect(),
        }
    }
}
