//! How what customers are worth is told in the API.

use filo_app::analysis::WorthView;
use filo_core::analysis::foresight::{AHEAD_DAYS, Estimate, Model, Total, rounded};
use filo_core::analysis::worth::{BANDS, Group, Simple};
use filo_core::buyer::Lack;
use filo_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::analysis::told::ShareOut;
use crate::api::answer::Text;
use crate::api::buyer::LackOut;

/// What customers are worth. Amounts are in cents of the currency.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Worth)]
pub(crate) struct WorthOut {
    /// As of which instant.
    #[schema(value_type = String, format = DateTime)]
    at: Text<Timestamp>,
    #[schema(example = "EUR")]
    currency: String,
    /// What there is too little of; while this is not null all that follows is empty or null.
    lack: Option<LackOut>,
    /// Those who have bought.
    people: u64,
    /// The simple formula; null while `simple_lack` says of what there is too little.
    simple: Option<SimpleOut>,
    simple_lack: Option<LackOut>,
    /// What explains the purchases of everybody; null while `model_lacks` says of what there is too
    /// little, or, where that is empty, because the purchases do not determine it.
    model: Option<ModelOut>,
    model_lacks: Vec<LackOut>,
    /// What is expected of them together; null without a model.
    expected: Option<TotalOut>,
    /// The same by group.
    groups: Vec<GroupOut>,
    /// Those who bought once: of them the model cannot tell whether they still buy here.
    bought_once: u64,
    /// Those who came again, by the chance that they still buy here, in fifths.
    still_buying: Vec<BandOut>,
    /// What would have been expected 90 days before; null while there was too little by then.
    check: Option<CheckOut>,
}

/// Average × times × lifespan.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorthSimple)]
pub(crate) struct SimpleOut {
    /// The length of a period in days.
    period_days: i64,
    /// Those who bought in the last period.
    buyers: u64,
    /// What a purchase of theirs brought.
    average_cents: i64,
    /// How often each of them bought in it.
    times: f64,
    /// Those who bought in the period before.
    base: u64,
    /// Of these, those who bought in the last one too.
    again: u64,
    /// The share of these.
    retention: ShareOut,
    /// How many periods one stays; null where all came again.
    lifespan: Option<f64>,
    /// The product; null without an end.
    worth_cents: Option<i64>,
    /// By the lower end of the interval of the retention.
    low_cents: i64,
    /// By the upper one; null for no end.
    high_cents: Option<i64>,
}

/// BG/NBD with times in days, and Gamma–Gamma with amounts in cents. The errors are standard errors.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorthModel)]
pub(crate) struct ModelOut {
    /// Buyers it was learned from.
    buyers: u64,
    /// Of these, those who came again.
    repeating: u64,
    /// `flat` (maximum of the likelihood, from 500 buyers on) or `wide` (with a wide prior).
    prior: &'static str,
    r: f64,
    alpha_days: f64,
    a: f64,
    b: f64,
    /// Of r, α, a and b.
    errors: [f64; 4],
    log_likelihood: f64,
    /// Null where amounts do not determine it; then what each spent at a time stands in, and of
    /// who came once the middle of those.
    amounts: Option<AmountsOut>,
    /// Half of those who came again spent less than this at a time.
    middle_cents: Option<i64>,
    /// Of how often and how much; the model takes it for 0.
    correlation: Option<f64>,
}

/// Gamma–Gamma.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorthAmounts)]
pub(crate) struct AmountsOut {
    p: f64,
    q: f64,
    v_cents: f64,
    /// Of p, q and v.
    errors: [f64; 3],
    log_likelihood: f64,
}

/// What some people are expected to do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorthTotal)]
pub(crate) struct TotalOut {
    people: u64,
    /// Their purchases.
    purchases: Vec<AheadOut>,
    /// What those of 365 days bring.
    worth: Option<CentsBetweenOut>,
    /// The same of each on average.
    worth_each: Option<CentsBetweenOut>,
}

/// Purchases expected in so many days, with the interval of 95 %.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorthAhead)]
pub(crate) struct AheadOut {
    days: u16,
    value: f64,
    low: f64,
    high: f64,
}

/// An amount with its interval of 95 %.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CentsBetween)]
pub(crate) struct CentsBetweenOut {
    cents: i64,
    low_cents: i64,
    high_cents: i64,
}

/// A group.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorthGroup)]
pub(crate) struct GroupOut {
    /// `web` and so on (`unknown`), `2026-q1` or `2026-03`.
    #[schema(example = "web")]
    group: String,
    #[serde(flatten)]
    total: TotalOut,
}

/// A fifth of the chance.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorthBand)]
pub(crate) struct BandOut {
    band: usize,
    /// The chance lies from here on …
    from: f64,
    /// … and below this; the last one holds 1 too.
    to: f64,
    people: u64,
}

/// What was expected of 90 days, and what came.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorthCheck)]
pub(crate) struct CheckOut {
    #[schema(value_type = String, format = DateTime)]
    from: Text<Timestamp>,
    /// Purchases that were expected.
    expected: f64,
    /// Purchases that came.
    came: u64,
}

/// What there is too little of.
pub(in crate::api::analysis) fn lacks(lacks: &[Lack]) -> Vec<LackOut> {
    lacks.iter().map(LackOut::new).collect()
}

impl WorthOut {
    pub(super) fn new(view: &WorthView) -> Self {
        let worth = view.worth.as_ref();
        let simple = worth.map(|it| &it.simple);
        let model = worth.and(Some(view.model()));
        let check = worth.and(view.check());
        Self {
            at: Text(view.at),
            currency: view.currency.to_string(),
            lack: view.lack.as_ref().map(LackOut::new),
            people: worth.map_or(0, |it| it.people),
            simple: simple.and_then(|it| it.as_ref().ok()).map(SimpleOut::new),
            simple_lack: simple.and_then(|it| it.as_ref().err()).map(LackOut::new),
            model: model.and_then(Result::ok).map(ModelOut::new),
            model_lacks: model
                .and_then(Result::err)
                .map_or_else(Vec::new, |it| lacks(it)),
            expected: worth.and_then(|it| it.total.as_ref()).map(TotalOut::new),
            groups: worth.map_or_else(Vec::new, |it| it.groups.iter().map(GroupOut::new).collect()),
            bought_once: worth.map_or(0, |it| it.once),
            still_buying: worth.map_or_else(Vec::new, |it| bands(&it.bands)),
            check: check.map(|it| CheckOut {
                from: Text(it.from),
                expected: it.expected,
                came: it.came,
            }),
        }
    }
}

fn bands(bands: &[u64; BANDS]) -> Vec<BandOut> {
    let ends = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0];
    let each = bands.iter().zip(ends.windows(2)).enumerate();
    each.map(|(band, (people, ends))| BandOut {
        band,
        from: ends[0],
        to: ends[1],
        people: *people,
    })
    .collect()
}

impl SimpleOut {
    fn new(it: &Simple) -> Self {
        let retention = it.retention;
        Self {
            period_days: it.period_days,
            buyers: it.buyers,
            average_cents: rounded(it.average),
            times: it.times,
            base: it.base,
            again: it.again,
            retention: ShareOut::new([retention.share, retention.low, retention.high]),
            lifespan: it.lifespan,
            worth_cents: it.worth.map(rounded),
            low_cents: rounded(it.between.0),
            high_cents: it.between.1.map(rounded),
        }
    }
}

impl ModelOut {
    fn new(it: &Model) -> Self {
        let repeats = &it.repeats;
        let error = |variance: f64| variance.sqrt();
        Self {
            buyers: it.buyers,
            repeating: it.repeating,
            prior: if it.is_flat { "flat" } else { "wide" },
            r: repeats.found.r,
            alpha_days: repeats.found.alpha,
            a: repeats.found.a,
            b: repeats.found.b,
            errors: [
                repeats.variance_of(|it| it.r),
                repeats.variance_of(|it| it.alpha),
                repeats.variance_of(|it| it.a),
                repeats.variance_of(|it| it.b),
            ]
            .map(error),
            log_likelihood: repeats.log_likelihood,
            amounts: it.amounts.as_ref().map(|amounts| AmountsOut {
                p: amounts.found.p,
                q: amounts.found.q,
                v_cents: amounts.found.v,
                errors: [
                    amounts.variance_of(|it| it.p),
                    amounts.variance_of(|it| it.q),
                    amounts.variance_of(|it| it.v),
                ]
                .map(error),
                log_likelihood: amounts.log_likelihood,
            }),
            middle_cents: it.middle.map(rounded),
            correlation: it.correlation,
        }
    }
}

impl TotalOut {
    fn new(it: &Total) -> Self {
        let ahead = |(days, it): (u16, &Estimate)| AheadOut {
            days,
            value: it.value,
            low: it.low,
            high: it.high,
        };
        Self {
            people: it.people,
            purchases: AHEAD_DAYS
                .into_iter()
                .zip(&it.purchases)
                .map(ahead)
                .collect(),
            worth: it.worth.map(CentsBetweenOut::new),
            worth_each: it.worth_each().map(CentsBetweenOut::new),
        }
    }
}

impl CentsBetweenOut {
    fn new(it: Estimate) -> Self {
        Self {
            cents: rounded(it.value),
            low_cents: rounded(it.low),
            high_cents: rounded(it.high),
        }
    }
}

impl GroupOut {
    fn new((group, total): &(Group, Total)) -> Self {
        Self {
            group: group.word(),
            total: TotalOut::new(total),
        }
    }
}
