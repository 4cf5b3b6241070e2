//! Figures of a stretch of time beside those of another.

use axum::extract::{Path, State};
use filo_app::App;
use filo_app::analysis::{CompareAsked, CompareView, MetricView, Side};
use filo_core::analysis::metric::{
    Against, Comparison, Figure, Metric, STRETCHES, Stretch, Window,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::annotation::AnnotationOut;
use super::asked::segment_of;
use super::people::FigurePeopleOut;
use crate::api::answer::{Answer, ok};
use crate::api::power::Bearer;
use crate::api::request::Asked;
use crate::problem::{Problem, ProblemOut};
use crate::right::{SeeFigures, SeePeopleOfFigures};

/// What can be read.
pub(super) fn reads() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(compare))
        .routes(routes!(compare_one))
        .routes(routes!(list_compared_people))
}

/// What is compared.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompareIn {
    /// `week` (usual), `month`, `quarter` or `year`: the last that is over; `week_so_far`,
    /// `month_so_far`, `year_so_far`; `day`: yesterday; `between`, with `from` and `until`.
    period: Option<String>,
    /// The first day of `between`, on the company's calendar.
    #[param(format = Date)]
    from: Option<String>,
    /// The last day of `between`.
    #[param(format = Date)]
    until: Option<String>,
    /// `before` (usual): the stretch right before it; `year_before`: the same a year before, of
    /// weeks 52 weeks before.
    against: Option<String>,
    /// Only of who is in this segment now.
    segment: Option<String>,
}

/// Whose figure.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComparePeopleIn {
    /// `now` or `before`.
    side: String,
    /// As of `/analysis/compare`.
    period: Option<String>,
    /// As of `/analysis/compare`.
    from: Option<String>,
    /// As of `/analysis/compare`.
    until: Option<String>,
    /// As of `/analysis/compare`.
    against: Option<String>,
    /// As of `/analysis/compare`.
    segment: Option<String>,
}

impl CompareIn {
    fn read(&self) -> Result<CompareAsked, Problem> {
        let day = |field: &'static str, text: Option<&str>| {
            let wrong = || Problem::invalid(field, "must be a day such as 2026-12-31");
            let text = text.ok_or_else(wrong)?;
            text.parse().map_err(|_no_day| wrong())
        };
        let is_between = self.from.is_some() || self.until.is_some();
        let stretch = match self.period.as_deref() {
            Some("between") => Stretch::Between(
                day("from", self.from.as_deref())?,
                day("until", self.until.as_deref())?,
            ),
            None if is_between => Stretch::Between(
                day("from", self.from.as_deref())?,
                day("until", self.until.as_deref())?,
            ),
            _ if is_between => {
                return Err(Problem::invalid("period", "must be `between` with days"));
            }
            None => Stretch::Week,
            Some(word) => Stretch::from_word(word).ok_or_else(|| {
                let words: Vec<&str> = STRETCHES.iter().map(|it| it.word()).collect();
                let all = format!("must be `between` or one of {}", words.join(", "));
                Problem::invalid("period", all)
            })?,
        };
        let against = match self.against.as_deref() {
            None => Against::default(),
            Some(word) => Against::from_word(word)
                .ok_or_else(|| Problem::invalid("against", "must be `before` or `year_before`"))?,
        };
        Ok(CompareAsked {
            stretch,
            against,
            segment: segment_of(self.segment.as_deref())?,
        })
    }
}

/// The figure of the address.
fn metric_of(word: &str) -> Result<Metric, Problem> {
    let found = Metric::from_word(word);
    found.ok_or_else(|| filo_app::Error::Missing("figure").into())
}

/// Every figure beside what it was.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Compared)]
pub(crate) struct CompareOut {
    /// The zone on whose clock days begin.
    #[schema(example = "Europe/Rome")]
    zone: String,
    /// What amounts are in: minor units of this.
    #[schema(example = "EUR")]
    currency: String,
    /// The days.
    now: WindowOut,
    /// Those they are compared with.
    before: WindowOut,
    /// The figures.
    figures: Vec<ComparisonOut>,
    /// What happened in these days.
    annotations: Vec<AnnotationOut>,
}

/// A stretch of days.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComparedDays)]
pub(crate) struct WindowOut {
    /// The first day.
    #[schema(format = Date)]
    first: String,
    /// The last day.
    #[schema(format = Date)]
    last: String,
    /// How long it is on the wall: a day of 23 or of 25 hours is one.
    days: f64,
}

/// A figure in a stretch.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComparedFigure)]
pub(crate) struct FigureOut {
    /// What it is; null of a share of nothing.
    value: Option<f64>,
    /// People behind it.
    people: u64,
}

/// A figure beside what it was.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Comparison)]
pub(crate) struct ComparisonOut {
    #[schema(value_type = String, example = "orders")]
    metric: &'static str,
    /// `count`, `people`, `money` and `money_each` (minor units), `share` (0 to 1), `score` (−100
    /// to 100).
    #[schema(value_type = String)]
    measure: &'static str,
    now: FigureOut,
    before: FigureOut,
    /// How much more it is.
    difference: Option<f64>,
    /// The same as a part of what it was.
    change: Option<f64>,
    /// Of a sum: how much more it is for each day, as a part of what it was for each day.
    pace: Option<f64>,
    /// `higher` or `lower`: more than chance explains; `within_chance`; `too_few`.
    #[schema(value_type = String)]
    verdict: &'static str,
    /// Between what the pace of a sum lies, or the difference of another, 95 times of a hundred.
    interval: Option<EndsOut>,
}

/// The ends of an interval.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComparedEnds)]
pub(crate) struct EndsOut {
    low: f64,
    /// Null without an end.
    high: Option<f64>,
}

/// One figure, its course, and where its difference comes from.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComparedOne)]
pub(crate) struct MetricOut {
    #[schema(example = "EUR")]
    currency: String,
    now: WindowOut,
    before: WindowOut,
    figure: ComparisonOut,
    /// Where the difference comes from: bookkeeping, not proof of a cause.
    causes: Vec<CauseOut>,
    /// The figure in stretches as long, the earliest first.
    series: Vec<PointOut>,
    annotations: Vec<AnnotationOut>,
}

/// What one channel, source, kind of event or segment added to a difference.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComparedCause)]
pub(crate) struct CauseOut {
    /// `channel`, `source`, `event` or `segment`.
    pub(super) dimension: String,
    /// Its word, number, name or id.
    pub(super) of: String,
    /// How much it added, in what the figure is in.
    pub(super) added: f64,
    /// The same as a part of the difference.
    pub(super) share: f64,
}

/// A point of a course.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComparedPoint)]
pub(crate) struct PointOut {
    days: WindowOut,
    figure: FigureOut,
}

impl WindowOut {
    pub(super) fn new(it: &Window) -> Self {
        Self {
            first: it.first.to_string(),
            last: it.last.to_string(),
            days: it.days,
        }
    }
}

impl FigureOut {
    const fn new(it: &Figure) -> Self {
        Self {
            value: it.value,
            people: it.people,
        }
    }
}

impl ComparisonOut {
    pub(super) fn new(it: &Comparison) -> Self {
        Self {
            metric: it.metric.word(),
            measure: it.metric.measure().word(),
            now: FigureOut::new(&it.now),
            before: FigureOut::new(&it.before),
            difference: it.difference,
            change: it.change,
            pace: it.pace,
            verdict: it.verdict.word(),
            interval: it.interval.map(|it| EndsOut {
                low: it.low,
                high: it.high.is_finite().then_some(it.high),
            }),
        }
    }
}

impl CompareOut {
    fn new(app: &App, view: &CompareView) -> Self {
        Self {
            zone: app.company().company.zone.to_string(),
            currency: view.currency.to_string(),
            now: WindowOut::new(&view.days.now),
            before: WindowOut::new(&view.days.before),
            figures: view.rows.iter().map(ComparisonOut::new).collect(),
            annotations: view.annotations.iter().map(AnnotationOut::new).collect(),
        }
    }
}

impl MetricOut {
    fn new(view: &MetricView) -> Self {
        let cause = |it: &filo_core::analysis::metric::Cause| CauseOut {
            dimension: it.dimension.word().to_owned(),
            of: it.of.clone(),
            added: it.added,
            share: it.share,
        };
        let point = |(window, figure): &(Window, Figure)| PointOut {
            days: WindowOut::new(window),
            figure: FigureOut::new(figure),
        };
        Self {
            currency: view.currency.to_string(),
            now: WindowOut::new(&view.days.now),
            before: WindowOut::new(&view.days.before),
            figure: ComparisonOut::new(&view.comparison),
            causes: view.causes.iter().map(cause).collect(),
            series: view.series.iter().map(point).collect(),
            annotations: view.annotations.iter().map(AnnotationOut::new).collect(),
        }
    }
}

/// Every figure of the catalogue in a stretch of time beside another, and whether they differ by
/// more than chance.
#[utoipa::path(
    get, path = "/analysis/compare", tag = "analysis", params(CompareIn),
    responses((status = 200, body = CompareOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn compare(
    State(app): State<App>,
    key: Bearer<SeeFigures>,
    Asked(asked): Asked<CompareIn>,
) -> Answer {
    let view = app.compare(&key.actor, &asked.read()?).await?;
    ok(&CompareOut::new(&app, &view))
}

/// One figure with its course, and where its difference comes from.
#[utoipa::path(
    get, path = "/analysis/compare/{metric}", tag = "analysis",
    params(("metric" = String, Path), CompareIn),
    responses((status = 200, body = MetricOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn compare_one(
    State(app): State<App>,
    key: Bearer<SeeFigures>,
    Path(metric): Path<String>,
    Asked(asked): Asked<CompareIn>,
) -> Answer {
    let metric = metric_of(&metric)?;
    let view = app.compare_one(&key.actor, &asked.read()?, metric).await?;
    ok(&MetricOut::new(&view))
}

/// Who is behind a figure, the latest first, 500 at most.
#[utoipa::path(
    get, path = "/analysis/compare/{metric}/people", tag = "analysis",
    params(("metric" = String, Path), ComparePeopleIn),
    responses((status = 200, body = FigurePeopleOut), (status = "4XX", body = ProblemOut<'static>)),
)]
pub(crate) async fn list_compared_people(
    State(app): State<App>,
    key: Bearer<SeePeopleOfFigures>,
    Path(metric): Path<String>,
    Asked(asked): Asked<ComparePeopleIn>,
) -> Answer {
    let metric = metric_of(&metric)?;
    let side = Side::from_word(&asked.side)
        .ok_or_else(|| Problem::invalid("side", "must be `now` or `before`"))?;
    let question = CompareIn {
        period: asked.period,
        from: asked.from,
        until: asked.until,
        against: asked.against,
        segment: asked.segment,
    };
    let found = app
        .compare_people(&key.actor, &question.read()?, (metric, side))
        .await?;
    ok(&FigurePeopleOut::new(&found))
}
