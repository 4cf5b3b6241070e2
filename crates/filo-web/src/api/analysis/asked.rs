//! What is asked about ways to an order.

use filo_app::App;
use filo_app::analysis::{End, WaysAsked};
use filo_core::analysis::{LOOKBACK_DAYS, LOOKBACK_DAYS_MOST, Question, Which};
use filo_core::event::Channel;
use filo_core::id::SegmentId;
use filo_core::time::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::problem::Problem;

const DAY_SECONDS: i64 = 86_400;
const DAYS_USUAL: i64 = 90;

/// Which ways.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct WaysIn {
    /// Orders from this instant on; 90 days before `until` without it.
    #[param(format = DateTime)]
    pub(super) from: Option<String>,
    /// Orders before this instant; now without it, and at most now.
    #[param(format = DateTime)]
    pub(super) until: Option<String>,
    /// `all` (usual), `first` (the first order of each customer) or `next` (those after it).
    pub(super) orders: Option<String>,
    /// Touchpoints longer before the order, in days, do not count: 1 to 730, usually 90.
    #[param(minimum = 1, maximum = 730, default = 90)]
    pub(super) lookback_days: Option<u16>,
    /// Only of who is in this segment now.
    pub(super) segment: Option<String>,
}

/// Whose ways.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct WayPeopleIn {
    /// The channels, dots between them, as `sequences` has them; empty where none is known.
    sequence: String,
    /// `order` (ways that ended with one) or `open`.
    end: String,
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

impl WaysIn {
    pub(super) fn read(&self, app: &App) -> Result<WaysAsked, Problem> {
        let now = app.now();
        let until = instant_of("until", self.until.as_deref())?
            .unwrap_or(now)
            .min(now);
        let from = instant_of("from", self.from.as_deref())?;
        let from = from.unwrap_or_else(|| until.plus_seconds(-DAYS_USUAL * DAY_SECONDS));
        if from >= until {
            return Err(Problem::invalid("from", "must be before `until`"));
        }
        let which = match self.orders.as_deref() {
            None => Which::default(),
            Some(word) => Which::from_word(word)
                .ok_or_else(|| Problem::invalid("orders", "must be `all`, `first` or `next`"))?,
        };
        let lookback_days = self.lookback_days.unwrap_or(LOOKBACK_DAYS);
        if !(1..=LOOKBACK_DAYS_MOST).contains(&lookback_days) {
            let range = format!("must be 1 to {LOOKBACK_DAYS_MOST}");
            return Err(Problem::invalid("lookback_days", range));
        }
        let segment = segment_of(self.segment.as_deref())?;
        Ok(WaysAsked {
            question: Question {
                from,
                until,
                which,
                lookback_days,
            },
            segment,
        })
    }
}

/// The instant of a text.
pub(super) fn instant_of(
    field: &'static str,
    text: Option<&str>,
) -> Result<Option<Timestamp>, Problem> {
    let wrong = || Problem::invalid(field, "must be an instant such as 2026-12-31T00:00:00Z");
    text.map(|text| Timestamp::parse(text).ok_or_else(wrong))
        .transpose()
}

/// The segment of a word.
pub(super) fn segment_of(text: Option<&str>) -> Result<Option<SegmentId>, Problem> {
    let wrong = |_unread| Problem::invalid("segment", "is no id of a segment");
    text.map(|id| id.parse().map_err(wrong)).transpose()
}

impl WayPeopleIn {
    pub(super) fn read(self, app: &App) -> Result<(WaysAsked, Vec<Channel>, End), Problem> {
        let end = match self.end.as_str() {
            "order" => End::Order,
            "open" => End::Open,
            _ => return Err(Problem::invalid("end", "must be `order` or `open`")),
        };
        let channel = |word: &str| Channel::ALL.into_iter().find(|it| it.word() == word);
        let words = self.sequence.split('.').filter(|it| !it.is_empty());
        let touches: Option<Vec<Channel>> = words.map(channel).collect();
        let wrong = || Problem::invalid("sequence", "must be channels with dots between them");
        let touches = touches.ok_or_else(wrong)?;
        let ways = WaysIn {
            from: self.from,
            until: self.until,
            orders: self.orders,
            lookback_days: self.lookback_days,
            segment: self.segment,
        };
        Ok((ways.read(app)?, touches, end))
    }
}
