//! What was spent: what left, at the price that was in force then, and what people of the company
//! did.

use std::collections::BTreeMap;

use filo_core::content::Category;
use filo_core::cost::{Cost, Item, Micros};
use filo_core::id::JourneyId;
use filo_core::journey::{AskKind, Run};
use filo_core::message::origin::Origin;
use filo_core::money::Currency;
use filo_core::time::Timestamp;
use filo_store::Tx;
use filo_store::cost::{self, SpentRow, TasksRow};
use filo_store::message::MessageRow;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::price::{self, PricesView};
use crate::app::App;
use crate::content::day_of;
use crate::error::Result;

/// The price of what had none.
const NOT_GIVEN: i64 = -1;

/// What was spent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpentView {
    /// On what, and how much.
    pub cost: Cost,
    /// How much was kept here because nobody is connected who carries it: that is not paid.
    pub kept: u64,
}

/// What a message is charged with once it has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Charge {
    journey: JourneyId,
    version: i64,
    item: Item,
    units: u64,
}

impl Charge {
    /// By the message, what it says as it leaves, its template where it goes as one, and the way
    /// on which it was planned.
    pub(crate) fn of(
        row: &MessageRow,
        (text, template): (&str, Option<Option<Category>>),
        run: Option<&Run>,
    ) -> Option<Self> {
        let spoken = (row.medium, row.class);
        let (item, units) = Item::of_message(spoken, text, template)?;
        let journey = match &row.origin {
            Origin::Journey { journey, .. } => *journey,
            Origin::Hand { .. } | Origin::Confirmation { .. } => JourneyId(0),
        };
        Some(Self {
            journey,
            version: run.map_or(0, |run| run.version),
            item,
            units,
        })
    }
}

/// Counts what left now, at the prices in force: each charge with whether it was kept here.
pub(crate) async fn count_charges(
    tx: &mut Tx<'_>,
    charges: &[(Charge, bool)],
    day: Date,
) -> Result<()> {
    let mut sums: BTreeMap<(JourneyId, i64, Item, bool), u64> = BTreeMap::new();
    for (charge, is_kept) in charges {
        let key = (charge.journey, charge.version, charge.item, *is_kept);
        *sums.entry(key).or_default() += charge.units;
    }
    if sums.is_empty() {
        return Ok(());
    }
    let prices = price::in_force(tx).await?.list;
    // What is kept here lies in the row of what has no price: no two rows are of the same thing.
    let mut rows: BTreeMap<(JourneyId, i64, Item, i64), SpentRow> = BTreeMap::new();
    for ((journey, version, item, is_kept), units) in sums {
        let price = prices.of(item).filter(|_| !is_kept);
        let micros = price.map_or(NOT_GIVEN, |price| price.0);
        let row = rows
            .entry((journey, version, item, micros))
            .or_insert_with(|| SpentRow {
                journey,
                version,
                day: day.to_string(),
                item: item.word().to_owned(),
                currency: price.map_or_else(String::new, |_| prices.currency.to_string()),
                price: micros,
                units: 0,
                kept: 0,
            });
        let count = if is_kept {
            &mut row.kept
        } else {
            &mut row.units
        };
        *count += i64::try_from(units).unwrap_or(i64::MAX);
    }
    let rows: Vec<SpentRow> = rows.into_values().collect();
    Ok(cost::count_spent(tx, &rows).await?)
}

impl App {
    /// What a journey spent, by those of its versions that are wanted.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub(crate) async fn spent_by_journey(
        &self,
        id: JourneyId,
        is_wanted: impl Fn(i64) -> bool + Send,
    ) -> Result<SpentView> {
        let mut tx = self.shared().db.read().await?;
        let mut rows = cost::spent_by(&mut tx, id).await?;
        let mut tasks = cost::tasks_done(&mut tx, id).await?;
        let lists = price::all(&mut tx).await?;
        rows.retain(|row| is_wanted(row.version));
        tasks.retain(|row| is_wanted(row.version));
        Ok(spent(&rows, &tasks, &lists))
    }

    /// What was spent in this month of the company's calendar and in the one before, each with its
    /// first day.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn spent_lately(&self) -> Result<Vec<(Date, SpentView)>> {
        let zone = self.zone();
        let month = day_of(self.now(), &zone).first_of_month();
        let before = month.saturating_sub(1.month());
        let mut tx = self.shared().db.read().await?;
        let lists = price::all(&mut tx).await?;
        let mut months = Vec::new();
        for first in [month, before] {
            let next = first.saturating_add(1.month());
            let (first_day, last_day) = (first.to_string(), first.last_of_month().to_string());
            let rows = cost::spent_between(&mut tx, &first_day, &last_day).await?;
            let instants = (begin_of(first, &zone), begin_of(next, &zone));
            let tasks = cost::tasks_between(&mut tx, instants).await?;
            months.push((first, spent(&rows, &tasks, &lists)));
        }
        Ok(months)
    }
}

/// When a day begins.
fn begin_of(day: Date, zone: &TimeZone) -> Timestamp {
    let begin = day.to_zoned(zone.clone());
    begin.map_or(Timestamp::MIN, |it| {
        Timestamp(it.timestamp().as_microsecond())
    })
}

fn spent(rows: &[SpentRow], tasks: &[TasksRow], lists: &[PricesView]) -> SpentView {
    let mut view = SpentView::default();
    let count = |count: i64| u64::try_from(count).unwrap_or(0);
    for row in rows {
        let Some(item) = Item::from_word(&row.item) else {
            continue;
        };
        let currency = Currency::parse(&row.currency);
        let price = currency.filter(|_| row.price >= 0);
        let price = price.map(|currency| (currency, Micros(row.price)));
        view.cost.note(item, count(row.units), price);
        view.kept += count(row.kept);
    }
    for row in tasks {
        let Some(kind) = AskKind::from_word(&row.kind) else {
            continue;
        };
        let item = Item::of_task(kind);
        let list = lists.iter().find(|it| it.version == row.list);
        let price = list.and_then(|it| Some((it.list.currency, it.list.of(item)?)));
        view.cost.note(item, count(row.count), price);
    }
    view
}
