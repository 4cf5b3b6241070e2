//! Buyers: what they are measured by, how many are in each group and stage, and where one stands.
//!
//! **Invariant:** what counts is what was measured last; everybody, page, answer and segment, is
//! told by it.

mod measuring;

use filo_core::buyer::{Figures, Measure, OwnLimits, Purchases, Scores, Stage};
use filo_core::money::Currency;
use filo_core::time::Timestamp;
use filo_store::buyer_day::{self, BuyerDayRow};
use filo_store::customer::{self, Filter, Span};

use crate::app::App;
use crate::customer::CustomerView;
use crate::error::Result;

pub(crate) use measuring::Measuring;

/// Days that are kept: two years and some.
const DAYS_KEPT: u32 = 800;
/// Buyers are counted no further where only a few would be enough.
const COUNTED_MOST: u32 = 1_000_000;

/// Buyers, as they were measured last.
#[derive(Debug, Clone)]
pub struct BuyersView {
    /// What was found; nothing before the first time.
    pub measure: Option<Measure>,
    /// How many have bought by now, counted to a million.
    pub buyers_now: u64,
    /// When they are measured again by themselves.
    pub next_at: Option<Timestamp>,
}

/// Where somebody stands among buyers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buying {
    /// What is scored; nothing of who has never bought.
    pub figures: Option<Figures>,
    /// Their scores; nothing while there are none of anybody.
    pub scores: Option<Scores>,
    /// Where they are; nothing while there are no limits.
    pub stage: Option<Stage>,
    /// When the stage is another one without an order; nothing for never.
    pub stage_changes_at: Option<Timestamp>,
    /// The last order.
    pub last_at: Option<Timestamp>,
    /// What amounts are in.
    pub currency: Currency,
    /// After how long a silence they are late, or gone; nothing while there are no limits.
    pub limits: Option<OwnLimits>,
}

impl App {
    /// Buyers as they were measured last, and when they are measured again.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn buyers(&self) -> Result<BuyersView> {
        let mut tx = self.shared().db.read().await?;
        let latest = buyer_day::latest(&mut tx).await?;
        let count = customer::count_upto(&mut tx, &who_bought(), COUNTED_MOST).await?;
        drop(tx);
        Ok(BuyersView {
            measure: latest.as_ref().map(measure_of).transpose()?,
            buyers_now: u64::try_from(count).unwrap_or(0),
            next_at: self.next_measuring(),
        })
    }

    /// What was found on each day, the last one first.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn buyer_days(&self, limit: u32) -> Result<Vec<(i64, Measure)>> {
        let mut tx = self.shared().db.read().await?;
        let rows = buyer_day::list(&mut tx, limit.min(DAYS_KEPT)).await?;
        rows.iter()
            .map(|row| Ok((row.day, measure_of(row)?)))
            .collect()
    }

    /// Where somebody stands among buyers now.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn buying_of(&self, customer: &CustomerView) -> Result<Buying> {
        let yardstick = self.yardstick().await?;
        let (now, currency) = (self.now(), self.currency());
        let purchases = Purchases::of(&customer.profile, currency);
        let bought = purchases.at(now);
        let figures = Figures::of(bought);
        let (stage, changes_at) = Stage::of(bought, yardstick.limits.as_ref());
        let cuts = yardstick.cuts.as_ref();
        let gaps: Vec<i64> = bought.gaps().collect();
        Ok(Buying {
            scores: cuts.zip(figures.as_ref()).map(|(cuts, it)| cuts.scores(it)),
            figures,
            stage,
            stage_changes_at: Some(changes_at).filter(|at| *at != Timestamp::MAX),
            last_at: bought.last_at(),
            currency,
            limits: yardstick.limits.map(|limits| limits.of(&gaps)),
        })
    }

    /// What buyers are measured by; nothing after the currency was changed, until they are
    /// measured again.
    pub(crate) async fn yardstick(&self) -> anyhow::Result<filo_core::buyer::Yardstick> {
        let mut tx = self.shared().db.read().await?;
        let latest = buyer_day::latest(&mut tx).await?;
        let measure = latest.as_ref().map(measure_of).transpose()?;
        let measure = measure.filter(|it| it.currency == self.currency());
        Ok(measure.map(|it| it.yardstick).unwrap_or_default())
    }
}

fn measure_of(row: &BuyerDayRow) -> anyhow::Result<Measure> {
    Ok(serde_json::from_str(&row.measure)?)
}

/// Everybody with an order that stands.
fn who_bought() -> Filter {
    Filter {
        orders: Span {
            least: Some(1),
            most: None,
        },
        ..Filter::default()
    }
}
