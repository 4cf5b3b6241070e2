//! How the channels work together: the ways on which customers come to buy.
//!
//! **Invariant:** only counts and sums are told here, but whose ways they are, to whoever may list
//! people.

use axum::extract::State;
use filo_app::App;
use filo_app::analysis::{End, WaysAsked};
use filo_core::analysis::{LOOKBACK_DAYS, LOOKBACK_DAYS_MOST, Question, Which};
use filo_core::event::Channel;
use filo_core::time::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;

use super::analysis_out::{WayPeopleOut, WaysOut};
use super::answer::{Answer, ok};
use super::power::Bearer;
use super::request::Asked;
use crate::problem::{Problem, ProblemOut};
use crate::right::{ListPeople, SeeFigures};

const DAY_SECONDS: i64 = 86_400;
const DAYS_USUAL: i64 = 90;

/// Which ways.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct WaysIn {
    /// Orders from this instant on; 90 days before `until` without it.
    #[param(format = DateTime)]
    from: Option<String>,
    /// Orders before this instant; now without it, and at most now.
    #[param(format = DateTime)]
    until: Option<String>,
    /// `all` (usual), `first` (the first order of each customer) or `next` (those after it).
    orders: Option<String>,
    /// Touchpoints longer before the order, in days, do not count: 1 to 730, usually 90.
    #[param(minimum = 1, maximum = 730, default = 90)]
    lookback_days: Option<u16>,
    /// Only of who is in this segment now.
    segment: Option<String>,
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
    fn read(&self, app: &App) -> Result<WaysAsked, Problem> {
        let now = app.now();
        let instant = |field: &'static str, text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => Timestamp::parse(text).map(Some).ok_or_else(|| {
                Problem::invalid(field, "must be an instant such as 2026-12-31T00:00:00Z")
            }),
        };
        let until = instant("until", &self.until)?.unwrap_or(now).min(now);
        let from = instant("from", &self.from)?;
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
        let segment = match self.segment.as_deref() {
            None => None,
            Some(id) => Some(
                id.parse()
                    .map_err(|_unread| Problem::invalid("segment", "is no id of a segment"))?,
            ),
        };
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

/// The ways on which customers came to buy in a period: how many touchpoints and days, which
/// sequences of channels, where it is decided, and who gets the credit by seven methods side by
/// side. It is read from everything that happened, at this moment.
#[utoipa::path(
    get, path = "/analysis/ways", tag = "analysis", params(WaysIn),
    responses((status = 200, body = WaysOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn get_ways(
    State(app): State<App>,
    key: Bearer<SeeFigures>,
    Asked(asked): Asked<WaysIn>,
) -> Answer {
    let asked = asked.read(&app)?;
    ok(&WaysOut::new(&app.ways(&key.actor, &asked).await?))
}

/// Whose ways a number of a sequence counts, the latest orders first, 500 at most.
#[utoipa::path(
    get, path = "/analysis/ways/people", tag = "analysis", params(WayPeopleIn),
    responses((status = 200, body = WayPeopleOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_way_people(
    State(app): State<App>,
    key: Bearer<ListPeople>,
    Asked(asked): Asked<WayPeopleIn>,
) -> Answer {
    let WayPeopleIn {
        sequence,
        end,
        from,
        until,
        orders,
        lookback_days,
        segment,
    } = asked;
    let ways = WaysIn {
        from,
        until,
        orders,
        lookback_days,
        segment,
    };
    let ways = ways.read(&app)?;
    let end = match end.as_str() {
        "order" => End::Order,
        "open" => End::Open,
        _ => return Err(Problem::invalid("end", "must be `order` or `open`")),
    };
    let channel = |word: &str| Channel::ALL.into_iter().find(|it| it.word() == word);
    let words = sequence.split('.').filter(|_| !sequence.is_empty());
    let touches: Option<Vec<Channel>> = words.map(channel).collect();
    let touches = touches
        .ok_or_else(|| Problem::invalid("sequence", "must be channels with dots between them"))?;
    let found = app.way_people(&key.actor, &ways, (&touches, end)).await?;
    ok(&WayPeopleOut::new(&found))
}
